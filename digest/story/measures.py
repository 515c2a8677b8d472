"""What is measured of two articles: how like they are in words, text, time and kind."""

from __future__ import annotations

from typing import NamedTuple

from digest.story.fingerprint import Fingerprint
from digest.story.vectors import Vectors, Weights, containment, cosine, weighed_share

# Below both, a pair is not looked at further: its probability would be under a tenth.
MIN_BOTH = 0.15
MIN_CONTAINMENT = 0.2


class Measures(NamedTuple):
    """All but `days_apart` from 0 to 1."""

    both: float  # cosine of headline (twice) and lead together
    title: float  # cosine
    lead: float  # cosine
    containment: float  # share of the shorter body's shingles that stand in the longer
    days_apart: float  # between publication; 0 where a date is not known
    one_is_comment: float
    title_found: float  # weighted share of a headline's words in the other text, the lesser of the two


UNLIKE = Measures(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)


def measure(a: Fingerprint, b: Fingerprint, va: Vectors, vb: Vectors, idf: Weights) -> Measures:
    """The measures of a pair; UNLIKE where neither words nor text are shared enough to look closer."""
    both, shared = cosine(va.both, vb.both), containment(a.shingles, b.shingles)
    if both < MIN_BOTH and shared < MIN_CONTAINMENT:
        return UNLIKE
    return Measures(
        both=both,
        title=cosine(va.title, vb.title),
        lead=cosine(va.lead, vb.lead),
        containment=shared,
        days_apart=float(abs(a.day - b.day)) if a.day is not None and b.day is not None else 0.0,
        one_is_comment=float(a.is_comment != b.is_comment),
        title_found=min(weighed_share(a.title, b.words, idf), weighed_share(b.title, a.words, idf)),
    )
