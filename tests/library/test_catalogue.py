"""What the library holds, as lists."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from digest.library import Library, catalogue
from digest.library.catalogue import Key, Label, Tie
from digest.model import Issue, Link, Reference
from tests.render.sample import DAY, make_issue

ISSUE = make_issue()
LATER = DAY + timedelta(31)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library(tmp_path / "digest.sqlite3", create=True) as library:
        for day in (LATER, DAY):
            issue = replace(ISSUE, date=day)
            library.prepare(issue, library.numbers("", day), "")
            library.confirm("", day)
        library.prepare(replace(ISSUE, date=date(2027, 1, 1)), library.numbers("", date(2027, 1, 1)), "")
        yield library


def test_printed_stories_are_listed_by_issue(library: Library) -> None:
    """Those of published issues, in their order; none that was left out or is only prepared."""
    ids = [item.story.id for item in ISSUE.items]
    stories = library.catalogue.of_issue("", DAY)

    assert [(entry.day, entry.story) for entry in stories] == [(DAY, one) for one in ids]
    assert [entry.number for entry in stories] == [item.number for item in ISSUE.items]
    assert library.catalogue.of_issue("", date(2027, 1, 1)) == ()
    assert library.catalogue.of_issue("city", DAY) == ()


def test_the_newest_stories_are_those_of_whole_days(library: Library) -> None:
    """Of as few days as have the number asked for; of none that is only prepared."""
    n = len(ISSUE.items)

    assert {entry.day for entry in library.catalogue.newest(1)} == {LATER}
    assert {entry.day for entry in library.catalogue.newest(n)} == {LATER}
    assert [entry.day for entry in library.catalogue.newest(n + 1)] == [LATER] * n + [DAY] * n
    assert len(library.catalogue.newest(10 * n)) == 2 * n


def test_links_are_those_whose_ends_are_both_there(library: Library) -> None:
    """By the issues of both ends; a link to a story that is gone is none."""
    first, second = ISSUE.items[:2]
    to = Reference(DAY, first.story.id, "", first.number)
    lost = Reference(DAY, "gone", "", 1)
    made = with_links(
        replace(ISSUE, date=LATER), Link("related", to, "", 1.0), Link("related", lost, "", 1.0)
    )
    library.prepare(made, library.numbers("", LATER), "")
    library.confirm("", LATER)
    start, end = Key("", LATER, first.story.id), Key("", DAY, first.story.id)

    assert library.catalogue.ties_of("", LATER) == (Tie("related", start, end),)
    assert library.catalogue.ties_of("", DAY) == (Tie("related", start, end),)
    assert library.catalogue.ties().keys() == {("", DAY.isoformat()), ("", LATER.isoformat())}
    assert library.catalogue.entries([end, Key("", DAY, "gone")]).keys() == {end}
    assert second.story.id not in {tie.start.story for tie in library.catalogue.ties_of("", DAY)}


def with_links(issue: Issue, *links: Link) -> Issue:
    """The issue, with these links from its first item and no others."""
    section, *sections = issue.sections
    group, *groups = section.groups
    item, *items = group.items
    group = replace(group, items=(replace(item, links=links, follows=None), *items))
    return replace(issue, sections=(replace(section, groups=(group, *groups)), *sections))


@pytest.mark.parametrize("frequent", [0, catalogue.FREQUENT])
def test_labels_months_and_stories_belong_together(
    library: Library, monkeypatch: pytest.MonkeyPatch, frequent: int
) -> None:
    """What an issue is looked up by; how many a month has; the stories of one month, or the newest."""
    monkeypatch.setattr("digest.library.catalogue.FREQUENT", frequent)
    lists = library.catalogue
    label = Label("region", "山东")
    here = [item.story.id for item in ISSUE.items if item.region.path[0] == "山东"]

    assert label in lists.labels_of("", DAY)
    assert lists.labels_of("city", DAY) == frozenset()
    assert lists.months(label) == (("2026-04", len(here)), ("2026-03", len(here)))
    assert [entry.story for entry in lists.listed(label, month="2026-03")] == here
    assert [entry.day for entry in lists.listed(label)] == [LATER] * len(here) + [DAY] * len(here)
    assert len(lists.listed(label, limit=1)) == 1


def test_an_item_is_found_by_its_story(library: Library) -> None:
    """Whole, as it stands in its issue; a story that was left out is none."""
    item = ISSUE.items[1]

    assert library.item("", DAY, item.story.id) == item
    assert library.item("", DAY, ISSUE.left_out[0].story.id) is None
