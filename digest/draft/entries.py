"""A draft as data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from digest.model import Article, Sentence, Span
from digest.text.sentences import is_finished, split


@dataclass(frozen=True, slots=True)
class Entry:
    """What the editor wants done with one story."""

    line: int  # of the file, where the entry begins
    id: str  # Story.id
    keep: bool
    order: float
    section: str  # its title
    headline: str  # "" for the printed one
    sentences: tuple[int, ...]  # numbers of `numbered`, in the order wanted
    note: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    name: str  # of the file
    date: date
    edition: str
    sources: tuple[str, ...]  # what is read again for the issue
    sections: tuple[str, ...]  # titles, in their order
    entries: tuple[Entry, ...]
    preface: str | None = None  # 按语 of the issue; None: that of the configuration

    def where(self, entry: Entry) -> str:
        """How a message names an entry."""
        return f"{self.name} 第 {entry.line} 行，第 {self.entries.index(entry) + 1} 条"


def numbered(article: Article, chosen: tuple[Sentence, ...]) -> list[Span]:
    """The sentences of an article that a draft offers; the first is number 1.

    All that end as sentences do, and those of `chosen`, which a summary may have joined or cut otherwise.
    """
    text = article.text
    spans = {Span(*span) for span in split(text) if is_finished(text[slice(*span)])}
    return sorted(spans | {Span(sentence.start, sentence.end) for sentence in chosen})
