"""The sentence graph and the walk on it (Mihalcea & Tarau 2004, with a restart distribution)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from digest.text.frequencies import RARE, frequencies

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float64]

# One copy of a word says that a sentence is about it; ln(1+n) keeps a list of one word from ruling the graph.
_MAX_WORDS = 120  # words of one sentence that are looked at; 120 are some 300 characters


def similarity(words: Sequence[Sequence[str]]) -> Matrix:
    """Cosine of the sentences' word vectors, weighted by how rare a word is; shape (n, n), diagonal 0."""
    import numpy as np

    weight = frequencies().weight
    index: dict[str, int] = {}
    rows: list[int] = []
    columns: list[int] = []
    values: list[float] = []
    for row, sentence in enumerate(words):
        counts: dict[str, int] = {}
        for word in sentence[:_MAX_WORDS]:
            counts[word] = counts.get(word, 0) + 1
        for word, count in counts.items():
            rows.append(row)
            columns.append(index.setdefault(word, len(index)))
            rare = weight.get(word, RARE)
            values.append(rare if count == 1 else rare * (1 + math.log(count)))
    n = len(words)
    if not values:
        return np.zeros((n, n))
    shared = np.bincount(columns, minlength=len(index)) > 1
    vectors = np.zeros((n, len(index)))
    vectors[rows, columns] = values
    norms = np.sqrt(np.einsum("ij,ij->i", vectors, vectors))
    norms[norms == 0] = 1.0
    vectors = vectors[:, shared] / norms[:, None]
    result: Matrix = vectors @ vectors.T
    np.fill_diagonal(result, 0.0)
    return result


def walk(similar: Matrix, restart: Matrix, damping: float) -> Matrix:
    """The stationary distribution of a walk that follows the graph and with 1 - damping begins again.

    `restart` is a distribution over the n sentences; so is the result. A sentence without neighbours
    hands its weight to the restart distribution. Solved exactly: n is bounded by the caller.
    """
    import numpy as np

    n = len(restart)
    out = similar.sum(axis=1)
    lonely = out <= 1e-12
    steps = similar / np.where(lonely, 1.0, out)[:, None]
    steps[lonely] = restart
    rank: Matrix = np.linalg.solve(np.eye(n) - damping * steps.T, (1.0 - damping) * restart)
    rank = np.maximum(rank, 0.0)
    total: Matrix = rank / rank.sum()
    return total
