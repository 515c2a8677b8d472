"""Which pairs of articles are worth comparing: those that share rare words or a stretch of text.

Two inverted indexes, over the words of headline and lead and over a sample of the bodies' shingles, are
joined with themselves. A list that grows too long inside the window of days is skipped (words) or read at
its newest end only (shingles), so the work for one article is bounded and the whole grows in step with the
number of articles.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from digest.story.fingerprint import Fingerprint
from digest.story.vectors import Vectors

MAX_POSTING = 100  # articles of one window that share a word; a word of more says little
MAX_COPIES = 20  # newest articles that share a shingle; copies beyond are linked through these
SAMPLE = 16  # one shingle of so many is indexed
MIN_SHARED = 2  # sampled shingles: about 30 characters of common text
SMALL_SAMPLE = 6  # of a text of about a hundred characters; there one shared shingle is enough
MIN_SHARE = 0.06  # squared weight of the shared words in the article's own vector
MAX_PARTNERS = 40  # the likeliest that one article is compared with
CHUNK = 256  # articles joined at once: bounds the memory

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


def candidates(
    prints: Sequence[Fingerprint], vectors: Sequence[Vectors], window_days: int
) -> Iterator[tuple[int, int]]:
    """Pairs of indexes into `prints`, each once. Dated articles come before undated ones."""
    order = sorted(range(len(prints)), key=lambda i: (prints[i].day is None, prints[i].day or 0, i))
    first = _windows([prints[i].day for i in order], window_days)
    words = _Index([vectors[i].both.ids for i in order])
    shingles = _Index([_sample(prints[i]) for i in order])
    for start in range(0, len(order), CHUNK):
        chunk = range(start, min(start + CHUNK, len(order)))
        squares = [vectors[order[p]].both.weights ** 2 for p in chunk]
        shares = [np.full(n, 1.0 / n) if (n := shingles.size(p)) else np.empty(0) for p in chunk]
        for position, partner in _likely(
            words.join(chunk, first, squares, MAX_POSTING, newest=False),
            shingles.join(chunk, first, shares, MAX_COPIES, newest=True),
            [MIN_SHARED if shingles.size(p) >= SMALL_SAMPLE else 1 for p in chunk],
            start,
        ):
            yield order[partner], order[position]


def _sample(mark: Fingerprint) -> NDArray[np.uint32]:
    sampled: NDArray[np.uint32] = mark.shingles[mark.shingles % np.uint32(SAMPLE) == 0]
    return sampled


def _windows(days: Sequence[int | None], window_days: int) -> Ints:
    """For each article in order, the first position that is near enough in time; 0 for undated ones."""
    first = np.zeros(len(days), np.int64)
    low = 0
    for position, day in enumerate(days):
        if day is not None:
            while (other := days[low]) is not None and other < day - max(window_days, 0):
                low += 1
            first[position] = low
    return first


class _Index:
    """Terms (words, shingles) of articles, as one sorted array of term and position."""

    def __init__(self, terms: Sequence[NDArray[np.int32] | NDArray[np.uint32]]) -> None:
        self._n = len(terms)
        self._ends = np.cumsum([len(one) for one in terms])
        self._terms: Ints = np.concatenate([np.empty(0, np.int64), *terms]).astype(np.int64)
        positions = np.repeat(np.arange(self._n, dtype=np.int64), [len(one) for one in terms])
        self._keys = np.sort(self._terms * self._n + positions)

    def size(self, position: int) -> int:
        """How many terms the article at `position` has."""
        return int(self._ends[position] - (self._ends[position - 1] if position else 0))

    def join(
        self, chunk: range, first: Ints, weights: Sequence[Floats], limit: int, *, newest: bool
    ) -> tuple[Ints, Ints, Floats]:
        """(article, earlier article, weight) for every term that the two share.

        A term of more than `limit` earlier articles is left out, or with `newest` joined with that many.
        """
        sizes = np.array([self.size(p) for p in chunk], np.int64)
        end = int(self._ends[chunk[-1]])
        terms = self._terms[end - int(sizes.sum()) : end]
        positions = np.repeat(np.arange(chunk.start, chunk.stop, dtype=np.int64), sizes)
        low = np.searchsorted(self._keys, terms * self._n + first[positions])
        high = np.searchsorted(self._keys, terms * self._n + positions)
        if newest:
            low = np.maximum(low, high - limit)
        counts = np.where(high - low <= limit, high - low, 0)
        total = int(counts.sum())
        offsets = np.arange(total, dtype=np.int64) - np.repeat(np.cumsum(counts) - counts, counts)
        partners = self._keys[np.repeat(low, counts) + offsets] % self._n
        weight = np.concatenate([np.empty(0), *weights])
        return np.repeat(positions, counts), partners, np.repeat(weight, counts)


def _likely(
    by_words: tuple[Ints, Ints, Floats],
    by_shingles: tuple[Ints, Ints, Floats],
    enough: Sequence[int],
    start: int,
) -> Iterator[tuple[int, int]]:
    """(position, partner): for each position the MAX_PARTNERS likeliest, those with common text first."""
    shared: dict[tuple[int, int], float] = {}
    positions, partners, weights, _ = _summed(*by_words)
    near = weights >= MIN_SHARE
    for position, partner, weight in zip(
        *_lists(positions[near], partners[near], weights[near]), strict=True
    ):
        shared[position, partner] = weight
    positions, partners, weights, counts = _summed(*by_shingles)
    near = counts >= np.array(enough, np.int64)[positions - start]
    for position, partner, weight in zip(
        *_lists(positions[near], partners[near], weights[near]), strict=True
    ):
        shared[position, partner] = shared.get((position, partner), 0.0) + 1.0 + weight
    taken, last = 0, -1
    for position, partner in sorted(shared, key=lambda pair: (pair[0], -shared[pair], pair[1])):
        taken = taken + 1 if position == last else 1
        last = position
        if taken <= MAX_PARTNERS:
            yield position, partner


def _lists(*arrays: NDArray[Any]) -> list[list[Any]]:
    return [array.tolist() for array in arrays]


def _summed(positions: Ints, partners: Ints, weights: Floats) -> tuple[Ints, Ints, Floats, Ints]:
    """Position, partner, sum of weights and number of terms for each pair."""
    width = int(partners.max(initial=0)) + 1
    pairs, where, counts = np.unique(positions * width + partners, return_inverse=True, return_counts=True)
    sums: Floats = np.bincount(where, weights, len(pairs)).astype(np.float64)
    return pairs // width, pairs % width, sums, counts.astype(np.int64)
