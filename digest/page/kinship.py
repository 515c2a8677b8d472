"""How much the texts on both sides of a page's seams have in common, beyond the fragments at the seam."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from digest.page.labelled import CAPTION, Labelled
from digest.page.tiling import coded_pairs

#: Up to so many fragments before an end and behind a start are looked at; what their cosine weighs against
#: the mean of the end's cosines, and no more than so much.
CONTEXT, KIN, KIN_LIMIT = 4, 25.0, 1.8
#: Weights are whole multiples of this, so that their sums are exact in whatever order they are added.
_STEP = 2.0**-24


def kinship(
    items: Sequence[Labelled], bodies: Sequence[int], ends: Sequence[int], starts: Sequence[int]
) -> list[list[float]]:
    """kin[e][s]: how much the text before each end has in common with the text behind each start.

    The cosine of their sets of character pairs, weighted by rarity on the page, against the mean of the end's
    cosines; minus infinity where the start stands above the end in one flow.
    """
    held, weight = _held_pairs([items[i].plain for i in bodies])
    before = [_context(items, bodies, i, -1) for i in ends]
    after = [_context(items, bodies, i, 1) for i in starts]
    in_before, in_after = (_joined(held, contexts) for contexts in (before, after))
    common = (in_before * weight) @ in_after.T
    norms = np.sqrt(np.outer(in_before @ weight, in_after @ weight))
    cosines = np.divide(common, norms, out=np.zeros_like(common), where=norms > 0)
    for e, some in enumerate(before):
        for s, others in enumerate(after):
            if some[0] in others and others[0] in some:
                cosines[e, s] = -np.inf
            elif not set(some).isdisjoint(others):
                rest = _joined(held, [sorted({*others} - {*some})])[0]
                norm = np.sqrt((in_before[e] @ weight) * (rest @ weight))
                cosines[e, s] = (in_before[e] * weight) @ rest / norm if norm else 0.0
    above = np.isfinite(cosines)
    mean = np.where(above, cosines, 0.0).sum(axis=1) / np.maximum(above.sum(axis=1), 1)
    kin: list[list[float]] = np.minimum(KIN_LIMIT, KIN * (cosines - mean[:, None])).tolist()
    return kin


def _held_pairs(texts: Sequence[str]) -> tuple[NDArray[np.bool_], NDArray[np.float64]]:
    """Which text holds which character pair (texts × pairs), and what each pair weighs."""
    pairs, place = coded_pairs(texts)
    known, number = np.unique(pairs, return_inverse=True)
    held = np.zeros((len(texts), len(known)), dtype=bool)
    held[place, number] = True
    weight = np.log(len(texts) / held.sum(axis=0))
    return held, np.round(weight / _STEP) * _STEP


def _context(items: Sequence[Labelled], bodies: Sequence[int], i: int, step: int) -> list[int]:
    """The places among the bodies of the fragments that stand in one flow with i, before or behind it."""
    here = bodies.index(i)
    out = [here]
    for at in range(here + step, here + CONTEXT * step, step):
        if not 0 <= at < len(bodies):
            break
        first, second = (bodies[at - step], bodies[at])[::step]
        between = [item for item in items[first + 1 : second] if item.kind != CAPTION]
        if items[second].lead or items[first].fragment.open or len(between) > 1:
            break
        out.append(at)
    return out


def _joined(held: NDArray[np.bool_], contexts: Sequence[Sequence[int]]) -> NDArray[np.float64]:
    """The pairs that any fragment of each context holds, as 1; contexts × pairs."""
    return np.array([held[list(context)].any(axis=0) for context in contexts], dtype=np.float64)
