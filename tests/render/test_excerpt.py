"""The text behind a summary: what of it an issue carries."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.model import Sentence
from digest.render.excerpt import SEGMENT_CHARS, excerpt, fair_share
from digest.render.view import ArticleView
from tests.render.sample import article

TEXTS = tuple(f"第{n}段说了一件事。又说了一件。" for n in range(10))


def marked(view: ArticleView) -> list[str]:
    return [s.text for p in view.paragraphs for s in p.segments if s.sentence]


def sentence(text: str, words: str) -> Sentence:
    start = text.index(words)
    return Sentence(words, start, start + len(words))


def test_short_article_is_whole_and_its_sentences_are_marked() -> None:
    """Every word of a short article is there, and the chosen sentences carry their ids once."""
    made = article(0, "题", TEXTS)
    chosen = [sentence(made.text, "第2段说了一件事。"), sentence(made.text, "第7段说了一件事。")]
    view = excerpt(made, chosen, ["a", "b"], 10_000)

    assert view.is_whole
    assert ["".join(s.text for s in p.segments) for p in view.paragraphs] == list(TEXTS)
    assert [(s.sentence, s.anchor) for p in view.paragraphs for s in p.segments if s.sentence] == [
        (1, "a"),
        (2, "b"),
    ]
    assert marked(view) == [one.text for one in chosen]


def test_long_article_keeps_what_stands_around_its_sentences() -> None:
    """Paragraphs with a chosen sentence stay, then the nearest; how many are left out is told."""
    made = article(0, "题", TEXTS)
    chosen = [sentence(made.text, "第2段说了一件事。"), sentence(made.text, "第7段说了一件事。")]
    view = excerpt(made, chosen, ["a", "b"], 4 * len(TEXTS[0]))

    assert not view.is_whole
    assert view.chars == len(made.text)
    assert ["".join(s.text for s in p.segments)[:3] for p in view.paragraphs] == [
        "第1段",
        "第2段",
        "第3段",
        "第7段",
    ]
    assert ([p.skipped for p in view.paragraphs], view.skipped) == ([1, 0, 0, 3], 2)


def test_sentence_of_an_endless_paragraph_is_kept_whole() -> None:
    """A paragraph that never ends is cut beside the chosen sentence, never in it."""
    words = "这是选中的句子。" * 100
    made = article(0, "题", ("前" * 5000 + words + "后" * 5000,))
    view = excerpt(made, [sentence(made.text, words)], ["a"], 1000)

    assert marked(view) == [words]
    assert sum(len(s.text) for p in view.paragraphs for s in p.segments) < len(words) + 3 * SEGMENT_CHARS


def test_sentence_over_two_paragraphs_has_one_id() -> None:
    """Where a chosen sentence goes over the end of a paragraph, only its beginning is the place to go to."""
    made = article(0, "题", ("前半句，", "后半句。"))
    view = excerpt(made, [Sentence(made.text, 0, len(made.text))], ["a"], 100)

    assert [s.anchor for p in view.paragraphs for s in p.segments] == ["a", ""]


@pytest.mark.parametrize(
    ("lengths", "total", "share"), [([], 9, 9), ([3, 4], 9, 4), ([3, 8, 9], 13, 5), ([9, 9], 4, 2)]
)
def test_room_is_shared(lengths: list[int], total: int, share: int) -> None:
    """Short articles take what they need, the long ones share the rest."""
    assert fair_share(lengths, total) == share


@given(st.lists(st.integers(0, 5000), min_size=1, max_size=50), st.integers(0, 40_000))
def test_shares_never_pass_the_total(lengths: list[int], total: int) -> None:
    """Whatever the lengths, cut to the share they fit."""
    assert sum(min(length, fair_share(lengths, total)) for length in lengths) <= max(total, 0)
