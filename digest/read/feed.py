"""RSS, Atom and JSON feeds: every entry that brings its text becomes an article. No entities, no network."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable
from html.entities import html5
from typing import Any, NamedTuple

from lxml import etree

from digest.config import Limits
from digest.errors import ReadError
from digest.model import Article, Reading, Skipped
from digest.page.fields import split_names
from digest.read.blocks import Block, blocks_of, parse_html
from digest.read.body import read_body
from digest.read.clean import clean_line, clean_text
from digest.read.dates import parse_day
from digest.read.lines import is_outlet
from digest.read.notices import is_notice
from digest.read.opened import Opened
from digest.read.titles import made_title, split_headline

_NAMED_ENTITY = re.compile(r"&([A-Za-z]{2,24}[0-9]{0,2});")
_XML_ENTITIES = frozenset({"amp", "lt", "gt", "quot", "apos"})
_BODY = ("encoded", "content", "description", "summary")
_DATE = ("pubDate", "published", "date", "issued", "updated", "modified")
_SECTION = re.compile(r"\s[-–—|_·]\s")
_LEAST_CHARS = 30  # an entry with less has a teaser, not a text


class Entry(NamedTuple):
    """An entry of a feed as it was written: `markup` is HTML or plain text, `published` a day in words."""

    title: str
    markup: str
    url: str
    author: str
    published: str
    paper: str


def read_feed(opened: Opened, limits: Limits) -> Reading:
    """One article for each entry with a text; the others are skipped under `NAME#NUMBER`.

    Raises ReadError for XML that does not parse or declares entities.
    """
    root = _parse(opened)
    paper = clean_line(_child(root, ("title",)) or _child(_first(root, "channel"), ("title",)))
    entries = (_entry(one, _newsroom(paper)) for one in root.iter("{*}item", "{*}entry"))
    return read_entries(entries, opened, limits)


def read_json_feed(opened: Opened, limits: Limits) -> Reading:
    """The same of a JSON Feed (jsonfeed.org). Raises ReadError where it is no object with a list of items."""
    try:
        feed = json.loads(opened.text.lstrip("\ufeff"))
        items = [item for item in feed["items"] if isinstance(item, dict)]
    except (ValueError, RecursionError, KeyError, TypeError) as error:
        raise ReadError(f"{opened.name}: 无法解析的 JSON Feed (not a JSON Feed: {error})") from error
    return read_entries(
        (_json_entry(item, _newsroom(_text(feed, "title"))) for item in items), opened, limits
    )


def read_entries(entries: Iterable[Entry], opened: Opened, limits: Limits) -> Reading:
    """The articles of a feed's entries, in order."""
    articles: list[Article] = []
    skipped: list[Skipped] = []
    texts: list[str] = []
    here = 0
    for number, entry in enumerate(entries):
        article, text = _article(entry, len(articles), here, opened, limits)
        if article is None:
            skipped.append(Skipped(f"{opened.name}#{number}", "条目没有正文 (the entry brings no text)"))
            continue
        articles.append(article)
        texts.append(text)
        here += len(text) + 1
    return Reading(tuple(articles), tuple(skipped), (opened.source_text("feed", "\n".join(texts)),))


def _newsroom(title: str) -> str:
    """The name before the dash where a feed's title tells its section too: 某某新闻网 - 要闻."""
    return _SECTION.split(clean_line(title), maxsplit=1)[0]


def _entry(entry: etree._Element, paper: str) -> Entry:
    author = _child(_first(entry, "author"), ("name",)) or _child(entry, ("creator", "author"))
    return Entry(
        title=_child(entry, ("title",)),
        markup=max((_child(entry, (name,)) for name in _BODY), key=len),
        url=_link(entry),
        author=author,
        published=_child(entry, _DATE),
        paper=clean_line(_child(entry, ("source",))) or paper,
    )


def _json_entry(item: dict[str, Any], paper: str) -> Entry:
    authors = [one for one in (*(item.get("authors") or ()), item.get("author")) if isinstance(one, dict)]
    return Entry(
        title=_text(item, "title"),
        markup=max((_text(item, name) for name in ("content_html", "content_text", "summary")), key=len),
        url=_text(item, "external_url") or _text(item, "url"),
        author=" ".join(_text(one, "name") for one in authors),
        published=_text(item, "date_published") or _text(item, "date_modified"),
        paper=paper,
    )


def _text(item: dict[str, Any], name: str) -> str:
    value = item.get(name)
    return value if isinstance(value, str) else ""


def _parse(opened: Opened) -> etree._Element:
    text = re.sub(r"^\s*<\?xml[^>]{0,200}\?>", "", clean_text(opened.text))
    if re.search(r"<!(?:ENTITY|DOCTYPE[^>\[]{0,200}\[)", text):
        raise ReadError(f"{opened.name}: 含有实体定义 (the feed declares entities: refused)")
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        recover=False,
        encoding="utf-8",
    )
    known = _NAMED_ENTITY.sub(_as_character, text)
    try:
        return etree.fromstring(known.strip().encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        raise ReadError(f"{opened.name}: 无法解析的 feed (feed does not parse: {error.msg})") from error


def _as_character(found: re.Match[str]) -> str:
    """HTML's names, which feeds use without declaring them."""
    return found[0] if found[1] in _XML_ENTITIES else html5.get(f"{found[1]};", found[0])


def _article(
    entry: Entry, index: int, start: int, opened: Opened, limits: Limits
) -> tuple[Article | None, str]:
    headline = split_headline(html.unescape(entry.title))
    blocks = _body_blocks(entry.markup, opened, limits)
    body = read_body(blocks, headline.title, head=(headline.title, headline.subtitle), start=start)
    text = "\n".join(paragraph.text for paragraph in body.paragraphs)
    if len(text) < _LEAST_CHARS or is_notice(headline.title, text, signed=bool(body.agency or body.authors)):
        return None, ""
    author = clean_line(entry.author)
    newsroom = author if is_outlet(author) else ""
    url = clean_line(entry.url)
    article = Article(
        source=opened.name,
        index=index,
        title=headline.title or made_title(text),
        title_is_made=not headline.title,
        kicker=body.kicker,
        subtitle=headline.subtitle or body.subtitle,
        authors=body.authors or (() if newsroom else split_names(author)),
        agency=body.agency,
        dateline_place=body.dateline_place,
        published=parse_day(clean_line(entry.published)),
        paragraphs=body.as_paragraphs(opened.name, None),
        captions=tuple(body.captions),
        subheads=tuple(body.subheads),
        warnings=opened.warnings,
        paper=body.paper or newsroom or entry.paper,
        url=url if url.startswith(("http://", "https://")) else "",
    )
    return article, body.text


def _body_blocks(markup: str, opened: Opened, limits: Limits) -> list[Block]:
    """The text of an entry, as HTML where it has any tag."""
    if not markup.strip():
        return []
    if not re.search(r"<[a-zA-Z/!]", markup):
        return [Block(clean_line(line)) for line in markup.split("\n") if line.strip()]
    return blocks_of(parse_html(f"<div>{markup}</div>", opened.name, limits))


def _first(element: etree._Element | None, name: str) -> etree._Element | None:
    return next(iter(element.iterchildren(f"{{*}}{name}")), None) if element is not None else None


def _child(element: etree._Element | None, names: tuple[str, ...]) -> str:
    """The text of the first child with one of the names; an XHTML child gives its markup."""
    for name in names:
        child = _first(element, name)
        if child is None:
            continue
        if len(child):
            return "".join(etree.tostring(one, encoding="unicode") for one in child)
        if child.text and child.text.strip():
            return str(child.text)
    return ""


def _link(entry: etree._Element) -> str:
    for link in entry.iterchildren("{*}link"):
        target = clean_line(link.get("href") or link.text or "")
        if target.startswith(("http://", "https://")) and link.get("rel", "alternate") == "alternate":
            return target
    return ""
