"""The default engine: TextRank (Mihalcea & Tarau 2004) made for news.

The rank of a sentence in the graph is one of several things that are known of it; the others are its place,
its words against the headline, its length and form. Their weights were fitted (`weights.py`).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from operator import mul

from digest.summarize.document import Document
from digest.summarize.features import NAMES, features
from digest.summarize.graph import MAX_GRAPH, centrality
from digest.summarize.weights import DAMPING, WEIGHTS

_WEIGHTS = tuple(WEIGHTS[name] for name in NAMES)


def scores(document: Document) -> Sequence[float]:
    """A distribution over the units of the document."""
    units = document.units
    if not units:
        return []
    n = min(len(units), MAX_GRAPH)
    rank = [*centrality(document.words, n, DAMPING), *[1.0] * (len(units) - n)]
    marks = [sum(map(mul, row, _WEIGHTS)) for row in features(document, rank)]
    highest = max(marks)
    raised = [math.exp(mark - highest) for mark in marks]
    total = sum(raised)
    return [one / total for one in raised]
