"""Headlines set vertically, as tools write them: a character or two a line, one line below the other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from digest.page.language import STRADDLE, association, straddles
from digest.page.lines import Line, width
from digest.text.tracked import Tracked, concat

#: So many such lines, one below the other, are a headline set vertically.
VERTICAL = 4
#: A character, or a number, which stands upright in one line.
_UNIT = re.compile(r"\d{2,4}%?|\S")
_HAN_CHAR = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")
#: Two columns are believed where they read better than the rows, by so many nats for each row.
BETTER = 0.5


def join_vertical(lines: Sequence[Line]) -> list[Line]:
    """The lines, a vertical headline made one line for each of its columns, the right one first."""
    out: list[Line] = []
    i = 0
    while i < len(lines):
        rows: list[list[Tracked]] = []
        while i + len(rows) < len(lines) and not (rows and lines[i + len(rows)].blanks):
            units = _units(lines[i + len(rows)].text)
            if len(units) > 2:
                break
            rows.append(units)
        columns = _columns(rows) if len(rows) >= VERTICAL else []
        if not columns:
            out.append(lines[i])
            i += 1
            continue
        for n, column in enumerate(columns):
            text = concat(column)
            blanks = lines[i].blanks if n == 0 else 0
            out.append(replace(lines[i], text=text, indent=0, width=width(text.text), blanks=blanks))
        i += len(rows)
    return out


def _units(text: Tracked) -> list[Tracked]:
    if len(text) > 8:
        return [text] * 3
    return [text.slice(match.start(), match.end()) for match in _UNIT.finditer(text.text)]


def _columns(rows: Sequence[Sequence[Tracked]]) -> list[list[Tracked]]:
    """The columns that the rows make; none where they are no vertical headline."""
    if sum(_HAN_CHAR.match(unit.text) is not None for row in rows for unit in row) <= len(rows) / 2:
        return []
    pairs = [row for row in rows if len(row) == 2]
    if not pairs:
        return [[row[0] for row in rows]]
    if 2 * len(pairs) < len(rows):
        return []
    # a row of one character goes on with the longer column, which only the words can tell
    ways = [
        [
            [row[-1] for row in rows if len(row) == 2 or right],
            [row[0] for row in rows if len(row) == 2 or not right],
        ]
        for right in (True, False)
    ]
    best = max(ways, key=lambda way: _reads(way[0]) + _reads(way[1]) + _words(way, len(pairs)))
    across = _reads([unit for row in rows for unit in row])
    return best if _reads(best[0]) + _reads(best[1]) > across + BETTER * len(rows) else []


def _words(columns: Sequence[Sequence[Tracked]], n: int) -> float:
    """What words say for the way in which the columns go on behind their first n characters."""
    texts = ["".join(unit.text for unit in column) for column in columns]
    return STRADDLE * sum(straddles(text[:n], text[n:]) for text in texts if text[n:])


def _reads(units: Sequence[Tracked]) -> float:
    """How well characters follow each other, in nats."""
    return sum(association(a.text[-1], b.text[0]) for a, b in pairwise(units))
