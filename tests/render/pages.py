"""The lines of a PDF's pages with their places, as a reader's eye finds them."""

from __future__ import annotations

import ctypes
import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import pypdfium2 as pdfium

MM = 72 / 25.4
SHORTEST = 12  # characters of a full line; what is shorter is a heading or a cell of a table
PX = 72 / 96  # WeasyPrint draws in CSS pixels


Char = tuple[float, float, str]  # left, right, the character


@dataclass(frozen=True)
class Line:
    """One line; all measures in points, from the bottom left."""

    page: int  # from 0
    baseline: float
    left: float
    right: float  # right edge of the last character's square
    text: str


def lines_of(pdf: bytes, gutter: float = float("inf")) -> list[Line]:
    """All lines from the top of each page; a row of columns is parted where `gutter` points are empty."""
    document = pdfium.PdfDocument(pdf)
    lines: list[Line] = []
    x, y = ctypes.c_double(), ctypes.c_double()
    for number in range(len(document)):
        textpage = document[number].get_textpage()
        rows: dict[int, list[Char]] = defaultdict(list)
        for i in range(textpage.count_chars()):
            char = textpage.get_text_range(i, 1)
            if char.strip():
                left, _, right, _ = textpage.get_charbox(i, loose=True)
                # Of some glyphs pdfium takes the ink for the width; a hanzi is as wide as its size.
                if "\u4e00" <= char <= "\u9fff":
                    right = min(right, left + PX * pdfium.raw.FPDFText_GetFontSize(textpage, i))
                pdfium.raw.FPDFText_GetCharOrigin(textpage, i, x, y)
                rows[round(y.value)].append((left, right, char))
        for baseline in sorted(rows, reverse=True):
            for chars in _parted(sorted(rows[baseline]), gutter):
                text = "".join(char for _, _, char in chars)
                lines.append(Line(number, baseline, chars[0][0], max(right for _, right, _ in chars), text))
        textpage.close()
    document.close()
    return lines


def _parted(chars: list[Char], gutter: float) -> Iterator[list[Char]]:
    start = 0
    for i in range(1, len(chars)):
        if chars[i][0] - chars[i - 1][1] > gutter:
            yield chars[start:i]
            start = i
    yield chars[start:]


def full_lines(lines: list[Line], leading: float, n_columns: int = 1) -> Iterator[tuple[Line, float]]:
    """Each line of a paragraph that goes on below it, with the right edge of its column.

    The left edges are where most lines begin; a line goes on where the next one, a `leading` below, begins
    at the left edge too and is a line of text.
    """
    lefts = Counter(round(line.left) for line in lines).most_common(n_columns)
    rights = Counter(round(line.right, 1) for line in lines).most_common(n_columns)
    columns = list(zip(sorted(left for left, _ in lefts), sorted(right for right, _ in rights), strict=True))
    for left, right in columns:
        column = [line for line in lines if left - 3 < line.left < right - 30]
        for line, after in pairwise(column):
            follows = line.page == after.page and abs(line.baseline - after.baseline - leading) <= 1
            if follows and abs(after.left - left) < 3 and len(line.text) >= SHORTEST:
                yield line, right


def last_lines(lines: list[Line], columns: tuple[int, ...]) -> list[Line]:
    """The lowest line of each column of each page; `columns` are their left edges in points."""
    last: dict[tuple[int, int], Line] = {}
    for line in lines:
        column = min(columns, key=lambda left: abs(left - line.left))
        last[line.page, column] = line
    return list(last.values())


def unpacked(pdf: bytes) -> bytes:
    """The file with the contents of its packed streams behind it, to look for names in."""
    parts = [pdf]
    for packed in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        engine = zlib.decompressobj()
        try:
            parts.append(engine.decompress(packed))
        except zlib.error:  # not packed, or packed in another way
            continue
    return b"\n".join(parts)
