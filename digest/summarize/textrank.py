"""The default engine: TextRank (Mihalcea & Tarau 2004) made for news.

The rank of a sentence in the graph is one of several things that are known of it; the others are its place,
its words against the headline, its length and form. Their weights were fitted (`weights.py`).
"""

from __future__ import annotations

from collections.abc import Sequence

from digest.summarize.document import Document
from digest.summarize.features import NAMES, features
from digest.summarize.graph import MAX_GRAPH, similarity, walk
from digest.summarize.weights import DAMPING, WEIGHTS


def scores(document: Document) -> Sequence[float]:
    """A distribution over the units of the document."""
    import numpy as np

    units = document.units
    if not units:
        return []
    n = min(len(units), MAX_GRAPH)
    rank = walk(similarity(document.words, n), np.full(n, 1.0 / n), DAMPING) * n
    outside = len(units) - n
    rows = features(document, [*rank.tolist(), *[1.0] * outside])
    marks = np.asarray(rows) @ np.asarray([WEIGHTS[name] for name in NAMES])
    raised = np.exp(marks - marks.max())
    scores: list[float] = (raised / raised.sum()).tolist()
    return scores
