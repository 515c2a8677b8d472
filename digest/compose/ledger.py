"""The account at the end of an issue: what was expected, what came, and where every article went."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from digest.compose.order import is_from
from digest.config import SourceConfig
from digest.model import Ledger, Reading, Received, Section, Story


def ledger_of(
    stories: Sequence[Story], sections: Sequence[Section], reading: Reading, expected: Sequence[SourceConfig]
) -> Ledger:
    """The ledger of an issue of `sections`, made of `stories` out of `reading`, by the sources configured."""
    n_articles: dict[str, int] = {}
    for article in reading.articles:
        name = article.paper or article.source
        n_articles[name] = n_articles.get(name, 0) + 1
    ledger = Ledger(
        expected=tuple(source.name for source in expected),
        received=tuple(Received(name, n, 0) for name, n in n_articles.items()),
        silent=tuple(source.name for source in expected if not _came(source, reading)),
        n_articles=len(reading.articles),
        n_merged=sum(len(story.members) - 1 for story in stories),
        n_stories=len(stories),
        n_printed=0,
    )
    return recounted(ledger, sections)


def recounted(ledger: Ledger, sections: Sequence[Section]) -> Ledger:
    """The ledger with what is printed counted in `sections`."""
    n_printed: dict[str, int] = {}
    items = [item for section in sections for item in section.items]
    for item in items:
        for name in {version.article.paper or version.article.source for version in item.story.members}:
            n_printed[name] = n_printed.get(name, 0) + 1
    received = tuple(replace(one, n_printed=n_printed.get(one.name, 0)) for one in ledger.received)
    return replace(ledger, received=received, n_printed=len(items))


def _came(source: SourceConfig, reading: Reading) -> bool:
    """Whether anything of a source came in, be it that nothing in it could be used."""
    return (
        any(is_from(article.source, article.paper, source) for article in reading.articles)
        or any(is_from(text.name, "", source) for text in reading.sources)
        or any(is_from(skipped.source, "", source) for skipped in reading.skipped)
    )
