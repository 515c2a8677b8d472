"""A page whose rows run across narrow gutters, with a single space between two columns → column by column.

`pdftotext` writes so where columns stand close. Nothing tells the columns but the words: each row is cut at
some of its spaces, and each piece goes on with the column whose last line it continues, or begins another
(`crossing_search`). Rows of two articles side by side may alternate, and a row may stand where it does not
belong: lines that are left over go between the two lines that they join, and lines that little holds together
are left out, with what they cut.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

from digest.model import Skipped
from digest.page.crossing_rows import MIN_ROWS, Piece, may_cross, runs_across, seam, stands_below, usual_width
from digest.page.crossing_search import Search
from digest.page.fields import furniture_kind
from digest.page.lines import STOP
from digest.text.tracked import Tracked, concat, inserted

#: A seam from which two lines are sure to be of one sentence, where they stand at most so many rows apart.
SURE, REACH = 2.0, 6
#: Fewer lines that hold together, of a column that is cut, are in doubt, or of which fewer stand below each
#: other.
FEWEST, BELOW = 4, 0.35
#: So near to doubtful lines a few lines are in doubt with them, in rows.
AMONG = 3
#: A column is torn between two lines that do not hold together and stand no more rows apart.
TORN_WITHIN = 3
#: A line that is left over goes between two others where it reads better by so many nats.
INSERTED = 4.0

_SENTENCE_END = re.compile(r"[。！？][”’》）]*")


class Uncrossed(NamedTuple):
    """A page column by column, blank lines between; every character keeps its offset.

    `left_out` holds the lines whose column cannot be told. The lines above and below them are cut back to
    whole sentences.
    """

    text: Tracked
    left_out: tuple[str, ...]


def uncross(text: Tracked) -> Uncrossed | None:
    """The page column by column; None where its rows cross no gutter. Linear in the rows."""
    if not may_cross(text.text, MIN_ROWS):
        return None
    rows = [row.strip() for row in text.splitlines()]
    if not runs_across(rows):
        return None
    columns = _insert_left_over(_columns(rows))
    parts = _doubted([part for column in columns for part in _parts(column)])
    kept = sorted(((part.pieces[0].row, part.lines()) for part in parts if part.sure), key=lambda one: one[0])
    return Uncrossed(
        concat(text for _, lines in kept for text in _written(lines)),
        tuple(piece.plain for part in parts if not part.sure for piece in part.pieces),
    )


def _columns(rows: Sequence[Tracked]) -> list[list[Piece]]:
    """The columns, and as columns of their own the rows that belong to the page or stand alone."""
    search = Search(usual_width([row for row in rows if row]))
    alone: list[list[Piece]] = []
    blank = True
    for number, row in enumerate(rows):
        following = rows[number + 1] if number + 1 < len(rows) else None
        lone = blank and not following and not STOP.search(row.text)
        if row and (lone or furniture_kind(row.text)):
            alone.append([Piece(row, number, 0, 1)])
        elif row:
            search.take(row, number, blank=blank)
        blank = not row
    return [*alone, *search.columns()]


def _written(lines: Sequence[Tracked]) -> Iterator[Tracked]:
    for n, line in enumerate(lines):
        yield inserted("\n" if n else "\n\n")
        yield line


@dataclass(frozen=True, slots=True)
class _Part:
    """Lines of a column that are all sure or all in doubt, and whether the column was cut on either side."""

    pieces: list[Piece]
    sure: bool
    cut_above: bool
    cut_below: bool

    def lines(self) -> list[Tracked]:
        """The lines, without the sentences that were cut."""
        lines = [piece.text for piece in self.pieces]
        if self.cut_below:
            ends = [[match.end() for match in _SENTENCE_END.finditer(line.text)] for line in lines]
            last = max((n for n, stops in enumerate(ends) if stops), default=-1)
            lines = lines[: last + 1]
            if lines:
                lines[-1] = lines[-1].slice(0, ends[last][-1])
        if self.cut_above:
            ends = [[match.end() for match in _SENTENCE_END.finditer(line.text)] for line in lines]
            first = next((n for n, stops in enumerate(ends) if stops), len(lines))
            lines = lines[first:]
            if lines:
                lines[0] = lines[0].slice(ends[first][0])
        return [line for line in lines if line]


def _parts(column: list[Piece]) -> list[_Part]:
    """A column cut where little holds two lines together; what few lines hold together is in doubt.

    A headline or a line that stands alone is sure: it goes on in nothing.
    """
    groups: list[list[Piece]] = [column[:1]]
    for above, piece in pairwise(column):
        if _held(above, piece):
            groups[-1].append(piece)
        else:
            groups.append([piece])
    # where lines stand far apart the column came to an end on the page: it is not torn there
    torn = [after[0].row - before[-1].row <= TORN_WITHIN for before, after in pairwise(groups)]
    return [
        _Part(group, _holds(group) or (len(groups) == 1 and _stands_alone(group)), above, below)
        for group, above, below in zip(groups, [False, *torn], [*torn, False], strict=True)
    ]


def _doubted(parts: list[_Part]) -> list[_Part]:
    """The parts, those of a few lines among doubtful ones in doubt with them."""
    n_doubtful = -1
    while n_doubtful < (n_doubtful := sum(not part.sure for part in parts)):
        mixed = {piece.row for part in parts if not part.sure for piece in part.pieces}
        parts = [replace(part, sure=part.sure and not _is_among(part.pieces, mixed)) for part in parts]
    return parts


def _stands_alone(pieces: Sequence[Piece]) -> bool:
    """Whether lines are a block of their own, a vertical headline, or too few to tell."""
    return len(pieces) < FEWEST or pieces[0].single or all(piece.of == 1 for piece in pieces)


def _holds(pieces: Sequence[Piece]) -> bool:
    """Whether lines are enough, and enough of them below each other, to be a column."""
    below = sum(stands_below(above, piece) for above, piece in pairwise(pieces))
    return len(pieces) >= FEWEST and below >= BELOW * (len(pieces) - 1)


def _held(above: Piece, piece: Piece) -> bool:
    """Whether two lines of a column stand below each other, or read as one sentence."""
    if above.single or stands_below(above, piece):
        return True
    return not above.ended and piece.row - above.row <= REACH and seam(above.plain, piece.plain) >= SURE


def _is_among(pieces: Sequence[Piece], mixed: set[int]) -> bool:
    """Whether a few lines of prose stand among rows whose lines are in doubt."""
    if len(pieces) >= FEWEST or not any(STOP.search(piece.plain) for piece in pieces):
        return False
    return all(mixed.intersection(range(piece.row - AMONG, piece.row + AMONG + 1)) for piece in pieces)


def passed_over(uncrossed: Uncrossed, source: str) -> Skipped:
    """What a page's mixed lines are reported as."""
    lines = uncrossed.left_out
    return Skipped(source, f"“{lines[0]}”等 {len(lines)} 行与邻栏逐行相混，行序无法复原，未收")


def may_lack(uncrossed: Uncrossed) -> str:
    """The warning that an article of such a page carries."""
    return f"同版有 {len(uncrossed.left_out)} 行与邻栏逐行相混，未收，正文可能不全"


def _insert_left_over(columns: Sequence[list[Piece]]) -> list[list[Piece]]:
    """A column of one line goes between the two lines of another that it joins, if there are such."""
    kept = [list(column) for column in columns if len(column) > 1]
    out = list(kept)
    for column in columns:
        if len(column) > 1:
            continue
        text = column[0].plain
        best: tuple[float, list[Piece], int] | None = None
        for other in kept:
            for n in range(1, len(other)):
                before, after = other[n - 1], other[n]
                if before.ended or before.single:
                    continue
                gain = seam(before.plain, text) + seam(text, after.plain) - seam(before.plain, after.plain)
                if best is None or gain > best[0]:
                    best = gain, other, n
        if best is not None and best[0] >= INSERTED and len(text) > 1 and STOP.search(text):
            best[1].insert(best[2], column[0])
        else:
            out.append(column)
    return out
