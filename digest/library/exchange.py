"""A library as JSON lines and back: for other programs, and for a library that outlives this one.

The first line names the format. Each other line is one record with its kind; an issue is the whole `Issue` of
digest/model.py as JSON, by digest/library/codec.py: a field that has its default value is not written.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from digest.errors import LibraryError
from digest.library.codec import decoder, encoder
from digest.library.record import insert_issue, publish_issue
from digest.model import Issue

FORMAT = {"format": "digest-library", "version": 1}
LATER = {"undone": ""}  # columns that an older export does not have
# In the order in which they can be read back: issues stand on their numbers.
TABLES = {
    "number": ("numbers", ("edition", "date", "number", "total")),
    "withdrawal": (
        "withdrawals",
        ("edition", "date", "story", "sentence", "digest", "reason", "day", "undone"),
    ),
    "delivery": (
        "deliveries",
        ("edition", "date", "address", "message_id", "choice", "state", "detail", "attempts", "changed"),
    ),
    "bounce": ("bounces", ("address", "status", "detail", "message_id", "day")),
}


def line(record: dict[str, Any]) -> bytes:
    """One line; a lone surrogate is written as its escape."""
    text = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "backslashreplace") + b"\n"


def table_lines(connection: sqlite3.Connection) -> Iterator[bytes]:
    """The rows of all tables that are no issues."""
    for kind, (table, columns) in TABLES.items():
        names = ", ".join(columns)
        for row in connection.execute(f"SELECT {names} FROM {table} ORDER BY {names}"):
            yield line({"kind": kind, **dict(zip(columns, row, strict=True))})


def issue_line(issue: Issue, sha256: str, files: Mapping[str, str]) -> bytes:
    return line({"kind": "issue", "sha256": sha256, "files": files, "issue": encoder(Issue)(issue)})


def read_in(connection: sqlite3.Connection, lines: Iterable[bytes], name: str) -> tuple[int, int]:
    """Take up what the lines hold, inside a transaction of the caller's; gives issues taken and passed over.

    What is there already stays: an issue of the same edition and date is passed over. Raises LibraryError,
    naming file and line, for what is no such export.
    """
    taken = passed = 0
    number = 0
    try:
        for number, text in enumerate(lines, 1):
            record = json.loads(text)
            if number == 1:
                if {key: record.get(key) for key in FORMAT} != FORMAT:
                    raise ValueError("the first line does not name the format")
                continue
            if record["kind"] == "issue":
                issue: Issue = decoder(Issue)(record["issue"])
                is_new = _take(connection, issue, record["sha256"], record.get("files", {}))
                taken, passed = taken + is_new, passed + (not is_new)
            else:
                table, columns = TABLES[record["kind"]]
                marks = ", ".join("?" * len(columns))
                connection.execute(
                    f"INSERT OR IGNORE INTO {table} ({', '.join(columns)}) VALUES ({marks})",
                    [(LATER | record)[column] for column in columns],
                )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, sqlite3.IntegrityError) as error:
        raise LibraryError(f"{name}:{number}: 不是导出的资料库 (no export of a library): {error}") from error
    if not number:
        raise LibraryError(f"{name}: 空文件 (empty)")
    connection.execute("UPDATE withdrawals SET settled = 0")  # an issue from elsewhere may not know of them
    return taken, passed


def _take(connection: sqlite3.Connection, issue: Issue, sha256: str, files: Mapping[str, str]) -> bool:
    there = connection.execute(
        "SELECT 1 FROM issues WHERE edition = ? AND date = ?", (issue.edition, issue.date.isoformat())
    ).fetchone()
    if there:
        return False
    insert_issue(connection, issue, sha256, files)
    publish_issue(connection, issue.edition, issue.date)
    return True
