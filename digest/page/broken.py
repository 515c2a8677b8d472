"""Datelines and bylines that a narrow column broke over lines or stretched, mended line by line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from digest.page.fields import joins_byline, parse_byline, parse_lead
from digest.text.tracked import Tracked, concat, inserted

_DATELINE = re.compile(r"据?(?:新[华華]社|中新[社网網]|本[报報])")
_BRACKET_OPENS = re.compile(
    r"(?:\d{0,2}月?\d{0,2}日?[电電讯訊])?[（(](?:[\u4e00-\u9fff]{0,5}[记記]者|通[讯訊])|\d{0,2}日?[电電][（(]"
)
#: A space with a lone character on either side.
_STRETCHED_GAP = re.compile(
    r"(?<![^ \u3000][^ \u3000])[ \u3000]+(?=\S)|(?<=\S)[ \u3000]+(?=\S(?:[ \u3000]|$))"
)
#: A dateline may be cut by the line end: 新华社石家庄4 / 月28日电.
_DATELINE_CUT = re.compile(
    r"据?(?:新[华華]社|本[报報])[\u4e00-\u9fff]{0,8}[\s\u3000]?\d{0,2}[\s\u3000]?月?[\s\u3000]?\d{0,2}日?$"
)
#: What a narrow column leaves of a byline for its next line: names, nothing else.
_NAMES = re.compile(r"[\u3400-\u9fff·]{1,4}(?:[、，,\s\u3000]+[\u3400-\u9fff·]{1,4}){0,5}")
_STOP = re.compile("[。，,；;、：:！？!?]")
_LEAD_INSIDE = re.compile(
    r"[ \u3000]+(?=(?:本[报報](?:[\u4e00-\u9fff]{0,6}\d{1,2}月\d{1,2}日)?[讯訊电電]"
    r"|新[华華]社[\u4e00-\u9fff]{2,10}\d{1,2}月\d{1,2}日[电電])[ （(\u3000])"
)


def mended(rows: Sequence[Tracked]) -> Iterator[tuple[int, Tracked]]:
    """The rows of a page, each with the number of the line that it begins as; cost linear.

    Stretched datelines (新 华 社 长 沙 3 月 20 日 电) are closed up, a byline's second line is joined to it
    (`□本报记者 张三 李`, `小四`), and a dateline that a tool wrote behind a headline stands by itself.
    """
    return _split_leads(_whole_bylines(_closed_datelines(rows)))


def opens_lead(text: str, following: str) -> bool:
    """Whether a line opens with a dateline, which may go on in the `following` line."""
    if parse_lead(text):
        return True
    return _DATELINE_CUT.match(text) is not None and parse_lead(text + following) is not None


def is_stretched(text: str) -> bool:
    """Whether a line is set with spaces between most of its characters, numbers whole."""
    tokens = text.split()
    return len(tokens) >= 5 and sum(len(token) == 1 for token in tokens) >= 0.6 * len(tokens)


def _closed_datelines(rows: Iterable[Tracked]) -> Iterator[Tracked]:
    inside = False
    for row in rows:
        if len(row) > 60 or not (is_stretched(row.text) or inside):
            inside = _DATELINE.match(row.text.strip()) is not None
            yield row
            continue
        closed = row.without(match.span() for match in _STRETCHED_GAP.finditer(row.text))
        found = (_BRACKET_OPENS if inside else _DATELINE).match(closed.text.strip())
        inside = found is not None and not inside
        yield closed if found or parse_byline(closed.text) else row


def _whole_bylines(rows: Iterable[Tracked]) -> Iterator[tuple[int, Tracked]]:
    """The rows with their numbers; a byline of two lines is one row, which has the number of its last."""
    waiting: tuple[int, Tracked] | None = None
    for number, row in enumerate(rows):
        if waiting is not None:
            joined = _joined(waiting[1], row)
            if joined is not None:
                waiting = number, joined
                continue
            yield waiting
            waiting = None
        if len(row) < 40 and parse_byline(row.text):
            waiting = number, row
        else:
            yield number, row
    if waiting is not None:
        yield waiting


def _joined(byline: Tracked, row: Tracked) -> Tracked | None:
    names = row.strip()
    if not _NAMES.fullmatch(names.text):
        return None
    above = byline.strip()
    joined = joins_byline(above.text, names.text)
    if joined is None:
        return None
    apart = joined[len(above) :].startswith(" ")
    return concat([above, inserted(" "), names] if apart else [above, names])


def _split_leads(rows: Iterable[tuple[int, Tracked]]) -> Iterator[tuple[int, Tracked]]:
    """A headline line and the dateline that a tool wrote behind it, as two rows, numbered anew."""
    extra = 0
    for number, row in rows:
        inside = _LEAD_INSIDE.search(row.text) if len(row) < 80 else None
        if inside and inside.start() > 3 and not _STOP.search(row.text[: inside.start()]):
            yield number + extra, row.slice(0, inside.start())
            extra += 1
            yield number + extra, row.slice(inside.end())
        else:
            yield number + extra, row
