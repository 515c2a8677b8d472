"""How much the texts on both sides of a page's seams have in common, beyond the fragments at the seam."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from digest.page.labelled import CAPTION, Labelled
from digest.page.tiling import coded_pairs

Floats = NDArray[np.float64]
Held = NDArray[np.bool_]

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
    held, weight, own = _held_pairs([items[i].plain for i in bodies])
    before = [_context(items, bodies, i, -1) for i in ends]
    after = [_context(items, bodies, i, 1) for i in starts]
    in_before, in_after = _joined(held, before), _joined(held, after)

    def mass(joined: Floats, contexts: Sequence[Sequence[int]]) -> Floats:
        alone: Floats = np.array([own[list(context)].sum() for context in contexts])
        return alone + joined @ weight

    mass_before, mass_after = mass(in_before, before), mass(in_after, after)
    common = np.einsum("ep,sp->es", in_before * weight, in_after)  # not BLAS: its threads cost more
    norms = np.outer(mass_before, mass_after)
    for e, some in enumerate(before):
        for s, others in enumerate(after):
            if some[0] in others and others[0] in some:
                common[e, s] = -np.inf
            elif not set(some).isdisjoint(others):
                rest = [sorted({*others} - {*some})]
                joined = _joined(held, rest)
                common[e, s] = joined[0] @ (in_before[e] * weight)
                norms[e, s] = mass_before[e] * mass(joined, rest)[0]
    cosines = np.divide(common, np.sqrt(norms), out=np.where(common < 0, common, 0.0), where=norms > 0)
    apart = np.isfinite(cosines)
    mean = np.where(apart, cosines, 0.0).sum(axis=1) / np.maximum(apart.sum(axis=1), 1)
    kin: list[list[float]] = np.minimum(KIN_LIMIT, KIN * (cosines - mean[:, None])).tolist()
    return kin


def _held_pairs(texts: Sequence[str]) -> tuple[Held, Floats, Floats]:
    """Which text holds which of the character pairs that two hold at least (texts × pairs), what each of
    these weighs, and what the pairs that a text alone holds weigh together."""
    pairs, place = coded_pairs(texts)
    keys = np.unique(pairs * len(texts) + place)
    pair, place = np.divmod(keys, len(texts))
    _, number, times = np.unique(pair, return_inverse=True, return_counts=True)
    alone = times[number] == 1
    own = np.bincount(place[alone], minlength=len(texts)) * _weight(1, len(texts))
    known, column = np.unique(number[~alone], return_inverse=True)
    held = np.zeros((len(texts), len(known)), dtype=bool)
    held[place[~alone], column] = True
    return held, _weight(times[known], len(texts)), own


def _weight(times: NDArray[np.int64] | int, n: int) -> Floats:
    """What a pair weighs that so many of n texts hold: the log of its rarity."""
    weight: Floats = np.round(np.log(n / np.asarray(times)) / _STEP) * _STEP
    return weight


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


def _joined(held: Held, contexts: Sequence[Sequence[int]]) -> Floats:
    """The pairs that any fragment of each context holds, as 1; contexts × pairs."""
    return np.array([held[list(context)].any(axis=0) for context in contexts], dtype=np.float64)
