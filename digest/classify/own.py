"""Columns that the user defines in digest.toml, by words and patterns."""

from __future__ import annotations

import re
from functools import lru_cache

from digest.classify.columns import NAMES, OTHER
from digest.classify.wording import Wording, quoted, wording
from digest.config import ColumnConfig
from digest.errors import ConfigError
from digest.model import Article, Evidence, Topic

#: So many places are quoted as evidence.
MAX_EVIDENCE = 6


def own_columns(article: Article, columns: tuple[ColumnConfig, ...]) -> tuple[Topic, ...]:
    """The user's columns that an article belongs in, in the order of digest.toml, with score 1 and no code.

    Headline and the whole body are looked at, as one script. Raises ConfigError for a column that cannot be.
    """
    if not columns:
        return ()
    words = wording(article, len(article.text))
    found: list[Topic] = []
    for column in columns:
        evidence = _evidence(words, column)
        if evidence:
            found.append(Topic(column.name, "", 1.0, quoted(article, words, evidence[:MAX_EVIDENCE])))
    return tuple(found)


@lru_cache(maxsize=64)
def patterns(column: ColumnConfig) -> tuple[re.Pattern[str], ...]:
    """What any of a column's words and patterns is found by.

    Raises ConfigError where the column has the name of a built-in one, nothing to be found by, or a pattern
    that is no regular expression.
    """
    where = f"[[column]] {column.name}: "
    if column.name in (*NAMES, OTHER) or not column.name.strip():
        raise ConfigError(f"{where}与固有栏目同名，或没有名字 (a name of its own is needed)")
    if not (column.any or column.must or column.pattern):
        raise ConfigError(f"{where}any、must、pattern 至少写一项 (one of any, must, pattern is needed)")
    if not all((*column.any, *column.must, *column.without)):
        raise ConfigError(f"{where}有空的词 (an empty word)")
    try:
        given = [re.compile(pattern) for pattern in column.pattern]
    except re.error as error:
        raise ConfigError(f"{where}pattern 不是正则表达式 (no regular expression): {error}") from error
    if any(pattern.match("") for pattern in given):
        raise ConfigError(f"{where}pattern 能匹配空文字 (a pattern matches nothing at all)")
    return (*(re.compile(re.escape(word)) for word in column.any), *given)


def _evidence(words: Wording, column: ColumnConfig) -> list[Evidence]:
    """Where the words of a column stand; empty where it does not hold."""
    searched = patterns(column)
    whole = f"{words.title}\n{words.text}"
    if any(word in whole for word in column.without) or not all(word in whole for word in column.must):
        return []
    found = [one for pattern in searched for one in _places(words, pattern, "any")]
    if searched and not found:
        return []
    return [
        *found,
        *(one for word in column.must for one in _places(words, re.compile(re.escape(word)), "must")),
    ]


def _places(words: Wording, pattern: re.Pattern[str], rule: str) -> list[Evidence]:
    """The first place of a pattern in the headline and the first in the body."""
    out: list[Evidence] = []
    if title := pattern.search(words.title):
        out.append(Evidence(title.group(), -1, -1, f"own column: {rule}", 1.0))
    if text := pattern.search(words.text):
        out.append(Evidence(text.group(), text.start(), text.end(), f"own column: {rule}", 1.0))
    return out
