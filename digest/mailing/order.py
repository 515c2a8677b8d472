"""What is to be sent, put together: one issue of the library, its recipients, its way out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from digest.compose.edition import config_of_edition
from digest.compose.selection import choice_of
from digest.config import Config, RecipientConfig
from digest.errors import NothingFoundError
from digest.keep import folder_of
from digest.library import IssueEntry, Library
from digest.mailing.ledger import HELD, IssueLedger, NoLedger, refuse_after_set_aside
from digest.mailing.plan import Plan, plan
from digest.mailing.post import Post
from digest.mailing.send import Report, send_issue
from digest.mailing.sender import Sender
from digest.publish.delivery import Pace
from digest.publish.ways import Outcome, Way


@dataclass(frozen=True, slots=True)
class Order:
    """All that is the same for every issue of one run."""

    config: Config
    out: Path
    sender: Sender
    recipients: tuple[RecipientConfig, ...]
    now: Callable[[], datetime]  # aware, in the issue's zone
    resend: bool = False  # also what is uncertain, refused, or marked as bounced
    allow_empty: bool = False
    dry_run: bool = False  # the ledger is looked at and not written

    def plan(self, library: Library, entry: IssueEntry) -> Plan:
        """Who is due the issue, and who is not."""
        wanting = [one for one in self.recipients if one.edition == entry.edition]
        rows = {row.address: row for row in library.deliveries.of_issue(entry.edition, entry.day)}
        bounces = {bounce.address: bounce for bounce in library.deliveries.bounces()}
        return plan(wanting, rows, bounces, resend=self.resend)

    def send(
        self,
        library: Library,
        entry: IssueEntry,
        way: Way,
        pace: Pace,
        on_letter: Callable[[str, Outcome], None] = lambda _address, _outcome: None,
    ) -> Report:
        """Send one issue to everyone due it. Raises MailError where no letter can be sent."""
        issue = library.issue(entry.edition, entry.day)
        assert issue is not None, "an entry is of an issue that is there"
        if not self.dry_run and not self.resend:
            refuse_after_set_aside(library)
        folder = folder_of(self.out, entry.edition, entry.day)
        edition = next((one for one in self.config.edition if one.slug == entry.edition), None)
        post = Post(issue, config_of_edition(self.config, edition), self.sender, self.now(), folder)
        ledger = NoLedger() if self.dry_run else self._ledger(library, entry)
        planned = self.plan(library, entry)
        return send_issue(post, planned, way, ledger, pace, allow_empty=self.allow_empty, on_letter=on_letter)

    def _ledger(self, library: Library, entry: IssueEntry) -> IssueLedger:
        return IssueLedger(
            library.deliveries,
            entry.edition,
            entry.day,
            choices={one.address: choice_of(one).label for one in self.recipients},
            now=self.now,
            over=HELD if self.resend else (),
            marked=frozenset(bounce.address for bounce in library.deliveries.bounces()),
        )


def entries_for(library: Library, editions: Sequence[str], day: date | None) -> tuple[IssueEntry, ...]:
    """The issue of `day`, or else the newest one, of each edition that has one.

    Raises NothingFoundError where none has.
    """
    found: list[IssueEntry] = []
    for edition in editions:
        issues = library.issues(edition)
        found += [entry for entry in issues if entry.day == day] if day else issues[-1:]
    if not found:
        wanted = f" {day}" if day else ""
        raise NothingFoundError(f"{library.path}: 资料库里没有这一期{wanted} (no such issue in the library)")
    return tuple(found)
