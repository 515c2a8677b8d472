"""The learnt half of the topic: weights of character n-grams, in a table made by script/train_topics.py.

The file holds one n-gram a line with one small integer for each column (hundredths); nothing of a text can be read
back from it. Without the file the lexicon decides alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import sqrt

TITLE_TIMES = 3.0
TEXT_CHARS = 700
SIZES = (1, 2, 3)
SCALE = 100.0


@dataclass(frozen=True, slots=True)
class NgramModel:
    """`weights[ngram][i]`: what the n-gram adds to column i, in units of the logit; `bias[i]` stands alone."""

    bias: tuple[float, ...]
    weights: dict[str, tuple[int, ...]]

    def sums(self, title: str, text: str) -> list[float]:
        """One sum for each column."""
        totals = list(self.bias)
        counts = features(title, text, self.weights)
        norm = sqrt(sum(value * value for value in counts.values())) or 1.0
        for ngram, value in counts.items():
            factor = value / norm / SCALE
            for i, weight in enumerate(self.weights[ngram]):
                if weight:
                    totals[i] += weight * factor
        return totals


def ngrams(text: str) -> Iterator[str]:
    for size in SIZES:
        for start in range(len(text) - size + 1):
            yield text[start : start + size]


def features(title: str, text: str, known: dict[str, tuple[int, ...]] | None) -> dict[str, float]:
    """Damped counts of the n-grams of headline and text; with `known`, of those alone."""
    counts: Counter[str] = Counter(ngrams(text[:TEXT_CHARS]))
    counts_in_title = Counter(ngrams(title))
    if known is not None:
        kept = {gram: sqrt(n) for gram, n in counts.items() if gram in known}
        in_title = {gram: n for gram, n in counts_in_title.items() if gram in known}
    else:
        kept, in_title = {gram: sqrt(n) for gram, n in counts.items()}, dict(counts_in_title)
    for gram, n in in_title.items():
        kept[gram] = kept.get(gram, 0.0) + TITLE_TIMES * n
    return kept


@cache
def load_model() -> NgramModel | None:
    path = files("digest.classify").joinpath("data", "topic_ngrams.tsv")
    if not path.is_file():
        return None
    lines = path.read_text(encoding="utf-8").splitlines()
    bias = tuple(int(cell) / SCALE for cell in lines[1].split("\t")[1].split(" "))
    weights = {}
    for line in lines[2:]:
        gram, _, cells = line.partition("\t")
        weights[gram] = tuple(map(int, cells.split(" ")))
    return NgramModel(bias, weights)
