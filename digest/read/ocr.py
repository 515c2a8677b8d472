"""Pictures of newspaper pages → articles, by OCR (the extra `ocr`) and the geometry that PDFs go through.

rapidocr's wheel carries its models; nothing is downloaded. A broadsheet takes half a minute on two cores.
"""

from __future__ import annotations

import importlib.util
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from statistics import median
from typing import Any

import numpy as np
from PIL import Image, ImageSequence, UnidentifiedImageError

from digest.config import Limits
from digest.errors import MissingDependencyError
from digest.model import Reading, Skipped
from digest.page.geometry import Box, Glyph, Sheet, y_overlap
from digest.page.geometry_lines import body_size_of, find_lines
from digest.read.pdf import reading_of

MISSING = "图片需要附加组件 ocr：pip install 'digest[ocr]' (a picture of a page needs the extra ocr)"

#: Pixels. Body type of a broadsheet should be 16 or more pixels high; larger pictures only cost time.
MAX_SIDE = 3600
#: Pixels; a broadsheet at 400 dpi has 48 million. Larger pictures are refused before they are decoded.
MAX_PIXELS = 120_000_000
#: The recogniser's confidence below which a line is noise.
MIN_CONFIDENCE = 0.5
#: Share of the height of a detected line that is the size of its type: measured 0.86 on set pages.
_SIZE_OF_HEIGHT = 0.86

_Pixels = np.ndarray[Any, np.dtype[np.uint8]]
_Mask = np.ndarray[Any, np.dtype[np.bool_]]


def is_available() -> bool:
    """Whether the extra `ocr` is installed."""
    return all(importlib.util.find_spec(name) is not None for name in ("rapidocr", "onnxruntime", "cv2"))


def read_image(data: bytes, name: str, limits: Limits) -> Reading:
    """The articles on a picture of a page (PNG, JPEG, TIFF with one or more pages).

    Never raises for what the file holds. Raises MissingDependencyError where the extra is not installed.
    """
    if len(data) > limits.file_bytes:
        return _skipped(name, f"图片超过 {limits.file_bytes} 字节 (larger than limits.file_bytes)")
    if not is_available():
        raise MissingDependencyError(f"{name}: {MISSING}")
    try:
        with Image.open(io.BytesIO(data)) as image:
            n_pages = getattr(image, "n_frames", 1)
            if image.width * image.height > MAX_PIXELS:
                return _skipped(name, f"图片超过 {MAX_PIXELS} 像素 (more than {MAX_PIXELS} pixels)")
            frames = list(_pixels(image, limits.pdf_pages))
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError, SyntaxError) as error:
        return _skipped(name, f"图片已损坏，打不开 (broken image: {type(error).__name__})")
    sheets = [recognise(pixels, number) for number, pixels in enumerate(frames, 1)]
    skipped = []
    if n_pages > limits.pdf_pages:
        skipped.append(Skipped(name, f"只读前 {limits.pdf_pages} 页 (only limits.pdf_pages pages are read)"))
    return reading_of(sheets, data, name, skipped, kind="ocr")


def _pixels(image: Image.Image, max_pages: int) -> Iterator[_Pixels]:
    for number, frame in enumerate(ImageSequence.Iterator(image)):
        if number >= max_pages:
            return
        page = frame.convert("RGB")
        page.thumbnail((MAX_SIDE, MAX_SIDE), Image.Resampling.LANCZOS)
        yield np.asarray(page)[:, :, ::-1].copy()  # rapidocr expects blue, green, red


def _skipped(name: str, reason: str) -> Reading:
    return Reading(skipped=(Skipped(name, reason),))


# ---------------------------------------------------------------- one page


def recognise(pixels: _Pixels, number: int) -> Sheet:
    """The page on a picture (height × width × 3, blue-green-red), lengths in pixels."""
    result = _engine()(pixels, use_cls=False, return_word_box=True, return_single_char_box=True)
    return sheet_of(result, pixels, number)


def sheet_of(result: Any, pixels: _Pixels, number: int) -> Sheet:
    """The page from what rapidocr found on it (boxes, scores, word_results) and the picture itself."""
    height, width = pixels.shape[:2]
    rules, pictures = _drawings(pixels)
    glyphs = _even_sizes(list(_glyphs(result, _is_dark(pixels))))
    lines = find_lines(glyphs, rules, body_size_of(glyphs))
    return Sheet(number, float(width), float(height), tuple(lines), rules, _frames(rules), pictures)


@lru_cache(maxsize=1)
def _engine() -> Any:
    from rapidocr import RapidOCR

    return RapidOCR(params={"Global.log_level": "critical", "Global.max_side_len": MAX_SIDE})


def _is_dark(pixels: _Pixels) -> _Mask:
    """Where there is ink: darker than the middle between the page's paper and black."""
    gray = pixels.mean(axis=2)
    return np.asarray(gray < 0.6 * np.percentile(gray, 90))


def _glyphs(result: Any, dark: _Mask) -> Iterator[Glyph]:
    """Characters with their boxes, line by line in the order of recognition."""
    if result.boxes is None or not result.word_results:
        return
    for quad, score, words in zip(result.boxes, result.scores, result.word_results, strict=False):
        if score < MIN_CONFIDENCE:
            continue
        xs, ys = [float(point[0]) for point in quad], [float(point[1]) for point in quad]
        top, bottom = sum(sorted(ys)[:2]) / 2, sum(sorted(ys)[2:]) / 2
        if bottom - top > 2.5 * (max(xs) - min(xs)):
            yield from _upright(words, min(xs), max(xs), top, bottom)
            continue
        middle, size = _ink(dark, Box(min(xs), top, max(xs), bottom))
        baseline = middle + 0.38 * size
        offset = max(int(min(xs)), 0)
        rows = slice(max(int(middle - size / 2), 0), int(middle + size / 2) + 1)
        inked: _Mask = np.asarray(dark[rows, offset : int(max(xs)) + 1].any(axis=0))
        for char, left, right in _spread(words, size, inked, offset):
            yield Glyph(char, Box(left, top, right, bottom), size, baseline)


def _spread(words: Any, size: float, inked: _Mask, offset: float) -> Iterator[tuple[str, float, float]]:
    """Characters with their left and right ends, each as wide as its size where its neighbours allow.

    The recogniser marks about where it saw a character, not where it ends, so gutters between columns
    are measured on the picture: `inked` says for each x from `offset` on whether the line has ink there.
    """
    seen: list[tuple[str, float]] = []
    for text, _, box in words:
        left, right = float(box[0][0]), float(box[1][0])
        step = (right - left) / max(len(text), 1)
        seen += [(char, left + (at + 0.5) * step) for at, char in enumerate(text) if not char.isspace()]
    lefts = [centre - size / 2 for _, centre in seen]
    rights = [centre + size / 2 for _, centre in seen]
    for at, ((before, x0), (after, x1)) in enumerate(pairwise(seen)):
        start, end = _white_run(inked, x0 - offset, x1 - offset)
        # punctuation fills half of its square, so there is white beside it within a line as well
        usual = 0.6 if before in _RIGHT_BLANK or after in _LEFT_BLANK else 0.12
        gap = (end - start) - usual * size
        if gap > 0.3 * size:
            lefts[at + 1] = end + offset
            rights[at] = lefts[at + 1] - gap
        else:
            middle = (x0 + x1) / 2
            rights[at], lefts[at + 1] = min(rights[at], middle), max(lefts[at + 1], middle)
    for (char, _), left, right in zip(seen, lefts, rights, strict=True):
        if right > left:
            yield char, left, right


_RIGHT_BLANK = frozenset("，。、；：！？”’）》」』】,.;:!?)")
_LEFT_BLANK = frozenset("“‘（《「『【(")


def _white_run(inked: _Mask, x0: float, x1: float) -> tuple[float, float]:
    """The longest stretch without ink from x0 to x1."""
    low, high = max(int(x0), 0), min(int(x1) + 1, len(inked))
    best, start = (low, low), low
    for x in range(low, high + 1):
        if x == high or inked[x]:
            if x - start > best[1] - best[0]:
                best = (start, x)
            start = x + 1
    return float(best[0]), float(best[1])


def _ink(dark: _Mask, box: Box) -> tuple[float, float]:
    """The y of the middle of a line of type and its size, from the rows that hold ink.

    Detected boxes are loose by a tenth of their height and more; Chinese type inks 0.92 of its size.
    """
    top = max(int(box.top), 0)
    part = dark[top : int(box.bottom) + 1, max(int(box.left), 0) : int(box.right) + 1]
    inked = part.mean(axis=1) > 0.02 if part.size else np.zeros(0, dtype=bool)
    centre = len(inked) // 2
    first = last = centre
    while first > 0 and inked[max(first - 2, 0) : first].any():
        first -= 1
    while last < len(inked) and inked[last : last + 2].any():
        last += 1
    if last - first < 0.45 * box.height:
        return (box.top + box.bottom) / 2, _SIZE_OF_HEIGHT * box.height
    return top + (first + last) / 2, (last - first) / 0.92


def _upright(words: Any, left: float, right: float, top: float, bottom: float) -> Iterator[Glyph]:
    """A line recognised as running down the page: its characters stand one below the other."""
    chars = [char for text, _, _ in words for char in text if not char.isspace()]
    step = (bottom - top) / max(len(chars), 1)
    size = min(right - left, step) * _SIZE_OF_HEIGHT
    for at, char in enumerate(chars):
        place = Box(left, top + at * step, right, top + (at + 1) * step)
        yield Glyph(char, place, size, top + (at + 0.5) * step + 0.38 * size)


def _even_sizes(glyphs: list[Glyph]) -> list[Glyph]:
    """Sizes that differ by little more than measuring does made one: lines of one type are one size."""
    left = Counter(glyph.size for glyph in glyphs)
    even: dict[float, float] = {}
    while left:
        # the size that most characters are within a tenth of, then the same among the rest
        best = max(left, key=lambda size: (sum(n for s, n in left.items() if _is_near(s, size)), size))
        near = [size for size in left if _is_near(size, best)]
        middle = median([size for size in near for _ in range(left[size])])
        for size in near:
            even[size] = middle
            del left[size]
    return [glyph._replace(size=even[glyph.size]) for glyph in glyphs]


def _is_near(size: float, other: float) -> bool:
    return max(size, other) <= 1.1 * min(size, other)


def _drawings(pixels: _Pixels) -> tuple[tuple[Box, ...], tuple[Box, ...]]:
    """Rules and pictures: long thin dark runs, and dark areas larger than any character."""
    import cv2

    gray = cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY)
    height, width = gray.shape
    dark = (gray < 140).astype(np.uint8)
    rules = []
    for kernel in ((max(width // 16, 40), 1), (1, max(height // 20, 40))):
        runs = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones(kernel[::-1], np.uint8))
        rules += [box for box in _components(runs) if min(box.width, box.height) <= width / 250 + 2]
    inked = (gray < 225).astype(np.uint8)
    side = max(width // 60, 20)
    closed = cv2.morphologyEx(inked, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    areas = cv2.morphologyEx(closed, cv2.MORPH_OPEN, np.ones((side, side), np.uint8))
    pictures = [box for box in _components(areas) if box.width > 3 * side and box.height > 2 * side]
    return tuple(sorted(rules)), tuple(sorted(pictures))


def _frames(rules: Sequence[Box]) -> tuple[Box, ...]:
    """Borders: two level rules of one width joined by upright ones at both ends."""
    level = [rule for rule in rules if rule.width > rule.height]
    upright = [rule for rule in rules if rule.height > rule.width]
    frames = []
    for top in level:
        slack = 0.02 * top.width + 4
        for bottom in level:
            if bottom.top <= top.top + 20:
                continue
            if abs(bottom.left - top.left) > slack or abs(bottom.right - top.right) > slack:
                continue
            box = Box(top.left, top.top, top.right, bottom.bottom)
            sides = [
                any(
                    abs(side.middle - x) <= slack and y_overlap(side, box) > 0.8 * box.height
                    for side in upright
                )
                for x in (box.left, box.right)
            ]
            if all(sides):
                frames.append(box)
    return tuple(sorted(frames))


def _components(mask: Any) -> list[Box]:
    import cv2

    _, _, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    boxes = [tuple(float(v) for v in row[:4]) for row in stats[1:]]
    return [Box(x, y, x + w, y + h) for x, y, w, h in boxes]
