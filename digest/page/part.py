"""A body that holds two articles is parted where its words change.

Without a byline nothing shows where an article begins but its headline, which may stand anywhere on the
page. A sentence that has ended, a paragraph that begins, few words in common, and a headline that speaks of
one side only: together they are enough.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from digest.page.cohesion import SHORTEST, WINDOW, apart, speaks_of
from digest.page.labelled import HEAD, Labelled
from digest.page.pair import Pairing
from digest.page.segment import OPENS, Body, HeadBlock, Segments

#: Log-odds from which a boundary is believed.
ENOUGH = 2.5
#: What a headline of the second text's own is worth, in nats, and what it costs where there is none.
HEADLINE, NO_HEADLINE = 3.0, -5.5
#: What it is worth besides that the first text has one.
OTHER_HEADLINE = 1.5


def part(items: Sequence[Labelled], segments: Segments, pairing: Pairing) -> list[Labelled]:
    """The items, those that begin an article inside a body marked as its beginning."""
    openings: set[int] = set()
    for body, headline in zip(segments.bodies, pairing.headlines, strict=True):
        own = [_line(items, block) for block in headline.blocks]
        free = [_line(items, block) for block in pairing.unused] + [items[i].plain for i in body.subheads]
        openings.update(_openings(items, body, _Lines(own, free)))
    return [
        replace(item, sub=OPENS, reason=f"{item.reason}，与上文无共词") if i in openings else item
        for i, item in enumerate(items)
    ]


@dataclass(frozen=True, slots=True)
class _Lines:
    """The headline lines that were given to a body, and those that nobody has or that stand inside it."""

    own: list[str]
    free: list[str]


def _openings(items: Sequence[Labelled], body: Body, lines: _Lines) -> list[int]:
    """The fragments of a body, behind its first, that begin another article."""
    found: list[int] = []
    spans = [(0, len(body.fragments))]
    while spans:
        start, end = spans.pop()
        odds = {k: _odds(items, body, (start, k, end), lines) for k in range(start + 1, end)}
        best = max(odds, key=lambda k: odds[k], default=None)
        if best is not None and odds[best] >= ENOUGH:
            found.append(body.fragments[best])
            spans += [(start, best), (best, end)]
    return found


def _odds(items: Sequence[Labelled], body: Body, span: tuple[int, int, int], lines: _Lines) -> float:
    """Log-odds that an article begins at the middle of a span of a body's fragments."""
    start, k, end = span
    before, here = body.fragments[k - 1], body.fragments[k]
    if not items[before].fragment.ended:
        return -math.inf
    above = _text(items, reversed(body.fragments[start:k]))
    below = _text(items, body.fragments[k:end])
    between = [items[i].plain for i in range(before + 1, here) if items[i].kind == HEAD]
    if min(len(above), len(below)) < SHORTEST:
        return -math.inf
    everything = (*lines.own, *lines.free)
    both = any(speaks_of(line, above, below) for line in everything)
    named = any(speaks_of(line, below, above) for line in (*lines.free, *between))
    # a body's own title may speak most of its end: that tells only where another is left for its beginning
    named = named or (both and any(speaks_of(line, below, above) for line in lines.own))
    if not named:
        return apart(above, below) + NO_HEADLINE * (not between)
    return apart(above, below) + HEADLINE + OTHER_HEADLINE * both


def _line(items: Sequence[Labelled], block: HeadBlock) -> str:
    return "".join(items[i].plain for i in block.lines)


def _text(items: Sequence[Labelled], fragments: Iterable[int]) -> str:
    out = ""
    for i in fragments:
        if len(out) >= WINDOW:
            break
        out += items[i].plain
    return out[:WINDOW]
