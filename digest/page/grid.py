"""A page whose rows cross its columns, as `pdftotext -layout` writes it → the same text column by column.

rows → cells (`grid_cells`, `grid_gutters`) → blocks (`grid_blocks`) → reading order (`grid_order`) → text
"""

from __future__ import annotations

from collections.abc import Sequence

from digest.page.grid_blocks import Block, find_blocks
from digest.page.grid_cells import INDENT, Cell, aligned, cells_of, is_grid, join_page_lines
from digest.page.grid_gutters import split_narrow, split_stray
from digest.page.grid_order import in_reading_order
from digest.page.lines import close_spaced_out, width
from digest.text.tracked import Tracked, concat, inserted

#: Lines of one headline are so near each other.
STACKED_ROWS, STACKED_PLACES = 8, 20
#: No headline is set in more than so many times the size of the body.
LARGEST = 4.5
#: More rows are no newspaper page.
MOST_ROWS = 20_000


def unfold_grid(text: Tracked) -> Tracked | None:
    """The text in reading order, its blocks parted by blank lines; None where it is no such grid.

    Every character keeps its offset in the source; line ends and indents are inserted.
    """
    pages = _pages(text)
    if not any("   " in page.text for page in pages):
        return None
    written = [_unfold_page(page.splitlines()) for page in pages]
    if all(page is None for page in written):
        return None
    parts = [page if new is None else new for page, new in zip(pages, written, strict=True)]
    return concat(piece for part in parts for piece in (part, inserted("\n\n")))


def _pages(text: Tracked) -> list[Tracked]:
    out: list[Tracked] = []
    here = 0
    for page in text.text.split("\f"):
        if page.strip():
            out.append(text.slice(here, here + len(page)))
        here += len(page) + 1
    return out


def _unfold_page(rows: Sequence[Tracked]) -> Tracked | None:
    if len(rows) > MOST_ROWS:
        return None
    cells = max((cells_of(rows, wide=wide) for wide in (False, True)), key=aligned)
    if not is_grid(rows, cells):
        return None
    return _write(in_reading_order(find_blocks(join_page_lines(split_narrow(split_stray(cells))), len(rows))))


def _write(blocks: Sequence[Block]) -> Tracked:
    """The blocks as lines, a blank line between two blocks and between headline lines of two sizes."""
    parts: list[Tracked] = []
    before: tuple[Block, Cell] | None = None
    for block in blocks:
        for n, cell in enumerate(block.cells):
            if before is not None:
                parts.append(inserted("\n" if _follows(before, block, cell) else "\n\n"))
            if _is_indented(block, n):
                parts.append(inserted("  "))
            parts.append(cell.text)
            before = block, cell
    return concat(parts)


def _is_indented(block: Block, n: int) -> bool:
    """Whether a line begins right of the next one and is shorter for it; a column may drift as far."""
    cells = block.cells
    if block.head:
        return False
    beside = cells[n + 1] if n + 1 < len(cells) else cells[n - 1]
    return 2 <= cells[n].left - beside.left <= INDENT and cells[n].width <= block.measure - 1


def _follows(before: tuple[Block, Cell], block: Block, cell: Cell) -> bool:
    """Whether a line and the one before it are lines of one block, or of one headline in one size."""
    last_block, last = before
    if not (last_block.head and block.head):
        return last_block is block
    near = 0 < cell.row - last.row <= STACKED_ROWS and abs(cell.left - last.left) <= STACKED_PLACES
    return near and _one_size(last, cell)


def _one_size(one: Cell, two: Cell) -> bool:
    """Whether two headline lines may be set in one size: then the shorter one, centred, begins further right.

    Half the difference of their lengths times the size is how far; lines that begin alike say nothing.
    """
    shift = one.left - two.left
    longer = width(close_spaced_out(two.text).text) - width(close_spaced_out(one.text).text)
    if not shift:
        return True
    return longer != 0 and 0 < 2 * shift / longer <= LARGEST
