#!/usr/bin/env python3
"""What mailing an issue costs: it should grow with the choices, hardly with the recipients.

    python bench/mail.py [FOLDER]        (default: samples)

Builds the issue of the folder, then makes the letters for several numbers of recipients and of distinct
choices, each in a fresh process, and sends them to a way out that takes everything. Prints: recipients,
choices, seconds for the bodies (text, HTML, PDF), microseconds a letter for its head and checks, microseconds
a letter with the ledger (two commits forced to the disk), megabytes sent, peak memory. Then, in the same run,
letters of the same size made with the standard library's `EmailMessage`, one whole message a recipient, as a
program without choices would do it, and the ratio.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from datetime import date, datetime
from email import policy
from email.message import EmailMessage
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from digest import pipeline
from digest.compose.selection import choice_of
from digest.config import Config, MailConfig, RecipientConfig
from digest.library import Library
from digest.mailing import IssueLedger, Post, entries_for, plan, send_issue, sender_of
from digest.model import DeliveryState, Issue
from digest.publish.delivery import Pace
from digest.publish.message import Letter
from digest.publish.ways import Outcome
from digest.render import PDF_NAME

RUNS = ((100, 1), (1000, 1), (100, 12), (1000, 12), (4000, 12))
DAY = date(2026, 3, 18)
NOW = datetime(2026, 3, 18, 7, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
SENDER = "简报 <jianbao@example.org>"


class Sink:
    """Takes every letter."""

    def __init__(self) -> None:
        self.n_bytes = 0

    def open(self) -> None:
        """Nothing to open."""

    def send(self, letter: Letter) -> Outcome:
        self.n_bytes += len(letter.data)
        return Outcome(DeliveryState.SENT)

    def close(self) -> None:
        """Nothing to close."""


def recipients(issue: Issue, n: int, n_choices: int) -> tuple[RecipientConfig, ...]:
    """`n` recipients with the first `n_choices` of: everything, each region, each topic."""
    choices: list[dict[str, tuple[str, ...]]] = [{}]
    choices += [{"regions": ("/".join(section.place.path),)} for section in issue.sections]
    choices += [{"topics": (topic,)} for topic in dict.fromkeys(item.topic for item in issue.items)]
    chosen = choices[:n_choices]
    assert len(chosen) == n_choices, f"the issue offers only {len(choices)} choices"
    return tuple(
        RecipientConfig(f"reader{i}@example.org", f"读者{i}", **chosen[i % n_choices]) for i in range(n)
    )


def measure(folder: Path, n: int, n_choices: int) -> dict[str, float]:
    config = Config(mail=MailConfig(sender=SENDER, site_url="https://news.example.org/"))
    with Library(folder / "out.library" / "digest.sqlite3") as library:
        (entry,) = entries_for(library, [""], DAY)
        issue = library.issue("", DAY)
        assert issue is not None
        people = recipients(issue, n, n_choices)
        post = Post(issue, config, sender_of(config.mail), NOW, folder / "out" / DAY.isoformat())
        start = time.perf_counter()
        for choice in dict.fromkeys(map(choice_of, people)):
            post.body(choice)
        bodies = time.perf_counter() - start
        start = time.perf_counter()
        for one in people:
            post.letter(one)
        letters = time.perf_counter() - start
        sink = Sink()
        ledger = IssueLedger(library.deliveries, "", entry.day, {}, lambda: NOW)
        start = time.perf_counter()
        report = send_issue(post, plan(people, {}, {}), sink, ledger, Pace())
        sent = time.perf_counter() - start
        assert report.count(DeliveryState.SENT) == n
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"bodies": bodies, "letters": letters, "sent": sent, "bytes": sink.n_bytes, "peak": peak}


def measure_plain(folder: Path, n: int) -> float:
    """Seconds for `n` whole messages of the same size by the standard library, encoded one by one."""
    pdf = (folder / "out" / DAY.isoformat() / PDF_NAME).read_bytes()
    html = (folder / "out" / DAY.isoformat() / "index.html").read_text(encoding="utf-8")[:40_000]
    start = time.perf_counter()
    for i in range(n):
        message = EmailMessage(policy=policy.SMTP)
        message["From"], message["To"], message["Subject"] = SENDER, f"reader{i}@example.org", "简报"
        message.set_content(html)
        message.add_alternative(html, subtype="html")
        message.add_attachment(pdf, maintype="application", subtype="pdf", filename="简报.pdf")
        message.as_bytes()
    return time.perf_counter() - start


def main() -> None:
    if len(sys.argv) == 4:
        print(json.dumps(measure(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))))
        return
    source = sys.argv[1] if len(sys.argv) > 1 else "samples"
    with TemporaryDirectory() as name:
        folder = Path(name)
        library = folder / "out.library" / "digest.sqlite3"
        pipeline.build([source], folder / "out", DAY, Config(), library=library)
        whole = library.read_bytes()
        print("recipients choices  bodies s  µs/letter  µs with ledger     MB  peak MiB")
        own = 0.0
        for n, n_choices in RUNS:
            library.write_bytes(whole)  # nobody has anything yet
            done = subprocess.run(
                [sys.executable, __file__, name, str(n), str(n_choices)], capture_output=True, check=True
            )
            row = json.loads(done.stdout)
            own = own or row["letters"] / n  # of the whole issue, which the plain messages hold too
            print(
                f"{n:10d} {n_choices:7d} {row['bodies']:9.2f} {row['letters'] / n * 1e6:10.0f}"
                f" {row['sent'] / n * 1e6:15.0f} {row['bytes'] / 1e6:6.0f} {row['peak']:9.0f}",
                flush=True,
            )
        plain = measure_plain(folder, 50) / 50
        print(f"\nthe standard library, a message each: {plain * 1e6:.0f} µs/letter, {plain / own:.0f} times")


if __name__ == "__main__":
    main()
