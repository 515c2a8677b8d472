"""Datelines in running text: 新华社长沙3月20日电, 中新网太原3月20日电, 鲁网聊城5月26日讯."""

from __future__ import annotations

import re
from typing import NamedTuple

# Found by its date, then read backwards over at most as many characters.
_DATE = re.compile(r"(?:\d{1,2}\s?月\s?)?\d{1,2}\s?日(?:专?电|讯|消息)")
_HEAD = re.compile(r"(?:据)?[\u4e00-\u9fff]{1,6}[社网报台](?P<place>[\u4e00-\u9fff/]{2,10})\s{0,2}\Z")
_HEAD_CHARS = 24
_STOPS = "，。；：\n（）) \u3000"


class Dateline(NamedTuple):
    """Where a dateline stands in the text, who signs it, and the place in it."""

    start: int
    end: int
    agency: str
    place: str


def datelines(text: str) -> list[Dateline]:
    """The datelines of a text, in order."""
    found = []
    for date in _DATE.finditer(text):
        start = max(date.start() - _HEAD_CHARS, 0)
        head = text[start : date.start()]
        begin = max(head.rfind(mark) for mark in _STOPS) + 1
        name = _HEAD.match(head, begin)
        if name:
            place, agency = name.group("place"), head[begin : name.start("place")]
            found.append(Dateline(start + begin, date.end(), agency.removeprefix("据"), place))
    return found
