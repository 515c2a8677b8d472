"""The readable half of the topic: words that speak for a column, in data/topics.tsv, and the user's own."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from digest.classify.columns import NAMES
from digest.config import TopicConfig
from digest.errors import ConfigError
from digest.model import Evidence

# Words under this heading count for nothing, and keep the shorter ones inside from counting (市政 in 市政府).
MASK = "不计"
TITLE_TIMES = 3.0  # a word of the headline counts as often as three in the body
LEAD_CHARS = 120
LEAD_TIMES = 2.0


class Lexicon(NamedTuple):
    """Each word's column (index in NAMES, -1 for none) and weight; lengths of words by their beginning."""

    words: dict[str, tuple[int, float]]
    lengths: dict[str, tuple[int, ...]]


@lru_cache(maxsize=4)
def lexicon(topics: tuple[TopicConfig, ...] = ()) -> Lexicon:
    """The words of the package and those of the user, whose words go before.

    Raises ConfigError where one of `topics` is none of the twelve columns.
    """
    words: dict[str, tuple[int, float]] = {}
    text = files("digest.classify").joinpath("data", "topics.tsv").read_text(encoding="utf-8")
    for line in text.splitlines()[1:]:
        topic, weight, listed = line.split("\t")
        index = NAMES.index(topic) if topic != MASK else -1
        words |= {word: (index, float(weight)) for word in listed.split()}
    for one in topics:
        if one.name not in NAMES:
            raise ConfigError(
                f"[[topic]] {one.name}: 没有这个栏目 (no such column); known: {' '.join(NAMES)}"
            )
        words |= {word: (NAMES.index(one.name), one.weight) for word in one.words if len(word) >= 2}
    sizes: dict[str, set[int]] = {}
    for word in words:
        sizes.setdefault(word[:2], set()).add(len(word))
    return Lexicon(words, {head: tuple(sorted(found, reverse=True)) for head, found in sizes.items()})


def lexicon_sums(title: str, text: str, known: Lexicon) -> tuple[list[float], list[list[Evidence]]]:
    """For each column the sum of its words, each damped when it comes again; its words, strongest first."""
    places: dict[str, list[tuple[int, float]]] = {}
    for _, word in _find(title, known):
        places.setdefault(word, []).append((-1, TITLE_TIMES))
    for start, word in _find(text, known):
        places.setdefault(word, []).append((start, LEAD_TIMES if start < LEAD_CHARS else 1.0))
    sums = [0.0] * len(NAMES)
    evidence: list[list[Evidence]] = [[] for _ in NAMES]
    for word, found in places.items():
        index, weight = known.words[word]
        if index < 0:
            continue
        value = weight * sum(times / (1 + nth) for nth, (_, times) in enumerate(found))
        sums[index] += value
        start = found[0][0]
        span = (start, start + len(word)) if start >= 0 else (-1, -1)
        rule = "lexicon" if start >= 0 else "lexicon, in the headline"
        evidence[index].append(Evidence(word, *span, rule, round(value, 2)))
    return sums, [sorted(one, key=lambda e: (-e.weight, e.start, e.word)) for one in evidence]


def _find(text: str, known: Lexicon) -> Iterator[tuple[int, str]]:
    """Words of the lexicon in `text`, the longest at each place, without overlaps."""
    words, lengths = known
    free = 0
    for here in [at for at in range(len(text) - 1) if text[at : at + 2] in lengths]:
        if here < free:
            continue
        for size in lengths[text[here : here + 2]]:
            word = text[here : here + size]
            if word in words:
                yield here, word
                free = here + len(word)
                break
