"""Whether two stretches of prose are of one article: how many of their rarer character pairs they share.

The cosine of two texts' character pairs, weighted by how rare a pair is in newspaper prose, over a
boundary, as in TextTiling (Hearst 1997); a logistic model says what a cosine means for texts of a length.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache

from digest.page.clauses import is_clause
from digest.page.fields.marks import SUBTITLE
from digest.page.language import rarities
from digest.page.overlap import bigrams

#: Log-odds that two texts are of two articles: constant, log cosine, log lengths of the shorter and the
#: longer, log cosine by log length of the shorter. Fitted by script/train_cohesion.py, which prints how it
#: does: on articles not in the fit 96.6 % right; at 3 nats 3 boundaries in 1,000 are false and 84 in 100
#: found.
WEIGHTS = (-2.252, 1.5, -2.496, 0.059, -1.309)
#: Held off the cosine, so that texts without a common pair have a logarithm.
FLOOR = 0.005
#: Shorter texts say nothing.
SHORTEST = 40
#: A headline is of a text that holds so much of it, and so much more than the other text.
HELD, MORE = 0.4, 0.25
#: A shorter line is no title.
SHORTEST_LINE = 4


@lru_cache(maxsize=4096)
def apart(one: str, other: str) -> float:
    """Log-odds, in nats, that two texts are of two articles; 0 where either is too short to tell."""
    if min(len(one), len(other)) < SHORTEST:
        return 0.0
    return _odds(features(one, other))


def features(one: str, other: str) -> tuple[float, ...]:
    """What the model sees of two texts."""
    from digest.page.tiling import cosine  # here, as numpy takes longer to load than most pages to read

    return _features(cosine(one, other), len(one), len(other))


@lru_cache(maxsize=256)
def apart_at_each(texts: tuple[str, ...]) -> list[float]:
    """`apart` of the texts before each of them and the texts from it on; 0 at the first.

    As good as linear in the length of the texts: from one place to the next only the pairs of one text
    change sides.
    """
    lengths = [len(text) for text in texts]
    if sum(lengths) < 2 * SHORTEST:
        return [0.0] * len(texts)
    from digest.page.tiling import cosines

    out = [0.0]
    above, below = 0, sum(lengths)
    for length, likeness in zip(lengths, cosines(texts), strict=False):
        above, below = above + length, below - length
        known = min(above, below) >= SHORTEST
        out.append(_odds(_features(likeness, above, below)) if known else 0.0)
    return out


def _features(likeness: float, one: int, other: int) -> tuple[float, ...]:
    likeness = math.log(likeness + FLOOR)
    shorter, longer = sorted((math.log(one), math.log(other)))
    return 1.0, likeness, shorter, longer, likeness * shorter


def _odds(seen: Sequence[float]) -> float:
    return math.fsum(weight * value for weight, value in zip(WEIGHTS, seen, strict=True))


def speaks_of(line: str, text: str, other: str) -> bool:
    """Whether a headline line is of one text and not of the other.

    A clause of the text is a kicker at most, what follows a dash a subtitle: they may be of any paragraph.
    """
    return Cut([other, text]).speaks_of_below(line, 1)


class Cut:
    """Texts one behind the other, to be cut into two at each: which side does a headline line speak of?"""

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = texts
        self.weights: dict[str, dict[str, float]] = {}  # of the lines asked about
        self.first: dict[str, int] = {}
        self.last: dict[str, int] = {}
        for k, text in enumerate(texts):
            for gram in bigrams(text):
                self.first.setdefault(gram, k)
                self.last[gram] = k

    def speaks_of_above(self, line: str, k: int) -> bool:
        """Whether a line is of the texts before the k-th and not of the others."""
        above, below = self._shares(line, k)
        return above >= HELD and above - below >= MORE and not is_clause(line, "".join(self.texts[:k]))

    def speaks_of_below(self, line: str, k: int) -> bool:
        """Whether a line is of the k-th text and those behind it, and not of the others."""
        above, below = self._shares(line, k)
        return below >= HELD and below - above >= MORE and not is_clause(line, "".join(self.texts[k:]))

    def _shares(self, line: str, k: int) -> tuple[float, float]:
        """The weighted shares of a line's character pairs above and below; 0 where it tells nothing."""
        if len(line) < SHORTEST_LINE or SUBTITLE.match(line):
            return 0.0, 0.0
        weights = self.weights.get(line)
        if weights is None:
            grams = bigrams(line)
            weights = self.weights[line] = dict(zip(grams, rarities(grams), strict=True))
        total = math.fsum(weights.values()) or 1.0
        above = math.fsum(w for gram, w in weights.items() if self.first.get(gram, k) < k)
        below = math.fsum(w for gram, w in weights.items() if self.last.get(gram, -1) >= k)
        return above / total, below / total
