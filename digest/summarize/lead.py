"""The first sentences, the measure of all things in news."""

from __future__ import annotations

from collections.abc import Sequence

from digest.summarize.document import Document


def scores(document: Document) -> Sequence[float]:
    """The earlier, the better."""
    return [1.0 / (1 + unit.place) for unit in document.units]
