"""Bylines that a narrow column breaks over two lines, put together before anything else is read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from digest.page.fields import joins_byline, parse_byline
from digest.page.geometry import Line, hull

#: What is left of a byline for its next line: names, nothing else.
_NAMES = re.compile(r"[\u3400-\u9fff·]{1,4}(?:[、，,\s\u3000]+[\u3400-\u9fff·]{1,4})*")
_MOST_LINES = 3
#: A page with more bylines is a list of names.
_MOST_BYLINES = 200


def whole_bylines(lines: Sequence[Line]) -> list[Line]:
    """The lines of a page with each byline in one line: `□本报记者 张三 李` and `小四` under it are one."""
    rest = list(lines)
    bylines = [line for line in lines if not line.vertical and parse_byline(line.text)]
    for first in bylines[:_MOST_BYLINES]:
        whole = first
        for _ in range(_MOST_LINES - 1):
            below = _line_below(whole, rest)
            text = joins_byline(whole.text, below.text) if below else None
            if below is None or text is None:
                break
            rest.remove(below)
            rest.remove(whole)
            whole = replace(whole, text=text, box=hull([whole.box, below.box]))
            rest.append(whole)
    return rest


def _line_below(line: Line, lines: Sequence[Line]) -> Line | None:
    """The line right under `line`, in its column and its type, if it holds nothing but names."""
    found = [
        other
        for other in lines
        if 0.8 * line.size < other.box.bottom - line.box.bottom < 2.0 * line.size
        and other.face == line.face
        and abs(other.size - line.size) < 0.04 * line.size
        and -3.0 * line.size < other.box.left - line.box.left < 0.5 * line.size
        and other.box.right < line.box.right + line.size
        and _NAMES.fullmatch(other.text.strip())
    ]
    return min(found, key=lambda other: other.box.bottom, default=None)
