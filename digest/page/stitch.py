"""Columns that a tool wrote in the wrong order are put back behind what they continue.

A body fragment that stops in mid-sentence is a loose end; one that begins in mid-sentence is a loose start.
Ends and starts are matched over the whole page by how the language goes on over the seam, by how the first
line is set (a paragraph's first line is indented, a continuation's is not), by column width, by the words
both sides share and by distance. The next fragment on the page has the first claim.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from digest.page.assignment import assign
from digest.page.fields import find_jump
from digest.page.labelled import BODY, BYLINE, HEAD, JUMP, Labelled
from digest.page.language import association, goes_on, goes_on_within
from digest.page.lines import Fragment
from digest.page.overlap import pairs_of

#: Weights of what speaks for a seam, set by hand and checked on development pages; see docs/reading.md.
NEXT = 2.2  # the start is the next body fragment on the page
#: The same where the page's blocks are known to be out of order: behind a blank line, and within a block.
#: There the characters at a seam weigh less, for every other end and start of the page competes.
NEXT_SCATTERED, NEXT_LINE = 1.2, 5.0
LANGUAGE_SCATTERED, ALIEN_SCATTERED, SURE_SCATTERED = 0.27, 2.2, 12.0
LANGUAGE = 0.45  # per nat, at most LANGUAGE_LIMIT nats
LANGUAGE_LIMIT = 6.0
FULL_START, INDENTED_START = 1.2, -2.0
#: What the network says of a seam on a scattered page, per nat; 0.4 merges fewest articles on 24 drawn pages.
PROSE = 0.4
SAME_WIDTH, OTHER_WIDTH = 0.6, -1.2
SHARED_WORDS, MOST_SHARED = 2.0, 0.5
PER_DOUBLING = 0.25  # taken off for each doubling of the distance
#: A seam that reads better than this leaves nothing to look for.
SOUND = 0.0
#: A pair is joined from this score on.
ENOUGH = 2.6
#: The same on a scattered page, where nearly every loose end goes on somewhere on the page.
ENOUGH_SCATTERED = 0.5
#: No page has more loose ends than this unless it is no page; the rest keeps its order.
MOST = 160


@dataclass(frozen=True, slots=True)
class Seams:
    """The torn sentences of a page: from the fragment that stops to the one that goes on, as positions."""

    links: dict[int, int]


def stitch(items: Sequence[Labelled]) -> list[Labelled]:
    """The items with displaced runs of body fragments moved behind what they continue."""
    following = dict(pairwise(_bodies(items)))
    links = find_seams(items).links
    moves = {start: end for end, start in links.items() if following.get(end) != start}
    return _move(items, moves) if moves else list(items)


def in_order(items: Sequence[Labelled]) -> bool:
    """Whether every sentence that stops goes on in the next fragment, as well as any does."""
    following = dict(pairwise(_bodies(items)))
    ends = [
        i for i in following if items[i].fragment.open and not _jumps(items, i) and not leaves_page(items[i])
    ]
    return all(
        _may_continue(items, following[i]) and goes_on(items[i].plain, items[following[i]].plain) > SOUND
        for i in ends
    )


def find_seams(items: Sequence[Labelled], *, scattered: bool = False) -> Seams:
    """Which loose end goes on in which loose start.

    On a `scattered` page the next fragment has hardly a better claim than another, and a column goes on at
    the beginning of a block, not within one.
    """
    bodies = _bodies(items)
    following = dict(pairwise(bodies))
    ends = [i for i in bodies if items[i].fragment.open and not _jumps(items, i)]
    starts = [i for i in bodies if _may_continue(items, i)]
    if scattered:
        ends = [i for i in ends if not leaves_page(items[i])]
        starts = [i for i in starts if not _within_block(items, i)]
    if not ends or not starts or len(ends) > MOST or len(starts) > MOST:
        return Seams({})
    sides = {i: _side(items, i) for i in {*ends, *starts}}
    score = [[_fit(sides[end], sides[start], following, scattered) for start in starts] for end in ends]
    if scattered:
        # here, as numpy takes longer to load than most pages to read
        from digest.page.kinship import kinship
        from digest.page.prose import read_on_each

        prose = read_on_each([items[end].plain for end in ends], [items[start].plain for start in starts])
        kin = kinship(items, bodies, ends, starts)
        score = [
            [one + PROSE * reads + shared for one, reads, shared in zip(*rows, strict=True)]
            for rows in zip(score, prose, kin, strict=True)
        ]
    least = ENOUGH_SCATTERED if scattered else ENOUGH
    worth = [[s - least + 0.01 if s >= least else 0.0 for s in row] for row in score]
    return Seams({ends[e]: starts[s] for e, s in assign(worth).items() if worth[e][s] > 0})


def _bodies(items: Sequence[Labelled]) -> list[int]:
    return [i for i, item in enumerate(items) if item.kind == BODY]


def _within_block(items: Sequence[Labelled], i: int) -> bool:
    """Whether a fragment stands in one block with an ended one above it."""
    before = items[i - 1] if i else None
    return (
        before is not None
        and before.kind == BODY
        and before.fragment.ended
        and items[i].fragment.lines[0].number == before.fragment.lines[-1].number + 1
    )


def _jumps(items: Sequence[Labelled], i: int) -> bool:
    return i + 1 < len(items) and items[i + 1].kind == JUMP


def leaves_page(item: Labelled) -> bool:
    """Whether a text ends with a mark that it goes on on another page."""
    jump = find_jump(item.plain)
    return jump is not None and jump.direction == "to" and jump.end >= len(item.plain) - 3


def _may_continue(items: Sequence[Labelled], i: int) -> bool:
    """Whether a body fragment may begin in mid-sentence."""
    item = items[i]
    if item.lead is not None or item.fragment.indented:
        return False
    return not (i and items[i - 1].kind == BYLINE)


class _Side(NamedTuple):
    """What is asked of a fragment on either side of a seam, once for all seams."""

    number: int
    fragment: Fragment
    column: float
    start: float
    head: str
    tail: str


def _side(items: Sequence[Labelled], i: int) -> _Side:
    fragment = items[i].fragment
    plain = fragment.plain
    return _Side(i, fragment, fragment.column, _start(items, i), plain[:8], plain[-8:])


def _fit(end: _Side, start: _Side, following: dict[int, int], scattered: bool) -> float:
    if end.number == start.number:
        return -math.inf
    before, after = end.fragment, start.fragment
    score = start.start
    if before.wrapped and after.wrapped:
        score += SAME_WIDTH if abs(end.column - start.column) <= 1.1 else OTHER_WIDTH
    if following.get(end.number) == start.number:
        same_block = after.lines[0].number == before.lines[-1].number + 1
        score += (NEXT_LINE if same_block else NEXT_SCATTERED) if scattered else NEXT
    else:
        score -= PER_DOUBLING * math.log2(1 + abs(start.number - end.number))
    if not scattered and score + LANGUAGE * LANGUAGE_LIMIT + SHARED_WORDS * MOST_SHARED < ENOUGH:
        return score  # whatever the language, and the words that both share
    if scattered:
        language = goes_on_within(end.tail, start.head, -ALIEN_SCATTERED, SURE_SCATTERED)
        score += LANGUAGE_SCATTERED * language
    else:
        language = goes_on_within(end.tail, start.head, -LANGUAGE_LIMIT, LANGUAGE_LIMIT)
        score += LANGUAGE * language
    if language == 0.0 and start.head[0] in "，、；：。）》”,;:.)":
        score += 2.0
    if not scattered and score + SHARED_WORDS * MOST_SHARED < ENOUGH:
        return score
    words, others = pairs_of(before.plain), pairs_of(after.plain)
    small = min(len(words), len(others)) or 1
    return score + SHARED_WORDS * min(MOST_SHARED, len(words & others) / small)


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
