"""A body and its headline become an `Article`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from typing import NamedTuple

from digest.model import Article, Paragraph, Skipped
from digest.page import fields
from digest.page.damage import broken_seams, damage
from digest.page.doubt import is_beyond_reading, left_out, reads_mixed
from digest.page.headline import headline_fields
from digest.page.labelled import Labelled
from digest.page.language import goes_on
from digest.page.lines import SLACK, close_spaced_out, close_up, ends_sentence
from digest.page.pair import Headline
from digest.page.seams import Seam, places_in, seams_between, seams_within, weak_seams
from digest.page.segment import Body
from digest.text.tracked import Tracked, concat, inserted


@dataclass(frozen=True, slots=True)
class Origin:
    """What all articles of a page have in common."""

    source: str
    published: date | None
    page: int | None
    paper: str
    stacked: bool = False  # headline lines of one block stand without blank lines on this page
    recognised: bool = False  # came out of recognition, which loses lines
    in_print: bool = False  # neither recognised nor out of order: its lines are as printed


class Built(NamedTuple):
    """The articles of a page, and what was too mixed with other lines to be one."""

    articles: tuple[Article, ...]
    left_out: tuple[Skipped, ...]


def build_articles(
    items: Sequence[Labelled],
    bodies: Sequence[Body],
    headlines: Sequence[Headline],
    origin: Origin,
    *,
    disordered: bool = False,
) -> Built:
    """The articles of a page: fields taken off the text, fragments joined into paragraphs.

    `disordered` tells that the order of the page's lines had to be found: then an article may be beyond
    reading.
    """
    pieces = [_paragraphs(items, body) for body in bodies]
    seams = [[seam for piece in some for seam in piece.seams] for some in pieces]
    mixed = disordered or reads_mixed(chain.from_iterable(seams))
    found = weak_seams(seams, in_print=origin.in_print and not mixed, mixed=mixed)
    weak = sorted({*found, *(_torn_ends(pieces) if mixed else ())})
    articles = [
        _build_article(items, body, headline, some, weak, origin, index)
        for index, (body, headline, some) in enumerate(zip(bodies, headlines, pieces, strict=True))
    ]
    beyond = [
        mixed and is_beyond_reading(article, some) for article, some in zip(articles, seams, strict=True)
    ]
    return Built(
        tuple(article for article, out in zip(articles, beyond, strict=True) if not out),
        tuple(left_out(article) for article, out in zip(articles, beyond, strict=True) if out),
    )


def _torn_ends(pieces: Sequence[Sequence[_Piece]]) -> Iterator[int]:
    """Where paragraphs stop in mid-sentence, as offsets in the source: the rest stands elsewhere."""
    for piece in (piece for some in pieces for piece in some):
        if piece.text.runs and not ends_sentence(piece.text.text):
            last = piece.text.runs[-1]
            yield last.start + last.length - 1


def _build_article(
    items: Sequence[Labelled],
    body: Body,
    headline: Headline,
    pieces: Sequence[_Piece],
    weak: Sequence[int],
    origin: Origin,
    index: int,
) -> Article:
    damages = [max(damage(piece.text.text, torn=piece.torn), broken_seams(piece.lines)) for piece in pieces]
    paragraphs = [piece.text.strip() for piece in pieces]
    lead = None
    authors: list[str] = []
    agency = ""
    for i in body.bylines:
        byline = fields.parse_byline(items[i].plain)
        if byline:
            authors += byline.authors
            agency = agency or byline.agency
    if paragraphs:
        lead = fields.parse_lead(paragraphs[0].text)
        if lead:
            paragraphs[0] = paragraphs[0].slice(lead.end)
            authors += lead.authors
            agency = lead.agency
    paragraphs = [_without_jumps(p) for p in paragraphs]
    if paragraphs:
        tail = fields.parse_tail_byline(paragraphs[-1].text)
        if tail:
            authors += tail.authors
            agency = agency or tail.agency
            paragraphs[-1] = paragraphs[-1].slice(0, tail.start).strip()
    paragraphs = [close_up(p) for p in paragraphs]
    text = "".join(p.text for p in paragraphs)
    kicker, title, subtitle = headline_fields(
        items, headline, text, stacked=origin.stacked, recognised=origin.recognised
    )
    warnings = _warnings(headline, title)
    return Article(
        source=origin.source,
        index=index,
        title=title,
        kicker=kicker,
        subtitle=subtitle,
        authors=tuple(dict.fromkeys(authors)),
        agency=agency,
        dateline_place=lead.place if lead else "",
        published=origin.published,
        page=origin.page,
        jump_to=body.jump_to,
        jump_from=body.jump_from,
        paragraphs=tuple(
            Paragraph(
                p.text, p.runs, origin.source, origin.page, damage=spoiled, weak=places_in(p.runs, weak)
            )
            for p, spoiled in zip(paragraphs, damages, strict=True)
            if p
        ),
        captions=tuple(_caption(items[i].fragment.text) for i in body.captions),
        subheads=tuple(close_spaced_out(items[i].fragment.text).text for i in body.subheads),
        warnings=tuple(warnings),
        paper=origin.paper,
        id=f"{origin.source}#{index}",
    )


def _caption(text: Tracked) -> str:
    """A caption without layout spaces; the credit keeps the spaces between its names."""
    credit = fields.find_credit(text.text)
    if credit is None:
        return close_up(text).text
    return f"{close_up(text.slice(0, credit[0])).text.strip()} {credit[1]}".strip()


def _warnings(headline: Headline, title: str) -> list[str]:
    if not title:
        return ["未找到标题"]
    if headline.shared and headline.shared - headline.runner_up < 0.08:
        return [f"标题归属不确定（与正文共词 {headline.shared:.2f}，另一正文 {headline.runner_up:.2f}）"]
    return []


# ---------------------------------------------------------------- paragraphs


@dataclass(slots=True)
class _Piece:
    """A paragraph in the making: its parts as they were set, its lines, and whether some of it is missing."""

    parts: list[Tracked] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    seams: list[Seam] = field(default_factory=list)
    torn: bool = False

    @property
    def text(self) -> Tracked:
        return concat(self.parts)


def _paragraphs(items: Sequence[Labelled], body: Body) -> list[_Piece]:
    """The fragments joined: one that stops in mid-sentence goes on in the next. Linear in the text."""
    indents = sum(items[i].fragment.indented for i in body.fragments) >= 2
    subheads = set(body.subheads)
    out: list[_Piece] = []
    previous: int | None = None
    for i in body.fragments:
        fragment = items[i].fragment
        if previous is None or any(n in subheads for n in range(previous + 1, i)):
            out.append(_Piece())
        elif _goes_on(items[previous], items[i], indents):
            if _latin_seam(items[previous].plain, fragment.plain):
                out[-1].parts.append(inserted(" "))
            out[-1].seams += seams_between(items[previous].fragment, fragment)
        else:
            # what stopped here in mid-sentence has lost its end, and this may have lost its start
            stopped = items[previous].fragment.open
            out[-1].torn = out[-1].torn or stopped
            out.append(_Piece(torn=stopped and not _first_line(items[i])))
        out[-1].parts.append(fragment.text)
        out[-1].lines += [line.text.text for line in fragment.lines]
        lead = items[i].lead
        out[-1].seams += seams_within(fragment, behind=lead.end if lead else 0)
        previous = i
    return out


#: A seam below this is believed broken where the next line is set as the first of a paragraph: lightly where
#: recognition loses lines, hardly ever in print.
BROKEN_SEAM, BROKEN_IN_PRINT = -1.0, -5.0


def _goes_on(previous: Labelled, item: Labelled, indents: bool) -> bool:
    if item.lead is not None:
        return False
    if previous.fragment.open:
        recognised = item.fragment.wrapped and len(item.fragment.lines) == 1
        least = BROKEN_SEAM if recognised else BROKEN_IN_PRINT
        return not (_first_line(item) and goes_on(previous.plain, item.plain) < least)
    # a column that breaks just behind a full stop: only indents can tell
    return (
        indents
        and not item.fragment.indented
        and previous.fragment.last_width >= previous.fragment.measure - SLACK + 1
    )


def _first_line(item: Labelled) -> bool:
    """Whether a fragment's first line is set as a paragraph's first: two characters short of the column."""
    fragment = item.fragment
    if fragment.indented:
        return True
    return len(fragment.set_widths) >= 3 and fragment.set_widths[0] <= fragment.column - 1.5


def _latin_seam(before: str, after: str) -> bool:
    return (
        bool(before and after)
        and before[-1].isascii()
        and before[-1].isalpha()
        and after[0].isascii()
        and after[0].isalpha()
    )


def _without_jumps(text: Tracked) -> Tracked:
    while True:
        jump = fields.find_jump(text.text)
        if jump is None:
            return text.strip()
        text = text.without([(jump.start, jump.end)])
