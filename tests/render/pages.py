"""The lines of a PDF's pages with their places, as a reader's eye finds them."""

from __future__ import annotations

import ctypes
import re
import zlib
from collections import defaultdict
from dataclasses import dataclass

import pypdfium2 as pdfium

MM = 72 / 25.4
PX = 72 / 96  # WeasyPrint draws in CSS pixels


@dataclass(frozen=True)
class Line:
    """One line; all measures in points, from the bottom left."""

    page: int  # from 0
    baseline: float
    left: float
    right: float  # right edge of the last character's square
    text: str


def lines_of(pdf: bytes) -> list[Line]:
    """All lines in reading order."""
    document = pdfium.PdfDocument(pdf)
    lines: list[Line] = []
    x, y = ctypes.c_double(), ctypes.c_double()
    for number in range(len(document)):
        textpage = document[number].get_textpage()
        rows: dict[int, list[tuple[float, float, str]]] = defaultdict(list)
        for i in range(textpage.count_chars()):
            char = textpage.get_text_range(i, 1)
            if char.strip():
                left, _, right, _ = textpage.get_charbox(i, loose=True)
                # Of some glyphs pdfium takes the ink for the width; a Chinese one is as wide as its size.
                if not char.isascii():
                    right = min(right, left + PX * pdfium.raw.FPDFText_GetFontSize(textpage, i))
                pdfium.raw.FPDFText_GetCharOrigin(textpage, i, x, y)
                rows[round(y.value)].append((left, right, char))
        for baseline in sorted(rows, reverse=True):
            chars = sorted(rows[baseline])
            text = "".join(char for _, _, char in chars)
            lines.append(Line(number, baseline, chars[0][0], max(right for _, right, _ in chars), text))
        textpage.close()
    document.close()
    return lines


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
