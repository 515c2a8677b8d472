"""Names of people, places and institutions in a headline, as jieba's dictionary tags them."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from digest.text.words import RUN_CHARS

# People (also foreign), places, institutions. The tags are those of jieba's dictionary; a word that it does
# not know is tagged by its characters, and now and then wrongly (黑客 is taken for a person).
_NAME_TAGS = frozenset({"nr", "nrfg", "nrt", "ns", "nt"})

Tagger = Callable[[str], list[tuple[str, str]]]


def names(text: str) -> list[str]:
    """The names of two characters and more among the first RUN_CHARS characters of `text`, in order."""
    safe = text[:RUN_CHARS].encode("utf-8", "replace").decode()
    return [word for word, tag in _tagger()(safe) if tag in _NAME_TAGS and len(word) > 1]


@cache
def _tagger() -> Tagger:
    import rjieba

    tag: Tagger = rjieba.Jieba().tag
    return tag
