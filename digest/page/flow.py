"""Cuts a long unbroken block of lines, as some tools write a whole page, where something new begins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from digest.page import fields
from digest.page.broken import opens_lead
from digest.page.fields.marks import SUBTITLE
from digest.page.language import goes_on
from digest.page.lines import (
    ALIEN,
    FIRST,
    MIN_COLUMN,
    SLACK,
    STOP,
    VERY_ALIEN,
    Line,
    ends_sentence,
    is_spaced_out,
)

#: The column's width is read off this many lines before and behind.
WINDOW = 7
#: The share of those lines that may be wider: a line is wider than its column only by hanging punctuation.
WIDER = 0.2
#: The same below a headline line, where a headline's next line is as likely as a body.
UNRELATED = 0.5
#: A line no wider than this that ends a sentence is the last of a paragraph.
LEFT_OVER = 4.0
#: A line may be so much wider than its column, by punctuation that hangs.
WIDE = 1.6
_JUMP_CUT = re.compile(r"[（(][\s\u3000]*[紧緊]?下[转轉][^）)]{0,8}$")


def cut_flow(block: Sequence[Line]) -> list[list[Line]]:
    """The block in pieces: a paragraph or a part of one, a headline line, a caption, furniture. Linear.

    Cutting too much does no harm: a piece that stops in mid-sentence is joined to the next one later.
    """
    hard = [
        i == 0 or _begins(block[i].text.text, _text(block, i + 1)) or _stands_alone(block[i - 1].text.text)
        for i in range(len(block))
    ]
    columns = _columns(block, hard)
    pieces: list[list[Line]] = []
    for i, line in enumerate(block):
        around = (columns[i - 1], columns[i]) if i else (0.0, 0.0)
        if (
            i == 0
            or hard[i]
            or _parts(pieces[-1], line, *around, _next_width(block, i))
            or (len(pieces) > 1 and _ends_headline(pieces[-2], pieces[-1], line, *around))
        ):
            pieces.append([])
        pieces[-1].append(line)
    return pieces


def _text(block: Sequence[Line], i: int) -> str:
    return block[i].text.text if i < len(block) else ""


def _begins(text: str, following: str) -> bool:
    """Whether a line begins something new whatever stands before it."""
    if opens_lead(text, following) or fields.parse_byline(text) or fields.furniture_kind(text):
        return True
    if fields.opens_caption(text) or SUBTITLE.match(text):
        return True
    jump = fields.find_jump(text)
    return jump is not None and jump.direction == "from" and jump.start <= 2


def _stands_alone(text: str) -> bool:
    """Whether nothing can follow a line in its piece: furniture, a byline, the end of a caption or a jump."""
    if fields.furniture_kind(text) or fields.parse_byline(text):
        return True
    jump = fields.find_jump(text)
    if jump is not None and jump.direction == "to" and jump.end >= len(text) - 1:
        return True
    return fields.find_credit(text) is not None


def _columns(block: Sequence[Line], hard: Sequence[bool]) -> list[float]:
    """For each line the width of the column around it, not looking over a hard cut; 0 where there is none."""
    out: list[float] = []
    starts = [i for i, cut in enumerate(hard) if cut] + [len(block)]
    for start, end in pairwise(starts):
        # only lines of prose tell the column: headline lines stand together and are of any width
        widths = [line.width if _has_stop(line.text.text) else 0.0 for line in block[start:end]]
        for i in range(len(widths)):
            near = sorted(w for w in widths[max(0, i - WINDOW) : i + WINDOW + 1] if w >= MIN_COLUMN)
            out.append(near[int((len(near) - 1) * (1 - WIDER))] if len(near) >= 3 else 0.0)
    return out


def _next_width(block: Sequence[Line], i: int) -> float:
    return block[i + 1].width if i + 1 < len(block) else 0.0


def _parts(piece: Sequence[Line], line: Line, before: float, column: float, following: float) -> bool:
    """Whether `line` begins a new piece behind `piece`; `before` and `column` are the widths around them."""
    last = piece[-1]
    text = last.text.text
    if _JUMP_CUT.search(text):
        return False
    if line.width <= LEFT_OVER and ends_sentence(line.text.text) and not ends_sentence(text):
        return False
    if not before or not column:
        return ends_sentence(text) or goes_on(text, line.text.text) <= 0
    if line.indent > last.indent:
        return True
    if ends_sentence(text):
        if last.width < before - 2.0:
            return True
        if not FIRST[0] <= line.width - column <= WIDE and not ends_sentence(line.text.text):
            return True  # a line that neither fills its column nor ends a sentence is a headline line
        first_line = _set_as_first(line, column) and not ends_sentence(line.text.text)
        return first_line and following >= column - SLACK + 1
    if line.width > column + WIDE or line.width > last.width + SLACK + 2:
        return last.width < before - SLACK or line.width > column + SLACK
    seam = goes_on(text, line.text.text)
    if is_spaced_out(text):  # as wide as its column, whatever its characters add up to
        return seam < ALIEN or not _has_stop(text + line.text.text)
    plain = not _has_stop(text) or not _has_stop(line.text.text)
    if last.width >= before - SLACK:
        indented = abs(last.width - before + 2) <= 1.1 and line.width >= column - 2
        return len(piece) == 1 and plain and seam < (VERY_ALIEN if indented else ALIEN)
    first_of_paragraph = len(piece) == 1 and last.width >= before - SLACK - 1.6
    return not (first_of_paragraph and seam > -1.0 and _has_stop(text + line.text.text))


def _ends_headline(
    above: Sequence[Line], piece: Sequence[Line], line: Line, before: float, column: float
) -> bool:
    """Whether a wide line below a headline line is the headline's next, and a body begins behind it."""
    head, last = above[-1].text.text, piece[-1].text.text
    if len(above) > 1 or len(piece) > 1 or not before or not column:
        return False
    if _has_stop(head) or above[-1].width >= before - SLACK or _has_stop(last) or ends_sentence(last):
        return False
    first_line = _set_as_first(line, column)
    return goes_on(last, line.text.text) < (UNRELATED if first_line else ALIEN / 2)


def _set_as_first(line: Line, column: float) -> bool:
    return FIRST[0] <= line.width - column <= FIRST[1]


def _has_stop(text: str) -> bool:
    return STOP.search(text) is not None
