"""The account at the end of an issue: what was expected, what came, and where every article went."""

from __future__ import annotations

from collections.abc import Sequence

from digest.compose.order import is_from
from digest.config import SourceConfig
from digest.model import Ledger, Reading, Received, Section, Story


def ledger_of(
    stories: Sequence[Story], sections: Sequence[Section], reading: Reading, expected: Sequence[SourceConfig]
) -> Ledger:
    """The ledger of an issue of `sections`, made of `stories` out of `reading`, by the sources configured."""
    printed = [item.story for section in sections for item in section.items]
    n_articles: dict[str, int] = {}
    for article in reading.articles:
        name = article.paper or article.source
        n_articles[name] = n_articles.get(name, 0) + 1
    n_printed = dict.fromkeys(n_articles, 0)
    for story in printed:
        for name in {version.article.paper or version.article.source for version in story.members}:
            n_printed[name] = n_printed.get(name, 0) + 1
    return Ledger(
        expected=tuple(source.name for source in expected),
        received=tuple(Received(name, n, n_printed[name]) for name, n in n_articles.items()),
        silent=tuple(source.name for source in expected if not _came(source, reading)),
        n_articles=len(reading.articles),
        n_merged=sum(len(story.members) - 1 for story in stories),
        n_stories=len(stories),
        n_printed=len(printed),
    )


def _came(source: SourceConfig, reading: Reading) -> bool:
    """Whether anything of a source came in, be it that nothing in it could be used."""
    return (
        any(is_from(article.source, article.paper, source) for article in reading.articles)
        or any(is_from(text.name, "", source) for text in reading.sources)
        or any(is_from(skipped.source, "", source) for skipped in reading.skipped)
    )
