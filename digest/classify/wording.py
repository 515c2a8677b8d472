"""The words of an article that are classified: headline and body, Simplified, each character in place."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from digest.model import Article, Evidence
from digest.text.script import is_traditional, simplified

TITLE_CHARS = 300  # no headline of the development pages, kicker and subtitle included, has more than 120


class Wording(NamedTuple):
    """Headline (kicker, title, subtitle) and the beginning of the body."""

    title: str
    text: str
    converted: bool  # the article is in Traditional script, and this is a Simplified copy


def wording(article: Article, chars: int) -> Wording:
    """The headline and the first `chars` characters of the body, as one script.

    A made title is left out: its words stand in the body already.
    """
    parts = (article.kicker, "" if article.title_is_made else article.title, article.subtitle)
    title = " ".join(part for part in parts if part)[:TITLE_CHARS]
    text = article.text
    if _is_traditional(text or title):
        return Wording(simplified(title), simplified(text[:chars]), True)
    return Wording(title, text[:chars], False)


def quoted(article: Article, words: Wording, found: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """The evidence in the article's own script."""
    if not words.converted:
        return tuple(found)
    return tuple(
        Evidence(article.text[one.start : one.end], one.start, one.end, one.rule, one.weight)
        if one.start >= 0
        else one
        for one in found
    )


# One of these stands in every few dozen characters of Traditional prose, and none in Simplified.
_TELLING = frozenset("國會學來時個們這說對為與業發經動產實後過還進關開長問間東車見電機記議讓員並無從將")
SHORT_CHARS = 200  # a shorter text is looked at in full


@lru_cache(maxsize=4)
def _is_traditional(text: str) -> bool:
    """Region and topic ask one after the other about the same text."""
    if len(text) > SHORT_CHARS and _TELLING.isdisjoint(text[:2_000]):
        return False
    return is_traditional(text)
