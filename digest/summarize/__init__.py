"""Summaries of verbatim sentences, keywords, figures and names: pure functions of an article.

summarize(article, SummaryConfig(), n=2)
"""

from __future__ import annotations

from digest.config import SummaryConfig
from digest.model import Article, Figure, Keyword, Phrase, Sentence
from digest.summarize.choice import Budget, choose, leading_headline
from digest.summarize.document import Document, read_document
from digest.summarize.engines import engine, engine_names
from digest.summarize.figures import find_figures
from digest.summarize.keyphrases import rank_keywords
from digest.summarize.phrases import find_phrases
from digest.summarize.sentence import headline_of, sentence_of
from digest.summarize.together import together

__all__ = ["engine_names", "figures", "keywords", "phrases", "summarize", "together"]

# The pipeline asks for the summary and then for the keywords of one article; its words are cut once.
_last: tuple[Article, Document] | None = None


def summarize(
    article: Article, config: SummaryConfig, *, n: int | None = None, chars: int | None = None
) -> tuple[Sentence, ...]:
    """The sentences that tell what happened, in the order of the source, ``text == article.text[start:end]``.

    `n` sentences where it is given, else as many as fit in `chars`, else what `config` says of both. Where
    one is asked for, a headline that was run into the text may be given in its place. A summary of an
    article with any text has at least one sentence, but none that runs over a weak join, as the paper may
    never have printed it. Raises UsageError for an unknown engine.
    """
    document = _document(article)
    scores = engine(config.engine)(document)
    asked = n is not None or chars is not None
    budget = Budget(n, chars, asked) if asked else Budget(config.sentences, config.chars)
    chosen = choose(document, scores, budget)
    headline = leading_headline(document, scores, budget, chosen)
    if headline is not None:
        return (headline_of(article, document.units[headline], scores[headline]),)
    sentences = (sentence_of(article, document.units[index], scores[index]) for index in chosen)
    return tuple(one for one in sentences if not article.is_over_weak(one.start, one.end))


def keywords(article: Article, n: int) -> tuple[Keyword, ...]:
    """The `n` words, best first, that tell what the article is about, as the article writes them."""
    document = _document(article)
    return tuple(_in_text(keyword, document, article) for keyword in rank_keywords(document, n))


def figures(article: Article) -> tuple[Figure, ...]:
    """The article's key figures in the order of its text, each once."""
    document = _document(article)
    damage = [paragraph.damage for paragraph in article.paragraphs]
    found = find_figures(document, article.text, damage, document.asked)
    return tuple(figure for figure in found if not article.is_over_weak(figure.start, figure.end))


def phrases(article: Article) -> tuple[Phrase, ...]:
    """The people and organisations that the article names, the oftenest named first."""
    damage = [paragraph.damage for paragraph in article.paragraphs]
    found = find_phrases(_document(article), article.text, damage)
    return tuple(phrase for phrase in found if not article.is_over_weak(phrase.start, phrase.end))


def _in_text(keyword: Keyword, document: Document, article: Article) -> Keyword:
    """The keyword in the article's own characters, with its first place in the text."""
    word = keyword.word
    at = document.copy.find(word)
    if at >= 0:
        end = at + len(word)
        return Keyword(article.text[at:end], keyword.score, at, end)
    at = document.title.find(word)
    return Keyword(article.title[at : at + len(word)] if at >= 0 else word, keyword.score)


def _document(article: Article) -> Document:
    global _last
    last = _last
    if last is not None and last[0] is article:
        return last[1]
    document = read_document(article)
    _last = (article, document)
    return document
