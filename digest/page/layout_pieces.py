"""Stretches of body text in one column, and how each begins and ends."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from digest.page.blocks import Block, Measure
from digest.page.fields import find_jump, parse_byline, parse_lead, parse_tail_byline
from digest.page.geometry import Box, x_overlap, y_overlap

INDENT = 1.2  # sizes; a paragraph begins two characters in, an opening quote takes half a character
_SHORT = 1.6  # sizes; a line that ends so far from the edge of its column ends a paragraph
_TERMINAL = "。！？!?…"
_CLOSERS = "”’」』）)】》"


@dataclass(frozen=True)
class Piece:
    """`starts` is lead, indent, flush or subhead; `ends` is open (in mid-sentence), full (a sentence ends
    at the edge of the column), closed (the paragraph ends), title (a subhead or a byline stands last)
    or final (the article ends)."""

    block: Block
    left: float
    right: float
    starts: str
    ends: str
    n_subheads: int = 0  # lines at the top that are a subhead

    @cached_property
    def box(self) -> Box:
        return Box(self.left, self.block.box.top, self.right, self.block.box.bottom)


def find_pieces(text: Sequence[Block], subheads: Sequence[Block], habits: Measure) -> list[Piece]:
    """The text blocks of a page as pieces; each subhead goes to the block under it."""
    crowned: dict[int, Block] = {}
    for subhead in subheads:
        under = [
            i
            for i, block in enumerate(text)
            if 0 <= block.box.top - subhead.box.bottom < 2 * habits.leading
            and x_overlap(block.box, subhead.box) > 0.7 * subhead.box.width
            and i not in crowned
        ]
        if under:
            crowned[min(under, key=lambda i: text[i].box.top)] = subhead
    edges = _column_edges(text, habits)
    pieces = [
        _piece(block, crowned.get(i), _free(edges, block, text), habits) for i, block in enumerate(text)
    ]
    placed = set(map(id, crowned.values()))
    return pieces + [_lone_subhead(block, edges) for block in subheads if id(block) not in placed]


def _lone_subhead(block: Block, edges: Sequence[Box]) -> Piece:
    """A subhead at the foot of a column; its text stands at the top of the next one."""
    columns = [edge for edge in edges if x_overlap(edge, block.box) > 0.8 * block.box.width]
    near = min(columns, key=lambda edge: (max(-y_overlap(edge, block.box), 0.0), edge), default=block.box)
    left, right = min(near.left, block.box.left), max(near.right, block.box.right)
    return Piece(block, left, right, "subhead", "title", len(block.lines))


def _column_edges(text: Sequence[Block], habits: Measure) -> list[Box]:
    """The blocks long enough to show both edges of their column."""
    return [block.box for block in text if len(block.lines) >= 4 and block.box.width > 4 * habits.size]


def _free(edges: Sequence[Box], block: Block, text: Sequence[Block]) -> list[Box]:
    """The columns that would not reach into the text beside the block."""
    if len(block.lines) >= 4:
        return list(edges)
    beside = [
        other.box.left
        for other in text
        if other.box.left > block.box.right and y_overlap(other.box, block.box) > 0
    ]
    limit = min(beside, default=float("inf"))
    return [edge for edge in edges if edge.right <= limit]


def _piece(block: Block, subhead: Block | None, edges: Sequence[Box], habits: Measure) -> Piece:
    left, right = _edges_of(block, edges, habits)
    lines = block.lines
    starts = _start(block, left, habits)
    if subhead is not None:
        lines = subhead.lines + lines
        starts = "subhead"
    whole = Block(lines, block.box, block.frame)
    if subhead is not None:
        whole = Block(lines, block.box._replace(top=subhead.box.top), block.frame)
    return Piece(whole, left, right, starts, _end(block, right, habits), len(subhead.lines) if subhead else 0)


def _edges_of(block: Block, edges: Sequence[Box], habits: Measure) -> tuple[float, float]:
    """The edges of the block's column; short blocks borrow them from a longer one above or below."""
    lefts = Counter(round(line.box.left) for line in block.lines)
    sure = len(block.lines) >= 4 and len(lefts) >= 2
    left, right = block.box.left, block.box.right
    if sure:
        return left, right
    near = [
        (round(off / (0.35 * habits.size)), max(-y_overlap(block.box, column), 0.0), column)
        for column in edges
        for shift in (0, 2)
        if (off := abs(left - column.left - shift * habits.size)) < 0.7 * habits.size
        and column.right > right - 1.2 * habits.size
    ]
    if near and len(block.lines) < 4:
        # an indented line alone looks like a narrower column; of the columns that fit, the nearest decides
        _, _, column = min(near)
        return min(column.left, left), max(right, column.right)
    return left, right


def _start(block: Block, left: float, habits: Measure) -> str:
    first = block.lines[0]
    head = "".join(line.text for line in block.lines[:4])
    jump = find_jump(head[:16])
    if parse_lead(head) or parse_byline(first.text) or (jump and jump.direction == "from" and jump.start < 3):
        return "lead"
    return "indent" if first.box.left - left > INDENT * habits.size else "flush"


def _end(block: Block, right: float, habits: Measure) -> str:
    last = block.lines[-1]
    tail = "".join(line.text for line in block.lines[-3:])
    jump = find_jump(tail[-30:])
    if (jump and jump.direction == "to" and len(tail[-30:]) - jump.end < 4) or parse_tail_byline(tail):
        return "final"
    if len(block.lines) == 1 and parse_byline(last.text):
        return "title"
    text = last.text.rstrip()
    bare = text.rstrip(_CLOSERS)
    stops = bool(bare) and bare[-1] in _TERMINAL
    short = right - last.box.right > _SHORT * habits.size
    if stops:
        return "closed" if short else "full"
    if text != bare:
        return "full"  # ends in a bracket: the sentence may or may not end here
    return "open"


def is_indented(pieces: Sequence[Piece], habits: Measure) -> bool:
    """Whether the page marks paragraphs by an indent at all."""
    lines = [line.box.left - piece.left for piece in pieces for line in piece.block.lines]
    n_indented = sum(1 for shift in lines if INDENT * habits.size < shift < 3.2 * habits.size)
    return n_indented >= max(2, 0.02 * len(lines))
