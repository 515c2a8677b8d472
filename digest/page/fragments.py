"""Lines become fragments: a paragraph or a part of one, a headline line, a caption, furniture.

A fragment is what stands between two blank lines, cut again where a line is indented or where a paragraph
visibly ends. Nothing is decided yet about what it means.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from digest.page.broken import opens_lead
from digest.page.fields import furniture_kind, parse_byline, parse_lead
from digest.page.flow import cut_flow
from digest.page.language import goes_on
from digest.page.lines import (
    ALIEN,
    FIRST,
    FIRST_LINE_SLACK,
    MIN_COLUMN,
    SLACK,
    STOP,
    VERY_ALIEN,
    Fragment,
    Line,
    ends_sentence,
    fragment_of,
)


def to_fragments(lines: Sequence[Line]) -> list[Fragment]:
    """The page's fragments in the order of the page."""
    fragments: list[Fragment] = []
    for block in _blocks(lines):
        for part in _without_furniture(block):
            fragments.extend(_cut_block(part))
    return fragments


#: What a tool may write between two lines of a column, as it stands at the same height.
_SET_IN = frozenset({"footer", "staff", "ad"})


def _without_furniture(block: list[Line]) -> Iterable[list[Line]]:
    """The block cut around lines that belong to the page."""
    start = 0
    for n, line in enumerate(block):
        if len(block) > 1 and len(line.text) < 60 and furniture_kind(line.text.text) in _SET_IN:
            if n > start:
                yield block[start:n]
            yield block[n : n + 1]
            start = n + 1
    if start < len(block):
        yield block[start:]


#: A block of so many lines is looked at for parts that no blank line separates.
UNBROKEN = 4
#: A block of so many lines shows that the page has no blank lines where it should.
WITHOUT_BLANKS = 12


def _even(block: list[Line], measure: float) -> bool:
    """Whether all lines but the last fill the column, as in one paragraph."""
    return all(
        line.width >= measure - (FIRST_LINE_SLACK if n == 0 else SLACK) or ends_sentence(line.text.text)
        for n, line in enumerate(block[:-1])
    )


def _cut_unbroken(block: list[Line]) -> Iterable[Fragment]:
    for n, piece in enumerate(cut_flow(block)):
        own = _measure(piece) if len(piece) > 1 else None
        if own is None and len(piece) > 1:
            own = max(line.width for line in piece)
        fragment = fragment_of(piece, own or piece[0].width, wrapped=own is not None)
        apart = n and len(block) >= WITHOUT_BLANKS
        yield replace(fragment, blanks=max(1, fragment.blanks)) if apart else fragment


def _blocks(lines: Sequence[Line]) -> Iterable[list[Line]]:
    """Lines with no blank line between them; a column whose every line stands alone is one block too."""
    blocks: list[list[Line]] = []
    for line in lines:
        if not blocks or line.blanks:
            blocks.append([])
        blocks[-1].append(line)
    i = 0
    while i < len(blocks):
        n, is_column = _spread_column(blocks, i)
        if is_column and _is_above_spread([block[0] for block in blocks[i : i + n]]):
            yield blocks[i]
            n = 1
        elif is_column:
            yield [line for block in blocks[i : i + n] for line in block]
        else:
            yield from blocks[i : i + n]
        i += n


#: So many lines of like width, each between blank lines, are a column that was taken apart.
SPREAD = 4
#: No column of a newspaper has more lines; a longer run is looked at in parts of this length.
LONGEST_COLUMN = 200


def _spread_column(blocks: list[list[Line]], i: int) -> tuple[int, bool]:
    """How many blocks from `i` on are single lines of like width, and whether they are one column."""
    first = blocks[i][0]
    if len(blocks[i]) > 1 or first.width > 30 or " " in first.text.text.strip():
        return 1, False
    n, widest, narrowest = 1, first.width, first.width
    while (
        n < LONGEST_COLUMN
        and i + n < len(blocks)
        and len(blocks[i + n]) == 1
        and blocks[i + n][0].blanks == 1
    ):
        line = blocks[i + n][0]
        before = blocks[i + n - 1][0].text.text
        if ends_sentence(before) and blocks[i + n - 1][0].width < widest - SLACK:
            break
        if line.width > widest + SLACK or parse_lead(line.text.text) or parse_byline(line.text.text):
            break
        n += 1
        if line.width < widest - SLACK:
            break  # the last line of the paragraph
        widest, narrowest = max(widest, line.width), min(narrowest, line.width)
    texts = [blocks[k][0].text.text for k in range(i, i + n)]
    if n < SPREAD or sum(bool(STOP.search(text)) for text in texts) < n / 4:
        return n, False
    return n, True


def _is_above_spread(lines: Sequence[Line]) -> bool:
    """Whether the first of a column's lines is of a headline: the paragraph begins with the second."""
    if parse_lead(lines[0].text.text) or parse_byline(lines[0].text.text):
        return False
    return _is_alien(lines[0], lines[1], max(line.width for line in lines))


_BULLET = re.compile(r"[-－·•●◆★*][\s\u3000]*[^\s\u3000-]")


def _cut_block(block: list[Line]) -> Iterable[Fragment]:
    above = _headline_above(block)
    for line in block[:above]:
        yield fragment_of([line], line.width, wrapped=False)
    block = block[above:]
    measure = _measure(block)
    if len(block) >= UNBROKEN and (measure is None or not _even(block, measure)):
        yield from _cut_unbroken(block)
        return
    pieces: list[list[Line]] = []
    for n, line in enumerate(block):
        following = block[n + 1].text.text if n + 1 < len(block) else ""
        if not pieces or _starts_paragraph(pieces[-1], line, measure, following):
            pieces.append([])
        pieces[-1].append(line)
    for piece in pieces:
        own = _measure(piece) if len(piece) > 1 else None
        if own is None and len(piece) > 1:  # every line is its own paragraph or headline line
            for line in piece:
                yield fragment_of([line], line.width, wrapped=False)
        else:
            yield fragment_of(piece, own or measure or piece[0].width, wrapped=own is not None)


#: A line so much short of a justified column is its paragraph's first or last, or none of it.
SHORT = 1.4
#: No headline has more lines, and a column that tells has so many.
HEADLINE_LINES, TELLING = 4, 6


def _headline_above(block: Sequence[Line]) -> int:
    """How many lines at the top of a justified column are headline lines set with it.

    In a paragraph the second line fills the column. Two short lines at the top, before a stop, are no
    paragraph's; where the body begins among them is where two of them go together least.
    """
    if len(block) < TELLING:
        return 0
    column = sorted(line.width for line in block)[len(block) * 3 // 5]
    body = block[HEADLINE_LINES:]
    full = sum(line.width >= column - SHORT for line in body)
    if column < MIN_COLUMN or full < 0.7 * len(body):
        return 0
    n = 0
    while n < HEADLINE_LINES and block[n].width < column - SHORT and not STOP.search(block[n].text.text):
        n += 1
    if parse_lead(block[0].text.text) or parse_byline(block[0].text.text):
        return 0
    if not n:
        return int(_is_alien(block[0], block[1], column))
    if n == 1 and block[1].width >= column - SHORT:
        return int(_is_alien(block[0], block[1], column))
    return min(range(1, n + 1), key=lambda k: goes_on(block[k - 1].text.text, block[k].text.text))


#: A line above one that is set as a paragraph's first is of a headline below this.
ABOVE_FIRST = 0.0


def _is_alien(line: Line, following: Line, column: float) -> bool:
    """Whether a line above a column is set as none of its lines is, or is, and does not read on in the next.

    A paragraph's first line, two characters short, may read on badly over a name.
    """
    if STOP.search(line.text.text):
        return False
    first_line = FIRST[0] <= line.width - column <= FIRST[1]
    limit = VERY_ALIEN if first_line else ALIEN
    if not first_line and FIRST[0] <= following.width - column <= FIRST[1]:
        limit = ABOVE_FIRST  # the paragraph begins below
    return goes_on(line.text.text, following.text.text) < limit


def _measure(block: list[Line]) -> float | None:
    """The column width of a block whose lines are wrapped; None where each line stands for itself."""
    if len(block) < 2:
        return None
    measure = max(line.width for line in block)
    if measure < MIN_COLUMN or not any(STOP.search(line.text.text) for line in block):
        return None
    if len(block) <= 3 and not re.search("[。，,；;]", "".join(line.text.text for line in block)):
        return None  # two or three lines without any stop: headline lines
    cut = [(i, line) for i, line in enumerate(block[:-1]) if not ends_sentence(line.text.text)]
    if not cut:
        return None if measure > 60 else measure
    wraps = sum(
        line.width >= measure - (FIRST_LINE_SLACK if i == 0 or line.indent else SLACK) for i, line in cut
    )
    return measure if wraps >= 0.6 * len(cut) else None


def _set_as_first(line: Line, measure: float) -> bool:
    """Whether a line without indent is two characters short, as a first line that lost its indent."""
    short = measure - 2.6 <= line.width <= measure - 1.4
    return short and line.indent == 0 and not ends_sentence(line.text.text)


def _starts_paragraph(piece: list[Line], line: Line, measure: float | None, following: str) -> bool:
    last = piece[-1]
    if _BULLET.match(line.text.text) and _BULLET.match(piece[0].text.text):
        return True
    if line.indent > last.indent or (line.indent >= 2 and len(piece) > 1):
        return True
    text = last.text.text
    ended = ends_sentence(text)
    if len(piece) == 1 and parse_byline(text):
        return True
    if measure is None:
        return False
    if ended and last.width < measure - SLACK + 1 and line.indent == 0 and last.indent == 0:
        return True
    if ended and len(piece) > 1 and _set_as_first(line, measure):
        return True
    if opens_lead(line.text.text, following) or parse_byline(line.text.text):
        return last.width < measure - 1 or not STOP.search(text)
    # a headline line above a body set in the same block
    return len(piece) == 1 and last.width < measure - FIRST_LINE_SLACK and not STOP.search(text)
