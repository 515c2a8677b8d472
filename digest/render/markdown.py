"""Words of a source inside Markdown, where they must stay words."""

from __future__ import annotations

import re

# What CommonMark and the chats that take it read as markup anywhere in a line, and what only at its start.
_ANYWHERE = re.compile(r"([\\`*_\[\]<>&~|])")
_AT_START = re.compile(r"^(\s*)([#+-]|\d+(?=[.)]))", re.M)


def escaped(text: str) -> str:
    """`text` so that a Markdown reader shows exactly it."""
    text = _ANYWHERE.sub(r"\\\1", text)
    return _AT_START.sub(_escape_start, text)


def _escape_start(match: re.Match[str]) -> str:
    space, mark = match[1], match[2]
    return f"{space}\\{mark}" if not mark.isdigit() else f"{space}{mark}\\"
