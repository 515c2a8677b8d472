"""The site's own files against what the site wrote down when it wrote them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from digest.publish.manifest import Manifest
from digest.publish.tree import JOURNAL_NAME


def changed(out: Path) -> Iterator[tuple[str, str]]:
    """Files of the site that are gone or are others than it wrote: their paths, and what is wrong.

    Nothing of a copy without the hidden files, in which there is nothing to hold them against. Raises
    PublishError where the manifest is damaged.
    """
    if (out / JOURNAL_NAME).is_file():
        yield str(out), "网站的更新没有做完，运行 digest site (an update was not finished)"
        return
    manifest = Manifest(out)
    try:
        for path, sha256 in manifest.hashes():
            file = out / path
            if not file.is_file():
                yield str(file), "网站的文件不见了 (a file of the site is gone)"
            elif hashlib.sha256(file.read_bytes()).hexdigest() != sha256:
                yield str(file), "网站写出后被改过 (not the file that the site wrote)"
    finally:
        manifest.close()
