"""Captions without a credit: a sentence that stands by itself and once more in a body of the page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from digest.page.fields import find_jump
from digest.page.labelled import BODY, BYLINE, CAPTION, HEAD, JUMP, Labelled
from digest.page.lines import STOP, join_fragments
from digest.page.segment import Segments

_SPACE = re.compile(r"[\s\u3000]+")
_DATE_OPENING = re.compile(r"^(?:\d{4}年)?(?:\d{1,2}月)?\d{1,2}日(?:[上下]午)?[，,]")
#: Shorter sentences are said twice by chance.
SHORTEST = 12
LONGEST = 240
#: A line with more characters is no line of a headline.
LONGEST_LINE = 30
GRAM = 5
#: Share of a caption's 5-grams that stand elsewhere on the page. Captions change a word (今天 → 6日).
REPEATED = 0.8


def find_repeated_captions(items: Sequence[Labelled]) -> list[Labelled]:
    """Body fragments that only repeat what another says become captions. Linear in the text."""
    plain = [_SPACE.sub("", item.plain) for item in items]
    candidates = [
        i for i, item in enumerate(items) if _may_be_caption(items, i, plain[i]) and item.kind == BODY
    ]
    if not candidates:
        return list(items)
    all_grams = {i: _grams(plain[i]) for i, item in enumerate(items) if item.kind == BODY}
    held: Counter[str] = Counter()
    for grams in all_grams.values():
        held.update(grams)
    out = list(items)
    for i in sorted(candidates, key=lambda i: _apart(items, i), reverse=True):
        dated = _DATE_OPENING.match(plain[i])
        grams = _grams(plain[i][dated.end() :]) if dated else all_grams[i]
        if not grams:
            continue
        repeated = sum(held[gram] >= 2 for gram in grams) / len(grams)
        if repeated >= REPEATED and (repeated >= 0.98 or not _waits(items, i)):
            # of two equal fragments one stays: it may be the body's own paragraph
            held.subtract(all_grams[i])
            out[i] = replace(items[i], kind=CAPTION, reason=f"单独成段而与正文重复（{repeated:.2f}）")
    return out


def lone_sentences(items: Sequence[Labelled], segments: Segments) -> list[Labelled]:
    """A sentence or two without byline or dateline between two articles is a caption, not an article; a short
    line without any stop is a headline line."""
    captions: dict[int, Labelled] = {}
    joined: set[int] = set()
    for number, body in enumerate(segments.bodies):
        first, last = body.fragments[0], body.fragments[-1]
        if body.brief or body.bylines or body.jump_from or body.jump_to or items[first].lead is not None:
            continue
        if last - first > 1 or len(body.fragments) != last - first + 1:
            continue
        whole = items[first].fragment
        if first == last and len(whole.plain) <= LONGEST_LINE and not STOP.search(whole.plain):
            captions[first] = replace(items[first], kind=HEAD, reason="两篇之间单独的一行，无标点")
            continue
        if last > first:
            whole = join_fragments(whole, items[last].fragment)
        if len(whole.plain) > LONGEST or len(re.findall("[。！？]", whole.plain)) > 2:
            continue
        before = items[first - 1].kind if first else ""
        after = items[last + 1] if last + 1 < len(items) else None
        next_begins = after is None or after.kind in (BYLINE, CAPTION) or after.lead is not None
        apart = before in (JUMP, CAPTION, HEAD, "") or number == 0 or _closes(items[first - 1])
        if next_begins and apart:
            captions[first] = replace(
                items[first], fragment=whole, kind=CAPTION, reason="两篇之间单独的一两句，无署名"
            )
            joined.update(range(first + 1, last + 1))
    return [captions.get(i, item) for i, item in enumerate(items) if i not in joined]


def _closes(item: Labelled) -> bool:
    """Whether a text comes to an end there: with its sentence, or by going on on another page."""
    jump = find_jump(item.plain)
    return item.fragment.ended or (jump is not None and jump.direction == "to")


def _may_be_caption(items: Sequence[Labelled], i: int, text: str) -> bool:
    item = items[i]
    if item.lead is not None or not SHORTEST <= len(text) <= LONGEST or not item.fragment.ended:
        return False
    if len(re.findall("[。！？]", text)) > 2:
        return False
    following = items[i + 1] if i + 1 < len(items) else None
    return not (
        following is not None
        and following.fragment.blanks == 0
        and following.kind == BODY
        and following.lead is None
    )


def _waits(items: Sequence[Labelled], i: int) -> bool:
    """Whether the body before stopped in mid-sentence, so that this fragment may be its end."""
    return i > 0 and items[i - 1].kind == BODY and not items[i - 1].fragment.ended


def _apart(items: Sequence[Labelled], i: int) -> tuple[bool, int, int]:
    """How far a fragment stands from the flow of a body; the one that stands most apart is the caption."""
    before = items[i - 1].kind if i else ""
    after = items[i + 1].kind if i + 1 < len(items) else ""
    return (before != BODY or after != BODY, items[i].fragment.blanks, i)


def _grams(text: str) -> set[str]:
    return {text[i : i + GRAM] for i in range(len(text) - GRAM + 1)}
