"""The briefing of five real pages, where they are at hand: the folder `inputs` beside that of DIGEST_EVAL."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from tests.briefing import Briefing, faults, make_briefing, unaccounted, untraceable

INPUTS = Path(os.environ.get("DIGEST_EVAL", "/nonexistent")).parent / "inputs"
pytestmark = pytest.mark.skipif(not INPUTS.is_dir(), reason="DIGEST_EVAL is not set: no real inputs")


@pytest.fixture(scope="module")
def briefing() -> Briefing:
    return make_briefing([INPUTS], date(2024, 3, 21))


@pytest.mark.parametrize(
    "path", [("全国",), ("山东", "聊城"), ("山西", "太原"), ("四川", "绵阳")], ids="/".join
)
def test_the_regions_of_the_papers_are_there(briefing: Briefing, path: tuple[str, ...]) -> None:
    """The nation and the home of every paper have a section of their own."""
    assert path in [section.place.path for section in briefing.issue.sections]


def test_the_wire_story_is_one_item_with_two_sources(briefing: Briefing) -> None:
    """What two papers print of the news agency's report is one item."""
    papers = [
        {Path(member.article.source).name.split("_")[0] for member in item.story.members}
        for item in briefing.issue.items
        if any(member.article.agency == "新华社" for member in item.story.members)
    ]

    assert papers.count({"liaocheng", "taiyuan"}) == 1
    assert {"liaocheng"} not in papers or {"taiyuan"} not in papers


def test_no_sentence_holds_what_is_no_sentence(briefing: Briefing) -> None:
    """No markup, link, byline, jump mark or half line stands in a printed sentence."""
    assert faults(briefing) == []


def test_every_sentence_is_verbatim_and_traceable(briefing: Briefing) -> None:
    """Every sentence is a stretch of its article, and its origins are the words of the source."""
    assert untraceable(briefing) == []


def test_every_input_is_accounted_for(briefing: Briefing) -> None:
    """Every file gave articles or is named with a reason."""
    assert (
        unaccounted(briefing, [path for path in sorted(INPUTS.iterdir()) if path.name != "README.md"]) == []
    )


def test_every_item_has_a_headline_and_a_summary(briefing: Briefing) -> None:
    """No item is printed without words."""
    assert [item.number for item in briefing.issue.items if not item.story.lead.article.title] == []
    assert [item.number for item in briefing.issue.items if not item.story.lead.sentences] == []
