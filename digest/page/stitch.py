"""Columns that a tool wrote in the wrong order are put back behind what they continue.

A body fragment that stops in mid-sentence is a loose end; one that begins in mid-sentence is a loose start.
Ends and starts are matched over the whole page by how the language goes on over the seam, by how the first
line is set (a paragraph's first line is indented, a continuation's is not), by column width, by the words
both sides share and by distance. The next fragment on the page has the first claim.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from digest.page.assignment import assign
from digest.page.label import BODY, BYLINE, HEAD, JUMP, Labelled
from digest.page.language import association, goes_on
from digest.page.pair import bigrams

#: Weights of what speaks for a seam, set by hand and checked on development pages; see docs/reading.md.
NEXT = 2.2  # the start is the next body fragment on the page
LANGUAGE = 0.45  # per nat, at most LANGUAGE_LIMIT nats
LANGUAGE_LIMIT = 6.0
FULL_START, INDENTED_START = 1.2, -2.0
SAME_WIDTH, OTHER_WIDTH = 0.6, -1.2
SHARED_WORDS = 2.0
PER_DOUBLING = 0.25  # taken off for each doubling of the distance
#: A pair is joined from this score on.
ENOUGH = 2.6
#: No page has more loose ends than this unless it is no page; the rest keeps its order.
MOST = 160


def stitch(items: Sequence[Labelled]) -> list[Labelled]:
    """The items with displaced runs of body fragments moved behind what they continue."""
    bodies = [i for i, item in enumerate(items) if item.kind == BODY]
    following = dict(pairwise(bodies))
    ends = [i for i in bodies if items[i].fragment.open and not _jumps(items, i)]
    starts = [i for i in bodies if _may_continue(items, i)]
    if not ends or not starts or len(ends) > MOST or len(starts) > MOST:
        return list(items)
    words = {i: set(bigrams(items[i].plain)) for i in {*ends, *starts}}
    score = [[_fit(items, end, start, following, words) for start in starts] for end in ends]
    worth = [[max(0.0, s - ENOUGH) + 0.01 if s >= ENOUGH else 0.0 for s in row] for row in score]
    links = {ends[e]: starts[s] for e, s in assign(worth).items() if worth[e][s] > 0}
    moves = {start: end for end, start in links.items() if following.get(end) != start}
    return _move(items, moves) if moves else list(items)


def _jumps(items: Sequence[Labelled], i: int) -> bool:
    return i + 1 < len(items) and items[i + 1].kind == JUMP


def _may_continue(items: Sequence[Labelled], i: int) -> bool:
    """Whether a body fragment may begin in mid-sentence."""
    item = items[i]
    if item.lead is not None or item.fragment.indented:
        return False
    return not (i and items[i - 1].kind == BYLINE)


def _fit(
    items: Sequence[Labelled],
    end: int,
    start: int,
    following: dict[int, int],
    words: dict[int, set[str]],
) -> float:
    if end == start:
        return -math.inf
    before, after = items[end].fragment, items[start].fragment
    language = goes_on(before.plain[-8:], after.plain[:8])
    score = LANGUAGE * max(-LANGUAGE_LIMIT, min(LANGUAGE_LIMIT, language))
    if language == 0.0 and after.plain[0] in "，、；：。）》”,;:.)":
        score += 2.0
    score += _start(items, start)
    if before.wrapped and after.wrapped:
        score += SAME_WIDTH if abs(before.column - after.column) <= 1.1 else OTHER_WIDTH
    small = min(len(words[end]), len(words[start])) or 1
    score += SHARED_WORDS * min(0.5, len(words[end] & words[start]) / small)
    if following.get(end) == start:
        return score + NEXT
    return score - PER_DOUBLING * math.log2(1 + abs(start - end))


def _start(items: Sequence[Labelled], i: int) -> float:
    """How much a fragment looks like the middle of a paragraph: by its first line and its first character."""
    fragment = items[i].fragment
    score = 0.0
    if fragment.wrapped and len(fragment.set_widths) >= 3:
        first = fragment.set_widths[0]
        score += (
            FULL_START
            if first >= fragment.column - 1.0
            else INDENTED_START
            if first <= fragment.column - 1.5
            else 0.0
        )
    return score - 0.25 * max(-2.0, min(2.0, association("^", fragment.plain[0])))


def _move(items: Sequence[Labelled], moves: dict[int, int]) -> list[Labelled]:
    """Each run that begins at a key of `moves` goes behind the run that ends at its value."""
    runs = _runs(items, set(moves), set(moves.values()))
    run_at_start = {run[0]: n for n, run in enumerate(runs)}
    run_at_end = {run[-1]: n for n, run in enumerate(runs)}
    behind = {
        run_at_end[end]: run_at_start[start]
        for start, end in moves.items()
        if end in run_at_end and start in run_at_start
    }
    moved = set(behind.values())
    out: list[Labelled] = []
    written: set[int] = set()
    for n in [*(n for n in range(len(runs)) if n not in moved), *range(len(runs))]:
        here: int | None = n
        while here is not None and here not in written:
            written.add(here)
            out.extend(items[i] for i in runs[here])
            here = behind.get(here)
    return out


def _runs(items: Sequence[Labelled], starts: set[int], ends: set[int]) -> list[list[int]]:
    """The items cut where a moved run begins or ends: at its start, behind an end, before a new article."""
    runs: list[list[int]] = []
    inside = False
    for i, item in enumerate(items):
        leaves = inside and (
            item.kind == BYLINE or item.lead is not None or (item.kind == HEAD and _title_like(items, i))
        )
        if i in starts or leaves or not runs or (i and i - 1 in ends):
            runs.append([])
            inside = i in starts
        runs[-1].append(i)
    return runs


def _title_like(items: Sequence[Labelled], i: int) -> bool:
    """Whether headline lines at i are more than a 小标题: more than one line, or nothing of a body behind."""
    following = items[i + 1] if i + 1 < len(items) else None
    return following is None or following.kind != BODY or following.lead is not None
