"""The briefing of the samples: enough stories, regions and topics, and every sentence as it should be."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from digest.config import load_config
from tests.briefing import Briefing, faults, make_briefing, unaccounted, untraceable

# Recognising the scan takes half a minute where the extra is installed; it has tests of its own.
FOLDER = Path(__file__).parent.parent / "samples"
SAMPLES = [
    path
    for path in sorted(FOLDER.iterdir())
    if path.suffix != ".png" and path.name not in ("README.md", "digest.toml")
]


@pytest.fixture(scope="module")
def briefing() -> Briefing:
    return make_briefing(SAMPLES, date(2026, 3, 18))


def test_there_is_enough_for_a_briefing(briefing: Briefing) -> None:
    """Twenty stories or more over several regions and topics."""
    issue = briefing.issue

    assert len(issue.items) >= 20
    assert len(issue.sections) >= 4
    assert len({item.topic for item in issue.items}) >= 6


def test_two_papers_carry_one_wire_story(briefing: Briefing) -> None:
    """At least one item has two papers as its sources."""
    assert any(
        len({member.article.source for member in item.story.members}) >= 2 for item in briefing.issue.items
    )


def test_a_jump_is_joined(briefing: Briefing) -> None:
    """An article that goes on on another page is one article in the briefing."""
    pages = [
        {paragraph.source for paragraph in item.story.lead.article.paragraphs}
        for item in briefing.issue.items
    ]

    assert any(len(sources) >= 2 for sources in pages)


def test_no_sentence_holds_what_is_no_sentence(briefing: Briefing) -> None:
    """No markup, link, byline, jump mark or half line stands in a printed sentence."""
    assert faults(briefing) == []


def test_every_sentence_is_verbatim_and_traceable(briefing: Briefing) -> None:
    """Every sentence is a stretch of its article, and its origins are the words of the source."""
    assert untraceable(briefing) == []


def test_their_configuration_names_every_paper() -> None:
    """Under samples/digest.toml no source goes by the name of its file."""
    briefing = make_briefing(SAMPLES, date(2026, 3, 18), load_config(FOLDER / "digest.toml"))

    sources = {member.article.paper for item in briefing.issue.items for member in item.story.members}
    assert sources == {
        "赣州章江晨报",
        "宝鸡渭水晚报",
        "江西赣鄱时报",
        "洋县傥水报",
        "江西省新闻发布会",
        "汇闻社",
    }


def test_every_kind_of_input_is_there(briefing: Briefing) -> None:
    """The samples hold every kind of input that is read."""
    kinds = {source.kind for source in briefing.reading.sources}

    assert {"page", "post", "epaper", "rows"} <= kinds


def test_every_file_is_accounted_for(briefing: Briefing) -> None:
    """Every file gave articles or is named with a reason."""
    files = [path for sample in SAMPLES for path in (sample, *sample.rglob("*")) if path.is_file()]

    assert unaccounted(briefing, files) == []
