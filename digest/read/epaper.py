"""E-paper pages of the Founder (方正) system: fields in a comment, the body between two marks.

The marks come in several generations: `<!--enpcontent-->`, `<founder-content>`,
`<!--<npm:article-content>-->`, or nothing but an element with the id `ozoom`. The comment stands above or
below the body, or is missing; then the visible headline counts.
"""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from digest.config import Limits
from digest.model import Article, Reading, Skipped
from digest.page.fields import furniture_kind
from digest.read.blocks import Block, blocks_of, parse_html
from digest.read.body import Body, read_body
from digest.read.clean import clean_line, clean_text
from digest.read.density import densest_element
from digest.read.epaper_fields import (
    EpaperPage,
    authors_of,
    between,
    comment_fields,
    day_of,
    headline_of,
    page_of,
    text_of,
)
from digest.read.epaper_index import paper_name
from digest.read.notices import is_notice
from digest.read.opened import Opened
from digest.read.titles import made_title

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
_BODY_NAMES = frozenset({"ozoom", "articlecontent", "article-content", "contenttext", "founder-content"})
_PICTURE = re.compile(r"(?:^|/)(?:res|pic|images?|attachments?)/", re.IGNORECASE)
_LONGEST_CAPTION = 300


def read_epaper(opened: Opened, limits: Limits) -> Reading:
    """The article of an e-paper page; a notice or a page without a body is skipped with the reason.

    Raises LimitError for markup that is nested too deep, ReadError where there is none at all.
    """
    text = clean_text(opened.text)
    page = EpaperPage(opened, text, parse_html(text, opened.name, limits), comment_fields(text))
    kicker, title, subtitle = headline_of(page)
    blocks = _body_blocks(page, limits)
    body = read_body(blocks, title, head=(kicker, title, subtitle))
    source = opened.source_text("epaper", body.text)
    whole = "\n".join(paragraph.text for paragraph in body.paragraphs)
    if is_notice(title, whole, signed=bool(body.agency or body.authors or authors_of(page))):
        return Reading(
            skipped=(Skipped(opened.name, f"公告或广告 (notice): {title or whole[:20]}"),), sources=(source,)
        )
    if not whole:
        return Reading(
            skipped=(Skipped(opened.name, f"没有正文 (no body): {title}".rstrip(": ")),), sources=(source,)
        )
    return Reading((_article(page, (kicker, title, subtitle), body),), (), (source,))


def _article(page: EpaperPage, headline: tuple[str, str, str], body: Body) -> Article:
    kicker, title, subtitle = headline
    number = page_of(page)
    captions = [*_captions(page), *body.captions]
    return Article(
        source=page.opened.name,
        index=0,
        title=title or made_title("\n".join(one.text for one in body.paragraphs)),
        title_is_made=not title,
        kicker=kicker or body.kicker,
        subtitle=subtitle or body.subtitle,
        authors=body.authors or authors_of(page),
        agency=body.agency,
        dateline_place=body.dateline_place,
        published=day_of(page),
        page=number,
        jump_to=body.jump_to,
        jump_from=body.jump_from,
        paragraphs=body.as_paragraphs(page.opened.name, number),
        captions=tuple(dict.fromkeys(captions)),
        subheads=tuple(body.subheads),
        warnings=page.opened.warnings,
        paper=body.paper or paper_name(page.text, page.root),
        url=url if (url := page.fields.get("url", "")).startswith(("http://", "https://")) else "",
    )


def _body_blocks(page: EpaperPage, limits: Limits) -> list[Block]:
    """The blocks between the body marks; without marks, of the element that usually holds the body."""
    for opening, closing in _BODY_MARKS:
        parts = list(between(page.text, opening, closing))
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


def _captions(page: EpaperPage) -> list[str]:
    """Captions outside the body: between their own marks, or in the table that holds the picture."""
    found = [caption for opening, closing in _CAPTION_MARKS for part in between(page.text, opening, closing)
             if (caption := clean_line(text_of(part)))]  # fmt: skip
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
