"""Articles → summaries, without the rest of the pipeline, which takes longer to load than they to make."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import partial

from digest.config import SummaryConfig
from digest.executor import ordered_map
from digest.model import Article, Figure, Keyword, Phrase, Sentence
from digest.summarize import figures, keywords, phrases, summarize


@dataclass(frozen=True, slots=True)
class Summary:
    """An article with its sentences and keywords alone, and figures and names where they were asked."""

    article: Article
    sentences: tuple[Sentence, ...]
    keywords: tuple[Keyword, ...]
    figures: tuple[Figure, ...] = ()
    phrases: tuple[Phrase, ...] = ()


def summarise_all(
    articles: Iterable[Article],
    config: SummaryConfig,
    *,
    n: int | None = None,
    chars: int | None = None,
    facts: bool = False,
    executor: Executor | None = None,
) -> Iterator[Summary]:
    """Summaries of `n` sentences or of about `chars` characters, one by one as the articles come in.

    With `facts` they tell figures and names too.
    """
    return ordered_map(partial(_summarise, config=config, n=n, chars=chars, facts=facts), articles, executor)


def _summarise(
    article: Article, config: SummaryConfig, n: int | None, chars: int | None, facts: bool
) -> Summary:
    return Summary(
        article,
        summarize(article, config, n=n, chars=chars),
        keywords(article, config.keywords),
        figures(article) if facts else (),
        phrases(article) if facts else (),
    )
