"""A body and its headline become an `Article`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from digest.model import Article, Paragraph
from digest.page import fields
from digest.page.label import Labelled
from digest.page.lines import SLACK, close_spaced_out, close_up
from digest.page.headline import headline_fields
from digest.page.pair import Headline
from digest.page.segment import Body
from digest.text.tracked import Tracked, concat


@dataclass(frozen=True, slots=True)
class Origin:
    """What all articles of a page have in common."""

    source: str
    published: date | None
    page: int | None
    paper: str
    stacked: bool  # headline lines of one block stand without blank lines on this page


def build_article(
    items: Sequence[Labelled], body: Body, headline: Headline, origin: Origin, index: int
) -> Article:
    """The article: fields taken off the text, fragments joined into paragraphs."""
    paragraphs = _paragraphs(items, body)
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
    paragraphs = [text for text in (_without_jumps(p) for p in paragraphs) if text]
    if paragraphs:
        tail = fields.parse_tail_byline(paragraphs[-1].text)
        if tail:
            authors += tail.authors
            paragraphs[-1] = paragraphs[-1].slice(0, tail.start).strip()
    paragraphs = [close_up(p) for p in paragraphs]
    text = "".join(p.text for p in paragraphs)
    kicker, title, subtitle = headline_fields(items, headline, text, stacked=origin.stacked)
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
        paragraphs=tuple(Paragraph(p.text, p.runs, origin.source, origin.page) for p in paragraphs if p),
        captions=tuple(close_up(items[i].fragment.text).text for i in body.captions),
        subheads=tuple(close_spaced_out(items[i].fragment.text).text for i in body.subheads),
        warnings=tuple(warnings),
        paper=origin.paper,
        id=f"{origin.source}#{index}",
    )


def _warnings(headline: Headline, title: str) -> list[str]:
    if not title:
        return ["未找到标题"]
    if headline.shared and headline.shared - headline.runner_up < 0.08:
        return [f"标题归属不确定（与正文共词 {headline.shared:.2f}，另一正文 {headline.runner_up:.2f}）"]
    return []


# ---------------------------------------------------------------- paragraphs


def _paragraphs(items: Sequence[Labelled], body: Body) -> list[Tracked]:
    """The fragments joined: one that stops in mid-sentence goes on in the next."""
    indents = sum(items[i].fragment.indented for i in body.fragments) >= 2
    out: list[Tracked] = []
    previous: Labelled | None = None
    for i in body.fragments:
        item = items[i]
        text = item.fragment.text
        broken_by_subhead = previous is not None and any(
            body.fragments[0] < s < i for s in body.subheads if s > _place(items, previous, body)
        )
        if previous is not None and out and not broken_by_subhead and _goes_on(previous, item, indents):
            gap = concat((out[-1], Tracked(" ", ()))) if _latin_seam(out[-1].text, text.text) else out[-1]
            out[-1] = gap + text
        else:
            out.append(text)
        previous = item
    return [text.strip() for text in out]


def _place(items: Sequence[Labelled], item: Labelled, body: Body) -> int:
    return next(i for i in body.fragments if items[i] is item)


def _goes_on(previous: Labelled, item: Labelled, indents: bool) -> bool:
    if item.lead is not None:
        return False
    if previous.fragment.open:
        return True
    # a column that breaks just behind a full stop: only indents can tell
    return (
        indents
        and not item.fragment.indented
        and previous.fragment.last_width >= previous.fragment.measure - SLACK + 1
    )


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


def with_index(article: Article, index: int) -> Article:
    return replace(article, index=index, id=f"{article.source}#{index}")
