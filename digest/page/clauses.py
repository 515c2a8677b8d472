"""Whether a text says a line as a clause of its own: kickers are often a clause of their article."""

from __future__ import annotations

import re
from functools import lru_cache

_CLAUSE_EDGE = '，。；：、！？“”《》（）,;:!?()"'


@lru_cache(maxsize=256)
def _bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def is_clause(line: str, body: str) -> bool:
    """Whether the body holds the line, of five characters or more, as a whole clause between two stops.

    What stands by itself in 《》 is no clause but the title of a work.
    """
    line, body = _bare(line), _bare(body)
    if len(line) < 5:
        return False
    at = body.find(line)
    while at >= 0:
        end = at + len(line)
        before, behind = body[at - 1 : at], body[end : end + 1]
        if before in _CLAUSE_EDGE and behind in _CLAUSE_EDGE and before + behind != "《》":
            return True
        at = body.find(line, at + 1)
    return False


def is_named(line: str, body: str) -> bool:
    """Whether the body gives a line as the title of a work: the article that it reports on."""
    return f"《{_bare(line)}》" in _bare(body)
