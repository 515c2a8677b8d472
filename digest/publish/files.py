"""Renditions → a folder of files, whole or not at all.

The files are written to a hidden sibling, forced to the disk, and put in the place of the old folder in one
step. A reader sees the old issue until the new one is complete; a killed run leaves a hidden folder, which
the next run removes.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from pathlib import Path

from digest.errors import PublishError
from digest.model import Rendition
from digest.publish.lock import locked
from digest.publish.names import checked, distinct
from digest.publish.swap import exchange

NEW_PREFIX = ".digest-new-"
OLD_PREFIX = ".digest-old-"
_FILE_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)


def publish(renditions: Sequence[Rendition], out: Path, folder: str) -> Path:
    """Write the files to ``out/folder``, replacing what was there; gives that folder.

    Raises PublishError, naming the path, where writing fails or a name or a symbolic link would lead out of
    `out`, and then what was there before is unchanged; BusyError where another run is writing to `out`.
    """
    folder = checked(folder)
    files = [(checked(rendition.name), rendition.data) for rendition in renditions]
    distinct(name for name, _ in files)
    try:
        out.mkdir(parents=True, exist_ok=True)
        root = out.resolve(strict=True)
    except OSError as error:
        raise PublishError(_line(error, out)) from error
    with locked(root):
        try:
            target = _confined(root, folder)
            recover(root)
            _replace(root, target, files)
        except OSError as error:
            raise PublishError(_line(error, root / folder)) from error
    return out / folder


def edition_root(out: Path, edition: str) -> Path:
    """The folder below `out` that the issues of an edition stand in; `out` itself for the one without a slug.

    Raises PublishError for a slug that is no plain name, and where a symbolic link would lead out of `out`.
    """
    if not edition:
        return out
    root = out / checked(edition)
    if root.is_symlink():
        raise PublishError(f"{root}: 是符号链接，拒绝写入 (a symbolic link, refused)")
    return root


def recover(root: Path) -> None:
    """Clear up behind a run that was killed; the caller holds the lock of `root`.

    Where a system without an atomic swap was stopped between its two renames, the old issue is put back.
    """
    for path in sorted(root.iterdir()):
        if path.name.startswith(OLD_PREFIX):
            target = root / path.name.removeprefix(OLD_PREFIX)
            if not os.path.lexists(target):
                path.rename(target)
                continue
        elif not path.name.startswith(NEW_PREFIX):
            continue
        if path.is_symlink() or not path.is_dir():
            path.unlink()
        else:
            shutil.rmtree(path)


def _confined(root: Path, folder: str) -> Path:
    target = root / folder
    if target.is_symlink():
        raise PublishError(f"{target}: 是符号链接，拒绝写入 (a symbolic link, refused)")
    if not target.resolve().is_relative_to(root):
        raise PublishError(f"{target}: 在输出目录之外，拒绝写入 (outside of the output folder, refused)")
    if target.exists() and not target.is_dir():
        raise PublishError(f"{target}: 已有同名文件 (a file of this name is there)")
    return target


def _replace(root: Path, target: Path, files: Sequence[tuple[str, bytes]]) -> None:
    new, old = root / f"{NEW_PREFIX}{target.name}", root / f"{OLD_PREFIX}{target.name}"
    new.mkdir()
    try:
        for name, data in files:
            _write(new / name, data)
        _sync_folder(new)
        if not target.exists():
            new.rename(target)
        elif not exchange(new, target):
            target.rename(old)
            try:
                new.rename(target)
            except OSError:
                old.rename(target)
                raise
        _sync_folder(root)
    except BaseException:
        shutil.rmtree(new, ignore_errors=True)
        raise
    # After an exchange the old issue stands under the new one's name. What cannot be removed now the next run
    # removes.
    for leftover in (new, old):
        shutil.rmtree(leftover, ignore_errors=True)


def _write(path: Path, data: bytes) -> None:
    with open(os.open(path, _FILE_FLAGS, 0o666), "wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def _sync_folder(path: Path) -> None:
    if os.name == "nt":  # folders cannot be opened there
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _line(error: OSError, path: Path) -> str:
    where = error.filename if isinstance(error.filename, str) else path
    return f"{where}: 写入失败 (cannot write): {error.strerror or error}"
