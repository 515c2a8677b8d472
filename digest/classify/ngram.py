"""The learnt half of the topic: weights of character n-grams, in a table made by script/train_topics.py.

The file holds one n-gram a line with one small integer for each column (hundredths of a logit); nothing
of a text can be read back from it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

TITLE_TIMES = 3.0  # 6.0 does no better
TEXT_CHARS = (
    700  # the rest of an article drifts to its circumstances; 400 to 1,200 did not differ on the labels
)
SIZES = (1, 2, 3)  # 92.8 % lenient in cross-validation; (1, 2) 92.7, (2, 3) 92.5, (2,) 92.3
SCALE = 100.0


@dataclass(frozen=True, slots=True)
class NgramModel:
    """`weights[rows[ngram], i]`: what the n-gram adds to column i, in logits; `bias[i]` stands alone."""

    bias: NDArray[np.float32]
    rows: dict[str, int]
    weights: NDArray[np.float32] = field(repr=False)

    def sums(self, title: str, text: str) -> list[float]:
        """One sum for each column."""
        counts = features(title, text, self.rows)
        if not counts:
            return [float(one) for one in self.bias]
        values = np.fromiter(counts.values(), np.float32, len(counts))
        chosen = self.weights[[self.rows[gram] for gram in counts]]
        total = self.bias + (values / np.linalg.norm(values)) @ chosen
        return [float(one) for one in total]


class _Everything(Container[str]):
    def __contains__(self, _: object) -> bool:
        return True


EVERYTHING = _Everything()


def _ngrams(text: str, known: Container[str]) -> list[str]:
    return [
        gram
        for size in SIZES
        for start in range(len(text) - size + 1)
        if (gram := text[start : start + size]) in known
    ]


def features(title: str, text: str, known: Container[str] = EVERYTHING) -> dict[str, float]:
    """The known n-grams: the root of their count in the text, plus TITLE_TIMES for each in the headline."""
    counts = {gram: float(n) ** 0.5 for gram, n in Counter(_ngrams(text[:TEXT_CHARS], known)).items()}
    for gram in _ngrams(title, known):
        counts[gram] = counts.get(gram, 0.0) + TITLE_TIMES
    return counts


@cache
def load_model() -> NgramModel:
    """The model of the package."""
    path = files("digest.classify").joinpath("data", "topic_ngrams.tsv")
    lines = path.read_text(encoding="utf-8").splitlines()
    bias = np.array(lines[1].split("\t")[1].split(" "), dtype=np.float32) / SCALE
    grams, cells = zip(*(line.split("\t") for line in lines[2:]), strict=True)
    weights = np.array(" ".join(cells).split(" "), dtype=np.float32).reshape(len(grams), len(bias)) / SCALE
    return NgramModel(bias, {gram: i for i, gram in enumerate(grams)}, weights)
