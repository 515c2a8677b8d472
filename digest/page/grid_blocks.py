"""Cells that stand under each other in one column → blocks."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from statistics import median

from digest.page import fields
from digest.page.grid_cells import DRIFT, INDENT, Cell
from digest.page.lines import MIN_COLUMN, STOP, ends_sentence

#: A line this much narrower than its column ends a paragraph, in full-width characters.
SHORT = 2.5
#: How far a paragraph's first line and its indent may miss the column's width.
FIRST_LINE = 1.6
#: Lines of one column are at most so many rows apart where the text runs on, lines of other columns between.
REACH = 8
#: A line so much wider than those above it is in another column.
WIDER = 1.3
#: A column may run on over so many empty rows, where a headline beside it takes them.
EMPTY_INSIDE = 2
_RUNNING = re.compile("[，。；、！？]")


@dataclass(slots=True, eq=False)
class Block:
    """Lines of one column, one below the other, with nothing between them. `head`: headline lines."""

    cells: list[Cell] = field(default_factory=list)
    head: bool = False
    order: int = 0  # counts the blocks of a page from the top
    left: int = 0
    right: int = 0

    def add(self, cell: Cell) -> None:
        self.left = min(self.left, cell.left) if self.cells else cell.left
        self.right = max(self.right, cell.right)
        self.cells.append(cell)

    @property
    def top(self) -> int:
        return self.cells[0].row

    @property
    def bottom(self) -> int:
        return self.cells[-1].row

    @property
    def measure(self) -> float:
        """How wide the last lines are set; a stray wider one is left out."""
        widths = sorted(cell.width for cell in self.cells[-8:])
        return widths[-1 - len(widths) // 4]

    @property
    def begins(self) -> bool:
        """Whether an article or a paragraph begins here, rather than the text of another column going on."""
        first = self.cells[0]
        if fields.parse_lead(first.plain) or fields.parse_byline(first.plain):
            return True
        return first.left - self.left >= 2


def find_blocks(cells: Sequence[Cell], n_rows: int) -> list[Block]:
    """The blocks of a page of so many rows, every cell in one; linear, as few blocks are open at a time."""
    filled = _filled(cells, n_rows)
    columns = _Columns(cells)
    done: list[Block] = []
    growing: list[Block] = []
    for cell in cells:
        for block in [b for b in growing if cell.row - b.bottom > REACH]:
            growing.remove(block)
            done.append(block)
        fitting = [b for b in growing if b.bottom < cell.row and _fits(b, cell)]
        best = min(fitting, key=lambda b: (abs(cell.left - b.cells[-1].left), b.left), default=None)
        empty = _empty(filled, best.bottom, cell.row) if best is not None else 0
        runs_on = best is not None and _runs_on(best, cell, empty)
        head = not runs_on and _is_head(cell, best, columns)
        if best is None or not (runs_on or _continues(best, cell, head, empty)):
            best = Block(head=head)
        for block in [b for b in growing if b is not best and b.bottom < cell.row and _covers(cell, b)]:
            growing.remove(block)
            done.append(block)
        if not best.cells:
            growing.append(best)
        best.add(cell)
    blocks = sorted(done + growing, key=lambda b: (b.top, b.left))
    for n, block in enumerate(blocks):
        block.order = n
    return blocks


def _covers(cell: Cell, block: Block) -> bool:
    """Whether a cell stands under a block and so ends it."""
    return cell.left < block.right and block.left < cell.right


class _Columns:
    """How wide the text of a column is set around a row, and what follows a cell in its column."""

    def __init__(self, cells: Sequence[Cell]) -> None:
        self._at: dict[int, list[Cell]] = {}
        for cell in cells:
            self._at.setdefault(cell.left, []).append(cell)
        self._below = _followers(cells)

    def below(self, cell: Cell) -> Cell | None:
        return self._below.get(id(cell))

    def measure(self, left: int, row: int) -> float:
        """The width of the column that begins at `left`, near a row; 0 where too few lines begin there."""
        cells = self._at.get(left, [])
        at = bisect_left(cells, row, key=lambda cell: cell.row)
        near = sorted(c.width for c in cells[max(0, at - 6) : at + 7] if abs(c.row - row) <= 10)
        return near[(3 * len(near)) // 4] if len(near) >= 3 else 0.0


def _filled(cells: Sequence[Cell], n_rows: int) -> list[int]:
    """How many rows above each row hold anything."""
    holding = {cell.row for cell in cells}
    return list(accumulate((row in holding for row in range(n_rows)), initial=0))


def _empty(filled: Sequence[int], above: int, below: int) -> int:
    """How many rows between two rows hold nothing at all."""
    return below - above - 1 - (filled[below] - filled[above + 1])


def _followers(cells: Sequence[Cell]) -> dict[int, Cell]:
    """For each cell the next one that begins at about the same place, within the reach of a column."""
    out: dict[int, Cell] = {}
    open_: list[Cell] = []
    for cell in cells:
        open_ = [c for c in open_ if cell.row - c.row <= REACH]
        for c in open_:
            if c.row < cell.row and -INDENT <= cell.left - c.left <= INDENT:
                out[id(c)] = cell
                open_.remove(c)
                break
        open_.append(cell)
    return out


def _fits(block: Block, cell: Cell) -> bool:
    return (
        -INDENT <= cell.left - block.left <= INDENT
        if len(block.cells) == 1
        else (-DRIFT <= cell.left - block.left <= INDENT)
    )


def _is_head(cell: Cell, above: Block | None, columns: _Columns) -> bool:
    """Whether a cell looks like a headline line: no stop in it, and no part of a column above or below."""
    text = cell.plain
    if (STOP.search(text.rstrip("：:")) and "。" in text) or cell.width < 2 or fields.furniture_kind(text):
        return False
    if fields.parse_lead(text) or fields.parse_byline(text) or ends_sentence(text):
        return False
    if fields.opens_caption(text):
        return False
    if above is not None and not above.head:
        flush = cell.left == above.left
        if flush and cell.row - above.bottom <= 2 and cell.width >= above.measure - SHORT - 1:
            return False
    if above is not None and not above.head and _is_first_line(cell, above.left, above.measure):
        return cell.row - above.bottom > 2 * _usual_step(above)
    below = columns.below(cell)
    if below is None:
        return not STOP.search(text)
    measure = columns.measure(below.left, cell.row)
    stops = _RUNNING.search(text + below.plain) is not None
    if _is_first_line(cell, below.left, measure or below.width, SHORT):
        return not stops and (not measure or below.width < measure - FIRST_LINE)
    flush = cell.left == below.left
    if flush and measure and abs(cell.width - measure) <= 1.1:
        return not stops and below.width < measure - 1.1
    return not flush or not _RUNNING.search(text)


def _is_first_line(cell: Cell, left: int, measure: float, slack: float = FIRST_LINE) -> bool:
    """Whether a cell fills a column from an indent of two characters on."""
    return 2 <= cell.left - left <= INDENT and -slack <= cell.width + 2 - measure <= FIRST_LINE


def _is_credit(text: str) -> bool:
    credit = fields.find_credit(text)
    return credit is not None and text[0] in "（("


def _open(block: Block) -> bool:
    """Whether the block's last line fills the column and stops in mid-sentence."""
    last = block.cells[-1]
    indent = 2 if last.left - block.left >= 1 else 0
    if last.width < MIN_COLUMN or fields.furniture_kind(last.plain) or ends_sentence(last.plain):
        return False
    return last.width + indent >= block.measure - SHORT


def _continues(block: Block, cell: Cell, head: bool, empty: int) -> bool:
    step = cell.row - block.bottom
    if cell.left == block.left and not block.head and _is_credit(cell.plain):
        return True
    if len(cell.text) == 1 and cell.left == block.left and all(len(c.text) == 1 for c in block.cells[-2:]):
        return True  # a headline set from the top down
    if block.head or head:
        return block.head and head and step <= 3 and empty < 2
    if fields.find_credit(block.cells[-1].plain) or cell.width > WIDER * block.measure + 1:
        return False
    if (fields.furniture_kind(cell.plain) is None) != (fields.furniture_kind(block.cells[-1].plain) is None):
        return False
    return step <= max(2, _usual_step(block))


def _usual_step(block: Block) -> float:
    return median([b.row - a.row for a, b in pairwise(block.cells[-5:])] or [1])


def _runs_on(block: Block, cell: Cell, empty: int) -> bool:
    """Whether the last line of a block stops in mid-sentence and the cell goes on with it."""
    if block.head or not _open(block) or cell.left - block.left > 1 or fields.furniture_kind(cell.plain):
        return False
    if empty <= 1 and _RUNNING.search(cell.plain):
        return True
    if empty and not _RUNNING.search(cell.plain) and cell.width < block.measure - 1.1:
        return False
    return empty <= EMPTY_INSIDE and cell.row - block.bottom <= max(2 * _usual_step(block) + 1, 4)
