"""An article as the engines see it: units that could be printed, with their words and what they need."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from digest.model import Article
from digest.summarize.edges import dateline, opening
from digest.summarize.glued import glued_heading
from digest.summarize.standing import Standing, fold, standing
from digest.text.frequencies import frequencies
from digest.text.script import is_traditional, simplified
from digest.text.sentences import is_finished, split
from digest.text.words import cut

# A paragraph of which recognition has spoilt more than this is not quoted while there is another.
MAX_DAMAGE = 0.05
# Beyond this many sentences those that say least are not ranked: the graph is bounded, the cost stays linear.
MAX_UNITS = 400


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence that could be printed: ``article.text[start:end]``, without the clauses left out at its edge.

    `copy` is that stretch folded and in Simplified script. `words` are its content words, repeats kept.
    """

    start: int
    end: int
    paragraph: int
    place: int  # counts the sentences of the article from 0, headings left out
    opens_paragraph: bool
    copy: str
    words: tuple[str, ...]
    standing: Standing
    behind_glued: bool = False  # a heading was run together with it and has been left out
    speaker: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """An article in units, in the order of the source. `headings` are its title and subheads, folded."""

    title: str
    headings: tuple[str, ...]
    units: tuple[Unit, ...]
    n_sentences: int


_CONTENT = re.compile(r"[\u3400-\u9fff]{2,}|[A-Za-z][A-Za-z0-9.+&-]+")


def content_words(text: str) -> list[str]:
    """The words of a folded Simplified text that carry meaning: no function words, single characters, numbers."""
    function_words = frequencies().function_words
    return [word for word in cut(text) if word not in function_words and _CONTENT.fullmatch(word)]


def read_document(article: Article) -> Document:
    """The units of an article, in order. Time is linear in the text."""
    text = article.text
    copy = simplified(text) if is_traditional(text) else text
    copy = fold(copy)
    lines = _line_spans(article)
    subheads = {fold(subhead).strip() for subhead in article.subheads}
    headings = [fold(simplified(article.title)) if is_traditional(article.title) else fold(article.title)]
    found: list[tuple[int, int, int, bool, bool]] = []  # start, end, paragraph, first in it, finished
    for index, (line_start, line_end) in enumerate(lines):
        line = copy[line_start:line_end]
        spans = split(line)
        if len(spans) == 1 and (line.strip() in subheads or not is_finished(line)):
            headings.append(line.strip()[:60])
        for number, (start, end) in enumerate(spans):
            finished = is_finished(line[start:end]) and line[start:end] not in subheads
            found.append((line_start + start, line_start + end, index, number == 0, finished))
    units = [_unit(article, copy, item, place, headings) for place, item in enumerate(found)]
    return Document(headings[0], tuple(headings[1:]), tuple(units), len(found))


def _line_spans(article: Article) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    at = 0
    for paragraph in article.paragraphs:
        spans.append((at, at + len(paragraph.text)))
        at += len(paragraph.text) + 1
    return spans


def _unit(
    article: Article, copy: str, item: tuple[int, int, int, bool, bool], place: int, headings: list[str]
) -> Unit:
    start, end, index, opens, finished = item
    paragraph = article.paragraphs[index]
    sentence = copy[start:end]
    glued = glued_heading(sentence, copy[end : end + 200]) if finished else 0
    if glued:
        headings.append(sentence[:glued].strip()[:60])
    if glued >= len(sentence):
        glued, finished = 0, False
    cut_at = glued + opening(sentence[glued:])
    needs = standing(sentence[cut_at:], finished=finished)
    if needs > Standing.AFTER_LEAD:
        cut_at = glued + dateline(sentence[glued:])  # what is left cannot stand, so the clause stays
        needs = standing(sentence[cut_at:], finished=finished)
    if paragraph.damage > MAX_DAMAGE:
        needs = Standing.NEVER
    elif _asks(paragraph.role) or _asks(paragraph.speaker):
        needs = max(needs, Standing.QUESTION)
    sentence = sentence[cut_at:]
    return Unit(
        start + cut_at,
        end,
        index,
        place,
        opens,
        sentence,
        tuple(content_words(sentence)),
        needs,
        glued > 0,
        paragraph.speaker,
    )


def _asks(speaker: str) -> bool:
    return any(word in speaker for word in ("记者", "記者", "主持", "提问", "提問"))


def total_chars(units: Sequence[Unit]) -> int:
    return sum(unit.end - unit.start for unit in units)
