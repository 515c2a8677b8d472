"""How alike two texts are by their character pairs, and what stands before and behind each boundary of one.

The latter as in TextTiling (Hearst 1997), all boundaries at once: from one to the next only the pairs of one
stretch change sides.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from digest.page.language import pair_counts, rarities
from digest.page.overlap import WORD_CHARACTERS

Floats = NDArray[np.float64]
Numbers = NDArray[np.int64]

#: A pair's squared weight is more.
LEAST = 1e-3
#: No character's number has more bits.
_BITS = 21


def cosines(texts: Sequence[str]) -> list[float]:
    """For each boundary between two of the texts: the cosine of all before it and all behind it, 0 to 1.

    Linear in the length of the texts, but for a sort.
    """
    pairs, place = coded_pairs(texts)
    if len(texts) < 2 or not len(pairs):
        return [0.0] * (len(texts) - 1)
    # each pair in each text that holds it, pair by pair in the order of the texts, and how often
    keys, times = np.unique(pairs * len(texts) + place, return_counts=True)
    pair, place = np.divmod(keys, len(texts))
    first = np.flatnonzero(np.concatenate([[True], pair[1:] != pair[:-1]]))
    copies = np.concatenate([first[1:], [len(pair)]]) - first
    so_far = np.cumsum(times)
    whole = np.repeat(np.add.reduceat(times, first), copies)
    above = so_far - np.repeat(so_far[first] - times[first], copies)  # in the texts up to this one
    rarity = _rarities(pair[first])
    square = np.repeat(rarity * rarity, copies)
    logs = np.concatenate([[0.0], 1 + np.log(np.arange(1, whole.max() + 1))])
    old_above, new_above = logs[above - times], logs[above]
    old_below, new_below = logs[whole - above + times], logs[whole - above]

    def summed(change: Floats) -> Floats:
        sums = np.bincount(place, square * change, len(texts)).astype(np.float64)
        return np.cumsum(sums)[:-1]

    dot = summed(new_above * new_below - old_above * old_below)
    norm_above = summed(new_above * new_above - old_above * old_above)
    norm_below = float(square[first] @ logs[whole[first]] ** 2) + summed(
        new_below * new_below - old_below * old_below
    )
    # no pair weighs so little by itself: less is what rounding left of nothing
    filled = (norm_above > LEAST) & (norm_below > LEAST)
    found = np.zeros(len(dot))
    np.sqrt(norm_above * norm_below, out=found, where=filled)
    np.divide(dot, found, out=found, where=filled)
    likeness: list[float] = found.tolist()
    return likeness


class _Vector(NamedTuple):
    """The character pairs of a text in rising order, the weight of each, and the vector's length."""

    pairs: Numbers
    weights: Floats
    norm: float


def cosine(one: str, other: str) -> float:
    """How alike two texts are, 0 to 1: of log counts times rarity. Linear in the lengths, but for a sort."""
    first, second = _vector(one), _vector(other)
    _, here, there = np.intersect1d(first.pairs, second.pairs, assume_unique=True, return_indices=True)
    dot = float(first.weights[here] @ second.weights[there])
    return dot / (first.norm * second.norm) if dot else 0.0


@lru_cache(maxsize=1024)
def _vector(text: str) -> _Vector:
    pairs, times = np.unique(coded_pairs([text])[0], return_counts=True)
    weights = (1 + np.log(times)) * _rarities(pairs)
    return _Vector(pairs, weights, float(np.sqrt(weights @ weights)))


def coded_pairs(texts: Sequence[str]) -> tuple[Numbers, Numbers]:
    """The bigrams of the texts, each as one number, and the place of the text that holds it."""
    characters = _characters("".join(texts))
    words = np.zeros(len(characters), dtype=bool)
    for first, last in WORD_CHARACTERS:
        words |= (characters >= ord(first)) & (characters <= ord(last))
    characters = characters[words]
    place = np.repeat(np.arange(len(texts)), [len(text) for text in texts])[words]
    together = place[:-1] == place[1:]
    return (characters[:-1] << _BITS | characters[1:])[together], place[:-1][together]


def _characters(text: str) -> Numbers:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.int64)


@cache
def _table() -> tuple[Numbers, Floats, float]:
    """The pairs that are known, as numbers in rising order, how rare they are, and how rare any other is."""
    known = pair_counts()
    characters = _characters("".join(known)).reshape(-1, 2)
    codes = characters[:, 0] << _BITS | characters[:, 1]
    order = np.argsort(codes)
    return codes[order], np.array(rarities(known))[order], rarities([""])[0]


def _rarities(codes: Numbers) -> Floats:
    known, rarity, unknown = _table()
    at = np.minimum(np.searchsorted(known, codes), len(known) - 1)
    return np.where(known[at] == codes, rarity[at], unknown)
