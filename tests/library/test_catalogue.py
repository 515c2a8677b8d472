"""What the library holds, as lists."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from digest.library import Library
from digest.library.catalogue import Key, Label
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


def test_every_printed_story_is_listed_by_date(library: Library) -> None:
    """Those of published issues, in their order; none that was left out or is only prepared."""
    stories = library.catalogue.stories()
    ids = [item.story.id for item in ISSUE.items]

    assert list(stories) == [Key("", day, one) for day in (DAY, LATER) for one in ids]
    assert [entry.number for entry in stories.values()] == [item.number for item in ISSUE.items] * 2


def test_labels_months_and_stories_belong_together(library: Library) -> None:
    """What an issue is looked up by; how many a month has; the stories of one month, or the newest."""
    catalogue = library.catalogue
    label = Label("region", "山东")
    here = [item.story.id for item in ISSUE.items if item.region.path[0] == "山东"]

    assert label in catalogue.labels_of("", DAY)
    assert catalogue.labels_of("city", DAY) == frozenset()
    assert catalogue.months(label) == (("2026-04", len(here)), ("2026-03", len(here)))
    assert [entry.story for entry in catalogue.listed(label, month="2026-03")] == here
    assert [entry.day for entry in catalogue.listed(label)] == [LATER] * len(here) + [DAY] * len(here)
    assert len(catalogue.listed(label, limit=1)) == 1


def test_an_item_is_found_by_its_story(library: Library) -> None:
    """Whole, as it stands in its issue; a story that was left out is none."""
    item = ISSUE.items[1]

    assert library.item("", DAY, item.story.id) == item
    assert library.item("", DAY, ISSUE.left_out[0].story.id) is None
