"""Blocks of a page → the order in which they are read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from digest.page.fields import furniture_kind
from digest.page.grid_blocks import Block

#: Columns under one headline begin at the same height, give or take so many rows.
LEVEL = 2
#: Text begins so many rows under its headline at most; in the headline's own column a picture may come first.
UNDER = 4
#: So many empty rows across the page part what is above from what is below.
EMPTY_ROWS = 2
#: A headline over an article takes at least so many lines of the column's text.
HEADLINE_ROOM = 3.2
#: No page has more blocks; ordering them costs their square at worst.
MOST_BLOCKS = 1000
#: No page is cut deeper.
DEEPEST = 40


def in_reading_order(blocks: Sequence[Block]) -> list[Block]:
    """All blocks: headlines before what is under them, columns from left to right, each from the top down."""
    if len(blocks) > MOST_BLOCKS:
        return sorted(blocks, key=lambda b: (b.left, b.top))
    return _order(list(blocks), 0)


def _order(region: list[Block], depth: int) -> list[Block]:
    if len(region) <= 1:
        return region
    if depth > DEEPEST:
        return sorted(region, key=lambda b: (b.left, b.top))
    strips = _strips(region, EMPTY_ROWS)
    if len(strips) > 1:
        return [block for strip in strips for block in _order(strip, depth + 1)]
    columns = _columns(region)
    if len(columns) == 1:
        strips = _strips(region, 0)
        if len(strips) == 1:
            return _around(region, depth)
        return [block for strip in strips for block in _order(strip, depth + 1)]
    groups = _groups(columns)
    if len(groups) == 1:
        cut = groups[0].cut
        assert cut is not None
        above = [b for b in region if b.bottom < cut]
        below = [b for b in region if b.bottom >= cut]
        return _order(above, depth + 1) + _order(below, depth + 1)
    if any(group.cut is not None for group in groups):
        return [b for group in groups for b in _order([b for c in group.columns for b in c], depth + 1)]
    return _side_by_side([_order(column, depth + 1) for column in columns])


def _strips(region: list[Block], empty: int) -> list[list[Block]]:
    """The region cut at rows that no block crosses, with so many rows between at least."""
    strips: list[list[Block]] = []
    bottom = -1
    for block in sorted(region, key=lambda b: (b.top, b.left)):
        if not strips or block.top - bottom > empty:
            strips.append([])
        strips[-1].append(block)
        bottom = max(bottom, block.bottom)
    return strips


def _columns(region: list[Block]) -> list[list[Block]]:
    """The region cut at places that no block crosses; headlines alone make no column."""
    columns: list[list[Block]] = []
    right = -1
    for block in sorted(region, key=lambda b: (b.left, b.top)):
        if not columns or block.left >= right:
            columns.append([])
        columns[-1].append(block)
        right = max(right, block.right)
    joined: list[list[Block]] = []
    for column in columns:
        if joined and all(block.head for block in column):
            joined[-1] += column
        else:
            joined.append(column)
    return [sorted(column, key=lambda b: (b.top, b.left)) for column in joined]


def _around(region: list[Block], depth: int) -> list[Block]:
    """A region without a clear cut, in order but for its widest block, which goes before what is under it."""
    wide = max(region, key=lambda b: (b.right - b.left, -b.order))
    rest = _order([b for b in region if b is not wide], depth + 1)
    under = (
        n for n, b in enumerate(rest) if b.top >= wide.top and b.left < wide.right and wide.left < b.right
    )
    at = next(under, len(rest))
    return [*rest[:at], wide, *rest[at:]]


# ---------------------------------------------------------------- articles one above the other


@dataclass(frozen=True, slots=True)
class _Group:
    """Columns that belong together; `cut` is the row at which they all begin something new, if they do."""

    columns: tuple[list[Block], ...]
    cut: int | None = None


def _groups(columns: list[list[Block]]) -> list[_Group]:
    """Neighbouring columns that a headline parts at one height, and the single columns between."""
    best: tuple[int, int, int] | None = None  # how many columns, first, cut
    for at, column in enumerate(columns):
        for above, head in pairwise(column):
            if not head.head or above.head or above.bottom >= head.top or _is_subhead(above, head, column):
                continue
            cut = head.top
            first = last = at
            while first and _parts(columns[first - 1], cut):
                first -= 1
            while last + 1 < len(columns) and _parts(columns[last + 1], cut):
                last += 1
            found = (last - first + 1, first, cut)
            if found[0] > 1 and (best is None or found[0] > best[0]):
                best = found
    if best is None:
        return [_Group((column,)) for column in columns]
    n, first, cut = best
    before = [_Group((column,)) for column in columns[:first]]
    behind = [_Group((column,)) for column in columns[first + n :]]
    return [*before, _Group(tuple(columns[first : first + n]), cut), *behind]


def _is_subhead(above: Block, head: Block, column: Sequence[Block]) -> bool:
    """Whether a headline line takes hardly more room than a line of the column: it parts no articles."""
    below = next((b for b in column if b.top > head.bottom and not b.head), None)
    steps = sorted(b.row - a.row for a, b in pairwise(above.cells[-7:]))
    usual = steps[len(steps) // 2] if steps else 1
    return below is not None and below.top - above.bottom < HEADLINE_ROOM * max(usual, 1)


def _parts(column: list[Block], cut: int) -> bool:
    """Whether a column ends something above row `cut` and begins something at or below it."""
    above = [b for b in column if b.top < cut]
    below = [b for b in column if b.top >= cut]
    return bool(above and below) and all(b.bottom < cut for b in above)


# ---------------------------------------------------------------- headlines over several columns


def _side_by_side(columns: list[list[Block]]) -> list[Block]:
    """Columns from left to right; a headline over the middle of its columns goes before the first of them."""
    tails: list[Block] = []
    for at, column in enumerate(columns):
        n = _n_advertised(column)
        columns[at] = column[: len(column) - n]
        tails += column[len(column) - n :]
    columns = [column for column in columns if column]
    heads: list[list[Block]] = [[] for _ in columns]
    for at, column in enumerate(columns):
        n = next((i for i, block in enumerate(column) if not block.head), len(column))
        if not n or n == len(column) or not at or column[n].begins:
            continue
        target = at
        for k in range(at - 1, -1, -1):
            first = columns[k][0]
            under = 0 < first.top - column[n - 1].bottom <= UNDER
            if first.head or not (under or abs(first.top - column[n].top) <= LEVEL):
                break
            if first.begins:
                target = k
                break
        if target < at:
            heads[target] += column[:n]
            columns[at] = column[n:]
    ordered = [block for head, column in zip(heads, columns, strict=True) for block in [*head, *column]]
    return ordered + tails


def _n_advertised(column: Sequence[Block]) -> int:
    """How many blocks at the foot of a column are an advertisement: its mark and the headline lines above."""
    n = 0
    while n < len(column) and _is_furniture(column[-1 - n]):
        n += 1
    while n and n < len(column) and column[-1 - n].head:
        n += 1
    return n


def _is_furniture(block: Block) -> bool:
    return all(furniture_kind(cell.plain) for cell in block.cells)
