"""Chinese lines in the PDF: flush at both edges, and nothing taken from the text."""

from __future__ import annotations

from itertools import pairwise

import pypdfium2 as pdfium
import pytest

from digest.render.justify import MIXED_EM, SQUEEZE_EM, fixed_gaps, stretch_gaps
from tests.render.pages import MM, full_lines, lines_of
from tests.render.sample import STORIES

LEFT, RIGHT = 28 * MM, (210 - 26) * MM  # of the type area, as GB/T 9704 sets it
LEADING = 225 / 22 * MM  # points from line to line of the text
FLUSH = 0.5  # points


def test_lines_of_the_text_end_flush(pdf: bytes) -> None:
    """Every line of a paragraph that goes on ends within half a point of the right edge."""
    full = [line for line, _ in full_lines(lines_of(pdf), LEADING) if len(line.text) > 20]

    assert len(full) > 30
    assert [line for line in full if abs(line.right - RIGHT) > FLUSH] == []


def test_no_line_starts_or_ends_with_a_mark_that_may_not(pdf: bytes) -> None:
    """No line starts with a closing mark or ends with an opening one."""
    lines = [line.text for line in lines_of(pdf)]

    assert [line for line in lines if line[0] in "，。、；：！？）》”’」』】…%"] == []
    assert [line for line in lines if line[-1] in "（《“‘「『【"] == []


def test_dashes_and_ellipses_stay_whole(pdf: bytes) -> None:
    """No line ends with half of —— or ……."""
    texts = [line.text for line in lines_of(pdf)]
    assert any("——" in text for text in texts)
    assert any("……" in text for text in texts)

    assert [pair for pair in pairwise(texts) if pair[0][-1] in "—…" and pair[1][0] == pair[0][-1]] == []


def test_nothing_stands_outside_of_the_type_area(pdf: bytes) -> None:
    """No line begins before the left edge or runs over the right one."""
    lines = lines_of(pdf)

    assert [line for line in lines if line.left < LEFT - 0.5] == []
    assert [line for line in lines if line.right > RIGHT + FLUSH] == []


def test_text_copied_from_the_pdf_is_the_text_of_the_source(pdf: bytes) -> None:
    """The room between characters is no character: sentences are found in the PDF word for word."""
    document = pdfium.PdfDocument(pdf)
    pages = [page.get_textpage().get_text_range() for page in document]
    document.close()
    found = "".join("".join(pages).split())

    sentences = ["".join(s.split()) for _, _, _, sentences, _ in STORIES for s in sentences]
    # A sentence that a page break cuts has the page's number in it.
    assert sum(sentence in found for sentence in sentences) >= len(sentences) - 3


@pytest.mark.parametrize(
    ("text", "gaps"),
    [
        ("", []),
        ("中", []),
        ("中国", [1]),
        ("abc", []),
        ("a b", [2]),
        ("中ab文", [1, 3]),
        ("——中", [2]),
        ("中……", [1]),
    ],
)
def test_stretch_gaps(text: str, gaps: list[int]) -> None:
    """A line stretches around Chinese characters and at spaces, and not inside words, —— and ……."""
    assert stretch_gaps(text) == tuple(gaps)


@pytest.mark.parametrize(
    ("text", "gaps"),
    [
        ("增长5%，AI调度", [(2, MIXED_EM), (7, MIXED_EM)]),
        ("说。”她", [(2, SQUEEZE_EM)]),
        ("，“中", [(1, SQUEEZE_EM)]),
        ("（“中", [(1, SQUEEZE_EM)]),
        ("中 A", []),
        ("？”", []),
    ],
)
def test_fixed_gaps(text: str, gaps: list[tuple[int, float]]) -> None:
    """Chinese and Latin stand apart, marks that meet close up, and what is spaced already stays."""
    assert fixed_gaps(text) == tuple(gaps)


@pytest.mark.parametrize("n", [50_000, 100_000])
def test_gaps_of_endless_text_take_no_time(n: int) -> None:
    """Finding gaps is linear in the text."""
    assert len(stretch_gaps("中" * n)) == n - 1
    assert len(fixed_gaps("（" * n)) == n - 1
