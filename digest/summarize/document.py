"""An article as the engines see it: units that could be printed, with their words and what they need."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from operator import add
from typing import NamedTuple

from digest.model import Article
from digest.summarize.discourse import leaning_on
from digest.summarize.edges import dateline, opening
from digest.summarize.run_in import run_in
from digest.summarize.speakers import asking
from digest.summarize.standing import Standing, fold, standing
from digest.summarize.vocabulary import Vocabulary, content_words, count_words
from digest.text.script import is_traditional, simplified
from digest.text.sentences import is_finished, split

# A paragraph of which recognition has spoilt more than this is not quoted while there is another.
MAX_DAMAGE = 0.05
# In an item of so few sentences the question is the topic; ROUGE-2 of short items 15.0 without, 15.8 with.
SHORT_ITEM = 5
MAX_HEADING = 60
MIN_PAIRS = 8  # a headline of nine characters
WHOLE_HEADLINE = 0.9
_NO_LETTER = re.compile(r"[\W_]")


class Unit(NamedTuple):
    """A sentence that could be printed: ``article.text[start:end]``, without the clauses left out.

    `copy` is that stretch folded and in Simplified script, `words` are its content words.
    """

    start: int
    end: int
    paragraph: int
    place: int  # counts the sentences of the article from 0, headings left out
    opens_paragraph: bool
    copy: str
    words: tuple[str, ...]
    standing: Standing
    behind_run_in: bool = False  # a heading was run into it and has been left out
    speaker: str = ""
    headline: tuple[int, int] | None = None  # where that heading stands, if it states news


@dataclass(frozen=True, slots=True)
class Document:
    """An article in units, in the order of the source; `title` and `headings` (its subheads) are folded."""

    title: str
    headings: tuple[str, ...]
    units: tuple[Unit, ...]
    words: Vocabulary
    copy: str = ""  # of the article's text, as long as it
    asked: tuple[bool, ...] = ()  # for every paragraph whether it is a question's


def read_document(article: Article) -> Document:
    """The units of an article, in order. Time is linear in the text."""
    copy = _analysis_copy(article.text)
    title = "" if article.title_is_made else _analysis_copy(article.title)
    subheads = {fold(subhead).strip() for subhead in article.subheads}
    headings = [_analysis_copy(line) for line in (article.kicker, article.subtitle) if line]
    pairs = title_pairs(title)
    pieces: list[_Piece] = []
    paragraphs = list(_paragraph_copies(article, copy))
    asks = asking(article.paragraphs, [text for _, text in paragraphs])
    for index, (at, text) in enumerate(paragraphs):
        spans = split(text)
        closed = [is_finished(text[start:end]) for start, end in spans]
        if len(spans) == 1 and (not closed[0] or text.strip() in subheads):
            headings.append(text.strip()[:MAX_HEADING])
            closed = [False]
        if article.paragraphs[index].damage > MAX_DAMAGE:
            closed = [
                finished and _says_headline(text[start:end], pairs)
                for (start, end), finished in zip(spans, closed, strict=True)
            ]
        if article.paragraphs[index].weak:
            closed = [
                finished and not article.is_over_weak(at + start, at + end)
                for (start, end), finished in zip(spans, closed, strict=True)
            ]
        for number, ((start, end), finished) in enumerate(zip(spans, closed, strict=True)):
            pieces.append(_Piece(at + start, at + end, index, number == 0, finished, asks[index]))
    short_item = sum(piece.finished for piece in pieces) <= SHORT_ITEM
    units: list[Unit] = []
    place = 0
    for piece in pieces:
        units.append(
            _unit(piece, copy, place, headings, short_item, article.paragraphs[piece.paragraph].speaker)
        )
        place += piece.finished
    leaning = leaning_on([unit.copy for unit in units], [unit.paragraph for unit in units])
    for at, leans in enumerate(leaning):
        if leans and units[at].standing < Standing.AFTER_PREVIOUS:
            units[at] = units[at]._replace(standing=Standing.AFTER_PREVIOUS)
    return Document(
        title, tuple(headings), tuple(units), count_words(unit.words for unit in units), copy, tuple(asks)
    )


def title_pairs(heading: str) -> set[str]:
    """The pairs of neighbouring characters of a heading, punctuation left out."""
    pairs: set[str] = set()
    for run in _NO_LETTER.sub(" ", heading).split():
        pairs.update(map(add, run, run[1:]))
    return pairs


def _says_headline(sentence: str, pairs: set[str]) -> bool:
    """Whether a sentence repeats a headline so fully that recognition cannot have spoilt it."""
    return len(pairs) >= MIN_PAIRS and sum(pair in sentence for pair in pairs) >= WHOLE_HEADLINE * len(pairs)


class _Piece(NamedTuple):
    """A sentence as it was split, before anything at its edges is left out."""

    start: int
    end: int
    paragraph: int
    opens: bool
    finished: bool
    asks: bool


def _paragraph_copies(article: Article, copy: str) -> Iterator[tuple[int, str]]:
    """Where each paragraph begins in the article's text, and its part of the copy of that text."""
    at = 0
    for paragraph in article.paragraphs:
        yield at, copy[at : at + len(paragraph.text)]
        at += len(paragraph.text) + 1


def _analysis_copy(text: str) -> str:
    if not text:
        return text
    return fold(simplified(text) if is_traditional(text) else text)


def _unit(piece: _Piece, copy: str, place: int, headings: list[str], short_item: bool, speaker: str) -> Unit:
    sentence = copy[piece.start : piece.end]
    heading = run_in(copy, piece.start, piece.end, first=place == 0) if piece.finished else None
    finished = piece.finished and (heading is None or heading.begins > 0)
    cut, headline = 0, None
    if heading is not None and heading.begins:
        cut = heading.begins
        headings.append(sentence[: heading.end].strip()[:MAX_HEADING])
        if heading.states and standing(sentence[: heading.end], finished=True) is Standing.ALONE:
            headline = piece.start, piece.start + heading.end
    cut_at = cut + opening(sentence[cut:])
    if not sentence[cut_at:].strip():  # nothing but a dateline or a tag in brackets: it stays what it is
        cut_at, finished = cut, False
    needs = standing(sentence[cut_at:], finished=finished)
    if cut_at > cut and needs > Standing.AFTER_LEAD:
        cut_at = cut + dateline(sentence[cut:])  # what is left cannot stand, so the clause stays
        needs = standing(sentence[cut_at:], finished=finished)
    if piece.asks:
        needs = max(needs, Standing.QUESTION)
    elif needs is Standing.QUESTION and short_item:
        needs = Standing.ALONE
    sentence = sentence[cut_at:]
    return Unit(
        piece.start + cut_at,
        piece.end,
        piece.paragraph,
        place,
        piece.opens,
        sentence,
        tuple(content_words(sentence)),
        needs,
        cut > 0,
        speaker,
        headline,
    )
