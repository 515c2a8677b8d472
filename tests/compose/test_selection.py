"""The part of an issue that a recipient asked for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from digest.compose.selection import Choice, choice_of, select
from digest.config import RecipientConfig
from digest.model import Link, Place, Reference
from tests.render.sample import DAY, make_issue

ISSUE = make_issue()


def test_the_whole_is_the_issue_itself() -> None:
    """Who chose nothing gets everything, what was left out included."""
    assert select(ISSUE, Choice()) is ISSUE


@pytest.mark.parametrize(
    ("regions", "topics", "numbers"),
    [
        (("山东",), (), range(5, 12)),
        (("山东/聊城",), (), range(5, 12)),
        (("山东·聊城", "国际"), (), [*range(5, 12), 20, 21]),
        ((), ("经济",), [2, 16, 21]),
        (("全国", "四川"), ("经济", "科技教育"), [2, 3, 16, 17]),
        (("山东/济南",), (), []),
        (("山",), (), []),
    ],
)
def test_only_what_was_asked_for_is_kept(
    regions: tuple[str, ...], topics: tuple[str, ...], numbers: list[int]
) -> None:
    """Regions and what lies in them; topics; both where both are asked for. Items keep their numbers."""
    part = select(ISSUE, choice_of(RecipientConfig("a@example.org", regions=regions, topics=topics)))

    assert [item.number for item in part.items] == list(numbers)
    assert all(section.groups and section.items for section in part.sections)


def test_a_part_says_that_it_is_one() -> None:
    """The name is marked; what was left out of the whole is not told of the part."""
    part = select(ISSUE, Choice(topics=("经济",)))

    assert part.name == "每日要闻（选编）"
    assert (part.left_out, part.skipped, part.warnings) == ((), (), ())


def test_links_lead_to_what_is_there() -> None:
    """A link to an item that was not chosen goes; one to an earlier issue stays."""
    first, second, third = (Reference(DAY, item.story.id, "x", item.number) for item in ISSUE.items[:3])
    earlier = replace(third, date=DAY.replace(day=17))
    links = tuple(Link("event", to, "", 0.5) for to in (first, second, earlier))
    section = ISSUE.sections[0]
    group = section.groups[0]
    item = replace(group.items[0], links=links)
    linked = replace(section, groups=(replace(group, items=(item,)), *section.groups[1:]))
    part = select(replace(ISSUE, sections=(linked,)), Choice(topics=("时政",)))

    assert [link.to for link in part.items[0].links] == [first, earlier]


def test_a_section_of_ones_own_can_be_chosen() -> None:
    """An area or a column with a section of its own is chosen by its name."""
    first = ISSUE.sections[0]
    own = make_issue().sections[1]
    issue = type(ISSUE)(
        name="x", publisher="", date=ISSUE.date, number=None,
        sections=(first, type(own)("长三角", Place(("长三角",)), own.groups)),
    )  # fmt: skip

    assert select(issue, Choice(regions=(("长三角",),))).items == own.items
    assert select(issue, Choice(topics=("长三角",))).items == own.items


def test_the_order_of_writing_does_not_matter() -> None:
    """Who wants the same has the same choice, so that it is rendered once."""
    one = RecipientConfig("a@example.org", regions=("山东/聊城", "全国"), topics=("经济", "三农", "经济"))
    other = RecipientConfig("b@example.org", regions=("全国", "山东·聊城"), topics=("三农", "经济"))

    assert choice_of(one) == choice_of(other)
    assert choice_of(one).label == "全国、山东·聊城；三农、经济"
    assert choice_of(one).key != choice_of(RecipientConfig("a@example.org")).key
