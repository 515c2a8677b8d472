"""Which pairs of articles are worth comparing: those that share rare words or a stretch of text.

Two inverted indexes, over the words of headline and lead and over a sample of the body's shingles. A list
that grows too long inside the window of days is read at its newest end only, so the work for one article is
bounded and the whole grows in step with the number of articles.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from heapq import nsmallest

import numpy as np

from digest.story.fingerprint import Fingerprint
from digest.story.likeness import Vector, Vectors

MAX_POSTING = 100  # articles of one window that share a word; a word of more says little
MAX_SHINGLE_POSTING = 20  # beyond, an article is compared with its newest neighbours in the list
SAMPLE = 16  # one shingle of so many is indexed
MIN_SHARED = 2  # sampled shingles: about 30 characters of common text
SMALL_SAMPLE = 6  # of a text of about a hundred characters; there one shared shingle is enough
MIN_SHARE = 0.06  # squared weight of the shared words in the article's own vector
MAX_PARTNERS = 40  # the likeliest that one article is compared with


def candidates(
    prints: Sequence[Fingerprint], vectors: Sequence[Vectors], window_days: int
) -> Iterator[tuple[int, int]]:
    """Pairs (earlier, later) of indexes into `prints`, each once, dated articles before undated ones."""
    words: dict[str, list[int]] = defaultdict(list)  # positions in `order`, ascending
    shingles: dict[int, list[int]] = defaultdict(list)
    order = sorted(range(len(prints)), key=lambda i: (prints[i].day is None, prints[i].day or 0, i))
    window = 0
    for position, i in enumerate(order):
        day = prints[i].day
        if day is None:
            window = 0  # an article without a date is near all others
        else:
            while (other := prints[order[window]].day) is not None and other < day - window_days:
                window += 1
        sample = [int(h) for h in prints[i].shingles[prints[i].shingles % np.uint32(SAMPLE) == 0]]
        weights = vectors[i].both
        for partner in _partners(window, weights, sample, words, shingles):
            yield order[partner], i
        for word in weights:
            words[word].append(position)
        for value in sample:
            shingles[value].append(position)


def _partners(
    window: int,
    weights: Vector,
    sample: Sequence[int],
    words: Mapping[str, Sequence[int]],
    shingles: Mapping[int, Sequence[int]],
) -> list[int]:
    """Positions from `window` on that share enough with an article, the likeliest first."""
    shared: dict[int, float] = defaultdict(float)
    for word in sorted(weights):
        posting = words.get(word, ())
        start = bisect_left(posting, window)
        if 0 < len(posting) - start <= MAX_POSTING:
            square = weights[word] ** 2
            for other in posting[start:]:
                shared[other] += square
    copied: Counter[int] = Counter()
    for value in sample:
        posting = shingles.get(value, ())
        start = bisect_left(posting, window)
        copied.update(posting[max(start, len(posting) - MAX_SHINGLE_POSTING) :])
    enough = MIN_SHARED if len(sample) >= SMALL_SAMPLE else 1
    for other, count in copied.items():
        if count >= enough:
            shared[other] += 1.0 + count / len(sample)
    likely = [(-value, other) for other, value in shared.items() if value >= MIN_SHARE]
    return [other for _, other in nsmallest(MAX_PARTNERS, likely)]
