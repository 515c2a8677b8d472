"""The file of the library: what is opened, what is refused, and that a refused file is left as it is."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from importlib import resources
from pathlib import Path

import pytest

from digest.errors import LibraryError
from digest.library import Library, database
from tests.render.sample import DAY, make_issue


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A library with one published issue."""
    path = tmp_path / "out.library" / "digest.sqlite3"
    with Library(path, create=True) as library:
        issue = make_issue()
        library.prepare(issue, library.numbers("", DAY), "0" * 64)
        library.confirm("", DAY)
    return path


def _foreign(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE other (x)")


def _newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 9999")


def _truncated(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 4096 // 2 * 4096)


def _no_database(path: Path) -> None:
    path.write_bytes(b"not a database at all " * 400)


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (_foreign, "not a library of digest"),
        (_newer, "newer version"),
        (_truncated, "damaged: truncated"),
        (_no_database, "not a library of digest"),
        (_empty, "damaged: 0 bytes"),
        (_folder, "cannot read or write"),
    ],
)
def test_a_file_that_cannot_be_used_is_named_and_left_alone(
    path: Path, spoil: Callable[[Path], None], said: str
) -> None:
    """A foreign, newer, truncated or empty file is one line with its path, and not one byte of it changes."""
    spoil(path)
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(LibraryError, match=said) as caught:
        Library(path, create=True)

    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)
    assert caught.value.exit_code == 8
    assert (path.read_bytes() if path.is_file() else None) == before


def test_a_page_that_is_spoiled_is_found(path: Path) -> None:
    """Damage in the middle of the file is a LibraryError when it is read or checked, never a traceback."""
    data = bytearray(path.read_bytes())
    for at in range(4096, len(data), 4096):
        data[at : at + 512] = b"\xa5" * 512
    path.write_bytes(data)
    with pytest.raises(LibraryError, match="damaged"), Library(path) as library:
        library.check()
    with pytest.raises(LibraryError, match="damaged"), Library(path) as library:
        library.issue("", DAY)


def test_text_that_is_spoiled_is_found(path: Path) -> None:
    """Data that the file gives back whole, and that says nothing, is damage too."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE articles SET data = x'00'")
        connection.commit()
    with pytest.raises(LibraryError, match="damaged"), Library(path) as library:
        library.check()


def test_without_leave_no_library_is_made(tmp_path: Path) -> None:
    """Asking a library that is not there is an error, and makes none."""
    with pytest.raises(LibraryError, match="no library"):
        Library(tmp_path / "lib" / "digest.sqlite3")

    assert list(tmp_path.iterdir()) == []


def test_only_the_owner_reads_it(path: Path) -> None:
    """Folder and file are private: addresses will stand in it."""
    assert path.parent.stat().st_mode & 0o077 == 0
    assert path.stat().st_mode & 0o077 == 0


def test_a_library_half_made_is_cleared_away(tmp_path: Path) -> None:
    """A process killed while it made the file leaves nothing that the next one trips over."""
    (tmp_path / ".digest.sqlite3.new").write_bytes(b"half")
    (tmp_path / ".digest.sqlite3.new-journal").write_bytes(b"half")
    Library(tmp_path / "digest.sqlite3", create=True).close()

    assert [file.name for file in tmp_path.iterdir()] == ["digest.sqlite3"]


def test_what_a_killed_writer_left_is_undone(path: Path) -> None:
    """A transaction that was never finished is not there, and its journal goes."""
    whole = path.read_bytes()
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA cache_size = 1")  # so that changes reach the file before the commit
        connection.execute("BEGIN")
        connection.execute("DELETE FROM versions")
        connection.execute("DELETE FROM articles")
        torn, journal = path.read_bytes(), path.with_name(path.name + "-journal").read_bytes()
    assert torn != whole
    path.write_bytes(torn)
    path.with_name(path.name + "-journal").write_bytes(journal)
    with Library(path) as library:
        library.check()

        assert library.issue("", DAY) == make_issue()
    assert [file.name for file in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize("pages", [0, 1, 3, 9, 27])
def test_a_full_disk_leaves_the_library_whole(path: Path, pages: int) -> None:
    """Wherever the space runs out, the error is one line and nothing of the new issue is there."""
    bigger = replace(make_issue(repeat=3), date=DAY + timedelta(1))
    with Library(path) as library:
        (size,) = library._connection.execute("PRAGMA page_count").fetchone()
        library._connection.execute(f"PRAGMA max_page_count = {size + pages}")
        with pytest.raises(LibraryError, match="cannot read or write") as caught:
            library.prepare(bigger, library.numbers("", bigger.date), "")
    assert "\n" not in str(caught.value)
    with Library(path) as library:
        library.check()

        assert library.prepared() == ()
        assert library.issue("", DAY) == make_issue()
        assert library.numbers("", bigger.date).total == 2


def test_a_backup_is_a_library(path: Path, tmp_path: Path) -> None:
    """The copy holds the same issue; a name that is taken is refused."""
    target = tmp_path / "copy.sqlite3"
    with Library(path) as library:
        library.back_up(target)
        with pytest.raises(LibraryError, match="is there"):
            library.back_up(target)
    with Library(target) as copy:
        assert copy.issue("", DAY) == make_issue()
    assert target.stat().st_mode & 0o077 == 0
    assert sorted(file.name for file in tmp_path.iterdir()) == ["copy.sqlite3", "out.library"]


def test_a_build_does_not_wait_for_a_backup(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between two steps of the copy another program records an issue, and the copy has it, whole."""
    monkeypatch.setattr(database, "BACKUP_PAGES", 1)
    issue = replace(make_issue(), date=date(2026, 3, 19))
    steps = 0

    def on_step() -> None:
        nonlocal steps
        steps += 1
        if steps == 3:
            with Library(path, busy_seconds=0) as other:
                other.prepare(issue, other.numbers("", issue.date), "1" * 64)
                other.confirm("", issue.date)

    target = tmp_path / "copy.sqlite3"
    with closing(database.connect(path, create=False)) as connection:
        database.back_up(connection, path, target, on_step=on_step)
    with Library(target) as copy:
        copy.check()
        assert [entry.day for entry in copy.issues()] == [DAY, issue.date]
        assert copy.issue("", issue.date) == issue
    assert steps > 10


def test_set_aside_keeps_every_file(path: Path) -> None:
    """The old library stands beside under another name, each time another, and a new one can be made."""
    old = path.read_bytes()
    first = database.set_aside(path)
    Library(path, create=True).close()
    second = database.set_aside(path)

    assert first.read_bytes() == old
    assert {first.name, second.name} == {"digest.sqlite3.aside-1", "digest.sqlite3.aside-2"}
    assert not path.exists()


def test_a_library_of_before_is_brought_forward(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A new step is taken once, what was there is kept, and the file of before stays as a copy."""
    steps = database.migrations()
    added = "CREATE TABLE extra (x TEXT);\nCREATE INDEX extra_x ON extra (x);\n"
    monkeypatch.setattr(database, "migrations", lambda: [*steps, added])
    for _ in range(2):
        with Library(path) as library:
            assert library.issue("", DAY) == make_issue()
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (len(steps) + 1,)
        assert connection.execute("SELECT count(*) FROM extra").fetchone() == (0,)
    monkeypatch.undo()
    with Library(path.with_name(f"{path.name}.version-{len(steps)}")) as before:
        assert before.issue("", DAY) == make_issue()


def test_a_step_that_fails_changes_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A step is taken whole or not at all."""
    steps = database.migrations()
    monkeypatch.setattr(database, "migrations", lambda: [*steps, "CREATE TABLE a (x);\nSELECT nonsense;\n"])
    with pytest.raises(sqlite3.OperationalError):
        Library(path)
    monkeypatch.undo()
    with Library(path) as library, closing(sqlite3.connect(path)) as connection:
        assert library.issue("", DAY) == make_issue()
        assert connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'a'").fetchone() is None


def test_steps_are_numbered_without_a_gap() -> None:
    """The files of the steps are 0001_…, 0002_…, in the order in which they are taken."""
    folder = resources.files("digest.library") / "migrations"
    names = sorted(file.name for file in folder.iterdir() if file.name.endswith(".sql"))

    assert [int(name[:4]) for name in names] == list(range(1, len(names) + 1))
    assert len(database.migrations()) == len(names)
