"""The library itself: what is recorded of an issue, and what can be asked."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from itertools import groupby
from pathlib import Path
from types import TracebackType
from typing import Any

from digest.errors import LibraryError
from digest.library import database, exchange, search, withdrawn
from digest.library.catalogue import ENTRY_COLUMNS, Catalogue, LabelKind, story_entry
from digest.library.deliveries import Deliveries
from digest.library.entries import Hit, IssueEntry, Numbers, StoryEntry, Wanted
from digest.library.record import insert_issue, publish_issue, remove_issues
from digest.library.rows import StoredStory, issue_of, item_of, packed, story_of
from digest.model import Article, Issue, Item, PastDay, Printed, Reference, Story

EVERYTHING = Wanted()
NO_FILES: Mapping[str, str] = {}

_REFERENCE = (
    "SELECT stories.id, issues.date, stories.story, headline, stories.number, issues.number, issues.edition"
    " FROM stories JOIN issues ON issues.id = issue"
)
_ENTRY = "SELECT edition, date, name, publisher, number, total_number, n_items, sha256 FROM issues"


class Library:
    """One file with every article, story and issue; several processes may have it open.

    An issue is recorded in three steps, so that a kill at any moment loses nothing: `prepare` keeps it beside
    what was published before, then its files are put in place, then `confirm` makes it the published one.
    `prepared` names what a killed build left. All methods raise LibraryError for what the user can mend and
    LibraryBusyError where another program holds the file for longer than is worth waiting.
    """

    def __init__(
        self, path: Path, *, create: bool = False, busy_seconds: float = database.BUSY_SECONDS
    ) -> None:
        """Open the library at `path`; where it is not there, make it if `create` is set."""
        self.path = path
        self._connection = database.connect(path, create=create, busy_seconds=busy_seconds)

    def __enter__(self) -> Library:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        self._connection.close()

    # ------------------------------------------------------------ recording

    def numbers(self, edition: str, day: date, *, wanted: Numbers | None = None) -> Numbers:
        """The numbers of the issue of `day`: those it has, else the next ones, which nobody has yet.

        An issue gets its numbers when it is first prepared and keeps them. `wanted` are those under which it
        was published already, by a library that is gone; they are taken where they are free.
        """
        with self._reading() as connection:
            row = connection.execute(
                "SELECT number, total FROM numbers WHERE edition = ? AND date = ?", (edition, day.isoformat())
            ).fetchone()
            if row is None and wanted is not None:
                taken = connection.execute(
                    "SELECT 1 FROM numbers WHERE edition = ? AND (total = ? OR number = ? AND date LIKE ?)",
                    (edition, wanted.total, wanted.number, f"{day.year:04}-%"),
                ).fetchone()
                row = None if taken else (wanted.number, wanted.total)
            if row is None:
                row = connection.execute(
                    "SELECT coalesce(max(number) FILTER (WHERE date LIKE ?), 0) + 1,"
                    " coalesce(max(total), 0) + 1 FROM numbers WHERE edition = ?",
                    (f"{day.year:04}-%", edition),
                ).fetchone()
        return Numbers(*row)

    def prepare(
        self, issue: Issue, numbers: Numbers, sha256: str, files: Mapping[str, str] = NO_FILES
    ) -> None:
        """Keep `issue`, whose issue.json has the digest `sha256`, until it is confirmed or discarded.

        `numbers` become its own, if it has none yet; `files` are the digests of all its files by their names.
        """
        with self._writing() as connection:
            connection.execute(
                "INSERT INTO numbers VALUES (?, ?, ?, ?) ON CONFLICT (edition, date) DO NOTHING",
                (issue.edition, issue.date.isoformat(), numbers.number, numbers.total),
            )
            remove_issues(connection, issue.edition, issue.date, "pending")
            insert_issue(connection, issue, sha256, files)

    def prepared(self) -> tuple[IssueEntry, ...]:
        """The issues that were prepared and neither confirmed nor discarded: their build was killed."""
        return self._entries(f"{_ENTRY} WHERE state = 'pending' ORDER BY date, edition")

    def confirm(self, edition: str, day: date) -> None:
        """The prepared issue of `day` is published; it takes the place of the one before it."""
        with self._writing() as connection:
            publish_issue(connection, edition, day)

    def discard(self, edition: str, day: date) -> None:
        """The prepared issue of `day` was never published; its numbers stay its own."""
        with self._writing() as connection:
            remove_issues(connection, edition, day, "pending")

    # ------------------------------------------------------------ asking

    def issues(
        self, edition: str | None = None, *, since: date = date.min, until: date = date.max
    ) -> tuple[IssueEntry, ...]:
        """The published issues from `since` to `until`, both included, by date; of one edition, or of all."""
        return self._entries(
            f"{_ENTRY} WHERE state = 'published' AND date BETWEEN ? AND ? AND edition = coalesce(?, edition)"
            " ORDER BY date, edition",
            (since.isoformat(), until.isoformat(), edition),
        )

    def issue(self, edition: str, day: date) -> Issue | None:
        """The published issue of `day` as it was composed, with every version and every source's text."""
        with self._reading() as connection:
            row = connection.execute(
                "SELECT id, data FROM issues WHERE edition = ? AND date = ? AND state = 'published'",
                (edition, day.isoformat()),
            ).fetchone()
            if row is None:
                return None
            sources = connection.execute(
                "SELECT sources.data FROM issue_sources JOIN sources ON sources.id = source"
                " WHERE issue = ? ORDER BY issue_sources.position",
                (row[0],),
            ).fetchall()
            stored = self._stored(connection, "stories.issue = ?", row[0])
        with self._unpacking():
            return issue_of(row[1], stored, [source[0] for source in sources])

    def files(self, edition: str, day: date) -> dict[str, str]:
        """The sha256 of every file of the published issue of `day`; an older program noted none."""
        with self._reading() as connection:
            return dict(
                connection.execute(
                    "SELECT issue_files.name, issue_files.sha256 FROM issue_files JOIN issues ON id = issue"
                    " WHERE edition = ? AND date = ? AND state = 'published'",
                    (edition, day.isoformat()),
                )
            )

    def altered(self, edition: str, day: date) -> tuple[str, ...]:
        """Articles and sources of an issue whose stored data is not what was stored: titles, and names."""
        with self._reading() as connection:
            rows = connection.execute(
                "SELECT DISTINCT articles.title, articles.digest, articles.data FROM issues"
                " JOIN stories ON issue = issues.id JOIN versions ON versions.story = stories.id"
                " JOIN articles ON articles.id = article"
                " WHERE edition = ?1 AND issues.date = ?2 AND state = 'published'"
                " UNION ALL SELECT sources.name, digest, sources.data FROM issues"
                " JOIN issue_sources ON issue = issues.id JOIN sources ON sources.id = source"
                " WHERE edition = ?1 AND issues.date = ?2 AND state = 'published'",
                (edition, day.isoformat()),
            ).fetchall()
        return tuple(name for name, digest, data in rows if hashlib.sha256(data).hexdigest() != digest)

    def stories(
        self,
        label: LabelKind,
        value: str,
        *,
        edition: str | None = None,
        limit: int = 100,
        before: date = date.max,
    ) -> tuple[StoryEntry, ...]:
        """The printed stories with a region (``山东`` has ``山东/聊城`` too), topic, paper or keyword.

        The newest `limit` of issues up to and including `before`, the newest issue first.
        """
        with self._reading() as connection:
            rows = connection.execute(
                f"SELECT {ENTRY_COLUMNS}"
                " FROM labels JOIN stories ON stories.id = labels.story JOIN issues ON issues.id = issue"
                " WHERE kind = ? AND value = ? AND state = 'published' AND date <= ?"
                " AND edition = coalesce(?, edition)"
                " ORDER BY date DESC, edition, stories.number LIMIT ?",
                (label, value, before.isoformat(), edition, limit),
            ).fetchall()
        return tuple(story_entry(row) for row in rows)

    def labels(self, label: LabelKind) -> tuple[tuple[str, int], ...]:
        """Every value of a label with the number of printed stories that have it, by value."""
        return self.catalogue.counts(label)

    def story(self, edition: str, day: date, story: str) -> Story | None:
        """One story of the published issue of `day`, printed or left out, with all its versions."""
        stored = self._stored_story(edition, day, story)
        with self._unpacking():
            return story_of(stored) if stored is not None else None

    def item(self, edition: str, day: date, story: str) -> Item | None:
        """One printed item of the published issue of `day`, with all its versions."""
        stored = self._stored_story(edition, day, story, "stories.number IS NOT NULL")
        with self._unpacking():
            return item_of(stored) if stored is not None else None

    def _stored_story(self, edition: str, day: date, story: str, also: str = "TRUE") -> StoredStory | None:
        with self._reading() as connection:
            row = connection.execute(
                "SELECT stories.id FROM stories JOIN issues ON issues.id = issue"
                f" WHERE edition = ? AND date = ? AND state = 'published' AND stories.story = ? AND {also}",
                (edition, day.isoformat(), story),
            ).fetchone()
            if row is None:
                return None
            (stored,) = self._stored(connection, "stories.id = ?", row[0])
        return stored

    def keywords(self, edition: str, since: date, until: date) -> tuple[PastDay, ...]:
        """The keywords of the published issues from `since` to `until`, both included, the oldest first."""
        with self._reading() as connection:
            rows = connection.execute(
                "SELECT date, n_items, value, count(*) FROM issues JOIN stories ON issue = issues.id"
                " JOIN labels ON labels.story = stories.id AND kind = 'keyword'"
                " WHERE edition = ? AND date BETWEEN ? AND ? AND state = 'published'"
                " GROUP BY issues.id, value ORDER BY date, value",
                (edition, since.isoformat(), until.isoformat()),
            ).fetchall()
        return tuple(
            PastDay(date.fromisoformat(day), n_items, tuple((row[2], row[3]) for row in of_day))
            for (day, n_items), of_day in groupby(rows, key=lambda row: (row[0], row[1]))
        )

    def printed(self, edition: str, since: date, until: date) -> tuple[Printed, ...]:
        """The printed stories of the issues from `since` to `until`, both included, in their order."""
        with self._reading() as connection:
            rows = connection.execute(
                f"{_REFERENCE} WHERE edition = ? AND date BETWEEN ? AND ? AND state = 'published'"
                " AND stories.number IS NOT NULL ORDER BY date, stories.number",
                (edition, since.isoformat(), until.isoformat()),
            ).fetchall()
            stored = [self._stored(connection, "stories.id = ?", row[0])[0] for row in rows]
        with self._unpacking():
            return tuple(
                Printed(_reference(row), story_of(one)) for row, one in zip(rows, stored, strict=True)
            )

    def reprints(self, edition: str, before: date, articles: Sequence[Article]) -> dict[int, Reference]:
        """By the index into `articles`, the first item before that date that has the very same article."""
        found = {}
        with self._reading() as connection:
            for index, article in enumerate(articles):
                row = connection.execute(
                    f"{_REFERENCE} JOIN versions ON versions.story = stories.id"
                    " JOIN articles ON articles.id = article WHERE digest = ? AND edition = ? AND date < ?"
                    " AND state = 'published' AND stories.number IS NOT NULL ORDER BY date LIMIT 1",
                    (packed(article).digest, edition, before.isoformat()),
                ).fetchone()
                if row:
                    found[index] = _reference(row)
        return found

    def later(self, edition: str, day: date, story: str) -> tuple[tuple[str, Reference], ...]:
        """What printed stories of later issues refer to a story: the kind of link and the item, by date."""
        with self._reading() as connection:
            rows = connection.execute(
                f"{_REFERENCE.replace(' FROM', ', kind FROM', 1)} JOIN links ON links.story = stories.id"
                " WHERE links.edition = ? AND links.date = ? AND target = ? AND state = 'published'"
                " AND stories.number IS NOT NULL"
                " AND issues.date > ? ORDER BY issues.date, stories.number, links.position",
                (edition, day.isoformat(), story, day.isoformat()),
            ).fetchall()
        return tuple((row[-1], _reference(row)) for row in rows)

    def search(self, text: str, wanted: Wanted = EVERYTHING) -> tuple[Hit, ...]:
        """The articles of printed stories that hold all words of `text`, best first.

        A word of any length is found wherever its characters stand in a row, in either script; ``-word``
        leaves out what holds it. Nothing where `text` has no letter or digit.
        """
        query = search.parse(text)
        if query is None:
            return ()
        with self._reading() as connection:
            is_indexed = search.is_indexed(connection)
        with self._unpacking():
            if not is_indexed:  # a library of before there was an index
                with self._writing() as connection:
                    search.index(connection)
            with self._reading() as connection:
                return search.found(connection, query, wanted)

    def having(
        self, edition: str, day: date, story: str, titles: Iterable[str]
    ) -> tuple[tuple[str, date], ...]:
        """The published issues, edition and day, that refer to a story or have an article of such a title."""
        with self._reading() as connection:
            rows = connection.execute(
                "SELECT issues.edition, issues.date FROM links JOIN stories ON stories.id = links.story"
                " JOIN issues ON issues.id = issue WHERE links.edition = ? AND links.date = ? AND target = ?"
                " AND state = 'published'",
                (edition, day.isoformat(), story),
            ).fetchall()
            for title in titles:
                rows += connection.execute(
                    "SELECT edition, date FROM articles JOIN versions ON article = articles.id"
                    " JOIN stories ON stories.id = versions.story JOIN issues ON issues.id = issue"
                    " WHERE title = ? AND state = 'published'",
                    (title.encode("utf-8", "replace").decode(),),
                ).fetchall()
        return tuple((found, date.fromisoformat(when)) for found, when in sorted(set(rows)))

    @property
    def withdrawals(self) -> withdrawn.Withdrawals:
        """What was printed and is taken back."""
        return withdrawn.Withdrawals(self._reading, self._writing)

    @property
    def catalogue(self) -> Catalogue:
        """Lists of all that is printed."""
        return Catalogue(self._reading)

    # ------------------------------------------------------------ sending

    @property
    def deliveries(self) -> Deliveries:
        """The ledger of the letters that were sent."""
        return Deliveries(self._reading, self._writing)

    # ------------------------------------------------------------ keeping

    def back_up(self, target: Path) -> None:
        """A whole copy at `target`, which must not be there yet. Raises LibraryError where it is."""
        database.back_up(self._connection, self.path, target)

    def export(self) -> Iterator[bytes]:
        """The whole library as JSON lines: see docs/library.md."""
        yield exchange.line(exchange.FORMAT)
        with self._reading() as connection:
            rows = list(exchange.table_lines(connection))
        yield from rows
        for entry in self.issues():
            issue = self.issue(entry.edition, entry.day)
            if issue is not None:
                yield exchange.issue_line(issue, entry.sha256, self.files(entry.edition, entry.day))

    def import_lines(self, lines: Iterable[bytes], name: str) -> tuple[int, int]:
        """Take up an export, all of it or nothing; gives how many issues were taken, and passed over.

        What is here stays as it is. Raises LibraryError, naming `name` and the line, for what is no export.
        """
        with self._writing() as connection:
            return exchange.read_in(connection, lines, name)

    def prune(self, before: date) -> int:
        """Forget the sources' texts of the issues before that date, and give the room back; how many issues.

        The issues stay readable and searchable, with their articles; what goes is the ground that offsets
        into the sources stand on. Names and hashes of the sources stay.
        """
        n_pruned = 0
        at_work = {(entry.edition, entry.day) for entry in self.prepared()}  # the next build settles those
        for entry in self.issues(until=date.fromordinal(max(1, before.toordinal() - 1))):
            issue = None if (entry.edition, entry.day) in at_work else self.issue(entry.edition, entry.day)
            if issue is None or not any(source.text for source in issue.sources):
                continue
            files = self.files(entry.edition, entry.day)
            bare = replace(issue, sources=tuple(replace(source, text="") for source in issue.sources))
            with self._writing() as connection:
                insert_issue(connection, bare, entry.sha256, files)
                publish_issue(connection, entry.edition, entry.day)
            n_pruned += 1
        if n_pruned:
            with database.guarded(self.path):
                self._connection.execute("VACUUM")
        return n_pruned

    def check(self) -> None:
        """Read the whole file. Raises LibraryError where anything in it is broken."""
        database.check(self._connection, self.path)
        for entry in self.issues():
            self.issue(entry.edition, entry.day)
            for name in self.altered(entry.edition, entry.day):
                raise LibraryError(database.damaged(self.path, f"{entry.day}: {name}"))

    # ------------------------------------------------------------ inside

    def _entries(self, query: str, values: Iterable[object] = ()) -> tuple[IssueEntry, ...]:
        with self._reading() as connection:
            rows = connection.execute(query, tuple(values)).fetchall()
        return tuple(IssueEntry(row[0], date.fromisoformat(row[1]), *row[2:]) for row in rows)

    @staticmethod
    def _stored(connection: sqlite3.Connection, where: str, value: int) -> list[StoredStory]:
        versions: dict[int, list[tuple[bytes, bytes]]] = {}
        for story, article, analysis in connection.execute(
            "SELECT versions.story, articles.data, versions.data FROM stories"
            " JOIN versions ON versions.story = stories.id JOIN articles ON articles.id = article"
            f" WHERE {where} ORDER BY versions.story, versions.position",
            (value,),
        ):
            versions.setdefault(story, []).append((article, analysis))
        rows = connection.execute(
            f"SELECT id, section, topic_group, data FROM stories WHERE {where} ORDER BY position", (value,)
        ).fetchall()
        return [StoredStory(row[1], row[2], row[3], tuple(versions[row[0]])) for row in rows]

    @contextmanager
    def _unpacking(self) -> Iterator[None]:
        try:
            yield
        except ValueError as error:
            raise LibraryError(database.damaged(self.path, str(error))) from error

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        """One state of the library, whatever others write meanwhile."""
        yield from self._transaction("BEGIN")

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """All or nothing."""
        yield from self._transaction("BEGIN IMMEDIATE")

    def _transaction(self, begin: str) -> Iterator[sqlite3.Connection]:
        with database.guarded(self.path):
            self._connection.execute(begin)
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            finally:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")


def _reference(row: Sequence[Any]) -> Reference:
    _, day, story, headline, number, issue_number, edition, *_ = row
    return Reference(date.fromisoformat(day), story, headline, number, issue_number, edition)
