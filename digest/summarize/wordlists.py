"""Lists of words that tell what a sentence leans on, and more: the sections of `wordlists.txt`."""

from __future__ import annotations

from functools import cache
from pathlib import Path


def word_list(name: str) -> tuple[str, ...]:
    """The words of the section `name`, in its order. Raises KeyError where there is no such section."""
    return _lists()[name]


@cache
def _lists() -> dict[str, tuple[str, ...]]:
    lists: dict[str, list[str]] = {}
    section: list[str] = []
    for line in Path(__file__).with_name("wordlists.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            section = lists.setdefault(line.strip("[]"), [])
        elif not line.startswith("#"):
            section.extend(line.split())
    return {name: tuple(words) for name, words in lists.items()}
