"""Who asks: what the reader of the page found, or the labels of a transcript in plain text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from digest.model import Paragraph

FEWEST_TURNS = 3  # so many turns make a transcript, if one of them at least is a question's
LONGEST_LABEL = 32  # characters, with the colon
_TURN = re.compile(
    r"[ ]{0,4}(?:(?P<asker>[\u3400-\u9fff·A-Za-z0-9]{0,16}?(?:记者|主持人|提问|问))"
    r"|(?P<name>[\u3400-\u9fff·]{2,4}))[ ]{0,2}："
)


def asking(paragraphs: Sequence[Paragraph], lines: Sequence[str]) -> list[bool]:
    """For every paragraph whether it is asked. `lines` are the folded texts of the paragraphs."""
    if any(paragraph.speaker for paragraph in paragraphs):
        return [_asks(paragraph.speaker) or _asks(paragraph.role) for paragraph in paragraphs]
    turns = [_TURN.match(line) if "：" in line[:LONGEST_LABEL] else None for line in lines]
    n_askers = sum(turn is not None and turn["asker"] is not None for turn in turns)
    if n_askers == 0 or sum(turn is not None for turn in turns) < FEWEST_TURNS:
        return [False] * len(lines)
    found: list[bool] = []
    asks = False
    for turn in turns:
        if turn is not None:
            asks = turn["asker"] is not None
        found.append(asks)
    return found


def _asks(speaker: str) -> bool:
    return any(word in speaker for word in ("记者", "記者", "主持", "提问", "提問"))
