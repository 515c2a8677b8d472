"""E-paper pages of the Founder (方正) system: fields in a comment, the body between two marks.

The marks come in several generations: `<!--enpcontent-->`, `<founder-content>`,
`<!--<npm:article-content>-->`, or nothing but an element with the id `ozoom`. The comment stands above or
below the body, or is missing; then the visible headline counts.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from lxml.html import HtmlElement

from digest.config import Limits
from digest.model import Article, Reading, Skipped
from digest.page.fields import (
    furniture_kind,
    page_number,
    parse_byline,
    split_names,
)
from digest.read.blocks import Block, blocks_of, parse_html, plain
from digest.read.body import Body, read_body
from digest.read.clean import clean_line, clean_text
from digest.read.dates import parse_day
from digest.read.density import densest_element
from digest.read.epaper_index import page_labels, paper_name
from digest.read.notices import is_notice
from digest.read.opened import Opened
from digest.read.titles import join_lines, same_headline, split_headline, unspaced

_FIELDS = ("articleid", "date", "author", "title", "subtitle", "introtitle", "nodename", "nodeid", "url")
_COMMENT_CHARS = 64 * 1024  # the comment holds fields, not bodies
_BREAK = re.compile(r"<br\s*/?>|\n", re.IGNORECASE)
_TAG = re.compile(r"<!--.{0,100}?-->|</?[A-Za-z][^<>]{0,400}>")
_BODY_MARKS = (
    ("<!--enpcontent-->", "<!--/enpcontent-->"),
    ("<!--<npm:article-content>-->", "<!--</npm:article-content>-->"),
    ("<founder-content>", "</founder-content>"),
)
_CAPTION_MARKS = (
    ("<!--<npm:article-pic-text>-->", "<!--</npm:article-pic-text>-->"),
    ("<founder-imgtitle>", "</founder-imgtitle>"),
    ("<!--enppiccaption-->", "<!--/enppiccaption-->"),
)
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
_BODY_NAMES = frozenset({"ozoom", "articlecontent", "article-content", "contenttext", "founder-content"})
_COMMENT = re.compile(r"<!--\s{0,3}enpproperty", re.IGNORECASE)
_SITE = re.compile(r"(?:\(\d{1,2}\))?_[^_]{2,12}[网網]$")  # the same system runs news sites
_PICTURE = re.compile(r"(?:^|/)(?:res|pic|images?|attachments?)/", re.IGNORECASE)
_PAGE = re.compile(r"第?\s{0,3}(?P<number>[A-Za-z]?\s?\d{1,3})\s{0,3}版")
_LONGEST_CAPTION = 300


@dataclass(frozen=True, slots=True)
class _Page:
    """One article's page: the text of the file, its tree, and the fields of its comment."""

    opened: Opened
    text: str
    root: HtmlElement
    fields: dict[str, str]


def read_epaper(opened: Opened, limits: Limits) -> Reading:
    """The article of an e-paper page; a notice or a page without a body is skipped with the reason.

    Raises LimitError for markup that is nested too deep, ReadError where there is none at all.
    """
    text = clean_text(opened.text)
    page = _Page(opened, text, parse_html(text, opened.name, limits), _comment_fields(text))
    kicker, title, subtitle = _headline(page)
    blocks = _body_blocks(page, limits)
    body = read_body(blocks, title, head=(kicker, title, subtitle))
    source = opened.source_text("epaper", body.text)
    whole = "\n".join(paragraph.text for paragraph in body.paragraphs)
    if is_notice(title, "\n".join(block.text for block in blocks)):
        return Reading(
            skipped=(Skipped(opened.name, f"公告或广告 (notice): {title or whole[:20]}"),), sources=(source,)
        )
    if not whole:
        return Reading(
            skipped=(Skipped(opened.name, f"没有正文 (no body): {title}".rstrip(": ")),), sources=(source,)
        )
    return Reading((_article(page, (kicker, title, subtitle), body),), (), (source,))


def _article(page: _Page, headline: tuple[str, str, str], body: Body) -> Article:
    kicker, title, subtitle = headline
    number = _page_number(page)
    captions = [*_captions(page), *body.captions]
    return Article(
        source=page.opened.name,
        index=0,
        title=title,
        kicker=kicker or body.kicker,
        subtitle=subtitle or body.subtitle,
        authors=body.authors or _authors(page),
        agency=body.agency,
        dateline_place=body.dateline_place,
        published=_published(page),
        page=number,
        jump_to=body.jump_to,
        jump_from=body.jump_from,
        paragraphs=body.as_paragraphs(page.opened.name, number),
        captions=tuple(dict.fromkeys(captions)),
        subheads=tuple(body.subheads),
        warnings=page.opened.warnings,
        paper=body.paper or paper_name(page.text, page.root),
        url=page.fields.get("url", ""),
    )


# ---------------------------------------------------------------- fields


def _comment_fields(text: str) -> dict[str, str]:
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
    inside = next(iter(_between(text, opening, closing)), "")
    value = _TAG.sub("", _BREAK.sub("\n", html.unescape(inside)))
    return "\n".join(filter(None, map(clean_line, value.split("\n"))))


def _between(text: str, opening: str, closing: str) -> Iterator[str]:
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


def _headline(page: _Page) -> tuple[str, str, str]:
    """Kicker, title and subtitle: from the comment, else as they are shown."""
    shown = {name: _shown(page, name) for name in ("introtitle", "title", "subtitle")}
    title = page.fields.get("title") or shown["title"]
    if same_headline(title, shown["title"]):
        title = shown["title"]  # it keeps the line breaks that the field has lost
    split = split_headline(title or _heading(page))
    kicker = page.fields.get("introtitle") or shown["introtitle"]
    subtitle = page.fields.get("subtitle") or shown["subtitle"]
    return (
        unspaced(join_lines(kicker.split("\n"))),
        split.title,
        unspaced(join_lines(subtitle.split("\n"))) or split.subtitle,
    )


def _shown(page: _Page, name: str) -> str:
    return next(filter(None, (_field(page.text, *marks) for marks in _VISIBLE[name])), "")


def _heading(page: _Page) -> str:
    headings = [block for tag in ("h1", "h2") for found in page.root.iter(tag) for block in blocks_of(found)]
    return headings[0].text if headings else ""


def _authors(page: _Page) -> tuple[str, ...]:
    named = (page.fields.get("author") or _shown(page, "author")).replace("\n", " ")
    byline = parse_byline(named)
    return byline.authors if byline else split_names(named)


def _published(page: _Page) -> date | None:
    """The date of the comment, of the address, of the path, or the first one shown."""
    for text in (page.fields.get("date", "")[:10], page.fields.get("url", ""), page.opened.name):
        found = parse_day(text)
        if found:
            return found
    return parse_day(plain(page.root)[:4000])


def _page_number(page: _Page) -> int | None:
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
    return "\n".join(block.text for block in blocks_of(root) if block.links < 0.5 and len(block.text) <= 80)


# ---------------------------------------------------------------- body and captions


def _body_blocks(page: _Page, limits: Limits) -> list[Block]:
    """The blocks between the body marks; without marks, of the element that usually holds the body."""
    for opening, closing in _BODY_MARKS:
        parts = list(_between(page.text, opening, closing))
        if parts:
            return _fragment("</div><div>".join(parts), page.opened.name, limits)
    for element in page.root.iter("div", "td", "section", "founder-content"):
        names = (element.get("id") or "", element.get("class") or "", element.tag)
        if any(name.lower() in _BODY_NAMES for name in names):
            return blocks_of(element)
    densest = densest_element(page.root)
    return blocks_of(densest) if densest is not None else []


def _fragment(part: str, name: str, limits: Limits) -> list[Block]:
    return blocks_of(parse_html(f"<div>{part}</div>", name, limits)) if part.strip() else []


def _captions(page: _Page) -> list[str]:
    """Captions outside the body: between their own marks, or in the table that holds the picture."""
    found = [caption for opening, closing in _CAPTION_MARKS for part in _between(page.text, opening, closing)
             if (caption := clean_line(html.unescape(_TAG.sub("", part))))]  # fmt: skip
    if found:
        return found
    for image in page.root.iter("img"):
        if not _PICTURE.search(image.get("src", "")):
            continue
        caption = _beside(image)
        if caption and furniture_kind(caption) is None:
            found.append(caption)
    return found


def _beside(image: HtmlElement) -> str:
    """The text of the smallest table, figure or division around a picture that has any, if it is short."""
    for element in image.iterancestors("table", "figure", "div", "td"):
        blocks = [block for block in blocks_of(element) if block.text]
        text = " ".join(block.text for block in blocks)
        if not text:
            continue
        linked = any(block.links >= 0.5 for block in blocks)
        return clean_line(text) if len(text) <= _LONGEST_CAPTION and len(blocks) <= 3 and not linked else ""
    return ""
