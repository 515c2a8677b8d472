"""Where the words of an article stood in the source that they were read from."""

from __future__ import annotations

from typing import NamedTuple

from digest.model import Article, Paragraph


class Origin(NamedTuple):
    """A stretch of a source's text as it was read: ``source.text[start:end]``, on page `page` where known."""

    source: str
    page: int | None
    start: int
    end: int


def origin_of(article: Article, start: int, end: int) -> tuple[Origin, ...]:
    """The stretches that ``article.text[start:end]`` was copied from, in the order of the article.

    Their concatenation is that text without the characters that stand in no source: the spaces put in where
    a line end stood between Latin words, and the line feeds between paragraphs. Stretches that touch in the
    source are one. A paragraph without runs gives none.
    """
    found: list[Origin] = []
    here = 0
    for paragraph in article.paragraphs:
        if here >= end:
            break
        for origin in _paragraph_origins(article, paragraph, start - here, end - here):
            last = found[-1] if found else None
            if last and last[:2] == origin[:2] and last.end == origin.start:
                found[-1] = last._replace(end=origin.end)
            else:
                found.append(origin)
        here += len(paragraph.text) + 1
    return tuple(found)


def _paragraph_origins(article: Article, paragraph: Paragraph, start: int, end: int) -> list[Origin]:
    source = paragraph.source or article.source
    page = article.page if paragraph.page is None else paragraph.page
    stretches: list[Origin] = []
    for run in paragraph.runs:
        low, high = max(run.at, start), min(run.at + run.length, end)
        if low < high:
            offset = run.start - run.at
            stretches.append(Origin(source, page, low + offset, high + offset))
    return stretches
