"""The ledger of letters: nothing is sent over what was sent, and nothing that was under way is forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from digest.library import Library
from digest.model import Bounce, Delivery, DeliveryState

DAY = date(2026, 3, 18)
LETTER = Delivery("", DAY, "Wang@example.com", "1@example.org", "经济", DeliveryState.SENDING, changed="7:00")
STATES = (DeliveryState.SENT, DeliveryState.DEFERRED, DeliveryState.REFUSED, DeliveryState.UNCERTAIN)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library(tmp_path / "digest.sqlite3", create=True) as opened:
        yield opened


def end(library: Library, state: DeliveryState, letter: Delivery = LETTER) -> None:
    library.deliveries.end(letter.edition, letter.day, letter.address, state, "250 OK", "7:01")


def test_a_letter_is_written_before_and_after(library: Library) -> None:
    """Under way first, then what became of it; the address is case folded."""
    assert library.deliveries.is_empty()
    assert library.deliveries.begin(LETTER)
    (under_way,) = library.deliveries.of_issue("", DAY)
    end(library, DeliveryState.SENT)
    (sent,) = library.deliveries.of_issue("", DAY)

    assert under_way == replace(LETTER, address="wang@example.com", attempts=1)
    assert sent == replace(under_way, state=DeliveryState.SENT, detail="250 OK", changed="7:01")
    assert library.deliveries.by_message_id("1@example.org") == sent
    assert not library.deliveries.is_empty()


@pytest.mark.parametrize("state", STATES)
def test_only_what_was_put_off_may_be_sent_again(library: Library, state: DeliveryState) -> None:
    """Without leave nothing is sent over sent, refused or uncertain; with leave over the latter two."""
    library.deliveries.begin(LETTER)
    assert not library.deliveries.begin(LETTER)
    end(library, state)

    assert library.deliveries.begin(LETTER) == (state == DeliveryState.DEFERRED)


@pytest.mark.parametrize("state", STATES)
def test_nothing_is_ever_sent_over_what_was_sent(library: Library, state: DeliveryState) -> None:
    """Not even where leave is given for every state."""
    library.deliveries.begin(LETTER)
    end(library, state)

    assert library.deliveries.begin(LETTER, over=STATES) == (state != DeliveryState.SENT)


def test_what_a_killed_run_left_is_uncertain(library: Library) -> None:
    """Under way and never ended: nobody can say whether it arrived."""
    other = replace(LETTER, address="b@example.com")
    library.deliveries.begin(LETTER)
    library.deliveries.begin(other)
    end(library, DeliveryState.SENT, other)

    assert library.deliveries.settle() == 1
    assert library.deliveries.settle() == 0
    states = {row.address: row.state for row in library.deliveries.of_issue("", DAY)}
    assert states == {"wang@example.com": "uncertain", "b@example.com": "sent"}
    assert not library.deliveries.begin(LETTER)


def test_issues_and_editions_are_apart(library: Library) -> None:
    """The same address gets another day and another edition."""
    for letter in (LETTER, replace(LETTER, edition="city"), replace(LETTER, day=date(2026, 3, 19))):
        assert library.deliveries.begin(letter)

    assert len(library.deliveries.of_issue("", DAY)) == 1


def test_marks_of_bounces_come_and_go(library: Library) -> None:
    """A report marks, a later one replaces it, a letter that was taken clears it."""
    first = Bounce("Gone@example.com", "5.1.1", "no such user", "1@example.org", "2026-03-18")
    library.deliveries.mark([first, replace(first, address="b@example.com")])
    library.deliveries.mark([replace(first, status="5.2.2")])
    assert [(b.address, b.status) for b in library.deliveries.bounces()] == [
        ("b@example.com", "5.1.1"),
        ("gone@example.com", "5.2.2"),
    ]

    library.deliveries.unmark("GONE@example.com")
    assert [b.address for b in library.deliveries.bounces()] == ["b@example.com"]
