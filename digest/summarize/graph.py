"""The sentence graph and the walk on it (Mihalcea & Tarau 2004, with a restart distribution)."""

from __future__ import annotations

from operator import add, mul
from typing import TYPE_CHECKING

from digest.summarize.vocabulary import Vocabulary

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float64]

# Beyond so many sentences only the first stand in the graph: it is bounded, the cost stays linear.
MAX_GRAPH = 300
# Up to this many sentences the walk is solved without numpy (3 sentences: 25 µs, not 120; 12: 106, not 141).
MAX_SMALL = 12
# Above this many sentences nothing is left to BLAS, whose threads cost more than they save (a page of 5,000
# characters: 118 ms instead of 1 ms on two busy cores) and whose sums depend on their number.
MAX_DENSE = 30
# 0.85 ** 60 is 6e-5: what a walk of so many steps can still change is less than the rounding of the scores.
MAX_STEPS = 60


def centrality(words: Vocabulary, n: int, damping: float) -> list[float]:
    """How central each of the first `n` sentences is; 1.0 for one that is as central as the mean."""
    if n <= MAX_SMALL:
        return _small_centrality(words, n, damping)
    import numpy as np

    centre: list[float] = (walk(similarity(words, n), np.full(n, 1.0 / n), damping) * n).tolist()
    return centre


def _small_centrality(words: Vocabulary, n: int, damping: float) -> list[float]:
    """The same without numpy, whose calls cost more than the work on so few sentences."""
    if not words.shared:
        return [1.0] * n  # no edges: every sentence is as central as any other
    norms = [max(norm, 1e-9) ** 0.5 for norm in words.norm[:n]]
    similar = [[0.0] * n for _ in range(n)]
    for rarity, holders in words.shared.values():
        weight = rarity**2
        for at, row in enumerate(holders):
            if row >= n:
                break
            for other in holders[:at]:
                shared = weight / (norms[row] * norms[other])
                similar[row][other] += shared
                similar[other][row] += shared
    # rank = (1 - damping) / n + damping * sum of rank[i] * steps[i][j], as n equations; similar[i][j] is
    # similar[j][i], and a sentence without neighbours steps to all alike
    out = [sum(row) for row in similar]
    share = [-damping / weight if weight > 1e-12 else 0.0 for weight in out]
    even = [0.0 if factor else -damping / n for factor in share]
    rows = [list(map(add, map(mul, weights, share), even)) for weights in similar]
    for at in range(n):
        rows[at][at] += 1.0
    rank = [max(value, 0.0) for value in _solve(rows, [(1.0 - damping) / n] * n)]
    total = sum(rank)
    return [value / total * n for value in rank]


def _solve(rows: list[list[float]], right: list[float]) -> list[float]:
    """Solves a few linear equations whose diagonal outweighs the rest, by elimination; changes both."""
    n = len(right)
    for pivot in range(n):
        above, divisor = rows[pivot], rows[pivot][pivot]
        for row in range(pivot + 1, n):
            factor = rows[row][pivot] / divisor
            if factor:
                here = rows[row]
                for column in range(pivot + 1, n):
                    here[column] -= factor * above[column]
                right[row] -= factor * right[pivot]
    for pivot in range(n - 1, -1, -1):
        here = rows[pivot]
        known = sum(here[column] * right[column] for column in range(pivot + 1, n))
        right[pivot] = (right[pivot] - known) / here[pivot]
    return right


def similarity(words: Vocabulary, n: int) -> Matrix:
    """Cosine of the first `n` sentences' sets of words, weighted by how rare a word is; diagonal 0."""
    import numpy as np

    rows: list[int] = []
    sizes: list[int] = []
    values: list[float] = []
    for rarity, holders in words.shared.values():
        inside = holders if holders[-1] < n else [row for row in holders if row < n]
        rows += inside
        sizes.append(len(inside))
        values.append(rarity)
    norms = np.sqrt(np.maximum(words.norm[:n], 1e-9))
    size = np.asarray(sizes, dtype=np.intp)
    row = np.asarray(rows, dtype=np.intp)
    value = np.repeat(np.asarray(values), size) / norms[row]
    # every sentence that holds a word meets every other: entry e of a word of size s meets the s entries
    # that begin where its word begins
    each = np.repeat(size, size)
    first = np.repeat(np.arange(len(row)), each)
    begins = np.repeat(np.cumsum(size) - size, size)
    within = np.arange(len(first)) - np.repeat(np.cumsum(each) - each, each)
    second = np.repeat(begins, each) + within
    pairs = np.bincount(row[first] * n + row[second], value[first] * value[second], n * n)
    result: Matrix = pairs.astype(np.float64).reshape(n, n)
    np.fill_diagonal(result, 0.0)
    return result


def walk(similar: Matrix, restart: Matrix, damping: float) -> Matrix:
    """The stationary distribution of a walk that follows the graph and with 1 - damping begins again.

    `restart` is a distribution over the n sentences; so is the result. A sentence without neighbours
    hands its weight to the restart distribution.
    """
    import numpy as np

    n = len(restart)
    out = similar.sum(axis=1)
    lonely = out <= 1e-12
    steps = similar / np.where(lonely, 1.0, out)[:, None]
    steps[lonely] = restart
    if n <= MAX_DENSE:
        rank = np.maximum(np.linalg.solve(np.eye(n) - damping * steps.T, (1.0 - damping) * restart), 0.0)
    else:
        rank = restart
        for _ in range(MAX_STEPS):
            rank = damping * np.einsum("i,ij->j", rank, steps) + (1.0 - damping) * restart
    stationary: Matrix = rank / rank.sum()
    return stationary
