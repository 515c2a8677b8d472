"""Chinese lines flush at both edges, and a quarter em between Chinese and Latin, in WeasyPrint 70.

WeasyPrint stretches spaces only, so a Chinese line ends where its last character happens to end. Chinese
text is justified by a little room between all characters, set apart from Latin by a quarter em, and
punctuation marks that meet lose the blank half between them (W3C, Requirements for Chinese Text Layout,
3.1.6, 3.2.2 and 3.2.4).

Three functions of WeasyPrint are replaced. They are private, so `install` refuses every version but the one
that the right-edge test was made for. The text stays as it is: room is added to the advance of single
glyphs when they are drawn, so what is copied out of the PDF has no character that the source has not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate
from math import ceil, floor
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline
from weasyprint.text.ffi import TO_UNITS, ffi, pango
from weasyprint.text.line_break import Layout, line_size

from digest.render.patch import require_version

MIXED_EM = 0.25  # between Chinese and Latin; clreq 3.2.2 allows an eighth to a quarter
SQUEEZE_EM = -0.5  # between two punctuation marks
KNOWN_TEXTS = 512  # a line is asked for its gaps five times while it is set
MAX_STRETCH_EM = 0.5  # for each gap: a line that needs more, before a long unbroken URL, stays ragged

_HAN = "\u2e80-\u2fff\u3005\u3007\u3021-\u3029\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_WIDE = _HAN + "\u3000-\u30ff\uff01-\uff60\u2018\u2019\u201c\u201d\u2014\u2026\u00b7"
_LATIN = "0-9A-Za-z\u00c0-\u024f%\u2030\u2103$"
_OPEN, _CLOSE = "（《〈「『【〔“‘", "）》〉」』】〕”’、，。；："  # ？ and ！ fill their square
_STRETCH = re.compile(f"(?<=[{_WIDE}])(?=.)|(?<=.)(?=[{_WIDE}])|(?<=[ \u00a0])(?=.)", re.S)
_WHOLE = re.compile("(?<=—)(?=—)|(?<=…)(?=…)")
_MIXED = re.compile(f"(?<=[{_HAN}])(?=[{_LATIN}])|(?<=[{_LATIN}])(?=[{_HAN}])")
_SQUEEZE = re.compile(f"(?<=[{_CLOSE}])(?=[{_OPEN}{_CLOSE}])|(?<=[{_OPEN}])(?=[{_OPEN}])")

_set_text_of_weasyprint = Layout.set_text
_get_first_line_of_weasyprint = Layout.get_first_line


def install() -> None:
    """Replace WeasyPrint's justification in this process.

    Raises RuntimeError for a version of WeasyPrint that this was not made for.
    """
    require_version()
    inline.justify_line = _justify_line
    Layout.set_text = _set_text
    Layout.get_first_line = _get_first_line


@lru_cache(KNOWN_TEXTS)
def stretch_gaps(text: str) -> tuple[int, ...]:
    """Where a line may be stretched; every index stands for the gap before that character.

    Around Chinese characters and behind spaces, never inside —— and ……
    """
    whole = {match.start() for match in _WHOLE.finditer(text)}
    return tuple(i for match in _STRETCH.finditer(text) if (i := match.start()) > 0 and i not in whole)


@lru_cache(KNOWN_TEXTS)
def fixed_gaps(text: str, *, squeeze: bool = True) -> tuple[tuple[int, float], ...]:
    """The gaps that are wider or narrower than the font has them, whatever the line: (index, em)."""
    gaps = [(match.start(), MIXED_EM) for match in _MIXED.finditer(text)]
    if squeeze:
        gaps += [(match.start(), SQUEEZE_EM) for match in _SQUEEZE.finditer(text)]
    return tuple(sorted(gaps))


# ---------------------------------------------------------------- what replaces WeasyPrint's functions


def _justify_line(_context: Any, line: Any, extra_width: float) -> None:
    """Spread what is missing to the right edge over the gaps of the line.

    The line's width is what Pango measured with the room of `_reserve`, which is halved at a line's end; what
    is drawn is measured anew here, so that the edge is exact.
    """
    texts = [box for box in line.descendants() if isinstance(box, boxes.TextBox)]
    n_gaps = sum(len(stretch_gaps(box.text)) for box in texts)
    if not n_gaps:
        return
    widths = {id(box): _drawn_width(box) for box in texts}
    missing = extra_width + sum(box.width - widths[id(box)] for box in texts)
    spacing = missing / n_gaps
    if spacing < line.style["font_size"] * MAX_STRETCH_EM:
        _move(line, spacing, widths, 0)


def _move(box: Any, spacing: float, widths: dict[int, float], advance: float) -> float:
    """Widen `box` and move it by `advance` pixels; gives how far what follows it has to move."""
    if isinstance(box, boxes.TextBox):
        box.position_x += advance
        width = widths[id(box)] + spacing * len(stretch_gaps(box.text))
        advance += width - box.width
        box.width = width
        box.justification_spacing = box.pango_layout.justification_spacing = spacing
    elif isinstance(box, boxes.LineBox | boxes.InlineBox):
        box.position_x += advance
        before = advance
        for child in box.children:
            if child.is_in_normal_flow():
                advance = _move(child, spacing, widths, advance)
        box.width += advance - before
    else:
        box.translate(advance, 0)
    return advance


def _set_text(self: Any, text: str, justify: bool = False) -> None:
    """Lay out `text`; `justify` is True where it is laid out to be drawn, not to break lines."""
    spacing, self.justification_spacing = self.justification_spacing, 0
    _set_text_of_weasyprint(self, text, justify)
    self.justification_spacing = spacing
    self.rooms = _rooms(self.text, self.style, spacing) if justify else {}
    if not justify and self.style["letter_spacing"] == "normal":
        _reserve(self)


def _get_first_line(self: Any) -> Any:
    """The first line and the index of the second; glyphs that are to be drawn are given their room."""
    line, index = _get_first_line_of_weasyprint(self)
    rooms, self.rooms = self.rooms, {}
    if rooms:
        for glyph, room in _glyphs_before(line, rooms):
            glyph.geometry.width += room
    return line, index


# ---------------------------------------------------------------- measures


def _squeezes(style: Any) -> bool:
    # Traditional type sets ，and 。in the middle of their square: there is no blank half to take.
    return not (style["lang"] or "").lower().startswith(("zh-hant", "zh-tw", "zh-hk"))


def _drawn_width(box: Any) -> float:
    """Width of a text in pixels as it will be drawn, without stretching."""
    layout = Layout(box.style)
    _set_text_of_weasyprint(layout, box.text)
    line, _ = _get_first_line_of_weasyprint(layout)
    width: float = line_size(line, box.style)[0]
    gaps = fixed_gaps(box.text, squeeze=_squeezes(box.style))
    return width + sum(em for _, em in gaps) * float(box.style["font_size"])


def _rooms(text: str, style: Any, spacing: float) -> dict[int, int]:
    """Room in Pango units for each gap, by the byte index of the character behind it.

    WeasyPrint writes positions in whole thousandths of an em and cuts off the rest, which adds up to half a
    point in a long line; so the room is given in whole thousandths, and what is cut off one gap goes to the
    next.
    """
    size = float(style["font_size"])
    thousandths: dict[int, int] = {}
    exact = given = 0.0
    for index in stretch_gaps(text) if spacing else ():
        exact += spacing * 1000 / size
        thousandths[index] = floor(exact - given)
        given += thousandths[index]
    for index, em in fixed_gaps(text, squeeze=_squeezes(style)):
        thousandths[index] = thousandths.get(index, 0) + round(em * 1000)
    unit = size / 1000 * TO_UNITS
    bytes_before = _byte_indexes(text)
    return {bytes_before[index]: ceil(n * unit) for index, n in thousandths.items()}


def _byte_indexes(text: str) -> list[int]:
    return list(accumulate(map(len, map(str.encode, text)), initial=0))


def _reserve(layout: Any) -> None:
    """Make Pango count the fixed gaps when it breaks lines; it gives half of the room to either side."""
    gaps = fixed_gaps(layout.text, squeeze=_squeezes(layout.style))
    if not gaps:
        return
    room: dict[int, float] = {}
    last = len(layout.text) - 1
    for index, em in gaps:
        # On the Chinese character of the two, so that no Latin word is taken apart; but Pango takes back the
        # half that falls on the edge of a line, so never on the first or the last character of the text.
        owner, other = (index, index - 1) if layout.text[index - 1].isascii() else (index - 1, index)
        owner = other if owner in (0, last) else owner
        if 0 < owner < last:
            room[owner] = room.get(owner, 0.0) + em
    attributes = pango.pango_layout_get_attributes(layout.layout)
    if attributes == ffi.NULL:
        attributes = ffi.gc(pango.pango_attr_list_new(), pango.pango_attr_list_unref)
    bytes_before = _byte_indexes(layout.text)
    for owner, em in room.items():
        attribute = pango.pango_attr_letter_spacing_new(int(em * layout.style["font_size"] * TO_UNITS))
        attribute.start_index, attribute.end_index = bytes_before[owner], bytes_before[owner + 1]
        pango.pango_attr_list_change(attributes, attribute)
    pango.pango_layout_set_attributes(layout.layout, attributes)


def _glyphs_before(line: Any, rooms: dict[int, int]) -> Iterator[tuple[Any, int]]:
    """The last glyph before each gap, with the gap's room; text from right to left has none."""
    run = line.runs[0] if line.runs != ffi.NULL else ffi.NULL
    while run != ffi.NULL:
        item, glyphs = run.data.item, run.data.glyphs
        run = run.next
        if item.analysis.level % 2:
            continue
        ends = [*glyphs.log_clusters[1 : glyphs.num_glyphs], item.length]
        for i, end in enumerate(ends):
            if i + 1 < len(ends) and end == glyphs.log_clusters[i]:
                continue  # another glyph of the same cluster follows
            room = rooms.get(item.offset + end)
            if room:
                yield glyphs.glyphs[i], room
