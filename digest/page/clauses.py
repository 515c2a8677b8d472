"""Whether a text says a line as a clause of its own: kickers are often a clause of their article."""

from __future__ import annotations

import re
from functools import lru_cache

_CLAUSE_EDGE = "，。；：、！？“”《》,;:!?"


@lru_cache(maxsize=256)
def _bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def is_clause(line: str, body: str) -> bool:
    """Whether the body holds the line, of five characters or more, as a whole clause between two stops."""
    line, body = _bare(line), _bare(body)
    if len(line) < 5:
        return False
    at = body.find(line)
    while at >= 0:
        end = at + len(line)
        if (at == 0 or body[at - 1] in _CLAUSE_EDGE) and (end == len(body) or body[end] in _CLAUSE_EDGE):
            return True
        at = body.find(line, at + 1)
    return False
