"""Every layout in tests/golden/drawn is typeset and must be read back whole."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from digest.page.layout import lay_out
from digest.page.layout_text import write_pages
from tests.page.press import load

CASES = sorted((Path(__file__).parents[1] / "golden" / "drawn").glob("*.toml"))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_reads_back_what_was_set(path: Path) -> None:
    """Headlines, paragraphs, captions and subheads of a drawn page come back in their own articles."""
    sheet, expected = load(path)
    text, articles = write_pages([lay_out(sheet)], path.stem)

    def plain(words: str) -> str:
        return words.replace(" ", "")

    found = {plain(article.title): article for article in articles}
    assert sorted(plain(each.title) for each in expected) == sorted(found)
    for each in expected:
        article = found[plain(each.title)]
        assert [plain(p) for p in each.paragraphs] == [p.text for p in article.paragraphs]
        assert (each.kicker, each.subtitle) == (article.kicker, article.subtitle)
        assert each.captions == list(article.captions)
        assert each.subheads == list(article.subheads)
        for paragraph in article.paragraphs:
            for at, start, length in paragraph.runs:
                assert text[start : start + length] == paragraph.text[at : at + length]


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_drawing_order_does_not_matter(path: Path) -> None:
    """The same page drawn in the opposite order gives the same articles."""
    sheet, _ = load(path)
    backwards = replace(sheet, lines=tuple(reversed(sheet.lines)))

    assert write_pages([lay_out(sheet)], "a") == write_pages([lay_out(backwards)], "a")
