"""What has changed of a set of files and folders: looked at anew each time, without the system's help."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from stat import S_ISDIR, S_ISREG

MAX_FILES = 20_000  # looked at; a folder with more is watched as far as that
MAX_DEPTH = 32

Snapshot = Mapping[str, tuple[int, int]]  # path: time of the last change in nanoseconds, size


def changes(paths: Callable[[], Iterable[Path]], wait: Callable[[], object]) -> Iterator[list[str]]:
    """The names of what changed, each time that something has when `wait` returns, for as long as one asks.

    `paths` is asked anew each time: what is watched may itself depend on a file that changes.
    """
    before = snapshot(paths())
    while True:
        wait()
        after = snapshot(paths())
        names = changed(before, after)
        before = after
        if names:
            yield names


def snapshot(paths: Iterable[Path]) -> Snapshot:
    """The state of all files in `paths` and below them; hidden ones and links to folders are left out."""
    found: dict[str, tuple[int, int]] = {}
    for path in paths:
        for file, status in _files(path, 0):
            if len(found) >= MAX_FILES:
                return found
            found[file] = (status.st_mtime_ns, status.st_size)
    return found


def changed(before: Snapshot, after: Snapshot) -> list[str]:
    """Files that came, went, or are not as they were, in the order of their names."""
    names = before.keys() | after.keys()
    return sorted(name for name in names if before.get(name) != after.get(name))


def _files(path: Path, depth: int) -> Iterator[tuple[str, os.stat_result]]:
    try:
        status = path.stat(follow_symlinks=depth == 0)
        if S_ISREG(status.st_mode):
            yield str(path), status
        elif S_ISDIR(status.st_mode) and depth < MAX_DEPTH:
            for child in sorted(path.iterdir()):
                if not child.name.startswith("."):
                    yield from _files(child, depth + 1)
    except OSError:
        # It went away between two looks, or may not be read: then there is nothing to compare.
        return
