"""Whether two stretches of prose are of one article: how many of their rarer character pairs they share.

The cosine of two texts' character pairs, weighted by how rare a pair is in newspaper prose, over a
boundary, as in TextTiling (Hearst 1997); a logistic model says what a cosine means for texts of a length.
"""

from __future__ import annotations

import math
import re
from collections import Counter

from digest.page.language import rarity
from digest.page.overlap import bigrams, is_clause

#: Log-odds that two texts are of two articles: constant, log cosine, log lengths of the shorter and the
#: longer, log cosine by log length of the shorter. Fitted by script/train_cohesion.py, which prints how it
#: does: on articles not in the fit 96.6 % right; at `SURE` 3 boundaries in 1,000 are false and 84 in 100
#: found.
WEIGHTS = (-2.252, 1.5, -2.496, 0.059, -1.309)
SURE = 3.0
#: Held off the cosine, so that texts without a common pair have a logarithm.
FLOOR = 0.005
#: Shorter texts say nothing.
SHORTEST = 40
#: A headline is of a text that holds so much of it, and so much more than the other text.
HELD, MORE = 0.4, 0.25
#: A shorter line is no title.
SHORTEST_LINE = 4
_DASH = re.compile(r"[—–-]{2}")
#: No more is looked at on either side, so that the cost stays linear.
WINDOW = 1500


def cosine(one: str, other: str) -> float:
    """0 to 1: of log counts times rarity. Linear in the lengths."""
    first, second = _vector(one), _vector(other)
    dot = math.fsum(weight * second[gram] for gram, weight in first.items() if gram in second)
    norms = math.fsum(w * w for w in first.values()) * math.fsum(w * w for w in second.values())
    return dot / math.sqrt(norms) if norms else 0.0


def apart(one: str, other: str) -> float:
    """Log-odds, in nats, that `other` is of another article than `one`; 0 where either is too short to
    tell."""
    if min(len(one), len(other)) < SHORTEST:
        return 0.0
    return math.fsum(weight * value for weight, value in zip(WEIGHTS, features(one, other), strict=True))


def features(one: str, other: str) -> tuple[float, ...]:
    """What the model sees of two texts."""
    likeness = math.log(cosine(one, other) + FLOOR)
    shorter, longer = sorted((math.log(len(one)), math.log(len(other))))
    return 1.0, likeness, shorter, longer, likeness * shorter


def speaks_of(line: str, text: str, other: str) -> bool:
    """Whether a headline line is of one text and not of the other.

    A clause of the text is a kicker at most, what follows a dash a subtitle: they may be of any paragraph.
    """
    if len(line) < SHORTEST_LINE or _DASH.match(line):
        return False
    held = _share(line, text)
    return held >= HELD and held - _share(line, other) >= MORE and not is_clause(line, text)


def _share(line: str, text: str) -> float:
    """The share of a line's character pairs, weighted by rarity, that a text holds."""
    weights = {gram: rarity(gram) for gram in bigrams(line)}
    own = set(bigrams(text))
    total = math.fsum(weights.values())
    return math.fsum(w for gram, w in weights.items() if gram in own) / total if total else 0.0


def _vector(text: str) -> dict[str, float]:
    return {gram: (1 + math.log(n)) * rarity(gram) for gram, n in Counter(bigrams(text)).items()}
