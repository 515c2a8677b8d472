"""Web pages of any site: the densest stretch of prose is the body, the page's own words give the fields."""

from __future__ import annotations

import importlib.util
import posixpath
import re
from datetime import date

from lxml.html import HtmlElement

from digest.config import Limits
from digest.model import Article, Reading, Skipped
from digest.page.fields import date_in_name, page_number
from digest.read.blocks import Block, blocks_of, parse_html, tidy
from digest.read.body import Body, read_body
from digest.read.dates import parse_day
from digest.read.density import densest_element
from digest.read.html_fields import PageFields, beside_title, byline_above_body, page_fields
from digest.read.lines import Labelled, Printed, parse_labelled, parse_printed
from digest.read.notices import is_notice
from digest.read.opened import Opened
from digest.read.titles import Headline, made_title, split_headline

_POINTS = re.compile(r"[，。、；：！？]")
_PAGE_LABEL = re.compile(r"第\s{0,2}(?P<number>[A-Z]?\d{1,2})\s{0,2}版\s{0,2}[:：]")
_LABEL_CHARS = 40
_LEAST_CHARS = 40  # a body with less is a list of links or an empty page
_SURE_SHARE = 0.5  # of the prose of a page: the densest element is the body without a second opinion
_LEAST_FOR_TRAFILATURA = 60  # its own least size, 250, loses short Chinese news


def read_html(opened: Opened, limits: Limits) -> Reading:
    """The article of a web page, or the reason why there is none.

    Where the page names its body (`itemprop="articleBody"`, one `<article>`) that is taken, else the element
    with the densest prose. Where that holds less than half of the page's prose trafilatura is asked, if the
    extra `web` is installed: it knows more of strange layouts, but loses pictures, and with them captions.
    Raises LimitError for markup that is nested too deep, ReadError where there is none.
    """
    root = parse_html(opened.text, opened.name, limits)
    fields = page_fields(root)
    headline = split_headline(fields.title)
    above, below = beside_title(root, headline.title)
    shown_already = {line for line in (above, below) if line}
    blocks = [block for block in _body_blocks(root, opened.text) if block.text not in shown_already]
    body = read_body(blocks, headline.title, head=(headline.title, headline.subtitle), of_site=True)
    whole = "\n".join(paragraph.text for paragraph in body.paragraphs)
    source = opened.source_text("html", body.text)
    if len(whole) < _LEAST_CHARS:
        return Reading(
            skipped=(Skipped(opened.name, "网页中没有正文 (no article in this page)"),), sources=(source,)
        )
    if is_notice(headline.title, whole, signed=bool(body.agency or body.authors)):
        return Reading(
            skipped=(Skipped(opened.name, f"公告或广告 (notice): {headline.title}"),), sources=(source,)
        )
    article = _article(opened, root, fields, headline, (above, below), body)
    return Reading((article,), (), (source,))


def _article(
    opened: Opened,
    root: HtmlElement,
    fields: PageFields,
    headline: Headline,
    beside: tuple[str, str],
    body: Body,
) -> Article:
    """What the body says of itself comes first, then what the page shows, then what it states."""
    blocks = blocks_of(root)
    shown, printed, byline = _shown_labels(blocks), _printed(blocks), byline_above_body(blocks)
    above, below = beside
    return Article(
        source=opened.name,
        index=0,
        title=headline.title or made_title("\n".join(paragraph.text for paragraph in body.paragraphs)),
        title_is_made=not headline.title,
        kicker=above,
        subtitle=headline.subtitle or body.subtitle or below,
        authors=body.authors or shown.authors or fields.authors or (byline.authors if byline else ()),
        agency=body.agency,
        dateline_place=body.dateline_place,
        published=printed.published
        or fields.published
        or _shown_date(blocks)
        or date_in_name(posixpath.basename(opened.name)),
        page=printed.page,
        jump_to=body.jump_to,
        jump_from=body.jump_from,
        paragraphs=body.as_paragraphs(opened.name, printed.page),
        captions=tuple(body.captions),
        subheads=tuple(body.subheads),
        warnings=opened.warnings,
        paper=printed.paper or body.paper or shown.paper or fields.paper,
        url=fields.url,
    )


def _shown_labels(blocks: list[Block]) -> Labelled:
    """Paper and authors from the line of labelled fields that stands below the headline."""
    for block in blocks:
        labelled = parse_labelled(block.text)
        if labelled is not None and (labelled.paper or labelled.authors):
            return labelled
    return Labelled("", ())


def _printed(blocks: list[Block]) -> Printed:
    """Paper, day and page of the printed article, where a line of the page says so; or the page alone."""
    unlinked = [block for block in blocks if block.links < 0.5]
    found = (parse_printed(block.text) for block in unlinked)
    labels = (_PAGE_LABEL.search(block.text) for block in unlinked if len(block.text) <= _LABEL_CHARS)
    number = next((page_number(label["number"]) for label in labels if label), None)
    return next(filter(None, found), Printed("", None, number))


def _shown_date(blocks: list[Block]) -> date | None:
    """The first date in a short line of the page, such as the one below the headline."""
    for block in blocks:
        if len(block.text) <= 80 and (found := parse_day(block.text)):
            return found
    return None


def _body_blocks(root: HtmlElement, text: str) -> list[Block]:
    named = [element for element in root.iter() if "articleBody" in (element.get("itemprop") or "")]
    if not named:
        named = list(root.iter("article"))
    if len(named) == 1 and _prose_chars(blocks_of(named[0])) >= _LEAST_CHARS:
        return blocks_of(named[0])
    densest = densest_element(root)
    blocks = blocks_of(densest) if densest is not None else []
    if _prose_chars(blocks) >= max(_LEAST_CHARS, _SURE_SHARE * _prose_chars(blocks_of(root))):
        return blocks
    if importlib.util.find_spec("trafilatura") is not None:
        found = _by_trafilatura(text)
        if _prose_chars(found) >= _LEAST_CHARS:
            return found
    return blocks


def _prose_chars(blocks: list[Block]) -> int:
    return sum(len(block.text) for block in blocks if _POINTS.search(block.text) and block.links < 0.5)


def _by_trafilatura(text: str) -> list[Block]:
    """The text that trafilatura finds, one block a line; nothing where it finds none."""
    try:
        import trafilatura
        from trafilatura.settings import use_config
    except ImportError:  # one of its own parts is missing: as good as not installed
        return []

    config = use_config()
    config.set("DEFAULT", "MIN_EXTRACTED_SIZE", str(_LEAST_FOR_TRAFILATURA))
    found = trafilatura.extract(
        text, config=config, include_comments=False, include_tables=False, favor_precision=True
    )
    return [Block(line) for raw in (found or "").split("\n") if (line := tidy(raw))]
