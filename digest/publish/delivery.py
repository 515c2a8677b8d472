"""Letters out by a way, each step of each of them in the ledger before and after it is done."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from digest.errors import MailError
from digest.model import DeliveryState
from digest.publish.message import Letter
from digest.publish.ways import Outcome, Way


class Ledger(Protocol):
    """Remembers over the end of the process, however it ends."""

    def begin(self, address: str, message_id: str) -> bool:
        """Write that a letter is under way. False: it is another run's, or sent; then it must not be sent."""

    def end(self, address: str, outcome: Outcome) -> None:
        """Write what became of it."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A recipient whose letter is made when its turn comes: a thousand at once would fill the memory."""

    address: str
    make: Callable[[], Letter]


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast, and how often again."""

    tries: int = 4  # of a letter that is put off
    retry_seconds: float = 20.0  # before the second round; twice that before the third …
    per_minute: int = 0  # letters; 0: no limit
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic


def deliver(
    waiting: Sequence[Waiting], way: Way, ledger: Ledger, pace: Pace
) -> Iterator[tuple[str, Outcome]]:
    """Send every letter; those put off again in later rounds. Gives each try's outcome as it comes.

    A server that holds one recipient back (greylisting) does not hold up the others: the round goes on. Where
    no server is reached the round ends. Raises MailError where no letter can be sent.
    """
    way.open()
    try:
        next_start = pace.clock()
        for number in range(pace.tries):
            if number:
                pace.sleep(pace.retry_seconds * 2 ** (number - 1))
            put_off = []
            for position, one in enumerate(waiting):
                next_start = _wait(next_start, pace)
                outcome = _tried(one, way, ledger)
                if outcome is None:
                    continue
                yield one.address, outcome
                if outcome.state == DeliveryState.DEFERRED:
                    put_off.append(one)
                if not outcome.reached:
                    put_off += waiting[position + 1 :]
                    break
            waiting = put_off
            if not waiting:
                return
    finally:
        way.close()


def _tried(one: Waiting, way: Way, ledger: Ledger) -> Outcome | None:
    letter = one.make()
    if not ledger.begin(one.address, letter.message_id):
        return None
    try:
        outcome = way.send(letter)
    except MailError as error:
        ledger.end(one.address, Outcome.of(DeliveryState.DEFERRED, str(error)))
        raise
    ledger.end(one.address, outcome)
    return outcome


def _wait(start: float, pace: Pace) -> float:
    """Sleep until `start`; gives the earliest start of the next letter."""
    if not pace.per_minute:
        return start
    now = pace.clock()
    if now < start:
        pace.sleep(start - now)
    return max(now, start) + 60 / pace.per_minute
