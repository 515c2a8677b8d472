"""textrank4zh 0.3, the reference that the default engine is measured against.

It fails on networkx 3, which dropped `from_numpy_matrix`; the function is supplied to its module alone. It
cuts at every line end and semicolon, so a unit gets the best score of its sentences that stand in it.
"""

from __future__ import annotations

import tempfile
import warnings
from collections.abc import Sequence
from functools import cache
from types import SimpleNamespace
from typing import Any

from digest.summarize.document import Document


@cache
def _ranker_class() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba
        import networkx
        import textrank4zh
        from textrank4zh import util
    util.nx = SimpleNamespace(from_numpy_matrix=networkx.from_numpy_array, pagerank=networkx.pagerank)
    jieba.setLogLevel(60)
    if not jieba.dt.initialized:
        # its cache stands in the shared temporary folder and is read without asking who owns it
        with tempfile.TemporaryDirectory(prefix="digest-jieba-") as folder:
            jieba.dt.tmp_dir = folder
            jieba.dt.initialize()
    return textrank4zh.TextRank4Sentence


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
