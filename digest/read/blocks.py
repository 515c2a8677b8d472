"""Markup becomes blocks: the paragraphs, headings and pictures of a document in reading order, as text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from digest.config import Limits
from digest.errors import LimitError, ReadError
from digest.read.clean import clean_text

_CJK = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff01-\uff60“”‘’—…]")
_SPACES = re.compile(r"[ \t\n]+")
_EDGE = " \t\n\u3000\u00a0"
_XML_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,200}\?>")
_INDENT = re.compile(r"[\u3000\u00a0]{2}")
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)

TERMINAL = "。！？!?…；;：:.”’\"'）)》」』】]"
_HARD_WRAP_CHARS = 10  # a line broken by <br> is taken for a wrapped one only from this length on

_BLOCK_NAMES = """
address article aside blockquote body br caption center dd div dl dt fieldset figcaption figure footer form
h1 h2 h3 h4 h5 h6 header hr html li main nav ol p pre section table tbody td tfoot th thead tr ul
founder-content
"""
_BLOCK_TAGS = frozenset(_BLOCK_NAMES.split())
_NEVER_NAMES = """
script style noscript template iframe object embed svg canvas math select option button textarea input
head map audio video title
"""
_NEVER = frozenset(_NEVER_NAMES.split())
_FURNITURE_TAGS = frozenset(("nav", "footer", "aside", "form"))
_HEADING_TAGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BOLD_TAGS = frozenset(("b", "strong"))


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph or heading on one line (a heading keeps its line breaks), or a picture without text."""

    text: str
    tag: str = "p"  # p, h1 … h6, li, td, figcaption, blockquote, image, …
    bold: bool = False  # all of it
    links: float = 0.0  # share of its characters that stand in a link
    marks: str = ""  # class and id of the elements around it, innermost first
    part: int = 0  # counts the paragraphs of one element that <br> divides

    @property
    def is_image(self) -> bool:
        return self.tag == "image"


def parse_html(text: str, name: str, limits: Limits) -> HtmlElement:
    """The root element of a page or a fragment.

    Raises LimitError where elements are nested deeper than `html_depth` (lxml loses what stands too
    deep without a word), ReadError where nothing can be parsed.
    """
    cleaned = _XML_DECLARATION.sub("", clean_text(text), count=1)
    parser = HTMLParser(encoding="utf-8", huge_tree=True, no_network=True, remove_pis=True)
    try:
        root: HtmlElement = document_fromstring(cleaned.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise ReadError(f"{name}: 无法解析的 HTML (no HTML in it: {error})") from error
    too_deep = any("xcessive depth" in entry.message for entry in parser.error_log)
    if too_deep or _depth(root) > limits.html_depth:
        raise LimitError(f"{name}: HTML 嵌套过深 (too deep, limit html_depth = {limits.html_depth})")
    return root


def blocks_of(root: HtmlElement, *, furniture: bool = False) -> list[Block]:
    """The blocks below `root` in document order, without navigation, footers and forms unless `furniture`.

    Takes time linear in the size of the tree and no stack for its depth.
    """
    builder = _Builder()
    for event, element in _walk(root, furniture):
        if event == "start":
            builder.start(element)
        elif event == "end":
            builder.end(element)
        builder.text(element.text if event == "start" else element.tail if element is not root else None)
    builder.flush()
    return builder.blocks


def heading_text(element: HtmlElement | None) -> str:
    """The first line of a heading; nothing for any other element."""
    if element is None or element.tag not in ("h1", "h2", "h3", "h4"):
        return ""
    return next((block.text for block in blocks_of(element) if block.text), "")


def plain(root: HtmlElement) -> str:
    """All text below `root` on one line."""
    return " ".join(block.text.replace("\n", " ") for block in blocks_of(root, furniture=True) if block.text)


def _depth(root: HtmlElement) -> int:
    deepest = depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest


def _walk(root: HtmlElement, furniture: bool) -> Iterator[tuple[str, HtmlElement]]:
    """("start" | "end" | "skip", element); the tail of an element is due at "end" and "skip"."""
    yield "start", root
    open_elements = [(root, iter(root))]
    while open_elements:
        element, children = open_elements[-1]
        child = next(children, None)
        if child is None:
            open_elements.pop()
            yield "end", element
        elif _is_left_out(child, furniture):
            yield "skip", child
        else:
            yield "start", child
            open_elements.append((child, iter(child)))


def _is_left_out(element: HtmlElement, furniture: bool) -> bool:
    tag = element.tag
    if not isinstance(tag, str) or tag in _NEVER:  # comments have no name
        return True
    if furniture:
        return False
    return (
        tag in _FURNITURE_TAGS or "hidden" in element.attrib or bool(_HIDDEN.search(element.get("style", "")))
    )


class _Builder:
    """Collects text until a block ends."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._lines: list[list[str]] = [[]]
        self._n_text = self._n_bold = self._n_link = 0
        self._bold = self._link = 0
        self._open: list[tuple[str, str]] = []  # tag, class and id of the open block elements
        self._image_waits = False

    def start(self, element: HtmlElement) -> None:
        tag = element.tag
        if tag == "br":
            self._lines.append([])
            return
        if tag == "img":
            self._image()
            return
        if tag in _BLOCK_TAGS:
            self.flush()
            self._open.append((tag, f"{element.get('class', '')} {element.get('id', '')}".strip().lower()))
        self._bold += tag in _BOLD_TAGS
        self._link += tag == "a"

    def end(self, element: HtmlElement) -> None:
        tag = element.tag
        if tag in _BLOCK_TAGS and tag != "br":
            self.flush()
            self._open.pop()
        self._bold -= tag in _BOLD_TAGS
        self._link -= tag == "a"

    def text(self, text: str | None) -> None:
        if not text:
            return
        self._lines[-1].append(text)
        n_chars = len(text) - text.count(" ") - text.count("\n")
        self._n_text += n_chars
        self._n_bold += n_chars if self._bold else 0
        self._n_link += n_chars if self._link else 0

    def _image(self) -> None:
        before = "".join(self._lines[-1]).rstrip(_EDGE)
        if before and before[-1] not in TERMINAL:
            self._image_waits = True  # a small picture in the middle of a sentence
            return
        self.flush()
        self.blocks.append(Block("", "image", marks=self._marks()))

    def _marks(self) -> str:
        return " ".join(mark for _, mark in reversed(self._open[-4:]) if mark)

    def flush(self) -> None:
        if self._lines == [[]] and not self._image_waits:
            return
        lines = [clean_text("".join(pieces)) for pieces in self._lines]
        tag = self._open[-1][0] if self._open else "p"
        bold = self._n_text > 0 and self._n_bold >= self._n_text
        links = self._n_link / self._n_text if self._n_text else 0.0
        heading = tag in _HEADING_TAGS
        texts = ["\n".join(filter(None, map(tidy, lines)))] if heading else unwrapped(lines)
        self.blocks.extend(
            Block(text, tag, bold, links, self._marks(), part)
            for part, text in enumerate(filter(None, texts))
        )
        if self._image_waits:
            self.blocks.append(Block("", "image", marks=self._marks()))
        self._image_waits = False
        self._lines = [[]]
        self._n_text = self._n_bold = self._n_link = 0


def tidy(text: str) -> str:
    """One line of prose: a line end beside a Chinese character goes, other white space becomes one space."""

    def instead(found: re.Match[str]) -> str:
        start, end = found.span()
        wrapped = "\n" in found[0] and (_CJK.match(text, start - 1) or _CJK.match(text, end))
        return "" if start and wrapped else " "

    return _SPACES.sub(instead, text).strip(_EDGE)


def unwrapped(lines: list[str], width: int = 0) -> list[str]:
    """The paragraphs of lines that <br> or line ends divide: each one, but for lines wrapped at one width.

    `width` is the longest line of the text in characters; without it the lines' own, where there are three.
    """
    tidied = [tidy(line) for line in lines]
    is_measured = width > 0 or len(tidied) > 2
    width = width or max(map(len, tidied))
    paragraphs: list[list[str]] = []
    wrapped = False
    for raw, line in zip(lines, tidied, strict=True):
        if wrapped and line and not _INDENT.match(raw.lstrip(" \t\n")):
            gap = " " if paragraphs[-1][-1][-1].isascii() and line[0].isascii() else ""
            paragraphs[-1].append(gap + line)
        elif line:
            paragraphs.append([line])
        wrapped = bool(line) and line[-1] not in TERMINAL and len(line) >= max(_HARD_WRAP_CHARS, 0.8 * width)
        wrapped = wrapped and is_measured
    return ["".join(parts) for parts in paragraphs]
