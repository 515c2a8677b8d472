"""Exports of press databases and typed notes: labelled fields above a body, one record or many in a file.

标题：某市新建公路三百公里
来源：某某日报　日期：2024-03-21　版次：A03
正文：……
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from digest.config import Limits
from digest.model import Article, Reading, Skipped
from digest.page.fields import date_in_name, page_number, parse_byline, split_names
from digest.read.blocks import Block, unwrapped
from digest.read.body import read_body
from digest.read.clean import clean_line, clean_text
from digest.read.dates import parse_day
from digest.read.notices import is_notice
from digest.read.opened import Opened
from digest.read.titles import made_title, split_headline

_NAMES = {
    "title": "主?[标標][题題]|[题題]名|篇名|[题題]目",
    "kicker": "引[题題]|肩[题題]",
    "subtitle": "副[标標]?[题題]",
    "paper": "(?:文[献獻]|文章|稿件|信息|[资資][讯訊])?[来來]源|[报報][纸紙章刊](?:名[称稱])?"
    "|[报報]刊?名|媒[体體](?:名[称稱])?|出[处處]",
    "author": "作者|[责責]任者|[记記]者|撰稿人?",
    "day": "(?:[发發]布|[发發]表|出版|[报報][导導]|[见見][报報]|刊[登载載])?(?:日期|[时時][间間])",
    "page": "版[次号號面]",
    "url": "(?:原文)?(?:[链鏈鍊][接結]|[网網]址|地址)|URL|url",
    "body": "正文|全文|[内內]容(?:全文)?",
    "other": "[编編][辑輯]|[责責][编編]|字[数數]|[栏欄]目(?:名[称稱])?|[专專][栏欄]|版名|[关關][键鍵][词詞字]"
    "|主[题題][词詞]|[标標][签籤]|[摘提]要|分[类類]号?|[地区區]域|[语語][种種]|作者[单單]位|[编編序索]引?[号號]"
    "|[阅閱][读讀][量数數]|[采採]集[时時][间間]",
}
_LABEL = re.compile(
    r"(?:^|(?<=[\s|｜;；]))[【\[〔]?\s{0,2}(?:"
    + "|".join(f"(?P<{kind}>{names})" for kind, names in _NAMES.items())
    + r")\s{0,2}(?:[】\]〕]\s{0,2}[:：]?|[:：])[ \t\u3000]{0,4}"
)
_RULE = re.compile(
    r"\s*(?:[-=_*＊—─━~～#]\s?){3,}\s*|\s*(?:第\s?)?\d{1,5}\s?(?:[.、．)）]|篇|/\s?\d{1,5})\s*"
)
_HEAD_LINES = 14  # the fields of a record stand within so many lines
_LONGEST_VALUE = 200
_SNIFFED_LINES = 40


class _Head(NamedTuple):
    """The fields above a body, which begins in line `line`, at its character `start`."""

    fields: dict[str, str]
    line: int
    start: int


class _Record(NamedTuple):
    fields: dict[str, str]
    body: list[str]


def is_records(text: str) -> bool:
    """Whether a text opens with labelled fields, that of the headline among them."""
    lines = text[: _LONGEST_VALUE * _SNIFFED_LINES].split("\n")[:_SNIFFED_LINES]
    first = next((at for at, line in enumerate(lines) if not _is_rule(line)), None)
    return first is not None and _head(lines, first) is not None


def read_records(opened: Opened, _limits: Limits) -> Reading:
    """An article for each record; one without a body and a notice are skipped under `NAME#NUMBER`."""
    articles: list[Article] = []
    skipped: list[Skipped] = []
    texts: list[str] = []
    here = 0
    for number, record in enumerate(_records(clean_text(opened.text).split("\n"))):
        article, text = _article(record, len(articles), here, opened)
        if article is None:
            skipped.append(Skipped(f"{opened.name}#{number}", text))
            continue
        articles.append(article)
        texts.append(text)
        here += len(text) + 1
    return Reading(tuple(articles), tuple(skipped), (opened.source_text("records", "\n".join(texts)),))


def _records(lines: Sequence[str]) -> Iterator[_Record]:
    heads = [
        (at, head)
        for at, line in enumerate(lines)
        if (not at or _is_rule(lines[at - 1])) and _LABEL.match(line) and (head := _head(lines, at))
    ]
    ends = [at for at, _ in heads[1:]] + [len(lines)]
    for (_, head), end in zip(heads, ends, strict=True):
        first = [lines[head.line][head.start :]] if head.line < end else []
        yield _Record(head.fields, [*first, *lines[head.line + 1 : end]])


def _is_rule(line: str) -> bool:
    """Whether a line parts records: blank, a rule or a number."""
    return not line.strip() or bool(_RULE.fullmatch(line[:80]))


def _head(lines: Sequence[str], start: int) -> _Head | None:
    """The labelled fields from line `start` on; None where they do not make the head of a record."""
    fields: dict[str, str] = {}
    n_labels = 0
    at = start
    while at < min(len(lines), start + _HEAD_LINES):
        labels = list(_LABEL.finditer(lines[at][:_LONGEST_VALUE]))
        if not labels or labels[0].start():
            if lines[at].strip() or n_labels < 2 or not _LABEL.match("".join(lines[at + 1 : at + 2])):
                break
        elif "title" in fields and any(label["title"] for label in labels):
            break  # the next record: this one has no body
        for number, label in enumerate(labels, 1):
            if label.lastgroup == "body":
                return _Head(fields, at, label.end()) if "title" in fields else None
            value = clean_line(
                lines[at][label.end() : labels[number].start() if number < len(labels) else _LONGEST_VALUE]
            )
            fields.setdefault(str(label.lastgroup), value.strip("|｜;；"))
            n_labels += 1
        at += 1
    return _Head(fields, at, 0) if fields.get("title") and n_labels > 1 else None


def _article(record: _Record, index: int, start: int, opened: Opened) -> tuple[Article | None, str]:
    """The article of a record and the text that its offsets count in; None and the reason without one."""
    fields = record.fields
    headline = split_headline(fields["title"])
    subtitle = fields.get("subtitle", "") or headline.subtitle
    head = (fields.get("kicker", ""), headline.title, subtitle)
    body = read_body(list(_blocks(record.body)), headline.title, head=head, start=start, of_site=True)
    whole = "\n".join(paragraph.text for paragraph in body.paragraphs)
    if not whole:
        return None, f"没有正文 (no body): {headline.title}"
    byline = parse_byline(fields.get("author", ""))
    authors = body.authors or (byline.authors if byline else split_names(fields.get("author", "")))
    if is_notice(headline.title, whole, signed=bool(body.agency or authors)):
        return None, f"公告或广告 (notice): {headline.title}"
    page = page_number(fields.get("page", "")[:12])
    url = fields.get("url", "")
    article = Article(
        source=opened.name,
        index=index,
        title=headline.title or made_title(whole),
        title_is_made=not headline.title,
        kicker=fields.get("kicker", ""),
        subtitle=subtitle or body.subtitle,
        authors=authors,
        agency=body.agency,
        dateline_place=body.dateline_place,
        published=parse_day(fields.get("day", "")) or date_in_name(opened.name),
        page=page,
        jump_to=body.jump_to,
        jump_from=body.jump_from,
        paragraphs=body.as_paragraphs(opened.name, page),
        captions=tuple(body.captions),
        subheads=tuple(body.subheads),
        warnings=opened.warnings,
        paper=_paper(fields) or body.paper,
        url=url if url.startswith(("http://", "https://")) else "",
    )
    return article, body.text


def _paper(fields: dict[str, str]) -> str:
    """The paper's name, without the date and the page that some exports write behind it."""
    return re.split(r"[\s|｜,，;；(（]", fields.get("paper", ""), maxsplit=1)[0].strip("《》")


def _blocks(lines: Sequence[str]) -> Iterator[Block]:
    """The paragraphs of a body: each line one, but for lines wrapped at one width."""
    width = max((len(line.strip()) for line in lines if not _is_rule(line)), default=0)
    group: list[str] = []
    for line in [*lines, ""]:
        if not _is_rule(line):
            group.append(line)
        elif group:
            yield from map(Block, filter(None, unwrapped(group, width)))
            group = []
