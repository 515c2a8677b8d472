"""Mends what a page in disorder does to fragments: datelines cut by a blank line, or set behind a title."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from digest.page import fields, lines
from digest.page.labelled import BODY, HEAD, Labelled
from digest.page.lines import Line, join_fragments, of_lines

#: What can stand at the end of a block of a dateline that goes on: 新华社石家庄4月, 本报讯（记者.
_LEAD_CUT = re.compile(
    r"(?:据)?(?:新[华華]社|中新[社网網]|本[报報])[\u4e00-\u9fff]{0,8}\s?(?:\d{1,2}\s?月?\s?){0,2}日?"
    r"(?:[电電讯訊]\s?)?(?:[（(][^（）()。，]{0,24})?"
)
#: No headline line is longer than this many characters where it stands among body fragments.
LONGEST = 22
_STOP = re.compile("[。，,；;、：:]")


def rejoin(items: Sequence[Labelled]) -> list[Labelled]:
    """The items with datelines whole and at the beginning of their fragment. Linear in the text."""
    return _headlines(_joined(_split(items)))


def _split(items: Sequence[Labelled]) -> list[Labelled]:
    """A dateline inside a fragment begins a fragment; what stands above it without a stop is a headline."""
    out: list[Labelled] = []
    for item in items:
        lines = item.fragment.lines
        at = _lead_inside(lines) if item.kind == BODY and item.lead is None else 0
        if not at:
            out.append(item)
            continue
        kind = item.kind if _STOP.search("".join(line.text.text for line in lines[:at])) else HEAD
        for n, line in enumerate(lines[:at]):
            fragment = of_lines(item.fragment, [line])
            out.append(replace(item, fragment=fragment if n == 0 else replace(fragment, blanks=0), kind=kind))
        rest = replace(of_lines(item.fragment, lines[at:]), blanks=0)
        out.append(replace(item, fragment=rest, lead=fields.parse_lead(rest.plain)))
    return out


def _lead_inside(lines: Sequence[Line]) -> int:
    """The line, behind the first and among the first six, at which a dateline begins; 0 where none does."""
    for at in range(1, min(6, len(lines))):
        text = "".join(line.text.text for line in lines[at : at + 3])
        if fields.parse_lead(text) and not lines[at - 1].text.text.endswith(("，", "、", "“")):
            return at
    return 0


def _joined(items: Iterable[Labelled]) -> list[Labelled]:
    """A dateline that a blank line cuts is joined to what follows, over two cuts at most."""
    out: list[Labelled] = []
    for item in items:
        before = out[-1] if out else None
        if (
            before is not None
            and before.kind in (BODY, HEAD)
            and item.kind in (BODY, HEAD)
            and item.lead is None
            and (_LEAD_CUT.fullmatch(before.plain) or _only_lead(before))
        ):
            fragment = join_fragments(before.fragment, item.fragment)
            lead = fields.parse_lead(fragment.plain)
            if lead is not None or _LEAD_CUT.fullmatch(fragment.plain):
                out[-1] = replace(before, fragment=fragment, kind=BODY, lead=lead)
                continue
        if before is not None and before.kind == HEAD and _runs_into(before, item):
            fragment = join_fragments(before.fragment, item.fragment)
            out[-1] = replace(item, fragment=fragment)
            continue
        out.append(item)
    return out


def _only_lead(item: Labelled) -> bool:
    return item.lead is not None and item.lead.end == len(item.plain)


def _runs_into(before: Labelled, item: Labelled) -> bool:
    """Whether a text begins with a mark that no text begins with, right below a line."""
    return (
        item.kind == BODY and item.lead is None and item.plain[0] in "（，、；：）" and adjoins(before, item)
    )


def _headlines(items: Sequence[Labelled]) -> list[Labelled]:
    """A short line without a stop, right above headline lines, was body only because a sentence waited."""
    out = list(items)
    for i in range(len(items) - 2, -1, -1):
        item, after = out[i], out[i + 1]
        if (
            item.kind == BODY
            and item.lead is None
            and len(item.fragment.lines) == 1
            and len(item.plain) <= LONGEST
            and item.fragment.open
            and not _STOP.search(item.plain)
            and after.kind == HEAD
            and adjoins(item, after)
        ):
            out[i] = replace(item, kind=HEAD, reason="正文未完处的标题行")
    return out


def adjoins(before: Labelled, after: Labelled) -> bool:
    """Whether no blank line stands between two items in the file."""
    return lines.adjoins(before.fragment, after.fragment)
