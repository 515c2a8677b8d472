"""The ledger of one issue: the library's rows as delivery needs them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from digest.errors import MailError
from digest.library import Library
from digest.library.deliveries import Deliveries
from digest.model import Bounce, Delivery, DeliveryState
from digest.publish.bounces import read_bounces
from digest.publish.lock import locked
from digest.publish.ways import Outcome

#: What may be sent again when it is asked for.
HELD = (DeliveryState.UNCERTAIN, DeliveryState.REFUSED)


@contextmanager
def sending_library(path: Path) -> Iterator[Library]:
    """The library, for one run that sends at a time; what a killed run left under way is uncertain now.

    Raises BusyError where another run is building or sending, LibraryError where the library cannot be used.
    """
    with Library(path) as library, locked(path.parent):
        library.deliveries.settle()
        yield library


def refuse_after_set_aside(library: Library) -> None:
    """Raises MailError where this library has sent nothing, and another one was put out of its way.

    What was sent stands in that one; without it everyone would get the issue a second time.
    """
    aside = sorted(library.path.parent.glob(f"{library.path.name}.aside-*"))
    if aside and library.deliveries.is_empty():
        raise MailError(
            f"{aside[-1].name}: 资料库曾被移开，寄送记录在旧文件里，未发送；确认无人收到后加 --resend "
            "(the record of what was sent is in the library that was set aside)"
        )


@dataclass(frozen=True, slots=True)
class IssueLedger:
    """The rows of one issue; `over` are the states that may be sent over."""

    deliveries: Deliveries
    edition: str
    day: date
    choices: Mapping[str, str]  # address → 山东·聊城；经济
    now: Callable[[], datetime]
    over: tuple[DeliveryState, ...] = ()
    marked: frozenset[str] = frozenset()  # case-folded addresses with the mark of a bounce

    def begin(self, address: str, message_id: str) -> bool:
        row = Delivery(
            edition=self.edition,
            day=self.day,
            address=address,
            message_id=message_id,
            choice=self.choices.get(address, ""),
            state=DeliveryState.SENDING,
            changed=self._time(),
        )
        return self.deliveries.begin(row, over=self.over)

    def end(self, address: str, outcome: Outcome) -> None:
        self.deliveries.end(self.edition, self.day, address, outcome.state, outcome.detail, self._time())
        if outcome.state == DeliveryState.SENT and address.casefold() in self.marked:
            self.deliveries.unmark(address)

    def _time(self) -> str:
        return self.now().isoformat(timespec="seconds")


class NoLedger:
    """Where nothing is really sent."""

    def begin(self, _address: str, _message_id: str) -> bool:
        return True

    def end(self, _address: str, _outcome: Outcome) -> None:
        """Nothing is kept."""


@dataclass(frozen=True, slots=True)
class Noted:
    """What a mailbox of delivery reports came to."""

    marks: tuple[Bounce, ...]
    n_foreign: int  # reports on letters that are not in the ledger
    n_other: int  # messages that report no failure


def note_bounces(deliveries: Deliveries, mbox: Path, now: datetime) -> Noted:
    """Mark the addresses that letters of ours came back from.

    A report that belongs to no letter of the ledger may be anybody's, and marks nobody. Raises MailError
    where the mailbox cannot be read.
    """
    found = read_bounces(mbox)
    marks = []
    for bounce in found.failed:
        letter = deliveries.by_message_id(bounce.message_id) if bounce.message_id else None
        if letter is not None:
            marks.append(replace(bounce, address=letter.address, day=now.date().isoformat()))
    deliveries.mark(marks)
    return Noted(tuple(marks), len(found.failed) - len(marks), found.n_other)
