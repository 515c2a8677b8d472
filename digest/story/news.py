"""Whether a story that was printed before has news in it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from digest.model import Story
from digest.story.fingerprint import without_dateline
from digest.text.script import simplified
from digest.text.sentences import is_finished, split

RUN = 5  # characters; the runs by which a sentence is recognised
SEEN = 0.5  # share of a sentence's runs that the earlier versions have, from which on it is known
MIN_CHARS = 12  # a shorter sentence says nothing that makes news
MIN_SENTENCES = 2
MIN_SHARE = 0.3  # of the text: a sentence of background more is no news
MIN_SHARE_WITH_FIGURES = 0.15  # where the new sentences bring figures or dates
MIN_KNOWN = 0.25  # of the text: below it the report is told anew, and new words are no news by themselves
MIN_FIGURES = 2  # numbers and dates that no earlier version has

_FIGURE = re.compile(r"\d+(?:\.\d+)?|[一二三四五六七八九十百千万亿]{2,}")


def news_in(story: Story, earlier: Story) -> str:
    """What is new in the leading version of `story` against all versions of `earlier`; "" for nothing.

    News is at least two sentences and three tenths of the text that no earlier version has, or half of that
    with new figures. A report that is told in other words throughout has news only with new figures.
    """
    before = "".join(_comparable(version.article.text) for version in earlier.members)
    known = _runs(before)
    text = without_dateline(unicodedata.normalize("NFKC", story.lead.article.text))
    sentences = [_comparable(sentence) for sentence in _sentences(text)]
    fresh = [s for s in sentences if len(s) >= MIN_CHARS and _share_seen(s, known) < SEEN]
    total = sum(map(len, sentences))
    share = sum(map(len, fresh)) / total if total else 0.0
    figures = {f for s in fresh for f in _FIGURE.findall(s)} - set(_FIGURE.findall(before))
    has_figures = len(figures) >= MIN_FIGURES
    if len(fresh) < MIN_SENTENCES or share < (MIN_SHARE_WITH_FIGURES if has_figures else MIN_SHARE):
        return ""
    if 1.0 - share < MIN_KNOWN and not has_figures:
        return ""
    return f"新增 {len(fresh)} 句，占 {share:.0%}"


def _sentences(text: str) -> Iterator[str]:
    for start, end in split(text):
        if is_finished(text[start:end]):
            yield text[start:end]


def _comparable(text: str) -> str:
    """Letters and digits alone, Simplified, in half-width forms."""
    return "".join(c for c in simplified(unicodedata.normalize("NFKC", text)) if c.isalnum())


def _runs(text: str) -> frozenset[str]:
    return frozenset(text[i : i + RUN] for i in range(len(text) - RUN + 1))


def _share_seen(sentence: str, known: frozenset[str]) -> float:
    runs = _runs(sentence)
    return len(runs & known) / len(runs) if runs else 1.0
