"""Work handed to an executor comes back in order, and small work is never handed over."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest

from digest.errors import DigestError, MissingDependencyError, UsageError
from digest.executor import Processes, n_processes, open_executor, ordered_map


class _NoExecutor(Executor):
    def submit(self, *_: Any, **__: Any) -> Future[Any]:  # type: ignore[override]
        raise AssertionError("work was handed over")


def _square(number: int) -> int:
    return number * number


def _die(number: int) -> int:
    os._exit(number + 1)


def _fail(number: int) -> int:
    raise ValueError(number)


def test_without_an_executor_the_work_is_done_here() -> None:
    """None means this process, item by item."""
    assert list(ordered_map(_square, range(5), None)) == [0, 1, 4, 9, 16]


def test_small_work_is_done_here() -> None:
    """Fewer items than a worker is worth never reach the executor."""
    assert list(ordered_map(_square, range(50), _NoExecutor())) == [n * n for n in range(50)]


def test_results_keep_their_order() -> None:
    """Results come in the order of the items, whoever is done first."""
    with ThreadPoolExecutor(3) as executor:
        assert list(ordered_map(_square, range(1000), executor)) == [n * n for n in range(1000)]


def test_items_are_taken_in_as_needed() -> None:
    """An endless stream is worked on without being read to its end."""

    def endless() -> Iterator[int]:
        number = 0
        while True:
            yield number
            number += 1

    with ThreadPoolExecutor(2) as executor:
        results = ordered_map(_square, endless(), executor, serial_first=3)
        first = [next(results) for _ in range(10_000)]
        results.close()  # type: ignore[attr-defined]

    assert first == [n * n for n in range(10_000)]


def test_a_bug_in_the_work_stays_loud() -> None:
    """What the work raises is raised to the caller as it is."""
    with ThreadPoolExecutor(1) as executor, pytest.raises(ValueError, match="0"):
        list(ordered_map(_fail, range(3), executor, serial_first=0))


def test_a_dead_worker_is_a_named_error() -> None:
    """A process that is killed is reported, not waited for."""
    with (
        ProcessPoolExecutor(1, mp_context=get_context("spawn")) as executor,
        pytest.raises(DigestError, match="worker"),
    ):
        list(ordered_map(_die, range(3), executor, serial_first=0))


def test_serial_is_no_executor() -> None:
    """The name "serial" gives none."""
    with open_executor("serial") as executor:
        assert executor is None


@pytest.mark.skipif(n_processes() == 1, reason="one processor")
def test_processes_are_a_pool() -> None:
    """The name "processes" gives a pool of processes."""
    with open_executor("processes") as executor:
        assert isinstance(executor, Processes)


_KILLED = """
import os, sys, time
from digest.executor import open_executor, ordered_map
if __name__ == "__main__":
    with open_executor("processes") as executor:
        print(*{executor.submit(os.getpid).result()}, flush=True)
        time.sleep(60)
"""


@pytest.mark.skipif(n_processes() == 1 or sys.platform != "linux", reason="one processor, or no /proc")
def test_workers_end_with_a_parent_that_is_killed(tmp_path: Path) -> None:
    """No process is left behind where the program is killed."""
    script = tmp_path / "killed.py"
    script.write_text(_KILLED, encoding="utf-8")
    with subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE) as process:
        assert process.stdout
        worker = Path("/proc") / process.stdout.readline().decode().strip()
        process.kill()
    deadline = time.monotonic() + 10
    while worker.exists() and time.monotonic() < deadline:
        time.sleep(0.02)

    assert not worker.exists()


def test_an_unknown_name_is_wrong_usage() -> None:
    """Other names are refused."""
    with pytest.raises(UsageError), open_executor("threads"):
        pass


def test_a_cluster_needs_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without dask.distributed the message says what to install."""
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(MissingDependencyError, match=r"digest\[cluster\]"), open_executor("dask://host:1"):
        pass
