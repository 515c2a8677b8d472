"""What the library says of an issue or of a story without opening it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers of an issue within its edition: 第`number`期 of the year, 总第`total`期."""

    number: int
    total: int


@dataclass(frozen=True, slots=True)
class IssueEntry:
    """One published issue, as it stands in a list."""

    edition: str  # slug of the edition; "" for the one that has none
    day: date
    name: str
    publisher: str
    number: int | None
    total_number: int | None
    n_items: int
    sha256: str  # of the issue.json that was published


@dataclass(frozen=True, slots=True)
class StoryEntry:
    """One story printed in an issue, as it stands in a list."""

    edition: str
    day: date
    issue_number: int | None
    number: int  # of the item in its issue
    story: str  # Story.id
    headline: str
    region: tuple[str, ...]
    topic: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a search is narrowed to; "" and None: all."""

    since: date = date.min
    until: date = date.max
    edition: str | None = None
    region: str = ""  # 山东 has 山东/聊城 too
    topic: str = ""
    paper: str = ""
    limit: int = 20
    newest_first: bool = False  # else the best first


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of an article, verbatim: ``article.text[start:end] == text``."""

    text: str
    start: int
    end: int
    marks: tuple[tuple[int, int], ...]  # where the words sought stand in `text`


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that was found, as a version of a printed story."""

    edition: str
    day: date
    issue_number: int | None
    number: int  # of the item in its issue
    story: str  # Story.id
    headline: str  # of this version
    paper: str
    page: int | None
    region: tuple[str, ...]
    topic: str
    passage: Passage
