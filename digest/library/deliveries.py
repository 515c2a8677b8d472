"""The ledger of letters: what left for whom, written so that a kill at any moment sends nothing twice."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from datetime import date

from digest.model import Bounce, Delivery, DeliveryState

Transaction = Callable[[], AbstractContextManager[sqlite3.Connection]]

_COLUMNS = "edition, date, address, message_id, choice, state, detail, attempts, changed"


class Deliveries:
    """The rows of one library. Addresses are compared case folded."""

    def __init__(self, reading: Transaction, writing: Transaction) -> None:
        self._reading = reading
        self._writing = writing

    def begin(self, delivery: Delivery, *, over: Iterable[DeliveryState] = ()) -> bool:
        """Write that the letter is under way; False, and nothing is written, where it must not be sent.

        It may be sent where there is no row yet, where it was put off, and over the other states given. It is
        never sent over `SENT`.
        """
        states = {DeliveryState.DEFERRED, *over} - {DeliveryState.SENT}
        marks = ", ".join("?" * len(states))
        with self._writing() as connection:
            cursor = connection.execute(
                f"INSERT INTO deliveries ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, 'sending', '', 1, ?)"
                " ON CONFLICT (edition, date, address) DO UPDATE SET state = 'sending', detail = '',"
                " message_id = excluded.message_id, choice = excluded.choice, changed = excluded.changed,"
                f" attempts = attempts + 1 WHERE state IN ({marks})",
                (
                    delivery.edition,
                    delivery.day.isoformat(),
                    delivery.address.casefold(),
                    delivery.message_id,
                    delivery.choice,
                    delivery.changed,
                    *sorted(states),
                ),
            )
            return cursor.rowcount == 1

    def end(
        self, edition: str, day: date, address: str, state: DeliveryState, detail: str, changed: str
    ) -> None:
        """Write what became of the letter that is under way."""
        with self._writing() as connection:
            connection.execute(
                "UPDATE deliveries SET state = ?, detail = ?, changed = ?"
                " WHERE edition = ? AND date = ? AND address = ? AND state = 'sending'",
                (state, detail, changed, edition, day.isoformat(), address.casefold()),
            )

    def settle(self) -> int:
        """What is under way was left by a run that was killed: it becomes uncertain. Gives how many were.

        The caller makes sure that no other run is sending.
        """
        with self._writing() as connection:
            return connection.execute(
                "UPDATE deliveries SET state = 'uncertain', detail = 'the run was interrupted'"
                " WHERE state = 'sending'"
            ).rowcount

    def of_issue(self, edition: str, day: date) -> tuple[Delivery, ...]:
        """The rows of one issue by address."""
        return self._rows("WHERE edition = ? AND date = ? ORDER BY address", edition, day.isoformat())

    def by_message_id(self, message_id: str) -> Delivery | None:
        return next(iter(self._rows("WHERE message_id = ?", message_id)), None)

    def is_empty(self) -> bool:
        """Whether nothing was ever sent by this library."""
        return not self._rows("LIMIT 1")

    def _rows(self, where: str, *values: str) -> tuple[Delivery, ...]:
        with self._reading() as connection:
            rows = connection.execute(f"SELECT {_COLUMNS} FROM deliveries {where}", values).fetchall()
        return tuple(_delivery(row) for row in rows)

    # ------------------------------------------------------------ addresses that take no mail

    def mark(self, bounces: Iterable[Bounce]) -> None:
        """Remember these addresses; a later report replaces an earlier one."""
        with self._writing() as connection:
            connection.executemany(
                "INSERT OR REPLACE INTO bounces (address, status, detail, message_id, day)"
                " VALUES (?, ?, ?, ?, ?)",
                [(b.address.casefold(), b.status, b.detail, b.message_id, b.day) for b in bounces],
            )

    def unmark(self, address: str) -> None:
        """A letter was taken: the address takes mail again."""
        with self._writing() as connection:
            connection.execute("DELETE FROM bounces WHERE address = ?", (address.casefold(),))

    def bounces(self) -> tuple[Bounce, ...]:
        with self._reading() as connection:
            rows = connection.execute(
                "SELECT address, status, detail, message_id, day FROM bounces ORDER BY address"
            ).fetchall()
        return tuple(Bounce(*row) for row in rows)


def _delivery(row: tuple[str, str, str, str, str, str, str, int, str]) -> Delivery:
    edition, day, address, message_id, choice, state, detail, attempts, changed = row
    return Delivery(
        edition=edition,
        day=date.fromisoformat(day),
        address=address,
        message_id=message_id,
        choice=choice,
        state=DeliveryState(state),
        detail=detail,
        attempts=attempts,
        changed=changed,
    )
