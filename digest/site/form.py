"""The program as part of what pages depend on: a change of its code makes them anew."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

from digest import __version__

# What decides how a page looks; `text` folds what the search page looks through.
PACKAGES = ("digest.site", "digest.render", "digest.library", "digest.text", "digest.publish")


@cache
def code_hash() -> str:
    """A hash of the version and of every module of `PACKAGES`: nobody has to think of raising a number."""
    found = hashlib.sha256(__version__.encode())
    for package in PACKAGES:
        folder = resources.files(package)
        for module in sorted(_modules(folder), key=lambda one: one.name):
            found.update(module.name.encode() + b"\0" + module.read_bytes())
    return found.hexdigest()


def _modules(folder: Traversable) -> list[Traversable]:
    return [one for one in folder.iterdir() if one.name.endswith(".py")]
