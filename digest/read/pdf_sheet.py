"""A PDF page → a `Sheet`: characters, rules, frames and pictures. The only import of pypdfium2's C names."""

from __future__ import annotations

import ctypes
import unicodedata
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from digest.errors import LimitError
from digest.page.geometry import Box, Glyph, Sheet, hull
from digest.page.geometry_lines import body_size_of, find_lines

#: A broadsheet page holds about 10,000 characters and a few hundred drawn objects.
MAX_PAGE_CHARS = 60_000
#: A broadsheet page has 1,000 to 2,000 lines; the analysis compares lines with lines.
MAX_PAGE_LINES = 6_000
#: Only the largest areas and the longest rules part articles; a page of stock tables has thousands.
MAX_DRAWN = 400
MAX_PAGE_OBJECTS = 50_000
MAX_FORM_DEPTH = 12
#: Points. Rules of newspapers are 0.3 to 2 points thick; anything thicker is a bar or an area.
RULE_THICKNESS = 3.0
RULE_LENGTH = 18.0

#: The radicals that fonts name in place of the character that looks the same and NFKC leaves alone.
_RADICALS = dict(
    zip(
        "⺠⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳",
        "民西见角贝车长门青韦页风飞食马骨鬼鱼鸟麦黄齐齿龙龟",
        strict=True,
    )
)


def read_sheet(document: pdfium.PdfDocument, index: int) -> Sheet:
    """The page `index` (from 0) of an open document.

    Raises LimitError where the page holds more than a newspaper page can.
    """
    page = document[index]
    try:
        view = _view(page)
        glyphs = _glyphs(page, view)
        rules, frames, pictures = _sort_drawings(list(_drawings(page, view)), glyphs, view)
    finally:
        page.close()
    lines = find_lines(glyphs, rules, body_size_of(glyphs))
    if len(lines) > MAX_PAGE_LINES:
        raise LimitError(f"a page of {len(lines)} lines, more than {MAX_PAGE_LINES}")
    return Sheet(index + 1, view.width, view.height, tuple(lines), rules, frames, pictures)


#: Dots per inch at which pages are drawn for recognition: body type of 8 points is 20 pixels high.
_DRAWN_DPI = 180


def picture_of(
    document: pdfium.PdfDocument, index: int, max_side: int
) -> np.ndarray[Any, np.dtype[np.uint8]]:
    """The page drawn (height × width × 3, blue-green-red), no side longer than `max_side` pixels."""
    page = document[index]
    try:
        scale = min(_DRAWN_DPI / 72, max_side / max(*page.get_size(), 1.0))
        pixels = page.render(scale=scale).to_numpy()
    finally:
        page.close()
    if pixels.ndim == 2 or pixels.shape[2] == 1:
        pixels = np.repeat(pixels.reshape(*pixels.shape[:2], 1), 3, axis=2)
    return np.ascontiguousarray(pixels[:, :, :3])


def has_image(document: pdfium.PdfDocument, index: int) -> bool:
    """Whether the page shows any image: without text and image there is nothing to recognise."""
    page = document[index]
    try:
        return any(drawing.image for drawing in _drawings(page, _view(page)))
    finally:
        page.close()


class _View(NamedTuple):
    """How points of the page's own space become points of the page as shown, y down."""

    width: float
    height: float
    place: Callable[[float, float], tuple[float, float]]

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        (x0, y0), (x1, y1) = self.place(left, bottom), self.place(right, top)
        return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def _view(page: pdfium.PdfPage) -> _View:
    left, bottom, right, top = page.get_bbox()
    rotation = page.get_rotation()
    place = {
        90: lambda x, y: (y - bottom, x - left),
        180: lambda x, y: (right - x, y - bottom),
        270: lambda x, y: (top - y, right - x),
    }.get(rotation, lambda x, y: (x - left, top - y))
    size = (right - left, top - bottom) if rotation in (0, 180) else (top - bottom, right - left)
    return _View(*size, place)


# ---------------------------------------------------------------- characters


def _glyphs(page: pdfium.PdfPage, view: _View) -> list[Glyph]:
    text = page.get_textpage()
    try:
        count = text.count_chars()
        if count > MAX_PAGE_CHARS:
            raise LimitError(f"a page of {count} characters, more than {MAX_PAGE_CHARS}")
        return list(_without_overprint(_each_glyph(text.raw, count, view)))
    finally:
        text.close()


def _each_glyph(text: Any, count: int, view: _View) -> Iterator[Glyph]:
    rectangle, matrix = raw.FS_RECTF(), raw.FS_MATRIX()
    x, y = ctypes.c_double(), ctypes.c_double()
    faces: dict[int, str] = {}
    high = 0
    last: Glyph | None = None
    for index in range(count):
        code = raw.FPDFText_GetUnicode(text, index)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000 and high:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
        high = 0
        char = _plain_char(code)
        if not char or raw.FPDFText_IsGenerated(text, index) == 1:
            continue
        if not raw.FPDFText_GetLooseCharBox(text, index, rectangle):
            continue
        raw.FPDFText_GetCharOrigin(text, index, x, y)
        raw.FPDFText_GetMatrix(text, index, matrix)
        box = view.box(rectangle.left, rectangle.bottom, rectangle.right, rectangle.top)
        stretch = max(abs(matrix.c), abs(matrix.d)) or 1.0
        size = raw.FPDFText_GetFontSize(text, index) * stretch
        if size <= 0.5 or box.width <= 0 or not _on_page(box, view):
            continue
        glyph = Glyph(char, box, size, view.place(x.value, y.value)[1], _face(text, index, faces))
        if last is not None and last.box == box:
            if glyph.char == last.char and glyph.char not in "—…─.":
                continue  # printed twice
            # one drawn sign that stands for several characters (the joined dash ——): share its width
            last = last._replace(box=Box(box.left, box.top, box.middle, box.bottom))
            glyph = glyph._replace(box=Box(box.middle, box.top, box.right, box.bottom))
        if last is not None:
            yield last
        last = glyph
    if last is not None:
        yield last


def _plain_char(code: int) -> str:
    """The character, or "" for what prints nothing or has no known meaning."""
    if code == 0xA0 or code == 0x3000:
        return chr(code) if code == 0x3000 else " "
    if not 0 < code < 0x110000:
        return ""
    char = chr(code)
    if 0x2E80 <= code < 0x2FE0 or 0xF900 <= code < 0xFB00:
        return _RADICALS.get(char, unicodedata.normalize("NFKC", char))
    return "" if unicodedata.category(char) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"} else char


def _on_page(box: Box, view: _View) -> bool:
    return -1 <= box.middle <= view.width + 1 and -1 <= (box.top + box.bottom) / 2 <= view.height + 1


def _face(text: Any, index: int, faces: dict[int, str]) -> str:
    holder = raw.FPDFText_GetTextObject(text, index)
    font = raw.FPDFTextObj_GetFont(holder) if holder else None
    if not font:
        return ""
    address = ctypes.cast(font, ctypes.c_void_p).value or 0
    if address not in faces:
        buffer = ctypes.create_string_buffer(256)
        length = raw.FPDFFont_GetBaseFontName(font, buffer, 256)
        name = buffer.raw[: max(min(length, 256) - 1, 0)].decode("utf-8", "replace")
        faces[address] = name.split("+", 1)[-1]
    return faces[address]


def _without_overprint(glyphs: Iterator[Glyph]) -> Iterator[Glyph]:
    """The same character printed twice in one place (shadows, bold by overprinting) counts once."""
    seen: set[tuple[str, int, int, int]] = set()
    for glyph in glyphs:
        if not glyph.char.isspace():
            column, row, size = int(glyph.box.left), int(glyph.baseline), round(glyph.size)
            spots = {(glyph.char, size, column + i, row + j) for i in (-1, 0, 1) for j in (-1, 0, 1)}
            if seen & spots:
                continue
            seen.add((glyph.char, size, column, row))
        yield glyph


# ---------------------------------------------------------------- drawings


class _Drawing(NamedTuple):
    box: Box
    image: bool
    filled: bool


def _drawings(page: pdfium.PdfPage, view: _View) -> Iterator[_Drawing]:
    budget = [MAX_PAGE_OBJECTS]
    count = raw.FPDFPage_CountObjects(page.raw)
    objects = (raw.FPDFPage_GetObject(page.raw, index) for index in range(count))
    return _walk(objects, (1.0, 0.0, 0.0, 1.0, 0.0, 0.0), view, 0, budget)


_Matrix = tuple[float, float, float, float, float, float]


def _walk(
    objects: Iterator[Any], outer: _Matrix, view: _View, depth: int, budget: list[int]
) -> Iterator[_Drawing]:
    for item in objects:
        budget[0] -= 1
        if budget[0] < 0:
            raise LimitError(f"a page of more than {MAX_PAGE_OBJECTS} objects")
        kind = raw.FPDFPageObj_GetType(item)
        if kind == raw.FPDF_PAGEOBJ_FORM and depth < MAX_FORM_DEPTH:
            matrix = raw.FS_MATRIX()
            raw.FPDFPageObj_GetMatrix(item, matrix)
            inner = _times((matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f), outer)
            inside = (raw.FPDFFormObj_GetObject(item, i) for i in range(raw.FPDFFormObj_CountObjects(item)))
            yield from _walk(inside, inner, view, depth + 1, budget)
        elif kind in (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_SHADING):
            box = _bounds(item, outer, view)
            if box is not None:
                filled = kind == raw.FPDF_PAGEOBJ_PATH and _is_filled(item)
                yield _Drawing(box, kind != raw.FPDF_PAGEOBJ_PATH, filled)


def _times(a: _Matrix, b: _Matrix) -> _Matrix:
    return (
        a[0] * b[0] + a[1] * b[2],
        a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2],
        a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4],
        a[4] * b[1] + a[5] * b[3] + b[5],
    )


def _bounds(item: Any, matrix: _Matrix, view: _View) -> Box | None:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not raw.FPDFPageObj_GetBounds(item, left, bottom, right, top):
        return None
    a, b, c, d, e, f = matrix
    corners = [
        view.place(a * x + c * y + e, b * x + d * y + f)
        for x in (left.value, right.value)
        for y in (bottom.value, top.value)
    ]
    return hull(Box(x, y, x, y) for x, y in corners)


def _is_filled(path: Any) -> bool:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(path, fill, stroke)
    return fill.value != 0


_Boxes = tuple[Box, ...]


def _sort_drawings(
    drawings: list[_Drawing], glyphs: list[Glyph], view: _View
) -> tuple[_Boxes, _Boxes, _Boxes]:
    """Rules, frames, pictures. An area with text in it is a frame, a filled one without text a picture.

    Many papers draw pictures as clipped paths or shadings, so the kind of object does not tell.
    """
    rules: set[Box] = set()
    frames: set[Box] = set()
    pictures: set[Box] = set()
    clipped = [(_clip(drawing.box, view), drawing) for drawing in drawings]
    clipped.sort(key=lambda item: (-item[0].area, item[0]))
    places = np.array([(glyph.box.middle, glyph.baseline - 0.3 * glyph.size) for glyph in glyphs]).reshape(
        -1, 2
    )
    n_areas = 0
    for box, drawing in clipped:
        thin = min(box.width, box.height)
        if thin <= RULE_THICKNESS:
            if max(box.width, box.height) >= RULE_LENGTH:
                rules.add(box)
        elif box.area > 0.9 * view.width * view.height or min(box.width, box.height) < 8:
            continue  # the paper itself, or an ornament
        elif n_areas < MAX_DRAWN:
            n_areas += 1
            n_inside = _count_inside(places, box)
            if drawing.image and n_inside < 60:
                pictures.add(box)
            elif n_inside:
                frames.add(box)
            elif drawing.filled and min(box.width, box.height) > 30:
                pictures.add(box)
    longest = sorted(rules, key=lambda rule: (-max(rule.width, rule.height), rule))[:MAX_DRAWN]
    return tuple(sorted(longest)), tuple(sorted(frames)), tuple(sorted(pictures))


def _clip(box: Box, view: _View) -> Box:
    return Box(
        min(max(box.left, 0.0), view.width),
        min(max(box.top, 0.0), view.height),
        max(min(box.right, view.width), 0.0),
        max(min(box.bottom, view.height), 0.0),
    )


def _count_inside(places: np.ndarray[Any, np.dtype[np.float64]], box: Box) -> int:
    """How many of the points (x, y) lie in the box."""
    x, y = places[:, 0], places[:, 1]
    return int(((x >= box.left) & (x <= box.right) & (y >= box.top) & (y <= box.bottom)).sum())
