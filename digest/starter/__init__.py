"""What `digest init` puts into a new folder: a commented digest.toml, an empty list, examples."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from digest.errors import PublishError

#: Folders that are made empty: where the day's papers are put, and where the issues go.
FOLDERS = ("incoming", "out")


def start(folder: Path, program: str) -> Iterator[tuple[Path, bool]]:
    """Make the folders and write the files that are not there yet; gives each file, and whether it is new.

    `program` is what the examples run. A file that is there is left as it is. Raises PublishError, naming the
    path, where writing fails.
    """
    try:
        for name in FOLDERS:
            (folder / name).mkdir(parents=True, exist_ok=True)
        for name, source in _starters(files("digest.starter")):
            path = folder / name
            text = source.read_text(encoding="utf-8")
            text = text.replace("@FOLDER@", str(folder.absolute())).replace("@PROGRAM@", program)
            path.parent.mkdir(parents=True, exist_ok=True)
            yield path, _write_new(path, text)
    except OSError as error:
        where = error.filename or folder
        raise PublishError(f"{where}: 写入失败 (cannot write): {error.strerror}") from error


def _starters(folder: Traversable, above: str = "") -> Iterator[tuple[str, Traversable]]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        name = f"{above}{entry.name}"
        if entry.is_dir():
            if entry.name != "__pycache__":
                yield from _starters(entry, f"{name}/")
        elif not name.endswith(".py"):
            yield name, entry


def _write_new(path: Path, text: str) -> bool:
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        return False
    return True
