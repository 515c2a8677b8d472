"""What the library holds, as lists: for whoever shows all of it and opens little."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from typing import Literal, NamedTuple

from digest.library.entries import StoryEntry

LabelKind = Literal["region", "topic", "paper", "keyword"]
KINDS: tuple[LabelKind, ...] = ("region", "topic", "paper", "keyword")
Reading = Callable[[], AbstractContextManager[sqlite3.Connection]]

ENTRY_COLUMNS = "edition, date, issues.number, stories.number, stories.story, headline, region, topic"


class Label(NamedTuple):
    """What printed stories are looked up by."""

    kind: LabelKind
    value: str  # 山东/聊城, 经济, 聊城日报, 碳计量


class Key(NamedTuple):
    """A printed story, wherever it stands in its issue."""

    edition: str
    day: date
    story: str  # Story.id


class Tie(NamedTuple):
    """A link from a printed story to another one, which may be gone."""

    kind: str
    start: Key
    end: Key


class Catalogue:
    """Asks one library; every answer is of one state of it."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading

    def stories(self) -> dict[Key, StoryEntry]:
        """Every printed story of every published issue, by date."""
        with self._reading() as connection:
            rows = connection.execute(
                f"SELECT {ENTRY_COLUMNS} FROM issues JOIN stories ON issue = issues.id"
                " WHERE state = 'published' AND stories.number IS NOT NULL"
                " ORDER BY date, edition, stories.number"
            ).fetchall()
        entries = [story_entry(row) for row in rows]
        return {Key(entry.edition, entry.day, entry.story): entry for entry in entries}

    def ties(self) -> tuple[Tie, ...]:
        """Every link between printed stories, in the order of the stories they start from."""
        with self._reading() as connection:
            rows = connection.execute(
                "SELECT links.kind, issues.edition, issues.date, stories.story,"
                " links.edition, links.date, target"
                " FROM links JOIN stories ON stories.id = links.story JOIN issues ON issues.id = issue"
                " WHERE state = 'published' AND stories.number IS NOT NULL"
                " ORDER BY issues.date, issues.edition, stories.number, links.position"
            ).fetchall()
        return tuple(
            Tie(row[0], Key(row[1], date.fromisoformat(row[2]), row[3]), _key(*row[4:])) for row in rows
        )

    def labels_of(self, edition: str, day: date) -> frozenset[Label]:
        """What the printed stories of an issue are looked up by."""
        with self._reading() as connection:
            rows = connection.execute(
                "SELECT DISTINCT kind, value FROM issues JOIN stories ON issue = issues.id"
                " JOIN labels ON labels.story = stories.id"
                " WHERE edition = ? AND date = ? AND state = 'published'",
                (edition, day.isoformat()),
            ).fetchall()
        return frozenset(Label(*row) for row in rows)

    def months(self, label: Label) -> tuple[tuple[str, int], ...]:
        """The months in which stories with `label` were printed, YYYY-MM, with their number, newest first."""
        with self._reading() as connection:
            rows = connection.execute(
                "SELECT substr(date, 1, 7) AS month, count(*) FROM labels"
                " JOIN stories ON stories.id = labels.story JOIN issues ON issues.id = issue"
                " WHERE kind = ? AND value = ? AND state = 'published' GROUP BY month ORDER BY month DESC",
                label,
            ).fetchall()
        return tuple((month, n) for month, n in rows)

    def listed(self, label: Label, *, month: str = "", limit: int = -1) -> tuple[StoryEntry, ...]:
        """The printed stories with `label`, of one month or of all, the newest issue first."""
        with self._reading() as connection:
            rows = connection.execute(
                f"SELECT {ENTRY_COLUMNS} FROM labels JOIN stories ON stories.id = labels.story"
                " JOIN issues ON issues.id = issue"
                " WHERE kind = ? AND value = ? AND state = 'published' AND substr(date, 1, ?) = ?"
                " ORDER BY date DESC, edition, stories.number LIMIT ?",
                (*label, len(month), month, limit),
            ).fetchall()
        return tuple(story_entry(row) for row in rows)


def _key(edition: str, day: str, story: str) -> Key:
    return Key(edition, date.fromisoformat(day), story)


def story_entry(row: tuple[str, str, int | None, int, str, str, str, str]) -> StoryEntry:
    edition, day, issue_number, number, story, headline, region, topic = row
    path = tuple(region.split("/"))
    return StoryEntry(edition, date.fromisoformat(day), issue_number, number, story, headline, path, topic)
