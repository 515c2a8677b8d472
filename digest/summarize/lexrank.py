"""LexRank (Erkan & Radev 2004), continuous: centrality alone, every sentence equal at the start."""

from __future__ import annotations

from collections.abc import Sequence

from digest.summarize.document import Document
from digest.summarize.graph import MAX_GRAPH, centrality

DAMPING = 0.85


def scores(document: Document) -> Sequence[float]:
    """The stationary distribution of the walk with an even restart."""
    n = min(len(document.units), MAX_GRAPH)
    if not n:
        return []
    rank = [one / n for one in centrality(document.words, n, DAMPING)]
    return [*rank, *[0.0] * (len(document.units) - n)]
