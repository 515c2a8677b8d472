"""The file of the library: made, opened, checked and migrated. Nothing here knows what it holds.

The journal is SQLite's own rollback journal, not a write-ahead log: between two writes the file is all that
there is, so a copy of it is whole and nothing beside it can be lost. A process that is killed leaves a
journal behind, which the next one to open the file plays back.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from importlib import resources
from pathlib import Path

from digest.errors import LibraryBusyError, LibraryError

APPLICATION_ID = 0x64696765  # "dige", at byte 68 of the file
BUSY_SECONDS = 10.0
BACKUP_PAGES = 4096  # of 4 KB, that a backup reads at once
_MAGIC = b"SQLite format 3\0"
_HEADER_BYTES = 100
_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT}
_OUTSIDE = {  # what fails outside of the file and of this program
    *(sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN),
    *(sqlite3.SQLITE_PERM, sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_TOOBIG, sqlite3.SQLITE_NOLFS),
}


def connect(path: Path, *, create: bool, busy_seconds: float = BUSY_SECONDS) -> sqlite3.Connection:
    """The library at `path`, in the newest form; made where it is not there and `create` is set.

    Raises LibraryError where it is not there, or is damaged, foreign or made by a newer program: it is left
    as it is. Raises LibraryBusyError where another program holds it for longer than `busy_seconds`.
    """
    with guarded(path):
        if not os.path.lexists(path):
            if not create:
                raise LibraryError(f"{path}: 没有这个资料库 (there is no library)")
            _make(path)
        version = _inspect(path)
        connection = _open(path, busy_seconds)
        try:
            if version < len(migrations()):
                _migrate(connection, path)
        except BaseException:
            connection.close()
            raise
        return connection


@contextmanager
def guarded(path: Path) -> Iterator[None]:
    """What the user can mend about the file at `path` is a LibraryError of one line; bugs stay loud."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the rest says more than a user needs
        if code in _BUSY:
            raise LibraryBusyError(busy(path)) from error
        if code in _DAMAGED:
            raise LibraryError(damaged(path, str(error))) from error
        if code in _OUTSIDE:
            raise LibraryError(f"{path}: 资料库读写失败 (cannot read or write): {error}") from error
        raise
    except OSError as error:
        raise LibraryError(
            f"{path}: 资料库读写失败 (cannot read or write): {error.strerror or error}"
        ) from error


def migrations() -> list[str]:
    """The steps from an empty file to the newest form, in order: one file each, numbered from 1."""
    folder = resources.files("digest.library") / "migrations"
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".sql")), key=lambda f: f.name)
    return [file.read_text(encoding="utf-8") for file in files]


def back_up(
    connection: sqlite3.Connection, path: Path, target: Path, *, on_step: Callable[[], None] = lambda: None
) -> None:
    """A whole copy of the library at `target`, which must not be there; appears at once.

    It is taken in steps, between which others may write (then it begins again), so that no build has to wait
    for a copy of gigabytes. Raises LibraryError where the target is there or cannot be written.
    """
    if os.path.lexists(target):
        raise LibraryError(f"{target}: 已有同名文件，不覆盖 (a file of this name is there)")
    part = target.with_name(f".{target.name}.part")
    with guarded(target):
        part.unlink(missing_ok=True)
        os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        try:
            with guarded(path):
                _copy(connection, path, part, on_step)
            _appear(part, target)
        finally:
            part.unlink(missing_ok=True)


def _copy(connection: sqlite3.Connection, path: Path, part: Path, on_step: Callable[[], None]) -> None:
    def after_step(status: int, _remaining: int, _total: int) -> None:
        if status & 0xFF in _BUSY:
            raise LibraryBusyError(busy(path))
        on_step()

    with closing(sqlite3.connect(part)) as copy:
        connection.backup(copy, pages=BACKUP_PAGES, progress=after_step)


def check(connection: sqlite3.Connection, path: Path) -> None:
    """Read the whole file. Raises LibraryError where a page or a reference of it is broken."""
    with guarded(path):
        (found,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
        lost = connection.execute("PRAGMA foreign_key_check").fetchone()
    if found != "ok" or lost:
        raise LibraryError(damaged(path, found if found != "ok" else f"lost reference in {lost[0]}"))


def set_aside(path: Path) -> Path:
    """Rename the file at `path`, and a journal that belongs to it, so that a new library can be made."""
    with guarded(path):
        number = 1
        while os.path.lexists(aside := path.with_name(f"{path.name}.aside-{number}")):
            number += 1
        journal = path.with_name(path.name + "-journal")
        if os.path.lexists(journal):
            journal.rename(aside.with_name(aside.name + "-journal"))
        path.rename(aside)
    return aside


# ---------------------------------------------------------------- opening


def _open(path: Path, busy_seconds: float) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=busy_seconds, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("PRAGMA synchronous = EXTRA")  # also the removal of the journal is forced to disk
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA trusted_schema = OFF")
    except BaseException:
        connection.close()
        raise
    return connection


def _make(path: Path) -> None:
    """An empty library of the newest form; whole when it appears, so that an empty file is a broken one.

    What a killed process left half-made is cleared away: the caller lets nobody else make one.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.new")
    part.with_name(part.name + "-journal").unlink(missing_ok=True)
    part.unlink(missing_ok=True)
    os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        with closing(_open(part, BUSY_SECONDS)) as connection:
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            _migrate(connection, part)
        _appear(part, path)
    finally:
        part.unlink(missing_ok=True)


def _appear(part: Path, path: Path) -> None:
    """Give a finished file its name. Raises FileExistsError where the name is taken."""
    try:
        os.link(part, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links
        if os.path.lexists(path):
            raise FileExistsError(path) from None
        part.rename(path)


def _inspect(path: Path) -> int:
    """The version of a library that is ours and whole as far as its first page tells; nothing is opened.

    Raises LibraryError for anything else: SQLite would take an empty file for a new database.
    """
    with path.open("rb") as stream:
        head = stream.read(_HEADER_BYTES)
        size = stream.seek(0, os.SEEK_END)
    if len(head) < _HEADER_BYTES:
        raise LibraryError(damaged(path, f"{len(head)} bytes"))
    if not head.startswith(_MAGIC) or _int(head, 68) != APPLICATION_ID:
        raise LibraryError(f"{path}: 不是 digest 的资料库 (not a library of digest)")
    page_bytes = int.from_bytes(head[16:18]) if head[16:18] != b"\0\1" else 65536
    whole = not path.with_name(path.name + "-journal").exists()  # else a writer is at work, or was killed
    if whole and _int(head, 24) == _int(head, 92) and _int(head, 28) * page_bytes > size:
        raise LibraryError(damaged(path, "truncated"))
    version = _int(head, 60)
    if version > len(migrations()):
        raise LibraryError(
            f"{path}: 由更新版本的 digest 建立，请升级程序 (made by a newer version: {version})"
        )
    return version


def _int(head: bytes, at: int) -> int:
    return int.from_bytes(head[at : at + 4])


def busy(path: Path) -> str:
    return f"{path}: 资料库正被另一程序占用 (the library is locked by another program)"


def damaged(path: Path, why: str) -> str:
    return (
        f"{path}: 资料库已损坏 (the library is damaged: {why})；请换上备份，或用 digest library --set-aside "
        "移开后重建 (restore a backup, or move it aside)"
    )


# ---------------------------------------------------------------- migrations


def _migrate(connection: sqlite3.Connection, path: Path) -> None:
    """Take the steps that are still to be taken, each whole or not at all; the old file stays as a copy."""
    steps = migrations()
    if before := _version(connection):
        kept = path.with_name(f"{path.name}.version-{before}")
        if not os.path.lexists(kept):
            back_up(connection, path, kept)
    for number, step in enumerate(steps, 1):
        connection.execute("BEGIN IMMEDIATE")
        try:
            if _version(connection) < number:  # another process may have taken it meanwhile
                for statement in _statements(step):
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {number}")
            connection.execute("COMMIT")
        except BaseException:
            connection.execute("ROLLBACK")
            raise


def _version(connection: sqlite3.Connection) -> int:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return int(version)


def _statements(script: str) -> Iterator[str]:
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
