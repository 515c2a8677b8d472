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
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from digest.errors import PublishError
from digest.publish import former
from digest.publish.lock import locked
from digest.publish.manifest import Entry, Manifest, record
from digest.publish.names import checked, distinct

STAGE_NAME = ".digest-site-new"
JOURNAL_NAME = ".digest-site-journal.json"
STAGE_FOLDER = 1000  # files in each of the folders of the hidden folder


class Tree:
    """One change of the files below `root`, see the module; opened by `changing`."""

    def __init__(self, root: Path, before: Manifest) -> None:
        self.root = root
        self.before = before
        self._new: dict[str, Entry] = {}
        self._put_by: dict[str, list[str]] = {}  # by owner, its new files
        self._changed: set[str] = set()  # of the new files, those whose entry is another than before
        self._staged: dict[str, str] = {}  # by path, the name below the hidden folder
        self.kept_modified: list[str] = []

    def put(self, path: str, data: bytes, owner: str) -> None:
        """A file of the new state. Only one whose bytes changed, or that is not there, is written."""
        entry = Entry(hashlib.sha256(data).hexdigest(), owner)
        if path in self._new:
            raise PublishError(f"{path}: 两个页面同一路径 (two pages have the same path)")
        self._new[path] = entry
        self._put_by.setdefault(owner, []).append(path)
        old = self.before.get(path)
        if old != entry:
            self._changed.add(path)
        target = f"{self.root}/{path}"
        if old and old.sha256 == entry.sha256 and os.path.isfile(target):
            return
        _check(path)
        # By numbers: folders to be made and removed again, as many as the site's, would cost more than files.
        name = f"{len(self._staged) // STAGE_FOLDER}/{len(self._staged)}"
        staged = self.root / STAGE_NAME / name
        if len(self._staged) % STAGE_FOLDER == 0:
            staged.parent.mkdir(parents=True)
        staged.write_bytes(data)
        self._staged[path] = name

    def lost_owners(self) -> frozenset[str]:
        """Owners of files that somebody has removed."""
        # of all ways to ask, the one that makes least of each file: an archive has hundreds of thousands
        return frozenset(
            owner for path, owner in self.before.files() if not os.access(f"{self.root}/{path}", os.F_OK)
        )

    def read(self, path: str) -> bytes:
        """A file as the manifest says it was written; b"" where it is another, or none."""
        entry = self.before.get(path)
        data = _bytes_of(self.root / path) if entry else None
        whole = entry is not None and data is not None and hashlib.sha256(data).hexdigest() == entry.sha256
        return data if data is not None and whole else b""

    def planned_of(self, owner: str, made: Container[str]) -> list[str]:
        """The files of an owner in the new state, in order; `made` as in `commit`."""
        before = () if owner in made else self.before.of_owner(owner)
        return sorted({*before, *self._put_by.get(owner, ())})

    def planned(self, start: str, made: Container[str]) -> set[str]:
        """The files of all owners whose names begin so, in the new state; `made` as in `commit`."""
        before = {path for path, owner in self.before.files_of(start) if owner not in made}
        return before.union(*(found for owner, found in self._put_by.items() if owner.startswith(start)))

    def changes(self, starts: Iterable[str], made: Iterable[str]) -> tuple[set[str], set[str]]:
        """What of the owners whose names begin so goes, and what comes; all of `made` are put by now."""
        begin = tuple(starts)
        before = {path for owner in made if owner.startswith(begin) for path in self.before.of_owner(owner)}
        new = {path for owner, put in self._put_by.items() if owner.startswith(begin) for path in put}
        return before - new, new - before

    def commit(self, made: Iterable[str], notes: Mapping[str, str | None]) -> tuple[int, int, int]:
        """Put the change in place; `made` are the owners whose files were all put, others keep theirs.

        A note of None goes. Gives how many files there are, and how many were written and removed.
        """
        gone = [path for owner in sorted(set(made)) for path in self.before.of_owner(owner)]
        gone = [path for path in gone if path not in self._new]
        self._refuse_alike(frozenset(gone))
        for path in self._staged:
            self._refuse_foreign(path)
        drop = [path for path in gone if self._is_ours(path)]
        notes = {name: value for name, value in notes.items() if self.before.note(name) != value}
        added = sum(self.before.get(path) is None for path in self._changed)
        n_files = self.before.count() + added - len(gone)
        if not (self._staged or self._changed or gone or notes):
            return n_files, 0, 0
        n_written = len(self._staged)
        self.before.close()
        _sync_all(self.root)
        _write(self.root / JOURNAL_NAME, self._journal(drop, gone, notes))
        for held in (self._new, self._put_by, self._changed, self._staged):
            held.clear()  # all of it is in the journal, and would be in the memory twice
        finish(self.root)
        return n_files, n_written, len(drop)

    def _journal(self, drop: Sequence[str], gone: Sequence[str], notes: Mapping[str, str | None]) -> bytes:
        journal = {
            "put": [[self._staged[path], path] for path in sorted(self._staged, key=_rank)],
            "drop": drop,
            "gone": gone,
            "files": {path: self._new[path] for path in sorted(self._changed)},
            "notes": notes,
        }
        return json.dumps(journal, ensure_ascii=False).encode()

    def _refuse_alike(self, gone: frozenset[str]) -> None:
        """Two files of one name, for a system that folds case or composition, are an error."""
        distinct(self._new)
        for path in self._changed:
            other = self.before.taken(path)
            if other and other not in gone:
                distinct((other, path))

    def _refuse_foreign(self, path: str) -> None:
        """Nothing is written over that the site did not write, and through no symbolic link."""
        target = self.root
        for part in PurePosixPath(path).parts:
            target = target / part
            if target.is_symlink():
                raise PublishError(f"{target}: 是符号链接，拒绝写入 (a symbolic link, refused)")
        if self.before.get(path) or not os.path.lexists(target):
            return
        if _bytes_of(target) != _bytes_of(self.root / STAGE_NAME / self._staged[path]):
            raise PublishError(
                f"{target}: 不是网站写的文件，不覆盖；请移开 (not written by the site; move it away)"
            )

    def _is_ours(self, path: str) -> bool:
        """Whether a file still is what was written; one that somebody changed stays."""
        target = self.root / path
        data, entry = _bytes_of(target), self.before.get(path)
        if data is None or entry is None:
            return False
        if target.is_symlink() or hashlib.sha256(data).hexdigest() != entry.sha256:
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
            before = Manifest(root)
            try:
                yield Tree(root, before)
            finally:
                before.close()
                if not (root / JOURNAL_NAME).is_file():
                    _clear(root / STAGE_NAME)
    except OSError as error:
        where = error.filename if isinstance(error.filename, str) else out
        raise PublishError(f"{where}: 写入失败 (cannot write): {error.strerror or error}") from error


def finish(root: Path) -> None:
    """Do what the journal says, as far as it is not done; each step may be done again."""
    journal = json.loads((root / JOURNAL_NAME).read_bytes())
    made: set[str] = set()  # folders
    for name, path in former.moves(journal):
        staged, target = f"{root}/{STAGE_NAME}/{name}", f"{root}/{path}"
        if os.path.isfile(staged):
            folder = os.path.dirname(target)
            if folder not in made:
                os.makedirs(folder, exist_ok=True)
                made.add(folder)
            os.replace(staged, target)
    for path in journal["drop"]:
        (root / path).unlink(missing_ok=True)
        _prune(root, PurePosixPath(path).parent)
    _sync_all(root)
    if "manifest" in journal:  # a run of a former version was killed
        _write(root / former.NAME, journal["manifest"].encode())
    else:
        record(root, journal["gone"], journal["files"], journal["notes"])
    (root / JOURNAL_NAME).unlink()
    _clear(root / STAGE_NAME)


def _rank(path: str) -> tuple[int, str]:
    """Articles before stories before lists, the home page last: what is linked to stands before its links."""
    order = ("assets", "article", "story", "issue")
    first = path.partition("/")[0]
    if first in order:
        return order.index(first), path
    is_way_in = "/" not in path or path.endswith("-entry.json")  # what a search engine looks at first
    return (len(order) + 1 if is_way_in else len(order)), path


def _prune(root: Path, folder: PurePosixPath) -> None:
    while folder.parts and not any((root / folder).iterdir()):
        (root / folder).rmdir()
        folder = folder.parent


def _check(path: str) -> None:
    """Raises PublishError where a part of the path is no plain name that every system takes as it is."""
    for part in path.split("/"):
        if checked(part) != part:
            raise PublishError(f"{part!r}: 不能用作文件名 (not a safe file name)")


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
