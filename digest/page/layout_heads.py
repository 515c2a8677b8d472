"""Headlines: the display lines of an article put together, and told apart into kicker, title, subtitle."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from digest.page.blocks import DISPLAY_SIZE, Block, Measure, is_text_size, n_han
from digest.page.fields import parse_byline
from digest.page.geometry import Box, Line, Sheet, hull, overlap_area, x_overlap, y_overlap

_COLUMN_MARK = re.compile(r"^\s*(?:【.{2,20}】|[■●◆★▲].{2,24})\s*$")
_SUBTITLE_MARK = re.compile(r"^\s*(?:——|—|──|——)")
_OPEN_END = re.compile(r"[：:，、“‘《（(—]$")
_CLOSE_START = re.compile(r"^[”’》）)，。！？；：、《]")


@dataclass(frozen=True, slots=True)
class Head:
    """The headline block of one article, wherever its body stands."""

    box: Box
    size: float  # of the title
    kicker: tuple[Line, ...]
    title: tuple[Line, ...]
    subtitle: tuple[Line, ...]
    labels: tuple[Line, ...]  # 栏目: part of the page, not of the article
    bylines: tuple[Line, ...]
    frame: Box | None
    vertical: bool
    blocks: tuple[int, ...]


def find_heads(
    blocks: Sequence[Block], taken: set[int], sheet: Sheet, habits: Measure
) -> tuple[list[Head], list[int]]:
    """Headlines among the blocks that are not `taken`, and the blocks that stand as subheads in a column."""
    display = [
        i
        for i, b in enumerate(blocks)
        if i not in taken and b.size > DISPLAY_SIZE * habits.size and not is_text_size(b, habits)
    ]
    groups = _stacked(display, blocks, sheet)
    heads = []
    for group in groups:
        small = _small_lines_around(group, blocks, taken | set(display), habits)
        heads.append(_head([*group, *small], blocks, habits))
    used = {i for head in heads for i in head.blocks}
    subheads = [
        i
        for i, block in enumerate(blocks)
        if i not in taken and i not in used and _is_subhead(block, blocks, taken | used, habits)
    ]
    return heads, subheads


def _stacked(display: list[int], blocks: Sequence[Block], sheet: Sheet) -> list[list[int]]:
    """Display blocks that stand close together, grouped."""
    parent = {i: i for i in display}

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    display = sorted(display, key=lambda i: blocks[i].box.top)
    for at, i in enumerate(display):
        for j in display[at + 1 :]:
            if blocks[j].box.top > blocks[i].box.bottom + 2 * max(blocks[i].size, blocks[j].size):
                break
            if _belong(blocks[i], blocks[j], sheet) or _is_stepped(blocks[i], blocks[j], blocks, sheet):
                parent[root(j)] = root(i)
    groups: dict[int, list[int]] = {}
    for i in display:
        groups.setdefault(root(i), []).append(i)
    return list(groups.values())


def _belong(a: Block, b: Block, sheet: Sheet) -> bool:
    """Whether two display blocks are parts of one headline."""
    if a.frame != b.frame:
        return False
    large = max(a.size, b.size)
    if a.vertical != b.vertical:
        return False
    if a.vertical:
        return y_overlap(a.box, b.box) > 0 and 0 <= -x_overlap(a.box, b.box) < 1.2 * large
    if not _aligned(a.box, b.box, large):
        return False
    upper, lower = (a, b) if a.box.top <= b.box.top else (b, a)
    gap = lower.box.top - upper.box.bottom
    common = x_overlap(a.box, b.box)
    if _beside(a, b) or _beside(b, a):
        return True
    if common < 0.3 * min(a.box.width, b.box.width) or not -0.4 * large < gap < 1.0 * large:
        return False
    between = Box(
        max(a.box.left, b.box.left), upper.box.bottom - 1, min(a.box.right, b.box.right), lower.box.top + 1
    )
    return not any(
        rule.width > rule.height
        and y_overlap(rule, between) >= 0
        and x_overlap(rule, between) > 0.5 * between.width
        for rule in sheet.rules
    )


def _aligned(a: Box, b: Box, size: float) -> bool:
    """Whether one box lies within the width of the other, begins with it or is centred on it."""
    inside = (a.left - b.left + size) * (b.right - a.right + size) >= 0
    return inside or abs(a.left - b.left) < size or abs(a.middle - b.middle) < size


def _is_stepped(upper: Block, lower: Block, blocks: Sequence[Block], sheet: Sheet) -> bool:
    """Whether two lines are a headline set in steps: the second begins and ends further right, in the same
    size and face, and the corners that the two leave are empty."""
    if upper.frame != lower.frame or upper.vertical or lower.vertical:
        return False
    a, b = upper.lines[-1], lower.lines[0]
    size = max(a.size, b.size)
    if abs(a.size - b.size) > 0.05 * size or a.face != b.face:
        return False
    if b.box.left <= a.box.left + size or b.box.right <= a.box.right + size:
        return False
    if not -0.4 * size < b.box.top - a.box.bottom < 0.8 * size:
        return False
    if b.box.left - a.box.right > 4 * size:
        return False
    left = Box(a.box.left, a.box.bottom, b.box.left - 1, b.box.bottom)
    right = Box(a.box.right + 1, a.box.top, b.box.right, b.box.top)
    others = [block.box for block in blocks if block is not upper and block is not lower]
    if any(overlap_area(box, corner) > 0 for box in [*others, *sheet.pictures] for corner in (left, right)):
        return False
    return not any(
        rule.height > rule.width and y_overlap(rule, b.box) > 0 and a.box.left < rule.middle < b.box.right
        for rule in sheet.rules
    )


def _beside(whole: Block, part: Block) -> bool:
    """Whether `part` goes on a line of `whole` after a wide gap, above or below a line that spans both."""
    if len(part.lines) > 1 or not 0.9 * part.box.width < x_overlap(whole.box, part.box):
        return False
    line = part.lines[0]
    return any(
        abs(other.box.bottom - line.box.bottom) < 0.2 * line.size
        and abs(other.size - line.size) < 0.05 * line.size
        and 0 < -x_overlap(other.box, line.box) < 3 * line.size
        for other in whole.lines
    )


def _small_lines_around(
    group: list[int], blocks: Sequence[Block], taken: set[int], habits: Measure
) -> list[int]:
    """Single lines of body size between headline and body: a label above, a byline or subtitle below."""
    box = hull(blocks[i].box for i in group)
    found = []
    for i, block in enumerate(blocks):
        if i in taken or len(block.lines) > 2 or block.vertical or blocks[group[0]].vertical:
            continue
        if block.frame != blocks[group[0]].frame or x_overlap(block.box, box) < 0.5 * min(
            block.box.width, box.width
        ):
            continue
        above = box.top - block.box.bottom
        below = block.box.top - box.bottom
        text = block.text
        if -0.3 * habits.size <= above < 1.6 * habits.leading and not text.rstrip().endswith(
            ("。", "；", "，")
        ):
            if not _text_above(i, blocks, habits):
                found.append(i)
        elif -0.3 * habits.size <= below < 1.8 * habits.leading and (
            _SUBTITLE_MARK.match(text) or parse_byline(text)
        ):
            found.append(i)
    return found


def _text_above(index: int, blocks: Sequence[Block], habits: Measure) -> bool:
    """Whether the small line is the end of a column that stops above the headline."""
    block = blocks[index]
    return any(
        other is not block
        and len(other.lines) >= 2
        and is_text_size(other, habits)
        and -0.3 * habits.size <= block.box.top - other.box.bottom < 1.2 * habits.leading
        and x_overlap(other.box, block.box) > 0.5 * block.box.width
        for other in blocks
    )


def _head(members: list[int], blocks: Sequence[Block], habits: Measure) -> Head:
    chosen = [blocks[i] for i in members]
    vertical = chosen[0].vertical
    lines = [line for block in chosen for line in block.lines]
    if vertical:
        lines.sort(key=lambda line: (-line.box.left, line.box.top))
    else:
        lines.sort(key=lambda line: (line.box.bottom, line.box.left))
    size = max(line.size for line in lines)
    face = next(line.face for line in lines if line.size == size)
    main = [
        at
        for at, line in enumerate(lines)
        if line.size >= 0.97 * size or (line.size >= 0.87 * size and line.face == face)
    ]
    first, last = main[0], main[-1]
    above, below = lines[:first], lines[last + 1 :]
    labels = [
        line for line in above if line.size < DISPLAY_SIZE * habits.size or _COLUMN_MARK.match(line.text)
    ]
    bylines = [line for line in below if parse_byline(line.text)]
    return Head(
        box=hull(line.box for line in lines if line not in bylines),
        size=size,
        kicker=tuple(line for line in above if line not in labels),
        title=tuple(lines[first : last + 1]),
        subtitle=tuple(line for line in below if line not in bylines),
        labels=tuple(labels),
        bylines=tuple(bylines),
        frame=chosen[0].frame,
        vertical=vertical,
        blocks=tuple(members),
    )


def _is_subhead(block: Block, blocks: Sequence[Block], taken: set[int], habits: Measure) -> bool:
    """A short line of about body size, in the middle of a column or in another face, with text under it."""
    text = block.text
    if len(block.lines) > 2 or block.vertical or not 2 <= n_han(text) <= 24 * len(block.lines):
        return False
    if not 0.95 * habits.size <= block.size <= 1.5 * habits.size or re.search(r"[。；，、]$", text.rstrip()):
        return False
    near = [
        other
        for i, other in enumerate(blocks)
        if i not in taken
        and other is not block
        and is_text_size(other, habits)
        and -0.3 * habits.size <= -y_overlap(other.box, block.box) < 2.2 * habits.leading
        and x_overlap(other.box, block.box) > 0.8 * block.box.width
    ]
    if not near:
        return False
    body = max(near, key=lambda other: len(other.lines))
    column = _column_around(block, blocks, taken, habits) or hull(other.box for other in near)
    left, right = block.box.left - column.left, column.right - block.box.right
    centred = left > habits.size and abs(left - right) < 1.5 * habits.size
    below = any(other.box.top > block.box.top and len(other.lines) > 1 for other in near)
    if right <= habits.size or column.width > 1.3 * max(habits.column, body.box.width):
        return False
    return (centred or body.face != block.face) if below else (centred and body.face != block.face)


def _column_around(block: Block, blocks: Sequence[Block], taken: set[int], habits: Measure) -> Box | None:
    """The column that a short line stands in, as the nearest long block above or below it shows."""
    columns = [
        (max(-y_overlap(other.box, block.box), 0.0), other.box)
        for i, other in enumerate(blocks)
        if i not in taken
        and len(other.lines) >= 3
        and is_text_size(other, habits)
        and x_overlap(other.box, block.box) > 0.95 * block.box.width
    ]
    distance, column = min(columns, default=(0.0, None))
    return column if distance < 30 * habits.leading else None


# ---------------------------------------------------------------- words


def unspaced(text: str) -> str:
    """A headline without the spaces of its setting: `秋 粮 入 仓` → `秋粮入仓`.

    Spaces between phrases stay.
    """
    words = text.split(" ")
    single = sum(1 for word in words if len(word) == 1)
    if len(words) >= 3 and single > 0.7 * len([word for word in words if word]):
        return re.sub(r" {2,}", "\0", text).replace(" ", "").replace("\0", " ").strip()
    return re.sub(r"\s+", " ", text).strip()


def joined(lines: Sequence[Line]) -> str:
    """The lines of a headline as one string: a space between phrases, nothing where a phrase runs on."""
    text = ""
    for line in lines:
        part = unspaced(line.text)
        if text and not _runs_on(text, part):
            text += " "
        text += part
    return text


def _runs_on(text: str, part: str) -> bool:
    unclosed = any(text.count(a) > text.count(b) for a, b in ("“”", "《》", "（）", "‘’"))
    return unclosed or bool(_OPEN_END.search(text)) or bool(_CLOSE_START.match(part))
