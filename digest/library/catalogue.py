"""What the library holds, as lists: for whoever shows all of it and opens little."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from datetime import date
from typing import Literal, NamedTuple

from digest.library.entries import StoryEntry

LabelKind = Literal["region", "topic", "paper", "keyword"]
KINDS: tuple[LabelKind, ...] = ("region", "topic", "paper", "keyword")
Words = tuple[str, ...]
Reading = Callable[[], AbstractContextManager[sqlite3.Connection]]

ENTRY_COLUMNS = "edition, date, issues.number, stories.number, stories.story, headline, region, topic"

# Links between printed stories of published issues, both of which are there.
_TIES = (
    "SELECT links.kind, issues.edition, issues.date, stories.story, links.edition, links.date, target,"
    " stories.number, links.position, issues.sha256, their.sha256"
    " FROM links JOIN stories ON stories.id = links.story JOIN issues ON issues.id = stories.issue"
    " JOIN issues AS their ON their.edition = links.edition AND their.date = links.date"
    " AND their.state = 'published'"
    " JOIN stories AS other ON other.issue = their.id AND other.story = target AND other.number IS NOT NULL"
    " WHERE issues.state = 'published' AND stories.number IS NOT NULL"
)
# Of a label that most issues have, it is quicker to look through the days than to put all its stories in
# order: 7 ms in place of 34 for the newest 60 of 16,000, in a library of 45,000 stories.
FREQUENT = 1000
_BY_DAY = "issues CROSS JOIN stories ON issue = issues.id CROSS JOIN labels ON labels.story = stories.id"
_BY_LABEL = "labels JOIN stories ON stories.id = labels.story JOIN issues ON issues.id = issue"
_TIE_ORDER = "issues.date, issues.edition, stories.number, links.position"
_TIE_COLUMNS_ORDER = "3, 2, 8, 9"  # the same, by the numbers of the columns


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

    def of_issue(self, edition: str, day: date) -> tuple[StoryEntry, ...]:
        """The printed stories of a published issue, in their order."""
        return self._printed("edition = ? AND date = ? ORDER BY stories.number", edition, day.isoformat())

    def newest(self, n: int) -> tuple[StoryEntry, ...]:
        """The printed stories of the newest days: of as few as have `n` stories, the newest issue first."""
        with self._reading() as connection:
            row = connection.execute(
                "SELECT date FROM (SELECT date, sum(n_items) OVER (ORDER BY date DESC) AS n FROM"
                " (SELECT date, sum(n_items) AS n_items FROM issues WHERE state = 'published' GROUP BY date))"
                " WHERE n >= ? ORDER BY date DESC LIMIT 1",
                (n,),
            ).fetchone()
        since = row[0] if row else ""
        return self._printed("date >= ? ORDER BY date DESC, edition, stories.number", since)

    def entries(self, keys: Iterable[Key]) -> dict[Key, StoryEntry]:
        """The printed stories with these keys, as far as there are."""
        where = "edition = ? AND date = ? AND stories.story = ?"
        found = (self._printed(where, key.edition, key.day.isoformat(), key.story) for key in keys)
        return {Key(one.edition, one.day, one.story): one for entries in found for one in entries}

    def _printed(self, where: str, *values: object) -> tuple[StoryEntry, ...]:
        with self._reading() as connection:
            rows = connection.execute(
                f"SELECT {ENTRY_COLUMNS} FROM issues JOIN stories ON issue = issues.id"
                f" WHERE state = 'published' AND stories.number IS NOT NULL AND {where}",
                values,
            ).fetchall()
        return tuple(story_entry(row) for row in rows)

    def ties(self) -> dict[tuple[str, str], list[Words]]:
        """By issue (edition, YYYY-MM-DD), the links between printed stories that it has an end of, as words.

        In the order of the stories they start from: kind, then edition, day and story of either end, then the
        hashes of both issues. Words and no more, since all of them are looked at to tell what changed.
        """
        found: dict[tuple[str, str], list[Words]] = {}
        with self._reading() as connection:
            for row in connection.execute(f"{_TIES} ORDER BY {_TIE_ORDER}"):
                for issue in dict.fromkeys(((row[1], row[2]), (row[4], row[5]))):
                    found.setdefault(issue, []).append(row[:7] + row[9:])
        return found

    def ties_of(self, edition: str, day: date) -> tuple[Tie, ...]:
        """The links between printed stories that start from one of this issue, or lead to one."""
        where = ("issues.edition = ? AND issues.date = ?", "links.edition = ? AND links.date = ?")
        ends = " UNION ".join(f"{_TIES} AND {one}" for one in where)
        with self._reading() as connection:
            rows = connection.execute(
                f"SELECT * FROM ({ends}) ORDER BY {_TIE_COLUMNS_ORDER}", (edition, day.isoformat()) * 2
            ).fetchall()
        return tuple(Tie(row[0], _key(*row[1:4]), _key(*row[4:7])) for row in rows)

    def counts(self, kind: LabelKind) -> tuple[tuple[str, int], ...]:
        """Every value of a label with the number of printed stories that have it, by value."""
        with self._reading() as connection:
            query = "SELECT value, n FROM label_counts WHERE kind = ? ORDER BY value"
            return tuple(connection.execute(query, (kind,)).fetchall())

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
                "SELECT month, n FROM label_months WHERE kind = ? AND value = ? ORDER BY month DESC", label
            ).fetchall()
        return tuple(rows)

    def listed(self, label: Label, *, month: str = "", limit: int = -1) -> tuple[StoryEntry, ...]:
        """The printed stories with `label`, of one month or of all, the newest issue first."""
        with self._reading() as connection:
            counted = connection.execute(
                "SELECT n FROM label_counts WHERE kind = ? AND value = ?", label
            ).fetchone()
            is_frequent = counted is not None and counted[0] > FREQUENT
            rows = connection.execute(
                f"SELECT {ENTRY_COLUMNS} FROM {_BY_DAY if is_frequent else _BY_LABEL}"
                " WHERE kind = ? AND value = ? AND state = 'published' AND date BETWEEN ? AND ?"
                " ORDER BY date DESC, edition, stories.number LIMIT ?",
                (*label, month, f"{month}~", limit),
            ).fetchall()
        return tuple(story_entry(row) for row in rows)


def _key(edition: str, day: str, story: str) -> Key:
    return Key(edition, date.fromisoformat(day), story)


def story_entry(row: tuple[str, str, int | None, int, str, str, str, str]) -> StoryEntry:
    edition, day, issue_number, number, story, headline, region, topic = row
    path = tuple(region.split("/"))
    return StoryEntry(edition, date.fromisoformat(day), issue_number, number, story, headline, path, topic)
