"""The sentence graph and the walk on it (Mihalcea & Tarau 2004, with a restart distribution)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.summarize.vocabulary import Vocabulary

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float64]

# Beyond so many sentences only the first stand in the graph: it is bounded, the cost stays linear.
MAX_GRAPH = 300


def similarity(words: Vocabulary, n: int) -> Matrix:
    """Cosine of the first `n` sentences' sets of words, weighted by how rare a word is; diagonal 0."""
    import numpy as np

    rows: list[int] = []
    columns: list[int] = []
    values: list[float] = []
    n_shared = 0
    for word, holders in words.holders.items():
        if len(holders) > 1:
            inside = holders if holders[-1] < n else [row for row in holders if row < n]
            rows += inside
            columns += [n_shared] * len(inside)
            values += [words.weight[word]] * len(inside)
            n_shared += 1
    vectors = np.zeros((n, max(n_shared, 1)))
    vectors[rows, columns] = values
    vectors /= np.sqrt(np.maximum(words.norm[:n], 1e-9))[:, None]
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
