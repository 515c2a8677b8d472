"""SOURCE#INDEX, by which an article is known inside of one issue."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from digest.model import Article


def distinct(articles: Iterable[Article]) -> Iterator[Article]:
    """The articles, of two with one source and index the later one under the next index that is free.

    Two files of rows may name one newspaper as their source. An id that was made of source and index follows.
    """
    taken: set[tuple[str, int]] = set()
    free: dict[str, int] = {}
    for article in articles:
        index = article.index
        if (article.source, index) in taken:
            index = free.get(article.source, index + 1)
            while (article.source, index) in taken:
                index += 1
            free[article.source] = index + 1
        taken.add((article.source, index))
        yield article if index == article.index else _with_index(article, index)


def _with_index(article: Article, index: int) -> Article:
    own = article.id == f"{article.source}#{article.index}"
    return replace(article, index=index, id=f"{article.source}#{index}" if own else article.id)
