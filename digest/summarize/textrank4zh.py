"""textrank4zh 0.3, the reference that the default engine is measured against.

It fails on networkx 3, which dropped `from_numpy_matrix` and needs scipy for `pagerank`; both functions are
supplied to its module alone. It cuts at every line end and semicolon, so a unit gets the best score of its
sentences that stand in it.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from functools import cache
from types import SimpleNamespace
from typing import Any

import numpy as np

from digest.summarize.document import Document
from digest.text.words import initialise_jieba


@cache
def _ranker_class() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import networkx
        import textrank4zh
        from textrank4zh import util
    util.nx = SimpleNamespace(from_numpy_matrix=networkx.from_numpy_array, pagerank=_pagerank)
    initialise_jieba()
    return textrank4zh.TextRank4Sentence


def _pagerank(graph: Any, alpha: float = 0.85) -> dict[int, float]:
    """What `networkx.pagerank` gives for `graph`, which needs scipy for nothing but this.

    The same power iteration with the same limits: at most 100 rounds, until the change is below 1e-6 a node.
    """
    import networkx

    weights = networkx.to_numpy_array(graph)
    n_nodes = len(weights)
    if n_nodes == 0:
        return {}
    sums = weights.sum(axis=1)
    weights = np.divide(weights, sums[:, None], out=np.zeros_like(weights), where=sums[:, None] != 0)
    rank = np.full(n_nodes, 1.0 / n_nodes)
    for _ in range(100):
        last = rank
        rank = alpha * (last @ weights + last[sums == 0].sum() / n_nodes) + (1 - alpha) / n_nodes
        if np.abs(rank - last).sum() < n_nodes * 1e-6:
            break
    return dict(zip(graph, rank.tolist(), strict=True))


def scores(document: Document) -> Sequence[float]:
    """The weights that textrank4zh gives to the sentences of the document's units."""
    ranker_class = _ranker_class()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it leaves its list of stop words open
        ranker = ranker_class()
        ranker.analyze(text="\n".join(unit.copy for unit in document.units), lower=True, source="all_filters")
    weights: dict[str, float] = {}
    for item in ranker.key_sentences:
        sentence = item.sentence.strip()
        weights[sentence] = max(weights.get(sentence, 0.0), float(item.weight))
    return [
        max((weights.get(part.strip(), 0.0) for part in _parts(unit.copy)), default=0.0)
        for unit in document.units
    ]


def _parts(sentence: str) -> list[str]:
    """The sentence as textrank4zh cuts it."""
    for mark in "?!;？！。；…\n":
        sentence = sentence.replace(mark, "\0")
    return sentence.split("\0")
