"""kill -9 at any step of a run over twenty recipients, then the run again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from digest.library import Library
from digest.model import DeliveryState
from tests.mailing.killed import N_RECIPIENTS, addresses
from tests.mailing.shelf import entry_of
from tests.mailserver import mail_server

#: Every so many steps; DIGEST_EVERY_STEP=1 takes every one of them, in about three minutes.
STRIDE = 1 if os.environ.get("DIGEST_EVERY_STEP") else 29


@pytest.fixture
def quick_folder() -> Iterator[Path]:
    """In memory where the system has such a place: what is killed is a process, not the machine."""
    memory = Path("/dev/shm")
    with TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else None) as folder:
        yield Path(folder)


def test_nobody_gets_an_issue_twice_whenever_a_run_is_killed(quick_folder: Path) -> None:
    """Each recipient got exactly one letter, or is listed as uncertain; nobody is left out."""
    with mail_server(quick_folder) as running:
        arguments = (quick_folder, running.port, running.ca_file, STRIDE)
        done = subprocess.run(
            [sys.executable, "-m", "tests.mailing.killed", *map(str, arguments)],
            capture_output=True,
            text=True,
            check=False,
        )
        got = Counter(running.handler.recipients())
    assert done.returncode == 0, done.stderr
    runs = [tuple(map(int, line.split())) for line in done.stdout.splitlines()]

    assert [ended for _, ended, _ in runs] == [signal.SIGKILL] * (len(runs) - 1) + [0]
    assert all(again == 0 for _, _, again in runs)
    assert len(runs) > 10 * N_RECIPIENTS // STRIDE
    for n, _, _ in runs:
        with Library(quick_folder / f"{n}.library" / "digest.sqlite3") as library:
            entry = entry_of(library)
            rows = {row.address: row.state for row in library.deliveries.of_issue(entry.edition, entry.day)}
        assert set(rows) == set(addresses(n))
        for address, state in rows.items():
            assert state in (DeliveryState.SENT, DeliveryState.UNCERTAIN)
            assert got[address] == 1 or (state == DeliveryState.UNCERTAIN and got[address] == 0), (n, address)
        assert sum(state == DeliveryState.UNCERTAIN for state in rows.values()) <= 1
