"""The default engine: TextRank (Mihalcea & Tarau 2004) that restarts where news tells what happened.

The graph is weighted by how rare the shared words are; the walk restarts not evenly but by a distribution
over position, headline, dateline, length, quotation and form, whose weights were fitted (`weights.py`).
"""

from __future__ import annotations

from collections.abc import Sequence

from digest.summarize.document import Document
from digest.summarize.features import features, weigh
from digest.summarize.graph import similarity, walk
from digest.summarize.weights import DAMPING, WEIGHTS


def scores(document: Document) -> Sequence[float]:
    """The stationary distribution of the walk over the units of the document."""
    import numpy as np

    if not document.units:
        return []
    prior = np.asarray(weigh(features(document), WEIGHTS))
    restart = np.exp(prior - prior.max())
    restart /= restart.sum()
    rank = walk(similarity([unit.words for unit in document.units]), restart, DAMPING)
    return [float(value) for value in rank]
