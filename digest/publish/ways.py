"""The ways out for a letter, and what can become of it on them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from digest.model import DeliveryState
from digest.publish.message import Letter

MAX_DETAIL = 300


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one try came to; never guessed."""

    state: DeliveryState
    detail: str = ""  # one line: the server's answer, or what failed
    reached: bool = True  # there was a server to talk to

    @classmethod
    def of(cls, state: DeliveryState, detail: str, *, reached: bool = True) -> Outcome:
        """With the detail made one short line of printed characters: it comes from a stranger's server."""
        line = " ".join("".join(char if char.isprintable() else " " for char in detail).split())
        return cls(state, line[:MAX_DETAIL], reached)


class Way(Protocol):
    """Takes letters out of the program."""

    def open(self) -> None:
        """Get ready. Raises MailError where nothing can be sent at all; no letter was touched then."""

    def send(self, letter: Letter) -> Outcome:
        """Hand the letter over, once. Raises MailError where no letter can be sent; this one was not."""

    def close(self) -> None:
        """Let go of what `open` and `send` took; never raises."""
