"""Characters with places become lines, in whatever order the file draws them."""

from __future__ import annotations

import random

from digest.page.geometry import Box, Glyph
from digest.page.geometry_lines import body_size_of, find_lines

SIZE = 10.0


def _row(
    text: str, x: float, y: float, size: float = SIZE, step: float = 1.0, face: str = "body"
) -> list[Glyph]:
    """The characters of one line, set with their left ends `step` sizes apart."""
    return [
        Glyph(char, Box(x + at * step * size, y - size, x + (at * step + 1) * size, y), size, y, face)
        for at, char in enumerate(text)
    ]


def _columns() -> list[list[Glyph]]:
    """Two columns of ten rows with a gutter of 0.9 sizes."""
    left = [_row("青石港务所清点渠道", 40, 100 + 15 * at) for at in range(10)]
    right = [_row("村民说用着顺手得很", 139, 100 + 15 * at) for at in range(10)]
    return [row for pair in zip(left, right, strict=True) for row in pair]


def _texts(glyphs: list[Glyph]) -> list[str]:
    lines = find_lines(glyphs, [], body_size_of(glyphs))
    return [line.text for line in sorted(lines, key=lambda line: (line.box.left, line.box.top))]


def test_row_by_row_drawing_is_cut_at_the_gutter() -> None:
    """A page drawn straight across its columns gives the lines of each column."""
    glyphs = [glyph for row in _columns() for glyph in row]

    assert _texts(glyphs) == ["青石港务所清点渠道"] * 10 + ["村民说用着顺手得很"] * 10


def test_drawing_order_of_lines_is_free() -> None:
    """Lines drawn in random order are the same lines."""
    rows = _columns()
    random.Random(7).shuffle(rows)

    assert (
        _texts([g for row in rows for g in row]) == ["青石港务所清点渠道"] * 10 + ["村民说用着顺手得很"] * 10
    )


def test_letter_spaced_headline_is_one_line() -> None:
    """A headline whose characters stand apart is one line without spaces."""
    body = [glyph for row in _columns() for glyph in row]

    assert "旧船坞开门" in _texts(body + _row("旧船坞开门", 40, 60, 24, 1.6, "head"))


def test_upright_headlines_side_by_side() -> None:
    """Two upright lines next to each other are read down, not across."""
    body = [glyph for row in _columns() for glyph in row]
    first, second = "三家分摊修渠费用", "雨季不再误工"
    size = 22.0
    head = [g for at, char in enumerate(first) for g in _row(char, 330, 60 + 1.1 * size * at, size)]
    head += [g for at, char in enumerate(second) for g in _row(char, 302, 60 + 1.1 * size * at, size)]
    lines = find_lines(body + head, [], SIZE)

    assert {first, second} == {line.text for line in lines if line.vertical}


def test_upright_rule_parts_what_touches() -> None:
    """Characters on both sides of a rule never share a line."""
    glyphs = _row("左边一列", 40, 100) + _row("右边一列", 82, 100)
    lines = find_lines(glyphs, [Box(80.5, 50, 81.2, 200)], SIZE)

    assert {"左边一列", "右边一列"} == {line.text for line in lines}


def test_latin_words_keep_their_spaces() -> None:
    """A gap between Latin letters is a space, a stretched Chinese line has none."""
    glyphs = [
        Glyph(char, Box(x, 90, x + 5, 100), SIZE, 100.0)
        for x, char in [(40, "G"), (45, "o"), (53, "o"), (58, "n")]
    ]

    assert _texts(glyphs) == ["Go on"]
    assert _texts(_row("渠道清点完毕", 40, 100, SIZE, 1.35)) == ["渠道清点完毕"]


def test_nothing_gives_nothing() -> None:
    """No characters, no lines."""
    assert find_lines([], [], 0.0) == []
    assert find_lines(_row("   ", 0, 10), [], SIZE) == []
