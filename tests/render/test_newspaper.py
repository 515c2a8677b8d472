"""The newspaper on A4: columns that stand flush, headlines over their columns, none left alone."""

from __future__ import annotations

import pytest

from digest.config import RenderConfig
from digest.render.pdf import print_html, set_pdf
from digest.render.present import present
from digest.render.themes import find_theme
from tests.render.pages import MM, Line, full_lines, last_lines, lines_of
from tests.render.sample import make_issue

LEADING = 16  # points
GUTTER = 9  # points that are empty between columns and nowhere else
FLUSH = 0.5
VIEW = present(make_issue())


@pytest.fixture(scope="module")
def lines() -> list[Line]:
    theme = find_theme("newspaper")
    pdf = set_pdf(print_html(VIEW, theme), VIEW, theme, RenderConfig())
    return lines_of(pdf, gutter=GUTTER)


def test_lines_of_columns_end_flush(lines: list[Line]) -> None:
    """Nine full lines of ten and more end within half a point of the edge of their column."""
    full = list(full_lines(lines, LEADING, n_columns=3))

    assert len(full) > 100
    assert sum(abs(line.right - right) <= FLUSH for line, right in full) >= 0.9 * len(full)


def test_columns_are_equally_wide(lines: list[Line]) -> None:
    """182 mm are parted in three columns of 57 mm."""
    edges = sorted({(round(line.left), round(right)) for line, right in full_lines(lines, LEADING, 3)})
    lefts = [left for left, _ in edges if left in (40, 217, 394)]

    assert sorted(set(lefts)) == [40, 217, 394]
    assert {round((right - 40) / MM) for left, right in edges if left == 40} == {57}


def test_first_headline_of_a_region_stands_over_its_columns(lines: list[Line]) -> None:
    """The lead's headline is centred over the page, with its kicker above and its text below."""
    middle = 105 * MM
    texts = [line.text for line in lines]
    kicker = lines[texts.index("把报纸读到心坎上")]
    same = [line for line in lines if line.text == "全国基层读报工作座谈会在京召开"]
    headline = same[-1]  # the first stands in the contents

    assert abs((headline.left + headline.right) / 2 - middle) < 12
    assert abs((kicker.left + kicker.right) / 2 - middle) < 12
    assert kicker.page == headline.page == 0
    assert kicker.baseline > headline.baseline


def test_no_heading_is_the_last_thing_in_a_column(lines: list[Line]) -> None:
    """Below every heading its story begins in the same column."""
    headings = {"".join(text.split()) for s in VIEW.stories for text in (s.headline, s.kicker, s.subtitle)}
    headings |= {section.title for section in VIEW.sections}

    last = last_lines(lines, columns=(40, 217, 394))
    assert len(last) > 9
    assert [line for line in last if any(line.text in heading for heading in headings)] == []


def test_pages_are_numbered_as_those_of_a_paper(lines: list[Line]) -> None:
    """第2版 stands in the head of the second page, beside the paper's name and the section."""
    head = [line.text for line in lines if line.page == 1 and line.baseline > 275 * MM]

    assert head[0] == "每日要闻"
    assert head[-1] == "第2版"
