"""The words of an article, counted once for the graph, the features and the keywords."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from digest.text.frequencies import RARE, frequencies

MAX_WORDS = 120  # words of one sentence that are looked at; 120 are some 300 characters


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """`holders` tells in which sentences a word stands, in order; `weight` how rare it is, in nats.

    For every sentence: `total` is the weight of its different words, `repeated` of those that another
    sentence holds too, `norm` the sum of the squares.
    """

    holders: dict[str, list[int]]
    weight: dict[str, float]
    total: list[float]
    repeated: list[float]
    norm: list[float]


def count_words(sentences: Sequence[Sequence[str]]) -> Vocabulary:
    """The vocabulary of sentences given as content words."""
    holders: dict[str, list[int]] = {}
    for row, words in enumerate(sentences):
        for word in dict.fromkeys(words[:MAX_WORDS]):  # a set, but in an order that is always the same
            if word in holders:
                holders[word].append(row)
            else:
                holders[word] = [row]
    n = len(sentences)
    total, repeated, norm = [0.0] * n, [0.0] * n, [0.0] * n
    weight: dict[str, float] = {}
    table = frequencies().weight
    for word, rows in holders.items():
        rare = weight[word] = table.get(word, RARE)
        if len(rows) == 1:
            row = rows[0]
            total[row] += rare
            norm[row] += rare * rare
        else:
            for row in rows:
                total[row] += rare
                repeated[row] += rare
                norm[row] += rare * rare
    return Vocabulary(holders, weight, total, repeated, norm)
