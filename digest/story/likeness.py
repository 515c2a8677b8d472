"""Two fingerprints → how probable it is that both report the same development, and why."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from digest.story.fingerprint import Fingerprint
from digest.story.vectors import Vectors, Weights, containment, cosine, weighed_share

# A copy: so much of the shorter text stands in the longer. Shortened wire copy lies above 0.8, two bulletins
# of one office on different days at 0.5 to 0.6.
COPY = 0.7
COPY_LEAD = 0.3  # cosine of leads or headlines that a copy has at least
COPY_CHARS = 40  # a shorter text is no evidence
COPY_RATIO = 0.1
SAME_TITLE = 0.9  # cosine of headlines
SAME_FORM = 0.5  # cosine of leads
MIN_FIGURES = 3
SAME_FIGURES = 0.5
COPY_LOGIT = 4.0


class Features(NamedTuple):
    """What is measured of a pair; all but `days_apart` from 0 to 1."""

    both: float  # cosine of headline (twice) and lead together
    title: float
    lead: float
    containment: float  # share of the shorter body's shingles that stand in the longer
    days_apart: float  # between publication
    one_is_comment: float
    title_found: float  # weighted share of a headline's words in the other text, the lesser of the two
    first_found: float  # the same of the first sentences


# Logistic regression on the pairs of a development set (web news of nine events and edited wire copy);
# bench/stories.py measures what comes of it.
WEIGHTS = Features(3.05, 3.39, 1.67, 1.67, -1.0, -1.07, 3.56, 1.7)
BIAS = -5.67


class Likeness(NamedTuple):
    probability: float
    measured: Features


def likeness(a: Fingerprint, b: Fingerprint, va: Vectors, vb: Vectors, idf: Weights) -> Likeness:
    """How probable it is that `a` and `b` are one story."""
    measured = measure(a, b, va, vb, idf)
    if differ(a, b, measured):
        return Likeness(0.0, measured)
    logit = BIAS + math.fsum(w * x for w, x in zip(WEIGHTS, measured, strict=True))
    if is_copy(a, b, measured):
        logit = max(logit, COPY_LOGIT)
    return Likeness(1.0 / (1.0 + math.exp(-logit)), measured)


def measure(a: Fingerprint, b: Fingerprint, va: Vectors, vb: Vectors, idf: Weights) -> Features:
    apart = abs(a.day - b.day) if a.day is not None and b.day is not None else 0
    return Features(
        both=cosine(va.both, vb.both),
        title=cosine(va.title, vb.title),
        lead=cosine(va.lead, vb.lead),
        containment=containment(a.shingles, b.shingles),
        days_apart=float(apart),
        one_is_comment=float(a.is_comment != b.is_comment),
        title_found=min(weighed_share(a.title, b.words, idf), weighed_share(b.title, a.words, idf)),
        first_found=min(weighed_share(a.first, b.words, idf), weighed_share(b.first, a.words, idf)),
    )


def is_copy(a: Fingerprint, b: Fingerprint, measured: Features) -> bool:
    """Whether one text is the other, or a shortened version of it, and begins like it.

    A round-up that holds the other as one of its items does not begin like it, or is many times as long.
    """
    shorter, longer = sorted((a.n_chars, b.n_chars))
    return (
        measured.containment >= COPY
        and (measured.lead >= COPY_LEAD or measured.title >= COPY_LEAD)
        and shorter >= COPY_CHARS
        and shorter >= COPY_RATIO * longer
    )


def differ(a: Fingerprint, b: Fingerprint, measured: Features) -> bool:
    """Whether something speaks against one story, however like the words are."""
    if measured.containment >= COPY:
        return False
    # A column or a bulletin under one headline day by day: 最新疫情, 天气预报, 早间快讯.
    other_day = measured.days_apart > 0 or bool(a.days and b.days and not a.days & b.days)
    if measured.title >= SAME_TITLE and other_day:
        return True
    # The same form filled in with other figures.
    if measured.lead >= SAME_FORM:
        fewer, more = sorted((a, b), key=lambda mark: (len(mark.numbers), sorted(mark.numbers)))
        if len(fewer.numbers) >= MIN_FIGURES:
            known = len(fewer.numbers & more.all_numbers)
            return known < SAME_FIGURES * len(fewer.numbers)
    return False


def reason(a: Fingerprint, b: Fingerprint, measured: Features, words: Sequence[str]) -> str:
    """Why the two are one story, for the reader of the issue; `words` by their numbers."""
    if measured.containment >= COPY:
        shortened = min(a.n_chars, b.n_chars) < 0.8 * max(a.n_chars, b.n_chars)
        return f"正文重合 {measured.containment:.0%}" + ("（长短不同）" if shortened else "")
    numbers = np.intersect1d(np.union1d(a.title, a.first), np.union1d(b.title, b.first))
    common = sorted((words[int(n)] for n in numbers), key=lambda word: (-len(word), word))
    return f"标题、导语相近（{measured.title:.2f}，{measured.lead:.2f}），都有：" + "、".join(common[:5])
