"""Where the work on single articles is done: in this process, in a pool of processes, or on a cluster.

The pipeline takes a `concurrent.futures.Executor` and does not know which one it has.
"""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import contextmanager
from itertools import islice
from typing import Any, TypeVar

from digest.errors import DigestError, MissingDependencyError, UsageError

T = TypeVar("T")
R = TypeVar("R")

SERIAL_FIRST = 100
"""So many items are worked on here before anything is handed to an executor: a worker needs about as
long to start and to load its dictionaries as this process needs for them."""

CHUNK = 16  # items that travel together: an article takes some 10 ms, a hand-over below 1 ms
MAX_CHUNKS = 256  # under way at a time: keeps a cluster of a hundred workers busy, and the memory bounded
MAX_PROCESSES = 16


def n_processes() -> int:
    """The processors that this process may use, at most MAX_PROCESSES."""
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(usable, MAX_PROCESSES)


@contextmanager
def open_executor(name: str) -> Iterator[Executor | None]:
    """The executor called `name`: "serial" (None), "processes" or "dask://HOST:PORT".

    No process is started before the first piece of work is handed in.
    Raises UsageError for another name, MissingDependencyError where the extra for a cluster is not installed,
    DigestError where the cluster does not answer.
    """
    if name == "serial" or (name == "processes" and n_processes() == 1):
        yield None
    elif name == "processes":
        pool = Processes()
        try:
            yield pool
        finally:
            pool.shutdown(cancel_futures=True)
    elif name.startswith("dask://"):
        with _dask_executor(name.removeprefix("dask://")) as executor:
            yield executor
    else:
        raise UsageError(f"--executor {name}: 应为 serial、processes 或 dask://HOST:PORT (unknown executor)")


class Processes(Executor):
    """A pool of processes that is made when the first piece of work comes: few articles need none."""

    def __init__(self) -> None:
        self._pool: Executor | None = None

    def submit(self, fn: Callable[..., R], /, *args: Any, **kwargs: Any) -> Future[R]:
        if self._pool is None:
            from concurrent.futures import ProcessPoolExecutor
            from multiprocessing import get_context

            # Not forked: a progress bar runs in a thread here, and a fork with threads can lock up.
            spawn = get_context("spawn")
            self._pool = ProcessPoolExecutor(n_processes(), mp_context=spawn, initializer=_start_worker)
        return self._pool.submit(fn, *args, **kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait, cancel_futures=cancel_futures)


def _start_worker() -> None:
    """Leave an interrupt to the parent, and end with it: a parent that is killed cannot end its workers."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    from multiprocessing import parent_process

    parent = parent_process()
    if parent:
        parent.join()
        os._exit(1)


@contextmanager
def _dask_executor(address: str) -> Iterator[Executor]:
    try:
        from distributed import Client
    except ImportError as error:
        raise MissingDependencyError(
            "--executor dask://…: 缺少可选组件 cluster (extra not installed); pip install 'digest[cluster]'"
        ) from error
    try:
        client = Client(f"tcp://{address}", timeout=10, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        raise DigestError(f"dask://{address}: 无法连接 (no scheduler answers): {error}") from error
    try:
        yield client.get_executor()
    finally:
        client.close()


def ordered_map(
    function: Callable[[T], R],
    items: Iterable[T],
    executor: Executor | None,
    *,
    serial_first: int = SERIAL_FIRST,
) -> Iterator[R]:
    """``function(item)`` for every item, in the order of the items, taking them in as they are needed.

    Raises DigestError where a worker died; what `function` raises is passed on.
    """
    stream = iter(items)
    for item in stream if executor is None else islice(stream, serial_first):
        yield function(item)
    if executor is None:
        return
    waiting: deque[Future[list[R]]] = deque()
    try:
        while chunk := list(islice(stream, CHUNK)):
            waiting.append(executor.submit(_apply, function, chunk))
            if len(waiting) >= MAX_CHUNKS:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()
    except BrokenExecutor as error:
        raise DigestError(
            "一个工作进程意外结束 (a worker process died, perhaps out of memory)；可改用 --executor serial"
        ) from error
    finally:
        for future in waiting:
            future.cancel()


def _apply(function: Callable[[T], R], chunk: list[T]) -> list[R]:
    return [function(item) for item in chunk]
