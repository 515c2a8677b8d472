"""Names of files and folders that are safe below an output folder."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable

from digest.errors import PublishError

MAX_BYTES = 200  # most file systems take 255; the rest is for the names of unfinished folders
_HASH_CHARS = 10
_FORBIDDEN = frozenset('/\\:*?"<>|')  # separators, and what Windows shares refuse


def checked(name: str) -> str:
    """`name` in NFC, cut to `MAX_BYTES`, if it is one plain name below a folder.

    Raises PublishError for a path, a name that starts with a dot, and control or unprintable characters.
    """
    name = unicodedata.normalize("NFC", name)
    if not name or name.startswith(".") or name != name.strip() or not name.isprintable():
        raise PublishError(f"{name!r}: 不能用作文件名 (not a safe file name)")
    if _FORBIDDEN & set(name):
        raise PublishError(f"{name!r}: 文件名中不能有路径 (a path is no file name)")
    return shortened(name)


def shortened(name: str, limit: int = MAX_BYTES) -> str:
    """`name` if it has at most `limit` bytes in UTF-8, else its beginning, a hash of it and its suffix."""
    if len(name.encode()) <= limit:
        return name
    stem, dot, suffix = name.rpartition(".")
    if not dot or len(suffix.encode()) > _HASH_CHARS:
        stem, dot, suffix = name, "", ""
    mark = hashlib.sha256(name.encode()).hexdigest()[:_HASH_CHARS]
    tail = f"-{mark}{dot}{suffix}"
    head = stem.encode()[: limit - len(tail.encode())].decode("utf-8", "ignore")
    return head + tail


def distinct(names: Iterable[str]) -> None:
    """Raises PublishError where two names are one file on some system: equal but for case or composition."""
    seen: dict[str, str] = {}
    for name in names:
        key = collation(name)
        if key in seen:
            raise PublishError(f"{name!r} 与 {seen[key]!r} 重名 (the same file on some systems)")
        seen[key] = name


def collation(name: str) -> str:
    """Equal for two names that are one file on some system."""
    return name.lower() if name.isascii() else unicodedata.normalize("NFKC", name).casefold()
