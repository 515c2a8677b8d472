"""The library as JSON lines and back, and what it may forget."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from digest.errors import LibraryError
from digest.library import Library
from digest.model import Bounce, Delivery, DeliveryState, SourceText, Withdrawal
from tests.render.sample import DAY, make_issue

SOURCE = SourceText("聊城_2026-03-18_1.txt", "page", "原文\n第二行\udc80", "ab" * 32)
ISSUE = replace(make_issue(), sources=(SOURCE,))
NEXT = DAY + timedelta(1)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library(tmp_path / "digest.sqlite3", create=True) as library:
        for day in (DAY, NEXT):
            library.prepare(replace(ISSUE, date=day), library.numbers("", day), "0" * 64)
            library.confirm("", day)
        library.deliveries.begin(
            Delivery("", DAY, "a@example.org", "1@example.org", "", DeliveryState.SENDING, changed="2026")
        )
        library.deliveries.mark([Bounce("b@example.org", "5.1.1", "", "", "2026-03-18")])
        library.withdrawals.add(Withdrawal("", DAY, "story-1", "", "0", "误", NEXT))
        yield library


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Library]:
    with Library(tmp_path / "other.sqlite3", create=True) as library:
        yield library


def test_an_export_read_in_is_the_same_library(library: Library, other: Library) -> None:
    """Issues, numbers, letters, bounces, withdrawals, byte for byte; also where a source is broken UTF-8."""
    lines = list(library.export())

    assert other.import_lines(lines, "x") == (2, 0)
    assert list(other.export()) == lines
    assert other.issue("", DAY) == library.issue("", DAY)
    assert other.search("物流")


def test_an_export_is_lines_of_json(library: Library) -> None:
    """The first names the format, each other its kind."""
    records = [json.loads(line.decode("utf-8")) for line in library.export()]

    assert records[0] == {"format": "digest-library", "version": 1}
    kinds = [record["kind"] for record in records[1:]]
    assert kinds == ["number", "number", "withdrawal", "delivery", "bounce", "issue", "issue"]


def test_what_is_there_stays(library: Library, other: Library) -> None:
    """An issue of the same day is passed over, and nothing of it is changed."""
    mine = replace(ISSUE, name="本来就有的", sources=())
    other.prepare(mine, other.numbers("", DAY), "1" * 64)
    other.confirm("", DAY)

    assert other.import_lines(library.export(), "x") == (1, 1)
    assert other.issue("", DAY) == mine


@pytest.mark.parametrize(
    "spoilt", [b"", b"{}\n", b"[1]\n", b"\xff\n", b'{"format":"digest-library","version":2}\n']
)
def test_what_is_no_export_is_refused(other: Library, spoilt: bytes) -> None:
    """With the name of the file."""
    with pytest.raises(LibraryError, match=r"x\.jsonl"):
        other.import_lines(spoilt.splitlines(keepends=True), "x.jsonl")


def test_an_export_that_is_broken_changes_nothing(library: Library, other: Library) -> None:
    """All of it or nothing, and the line is named."""
    lines = list(library.export())
    with pytest.raises(LibraryError, match="x:7:"):
        other.import_lines([*lines[:6], lines[6][:100]], "x")

    assert list(other.export()) == lines[:1]


def test_pruning_keeps_old_issues_readable(library: Library) -> None:
    """The texts of the sources go, with the room they took; everything that is printed stays."""
    assert library.prune(NEXT) == 1
    pruned = library.issue("", DAY)

    assert pruned == replace(ISSUE, sources=(replace(SOURCE, text=""),))
    assert library.issue("", NEXT) == replace(ISSUE, date=NEXT)
    assert library.issues()[0].sha256 == "0" * 64
    assert library.search("物流")
    assert library.prune(NEXT) == 0
    library.check()


def test_pruning_leaves_a_build_that_was_killed_alone(library: Library) -> None:
    """The next build settles it first."""
    library.prepare(ISSUE, library.numbers("", DAY), "2" * 64)

    assert library.prune(date(2030, 1, 1)) == 1
    assert library.issue("", DAY) == ISSUE
