"""Cells that ran into each other over a gutter of one space, cut again."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from digest.page.grid_cells import DRIFT, INDENT, Cell
from digest.page.lines import width

#: Columns are at least so wide; a gutter of one space shows in so many rows at least, and in such a share.
NARROWEST, MIN_SHOWN, SHOWN = 7.0, 5, 0.6
#: Rows so far above and below show where the columns of a row stand.
AROUND = 12
#: A short line so few rows below the last joined ones stands in the same columns.
NEAR_JOINED = 3
#: A gutter's place wanders by so much over its rows, in full-width characters.
WANDER = 1.3
#: No page has more columns side by side without a wide gap.
MOST_COLUMNS = 6


def split_stray(cells: Sequence[Cell]) -> list[Cell]:
    """The cells cut where a full line ran into the next column while the rows around it stand apart."""
    here = list(cells)
    for _ in range(MOST_COLUMNS):
        following = {
            id(one): two for one, two in pairwise(here) if one.row == two.row and one.left < two.left
        }
        at_left: dict[int, list[Cell]] = {}
        for cell in here:
            at_left.setdefault(cell.left, []).append(cell)
        out: list[Cell] = []
        for cell in here:
            out += _cut_stray(cell, at_left[cell.left], following)
        if len(out) == len(here):
            break
        here = out
    return here


def _cut_stray(cell: Cell, column: Sequence[Cell], following: dict[int, Cell]) -> list[Cell]:
    if " " not in cell.plain:
        return [cell]
    at = bisect_left(column, cell.row, key=lambda other: other.row)
    near = [c for c in column[max(0, at - 6) : at + 7] if 0 < abs(c.row - cell.row) <= AROUND]
    starts = Counter(following[id(c)].left for c in near if id(c) in following)
    widths = sorted(c.width for c in near if id(c) in following)
    if not starts:
        return [cell]
    left, votes = starts.most_common(1)[0]
    measure = widths[(3 * len(widths)) // 4]
    if votes < 3 or measure < NARROWEST or cell.width < measure + 4:
        return [cell]
    gaps = [(abs(x - measure), at) for x, at, _ in _gaps(cell) if abs(x - measure) <= WANDER]
    if not gaps:
        return [cell]
    first, second = cell.text.slice(0, min(gaps)[1]).strip(), cell.text.slice(min(gaps)[1]).strip()
    return [
        Cell(cell.row, cell.left, first, width(first.text)),
        Cell(cell.row, left, second, width(second.text)),
    ]


def split_narrow(cells: Sequence[Cell]) -> list[Cell]:
    """The cells cut at gutters that are one space wide: the same place in many rows one below the other.

    Where the left column is short the gap is wide, and the tool has placed what stands behind it by the whole
    length of the joined lines: such cells are moved to the gutter too.
    """
    here = list(cells)
    for _ in range(MOST_COLUMNS):
        changed: dict[int, list[Cell]] = {}
        for track in _tracks(here):
            gutter = _gutter(track)
            if gutter:
                changed.update(_split_track(track, *gutter, here))
        if not changed:
            break
        here = [new for cell in here for new in changed.get(id(cell), [cell])]
        here.sort(key=lambda cell: (cell.row, cell.left))
    return here


def _split_track(
    track: Sequence[Cell], base: int, place: float, cells: Sequence[Cell]
) -> dict[int, list[Cell]]:
    """What becomes of each cell that a gutter of the track cuts or moves, by the cell's id."""
    left = base + round(place) + 1
    out: dict[int, list[Cell]] = {}
    end = left
    rows: list[int] = []
    for cell in track:
        at = _gap_near(cell, base, place)
        if at is None:
            continue
        end = max(end, cell.right)
        rows.append(cell.row)
        first, second = cell.text.slice(0, at).strip(), cell.text.slice(at).strip()
        out[id(cell)] = [
            Cell(cell.row, cell.left, first, width(first.text)),
            Cell(cell.row, left, second, width(second.text)),
        ]
    if not rows:
        return out
    ended = {cell.row: cell.right for cell in track if id(cell) not in out}
    behind: list[Cell] = []
    for cell in cells[bisect_left(cells, rows[0], key=lambda cell: cell.row) :]:
        if cell.row > rows[-1] + NEAR_JOINED:
            break
        if cell.row in ended and ended[cell.row] <= cell.left and left - 2 <= cell.left <= end + 2:
            behind.append(cell)
            del ended[cell.row]  # only the first one behind the short line
    if behind:
        flush = min(cell.left for cell in behind)
        for cell in behind:
            moved = left + (2 if 2 <= cell.left - flush <= 4 else 0)
            out[id(cell)] = [Cell(cell.row, moved, cell.text, cell.width)]
    return out


def _tracks(cells: Sequence[Cell]) -> list[list[Cell]]:
    """Cells that begin at about the same place in rows that follow each other."""
    tracks: list[list[Cell]] = []
    open_: list[list[Cell]] = []
    for cell in cells:
        open_ = [track for track in open_ if cell.row - track[-1].row <= 8]
        near = [
            track
            for track in open_
            if -DRIFT <= cell.left - _base(track[-4:]) <= INDENT and track[-1].row < cell.row
        ]
        if near:
            min(near, key=lambda track: abs(cell.left - _base(track[-4:]))).append(cell)
        else:
            track = [cell]
            tracks.append(track)
            open_.append(track)
    return tracks


def _base(cells: Sequence[Cell]) -> int:
    return min(cell.left for cell in cells)


def _gaps(cell: Cell) -> list[tuple[float, int, bool]]:
    """Spaces as (width of what stands before, letter-spacing closed up; position; may be a gutter)."""
    tokens = cell.plain.split(" ")
    out: list[tuple[float, int, bool]] = []
    before, at = 0.0, 0
    for one, two in pairwise(tokens):
        before += width(one)
        at += len(one) + 1
        spaced = len(one) == 1 and len(two) == 1
        latin = one.isascii() or two.isascii()  # a number between spaces is text
        out.append((before, at, not spaced and not latin))
        before += 0.0 if spaced else 0.5
    return out


def _gutter(track: Sequence[Cell]) -> tuple[int, float] | None:
    """The left edge of a track and how far from it, in full-width characters, a gutter stands; or None."""
    if len(track) < MIN_SHOWN:
        return None
    rows = [(cell, [gap for gap in _gaps(cell) if gap[2]]) for cell in track]
    joined = [cell for cell, gaps in rows if gaps]
    if not joined:
        return None
    base = _base(joined)
    shown_at = [[x + _indent(cell, base) for x, _, _ in gaps] for cell, gaps in rows]
    ends = [_indent(cell, base) + cell.width for cell in track]
    votes = Counter(round(x) for row in shown_at for x in row if x >= NARROWEST)
    for place, _ in votes.most_common(3):
        shown = sum(any(abs(x - place) <= WANDER for x in row) for row in shown_at)
        wide_enough = sum(end >= place + 4 for end in ends)
        if shown >= MIN_SHOWN and shown >= SHOWN * wide_enough:
            return base, float(place)
    return None


def _gap_near(cell: Cell, base: int, place: float) -> int | None:
    indent = _indent(cell, base)
    near = [
        (not real, abs(x + indent - place), at)
        for x, at, real in _gaps(cell)
        if abs(x + indent - place) <= WANDER + 0.7
    ]
    return min(near)[2] if near else None


def _indent(cell: Cell, base: int) -> int:
    """How far right of its column a cell begins, in full-width characters: a small indent is always two."""
    places = cell.left - base
    return 2 if 1 <= places <= INDENT else places
