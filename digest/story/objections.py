"""What speaks against one story, however like the words of two articles are.

A penalty is in units of the logit. Behind each stands how often it was found, on a development set, among
268 pairs of one story and among 2,173 like pairs of two stories. The penalties matter most where the set
has few pairs (two heads of state congratulate, a war's daily bulletins), so they are set by hand and low;
what they cost was measured with every event held out in turn.
"""

from __future__ import annotations

from digest.story.fingerprint import Fingerprint
from digest.story.measures import Measures
from digest.story.vectors import held

COPY = 0.7  # containment from which on nothing speaks against; shortened wire copy lies above 0.8
SHARED = 0.5  # containment; two bulletins of one office on different days lie at 0.5 to 0.6
RETOLD = 0.3  # containment below which no text is shared but names and set phrases

SERIES_PENALTY = 10.0  # never one story
SAME_TITLE = 0.9  # cosine of headlines: a column or a bulletin
OTHER_LEAD = 0.3  # cosine of leads under one headline; 0 of 268 against 4
NAMELESS_LEAD = 0.6  # the same where the headline names nobody and nothing; 0 of 268 against 2
SAME_FORM = 0.5  # cosine of leads
MIN_FIGURES = 3
SAME_FIGURES = 0.5  # share of the figures
LIKE_TITLE = 0.7  # cosine of headlines; 2 of 268 against 7
LIKE_TITLE_PENALTY = 2.0
DAY_PENALTY = 1.5  # 2 of 215 against 400 of 1,141 (part of the set)
VOICE_PENALTY = 2.5  # one agency 0 of 268 against 274, one newspaper 1 against 242
COMMENT_PENALTY = 0.7
ACTOR_PENALTY = 3.0  # 4 of 215 against 304 of 1,141, none of the four likely else
FRAME_PENALTY = 2.0  # 3 of 268 against 357
NAME_PENALTY = 1.2  # 4 of 215 against 113 of 1,141


def objections(a: Fingerprint, b: Fingerprint, measured: Measures) -> float:
    """The sum of the penalties of a pair; 0 for copies."""
    if measured.containment >= COPY:
        return 0.0
    against = _series(a, b, measured)
    if measured.containment < RETOLD:
        against += DAY_PENALTY * _other_day(a, b)
        against += VOICE_PENALTY * bool(a.voices & b.voices)
    if measured.containment < SHARED:
        against += COMMENT_PENALTY * (a.is_comment and b.is_comment)
        against += FRAME_PENALTY * (other_filling(a, b) and other_filling(b, a))
        against += NAME_PENALTY * (unknown_names(a, b) and unknown_names(b, a))
    # The form of an obituary or an appointment is shared by half; only who is spoken of differs.
    return against + ACTOR_PENALTY * (other_opening(a, b) and other_opening(b, a))


def _series(a: Fingerprint, b: Fingerprint, measured: Measures) -> float:
    """One form with other figures, or one headline on another day (最新疫情) or over other news."""
    if measured.lead >= SAME_FORM and other_figures(a, b):
        return SERIES_PENALTY
    named = len(a.names) or len(b.names)
    other_lead = measured.lead < (OTHER_LEAD if named else NAMELESS_LEAD)
    if measured.title >= SAME_TITLE and other_lead and measured.containment < RETOLD:
        return SERIES_PENALTY
    if measured.days_apart == 0 and not _other_day(a, b):
        return 0.0
    if measured.title >= SAME_TITLE:
        return SERIES_PENALTY
    like = measured.title >= LIKE_TITLE and measured.lead < SAME_FORM and measured.containment < RETOLD
    return LIKE_TITLE_PENALTY * like


def _other_day(a: Fingerprint, b: Fingerprint) -> bool:
    """Whether both leads give a day for their event, and not the same."""
    return bool(a.days and b.days and not a.days & b.days)


def other_figures(a: Fingerprint, b: Fingerprint) -> bool:
    """Whether the lead with fewer figures has mostly such as the other article has nowhere."""
    fewest = min(len(a.numbers), len(b.numbers))
    return fewest >= MIN_FIGURES and all(
        len(one.numbers & other.all_numbers) < SAME_FIGURES * fewest
        for one, other in ((a, b), (b, a))
        if len(one.numbers) == fewest
    )


def other_opening(a: Fingerprint, b: Fingerprint) -> bool:
    """Whether the first word that the headline of `a` opens with and that of `b` lacks is nowhere in `b`."""
    new = [word for word in a.opening if word not in b.title]
    return bool(new) and new[0] not in b.words


def other_filling(a: Fingerprint, b: Fingerprint) -> bool:
    """Whether the headline of `a` has words that the one of `b` lacks, and `b` has none of them anywhere."""
    own = a.title[~held(a.title, b.title)]
    return len(own) > 0 and not bool(held(own, b.words).any())


def unknown_names(a: Fingerprint, b: Fingerprint) -> bool:
    """Whether the headline of `a` has a name that `b` has nowhere."""
    return not bool(held(a.names, b.words).all())
