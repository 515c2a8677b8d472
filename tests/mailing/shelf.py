"""A library with one published issue, to send from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from digest.config import Config, MailConfig, RecipientConfig, RenderConfig
from digest.library import IssueEntry, Library
from digest.library.place import library_path
from digest.mailing import Order, sender_of
from digest.model import Issue
from tests.mailserver import HOST, Running
from tests.render.sample import make_issue

NOW = datetime(2026, 3, 18, 7, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
SENDER = "赣江新闻简报 <jianbao@example.org>"


def shelve(out: Path, issue: Issue | None = None) -> Path:
    """Record an issue as a build would have; gives the path of the library."""
    issue = issue or make_issue()
    path = library_path(out)
    with Library(path, create=True) as library:
        library.prepare(issue, library.numbers(issue.edition, issue.date), "0" * 64)
        library.confirm(issue.edition, issue.date)
    return path


def entry_of(library: Library) -> IssueEntry:
    (entry,) = library.issues()
    return entry


def order(out: Path, recipients: Sequence[RecipientConfig], **mail: object) -> Order:
    """Without a PDF, unless it is asked for: setting one takes a second."""
    changes: dict[str, object] = {"sender": SENDER, "attach_pdf": False, "retry_seconds": 0.0} | mail
    config = Config(
        mail=replace(MailConfig(), **changes),  # type: ignore[arg-type]
        recipient=tuple(recipients),
        render=RenderConfig(pdf=False),
    )
    return Order(config, out, sender_of(config.mail), tuple(recipients), lambda: NOW)


def server_keys(running: Running) -> dict[str, object]:
    """[mail] for a test server."""
    return {"host": HOST, "port": running.port, "ca_file": str(running.ca_file), "per_minute": 0}
