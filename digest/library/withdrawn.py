"""What was printed and is taken back: remembered for good, whatever is built again."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from datetime import date

from digest.model import Withdrawal

Transaction = Callable[[], AbstractContextManager[sqlite3.Connection]]
_COLUMNS = "edition, date, story, sentence, digest, reason, day, undone"


class Withdrawals:
    """Belongs to one library."""

    def __init__(self, reading: Transaction, writing: Transaction) -> None:
        self._reading = reading
        self._writing = writing

    def add(self, withdrawal: Withdrawal) -> None:
        """Take something back, or back again; another reason replaces the first."""
        with self._writing() as connection:
            connection.execute(
                f"INSERT OR REPLACE INTO withdrawals ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    *_key_of(withdrawal),
                    withdrawal.digest,
                    withdrawal.reason,
                    withdrawal.withdrawn.isoformat(),
                    withdrawal.undone.isoformat() if withdrawal.undone else "",
                ),
            )

    def undo(self, withdrawal: Withdrawal, day: date) -> None:
        """From `day` on it is not taken back any more; that it was is not forgotten."""
        with self._writing() as connection:
            connection.execute(
                "UPDATE withdrawals SET undone = ?, settled = 0"
                " WHERE edition = ? AND date = ? AND story = ? AND sentence = ? AND undone = ''",
                (day.isoformat(), *_key_of(withdrawal)),
            )

    def all(self) -> tuple[Withdrawal, ...]:
        """Those that hold, by date of the issue."""
        return self._rows("WHERE undone = ''")

    def ever(self) -> tuple[Withdrawal, ...]:
        """Those that are undone too."""
        return self._rows("")

    def unsettled(self) -> tuple[Withdrawal, ...]:
        """Those, undone or not, with which the printed issues may not be in step."""
        return self._rows("WHERE settled = 0")

    def settle(self, withdrawals: Iterable[Withdrawal]) -> None:
        """The printed issues are in step with these."""
        with self._writing() as connection:
            connection.executemany(
                "UPDATE withdrawals SET settled = 1"
                " WHERE edition = ? AND date = ? AND story = ? AND sentence = ? AND undone = ?",
                [(*_key_of(one), one.undone.isoformat() if one.undone else "") for one in withdrawals],
            )

    def _rows(self, where: str) -> tuple[Withdrawal, ...]:
        query = f"SELECT {_COLUMNS} FROM withdrawals {where} ORDER BY date, edition, story, sentence"
        with self._reading() as connection:
            rows = connection.execute(query).fetchall()
        return tuple(
            Withdrawal(
                edition=row[0],
                day=date.fromisoformat(row[1]),
                story=row[2],
                sentence=row[3],
                digest=row[4],
                reason=row[5],
                withdrawn=date.fromisoformat(row[6]),
                undone=date.fromisoformat(row[7]) if row[7] else None,
            )
            for row in rows
        )


def _key_of(withdrawal: Withdrawal) -> tuple[str, str, str, str]:
    sentence = withdrawal.sentence.encode("utf-8", "replace").decode()
    return withdrawal.edition, withdrawal.day.isoformat(), withdrawal.story, sentence
