"""Page indexes of an e-paper: they hold no article, but order and page number of those they link to."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from lxml.html import HtmlElement

from digest.config import Limits
from digest.model import Article
from digest.page.fields import page_number
from digest.read.blocks import blocks_of, parse_html
from digest.read.clean import clean_line, clean_text
from digest.read.lines import is_rights
from digest.read.opened import Opened

# content_123.htm and node_5.htm; older sites have nw.D110000x_20190902_1-01.htm and nbs.D110000x_01.htm
_CONTENT = re.compile(r"(?:^|/)((?:content_\d{1,12}[\w-]{0,40}|nw\.D[\w-]{4,60})\.\w{2,5})")
_NODE = re.compile(r"(?:^|/)(node_\d{1,12}|nbs\.D\w{4,40})")
_LABEL = re.compile(r"第?\s{0,3}(?P<number>[A-Za-z]?\s?\d{1,3})\s{0,3}版")
_PAPER = (
    re.compile(r"《(?P<paper>[^《》\s]{2,16})》\s{0,3}[（(]\s{0,3}(?:19|20)\d\d\s{0,2}年"),
    re.compile(r"(?P<paper>[\u4e00-\u9fff]{2,14}[报報])\s{0,3}版\s?[权權]\s?所\s?有"),
)
_PAPER_NAME = re.compile(r"[\u4e00-\u9fff]{1,13}(?:[报報]|周刊|晨刊)(?:电子版|数字报)?")


_PROSE_CHARS = 30  # an index has titles and a note of rights, no sentences


@dataclass(frozen=True, slots=True)
class PageIndex:
    """What the index of one page tells: `links` are the source names of its articles, in page order."""

    name: str
    page: int | None
    links: tuple[str, ...]
    paper: str = ""


def read_index(opened: Opened, limits: Limits) -> PageIndex | None:
    """The index of one page; None where the page has the navigation of one but holds prose.

    Raises LimitError and ReadError as `parse_html` does.
    """
    text = clean_text(opened.text)
    root = parse_html(text, opened.name, limits)
    if _prose_chars(root) >= _PROSE_CHARS:
        return None
    folder = posixpath.dirname(opened.name)
    links = dict.fromkeys(
        posixpath.join(folder, found[1])
        for element in root.iter("area", "a")
        if (found := _CONTENT.search(element.get("href") or ""))
    )
    node = _NODE.search(opened.name)
    page = page_labels(root).get(node[1]) if node else None
    if page is None:
        shown = [
            found for block in blocks_of(root) if block.links < 0.5 and (found := _LABEL.search(block.text))
        ]
        page = page_number(shown[0]["number"]) if shown else None
    return PageIndex(opened.name, page, tuple(links), paper_name(text, root))


def _prose_chars(root: HtmlElement) -> int:
    return sum(
        len(block.text)
        for block in blocks_of(root)
        if "。" in block.text and block.links < 0.5 and not is_rights(block.text)
    )


def page_labels(root: HtmlElement) -> dict[str, int]:
    """Page numbers by node (`node_1920`), from the labels of the navigation (`第01版：要闻`)."""
    labels: dict[str, int] = {}
    for element in root.iter("a"):
        node = _NODE.search(element.get("href") or "")
        label = _LABEL.search(clean_line("".join(element.itertext())[:60])) if node else None
        number = page_number(label["number"]) if label else None
        if node and number is not None:
            labels.setdefault(node[1], number)
    return labels


def paper_name(text: str, root: HtmlElement) -> str:
    """The newspaper's name: in its line of date and page, in its note of rights, or in the page's title."""
    title = clean_line(root.findtext(".//title") or "")
    for part in re.split(r"--+|[-_|—]", title)[::-1]:
        if _PAPER_NAME.fullmatch(part.strip()):
            return re.sub("(?:电子版|数字报)$", "", part.strip())
    for pattern in _PAPER:
        found = pattern.search(text)
        if found:
            return found["paper"]
    return ""


def apply_indexes(articles: Sequence[Article], indexes: Iterable[PageIndex]) -> list[Article]:
    """The articles with the pages that the indexes know, those of one index in its order.

    An article that no index links to keeps its place; the articles of an index share the places they had.
    """
    ordered = list(articles)
    for index in indexes:
        rank = {name: at for at, name in enumerate(index.links)}
        places = [at for at, article in enumerate(ordered) if article.source in rank]
        members = sorted((ordered[at] for at in places), key=lambda one: (rank[one.source], one.index))
        for at, member in zip(places, members, strict=True):
            ordered[at] = _on_page(member, index)
    return ordered


def _on_page(article: Article, index: PageIndex) -> Article:
    page = article.page if article.page is not None else index.page
    paragraphs = tuple(replace(one, page=page) if one.page is None else one for one in article.paragraphs)
    return replace(article, page=page, paper=article.paper or index.paper, paragraphs=paragraphs)
