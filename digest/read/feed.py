"""RSS and Atom feeds: every entry that brings its text becomes an article. No entities, no network."""

from __future__ import annotations

import html
import re
from html.entities import html5

from lxml import etree

from digest.config import Limits
from digest.errors import ReadError
from digest.model import Article, Reading, Skipped
from digest.page.fields import split_names
from digest.read.blocks import Block, blocks_of, parse_html
from digest.read.body import read_body
from digest.read.clean import clean_line, clean_text
from digest.read.dates import parse_day
from digest.read.notices import is_notice
from digest.read.opened import Opened
from digest.read.titles import made_title, split_headline

_NAMED_ENTITY = re.compile(r"&([A-Za-z]{2,24}[0-9]{0,2});")
_XML_ENTITIES = frozenset({"amp", "lt", "gt", "quot", "apos"})
_BODY = ("encoded", "content", "description", "summary")
_DATE = ("pubDate", "published", "date", "issued", "updated", "modified")
_LEAST_CHARS = 30  # an entry with less has a teaser, not a text


def read_feed(opened: Opened, limits: Limits) -> Reading:
    """One article for each entry with a text; the others are skipped under `NAME#NUMBER`.

    Raises ReadError for XML that does not parse or declares entities.
    """
    root = _parse(opened)
    paper = clean_line(_child(root, ("title",)) or _child(_first(root, "channel"), ("title",)))
    articles: list[Article] = []
    skipped: list[Skipped] = []
    texts: list[str] = []
    here = 0
    for number, entry in enumerate(one for one in root.iter("{*}item", "{*}entry")):
        article, text = _article(entry, len(articles), here, paper, opened, limits)
        if article is None:
            skipped.append(Skipped(f"{opened.name}#{number}", "条目没有正文 (the entry brings no text)"))
            continue
        articles.append(article)
        texts.append(text)
        here += len(text) + 1
    return Reading(tuple(articles), tuple(skipped), (opened.source_text("feed", "\n".join(texts)),))


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
    entry: etree._Element, index: int, start: int, paper: str, opened: Opened, limits: Limits
) -> tuple[Article | None, str]:
    headline = split_headline(html.unescape(_child(entry, ("title",))))
    blocks = _body_blocks(entry, opened, limits)
    body = read_body(blocks, headline.title, head=(headline.title, headline.subtitle), start=start)
    text = "\n".join(paragraph.text for paragraph in body.paragraphs)
    if len(text) < _LEAST_CHARS or is_notice(headline.title, text, signed=bool(body.agency or body.authors)):
        return None, ""
    url = _link(entry)
    author = clean_line(_child(_first(entry, "author"), ("name",)) or _child(entry, ("creator", "author")))
    article = Article(
        source=opened.name,
        index=index,
        title=headline.title or made_title(text),
        title_is_made=not headline.title,
        kicker=body.kicker,
        subtitle=headline.subtitle or body.subtitle,
        authors=body.authors or split_names(author),
        agency=body.agency,
        dateline_place=body.dateline_place,
        published=parse_day(clean_line(_child(entry, _DATE))),
        paragraphs=body.as_paragraphs(opened.name, None),
        captions=tuple(body.captions),
        subheads=tuple(body.subheads),
        warnings=opened.warnings,
        paper=body.paper or clean_line(_child(entry, ("source",))) or paper,
        url=url,
    )
    return article, body.text


def _body_blocks(entry: etree._Element, opened: Opened, limits: Limits) -> list[Block]:
    """The longest of the elements that may bring the text, as HTML."""
    found = [_child(entry, (name,)) for name in _BODY]
    markup = max(found, key=len)
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
