"""Names of people, places and institutions in a headline, as jieba's dictionary tags them."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from digest.text.words import RUN_CHARS, SURROGATE, dictionary

# People (also foreign), places, institutions. The tags are those of jieba's dictionary; a word that it does
# not know is tagged by its characters, and now and then wrongly (黑客 is taken for a person).
_NAME_TAGS = frozenset({"nr", "nrfg", "nrt", "ns", "nt"})
_PLACE_TAGS = frozenset({"ns"})

Tagger = Callable[[str], list[tuple[str, str]]]


def names(text: str) -> list[str]:
    """The names of two characters and more among the first RUN_CHARS characters of `text`, in order."""
    return _tagged(text, _NAME_TAGS)


def places(text: str) -> list[str]:
    """The names of places among the first RUN_CHARS characters of `text`, in order."""
    return _tagged(text, _PLACE_TAGS)


def tagged(text: str) -> list[tuple[str, str]]:
    """The words of `text` in order with their tags; a lone surrogate is replaced, joined they are as long."""
    try:
        return _tagger()(text)
    except UnicodeEncodeError:
        return _tagger()(SURROGATE.sub("\ufffd", text))


def _tagged(text: str, tags: frozenset[str]) -> list[str]:
    return [word for word, tag in tagged(text[:RUN_CHARS]) if tag in tags and len(word) > 1]


@cache
def _tagger() -> Tagger:
    tag: Tagger = dictionary().tag
    return tag
