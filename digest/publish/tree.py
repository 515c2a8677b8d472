"""Many files in many folders below an output folder, changed so that a reader meets no half-made page.

The changed files are written to a hidden folder; then a journal says what goes where and what goes away; then
each file takes its place in one step, those that are linked to before those that link to them, and at the end
what is gone is removed. A run that is killed before the journal stands has changed nothing; after that the
next run finishes it. A manifest names every file that was written, with its hash: no other file is ever
written over or removed.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from digest.errors import PublishError
from digest.publish.lock import locked
from digest.publish.names import checked, distinct

MANIFEST_NAME = ".digest-site.json"
STAGE_NAME = ".digest-site-new"
JOURNAL_NAME = ".digest-site-journal.json"
VERSION = 1


@dataclass(frozen=True, slots=True)
class Manifest:
    """The files that stand, each with the hash of its bytes and its owner; and the maker's notes."""

    files: Mapping[str, tuple[str, str]] = field(default_factory=dict)  # path: (sha256, owner)
    notes: Mapping[str, Any] = field(default_factory=dict)


class Tree:
    """One change of the files below `root`, see the module; opened by `changing`."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.before = _load(root / MANIFEST_NAME)
        self._new: dict[str, tuple[str, str]] = {}
        self._staged: list[str] = []
        self.kept_modified: list[str] = []

    def put(self, path: str, data: bytes, owner: str) -> None:
        """A file of the new state. Only one whose bytes changed, or that is not there, is written."""
        digest = hashlib.sha256(data).hexdigest()
        if path in self._new:
            raise PublishError(f"{path}: 两个页面同一路径 (two pages have the same path)")
        self._new[path] = (digest, owner)
        old = self.before.files.get(path)
        if old and old[0] == digest and self._target(path).is_file():
            return
        staged = self.root / STAGE_NAME / _checked(path)
        staged.parent.mkdir(parents=True, exist_ok=True)
        staged.write_bytes(data)
        self._staged.append(path)

    def lost_owners(self) -> frozenset[str]:
        """Owners of files that somebody has removed."""
        root = os.fspath(self.root)
        return frozenset(
            own for path, (_, own) in self.before.files.items() if not os.path.isfile(f"{root}/{path}")
        )

    def read(self, path: str) -> bytes:
        """A file as the manifest says it was written; b"" where it is another, or none."""
        data = _bytes_of(self.root / path) if path in self.before.files else None
        whole = data is not None and hashlib.sha256(data).hexdigest() == self.before.files[path][0]
        return data if data is not None and whole else b""

    def planned(self, made: Iterable[str]) -> set[str]:
        """The files of the new state, as far as they were put; `made` as in `commit`."""
        owners = set(made)
        return {path for path, (_, own) in self.before.files.items() if own not in owners} | self._new.keys()

    def commit(self, made: Iterable[str], notes: Mapping[str, Any]) -> tuple[int, int, int]:
        """Put the change in place; `made` are the owners whose files were all put, others keep theirs.

        Gives how many files there are, and how many were written and removed.
        """
        files = {path: self._new.get(path) or self.before.files[path] for path in self.planned(made)}
        gone = [path for path in self.before.files if path not in files]
        distinct(files)
        for path in self._staged:
            self._refuse_foreign(path)
        drop = [path for path in gone if self._is_ours(path)]
        if not self._staged and files == self.before.files and notes == self.before.notes:
            return len(files), 0, 0
        manifest = _dump(Manifest(files, notes))
        journal = {"put": sorted(self._staged, key=_rank), "drop": drop, "manifest": manifest.decode()}
        _sync_all(self.root)
        _write(self.root / JOURNAL_NAME, json.dumps(journal, ensure_ascii=False).encode())
        finish(self.root)
        return len(files), len(self._staged), len(drop)

    def _target(self, path: str) -> Path:
        return self.root / path

    def _refuse_foreign(self, path: str) -> None:
        """Nothing is written over that the site did not write, and through no symbolic link."""
        target = self.root
        for part in PurePosixPath(path).parts:
            target = target / part
            if target.is_symlink():
                raise PublishError(f"{target}: 是符号链接，拒绝写入 (a symbolic link, refused)")
        if path in self.before.files or not os.path.lexists(target):
            return
        if _bytes_of(target) != _bytes_of(self.root / STAGE_NAME / path):
            raise PublishError(
                f"{target}: 不是网站写的文件，不覆盖；请移开 (not written by the site; move it away)"
            )

    def _is_ours(self, path: str) -> bool:
        """Whether a file still is what was written; one that somebody changed stays."""
        target = self.root / path
        data = _bytes_of(target)
        if data is None:
            return False
        if target.is_symlink() or hashlib.sha256(data).hexdigest() != self.before.files[path][0]:
            self.kept_modified.append(path)
            return False
        return True


@contextmanager
def changing(out: Path) -> Iterator[Tree]:
    """The files below `out`, for one run at a time; what a killed one left is finished or dropped first.

    Raises PublishError where writing fails, naming the path, and BusyError where another run is at work.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
        root = out.resolve(strict=True)
        with locked(root):
            if (root / JOURNAL_NAME).is_file():
                finish(root)
            _clear(root / STAGE_NAME)
            try:
                yield Tree(root)
            finally:
                if not (root / JOURNAL_NAME).is_file():
                    _clear(root / STAGE_NAME)
    except OSError as error:
        where = error.filename if isinstance(error.filename, str) else out
        raise PublishError(f"{where}: 写入失败 (cannot write): {error.strerror or error}") from error


def finish(root: Path) -> None:
    """Do what the journal says, as far as it is not done; each step may be done again."""
    journal = json.loads((root / JOURNAL_NAME).read_bytes())
    for path in journal["put"]:
        staged, target = root / STAGE_NAME / path, root / path
        if staged.is_file():
            target.parent.mkdir(parents=True, exist_ok=True)
            staged.replace(target)
    for path in journal["drop"]:
        (root / path).unlink(missing_ok=True)
        _prune(root, PurePosixPath(path).parent)
    _write(root / MANIFEST_NAME, journal["manifest"].encode())
    _sync_all(root)
    (root / JOURNAL_NAME).unlink()
    _clear(root / STAGE_NAME)


def _rank(path: str) -> tuple[int, str]:
    """Articles before stories before lists, the home page last: what is linked to stands before its links."""
    order = ("assets", "article", "story", "issue")
    first = path.partition("/")[0]
    if first in order:
        return order.index(first), path
    return (len(order) + 1 if "/" not in path else len(order)), path


def _prune(root: Path, folder: PurePosixPath) -> None:
    while folder.parts and not any((root / folder).iterdir()):
        (root / folder).rmdir()
        folder = folder.parent


def _checked(path: str) -> str:
    return "/".join(checked(part) for part in path.split("/"))


def _load(path: Path) -> Manifest:
    data = _bytes_of(path)
    if data is None:
        return Manifest()
    try:
        raw = json.loads(data)
        if raw["version"] != VERSION:
            return Manifest()
        return Manifest({path: (entry[0], entry[1]) for path, entry in raw["files"].items()}, raw["notes"])
    except (ValueError, KeyError, TypeError, IndexError) as error:
        raise PublishError(
            f"{path}: 网站的文件清单已损坏，请移开后重做 (the site's manifest is damaged; move it away)"
        ) from error


def _dump(manifest: Manifest) -> bytes:
    files = dict(sorted(manifest.files.items()))
    data = {"version": VERSION, "notes": manifest.notes, "files": files}
    # Without indentation: only so does the fast encoder do it.
    return json.dumps(data, ensure_ascii=False).encode("utf-8", "replace")


def _bytes_of(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _write(path: Path, data: bytes) -> None:
    part = path.with_name(path.name + ".part")
    with part.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    part.replace(path)


def _sync_all(root: Path) -> None:
    """Force everything written to the disk: one call for thousands of files."""
    if hasattr(os, "sync"):
        os.sync()
    if os.name != "nt":
        descriptor = os.open(root, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _clear(folder: Path) -> None:
    if folder.is_symlink():
        folder.unlink()
    elif folder.is_dir():
        shutil.rmtree(folder)
