"""Whether a story that was printed before has news in it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from digest.model import Span, Story
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

CORRECTED = "更正"
_CORRECTION = re.compile("更正|勘误|订正|重发")
_FIGURE = re.compile(r"\d+(?:\.\d+)?|[一二三四五六七八九十百千万亿]{2,}")


@dataclass(frozen=True, slots=True)
class News:
    """What is new in a story: the sentences of its leading article, and what is said of them."""

    spans: tuple[Span, ...]
    reason: str


def news_in(story: Story, earlier: Story) -> News | None:
    """What is new in the leading version of `story` against all versions of `earlier`; None for nothing.

    A correction is news however little of the text it changes: whoever passed the first version on must know.

    News is at least two sentences and three tenths of the text that no earlier version has, or half of that
    with new figures. A report that is told in other words throughout has news only with new figures.
    """
    if _is_correction(story) and not _is_correction(earlier):
        return News((), CORRECTED)
    before = "".join(_comparable(version.article.text) for version in earlier.members)
    known = _runs(before)
    text = story.lead.article.text
    spans = [Span(*span) for span in split(text) if is_finished(text[slice(*span)])]
    words = {span: _comparable(without_dateline(text[slice(*span)])) for span in spans}
    fresh = [s for s in spans if len(words[s]) >= MIN_CHARS and _share_seen(words[s], known) < SEEN]
    total = sum(map(len, words.values()))
    share = sum(len(words[span]) for span in fresh) / total if total else 0.0
    figures = {f for span in fresh for f in _FIGURE.findall(words[span])} - set(_FIGURE.findall(before))
    has_figures = len(figures) >= MIN_FIGURES
    if len(fresh) < MIN_SENTENCES or share < (MIN_SHARE_WITH_FIGURES if has_figures else MIN_SHARE):
        return None
    if 1.0 - share < MIN_KNOWN and not has_figures:
        return None
    return News(tuple(fresh), f"新增 {len(fresh)} 句，占 {share:.0%}")


def _is_correction(story: Story) -> bool:
    return any(_CORRECTION.search(version.article.title) for version in story.members)


def _comparable(text: str) -> str:
    """Letters and digits alone, Simplified, in half-width forms."""
    return "".join(c for c in simplified(unicodedata.normalize("NFKC", text)) if c.isalnum())


def _runs(text: str) -> frozenset[str]:
    return frozenset(text[i : i + RUN] for i in range(len(text) - RUN + 1))


def _share_seen(sentence: str, known: frozenset[str]) -> float:
    runs = _runs(sentence)
    return len(runs & known) / len(runs) if runs else 1.0
