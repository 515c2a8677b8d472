"""One run at a time for each output folder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from digest.errors import BusyError, PublishError

LOCK_NAME = ".digest.lock"


@contextmanager
def locked(root: Path) -> Iterator[None]:
    """Hold the lock of the output folder `root`, which exists.

    May be entered again by the thread that holds it. The lock goes with the process, also when it is killed.
    Raises BusyError at once where another run holds it; PublishError where it cannot be made.
    """
    path = root / LOCK_NAME
    if path.is_symlink():
        raise PublishError(f"{path}: 是符号链接，拒绝使用 (a symbolic link, refused)")
    lock = FileLock(path, timeout=0, is_singleton=True)
    try:
        lock.acquire()
    except Timeout as error:
        raise BusyError(f"{root}: 另一次运行正在写入 (already running)") from error
    except OSError as error:
        raise PublishError(f"{path}: 写入失败 (cannot write): {error.strerror or error}") from error
    try:
        yield
    finally:
        lock.release()
