"""A unit of a document as the sentence that is printed."""

from __future__ import annotations

from digest.model import Article, Sentence
from digest.summarize.document import Unit


def sentence_of(article: Article, unit: Unit, score: float) -> Sentence:
    """The unit in the article's own words, its score rounded so that it is the same on every machine."""
    text = article.text[unit.start : unit.end]
    return Sentence(text, unit.start, unit.end, round(score, 6), unit.paragraph)


def headline_of(article: Article, unit: Unit, score: float) -> Sentence:
    """The headline that was run into the unit's sentence, in the article's own words."""
    start, end = unit.headline or (unit.start, unit.end)
    return sentence_of(article, unit._replace(start=start, end=end), score)
