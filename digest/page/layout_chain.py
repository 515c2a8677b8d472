"""Which stretch of text follows which, and which headline each article begins under.

Every piece of body text has one predecessor: a headline, another piece, or nothing. The best set of such
links over the whole page is found at once, by an assignment (Kuhn 1955, in the form of successive shortest
paths); a link that looks good by itself is given up where the page as a whole reads better without it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from digest.page.blocks import Measure
from digest.page.geometry import Box, Sheet, hull, x_overlap, y_overlap
from digest.page.headline import share
from digest.page.layout_assign import assign
from digest.page.layout_heads import Head
from digest.page.layout_pieces import Piece
from digest.page.layout_space import BARRIER, Space
from digest.page.overlap import pairs_of

# The scores are in one unit: the evidence of an indent for or against a new paragraph is about 3.
# They were set by reasoning on the layouts that tests/page/test_geometry.py draws, not fitted to a paper.
_ALONE = -3.0
_IMPOSSIBLE = -50.0
#: What a headline is worth that gets its text, beside the evidence that it is this text.
_HEAD_SERVED = 1.5
#: What it is worth that the first piece holds a share of the title's character pairs, up to so large a share.
_WORDS, _MOST_WORDS = 3.0, 0.6
#: Leadings; columns of one article are parted by so much white only where something stands in it.
_WHITE_BAND = 1.9
#: A page of more pieces is no newspaper page; the assignment would take too long.
MAX_PIECES = 300

_FITS = {
    ("open", "flush"): 3.0,
    ("open", "indent"): -5.0,
    ("open", "subhead"): -5.0,
    ("open", "lead"): -7.0,
    ("full", "flush"): 0.4,
    ("full", "indent"): 0.5,
    ("full", "subhead"): 0.5,
    ("full", "lead"): -4.0,
    ("closed", "flush"): -5.0,
    ("closed", "indent"): 1.0,
    ("closed", "subhead"): 1.0,
    ("closed", "lead"): -4.0,
    ("title", "flush"): -2.0,
    ("title", "indent"): 1.5,
    ("title", "subhead"): -3.0,
    ("title", "lead"): -4.0,
}


@dataclass(frozen=True, slots=True)
class Chain:
    """The pieces of one article in reading order; `head` is None where no headline was found."""

    head: Head | None
    pieces: tuple[Piece, ...]
    weakest: float  # score of the least certain link


def find_chains(
    heads: Sequence[Head],
    pieces: Sequence[Piece],
    sheet: Sheet,
    habits: Measure,
    *,
    indented: bool,
    obstacles: Sequence[Box] = (),
) -> list[Chain]:
    """The articles of a page. Headlines that get no text make chains without pieces.

    `obstacles` are pictures, captions and adverts: text that stops above one goes on below it.
    """
    if len(pieces) + len(heads) > MAX_PIECES:
        return [Chain(None, (piece,), _ALONE) for piece in pieces]
    space = Space(
        [piece.box for piece in pieces], [head.box for head in heads], sheet.rules, obstacles, habits
    )
    page = _Page(heads, pieces, habits, indented, space)
    scores = page.scores()
    before = _best_links(scores, len(pieces))
    following = {source: piece for piece, source in before.items()}
    seen: set[int] = set()
    starts = [*range(len(heads)), *(len(heads) + p for p in range(len(pieces)) if p not in before)]
    # a circle of links has no start; it is cut at its first piece
    starts += [len(heads) + left for left in _circled(starts, following, len(heads), len(pieces))]
    return [_follow(start, following, page, scores, seen) for start in starts]


def _circled(starts: Sequence[int], following: dict[int, int], n_heads: int, n_pieces: int) -> list[int]:
    """The first piece of each circle of links."""
    left = set(range(n_pieces))
    for start in starts:
        at = start
        left.discard(at - n_heads)
        while at in following:
            at = n_heads + following[at]
            left.discard(at - n_heads)
    first = []
    while left:
        first.append(min(left))
        at = first[-1]
        while at in left:
            left.remove(at)
            at = following[n_heads + at]
    return first


def _follow(start: int, following: dict[int, int], page: _Page, scores: np.ndarray, seen: set[int]) -> Chain:
    n_heads = len(page.heads)
    head = page.heads[start] if start < n_heads else None
    members: list[int] = []
    weakest = 9.0
    at = start
    if head is None:
        members.append(start - n_heads)
        seen.add(start - n_heads)
        weakest = _ALONE
    while at in following and following[at] not in seen:
        piece = following[at]
        weakest = min(weakest, float(scores[at, piece]))
        members.append(piece)
        seen.add(piece)
        at = n_heads + piece
    return Chain(head, tuple(page.pieces[i] for i in members), weakest)


class _Stack(NamedTuple):
    """Pieces of one column with nothing between them but white."""

    box: Box
    whole: Box  # with what stands above and below pictures in it
    cover: int | None  # the headline right above
    over: float  # how surely text of the same column stands above, 0 to 1
    under: float  # and below


@dataclass(frozen=True, slots=True)
class _Page:
    heads: Sequence[Head]
    pieces: Sequence[Piece]
    habits: Measure
    indented: bool
    space: Space

    def scores(self) -> np.ndarray:
        """Row: a head or a piece; column: the piece that would follow it."""
        n_heads, n_pieces = len(self.heads), len(self.pieces)
        table = np.full((n_heads + n_pieces, n_pieces), _IMPOSSIBLE)
        stacks = self._stacks()
        titles = ["".join(line.text for line in head.title) for head in self.heads]
        words = [pairs_of(piece.block.text) for piece in self.pieces]
        for column, piece in enumerate(self.pieces):
            for row, head in enumerate(self.heads):
                table[row, column] = self._start(head, piece)
                if table[row, column] > _IMPOSSIBLE:
                    table[row, column] += _WORDS * min(_MOST_WORDS, share(titles[row], words[column]))
            for row, other in enumerate(self.pieces):
                if row != column:
                    table[n_heads + row, column] = self._next(other, piece, stacks[row], stacks[column])
        return table

    def _stacks(self) -> list[_Stack]:
        """For each piece what stands right above and below it in its column."""
        above: list[tuple[float, int] | None] = [None] * len(self.pieces)
        over, under = [0.0] * len(self.pieces), [0.0] * len(self.pieces)
        for lower, piece in enumerate(self.pieces):
            for upper, other in enumerate(self.pieces):
                tie = self._tie(other, piece) if upper != lower else 0.0
                over[lower], under[upper] = max(over[lower], tie), max(under[upper], tie)
                if tie > (above[lower] or (0.0, 0))[0]:
                    above[lower] = (tie, upper)
        tops, boxes = self._pile([link[1] if link and link[0] == 1.0 else None for link in above])
        _, whole = self._pile([link[1] if link else None for link in above])
        stacks = []
        for i, top in enumerate(tops):
            cover = self._cover(self.pieces[top])
            column = self._with_picture_on_top(whole[i], cover)
            stacks.append(_Stack(boxes[i], column, cover, over[i], under[i]))
        return stacks

    def _with_picture_on_top(self, column: Box, cover: int | None) -> Box:
        """The column up to its headline, where a picture fills what is between."""
        if cover is None:
            return column
        top = self.heads[cover].box.bottom
        gap = Box(column.left, top, column.right, column.top)
        high = gap.height > _WHITE_BAND * self.habits.leading
        return column._replace(top=top) if high and self.space.is_filled(gap, 0.5) else column

    def _pile(self, above: Sequence[int | None]) -> tuple[list[int], list[Box]]:
        """For each piece the topmost of those it stands on, and the box around that whole pile."""
        tops = list(range(len(self.pieces)))
        for index in sorted(tops, key=lambda i: self.pieces[i].box.top):
            upper = above[index]
            tops[index] = tops[upper] if upper is not None else index
        boxes: dict[int, Box] = {}
        for index, top in enumerate(tops):
            box = self.pieces[index].box
            boxes[top] = hull([boxes[top], box]) if top in boxes else box
        return tops, [boxes[top] for top in tops]

    def _tie(self, upper: Piece, lower: Piece) -> float:
        """How far `lower` goes on the column of `upper`: 1 right below it, 0.5 below a picture, else 0."""
        a, b = upper.box, lower.box
        gap = (b.top - a.bottom) / self.habits.leading
        if gap < -0.3 or x_overlap(a, b) <= 0.8 * max(a.width, b.width):
            return 0.0
        if upper.block.frame != lower.block.frame or lower.starts == "lead" or upper.ends == "final":
            return 0.0
        if self.space.cost(a, b) > 0:
            return 0.0
        if gap < _WHITE_BAND:
            return 1.0
        return 0.5 if self.space.is_filled(self.space.gap(a, b), 0.6) else 0.0

    # ------------------------------------------------------------ a headline and its first piece

    def _start(self, head: Head, piece: Piece) -> float:
        size, leading = self.habits.size, self.habits.leading
        box, column = piece.box, max(piece.box.width, 6 * self.habits.size)
        if head.frame != piece.block.frame:
            return _IMPOSSIBLE
        cue = {"lead": 3.0, "indent": 0.7, "subhead": 0.0, "flush": -4.0}[piece.starts]
        if not self.indented and piece.starts == "flush":
            cue = 0.3
        if box.top >= head.box.bottom - 0.6 * size and not head.vertical:
            away = max(0.0, -x_overlap(box, head.box))
            score = 3.0 - 0.25 * (box.top - head.box.bottom) / leading - 1.5 * away / column
            score -= min(2.0, 1.0 * self._n_left_of(piece, head.box))
            return score + cue + _HEAD_SERVED - self.space.cost(head.box, box)
        if head.vertical and self._hangs_under(box, head.box):
            gap = max(0.0, box.top - head.box.bottom) / leading
            return 2.0 - 0.25 * gap + cue + _HEAD_SERVED - self.space.cost(head.box, box)
        beside = y_overlap(box, head.box)
        if beside <= 0:
            return _IMPOSSIBLE
        away = -x_overlap(box, head.box)
        if away < -size:
            return _IMPOSSIBLE
        score = 2.0 if head.vertical else 1.5 if box.left > head.box.middle else -0.5
        score -= 0.15 * abs(box.top - head.box.top) / leading + 0.3 * away / column
        return score + cue + _HEAD_SERVED - self.space.upright_barrier(head.box, box)

    def _hangs_under(self, box: Box, head: Box) -> bool:
        """Whether a column begins right below an upright headline that stands within its width."""
        below = box.top >= head.bottom - 0.6 * self.habits.size
        return below and x_overlap(box, head) > 0.8 * head.width

    def _n_left_of(self, piece: Piece, head: Box) -> int:
        """Pieces beside this one, under the same headline, that would be read before it."""
        return sum(
            1
            for other in self.pieces
            if other is not piece
            and other.block.frame == piece.block.frame
            and other.box.right < piece.box.left + self.habits.size
            and other.box.right > head.left
            and abs(other.box.top - piece.box.top) < 1.5 * self.habits.leading
            and not self.space.upright_barrier(other.box, piece.box)
        )

    def _cover(self, piece: Piece) -> int | None:
        """The headline right above the piece's column, with no other text and no rule between."""
        best: tuple[float, int] | None = None
        for number, head in enumerate(self.heads):
            gap = piece.box.top - head.box.bottom
            if head.vertical or gap < -0.6 * self.habits.size or x_overlap(head.box, piece.box) <= 0:
                continue
            if self.space.level_barrier(head.box, piece.box) or self.space.n_texts(head.box, piece.box):
                continue
            if best is None or gap < best[0]:
                best = (gap, number)
        return best[1] if best else None

    # ------------------------------------------------------------ a piece and the next one

    def _next(self, piece: Piece, after: Piece, stack: _Stack, stack_after: _Stack) -> float:
        if piece.ends == "final":
            return _IMPOSSIBLE
        fit = _FITS[piece.ends, after.starts]
        if not self.indented and after.starts == "flush":
            fit = 1.0 if piece.ends == "open" else 0.5
        if piece.block.frame != after.block.frame:
            fit -= BARRIER
        ratio = piece.block.size / after.block.size
        if not 0.96 < ratio < 1.04:
            fit -= 3.0
        if piece.block.lines[-1].face != after.block.lines[-1].face:
            fit -= 0.7
        if abs(piece.box.width - after.box.width) > 0.15 * piece.box.width:
            fit -= 0.7
        if stack_after.cover is not None and stack.cover != stack_after.cover:
            head = self.heads[stack_after.cover].box
            shared = stack.cover is None and y_overlap(piece.box, head) > 0  # text beside the headline
            fit -= 0.5 if shared else 2.0
        if after.box.left >= piece.box.right - 0.6 * self.habits.size:
            # a column is read to its foot, and the next one from its top
            fit -= 2.0 * stack.under + 2.0 * stack_after.over
        cue = (piece.ends, after.starts)
        place = self._place(piece.box, after.box, (stack.box, stack_after.box), cue)
        if stack.whole != stack.box or stack_after.whole != stack_after.box:
            place = max(place, self._place(piece.box, after.box, (stack.whole, stack_after.whole), cue) - 1.0)
        return max(fit + place, _IMPOSSIBLE)

    def _place(self, box: Box, after: Box, stacks: tuple[Box, Box], cue: tuple[str, str]) -> float:
        """How well `after` stands to follow `box`; `stacks` are the columns that the two are parts of."""
        size, leading = self.habits.size, self.habits.leading
        column = max(box.width, 6 * size)
        if x_overlap(box, after) > 0.7 * min(box.width, after.width):
            if after.top < box.bottom - 0.4 * size:
                return _IMPOSSIBLE
            gap = (after.top - box.bottom) / leading
            score = 4.0 - 0.2 * gap - self.space.cost(box, after)
            if gap >= _WHITE_BAND:
                score -= 0.5 if self.space.is_filled(self.space.gap(box, after), 0.3) else 2.5
            return score
        if after.left >= box.right - 0.6 * size:
            if after.left - box.right > 4 * column:
                return _IMPOSSIBLE
            score = 3.0 - 2.0 * max(0.0, after.left - box.right - 2 * size) / column
            common = y_overlap(*stacks)
            if common <= 0:
                score -= 3.0 - 0.1 * common / leading
            else:
                score -= min(2.0, 0.15 * abs(stacks[0].top - stacks[1].top) / leading)
            score -= 3.0 * self._n_columns_between(box, after)
            return score - self.space.upright_barrier(box, after) - self.space.level_barrier(box, after)
        if after.right <= box.left + 0.6 * size and after.top > box.top and cue == ("open", "flush"):
            # from the foot of the last column back to a second row of columns
            down = max(0.0, after.top - box.bottom) / leading
            return (
                -0.3
                - 0.1 * down
                - self.space.level_barrier(box, after)
                - self.space.upright_barrier(box, after)
            )
        return _IMPOSSIBLE

    def _n_columns_between(self, box: Box, after: Box) -> int:
        return sum(
            1
            for other in self.space.texts
            if box.right - self.habits.size < other.left
            and other.right < after.left + self.habits.size
            and y_overlap(other, after) > 0.3 * min(other.height, after.height)
        )


def _best_links(scores: np.ndarray, n_pieces: int) -> dict[int, int]:
    """For each piece its predecessor's row, so that the sum is largest; pieces without one are left out."""
    if not n_pieces:
        return {}
    rows = scores.shape[0]
    cost = np.full((n_pieces, rows + n_pieces), -_IMPOSSIBLE * 4)
    cost[:, :rows] = -scores.T
    for piece in range(n_pieces):
        cost[piece, rows + piece] = -_ALONE  # no predecessor
    chosen = assign(cost)
    return {
        piece: int(row)
        for piece, row in enumerate(chosen)
        if row < rows and scores[row, piece] > _IMPOSSIBLE / 2
    }
