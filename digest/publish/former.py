"""What a former version of the program left in an output folder: its manifest was a JSON file.

It is taken over: its files are the site's, and any other is as safe from it as from the program of today.
"""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

from digest.errors import PublishError
from digest.publish.names import checked, collation

NAME = ".digest-site.json"
OWNER = "former"  # of all files: another than any of today, so that each is made anew


def load(path: Path, connection: sqlite3.Connection) -> None:
    """Put the files of the manifest at `path` into an empty one of today.

    Raises PublishError where it is damaged.
    """
    try:
        files = json.loads(path.read_bytes())["files"]
        rows = [(_plain(name), collation(name), _sha256(entry), OWNER) for name, entry in files.items()]
        connection.executemany("INSERT INTO files VALUES (?, ?, ?, ?)", rows)
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, sqlite3.IntegrityError) as error:
        raise PublishError(
            f"{path}: 网站的文件清单已损坏，请移开后重做 (the site's manifest is damaged; move it away)"
        ) from error


def _plain(path: str) -> str:
    """The path of a file below the folder. Raises PublishError for any other."""
    for part in path.split("/"):
        checked(part)
    return path


def _sha256(entry: Any) -> str:
    sha256 = entry[0]
    if not isinstance(sha256, str):
        raise TypeError("a hash is expected")
    return sha256


def moves(journal: dict[str, Any]) -> list[tuple[str, str]]:
    """What a journal says is to be put in place: name in the hidden folder, path.

    Once a file had the same path in both.
    """
    return [(entry, entry) if isinstance(entry, str) else (entry[0], entry[1]) for entry in journal["put"]]
