"""Rows across gutters → columns: a beam search over the rows, by what their pieces go on from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from heapq import heappush, heappushpop
from itertools import combinations
from operator import itemgetter
from typing import NamedTuple

from digest.page.crossing_rows import LIMIT, SLACK, Piece, cuts, seam, stands_below
from digest.page.language import association
from digest.text.tracked import Tracked

#: So many ways are kept from row to row, and so many columns are tried for a piece.
BEAM, TRIED = 24, 3
#: Columns that have not gone on for the most rows are looked at no more.
MOST_OPEN = 12
#: What a nat of language counts.
LANGUAGE = 0.6
#: What a line costs that is wider or narrower than its column by more than `SLACK`, for each character.
WIDTH = 0.8
#: For a column that went on in the row before or the one before that; and what is taken off for an older one.
RECENT, OLD = 1.2, 0.4
#: What it costs to begin a column behind a row and behind a blank line, and to leave one in mid-sentence.
NEW, NEW_APART, LEFT_OPEN = 2.5, 0.5, 0.5
#: For a piece in the place of the column's last one in the row before, of as many pieces; for a row that
#: stands alone in both.
SAME_PLACE, SAME_BLOCK = 3.0, 5.0
#: What a blank line takes off.
APART = 1.5

_gain = itemgetter(0)


@dataclass(frozen=True, slots=True)
class _Column:
    """The column as it stands after its last piece; `before` leads back to its first."""

    number: int
    last: Piece
    widest: float
    before: _Column | None = None

    def pieces(self) -> list[Piece]:
        out: list[Piece] = []
        here: _Column | None = self
        while here is not None:
            out.append(here.last)
            here = here.before
        return out[::-1]


@dataclass(frozen=True, slots=True)
class _Way:
    """One reading of the rows so far."""

    score: float = 0.0
    columns: tuple[_Column, ...] = ()
    #: Pairs of columns that stood side by side, the left one first.
    left: frozenset[tuple[int, int]] = frozenset()

    def final(self) -> float:
        return self.score - LEFT_OPEN * sum(not column.last.ended for column in self.columns)


class Search:
    """The best few readings of the rows taken so far. Linear in the rows."""

    def __init__(self, widest: float) -> None:
        self.widest = widest
        self.ways = [_Way()]

    def take(self, row: Tracked, number: int, *, blank: bool) -> None:
        """One more row; `blank` tells that a blank line stands above it."""
        ways = cuts(row, number, self.widest)
        fits = _Fits(blank)
        found: list[tuple[float, _Way, _Step]] = []
        best: list[float] = []  # the scores of the best so far, the worst of them first
        for way in self.ways:
            near = sorted(way.columns, key=lambda column: -column.last.row)[:MOST_OPEN]
            for pieces in ways:
                options = [fits.options(piece, near) for piece in pieces]
                at_best = way.score + sum(max(few[0][0], few[-1][0]) for few in options)
                if len(best) == BEAM and at_best < best[0]:
                    continue
                for step in _steps(way, pieces, options):
                    score = way.score + step.gain
                    found.append((score, way, step))
                    if len(best) < BEAM:
                        heappush(best, score)
                    else:
                        heappushpop(best, score)
        found.sort(key=_gain, reverse=True)
        self.ways = [_extended(way, step) for _, way, step in found[:BEAM]]

    def columns(self) -> list[list[Piece]]:
        """The columns of the best reading."""
        return [column.pieces() for column in max(self.ways, key=_Way.final).columns]


class _Step(NamedTuple):
    """A row's pieces and the columns that take them, None for a new one."""

    gain: float
    pieces: Sequence[Piece]
    chosen: tuple[_Column | None, ...]


#: A column that takes a piece, None for a new one, and what that gains.
_Option = tuple[float, _Column | None]


class _Fits:
    """How well the pieces of one row continue columns, found out once: most ways end in the same columns."""

    def __init__(self, blank: bool) -> None:
        self.blank = blank
        self.known: dict[tuple[int, float, int], float] = {}
        self.new: dict[int, float] = {}

    def options(self, piece: Piece, near: Sequence[_Column]) -> list[_Option]:
        """The few columns that a piece continues best, and a new one."""
        known = self.known
        fits: list[_Option] = []
        for column in near:
            key = id(column.last), column.widest, id(piece)
            fit = known.get(key)
            if fit is None:
                fit = known[key] = _fit(column, piece, self.blank)
            fits.append((fit, column))
        fits.sort(key=_gain, reverse=True)
        if id(piece) not in self.new:
            self.new[id(piece)] = -_cost_of_new(piece, self.blank)
        return [*fits[:TRIED], (self.new[id(piece)], None)]


def _steps(way: _Way, pieces: Sequence[Piece], options: Sequence[Sequence[_Option]]) -> Iterator[_Step]:
    """The best few manners in which a way goes on with the pieces of one more row, each with its options."""
    partial: list[tuple[float, tuple[_Column | None, ...]]] = [(0.0, ())]
    for choices in options:
        partial = [
            (score + more, (*taken, column))
            for score, taken in partial
            for more, column in choices
            if column is None or _may_follow(column, taken, way.left)
        ]
        partial = sorted(partial, key=_gain, reverse=True)[:BEAM]
    for score, chosen in partial:
        yield _Step(score, pieces, chosen)


def _may_follow(column: _Column, taken: Sequence[_Column | None], left: frozenset[tuple[int, int]]) -> bool:
    """Whether a column may stand right of those that took the pieces before it in the row."""
    return all(
        other is None or (other.number != column.number and (column.number, other.number) not in left)
        for other in taken
    )


def _extended(way: _Way, step: _Step) -> _Way:
    columns = list(way.columns)
    numbers: list[int] = []
    for piece, column in zip(step.pieces, step.chosen, strict=True):
        if column is None:
            number = len(columns)
            columns.append(_Column(number, piece, piece.width))
        else:
            number = column.number
            columns[number] = _Column(number, piece, max(column.widest, piece.width), column)
        numbers.append(number)
    left = way.left | {(a, b) for a, b in combinations(numbers, 2)} if len(numbers) > 1 else way.left
    return replace(way, score=way.score + step.gain, columns=tuple(columns), left=left)


def _cost_of_new(piece: Piece, blank: bool) -> float:
    # the second of two columns begins where the first stopped
    begins = 0.0 if piece.single or piece.place else max(-1.0, min(1.0, association("^", piece.plain[0])))
    return (NEW_APART if blank else NEW) - begins


def _fit(column: _Column, piece: Piece, blank: bool) -> float:
    """How well a piece continues a column, in nats."""
    last = column.last
    if piece.single != last.single:
        return -LIMIT  # a vertical headline has one character in each row
    score = 0.0
    if not piece.single:
        short = 2.0 if last.ended else 0.0  # a paragraph's first line
        score -= WIDTH * max(0.0, piece.width - column.widest - SLACK)
        if not piece.ended:
            score -= WIDTH * max(0.0, column.widest - piece.width - SLACK - short)
        if not last.ended:
            score += LANGUAGE * seam(last.plain, piece.plain)
    if stands_below(last, piece):
        score += SAME_BLOCK if piece.of == 1 else SAME_PLACE
    distance = piece.row - last.row
    if blank:
        score -= APART
    return score + (RECENT if distance <= 3 and not blank else -OLD * min(4.0, distance / 6))
