"""Bylines in a line of their own or in brackets at the end of a body."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from digest.page.fields.marks import CACHED, CLOSE, MARK, NAME_CHAR, OPEN
from digest.page.fields.names import NAME_SEPARATOR, ROLE, is_name, named_authors, split_names
from digest.text.frequencies import frequencies


class Byline(NamedTuple):
    authors: tuple[str, ...]
    agency: str


class TailByline(NamedTuple):
    """``text[start:]`` is a byline in brackets at the end of a body."""

    start: int
    authors: tuple[str, ...]
    agency: str = ""  # that the text was taken from


_BYLINE_MARK = re.compile(rf"^[\s\u3000]*(?:[{MARK}—-]{{1,2}}[\s\u3000]*)?")
_BYLINE_TAIL = re.compile(
    r"(?:[/／\s\u3000]*(?:文[/／]?[图圖]|[摄攝]影?[报報][道導]|[报報][道導]|采写|整理|编译))?[\s\u3000]*$"
)


#: `作者：张三 李四`, as typed texts and sites have it.
_LABELLED = re.compile(
    rf"\s{{0,4}}{OPEN}?(?:作者|[撰文]文?|撰稿|文字)\s?[:：/／]\s?(?P<names>[{NAME_CHAR}、，\s]{{2,40}}?)\s?{CLOSE}?\s{{0,4}}"
)

#: `□ 张三 李四`: names behind a mark, without a role, as comments have them.
_MARKED = re.compile(
    rf"\s{{0,4}}[{MARK}]\s{{0,2}}(?P<names>[{NAME_CHAR}]{{2,4}}(?:[、\s]{{1,3}}[{NAME_CHAR}]{{2,4}}){{0,3}})\s{{0,4}}"
)
#: Every role has one of these characters; most lines have none.
_ROLE_SIGNS = re.compile("[记記员員摄攝撰习習图圖]")


@lru_cache(maxsize=CACHED)
def parse_byline(line: str) -> Byline | None:
    """The byline that a whole line is: `■ 本报记者 张三 李四`, `□绵州日报社融媒体记者李四`.

    None for anything else, also for a transcript's turn (`某网记者：`).
    """
    if len(line) > 80:
        return None
    if (labelled := _LABELLED.fullmatch(line)) and all(map(is_name, names := split_names(labelled["names"]))):
        return Byline(names, "")
    if (marked := _MARKED.fullmatch(line)) and _are_surely_names(names := split_names(marked["names"])):
        return Byline(names, "")
    if not _ROLE_SIGNS.search(line):
        return None
    if line.rstrip().endswith(("：", ":", "。", "？", "！")):
        return None
    mark = _BYLINE_MARK.match(line)
    assert mark is not None
    inside = line[mark.end() :].strip("（）() \u3000")
    if re.search(r"[）)][\s\u3000]*[\u3400-\u9fff]", inside):
        return None  # the body goes on behind the brackets
    tail = _BYLINE_TAIL.search(inside)
    if tail:
        inside = inside[: tail.start()]
    if re.search(r"[摄攝]", inside[-2:]):
        return None  # a photographer's credit
    first = ROLE.match(inside)
    if not first:
        return None
    names = named_authors(inside) or ()
    rest = ROLE.sub("", inside)
    rest = NAME_SEPARATOR.sub("", rest)
    if len(rest) - sum(map(len, names)) > 1 or any(len(name) > 4 and "·" not in name for name in names):
        return None  # more than names: a sentence that opens with 记者
    if not names and not re.search("[评評][论論][员員]", inside):
        return None
    agency = "新华社" if re.match("新[华華]社", inside) else "本报"
    return Byline(names, agency)


def _are_surely_names(names: Sequence[str]) -> bool:
    """Whether what stands behind a mark are names, and not the label of a column as 权威发布, 时政."""
    known = frequencies().weight
    surely = all(len(name) <= 3 and is_name(name) and name not in known for name in names)
    return surely and len("".join(names)) >= 3


def joins_byline(line: str, names: str) -> str | None:
    """The byline that `line` and the `names` on the line under it are together; None where they are none.

    A name may be cut in two by the line end: `□本报记者 张三 李` and `小四`.
    """
    last, first = NAME_SEPARATOR.split(line.strip())[-1], NAME_SEPARATOR.split(names.strip())[0]
    apart = is_name(last) and is_name(first) and len(last + first) > 3
    whole = line.rstrip() + (" " if apart else "") + names.strip()
    return whole if parse_byline(whole) else None


_TAIL_BYLINE = re.compile(rf"{OPEN}(?P<inside>[^（）()。]{{2,60}}){CLOSE}[\s\u3000。]*$")


#: Where a text was taken from: 据新华社, 据新华社北京3月15日电, 综合新华社报道.
_TAIL_SOURCE = re.compile(
    r"(?:[据據]|[综綜]合|[转轉]自)?(?P<agency>新[华華]社|中新社|人民日[报報])[^，。；：]{0,16}?(?:[电電]|[报報][道導]|消息)?"
)


_SIMPLIFIED = str.maketrans("華報", "华报")


@lru_cache(maxsize=CACHED)
def parse_tail_byline(text: str) -> TailByline | None:
    """The byline in brackets that ends a body: `（记者 张三）`, `（张三 李四）`.

    Names without a role are believed only if each has two to four characters and opens with a surname.
    """
    match = _TAIL_BYLINE.search(text, max(0, len(text) - 80))
    if not match:
        return None
    inside = match["inside"]
    if re.search(r"[摄攝图圖]", inside):
        return None
    authors = named_authors(inside)
    if authors:
        return TailByline(match.start(), authors)
    source = _TAIL_SOURCE.fullmatch(inside)
    if source and (source["agency"] == inside or inside[0] in "据據综綜转轉" or inside[-1] in "电電"):
        return TailByline(match.start(), (), source["agency"].translate(_SIMPLIFIED))
    names = split_names(inside)
    joined = NAME_SEPARATOR.sub("", inside)
    # one bare name in brackets is as likely an aside (（王安石）) as a byline
    if 1 < len(names) <= 4 and "".join(names) == joined and all(is_name(name) for name in names):
        return TailByline(match.start(), names)
    return None
