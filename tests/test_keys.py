"""SOURCE#INDEX."""

from __future__ import annotations

from digest.keys import distinct
from digest.model import Article


def test_one_source_in_two_files_has_one_count() -> None:
    """The later of two articles with one key gets the next free index, and an id made of it follows."""
    articles = [Article("甲报", n, id=f"甲报#{n}") for n in (0, 1)]
    articles += [Article("甲报", 0, id="甲报#0"), Article("甲报", 1, id="own"), Article("乙报", 0)]
    found = list(distinct(articles))

    assert [(one.source, one.index, one.id) for one in found] == [
        ("甲报", 0, "甲报#0"),
        ("甲报", 1, "甲报#1"),
        ("甲报", 2, "甲报#2"),
        ("甲报", 3, "own"),
        ("乙报", 0, ""),
    ]


def test_distinct_articles_stay_as_they_are() -> None:
    """Nothing is changed where no two keys are equal."""
    articles = [Article("甲报", 3), Article("甲报", 1), Article("乙报", 3)]

    assert list(distinct(articles)) == articles
