"""Sending an issue of a library over a real server: once to everyone, whatever happens in between."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from digest.config import EditionConfig, RecipientConfig, RenderConfig
from digest.errors import BusyError, MailError, NothingFoundError, RenderError
from digest.library import Library
from digest.library.database import set_aside
from digest.mailing import Order, Report, entries_for, note_bounces, pace_of, post, sending_library, way_of
from digest.mailing.plan import plan
from digest.model import Bounce, Delivery, DeliveryState
from digest.publish.lock import locked
from digest.render import Renditions
from tests.mailing.shelf import NOW, entry_of, order, server_keys, shelve
from tests.mailserver import Running, mail_server
from tests.publish.test_bounces import GROUP, PLAIN_REPORT
from tests.render.sample import DAY, make_issue

A, B, C = (RecipientConfig(f"{name}@example.org") for name in "abc")


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    with mail_server(tmp_path) as server:
        yield server


@pytest.fixture
def out(tmp_path: Path) -> Path:
    shelve(tmp_path / "out")
    return tmp_path / "out"


def send(asked: Order) -> Report:
    path = asked.out.with_name("out.library") / "digest.sqlite3"
    with sending_library(path) as library:
        way = way_of(asked.config.mail, asked.out.parent, {})
        return asked.send(library, entry_of(library), way, pace_of(asked.config.mail))


def states(out: Path) -> dict[str, str]:
    with Library(out.with_name("out.library") / "digest.sqlite3") as library:
        return {row.address: str(row.state) for row in library.deliveries.of_issue("", DAY)}


def test_running_it_twice_sends_once(out: Path, running: Running) -> None:
    """The second run finds everything done; a recipient who came in between gets the issue."""
    first = send(order(out, [A, B], **server_keys(running)))
    second = send(order(out, [A, B, C], **server_keys(running)))

    assert first.count(DeliveryState.SENT) == 2
    assert (second.count(DeliveryState.SENT), len(second.plan.done)) == (1, 2)
    assert running.handler.recipients() == ["a@example.org", "b@example.org", "c@example.org"]
    assert first.missed == second.missed == ()


def test_a_case_of_letters_or_another_choice_is_no_new_recipient(out: Path, running: Running) -> None:
    """Who has the issue does not get it again for having changed the list."""
    send(order(out, [A], **server_keys(running)))
    report = send(
        order(out, [RecipientConfig("A@example.org", "王", topics=("经济",))], **server_keys(running))
    )

    assert len(report.plan.done) == 1
    assert len(running.handler.taken) == 1


def test_a_half_refused_run_is_finished_by_the_next(out: Path, running: Running) -> None:
    """Put off: tried again by the next run. Refused: held until it is asked for."""
    running.handler.rcpt["a@example.org"] = ["450 later"] * 4 + ["250 OK"]
    running.handler.rcpt["b@example.org"] = ["550 no such user", "250 OK"]
    asked = order(out, [A, B, C], **server_keys(running))
    first = send(asked)
    assert states(out) == {"a@example.org": "deferred", "b@example.org": "refused", "c@example.org": "sent"}
    assert set(first.missed) == {"a@example.org", "b@example.org"}

    second = send(asked)
    assert [one.address for one in second.plan.held] == ["b@example.org"]
    assert second.missed == ("b@example.org",)

    third = send(replace(asked, resend=True))
    assert third.missed == ()
    assert sorted(running.handler.recipients()) == ["a@example.org", "b@example.org", "c@example.org"]


def test_what_is_uncertain_is_sent_again_only_when_asked(out: Path, running: Running) -> None:
    """A connection cut after the letter: listed, left alone, and sent again with leave."""
    running.handler.data["a@example.org"] = ["cut", "250 OK"]
    asked = order(out, [A], **server_keys(running))
    assert send(asked).missed == ("a@example.org",)
    assert states(out) == {"a@example.org": "uncertain"}
    assert send(asked).missed == ("a@example.org",)
    assert len(running.handler.taken) == 1

    send(replace(asked, resend=True))
    assert states(out) == {"a@example.org": "sent"}
    assert len(running.handler.taken) == 2
    assert len({content.partition(b"Message-ID:")[2][:60] for _, content in running.handler.taken}) == 1


def test_two_runs_at_once_are_one(out: Path, running: Running) -> None:
    """The second ends at once."""
    with locked(out.with_name("out.library")):
        caught: list[BaseException] = []

        def other() -> None:
            try:
                send(order(out, [A], **server_keys(running)))
            except BusyError as error:
                caught.append(error)

        thread = threading.Thread(target=other)
        thread.start()
        thread.join()

    assert len(caught) == 1
    assert running.handler.taken == []


def test_nothing_is_sent_of_what_has_no_items(tmp_path: Path, running: Running) -> None:
    """An empty issue, or a choice with nothing in it today, is passed over unless it is asked for."""
    out = tmp_path / "out"
    shelve(out)
    asked = order(out, [A, replace(B, topics=("卫生健康",), regions=("全国",))], **server_keys(running))
    report = send(asked)
    assert report.empty == ("b@example.org",)
    assert report.missed == ()
    assert running.handler.recipients() == ["a@example.org"]

    send(replace(asked, allow_empty=True))
    assert running.handler.recipients() == ["a@example.org", "b@example.org"]


def test_an_edition_goes_to_its_own_recipients(out: Path, running: Running) -> None:
    """Who wants another edition does not get this one."""
    report = send(order(out, [A, replace(B, edition="city")], **server_keys(running)))

    assert running.handler.recipients() == ["a@example.org"]
    assert report.missed == ()


def test_an_edition_looks_as_its_own_theme_says(tmp_path: Path, running: Running) -> None:
    """The letters of an edition are made with the theme that it names."""
    theme = tmp_path / "theme"
    theme.mkdir()
    (theme / "mail.txt.j2").write_text("城市版的信", encoding="utf-8")
    out = tmp_path / "out"
    shelve(out, replace(make_issue(), edition="city"))
    asked = order(out, [replace(A, edition="city")], **server_keys(running))
    edition = EditionConfig("城市版", "city", theme=str(theme))
    send(replace(asked, config=replace(asked.config, edition=(edition,))))
    ((_, content),) = running.handler.taken
    text = message_from_bytes(content, policy=policy.default).get_body(("plain",))

    assert text is not None
    assert text.get_content().strip() == "城市版的信"


def test_an_address_that_bounced_is_left_out_until_it_is_asked_for(
    out: Path, running: Running, tmp_path: Path
) -> None:
    """A report on a letter of ours marks; others mark nobody; a letter that is taken clears the mark."""
    asked = order(out, [A], **server_keys(running))
    send(asked)
    with Library(out.with_name("out.library") / "digest.sqlite3") as library:
        (row,) = library.deliveries.of_issue("", DAY)
        report = PLAIN_REPORT.format(
            groups=GROUP.format(action="failed", status="5.1.1"), kind="message/rfc822"
        )
        mbox = tmp_path / "mbox"
        mbox.write_text(report + report.replace("abc@example.org", row.message_id), encoding="utf-8")
        noted = note_bounces(library.deliveries, mbox, NOW)
    assert noted.n_foreign == 1
    assert [(mark.address, mark.status, mark.day) for mark in noted.marks] == [
        ("a@example.org", "5.1.1", "2026-03-18")
    ]

    shelve(tmp_path / "out", replace(make_issue(), date=DAY.replace(day=19)))
    tomorrow = DAY.replace(day=19)

    def next_day(asked: Order) -> Report:
        with sending_library(out.with_name("out.library") / "digest.sqlite3") as library:
            (entry,) = entries_for(library, [""], tomorrow)
            way = way_of(asked.config.mail, tmp_path, {})
            return asked.send(library, entry, way, pace_of(asked.config.mail))

    assert [one.address for one in next_day(asked).plan.bounced] == ["a@example.org"]
    assert next_day(replace(asked, resend=True)).count(DeliveryState.SENT) == 1
    with Library(out.with_name("out.library") / "digest.sqlite3") as library:
        assert library.deliveries.bounces() == ()


def test_a_library_that_was_set_aside_is_not_forgotten(out: Path, running: Running) -> None:
    """A new library knows nothing of what was sent: it sends only when it is told to."""
    asked = order(out, [A], **server_keys(running))
    send(asked)
    set_aside(out.with_name("out.library") / "digest.sqlite3")
    shelve(out)
    with pytest.raises(MailError, match="移开"):
        send(asked)
    assert len(running.handler.taken) == 1

    assert send(replace(asked, resend=True)).count(DeliveryState.SENT) == 1


def test_the_newest_issue_is_meant_where_none_is_named(out: Path) -> None:
    """Of each edition; a day that is not there is said."""
    shelve(out, replace(make_issue(), date=DAY.replace(day=17)))
    with Library(out.with_name("out.library") / "digest.sqlite3") as library:
        assert [entry.day for entry in entries_for(library, [""], None)] == [DAY]
        assert [entry.day for entry in entries_for(library, [""], DAY.replace(day=17))] == [
            DAY.replace(day=17)
        ]
        with pytest.raises(NothingFoundError, match="2026-03-01"):
            entries_for(library, [""], DAY.replace(day=1))


@pytest.mark.parametrize(
    ("state", "bounced", "resend", "where"),
    [
        (None, False, False, "due"),
        ("deferred", False, False, "due"),
        ("sent", False, False, "done"),
        ("sent", True, True, "done"),
        ("uncertain", False, False, "held"),
        ("uncertain", False, True, "due"),
        ("refused", False, False, "held"),
        ("refused", False, True, "due"),
        (None, True, False, "bounced"),
        (None, True, True, "due"),
    ],
)
def test_a_row_decides(state: str | None, bounced: bool, resend: bool, where: str) -> None:
    """What is done about a recipient follows from the ledger alone."""
    rows = {}
    if state is not None:
        rows["a@example.org"] = Delivery("", DAY, "a@example.org", "1", "", DeliveryState(state))
    marks = {"a@example.org": Bounce("a@example.org", "5.1.1", "", "")} if bounced else {}

    assert getattr(plan([A], rows, marks, resend=resend), where) == (A,)


def test_a_pdf_that_cannot_be_made_does_not_hold_up_the_mail(
    out: Path, running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The letter goes without it and says so; the failure is reported."""
    failure = RenderError("digest.pdf: too slow")
    monkeypatch.setattr(post, "render", lambda _issue, _config: Renditions((), [failure]))
    report = send(order(out, [A], attach_pdf=True, **server_keys(running)))
    ((_, content),) = running.handler.taken
    text = message_from_bytes(content, policy=policy.default).get_body(("plain",))

    assert report.failures == (failure,)
    assert report.missed == ()
    assert text is not None
    assert "本次未能排出 PDF。" in text.get_content()


def test_a_theme_that_fails_sends_nothing_to_anyone(out: Path, running: Running, tmp_path: Path) -> None:
    """A template that breaks at one choice is found before the first letter leaves."""
    theme = tmp_path / "theme"
    theme.mkdir()
    (theme / "mail.txt.j2").write_text("{{ mail.nothing if mail.choice else 'text' }}", encoding="utf-8")
    asked = order(out, [A, replace(B, topics=("经济",))], **server_keys(running))
    asked = replace(asked, config=replace(asked.config, render=RenderConfig(theme=str(theme), pdf=False)))
    with pytest.raises(RenderError, match=r"mail\.txt\.j2"):
        send(asked)

    assert running.handler.taken == []
    assert states(out) == {}
