"""Files and folders to read, in a stable order; what is passed over is named with the reason."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from digest.config import CONFIG_NAME, Limits
from digest.errors import LimitError, ReadError
from digest.model import Skipped

_DIGITS = re.compile(r"([0-9]+)")
# Files that stand beside a collection and describe it
_ABOUT = re.compile(
    r"(?:README|LICEN[CS]E|COPYING|CHANGELOG|CONTRIBUTING|NOTICE|说明)(?:[._-].*)?", re.IGNORECASE
)
# What lies beside saved pages and posts, and is text without being news
_MACHINERY = (
    *(".css", ".js", ".mjs", ".map", ".svg", ".ico", ".scss", ".woff", ".woff2", ".ttf"),
    *(".ini", ".cfg", ".toml", ".yml", ".yaml", ".lock", ".py", ".rb", ".sh", ".bat", ".log", ".db"),
)
_OUTPUT_MARK = ".digest.lock"  # as digest.publish.lock names it
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read, and the name that it has in articles and reports."""

    path: Path
    name: str
    folder: str = ""  # name of the folder argument that it was found under


def walk(paths: Sequence[str | Path], limits: Limits) -> Iterator[Found | Skipped]:
    """Every file under `paths`: arguments in the order given, folders in natural order (2 before 10).

    Symbolic links inside a folder are not followed; a link that is itself an argument is. A file that
    is reached twice is given once.
    """
    seen: set[str] = set()
    n_files = 0
    for argument in paths:
        for found in _below(Path(argument), limits):
            if isinstance(found, Found):
                real = os.path.realpath(found.path)
                if real in seen:
                    continue
                if n_files == limits.files:
                    yield Skipped(safe_name(argument), f"文件超过 {limits.files} 个 (limit files): 其余未读")
                    return
                seen.add(real)
                n_files += 1
            yield found


def read_file(path: Path, name: str, limits: Limits) -> bytes:
    """The bytes of a regular file.

    Raises ReadError where it cannot be opened or is no regular file, LimitError above `file_bytes`.
    """
    try:
        # without O_NONBLOCK the open of a FIFO waits for a writer for ever
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0))
    except (OSError, ValueError) as error:
        raise ReadError(f"{name}: 无法打开 (cannot open: {_why(error)})") from error
    with os.fdopen(handle, "rb") as file:
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode):
            raise ReadError(f"{name}: {_irregular(status.st_mode)}")
        if status.st_size > limits.file_bytes:
            raise LimitError(
                f"{name}: 文件过大 ({status.st_size} bytes, limit file_bytes = {limits.file_bytes})"
            )
        try:
            data = file.read(limits.file_bytes + 1)
        except OSError as error:
            raise ReadError(f"{name}: 读取失败 (cannot read: {_why(error)})") from error
    if len(data) > limits.file_bytes:
        raise LimitError(f"{name}: 文件过大 (limit file_bytes = {limits.file_bytes})")
    return data


def safe_name(path: str | Path) -> str:
    r"""`path` as it can be shown and stored: what is no UTF-8, no text or changes direction as ``\x..``."""
    shown = os.fspath(path).encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    if os.sep != "/":
        shown = shown.replace(os.sep, "/")
    return _UNSAFE.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), shown)


def _below(root: Path, limits: Limits) -> Iterator[Found | Skipped]:
    name = safe_name(root)
    try:
        status = os.stat(root)
    except (OSError, ValueError) as error:
        yield Skipped(name, f"无法打开 (cannot open: {_why(error)})")
        return
    if stat.S_ISDIR(status.st_mode):
        yield from _folder(root, name, limits)
    elif stat.S_ISREG(status.st_mode):
        yield Found(root, name)
    else:
        yield Skipped(name, _irregular(status.st_mode))


def _folder(root: Path, name: str, limits: Limits) -> Iterator[Found | Skipped]:
    """Depth first without recursion, so that the depth of a tree costs no stack."""
    waiting: list[tuple[os.DirEntry[str], int]] = []
    yield from _open(root, name, 1, waiting)
    n_given = 0
    while waiting:
        entry, depth = waiting.pop()
        if _is_output(entry):
            continue
        shown = safe_name(entry.path)
        reason = _passed_over(entry, root)
        if reason:
            yield Skipped(shown, reason)
        elif not entry.is_dir(follow_symlinks=False):
            n_given += 1
            yield Found(Path(entry.path), shown, name)
        elif depth >= limits.path_depth:
            yield Skipped(shown, f"文件夹过深 (limit path_depth = {limits.path_depth})")
        else:
            yield from _open(Path(entry.path), shown, depth + 1, waiting)
    if not n_given:
        yield Skipped(name, "文件夹中没有可读的文件 (no file to read in this folder)")


def _open(
    folder: Path, name: str, depth: int, waiting: list[tuple[os.DirEntry[str], int]]
) -> Iterator[Skipped]:
    try:
        with os.scandir(folder) as entries:
            found = sorted(entries, key=_natural, reverse=True)
    except OSError as error:
        yield Skipped(name, f"无法打开文件夹 (cannot open the folder: {_why(error)})")
        return
    waiting.extend((entry, depth) for entry in found)


def _passed_over(entry: os.DirEntry[str], root: Path) -> str:
    """Why an entry of a folder is not read, or nothing."""
    if entry.is_symlink():
        target = Path(os.path.realpath(entry.path))
        inside = target.is_relative_to(os.path.realpath(root))
        return (
            "符号链接 (symbolic link, not followed)"
            if inside
            else "符号链接指向文件夹之外 (link out of the folder)"
        )
    if entry.name.startswith("."):
        return "隐藏文件 (hidden)"
    try:
        mode = entry.stat(follow_symlinks=False).st_mode
    except OSError as error:
        return f"无法打开 (cannot open: {_why(error)})"
    if not stat.S_ISDIR(mode) and not stat.S_ISREG(mode):
        return _irregular(mode)
    if stat.S_ISREG(mode) and _ABOUT.fullmatch(entry.name):
        return "说明文件 (about the collection, not part of it)"
    if stat.S_ISREG(mode) and entry.name == CONFIG_NAME:
        return "配置文件 (configuration, not an input)"
    if stat.S_ISREG(mode) and entry.name.lower().endswith(_MACHINERY):
        return "网站或程序文件 (a file of a site or a program)"
    return ""


def _is_output(entry: os.DirEntry[str]) -> bool:
    """Whether an entry is a folder that issues are published in: no input, and not there in a first run."""
    return entry.is_dir(follow_symlinks=False) and os.path.lexists(os.path.join(entry.path, _OUTPUT_MARK))


def _natural(entry: os.DirEntry[str]) -> tuple[tuple[int | str, ...], str]:
    """Numbers by their value; the parts of the key alternate between text and number."""
    parts = _DIGITS.split(entry.name.casefold())
    return tuple(int(part) if at % 2 else part for at, part in enumerate(parts)), entry.name


def _irregular(mode: int) -> str:
    kind = next((word for test, word in _KINDS if test(mode)), "special file")
    return f"不是普通文件 (not a regular file: {kind})"


def _why(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)


_KINDS = (
    (stat.S_ISDIR, "folder"),
    (stat.S_ISFIFO, "named pipe"),
    (stat.S_ISSOCK, "socket"),
    (stat.S_ISCHR, "device"),
    (stat.S_ISBLK, "device"),
)
