"""The choice of sentences: what ranks high, says something new, and can be understood where it stands.

Maximal marginal relevance (Carbonell & Goldstein 1998) over the engine's scores.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from digest.summarize.document import Document, Unit
from digest.summarize.standing import Standing

# Share of the marks that a sentence loses where all its words stand in the summary already.
NOVELTY = 0.6
# What a sentence gains where the one before it is in the summary: the two read on.
FOLLOWS = 2.0
# A sentence of which this share of the words stands in another that was chosen says the same.
SAME = 0.75


@dataclass(frozen=True, slots=True)
class Budget:
    """How much a summary may hold; None is no limit. The first sentence is taken whatever its length."""

    n: int | None
    chars: int | None

    def allows(self, chosen: Sequence[Unit], unit: Unit) -> bool:
        if self.n is not None and len(chosen) >= self.n:
            return False
        if self.chars is None or not chosen:
            return True
        return sum(one.end - one.start for one in chosen) + unit.end - unit.start <= self.chars


def choose(document: Document, scores: Sequence[float], budget: Budget) -> list[int]:
    """The indexes of the units of the summary, in order; none only where there is no unit."""
    chosen: list[int] = []
    said: set[str] = set()
    texts: set[str] = set()
    while True:
        best = _best(document, scores, budget, chosen, said, texts)
        if best is None:
            break
        chosen.append(best)
        said.update(document.units[best].words)
        texts.add(document.units[best].copy)
    if not chosen and document.units:
        chosen = [_least_bad(document, scores)]
    return sorted(chosen)


def _best(
    document: Document,
    scores: Sequence[float],
    budget: Budget,
    chosen: Sequence[int],
    said: set[str],
    texts: set[str],
) -> int | None:
    best, best_marks = None, -1.0
    taken = [document.units[index] for index in chosen]
    for index, unit in enumerate(document.units):
        if index in chosen or unit.copy in texts or not _can_stand(document, index, chosen):
            continue
        if not budget.allows(taken, unit):
            continue
        share = _share(unit, said)
        if taken and share > SAME and any(_share(unit, set(one.words)) > SAME for one in taken):
            continue
        marks = scores[index] * (1.0 - NOVELTY * share)
        if index - 1 in chosen:
            marks *= FOLLOWS
        if marks > best_marks:
            best, best_marks = index, marks
    return best


def _share(unit: Unit, said: set[str]) -> float:
    words = set(unit.words)
    return len(words & said) / len(words) if words else 0.0


def _can_stand(document: Document, index: int, chosen: Sequence[int]) -> bool:
    """Whether what the unit leans on is in the summary."""
    unit = document.units[index]
    if unit.standing is Standing.ALONE:
        return True
    if unit.standing is Standing.AFTER_PREVIOUS:
        return index - 1 in chosen and document.units[index - 1].speaker == unit.speaker
    if unit.standing is Standing.AFTER_LEAD:
        return any(one < index for one in chosen)
    return False


def _least_bad(document: Document, scores: Sequence[float]) -> int:
    """Where nothing can stand: the best of those that need least."""
    least = min(unit.standing for unit in document.units)
    candidates = [index for index, unit in enumerate(document.units) if unit.standing is least]
    return max(candidates, key=lambda index: (scores[index], -index))
