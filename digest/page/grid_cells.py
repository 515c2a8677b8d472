"""A text that keeps the page's two dimensions → cells: what stands between wide gaps, with its place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from math import ceil

from digest.page.fields import furniture_kind
from digest.page.lines import width
from digest.text.tracked import Tracked, concat, inserted

_HAN = r"\u3400-\u4dbf\u4e00-\u9fff"
_WIDE_GAP = re.compile(r"[ \t\u3000\xa0]{2,}")
_HAN_CHAR = re.compile(f"[{_HAN}]")
#: A paragraph's first line begins so many places right of its column at most.
INDENT = 6
#: A column's line may begin so many places left of where the lines above it began.
DRIFT = 3


@dataclass(frozen=True, slots=True)
class Cell:
    """A stretch of one row. `left` counts places from the left edge; `width` is in full-width characters."""

    row: int
    left: int
    text: Tracked
    width: float
    span: int = 0  # places it takes; 0: as many as it has characters

    @property
    def right(self) -> int:
        return self.left + (self.span or len(self.text))

    @property
    def plain(self) -> str:
        return self.text.text


def cells_of(rows: Sequence[Tracked], *, wide: bool) -> list[Cell]:
    """The cells of all rows, from the top down and from left to right.

    `wide`: the tool that wrote the text counted a full-width character as two places (a terminal does),
    which are halved here; else as one (poppler and xpdf do).
    """
    cells: list[Cell] = []
    for number, row in enumerate(rows):
        here, places = 0, 0.0
        for gap in [*_WIDE_GAP.finditer(row.text), None]:
            end = gap.start() if gap else len(row)
            piece = row.text[here:end]
            lead = len(piece) - len(piece.lstrip())
            if piece.strip():
                part = row.slice(here + lead, here + len(piece.rstrip()))
                size = width(part.text)
                before = width(piece[:lead]) if wide else lead
                cells.append(Cell(number, round(places + before), part, size, ceil(size) if wide else 0))
            behind = row.text[here : gap.end()] if gap else piece
            places += width(behind) if wide else len(behind)
            here += len(behind)
    return cells


# ---------------------------------------------------------------- is it such a text at all

#: So many rows must hold several cells, and so large a share of all rows.
MIN_ROWS, MIN_SHARE = 6, 0.25
#: Such a share of the cells begin at an edge (measured: 0.46 to 0.88; other texts have no such cells).
ALIGNED = 0.4
#: No page has more columns; a row with more cells is a table or hostile.
MOST_IN_ROW = 24
#: A place counts as the edge of a column where so many cells begin within `NEAR` rows.
EDGE_CELLS, NEAR = 4, 40


def aligned(cells: Sequence[Cell]) -> float:
    """The share of the cells behind a gap that begin where others do: at the edge of a column."""
    inner = [b for a, b in pairwise(cells) if a.row == b.row]
    if not inner:
        return 0.0
    buckets = Counter((cell.left, cell.row // NEAR) for cell in inner)
    at_edge = sum(
        any(buckets[cell.left, cell.row // NEAR + shift] >= EDGE_CELLS for shift in (-1, 0, 1))
        for cell in inner
    )
    return at_edge / len(inner)


def is_grid(rows: Sequence[Tracked], cells: Sequence[Cell]) -> bool:
    """Whether the rows cross several columns of running text, rather than hold wide gaps for looks."""
    filled = sum(bool(row.text.strip()) for row in rows)
    per_row = Counter(cell.row for cell in cells if cell.width >= 5 and _HAN_CHAR.search(cell.plain))
    crossing = sum(n >= 2 for n in per_row.values())
    if crossing < MIN_ROWS or crossing < MIN_SHARE * filled:
        return False
    if max(Counter(cell.row for cell in cells).values()) > MOST_IN_ROW:
        return False
    inner = sorted(b.width for a, b in pairwise(cells) if a.row == b.row)
    return inner[len(inner) // 2] >= 6 and aligned(cells) >= ALIGNED


def join_page_lines(cells: Sequence[Cell]) -> list[Cell]:
    """The cells, those of a row that heads or ends the page (date, staff, address) made one."""
    out: list[Cell] = []
    for _, group in groupby(cells, key=lambda cell: cell.row):
        row = list(group)
        known = sum(furniture_kind(cell.plain) is not None for cell in row)
        joined = concat(part for cell in row for part in (inserted("  "), cell.text)).strip()
        if len(row) > 1 and 2 * known > len(row) and furniture_kind(joined.text):
            out.append(Cell(row[0].row, row[0].left, joined, width(joined.text)))
        else:
            out += row
    return out
