"""Two fingerprints → how probable it is that both report the same development, and why."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from digest.story.fingerprint import Fingerprint, Ids
from digest.story.vectors import Vectors, Weights, containment, cosine, held, weighed_share

# A copy: so much of the shorter text stands in the longer. Shortened wire copy lies above 0.8, two bulletins
# of one office on different days at 0.5 to 0.6.
COPY = 0.7
COPY_LEAD = 0.3  # cosine of leads or headlines that a copy has at least
COPY_CHARS = 40  # a shorter text is no evidence
COPY_RATIO = 0.1
COPY_TITLE = 0.3  # of the headline found in the other text; a comment that quotes the news has less
WHOLE_RATIO = 0.7  # of the lengths, from which on the whole text is the same and the headline does not matter
SAME_TITLE = 0.9  # cosine of headlines
SAME_FORM = 0.5  # cosine of leads
MIN_FIGURES = 3
SAME_FIGURES = 0.5
LIKE_TITLE = 0.7
LIKE_TITLE_PENALTY = 2.0
SERIES_PENALTY = 10.0
DAY_CONTAINMENT = 0.3
DAY_PENALTY = 1.5
NAME_CONTAINMENT = 0.5
ACTOR_PENALTY = 3.0
FRAME_PENALTY = 2.0
NAME_PENALTY = 1.2
COMMENT_PENALTY = 0.7
COPY_LOGIT = 4.0
DOUBTFUL_COPY_LOGIT = 0.2


class Features(NamedTuple):
    """What is measured of a pair; all but `days_apart` from 0 to 1."""

    both: float  # cosine of headline (twice) and lead together
    title: float
    lead: float
    containment: float  # share of the shorter body's shingles that stand in the longer
    days_apart: float  # between publication
    one_is_comment: float
    title_found: float  # weighted share of a headline's words in the other text, the lesser of the two


# Logistic regression on the pairs of a development set (web news of nine events and edited wire copy);
# bench/stories.py measures what comes of it.
WEIGHTS = Features(3.3, 1.95, 2.9, 0.3, -1.45, -1.15, 5.5)
BIAS = -5.2


# Below both, a pair is not looked at further: its probability would be under a tenth.
MIN_BOTH = 0.15
MIN_CONTAINMENT = 0.2


class Likeness(NamedTuple):
    probability: float
    measured: Features


UNLIKE = Likeness(0.0, Features(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0))


def likeness(a: Fingerprint, b: Fingerprint, va: Vectors, vb: Vectors, idf: Weights) -> Likeness:
    """How probable it is that `a` and `b` are one story."""
    both, shared = cosine(va.both, vb.both), containment(a.shingles, b.shingles)
    if both < MIN_BOTH and shared < MIN_CONTAINMENT:
        return UNLIKE
    measured = Features(
        both=both,
        title=cosine(va.title, vb.title),
        lead=cosine(va.lead, vb.lead),
        containment=shared,
        days_apart=float(abs(a.day - b.day)) if a.day is not None and b.day is not None else 0.0,
        one_is_comment=float(a.is_comment != b.is_comment),
        title_found=min(weighed_share(a.title, b.words, idf), weighed_share(b.title, a.words, idf)),
    )
    logit = BIAS + math.fsum(w * x for w, x in zip(WEIGHTS, measured, strict=True))
    logit -= objections(a, b, measured)
    logit = max(logit, copy_logit(a, b, measured))
    return Likeness(1.0 / (1.0 + math.exp(-logit)), measured)


def copy_logit(a: Fingerprint, b: Fingerprint, measured: Features) -> float:
    """The least that a copy is believed with; minus infinity for a pair that is none.

    A copy is the other text, or a shortened version of it, and begins like it. A round-up that holds the
    other as one of its items does not begin like it, or is many times as long. Where the headline is in no
    way the other's and the lengths differ much, it may be a comment that quotes the news in full.
    """
    shorter, longer = sorted((a.n_chars, b.n_chars))
    begins_alike = measured.lead >= COPY_LEAD or measured.title >= COPY_LEAD
    if measured.containment < COPY or not begins_alike or shorter < max(COPY_CHARS, COPY_RATIO * longer):
        return -math.inf
    certain = measured.title_found >= COPY_TITLE or shorter >= WHOLE_RATIO * longer
    return COPY_LOGIT if certain else DOUBTFUL_COPY_LOGIT


def objections(a: Fingerprint, b: Fingerprint, measured: Features) -> float:
    """What speaks against one story however like the words are, in units of the logit; 0 for copies."""
    if measured.containment >= COPY:
        return 0.0
    against = 0.0
    other_day = bool(a.days and b.days and not a.days & b.days)
    if other_day or measured.days_apart > 0:
        if measured.title >= SAME_TITLE:
            against += SERIES_PENALTY
        elif measured.title >= LIKE_TITLE and measured.lead < SAME_FORM:
            against += LIKE_TITLE_PENALTY * (measured.containment < DAY_CONTAINMENT)
    if measured.lead >= SAME_FORM and _other_figures(a, b):
        against += SERIES_PENALTY
    if measured.containment < DAY_CONTAINMENT and other_day:
        against += DAY_PENALTY
    if measured.containment < NAME_CONTAINMENT:
        against += COMMENT_PENALTY * (a.is_comment and b.is_comment)
        against += ACTOR_PENALTY * (_other_opening(a, b) and _other_opening(b, a))
        against += FRAME_PENALTY * (_other_filling(a, b) and _other_filling(b, a))
        against += NAME_PENALTY * (_unknown(a.names, b) and _unknown(b.names, a))
    return against


def _other_figures(a: Fingerprint, b: Fingerprint) -> bool:
    """Whether the one with fewer figures has mostly others: the same form, filled in on another day."""
    fewer, more = (a, b) if len(a.numbers) <= len(b.numbers) else (b, a)
    known = len(fewer.numbers & more.all_numbers)
    return len(fewer.numbers) >= MIN_FIGURES and known < SAME_FIGURES * len(fewer.numbers)


def _other_opening(a: Fingerprint, b: Fingerprint) -> bool:
    """Whether the first word that the headline of `a` opens with and that of `b` lacks is nowhere in `b`."""
    new = [word for word in a.opening if word not in b.title]
    return bool(new) and new[0] not in b.words


def _other_filling(a: Fingerprint, b: Fingerprint) -> bool:
    """Whether the headline of `a` has words that the one of `b` lacks, and `b` has none of them anywhere."""
    own = a.title[~held(a.title, b.title)]
    return len(own) > 0 and not bool(held(own, b.words).any())


def _unknown(names: Ids, other: Fingerprint) -> bool:
    return not bool(held(names, other.words).all())


def reason(a: Fingerprint, b: Fingerprint, measured: Features, words: Sequence[str]) -> str:
    """Why the two are one story, for the reader of the issue; `words` by their numbers."""
    if measured.containment >= COPY:
        shortened = min(a.n_chars, b.n_chars) < 0.8 * max(a.n_chars, b.n_chars)
        return f"正文重合 {measured.containment:.0%}" + ("（长短不同）" if shortened else "")
    numbers = np.intersect1d(np.union1d(a.title, a.lead), np.union1d(b.title, b.lead))
    common = sorted((words[int(n)] for n in numbers), key=lambda word: (-len(word), word))
    return f"标题、导语相近（{measured.title:.2f}，{measured.lead:.2f}），都有：" + "、".join(common[:5])
