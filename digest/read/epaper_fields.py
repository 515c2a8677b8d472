"""What an e-paper page says about its article: the fields of its comment, else what is shown."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from lxml.html import HtmlElement

from digest.page.fields import (
    find_jump,
    furniture_kind,
    is_caption,
    page_number,
    parse_byline,
    split_names,
)
from digest.read.blocks import blocks_of, heading_text, plain
from digest.read.clean import clean_line
from digest.read.dates import parse_day
from digest.read.epaper_index import page_labels
from digest.read.html_fields import byline_above_body
from digest.read.lines import is_rights, parse_labelled
from digest.read.opened import Opened
from digest.read.titles import join_lines, same_headline, split_headline, unspaced

_FIELDS = ("articleid", "date", "author", "title", "subtitle", "introtitle", "nodename", "nodeid", "url")
_COMMENT_CHARS = 64 * 1024  # the comment holds fields, not bodies
_BREAK = re.compile(r"<br\s*/?>|\n", re.IGNORECASE)
_TAG = re.compile(r"<!--.{0,100}?-->|</?[A-Za-z][^<>]{0,400}>")
_VISIBLE = {
    "title": (
        ("<founder-title>", "</founder-title>"),
        ("<!--<npm:article-title>-->", "<!--</npm:article-title>-->"),
    ),
    "introtitle": (("<!--<npm:article-pretitle>-->", "<!--</npm:article-pretitle>-->"),),
    "subtitle": (("<!--<npm:article-subtitle>-->", "<!--</npm:article-subtitle>-->"),),
    "author": (
        ("<founder-author>", "</founder-author>"),
        ("<!--<npm:article-author>-->", "<!--</npm:article-author>-->"),
    ),
}
_COMMENT = re.compile(r"<!--\s{0,3}enpproperty", re.IGNORECASE)
_SITE = re.compile(r"(?:\(\d{1,2}\))?_[^_]{2,12}[网網]$")  # the same system runs news sites
_PAGE = re.compile(r"第?\s{0,3}(?P<number>[A-Za-z]?\s?\d{1,3})\s{0,3}版")
_LONGEST_HEADLINE = 40


@dataclass(frozen=True, slots=True)
class EpaperPage:
    """One article's page: the text of the file, its tree, and the fields of its comment."""

    opened: Opened
    text: str
    root: HtmlElement
    fields: dict[str, str]


def comment_fields(text: str) -> dict[str, str]:
    """The fields of the first enpproperty comment; <br> in them is a line feed."""
    opened = _COMMENT.search(text)
    if opened is None:
        return {}
    limit = opened.start() + _COMMENT_CHARS
    end = text.find("-->", opened.end(), limit)
    comment = text[opened.start() : end if end >= 0 else limit]
    fields = {
        name: _field(comment, f"<{name}>", f"</{name}>")
        or _field(comment, f"<founder-{name}>", f"</founder-{name}>")
        for name in _FIELDS
    }
    fields["title"] = _SITE.sub("", fields["title"])
    return {name: value for name, value in fields.items() if value}


def _field(text: str, opening: str, closing: str) -> str:
    """The text between two marks, its markup gone; nothing where either is missing."""
    return text_of(next(between(text, opening, closing), ""))


def text_of(markup: str) -> str:
    """The words of a small piece of markup; <br> is a line feed, blank lines are left out."""
    value = _TAG.sub("", _BREAK.sub("\n", html.unescape(markup)))
    return "\n".join(filter(None, map(clean_line, value.split("\n"))))


def between(text: str, opening: str, closing: str) -> Iterator[str]:
    """The stretches between two marks, whatever their case; one without an end is left out."""
    end_mark = re.compile(re.escape(closing), re.IGNORECASE)
    end = 0
    for start in re.finditer(re.escape(opening), text, re.IGNORECASE):
        if start.start() < end:
            continue
        closed = end_mark.search(text, start.end())
        if closed is None:
            return
        yield text[start.end() : closed.start()]
        end = closed.end()


def headline_of(page: EpaperPage) -> tuple[str, str, str]:
    """Kicker, title and subtitle: from the comment, else as they are shown."""
    shown = {name: _shown(page, name) for name in ("introtitle", "title", "subtitle")}
    title = page.fields.get("title") or shown["title"]
    if same_headline(title, shown["title"]):
        title = shown["title"]  # it keeps the line breaks that the field has lost
    above, heading, below = ("", "", "") if title else _headings(page.root)
    split = split_headline(title or heading)
    kicker = page.fields.get("introtitle") or shown["introtitle"] or above
    subtitle = page.fields.get("subtitle") or shown["subtitle"] or below
    return _one_line(kicker), split.title, _one_line(subtitle) or split.subtitle


def _one_line(text: str) -> str:
    return unspaced(join_lines(text.split("\n")))


def _shown(page: EpaperPage, name: str) -> str:
    return next(filter(None, (_field(page.text, *marks) for marks in _VISIBLE[name])), "")


def _headings(root: HtmlElement) -> tuple[str, str, str]:
    """The first main heading, and the headings right above and below it: 引题 and 副题 in the older pages."""
    for heading in root.iter("h1"):
        title = heading_text(heading)
        if title:
            return heading_text(heading.getprevious()), title, heading_text(heading.getnext())
    named = next(filter(None, map(heading_text, root.iter("h2"))), "")
    return ("", named, "") if named else _cells(root) or _lines_above_body(root)


def _cells(root: HtmlElement) -> tuple[str, str, str] | None:
    """The headline in the cells of the oldest pages: `font01` is the title, `font02` what is around it."""
    cells = [
        (name, text)
        for element in root.iter("td", "div", "p", "span")
        if (name := (element.get("class") or "").strip().lower()) in ("font01", "font02")
        if (text := join_lines([block.text for block in blocks_of(element) if block.text]))
    ]
    at = next((at for at, (name, _) in enumerate(cells) if name == "font01"), None)
    if at is None:
        return None
    above = cells[at - 1][1] if at else ""
    below = cells[at + 1][1] if at + 1 < len(cells) and parse_byline(cells[at + 1][1]) is None else ""
    return above, cells[at][1], below


def _lines_above_body(root: HtmlElement) -> tuple[str, str, str]:
    """The headline of a page without headings: the short lines right above the first prose."""
    above: list[str] = []
    below_image = False
    for block in blocks_of(root):
        text = clean_line(block.text)
        if block.is_image:
            below_image = True
            continue
        if below_image and ("。" in text or is_caption(text)):
            below_image = False  # the caption
        elif "。" in text and not is_rights(text):
            break
        elif block.links >= 0.5 or _is_furniture(text):
            above = []
        elif parse_byline(text) is not None:
            below_image = False
        elif block.part and above:
            above[-1] = join_lines([above[-1], text])
        elif text:
            below_image = False
            above.append(text)
    else:
        return "", "", ""
    above = above[-3:]
    below = above.pop() if len(above) > 1 and above[-1].startswith("—") else ""
    return (above[-2] if len(above) > 1 else ""), (above[-1] if above else ""), below


def _is_furniture(text: str) -> bool:
    return bool(_PAGE.search(text) or furniture_kind(text) or parse_labelled(text) or is_rights(text)) or (
        len(text) > _LONGEST_HEADLINE
    )


def authors_of(page: EpaperPage) -> tuple[str, ...]:
    """From the comment or the marks, else from a byline that stands above the body."""
    named = (page.fields.get("author") or _shown(page, "author")).replace("\n", " ")
    byline = parse_byline(named) if named else byline_above_body(blocks_of(page.root))
    return byline.authors if byline else split_names(named)


def day_of(page: EpaperPage) -> date | None:
    """The date of the comment, of the address, of the path, or the first one shown."""
    for text in (page.fields.get("date", "")[:10], page.fields.get("url", ""), page.opened.name):
        found = parse_day(text)
        if found:
            return found
    return parse_day(plain(page.root)[:4000])


def page_of(page: EpaperPage) -> int | None:
    """From the node's name (`第01版：要闻`), the navigation's label of the node, or the line shown."""
    stated = _PAGE.search(page.fields.get("nodename", ""))
    if stated:
        return page_number(stated["number"])
    labels = page_labels(page.root)
    node = f"node_{page.fields.get('nodeid', '')}"
    if node in labels:
        return labels[node]
    shown = {page_number(found["number"]) for found in _PAGE.finditer(_outside_navigation(page.root))}
    return shown.pop() if len(shown) == 1 else None


def _outside_navigation(root: HtmlElement) -> str:
    """Short texts that stand in no link: where the page's own line is shown."""
    return "\n".join(
        block.text
        for block in blocks_of(root)
        if block.links < 0.5 and len(block.text) <= 80 and find_jump(block.text) is None
    )
