"""What the recogniser saw on an invented page becomes lines and articles; it is not run itself."""

from __future__ import annotations

import io
from types import SimpleNamespace

import numpy as np
import pytest
from PIL import Image, ImageDraw

from digest.config import Limits
from digest.page.layout import lay_out
from digest.page.layout_text import write_pages
from digest.read import ocr
from tests.page.press import paragraphs

cv2 = pytest.importorskip("cv2", reason="the extra ocr is not installed")

SIZE = 20


def _seen(rows: list[tuple[str, int, int, int]]) -> tuple[SimpleNamespace, np.ndarray]:
    """A recognition result and the picture it would stem from: every character a dark square."""
    image = Image.new("RGB", (900, 700), "white")
    pen = ImageDraw.Draw(image)
    boxes, words = [], []
    for text, x, y, size in rows:
        found = []
        for at, char in enumerate(text):
            left = x + at * size
            pen.rectangle((left + 1, y + 1, left + size - 2, y + size - 1), fill="black")
            quad = [[left + 4, y], [left + size - 4, y], [left + size - 4, y + size], [left + 4, y + size]]
            found.append((char, 0.99, quad))
        right = x + len(text) * size
        boxes.append([[x, y - 2], [right, y - 2], [right, y + size + 2], [x, y + size + 2]])
        words.append(tuple(found))
    result = SimpleNamespace(
        boxes=np.array(boxes, dtype=float), scores=[0.99] * len(rows), word_results=words
    )
    return result, np.asarray(image)[:, :, ::-1].copy()


def _lines(text: str, x: int, y: int, width: int) -> list[tuple[str, int, int, int]]:
    rows: list[tuple[str, int, int, int]] = []
    shift = 2
    while text:
        room = width - shift
        rows.append((text[:room], x + shift * SIZE, y + 30 * len(rows), SIZE))
        text, shift = text[room:], 0
    return rows


def test_recognised_page_becomes_an_article() -> None:
    """A headline over two paragraphs is read with its title and paragraphs."""
    first, second = (text[:90] + "。" for text in paragraphs(3, 2))
    rows = [("旧船坞开门", 60, 60, 52), *_lines(first, 60, 140, 18)]
    rows += _lines(second, 60, rows[-1][2] + 30, 18)
    result, pixels = _seen(rows)
    _, articles = write_pages([lay_out(ocr.sheet_of(result, pixels, 1))], "scan.png")

    assert [article.title for article in articles] == ["旧船坞开门"]
    assert [p.text for p in articles[0].paragraphs] == [first, second]


def test_unsure_lines_are_left_out() -> None:
    """A line that the recogniser hardly believes is noise."""
    result, pixels = _seen([("旧船坞开门", 60, 60, 52), ("污点", 60, 200, 20)])
    result.scores[1] = 0.2

    assert [line.text for line in ocr.sheet_of(result, pixels, 1).lines] == ["旧船坞开门"]


def test_rules_and_pictures_are_seen() -> None:
    """Thin long runs of ink are rules, large dark areas are pictures."""
    result, pixels = _seen([])
    pixels[300:302, 50:850] = 0
    pixels[400:600, 100:400] = 120
    sheet = ocr.sheet_of(result, pixels, 1)

    assert [(round(rule.top), round(rule.width)) for rule in sheet.rules] == [(300, 800)]
    assert [tuple(round(v, -1) for v in picture) for picture in sheet.pictures] == [(100, 400, 400, 600)]


def test_broken_and_huge_pictures_are_skipped(monkeypatch: pytest.MonkeyPatch) -> None:
    """A picture that does not open, or has too many pixels, is skipped with the reason."""
    monkeypatch.setattr(ocr, "is_available", lambda: True)
    monkeypatch.setattr(ocr, "MAX_PIXELS", 100)
    out = io.BytesIO()
    Image.new("L", (20, 20)).save(out, "PNG")

    assert "broken image" in ocr.read_image(b"\x89PNG", "a.png", Limits()).skipped[0].reason
    assert "100 pixels" in ocr.read_image(out.getvalue(), "b.png", Limits()).skipped[0].reason
    assert "limits.file_bytes" in ocr.read_image(b"xx", "c.png", Limits(file_bytes=1)).skipped[0].reason
