"""A body that holds two articles is parted where its words change.

Without a byline nothing shows where an article begins but its headline, which may stand anywhere on the
page. A sentence that has ended, a paragraph that begins, few words in common, and a headline that speaks of
one side only: together they are enough.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from digest.page.cohesion import Cut, apart_at_each
from digest.page.labelled import HEAD, Labelled, text_of
from digest.page.language import goes_on
from digest.page.pair import Pairing
from digest.page.segment import OPENS, Body, HeadBlock, Segments

#: No article has more fragments, no page more headlines that nobody has: the cost grows with their product.
MOST_FRAGMENTS, MOST_FREE = 300, 60
#: A shorter text, its byline not counted, tells too little.
SHORTEST_PART = 100
#: What it costs that the text before stops in mid-sentence, where it goes on in this one no better than so.
TORN, ALIEN = -2.0, -1.0
_GAP = re.compile(r"[ \u3000]+")
#: Log-odds from which a boundary is believed.
ENOUGH = 2.5
#: What a headline of the second text's own is worth, in nats, and what it costs where there is none.
HEADLINE, NO_HEADLINE = 3.0, -5.5
#: What it is worth besides that the first text has one.
OTHER_HEADLINE = 1.5
#: Headlines add no more to what the words say.
MOST_ADDED = HEADLINE + OTHER_HEADLINE


def part(items: Sequence[Labelled], segments: Segments, pairing: Pairing) -> list[Labelled]:
    """The items, those that begin an article inside a body marked as its beginning."""
    openings: set[int] = set()
    for body, headline in zip(segments.bodies, pairing.headlines, strict=True):
        if len(body.fragments) > MOST_FRAGMENTS:
            continue
        own = [text_of(items, block.lines) for block in headline.blocks]
        parts = [one for block in headline.blocks for one in _parts(items, block)]
        free = [text_of(items, block.lines) for block in pairing.unused] + [
            items[i].plain for i in body.subheads
        ]
        openings.update(_openings(items, body, _Lines(own, free[:MOST_FREE], parts)))
    return [
        replace(item, sub=OPENS, reason=f"{item.reason}，与上文无共词") if i in openings else item
        for i, item in enumerate(items)
    ]


@dataclass(frozen=True, slots=True)
class _Lines:
    """The headline lines that were given to a body, and those that nobody has or that stand inside it."""

    own: list[str]
    free: list[str]
    parts: list[str]  # the single lines and phrases of the own


def _openings(items: Sequence[Labelled], body: Body, lines: _Lines) -> list[int]:
    """The fragments of a body, behind its first, that begin another article."""
    found: list[int] = []
    spans = [body.fragments]
    while spans:
        span = spans.pop()
        texts = tuple(items[i].plain for i in span)
        cohesion = apart_at_each(texts)
        likely = [k for k in range(1, len(span)) if cohesion[k] + MOST_ADDED >= ENOUGH]
        if not likely:
            continue
        cut = Cut(texts)
        odds = {k: _odds(items, span, k, cut, lines) + cohesion[k] for k in likely}
        best = max(likely, key=odds.__getitem__)
        if odds[best] >= ENOUGH:
            found.append(span[best])
            spans += [span[:best], span[best:]]
    return found


def _odds(items: Sequence[Labelled], span: Sequence[int], k: int, cut: Cut, lines: _Lines) -> float:
    """What is added to what the words say of an article's beginning at the k-th of a body's fragments."""
    torn = 0.0
    if not items[span[k - 1]].fragment.ended:
        if goes_on(items[span[k - 1]].plain, items[span[k]].plain) > ALIEN:
            return -math.inf
        torn = TORN
    lead = items[span[0]].lead
    above = sum(map(len, cut.texts[:k])) - (lead.end if lead else 0)
    if min(above, sum(map(len, cut.texts[k:]))) < SHORTEST_PART:
        return -math.inf
    between = [items[i].plain for i in range(span[k - 1] + 1, span[k]) if items[i].kind == HEAD]
    both = any(cut.speaks_of_above(line, k) for line in (*lines.own, *lines.free))
    named = any(cut.speaks_of_below(line, k) for line in (*lines.free, *between))
    # a body's own title may speak most of its end: that tells only where another is left for its beginning
    named = named or (both and any(cut.speaks_of_below(line, k) for line in lines.own))
    if not named:
        weak = any(cut.speaks_of_above(line, k) for line in lines.parts) and any(
            cut.speaks_of_below(line, k) for line in lines.parts
        )
        return NO_HEADLINE * (not between and not weak) + torn
    return HEADLINE + OTHER_HEADLINE * both + torn


def _parts(items: Sequence[Labelled], block: HeadBlock) -> list[str]:
    """The lines of a block, and the phrases side by side in a line: each may be of another article."""
    lines = [items[i].plain for i in block.lines]
    return list(dict.fromkeys([*lines, *(phrase for line in lines for phrase in _GAP.split(line))]))
