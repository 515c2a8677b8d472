"""Headings that the source has run into the text, and where they end.

    某市新增三条公交线路据市交通局介绍，新增的三条公交线路将于五月开通。

A conditional logit (McFadden 1974) over the joints of a sentence (`joints.py`) and "no heading". Where a
heading is sure but not its end, the sentence is given up: half a heading before it would be nobody's words,
and with half of it cut off it might lose its speaker. How often it is right: docs/summaries.md.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from operator import mul

from digest.summarize.joints import MAX_CHARS, MIN_CHARS, NAMES, STOP, Joint, joints, label
from digest.summarize.run_in_weights import ALWAYS, FIRST, JOINT, LEFT, LENGTH, RIGHT

# More probable than this, a heading and its end are believed. Of 415 cuts in broadcasts of years that the
# weights had not seen 390 were right; half of the others parted a heading of two halves or one without gold.
SURE = 0.75
# More probable than this, there is a heading, though its end may not be sure: so it was in 49 of 51.
LIKELY = 0.6
FOLLOWING = 300  # characters of a sentence and of what follows it in which a heading may be said again
AROUND = 1000  # characters on either side
READ = 14  # pairs of characters at the beginning of a sentence: only one that says some again is looked at
_SPACE = re.compile(r"(?<=[\u3400-\u9fff”》）0-9%])[ ]+(?=[\u3400-\u9fff“《0-9])")
_SOURCE = re.compile(
    r"(?<![，、的和与及在对以把被为占数证依根票收割是])(?:另?据(?!点|此|理|悉|守|说)|根据|截至)(?=[^，。])"
)
_WEIGHTS = tuple(JOINT[name] for name in NAMES)


@dataclass(frozen=True, slots=True)
class RunIn:
    """A heading that is the first `end` characters of a sentence; what is behind it starts at `begins`.

    `begins` is 0 where the heading is sure but not its end. `states` tells that it is a statement and not a
    mere topic.
    """

    end: int
    begins: int
    states: bool


def run_in(copy: str, start: int, end: int, *, first: bool) -> RunIn | None:
    """The heading run into the sentence ``copy[start:end]`` of a folded text; `first` where it opens it."""
    sentence = copy[start:end]
    if not may_hold_heading(sentence):
        return None
    found = list(
        joints(sentence, copy[start : start + FOLLOWING], copy[max(0, start - AROUND) : start + AROUND])
    )
    if not found:
        return None
    stop = STOP.search(sentence)
    none = ALWAYS + FIRST * first + LENGTH * math.log((stop.start() if stop else len(sentence)) / 20)
    odds = [math.exp(_mark(joint) - none) for joint in found]
    total = 1.0 + sum(odds)
    best = max(range(len(found)), key=odds.__getitem__)
    if odds[best] / total >= SURE:
        joint = found[best]
        return RunIn(joint.end, joint.begins, joint.states)
    return RunIn(0, 0, False) if 1.0 - 1.0 / total >= LIKELY else None


def _mark(joint: Joint) -> float:
    mark: float = sum(map(mul, joint.values, _WEIGHTS))
    return mark + LEFT[joint.left] + RIGHT[joint.right]


def may_hold_heading(sentence: str) -> bool:
    """Whether it begins as one with a heading does: this spares 95 of 100 the cost of being looked at.

    It says three pairs of its first characters again, or one behind a label or a space in its first clause,
    or tells its source where no clause begins.
    """
    if STOP.search(sentence, 0, MIN_CHARS + 4):
        return False
    said_again = 0
    for at in range(min(READ, len(sentence) - 4)):
        if sentence.find(sentence[at : at + 2], at + 2) >= 0:
            said_again += 1
            if said_again == 3:
                return True
    stop = STOP.search(sentence)
    limit = min(stop.start() if stop else len(sentence), MAX_CHARS)
    if _SOURCE.search(sentence, MIN_CHARS, limit):
        return True
    if not said_again:
        return False
    return bool(label(sentence)) or _SPACE.search(sentence, 4, limit) is not None
