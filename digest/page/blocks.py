"""Lines → blocks: stretches of one column, headlines, captions, and what belongs to the page alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from statistics import median

from digest.page.fields import furniture_kind, is_caption, parse_byline, parse_lead
from digest.page.geometry import Box, Line, Sheet, hull, x_overlap, y_overlap

#: Body sizes differ within a page by up to a quarter (a lead article, a box); kickers begin above that.
TEXT_SIZE = (0.78, 1.18)
DISPLAY_SIZE = 1.18
_SAME_SIZE = 1.07
_HAN = re.compile("[\u3400-\u9fff]")


@dataclass(frozen=True)
class Block:
    """Lines of one size, one below the other, with nothing drawn between them."""

    lines: tuple[Line, ...]
    box: Box
    frame: Box | None = None  # the smallest border or shade around it

    @cached_property
    def size(self) -> float:
        return median(line.size for line in self.lines)

    @cached_property
    def face(self) -> str:
        return Counter(line.face for line in self.lines for _ in line.text).most_common(1)[0][0]

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines)

    @property
    def vertical(self) -> bool:
        return self.lines[0].vertical


def block_of(lines: Sequence[Line], frame: Box | None = None) -> Block:
    return Block(tuple(lines), hull(line.box for line in lines), frame)


@dataclass(frozen=True, slots=True)
class Measure:
    """The habits of a page that the other measures are taken in."""

    size: float  # of body text
    leading: float  # from baseline to baseline of body text
    column: float  # usual width of a column


def measure(lines: Sequence[Line]) -> Measure:
    """Body size, leading and column width: what most of the text has."""
    sizes: Counter[float] = Counter()
    for line in lines:
        if not line.vertical:
            sizes[round(line.size * 5) / 5] += len(line.text)
    if not sizes:
        return Measure(10.0, 15.0, 100.0)
    size = max(sizes, key=lambda s: (sizes[s], s))
    body = sorted((line for line in lines if _is_size(line.size, size)), key=lambda line: line.box.bottom)
    steps: Counter[float] = Counter()
    last: dict[int, float] = {}
    for line in body:
        key = round(line.box.right / max(size, 1))
        if key in last:
            step = line.box.bottom - last[key]
            if 0.9 * size < step < 2.2 * size:
                steps[round(step * 2) / 2] += 1
        last[key] = line.box.bottom
    widths = Counter(round(line.box.width / max(size, 1)) for line in body if line.box.width > 5 * size)
    leading = max(steps, key=lambda s: (steps[s], -s)) if steps else 1.5 * size
    column = max(widths, key=lambda w: (widths[w], w)) * size if widths else 12 * size
    return Measure(size, leading, column)


def _is_size(size: float, other: float, ratio: float = _SAME_SIZE) -> bool:
    return max(size, other) <= ratio * min(size, other)


def frame_of(box: Box, frames: Iterable[Box]) -> Box | None:
    """The smallest frame that holds the middle of `box`."""
    x, y = box.middle, (box.top + box.bottom) / 2
    around = [f for f in frames if f.left - 1 <= x <= f.right + 1 and f.top - 1 <= y <= f.bottom + 1]
    return min(around, key=lambda f: (f.area, f)) if around else None


def find_blocks(sheet: Sheet, habits: Measure) -> list[Block]:
    """The lines of a page as blocks, from the top down; cost about linear, every line is in one block."""
    frames = _useful_frames(sheet, habits)
    level = [rule for rule in sheet.rules if rule.width > rule.height]
    growing: list[list[Line]] = []
    done: list[list[Line]] = []
    for line in sorted(sheet.lines, key=lambda line: (line.box.bottom, line.box.left)):
        still: list[list[Line]] = []
        for block in growing:
            near = line.box.bottom - block[-1].box.bottom < 4 * max(habits.leading, block[-1].size)
            (still if near else done).append(block)
        growing = still
        best = None
        for block in growing:
            step = line.box.bottom - block[-1].box.bottom
            if (
                _continues(block, line, habits, frames, level)
                and not _leaves_head(block, line, sheet)
                and (best is None or step < best[0])
            ):
                best = (step, block)
        if best is not None:
            best[1].append(line)
        else:
            growing.append([line])
    blocks = [part for lines in done + growing for part in _split_caption(lines, sheet.pictures, habits)]
    made = [block_of(lines, frame_of(lines[0].box, frames)) for lines in blocks]
    return sorted(made, key=lambda block: (block.box.top, block.box.left))


def _useful_frames(sheet: Sheet, habits: Measure) -> list[Box]:
    """Frames that say what belongs together: higher than two lines, less than most of the page."""
    return [
        frame
        for frame in sheet.frames
        if frame.height > 2.2 * habits.size
        and frame.width > 5 * habits.size
        and frame.area < 0.75 * sheet.width * sheet.height
    ]


def _is_free_byline(last: Line, line: Line) -> bool:
    """Whether a byline is centred over the columns instead of standing in the first of them."""
    return parse_byline(last.text) is not None and abs(last.box.left - line.box.left) > 1.2 * line.size


def _leaves_head(block: list[Line], line: Line, sheet: Sheet) -> bool:
    """Whether a line of the page head ends here and something else begins."""
    if block[-1].box.top > 0.08 * sheet.height:
        return False
    return furniture_kind(block[-1].text) is not None and furniture_kind(line.text) is None


def _continues(
    block: list[Line], line: Line, habits: Measure, frames: Sequence[Box], level: Sequence[Box]
) -> bool:
    last = block[-1]
    if last.vertical or line.vertical or not _is_size(last.size, line.size):
        return False
    step = line.box.bottom - last.box.bottom
    display = line.size > DISPLAY_SIZE * habits.size
    limit = 1.75 * line.size if display else 1.4 * habits.leading * max(line.size / habits.size, 0.9)
    if not 0.7 * line.size < step < limit:
        return False
    box = hull(each.box for each in block[-6:])  # the last line of a paragraph is short
    common = x_overlap(box, line.box)
    if common < 0.5 * min(box.width, line.box.width):
        return False
    shifted = line.box.width > 1.4 * box.width or box.left - line.box.left > 3 * line.size
    if not display and ((shifted and len(block) > 1) or (len(block) == 1 and _is_free_byline(last, line))):
        return False
    if frame_of(last.box, frames) != frame_of(line.box, frames):
        return False
    gap = Box(
        max(box.left, line.box.left),
        last.box.bottom - 0.15 * last.size,
        0,
        line.box.top + 0.15 * line.size,
    )
    gap = gap._replace(right=gap.left + max(common, 1.0))
    return not any(x_overlap(rule, gap) > 0.5 * gap.width and y_overlap(rule, gap) >= 0 for rule in level)


def _split_caption(lines: list[Line], pictures: Sequence[Box], habits: Measure) -> list[list[Line]]:
    """A caption in another face that runs straight into the body below it, cut off."""
    if len(lines) < 2 or not any(_is_below(lines[0].box, picture, habits) for picture in pictures):
        return [lines]
    first = lines[0].face
    change = next((i for i, line in enumerate(lines) if line.face != first), 0)
    if not change or parse_lead(lines[0].text) or parse_byline(lines[0].text):
        return [lines]
    return [lines[:change], lines[change:]]


def _is_below(box: Box, picture: Box, habits: Measure) -> bool:
    """Whether `box` begins right under the picture, within its width."""
    return -0.5 * habits.size <= box.top - picture.bottom <= 2.2 * habits.leading and x_overlap(
        box, picture
    ) > 0.6 * min(box.width, picture.width)


# ---------------------------------------------------------------- captions


def find_captions(blocks: Sequence[Block], sheet: Sheet, habits: Measure) -> dict[int, Box | None]:
    """Index of each block that is a caption → its picture (None where no picture was found)."""
    found: dict[int, Box | None] = {}
    body_face = _body_face(blocks, habits)
    for index, block in enumerate(blocks):
        if block.vertical or block.size > DISPLAY_SIZE * habits.size or len(block.lines) > 12:
            continue
        text = "".join(line.text for line in block.lines)
        picture = next((p for p in sheet.pictures if _is_below(block.box, p, habits)), None)
        beside = picture or next((p for p in sheet.pictures if _is_beside(block.box, p, habits)), None)
        stands_out = block.size < 0.965 * habits.size or block.face != body_face
        if (picture is not None and stands_out and not parse_lead(text)) or (
            is_caption(text) and (len(block.lines) <= 6 or beside is not None)
        ):
            found[index] = picture or beside
    return found


def _is_beside(box: Box, picture: Box, habits: Measure) -> bool:
    """Whether `box` touches the picture on the left, on the right or above."""
    if y_overlap(box, picture) > 0.5 * box.height:
        return 0 <= -x_overlap(box, picture) <= 3 * habits.size
    return x_overlap(box, picture) > 0.6 * box.width and 0 <= picture.top - box.bottom <= 2 * habits.size


def _body_face(blocks: Sequence[Block], habits: Measure) -> str:
    faces: Counter[str] = Counter()
    for block in blocks:
        if _is_size(block.size, habits.size):
            for line in block.lines:
                faces[line.face] += len(line.text)
    return faces.most_common(1)[0][0] if faces else ""


def is_text_size(block: Block, habits: Measure) -> bool:
    low, high = TEXT_SIZE
    if low * habits.size <= block.size <= high * habits.size:
        return True
    # a lead article in larger type: many full lines, which no headline has
    full = sum(1 for line in block.lines if line.box.width > 0.9 * block.box.width)
    return len(block.lines) >= 5 and full >= 4 and block.size <= 1.6 * habits.size


def n_han(text: str) -> int:
    return len(_HAN.findall(text))


def merged(blocks: Sequence[Block]) -> Block:
    """One block of the lines of several, in the order given."""
    lines = tuple(line for block in blocks for line in block.lines)
    return replace(blocks[0], lines=lines, box=hull(line.box for line in lines))
