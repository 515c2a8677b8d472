"""The one place where characters that have no business in a text are taken out of it.

Nothing downstream meets a NUL, a control character, a lone surrogate, a bidirectional override, a
zero-width character, or a line end other than a line feed.
"""

from __future__ import annotations

import re

from digest.text.tracked import Tracked, concat, inserted

_ZERO_WIDTH = "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200d\u2060-\u2064\u3164\ufeff\uffa0"
_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_CONTROL = "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"
_SURROGATE = "\ud800-\udfff"
# noncharacters, interlinear annotation, deprecated format characters, tags
_NO_CHARACTER = "\u206a-\u206f\ufdd0-\ufdef\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f"
_LINE_END = "\r\x0b\x0c\x85\u2028\u2029"

_DROP = f"[{_ZERO_WIDTH}{_BIDI}{_CONTROL}{_SURROGATE}{_NO_CHARACTER}]+"
_UNCLEAN = re.compile(f"\r\n|[{_LINE_END}]|{_DROP}")
_ENDS = frozenset(_LINE_END)
_IN_LINE = re.compile(r"\s+")
_HARMFUL = re.compile(f"[{_BIDI}{_CONTROL}\x85\u2028\u2029{_NO_CHARACTER}]")
_LONE = re.compile(f"[{_SURROGATE}]")


def clean(text: Tracked) -> Tracked:
    """`text` without them; every kind of line end becomes one line feed. Linear in the length."""
    if _UNCLEAN.search(text.text) is None:
        return text
    parts: list[Tracked] = []
    here = 0
    for found in _UNCLEAN.finditer(text.text):
        parts.append(text.slice(here, found.start()))
        here = found.end()
        if found[0] == "\r\n":
            parts.append(text.slice(here - 1, here))
        elif found[0] in _ENDS:
            parts.append(inserted("\n"))
    parts.append(text.slice(here))
    return concat(parts)


def clean_text(text: str) -> str:
    """The same for text without a provenance: names, titles, markup before it is parsed."""
    return _UNCLEAN.sub(lambda found: "\n" if found[0] == "\r\n" or found[0] in _ENDS else "", text)


def clean_line(text: str) -> str:
    """`text` on one line: cleaned, every stretch of white space one space, none at the ends."""
    return _IN_LINE.sub(" ", clean_text(text)).strip()


def clean_in_place(text: str) -> str:
    """`text` in which every harmful character became a space and every lone surrogate U+FFFD.

    The length stays, so offsets into the result hold in `text`: for rows, whose offsets are a contract.
    """
    return _LONE.sub("\ufffd", _HARMFUL.sub(" ", text))
