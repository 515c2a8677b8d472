"""The default engine: TextRank (Mihalcea & Tarau 2004) made for news.

The rank of a sentence in the graph is one of several things that are known of it; the others are its place,
its words against the headline, its length and form. Their weights were fitted (`weights.py`).
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from digest.summarize.document import Document
from digest.summarize.features import NAMES, features
from digest.summarize.graph import similarity, walk
from digest.summarize.weights import DAMPING, WEIGHTS

# Beyond this many sentences only the first MAX_GRAPH stand in the graph: it is bounded, the cost stays linear.
MAX_GRAPH = 300


def scores(document: Document) -> Sequence[float]:
    """A distribution over the units of the document."""
    import numpy as np

    units = document.units
    if not units:
        return []
    inside = units[:MAX_GRAPH]
    n = len(inside)
    similar = similarity([unit.words for unit in inside])
    rank = walk(similar, np.full(n, 1.0 / n), DAMPING)
    outside = len(units) - n
    centrality = [*(float(value) * n for value in rank), *[1.0] * outside]
    like_first = [*(float(value) for value in similar[0]), *[0.0] * outside]
    rows = features(document, centrality, like_first)
    weights = [WEIGHTS[name] for name in NAMES]
    marks = [sum(value * weight for value, weight in zip(row, weights, strict=True) if value) for row in rows]
    top = max(marks)
    raised = [math.exp(mark - top) for mark in marks]
    total = sum(raised)
    return [value / total for value in raised]
