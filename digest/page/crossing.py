"""A page whose rows run across narrow gutters, with a single space between two columns → column by column.

`pdftotext` writes so where columns stand close. Nothing tells the columns but the words: each row is cut at
some of its spaces, and each piece goes on with the column whose last line it continues, or begins another.
A beam search over the rows finds the best way. Rows of two articles side by side may alternate, and a row
may stand where it does not belong: lines that are left over go between the two lines that they join.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import combinations, groupby, pairwise
from typing import NamedTuple

from digest.model import Article, Paragraph, Skipped
from digest.page.damage import TORN
from digest.page.fields import furniture_kind
from digest.page.language import association, goes_on
from digest.page.lines import ENDS_SENTENCE, STOP, width
from digest.text.tracked import Tracked, concat, inserted

#: So many rows, and so large a share of all, must run across a gutter.
MIN_ROWS, MIN_SHARE = 8, 0.12
#: More rows are no newspaper page.
MOST_ROWS = 1_000
#: A piece of a row is so wide at least, in full-width characters; a row has so many gaps at most.
NARROWEST, MOST_GAPS = 4.0, 5
#: Where one row of ten is wider than so many columns, they are lines of a column that recognition joined.
MOST_ABREAST = 5
#: So many ways are kept from row to row, and so many columns are tried for a piece.
BEAM, TRIED = 24, 3
#: Columns that have not gone on for the most rows are looked at no more.
MOST_OPEN = 12
#: What a nat of language counts, its bounds, and what marks count that begin no line.
LANGUAGE, LIMIT, MARK = 0.6, 6.0, 2.5
#: What a line costs that is wider or narrower than its column by more than `SLACK`, for each character.
WIDTH, SLACK = 0.8, 1.2
#: For a column that went on in the row before or the one before that; and what is taken off for an older one.
RECENT, OLD = 1.2, 0.4
#: What it costs to begin a column behind a row and behind a blank line, and to leave one in mid-sentence.
NEW, NEW_APART, LEFT_OPEN = 2.5, 0.5, 1.0
#: For a piece in the place of the column's last one in the row before, of as many pieces; for a row that
#: stands alone in both.
SAME_PLACE, SAME_BLOCK = 3.0, 5.0
#: What a blank line takes off for a column whose last line ended a sentence.
APART = 1.0
#: The share of a column's lines that must stand right below each other, of so many on each side of a line;
#: fewer lines between doubtful ones are in doubt themselves.
HELD, NEAR, FEWEST = 0.4, 3, 4
#: A line that is left over goes between two others where it reads better by so many nats.
INSERTED = 4.0

_SPACE = re.compile(r"[ \u3000]+")
_SPREAD = re.compile(r"(?:(?<=^)|(?<= ))(?:\S ){3,}\S(?=$| )")
_CROSSES = re.compile(r"[\u4e00-\u9fff，。；：、”》）]{4} [\u4e00-\u9fff“《（]{4}")
_MEASURES = "个年月日万亿千百名人岁元米吨次家条项种只%点时分"
_CLOSING = "，。、；：）”》！？"


@dataclass(frozen=True)
class _Piece:
    """A stretch of a row, as it stands in the file and without letter spaces."""

    text: Tracked
    row: int
    place: int
    of: int

    @cached_property
    def plain(self) -> str:
        text = self.text.text
        return text.replace(" ", "") if _SPREAD.fullmatch(text) else text

    @cached_property
    def width(self) -> float:
        return width(self.plain)

    @cached_property
    def ended(self) -> bool:
        return ENDS_SENTENCE.search(self.plain) is not None

    @property
    def single(self) -> bool:
        return len(self.plain) == 1


@dataclass(frozen=True, slots=True)
class _Column:
    """The column as it stands after its last piece; `before` leads back to its first."""

    number: int
    last: _Piece
    widest: float
    before: _Column | None = None

    def pieces(self) -> list[_Piece]:
        out: list[_Piece] = []
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
    left: frozenset[tuple[int, int]] = (
        frozenset()
    )  # pairs of columns that stood side by side, the left one first

    def final(self) -> float:
        return self.score - LEFT_OPEN * sum(not column.last.ended for column in self.columns)


class Uncrossed(NamedTuple):
    """A page column by column, blank lines between; every character keeps its offset.

    `left_out` holds the lines whose column cannot be told; `edges` the offsets, in the source, of lines
    that stood right above or below such a line.
    """

    text: Tracked
    left_out: tuple[str, ...]
    edges: frozenset[int]


def uncross(text: Tracked) -> Uncrossed | None:
    """The page column by column; None where its rows cross no gutter. Linear in the rows."""
    rows = [row.strip() for row in text.splitlines()]
    filled = [row for row in rows if row]
    crossing = sum(_CROSSES.search(row.text) is not None for row in filled)
    if crossing < MIN_ROWS or crossing < MIN_SHARE * len(filled) or len(rows) > MOST_ROWS:
        return None
    lengths = sorted(width(row.text) for row in filled if _CROSSES.search(row.text))
    widest = _usual_width(filled)
    if lengths[len(lengths) * 9 // 10] > MOST_ABREAST * widest:
        return None
    ways = [_Way()]
    alone: list[list[_Piece]] = []
    blank = True
    for number, row in enumerate(rows):
        if row and furniture_kind(row.text):
            alone.append([_Piece(row, number, 0, 1)])
        elif row:
            cuts = _cuts(row, number, widest)
            found = [after for way in ways for pieces in cuts for after in _placed(way, pieces, blank)]
            ways = sorted(found, key=lambda way: -way.score)[:BEAM]
        blank = not row
    best = max(ways, key=_Way.final)
    columns = [*alone, *_insert_left_over([column.pieces() for column in best.columns])]
    parts = [part for column in columns for part in _parts(column)]
    mixed = {piece.row for part in parts if not part.sure for piece in part.pieces}
    parts = [replace(part, sure=part.sure and not _is_among(part.pieces, mixed)) for part in parts]
    kept = sorted((part.pieces for part in parts if part.sure), key=lambda pieces: pieces[0].row)
    edges = [piece for part in parts if part.sure for piece in part.edges()]
    return Uncrossed(
        concat(text for pieces in kept for text in _written(pieces)),
        tuple(piece.plain for part in parts if not part.sure for piece in part.pieces),
        frozenset(
            o for piece in edges for run in piece.text.runs for o in range(run.start, run.start + run.length)
        ),
    )


@dataclass(frozen=True, slots=True)
class _Part:
    """Lines of a column that are all sure or all in doubt, and whether doubtful ones stand above and
    below."""

    pieces: list[_Piece]
    sure: bool
    cut_above: bool
    cut_below: bool

    def edges(self) -> list[_Piece]:
        return self.pieces[:1] * self.cut_above + self.pieces[-1:] * self.cut_below


def _parts(column: list[_Piece]) -> list[_Part]:
    """A column cut where it becomes doubtful or sure: in doubt its lines hardly ever stand below each
    other."""
    held = [a.single or _stands_below(a, b) for a, b in pairwise(column)]
    near = [held[max(0, k - NEAR) : k + NEAR + 1] for k in range(len(held))]
    sure = [sum(around) >= HELD * len(around) for around in near]
    of_line = [any(sure[max(0, n - 1) : n + 1]) if len(column) > 1 else True for n in range(len(column))]
    groups = [
        ([piece for piece, _ in group], is_sure)
        for is_sure, group in groupby(zip(column, of_line, strict=True), key=lambda pair: pair[1])
    ]
    groups = [(pieces, is_sure and (len(groups) == 1 or len(pieces) >= FEWEST)) for pieces, is_sure in groups]
    return [_Part(pieces, is_sure, n > 0, n + 1 < len(groups)) for n, (pieces, is_sure) in enumerate(groups)]


def _is_among(pieces: Sequence[_Piece], mixed: set[int]) -> bool:
    """Whether a few lines of prose stand among rows whose lines are in doubt."""
    if len(pieces) >= FEWEST or not any(STOP.search(piece.plain) for piece in pieces):
        return False
    return all({piece.row - 1, piece.row, piece.row + 1} & mixed for piece in pieces)


def _stands_below(above: _Piece, piece: _Piece) -> bool:
    return piece.row == above.row + 1 and (piece.of, piece.place) == (above.of, above.place)


def _written(column: Sequence[_Piece]) -> Iterator[Tracked]:
    for n, piece in enumerate(column):
        yield inserted("\n" if n else "\n\n")
        yield piece.text


def _usual_width(rows: Sequence[Tracked]) -> float:
    """The width of most pieces that a row is cut in: its columns are not much wider."""
    widths = sorted(
        width(piece)
        for row in rows
        if _CROSSES.search(row.text)
        for piece in _SPACE.split(row.text)
        if len(piece) >= 6
    )
    return widths[len(widths) * 3 // 4]


def _cuts(row: Tracked, number: int, widest: float) -> list[list[_Piece]]:
    """The ways to cut a row into pieces, none much wider than a column; the row whole where none fits."""
    spread = [(match.start(), match.end()) for match in _SPREAD.finditer(row.text)]
    gaps = [g for g in _SPACE.finditer(row.text) if not any(a <= g.start() < b for a, b in spread)][
        :MOST_GAPS
    ]
    ways: list[list[_Piece]] = []
    for n in range(len(gaps) + 1):
        for chosen in combinations(gaps, n):
            edges = [0, *(edge for gap in chosen for edge in (gap.start(), gap.end())), len(row)]
            spans = list(zip(edges[::2], edges[1::2], strict=True))
            pieces = [_Piece(row.slice(a, b), number, k, len(spans)) for k, (a, b) in enumerate(spans)]
            if all(piece.single or NARROWEST <= piece.width <= widest + SLACK + 1 for piece in pieces):
                ways.append(pieces)
    return ways or [[_Piece(row, number, 0, 1)]]


def _placed(way: _Way, pieces: Sequence[_Piece], blank: bool) -> Iterator[_Way]:
    """The way with the pieces of one more row, in the best few manners."""
    near = sorted(way.columns, key=lambda column: -column.last.row)[:MOST_OPEN]
    options: list[list[tuple[float, _Column | None]]] = []
    for piece in pieces:
        fits = sorted(((_fit(column, piece, blank), column) for column in near), key=lambda fit: -fit[0])[
            :TRIED
        ]
        options.append([*fits, (-_cost_of_new(piece, blank), None)])
    partial: list[tuple[float, tuple[_Column | None, ...]]] = [(0.0, ())]
    for choices in options:
        partial = [
            (score + more, (*taken, column))
            for score, taken in partial
            for more, column in choices
            if column is None or _may_follow(column, taken, way.left)
        ]
        partial = sorted(partial, key=lambda one: -one[0])[:BEAM]
    for score, chosen in partial:
        yield _extended(way, score, pieces, chosen)


def _may_follow(column: _Column, taken: Sequence[_Column | None], left: frozenset[tuple[int, int]]) -> bool:
    """Whether a column may stand right of those that took the pieces before it in the row."""
    return all(
        other is None or (other.number != column.number and (column.number, other.number) not in left)
        for other in taken
    )


def _extended(way: _Way, score: float, pieces: Sequence[_Piece], chosen: Sequence[_Column | None]) -> _Way:
    columns = list(way.columns)
    numbers: list[int] = []
    for piece, column in zip(pieces, chosen, strict=True):
        if column is None:
            number = len(columns)
            columns.append(_Column(number, piece, piece.width))
        else:
            number = column.number
            columns[number] = _Column(number, piece, max(column.widest, piece.width), column)
        numbers.append(number)
    left = way.left | {(a, b) for a, b in combinations(numbers, 2)} if len(numbers) > 1 else way.left
    return replace(way, score=way.score + score, columns=tuple(columns), left=left)


def _cost_of_new(piece: _Piece, blank: bool) -> float:
    begins = 0.0 if piece.single else max(-1.0, min(1.0, association("^", piece.plain[0])))
    return (NEW_APART if blank else NEW) - begins


def _fit(column: _Column, piece: _Piece, blank: bool) -> float:
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
            score += LANGUAGE * _seam(last.plain, piece.plain)
    if _stands_below(last, piece):
        score += SAME_BLOCK if piece.of == 1 else SAME_PLACE
    distance = piece.row - last.row
    if blank and last.ended:
        score -= APART
    return score + (RECENT if distance <= 3 and not blank else -OLD * min(4.0, distance / 6))


@lru_cache(maxsize=65536)
def _seam(before: str, after: str) -> float:
    if after[0] in _CLOSING:
        return MARK if before[-1] not in _CLOSING else -MARK
    if before[-1].isdigit() and after[0] in _MEASURES:
        return MARK
    return max(-LIMIT, min(LIMIT, goes_on(before[-8:], after[:8])))


def passed_over(uncrossed: Uncrossed, source: str) -> tuple[Skipped, ...]:
    """What a page's mixed lines are reported as."""
    lines = uncrossed.left_out
    if not lines:
        return ()
    shown = f"“{lines[0]}”等 {len(lines)} 行"
    return (Skipped(source, f"{shown}与邻栏逐行相混，行序无法复原，未收"),)


def with_damage(article: Article, edges: frozenset[int]) -> Article:
    """The article, each paragraph that touches lines left out marked as damaged."""
    paragraphs = tuple(
        replace(paragraph, damage=max(paragraph.damage, TORN)) if _touches(paragraph, edges) else paragraph
        for paragraph in article.paragraphs
    )
    return replace(article, paragraphs=paragraphs)


def _touches(paragraph: Paragraph, edges: frozenset[int]) -> bool:
    return any(o in edges for run in paragraph.runs for o in range(run.start, run.start + run.length))


def _insert_left_over(columns: Sequence[list[_Piece]]) -> list[list[_Piece]]:
    """A column of one line goes between the two lines of another that it joins, if there are such."""
    kept = [list(column) for column in columns if len(column) > 1]
    out = list(kept)
    for column in columns:
        if len(column) > 1:
            continue
        text = column[0].plain
        best: tuple[float, list[_Piece], int] | None = None
        for other in kept:
            for n in range(1, len(other)):
                before, after = other[n - 1], other[n]
                if before.ended or before.single:
                    continue
                gain = _seam(before.plain, text) + _seam(text, after.plain) - _seam(before.plain, after.plain)
                if best is None or gain > best[0]:
                    best = gain, other, n
        if best is not None and best[0] >= INSERTED and len(text) > 1 and STOP.search(text):
            best[1].insert(best[2], column[0])
        else:
            out.append(column)
    return out
