"""Where the library of an output folder stands."""

from __future__ import annotations

import os
from pathlib import Path

from digest.errors import ConfigError

FOLDER_SUFFIX = ".library"
FILE_NAME = "digest.sqlite3"


def library_path(out: Path, configured: str = "") -> Path:
    """The file of the library, in the folder configured or else in ``OUT.library`` beside the folder `out`.

    Raises ConfigError for a folder inside `out`, or one that holds other things: what is published is read by
    strangers, and the library holds the texts of all sources and the addresses of the recipients.
    """
    root = Path(os.path.abspath(out))
    beside = out if out.name not in ("", "..") else root
    folder = Path(configured) if configured else beside.with_name(root.name + FOLDER_SUFFIX)
    if folder.resolve().is_relative_to(root.resolve()):
        raise ConfigError(
            f"library.path: {folder} 在输出目录 {out} 之内，会随简报公开 (inside of the output folder)"
        )
    path = folder / FILE_NAME
    if folder.is_dir() and not path.exists() and any(not _is_ours(name) for name in os.listdir(folder)):
        raise ConfigError(
            f"library.path: {folder} 里有别的文件，资料库要有自己的目录 (it needs a folder of its own)"
        )
    return path


def _is_ours(name: str) -> bool:
    return name.startswith((FILE_NAME, f".{FILE_NAME}", ".digest."))
