"""A page whose rows cross several columns (as `pdftotext -layout` writes it) → the same text column by column."""

from __future__ import annotations

from collections.abc import Sequence

from digest.page.grid_blocks import Block, find_blocks
from digest.page.grid_cells import INDENT, aligned, cells_of, is_grid, split_narrow
from digest.page.grid_order import in_reading_order
from digest.text.tracked import Tracked, concat, inserted

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
    return _write(in_reading_order(find_blocks(split_narrow(cells), len(rows))))


def _write(blocks: Sequence[Block]) -> Tracked:
    """The blocks as lines, a blank line between two blocks."""
    parts: list[Tracked] = []
    before: Block | None = None
    for block in blocks:
        if before is not None:
            parts.append(inserted("\n" if _goes_on(before, block) else "\n\n"))
        for n, cell in enumerate(block.cells):
            if n:
                parts.append(inserted("\n"))
            indent = cell.left - block.left
            if not block.head and 2 <= indent <= INDENT:
                parts.append(inserted("  "))
            parts.append(cell.text)
        before = block
    return concat(parts)


def _goes_on(before: Block, block: Block) -> bool:
    """Whether two headline blocks are one: one below the other, near enough."""
    apart = block.top - before.bottom
    return before.head and block.head and 0 < apart <= 6 and abs(block.left - before.left) <= 20
