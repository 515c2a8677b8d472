"""The sentence graph and the walk on it (Mihalcea & Tarau 2004, with a restart distribution)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from digest.text.frequencies import RARE, frequencies

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float64]

_MAX_WORDS = 120  # words of one sentence that are looked at; 120 are some 300 characters


def similarity(words: Sequence[Sequence[str]]) -> Matrix:
    """Cosine of the sentences' sets of words, weighted by how rare a word is; shape (n, n), diagonal 0."""
    import numpy as np

    table = frequencies().weight
    holders: dict[str, list[int]] = {}
    for row, sentence in enumerate(words):
        for word in set(sentence[:_MAX_WORDS]):
            holders.setdefault(word, []).append(row)
    n = len(words)
    norms = [1e-9] * n
    rows: list[int] = []
    columns: list[int] = []
    values: list[float] = []
    n_shared = 0
    for word, in_rows in holders.items():
        rare = table.get(word, RARE)
        for row in in_rows:
            norms[row] += rare * rare
        if len(in_rows) > 1:
            rows += in_rows
            columns += [n_shared] * len(in_rows)
            values += [rare] * len(in_rows)
            n_shared += 1
    vectors = np.zeros((n, max(n_shared, 1)))
    vectors[rows, columns] = values
    vectors /= np.sqrt(norms)[:, None]
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
    rank = np.maximum(np.linalg.solve(np.eye(n) - damping * steps.T, (1.0 - damping) * restart), 0.0)
    stationary: Matrix = rank / rank.sum()
    return stationary
