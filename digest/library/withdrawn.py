"""What was printed and is taken back: remembered for good, whatever is built again."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date

from digest.model import Withdrawal

Transaction = Callable[[], AbstractContextManager[sqlite3.Connection]]
_COLUMNS = "edition, date, story, sentence, digest, reason, day"


class Withdrawals:
    """Belongs to one library."""

    def __init__(self, reading: Transaction, writing: Transaction) -> None:
        self._reading = reading
        self._writing = writing

    def add(self, withdrawal: Withdrawal) -> None:
        """Take something back; another reason replaces the first."""
        with self._writing() as connection:
            connection.execute(
                f"INSERT OR REPLACE INTO withdrawals ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    withdrawal.edition,
                    withdrawal.day.isoformat(),
                    withdrawal.story,
                    withdrawal.sentence.encode("utf-8", "replace").decode(),
                    withdrawal.digest,
                    withdrawal.reason,
                    withdrawal.withdrawn.isoformat(),
                ),
            )

    def all(self) -> tuple[Withdrawal, ...]:
        """By date of the issue."""
        return self._rows("ORDER BY date, edition, story, sentence")

    def of_issue(self, edition: str, day: date) -> tuple[Withdrawal, ...]:
        return self._rows("WHERE edition = ? AND date = ? ORDER BY story, sentence", edition, day.isoformat())

    def _rows(self, where: str, *values: str) -> tuple[Withdrawal, ...]:
        with self._reading() as connection:
            rows = connection.execute(f"SELECT {_COLUMNS} FROM withdrawals {where}", values).fetchall()
        return tuple(
            Withdrawal(
                edition=row[0],
                day=date.fromisoformat(row[1]),
                story=row[2],
                sentence=row[3],
                digest=row[4],
                reason=row[5],
                withdrawn=date.fromisoformat(row[6]),
            )
            for row in rows
        )
