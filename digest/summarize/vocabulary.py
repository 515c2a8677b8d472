"""The words of an article, counted once for the graph, the features and the keywords.

What is done here is done for every word of every text, so it is left to functions that loop in C.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain, compress
from operator import mul
from typing import NamedTuple

from digest.text.frequencies import RARE, frequencies
from digest.text.words import cut

MAX_WORDS = 120  # words of one sentence that are looked at; 120 are some 300 characters
MAX_KNOWN = 50_000  # words remembered from one article to the next, 8 MB; a day of papers has about 30,000


class _Weights(dict[str, float]):
    """How rare a word is, in nats; 0.0 for one that carries no meaning. Bounded by MAX_KNOWN."""

    def __missing__(self, word: str) -> float:
        table = frequencies()
        telling = len(word) > 1 and word not in table.function_words and word[0].isalpha()
        weight = table.weight.get(word, RARE) if telling else 0.0
        if len(self) >= MAX_KNOWN:
            self.clear()
        self[word] = weight
        return weight


#: How rare a word is, in nats; 0.0 for one that carries no meaning.
weight_of = _Weights().__getitem__


def content_words(text: str) -> list[str]:
    """The words that carry meaning: no function words, single characters, numbers."""
    words = cut(text)
    return list(compress(words, map(weight_of, words)))


class Vocabulary(NamedTuple):
    """`counts` tells in how many sentences a word stands; `shared` holds, for each word that stands in
    several, how rare it is, in nats, and in which sentences it stands, in order.

    For every sentence: `n_words` is the number of its different words, `total` their weight, `repeated` the
    weight of those that another sentence holds too, `norm` the sum of the squares of all.
    """

    counts: Counter[str]
    shared: dict[str, tuple[float, list[int]]]
    n_words: list[int]
    total: list[float]
    repeated: list[float]
    norm: list[float]


def count_words(sentences: Iterable[Sequence[str]]) -> Vocabulary:
    """The vocabulary of sentences given as content words."""
    # sets, but in an order that is always the same
    different = [dict.fromkeys(words[:MAX_WORDS]) for words in sentences]
    counts = Counter(chain.from_iterable(different))
    shared: dict[str, tuple[float, list[int]]] = {
        word: (weight_of(word), []) for word, count in counts.items() if count > 1
    }
    total: list[float] = []
    norm: list[float] = []
    repeated: list[float] = []
    for row, words in enumerate(different):
        weights = list(map(weight_of, words))
        total.append(sum(weights))
        norm.append(sum(map(mul, weights, weights)))
        weight_again = 0.0
        for word in filter(shared.__contains__, words):
            weight, rows = shared[word]
            rows.append(row)
            weight_again += weight
        repeated.append(weight_again)
    return Vocabulary(counts, shared, list(map(len, different)), total, repeated, norm)
