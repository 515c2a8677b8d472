"""The rows of a page that run across gutters, and the pieces that they may be cut in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import combinations, islice

from digest.page.language import goes_on_within
from digest.page.lines import ends_sentence, width
from digest.text.tracked import Tracked

#: So many rows, and so large a share of all, must run across a gutter.
MIN_ROWS, MIN_SHARE = 5, 0.12
#: More rows are no newspaper page.
MOST_ROWS = 600
#: A piece of a row is so wide at least, in full-width characters; a row has so many gaps at most.
NARROWEST, MOST_GAPS = 4.0, 5
#: A line of prose is so wide at least, in full-width characters; a name has four at most.
LINE = 6.0
#: Where one row of ten is wider than so many columns, they are lines of a column that recognition joined.
MOST_ABREAST = 5
#: A line may be so much wider than its column, in full-width characters.
SLACK = 1.2
#: The bounds of what language says of a seam, in nats, and what marks count that begin no line.
LIMIT, MARK = 6.0, 2.5

SPACE = re.compile(r"[ \u3000]+")
_SPREAD = re.compile(r"(?:(?<=^)|(?<= ))(?:\S ){3,}\S(?=$| )")
#: A byline with its names is in one column.
_NAMES = re.compile(r"[记記]者(?: [\u4e00-\u9fff]{2,3}(?= ))+")
CROSSES = re.compile(r"[\u4e00-\u9fff，。；：、”》）]{3} [\u4e00-\u9fff“《（][\u4e00-\u9fff0-9，。、]{2}")
_MEASURES = "个年月日万亿千百名人岁元米吨次家条项种只%点时分"
_CLOSING = "，。、；：）”》！？"


def may_cross(text: str, n_rows: int) -> bool:
    """Whether so many rows of a page could run across a gutter; cheaper than to look at each row."""
    return sum(1 for _ in islice(CROSSES.finditer(text), n_rows)) == n_rows


def runs_across(rows: Sequence[Tracked]) -> bool:
    """Whether rows hold lines of several columns, rather than one line or lines that recognition joined."""
    filled = [row for row in rows if row]
    crosses = [CROSSES.search(row.text) is not None and not _is_list(row.text) for row in rows]
    beside = zip([False, *crosses], crosses, [*crosses[1:], False], strict=False)
    crossing = sum(here and (before or after) for before, here, after in beside)
    if crossing < MIN_ROWS or crossing < MIN_SHARE * len(filled) or len(rows) > MOST_ROWS:
        return False
    lengths = sorted(width(row.text) for row in filled if CROSSES.search(row.text))
    return lengths[len(lengths) * 9 // 10] <= MOST_ABREAST * usual_width(filled)


def _is_list(row: str) -> bool:
    """Whether a row is one of a list of names or of a table: nothing in it is as wide as a line of prose."""
    return all(width(piece) < LINE for piece in SPACE.split(row))


@dataclass(frozen=True)
class Piece:
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
        return ends_sentence(self.plain)

    @property
    def single(self) -> bool:
        return len(self.plain) == 1


def usual_width(rows: Sequence[Tracked]) -> float:
    """The width of most pieces that a row is cut in, 0 where all are short: columns are not much wider."""
    widths = sorted(
        width(piece)
        for row in rows
        if CROSSES.search(row.text)
        for piece in SPACE.split(row.text)
        if len(piece) >= 6
    )
    return widths[len(widths) * 3 // 4] if widths else 0.0


def cuts(row: Tracked, number: int, widest: float) -> list[list[Piece]]:
    """The ways to cut a row into pieces, none much wider than a column; the row whole where none fits."""
    spread = [match.span() for whole in (_SPREAD, _NAMES) for match in whole.finditer(row.text)]
    gaps = [g for g in SPACE.finditer(row.text) if not any(a <= g.start() < b for a, b in spread)][:MOST_GAPS]
    ways: list[list[Piece]] = []
    for n in range(len(gaps) + 1):
        for chosen in combinations(gaps, n):
            edges = [0, *(edge for gap in chosen for edge in (gap.start(), gap.end())), len(row)]
            spans = list(zip(edges[::2], edges[1::2], strict=True))
            pieces = [Piece(row.slice(a, b), number, k, len(spans)) for k, (a, b) in enumerate(spans)]
            if all(_may_stand(piece, widest) for piece in pieces):
                ways.append(pieces)
    return ways or [[Piece(row, number, 0, 1)]]


def _may_stand(piece: Piece, widest: float) -> bool:
    """Whether a piece may be a line: not wider than a column, and not narrow unless it ends a paragraph."""
    if piece.single or piece.ended:
        return piece.width <= widest + SLACK + 1
    return NARROWEST <= piece.width <= widest + SLACK + 1


def stands_below(above: Piece, piece: Piece) -> bool:
    return piece.row == above.row + 1 and (piece.of, piece.place) == (above.of, above.place)


@lru_cache(maxsize=65536)
def seam(before: str, after: str) -> float:
    if after[0] in _CLOSING:
        return MARK if before[-1] not in _CLOSING else -MARK
    if before[-1].isdigit() and after[0] in _MEASURES:
        return MARK
    return goes_on_within(before, after, -LIMIT, LIMIT)
