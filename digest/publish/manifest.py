"""What stands in an output folder by our hand: every file with its hash and its owner, and the maker's notes.

A SQLite file, so that a change of a hundred files out of a hundred thousand reads and writes a hundred rows.
It is written by `record` alone, as the last step of a change that can be done again.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from digest.errors import PublishError
from digest.publish import former
from digest.publish.names import collation

NAME = ".digest-site.sqlite3"
LAST = "\U0010ffff"  # behind whatever a name goes on with
_FORM = """
CREATE TABLE IF NOT EXISTS files (
    path TEXT PRIMARY KEY,
    folded TEXT NOT NULL UNIQUE,  -- equal for two names that some system takes for one
    sha256 TEXT NOT NULL,
    owner TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS files_by_owner ON files (owner, path);
CREATE TABLE IF NOT EXISTS notes (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""


class Entry(NamedTuple):
    sha256: str
    owner: str


class Manifest:
    """Reads the manifest below `root`; where there is none it is empty, and none is made.

    One of a former version is read as well; what `record` writes takes its place.
    """

    def __init__(self, root: Path) -> None:
        self._path = root / NAME
        self._connection: sqlite3.Connection | None = None
        if os.path.lexists(self._path):
            with _guarded(self._path):
                self._connection = _open(self._path)
                self._connection.execute("SELECT count(*) FROM notes").fetchone()
        elif os.path.lexists(root / former.NAME):
            self._connection = sqlite3.connect(":memory:", isolation_level=None)
            self._connection.executescript(_FORM)
            former.load(root / former.NAME, self._connection)

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()

    def get(self, path: str) -> Entry | None:
        row = next(self._rows("SELECT sha256, owner FROM files WHERE path = ?", path), None)
        return Entry(*row) if row else None

    def count(self) -> int:
        return sum(n for (n,) in self._rows("SELECT count(*) FROM files"))

    def of_owner(self, owner: str) -> list[str]:
        """The paths of an owner's files, in order."""
        return [path for (path,) in self._rows("SELECT path FROM files WHERE owner = ? ORDER BY path", owner)]

    def owners(self, start: str = "") -> Iterator[str]:
        """The owners whose names begin so, each once."""
        query = "SELECT DISTINCT owner FROM files WHERE owner >= ? AND owner < ?"
        return (owner for (owner,) in self._rows(query, start, start + LAST))

    def files(self) -> Iterator[tuple[str, str]]:
        """Every path, in order, with its owner."""
        return self._rows("SELECT path, owner FROM files ORDER BY path")

    def hashes(self) -> Iterator[tuple[str, str]]:
        """Every path, in order, with the sha256 of what was written."""
        return self._rows("SELECT path, sha256 FROM files ORDER BY path")

    def files_of(self, start: str) -> Iterator[tuple[str, str]]:
        """The files of the owners whose names begin so: path and owner."""
        query = "SELECT path, owner FROM files WHERE owner >= ? AND owner < ?"
        return self._rows(query, start, start + LAST)

    def taken(self, path: str) -> str:
        """The file that some system would take for the one at `path`, which has another name; or ""."""
        query = "SELECT path FROM files WHERE folded = ? AND path <> ?"
        return next((other for (other,) in self._rows(query, collation(path), path)), "")

    def note(self, name: str) -> str | None:
        return next((value for (value,) in self._rows("SELECT value FROM notes WHERE name = ?", name)), None)

    def notes(self, start: str = "") -> dict[str, str]:
        """The notes whose names begin so."""
        query = "SELECT name, value FROM notes WHERE name >= ? AND name < ?"
        return dict(self._rows(query, start, start + LAST))

    def _rows(self, query: str, *values: str) -> Iterator[Any]:
        if self._connection is not None:
            with _guarded(self._path):
                yield from self._connection.execute(query, values)


def record(
    root: Path,
    gone: Iterable[str],
    files: Mapping[str, Iterable[str]],
    notes: Mapping[str, str | None],
) -> None:
    """Write down that files went and that others stand (path: hash, owner); a note of None goes.

    All of it or nothing; it may be done again.
    """
    path = root / NAME
    with _guarded(path):
        connection = _open(path)
        try:
            connection.executescript(_FORM)
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany("DELETE FROM files WHERE path = ?", ((one,) for one in gone))
            connection.executemany(
                "INSERT INTO files VALUES (?, ?, ?, ?) ON CONFLICT (path)"
                " DO UPDATE SET sha256 = excluded.sha256, owner = excluded.owner",
                ((one, collation(one), *entry) for one, entry in files.items()),
            )
            connection.executemany(
                "DELETE FROM notes WHERE name = ?",
                ((name,) for name, value in notes.items() if value is None),
            )
            connection.executemany(
                "INSERT OR REPLACE INTO notes VALUES (?, ?)",
                ((name, value) for name, value in notes.items() if value is not None),
            )
            connection.execute("COMMIT")
        finally:
            connection.close()
    (root / former.NAME).unlink(missing_ok=True)


def _open(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA synchronous = FULL")
    return connection


@contextmanager
def _guarded(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise PublishError(
            f"{path}: 网站的文件清单已损坏，请移开后重做 (the site's manifest is damaged; move it away)"
        ) from error
