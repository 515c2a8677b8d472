"""Regions are told from evidence; the cases stand in regions.toml and their texts are invented."""

import tomllib
from pathlib import Path

import pytest

from digest.classify.gazetteer import gazetteer
from digest.classify.region import classify_regions
from digest.model import Article, Home, Paragraph

CASES = tomllib.loads((Path(__file__).parent / "regions.toml").read_text(encoding="utf-8"))["case"]


def make(text: str, title: str = "", **fields: object) -> Article:
    paragraphs = tuple(Paragraph(line) for line in text.split("\n"))
    return Article(source="x.txt", index=0, title=title, paragraphs=paragraphs, **fields)  # type: ignore[arg-type]


def home_of(path: str) -> Home | None:
    place = gazetteer().place(path) if path else None
    return Home(place, "told by the test") if place else None


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_an_article_is_placed_by_its_evidence(case: dict[str, str]) -> None:
    """Each case's first region is the one that a reader would give, and no trap is among the others."""
    regions = classify_regions(make(case["text"], case.get("title", "")), home_of(case.get("home", "")))

    assert tuple(case["region"].split("/")) == regions[0].place.path
    lacks = tuple(case.get("lacks", "-").split("/"))
    assert not [r for r in regions if r.place.path[: len(lacks)] == lacks]
