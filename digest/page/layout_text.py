"""Laid-out pages → the text as read and the articles whose offsets point into it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from digest.model import Article, Paragraph
from digest.page.blocks import Block
from digest.page.fields import (
    date_in_name,
    date_in_text,
    find_jump,
    furniture_kind,
    page_in_name,
    page_number,
    parse_byline,
    parse_lead,
    parse_tail_byline,
)
from digest.page.geometry import Line
from digest.page.headline import close_phrases
from digest.page.layout import Draft, Layout
from digest.page.layout_heads import joined
from digest.page.layout_pieces import INDENT, Piece
from digest.page.seams import Seam, places_in, seams_at, weak_by_place
from digest.text.tracked import EMPTY, Tracked, concat, inserted

_TERMINAL = re.compile(r"[。！？!?…][”’」』）)】]*$")
_LAYOUT_SPACE = re.compile(r"(?<![A-Za-z0-9.,;:%)])[ \u3000]+|[ \u3000]+(?![A-Za-z0-9(])")
_OPEN_BYLINE = re.compile(r"^.{0,30}[（(][^（()）]{0,12}(?:记者|記者|通[讯訊][员員])[^（()）。]{1,60}$", re.S)
_CUT_ROLE = re.compile(r"(?:通[讯訊]?|[记記]|[评評][论論]?)$")
_PAPER = re.compile(r"[\u3400-\u9fff]{2,10}(?:日报|晚报|晨报|早报|时报|商报|都市报|快报|导报|周报|报)")
_PRINTED_PAGE = re.compile(
    r"^\s*(?:第?\s?([A-D]?\d{1,3}|[一二三四五六七八九十]{1,3})\s?版?)(?:\s|$|[\u3400-\u9fff])"
)

WARN_CHAIN = "分栏的接续不确定 (the order of its columns is uncertain)"
WARN_NO_TITLE = "没有找到标题 (no headline was found)"


@dataclass(slots=True)
class _Writer:
    """The text as read, growing line by line."""

    parts: list[str] = field(default_factory=list)
    length: int = 0

    def line(self, text: str) -> Tracked:
        tracked = Tracked.of(text, self.length)
        self.parts.append(text)
        self.parts.append("\n")
        self.length += len(text) + 1
        return tracked

    def gap(self) -> None:
        self.parts.append("\n")
        self.length += 1


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What the page head says."""

    published: date | None
    page: int | None
    paper: str


def write_pages(layouts: Sequence[Layout], name: str) -> tuple[str, list[Article]]:
    """The text of all pages in reading order, and their articles. `name` is the file's name."""
    writer = _Writer()
    articles: list[Article] = []
    for layout in layouts:
        facts = page_facts(layout, name, single=len(layouts) == 1)
        seams: list[Seam] = []
        first = len(articles)
        for draft in layout.drafts:
            articles.append(_write_article(draft, layout, facts, writer, name, len(articles), seams))
            writer.gap()
        if seams:
            weak = sorted(weak_by_place(seams))
            articles[first:] = [_with_weak(article, weak) for article in articles[first:]]
        for block, _ in layout.furniture:
            for line in block.lines:
                writer.line(line.text)
        writer.gap()
    return "".join(writer.parts), articles


def _with_weak(article: Article, weak: Sequence[int]) -> Article:
    """The article, the weak seams among the offsets marked in its paragraphs; `weak` is in order."""
    paragraphs = (replace(one, weak=places_in(one.runs, weak)) for one in article.paragraphs)
    return replace(article, paragraphs=tuple(paragraphs)) if weak else article


def page_facts(layout: Layout, name: str, *, single: bool) -> PageFacts:
    """Date, page number and paper from the page's furniture, else from the file's name."""
    lines = [
        line
        for block, kind in layout.furniture
        if kind in {"masthead", "date", "pagehead", "staff"}
        for line in block.lines
    ]
    published = next((found for line in lines if (found := date_in_text(line.text))), None)
    printed = [page for line in lines if (page := _printed_page(line.text)) is not None]
    front = any(furniture_kind(line.text) == "masthead" for line in lines)
    page = page_in_name(name) if single else None
    if printed and not front:
        page = printed[0]
    if page is None:
        page = 1 if front else layout.sheet.number
    papers = [
        (line.size, match.group())
        for line in lines
        if (match := _PAPER.fullmatch(line.text.replace(" ", "")))
    ]
    paper = max(papers)[1] if papers else ""
    return PageFacts(published or date_in_name(name), page, paper)


def _printed_page(text: str) -> int | None:
    if date_in_text(text) and "版" not in text:
        return None
    match = _PRINTED_PAGE.match(text)
    if match and ("版" in text or len(text) <= 8) and not re.search("年|月|日|星期|期", match.group()):
        return page_number(match.group(1))
    return None


# ---------------------------------------------------------------- one article


def _write_article(
    draft: Draft,
    layout: Layout,
    facts: PageFacts,
    writer: _Writer,
    name: str,
    index: int,
    seams: list[Seam],
) -> Article:
    """The article; the seams between its columns are added to `seams`."""
    head = draft.head
    if head:
        for line in (*head.kicker, *head.title, *head.subtitle, *head.bylines):
            writer.line(line.text)
    body = _body(draft.pieces, layout.indented, writer)
    seams += body.seams
    captions = tuple(_caption(block, writer) for block in draft.captions)
    fields = _fields(body.paragraphs, [*(head.bylines if head else ()), *body.bylines])
    warnings = []
    if draft.uncertain:
        warnings.append(WARN_CHAIN)
    text = "".join(each.text for each in fields.paragraphs)
    title = close_phrases(joined(head.title), text) if head else ""
    if not title:
        warnings.append(WARN_NO_TITLE)
    kicker, subtitle = (
        (close_phrases(joined(head.kicker), text), close_phrases(joined(head.subtitle), text))
        if head
        else ("", "")
    )
    return Article(
        source=name,
        index=index,
        title=title,
        kicker=kicker,
        subtitle=subtitle,
        authors=fields.authors,
        agency=fields.agency,
        dateline_place=fields.place,
        published=facts.published,
        page=facts.page,
        jump_to=fields.jump_to,
        jump_from=fields.jump_from,
        paragraphs=tuple(
            Paragraph(text=each.text, runs=each.runs, source=name, page=facts.page)
            for each in fields.paragraphs
        ),
        captions=captions,
        subheads=tuple(body.subheads),
        warnings=tuple(warnings),
        paper=facts.paper,
        id=f"{name}#{index}",
    )


@dataclass(slots=True)
class _Body:
    paragraphs: list[Tracked] = field(default_factory=list)
    subheads: list[str] = field(default_factory=list)
    bylines: list[Line] = field(default_factory=list)
    seams: list[Seam] = field(default_factory=list)  # between its columns


def _body(pieces: Sequence[Piece], indented: bool, writer: _Writer) -> _Body:
    """The lines of an article's pieces joined into paragraphs; layout spaces still stand in them."""
    body = _Body()
    here: list[Tracked] = []

    def close() -> None:
        if here:
            body.paragraphs.append(concat(here))
            here.clear()

    for piece in pieces:
        lines = piece.block.lines
        if piece.n_subheads:
            close()
            body.subheads.append(joined(lines[: piece.n_subheads]))
            for line in lines[: piece.n_subheads]:
                writer.line(line.text)
        for at in range(piece.n_subheads, len(lines)):
            line = lines[at]
            tracked = writer.line(line.text)
            if not body.paragraphs and not here and parse_byline(line.text):
                body.bylines.append(line)
                continue
            if here and _begins_paragraph(piece, at, here, indented):
                close()
            if here and at == piece.n_subheads:
                body.seams += seams_at(here[-1].text, tracked)
            if here and (
                _needs_space(here[-1].text, tracked.text) or (not body.paragraphs and _among_names(here))
            ):
                here.append(inserted(" "))
            here.append(tracked)
    close()
    return body


def _begins_paragraph(piece: Piece, at: int, before: Sequence[Tracked], indented: bool) -> bool:
    lines = piece.block.lines
    line = lines[at]
    stopped = bool(_TERMINAL.search(before[-1].text.rstrip()))
    if at == piece.n_subheads and piece.n_subheads:
        return True
    if not indented:
        if at == 0:
            return stopped and piece.starts != "flush"
        last = lines[at - 1]
        return stopped and piece.right - last.box.right > 2.0 * line.size
    shift = line.box.left - piece.left
    if shift <= INDENT * line.size:
        return False
    follows = at + 1 < len(lines) and abs(lines[at + 1].box.left - line.box.left) < 0.5 * line.size
    return stopped or not follows  # several lines in a row set in by as much run around a picture


def _among_names(lines: Sequence[Tracked]) -> bool:
    """Whether the lines so far break off among the names of a byline in brackets: a space may part two."""
    opened = "".join(line.text for line in lines) if len(lines) < 6 else ""
    return _OPEN_BYLINE.search(opened) is not None and not _CUT_ROLE.search(opened)


def _needs_space(before: str, after: str) -> bool:
    """Between Latin words that a line end parts."""
    return bool(re.search(r"[A-Za-z,;]$", before)) and bool(re.match(r"[A-Za-z]", after))


def _caption(block: Block, writer: _Writer) -> str:
    text = ""
    for line in block.lines:
        part = writer.line(line.text).text
        text += (" " if text and _needs_space(text, part) else "") + part
    return re.sub(r"[ \u3000]+", " ", text).strip()


@dataclass(frozen=True, slots=True)
class _Fields:
    authors: tuple[str, ...]
    agency: str
    place: str
    jump_to: int | None
    jump_from: int | None
    paragraphs: tuple[Tracked, ...]


def _fields(paragraphs: Iterable[Tracked], bylines: Iterable[Line]) -> _Fields:
    """Byline, dateline and jump marks taken out of a body."""
    rest = list(paragraphs)
    authors: list[str] = []
    agency = place = ""
    for line in bylines:
        byline = parse_byline(line.text)
        if byline:
            authors.extend(byline.authors)
            agency = agency or byline.agency
    jump_from = jump_to = None
    if rest:
        jump = find_jump(rest[0].text[:60])
        if jump and jump.direction == "from" and jump.start < 4:
            jump_from, rest[0] = jump.page, rest[0].slice(jump.end)
        lead = parse_lead(rest[0].text)
        if lead:
            rest[0] = rest[0].slice(lead.end)
            agency, place = lead.agency, lead.place
            authors.extend(lead.authors)
    while rest and not rest[-1].text.strip():
        rest.pop()
    if rest:
        rest[-1], jump_to = _without_jump(rest[-1])
        if not rest[-1] and len(rest) > 1:
            rest.pop()
        tail = parse_tail_byline(rest[-1].text)
        if tail:
            rest[-1] = rest[-1].slice(0, tail.start)
            authors.extend(tail.authors)
    kept = tuple(clean for each in rest if (clean := without_layout_spaces(each)))
    return _Fields(tuple(dict.fromkeys(authors)), agency, place, jump_to, jump_from, kept)


def _without_jump(paragraph: Tracked) -> tuple[Tracked, int | None]:
    at = max(0, len(paragraph) - 60)
    jump = find_jump(paragraph.text[at:])
    if jump is None or jump.direction != "to" or len(paragraph) - at - jump.end > 3:
        return paragraph, None
    return paragraph.slice(0, at + jump.start).strip(), jump.page


def without_layout_spaces(text: Tracked) -> Tracked:
    """The text with only those spaces that part Latin words and numbers."""
    trimmed = text.strip()
    if " " not in trimmed.text and "\u3000" not in trimmed.text:
        return trimmed or EMPTY
    return trimmed.without(match.span() for match in _LAYOUT_SPACE.finditer(trimmed.text))
