"""Weighted words as sorted arrays: a few hundred bytes an article, compared without a dictionary."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from digest.story.fingerprint import Fingerprint, Flags, Ids

Weights = NDArray[np.float64]

# The weight of a word is smoothed as if so many more articles had been read, none of them with the word: two
# articles alone then give all their words nearly the same weight rather than none.
UNSEEN_ARTICLES = 300


class Vector(NamedTuple):
    ids: Ids
    weights: Weights


@dataclass(frozen=True, slots=True, eq=False)
class Vectors:
    """An article's words with their weights, headline and lead apart and together, each of length 1."""

    title: Vector
    lead: Vector
    both: Vector  # a word of the headline counts twice, one repeated in the lead too


def idf_of(prints: Sequence[Fingerprint], n_words: int) -> Weights:
    """The weight of each word by its number: the rarer in headlines and leads, the heavier."""
    counts = np.zeros(n_words, np.int64)
    for mark in prints:
        counts[mark.title] += 1
        counts[np.setdiff1d(mark.lead, mark.title, assume_unique=True)] += 1
    idf: Weights = np.log((len(prints) + UNSEEN_ARTICLES) / (counts + 1.0))
    return idf


def vectors_of(mark: Fingerprint, idf: Weights) -> Vectors:
    ids = np.union1d(mark.title, mark.lead)
    counts = 2.0 * held(ids, mark.title) + held(ids, mark.lead) + held(ids, mark.repeated)
    return Vectors(
        _unit(mark.title, idf[mark.title]), _unit(mark.lead, idf[mark.lead]), _unit(ids, counts * idf[ids])
    )


def _unit(ids: Ids, weights: Weights) -> Vector:
    length = math.sqrt(float(weights @ weights))
    return Vector(ids, weights / length if length else weights)


def held(some: NDArray[Any], others: NDArray[Any]) -> Flags:
    """For each of `some`, whether it is among `others`; both ascending and distinct."""
    if not len(others):
        return np.zeros(len(some), np.bool_)
    at = others.searchsorted(some)
    at[at == len(others)] = 0
    found: Flags = others[at] == some
    return found


def cosine(a: Vector, b: Vector) -> float:
    """The dot product of two vectors of length 1."""
    if len(a.ids) > len(b.ids):
        a, b = b, a
    if not len(a.ids):
        return 0.0
    at = b.ids.searchsorted(a.ids)
    at[at == len(b.ids)] = 0
    return float(a.weights @ (b.weights[at] * (b.ids[at] == a.ids)))


def containment(a: NDArray[Any], b: NDArray[Any]) -> float:
    """The share of the smaller of two ascending, distinct sets that stands in the larger one."""
    if len(a) > len(b):
        a, b = b, a
    return float(np.count_nonzero(held(a, b))) / len(a) if len(a) else 0.0


def weighed_share(words: Ids, text: Ids, idf: Weights) -> float:
    """The weighted share of `words` that `text` has; one half where there are no words to weigh."""
    weights = idf[words]
    total = float(weights.sum())
    return float(weights @ held(words, text)) / total if total else 0.5
