"""Names of people, places and institutions in a headline, as jieba's dictionary tags them."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from digest.text.words import RUN_CHARS, SURROGATE, dictionary

# People (also foreign), places, institutions. The tags are those of jieba's dictionary; a word that it does
# not know is tagged by its characters, and now and then wrongly (黑客 is taken for a person).
_NAME_TAGS = frozenset({"nr", "nrfg", "nrt", "ns", "nt"})

Tagger = Callable[[str], list[tuple[str, str]]]


def names(text: str) -> list[str]:
    """The names of two characters and more among the first RUN_CHARS characters of `text`, in order."""
    return [word for word, tag in tagged(text[:RUN_CHARS]) if tag in _NAME_TAGS and len(word) > 1]


def tagged(text: str) -> list[tuple[str, str]]:
    """The words of `text` in order with their tags; a lone surrogate is replaced, joined they are as long."""
    try:
        return _tagger()(text)
    except UnicodeEncodeError:
        return _tagger()(SURROGATE.sub("\ufffd", text))


@cache
def _tagger() -> Tagger:
    tag: Tagger = dictionary().tag
    return tag
