"""Rounds of tries over a real server, with a ledger written before and after each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from digest.errors import MailError
from digest.publish.delivery import Pace, Waiting, deliver
from digest.publish.message import Letter
from digest.publish.smtp import Server, SmtpWay
from digest.publish.ways import Outcome
from tests.mailserver import HOST, Running, mail_server


@dataclass
class Notes:
    """A ledger in memory; `taken` are addresses that another run has."""

    lines: list[str] = field(default_factory=list)
    taken: frozenset[str] = frozenset()

    def begin(self, address: str, _message_id: str) -> bool:
        self.lines.append(f"{address} begin")
        return address not in self.taken

    def end(self, address: str, outcome: Outcome) -> None:
        self.lines.append(f"{address} {outcome.state}")


@dataclass
class Time:
    """A clock that only sleeping moves."""

    now: float = 0.0
    slept: list[float] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds

    def pace(self, **more: int) -> Pace:
        return Pace(**({"tries": 4} | more), sleep=self.sleep, clock=lambda: self.now)  # type: ignore[arg-type]


def waiting(*addresses: str) -> list[Waiting]:
    def maker(address: str) -> Callable[[], Letter]:
        return lambda: Letter("sender@example.org", address, f"{address}.id", b"Subject: x\r\n\r\nx\r\n")

    return [Waiting(address, maker(address)) for address in addresses]


def way_to(running: Running) -> SmtpWay:
    return SmtpWay(Server(HOST, running.port, "starttls", ca_file=running.ca_file, timeout_seconds=5))


A, B, C = "a@example.org", "b@example.org", "c@example.org"


def test_every_step_is_written_before_and_after(tmp_path: Path) -> None:
    """A letter stands in the ledger before it leaves, and its outcome after."""
    notes = Notes()
    with mail_server(tmp_path) as running:
        running.handler.rcpt[B] = ["550 no such user"]
        outcomes = dict(deliver(waiting(A, B), way_to(running), notes, Time().pace()))

    assert notes.lines == [f"{A} begin", f"{A} sent", f"{B} begin", f"{B} refused"]
    assert {address: outcome.state for address, outcome in outcomes.items()} == {A: "sent", B: "refused"}


def test_one_who_is_put_off_does_not_hold_up_the_others(tmp_path: Path) -> None:
    """A greylisted letter is tried again after the others, later each time."""
    time, notes = Time(), Notes()
    with mail_server(tmp_path) as running:
        running.handler.rcpt[A] = ["450 greylisted", "451 greylisted", "250 OK"]
        list(deliver(waiting(A, B), way_to(running), notes, time.pace()))

        assert running.handler.recipients() == [B, A]
    assert time.slept == [20.0, 40.0]
    assert [line for line in notes.lines if line.startswith(A)] == [
        f"{A} {step}" for step in ("begin", "deferred", "begin", "deferred", "begin", "sent")
    ]


def test_tries_come_to_an_end(tmp_path: Path) -> None:
    """A letter that is always put off stays put off, for the next run."""
    time = Time()
    with mail_server(tmp_path) as running:
        running.handler.data[A] = ["451 try later"]
        outcomes = list(deliver(waiting(A), way_to(running), Notes(), time.pace(tries=3)))

    assert [outcome.state for _, outcome in outcomes] == ["deferred"] * 3
    assert time.slept == [20.0, 40.0]


def test_what_is_uncertain_or_refused_is_not_tried_again(tmp_path: Path) -> None:
    """Only what the server surely did not take, and may take later, is sent a second time."""
    time = Time()
    with mail_server(tmp_path) as running:
        running.handler.data[A] = ["cut"]
        running.handler.data[B] = ["554 denied"]
        outcomes = list(deliver(waiting(A, B, C), way_to(running), Notes(), time.pace()))

        assert running.handler.recipients() == [A, C]
    assert [outcome.state for _, outcome in outcomes] == ["uncertain", "refused", "sent"]
    assert time.slept == []


def test_what_another_run_has_is_left_alone(tmp_path: Path) -> None:
    """A letter that the ledger does not give out is not sent."""
    with mail_server(tmp_path) as running:
        list(deliver(waiting(A, B), way_to(running), Notes(taken=frozenset({A})), Time().pace()))

        assert running.handler.recipients() == [B]


def test_without_a_server_the_round_ends_at_once(tmp_path: Path) -> None:
    """Where nothing can be reached, not every recipient waits for its own time-out."""
    with mail_server(tmp_path) as running:
        way = way_to(running)
    outcomes = list(deliver(waiting(A, B, C), way, Notes(), Time().pace(tries=2)))

    assert [(address, outcome.state) for address, outcome in outcomes] == [(A, "deferred"), (A, "deferred")]


def test_a_run_that_cannot_go_on_leaves_nothing_under_way(tmp_path: Path) -> None:
    """Where the sender is refused, the letter was surely not sent, and the ledger says so."""
    notes = Notes()
    with mail_server(tmp_path) as running:
        running.handler.mail = "550 sender denied"
        with pytest.raises(MailError, match="550"):
            list(deliver(waiting(A, B), way_to(running), notes, Time().pace()))

    assert notes.lines == [f"{A} begin", f"{A} deferred"]


def test_letters_keep_the_pace(tmp_path: Path) -> None:
    """No more letters a minute than asked for."""
    time = Time()
    with mail_server(tmp_path) as running:
        list(deliver(waiting(A, B, C), way_to(running), Notes(), time.pace(per_minute=30)))

    assert time.slept == [2.0, 2.0]
