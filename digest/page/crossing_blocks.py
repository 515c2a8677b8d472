"""Blocks of a page in which a few rows run across a gutter, as two columns that begin or end side by side.

`pdftotext` writes most of a page column by column and joins rows only where it takes two columns for one.
Such a block is told apart by itself (`crossing_search`); each of its columns becomes a block, and what it
goes on from or in is found later, like that of any other column.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from digest.page.crossing_rows import CROSSES, SLACK, SPACE, Piece, may_cross
from digest.page.crossing_search import Search
from digest.page.fields import furniture_kind, is_caption
from digest.page.lines import MIN_COLUMN, close_spaced_out, width
from digest.text.tracked import Tracked, concat, inserted

#: So many rows of a block run across; two pieces of each have so much of the column's width.
FEWEST, PIECE, MOST_PIECES = 2, 0.6, 6
#: A block with more rows is no part of a page written block by block.
MOST_ROWS = 80
#: So many rows without a space tell the page's column.
TELLING = 20


def uncross_blocks(text: Tracked) -> Tracked | None:
    """The page with such blocks column by column; None where there are none. Linear in the rows."""
    if not may_cross(text.text, FEWEST):
        return None
    rows = text.splitlines()
    blocks = list(_blocks(rows))
    if not any(_may_cross(block) for block in blocks):
        return None
    column = _column(rows)
    if not column:
        return None
    parts: list[Tracked] = []
    changed = False
    for block in blocks:
        if _may_cross(block) and sum(_runs_across(row, column) for row in block) >= FEWEST:
            changed = True
            parts += _written(_columns(block, column))
        else:
            for row in block:
                parts += [row, inserted("\n")]
            parts.append(inserted("\n"))
    return concat(parts) if changed else None


def _may_cross(block: Sequence[Tracked]) -> bool:
    """Whether enough rows of a block could run across; cheaper than to measure them."""
    return len(block) <= MOST_ROWS and sum(CROSSES.search(row.text) is not None for row in block) >= FEWEST


def _column(rows: Sequence[Tracked]) -> float:
    """The width that most rows without a space have, in full-width characters; 0 where too few tell."""
    lines = [row.text.strip() for row in rows]
    widths = Counter(round(width(line)) for line in lines if line and not SPACE.search(line))
    for narrow in [w for w in widths if w < MIN_COLUMN]:
        del widths[narrow]
    if sum(widths.values()) < TELLING:
        return 0.0
    return float(max(widths, key=lambda w: (widths[w] + widths[w - 1] + widths[w + 1], -w)))


def _blocks(rows: Sequence[Tracked]) -> Iterator[list[Tracked]]:
    block: list[Tracked] = []
    for row in rows:
        if row.text.strip():
            block.append(row)
        elif block:
            yield block
            block = []
    if block:
        yield block


def _runs_across(row: Tracked, column: float) -> bool:
    """Whether a row holds two pieces or more about as wide as a column, and none that is wider."""
    text = row.text.strip()
    if not CROSSES.search(text) or furniture_kind(text) or is_caption(text):
        return False
    pieces = [width(piece) for piece in SPACE.split(close_spaced_out(row.strip()).text)]
    wide = sum(piece >= PIECE * column for piece in pieces)
    return wide >= 2 and max(pieces) <= column + SLACK and len(pieces) <= MOST_PIECES


def _columns(block: Sequence[Tracked], column: float) -> list[list[Piece]]:
    search = Search(column)
    for number, row in enumerate(block):
        search.take(row.strip(), number, blank=number == 0)
    return sorted(search.columns(), key=lambda pieces: pieces[0].row)


def _written(columns: Sequence[list[Piece]]) -> list[Tracked]:
    out: list[Tracked] = []
    for pieces in columns:
        for piece in pieces:
            out += [piece.text, inserted("\n")]
        out.append(inserted("\n"))
    return out
