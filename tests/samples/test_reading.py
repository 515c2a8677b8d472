"""What reading finds in the samples, held against their gold."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from digest.config import Limits
from digest.model import Article
from digest.read import read_sources

SAMPLES = Path(__file__).parent.parent.parent / "samples"
GOLD: list[dict[str, Any]] = json.loads((Path(__file__).parent / "gold.json").read_text(encoding="utf-8"))
# shares of the gold articles; measured when written: bodies 0.74, titles 0.85. They may rise, never fall.
BODY_FLOOR = 0.70
TITLE_FLOOR = 0.80

Pair = tuple[dict[str, Any], Article | None]


def letters(text: str) -> str:
    return "".join(text.split())


def body(article: dict[str, Any]) -> str:
    return letters("".join(article["paragraphs"]))


def grams(text: str) -> Counter[str]:
    return Counter(text[at : at + 4] for at in range(len(text) - 3))


@pytest.fixture(scope="module")
def pairs() -> list[Pair]:
    """Each gold article with the article of the same file that shares most of its body."""
    reading = read_sources([SAMPLES], Limits())
    found: list[Pair] = []
    for entry in GOLD:
        there = [one for one in reading.articles if one.source.endswith(entry["file"])]
        for article in entry["articles"]:
            wanted = grams(body(article))
            shared = {one.id: (wanted & grams(letters(one.text))).total() for one in there}
            best = max(there, key=lambda one: shared[one.id], default=None)
            found.append((article, best if best and 2 * shared[best.id] > wanted.total() else None))
    return found


def share(pairs: list[Pair], right: list[Pair]) -> float:
    return len(right) / len(pairs)


def test_bodies_are_whole_and_nothing_else(pairs: list[Pair]) -> None:
    """Most bodies agree with the gold to the character, over lines, columns and pages."""
    right = [(gold, one) for gold, one in pairs if one and body(gold) == letters(one.text)]

    assert share(pairs, right) >= BODY_FLOOR


def test_headlines_are_found(pairs: list[Pair]) -> None:
    """Most headlines stand with their own body, wherever on the page they were printed."""
    right = [
        (gold, one)
        for gold, one in pairs
        if one and letters(gold["title"]) == ("" if one.title_is_made else letters(one.title))
    ]

    assert share(pairs, right) >= TITLE_FLOOR


def test_no_caption_is_in_a_body(pairs: list[Pair]) -> None:
    """A caption is kept beside the article, not in its text."""
    leaked = [
        caption
        for gold, one in pairs
        if one
        for caption in gold["captions"]
        if letters(caption)[:10] in letters(one.text)
    ]

    assert leaked == []


def test_jump_marks_give_their_page(pairs: list[Pair]) -> None:
    """Each half of an article that is continued names the page of the other half."""
    halves = [(gold, one) for gold, one in pairs if gold["jump_to"] or gold["jump_from"]]
    wrong = [
        (gold["title"], one)
        for gold, one in halves
        if one and (one.jump_to, one.jump_from) != (gold["jump_to"], gold["jump_from"])
    ]

    assert wrong == []
