"""The choice between the provinces that a text names, 港澳台, 国际 and 全国: what speaks for each."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from math import exp, log1p

from digest.classify.gazetteer import FOREIGN, NATIONAL, OUTSIDE
from digest.classify.resolve import Resolved

LEAD_CHARS = 90  # the lead: where a Chinese news text says who did what where
START_CHARS = 25  # … and the very beginning of it
DAMPING = (1.0, 0.8, 0.6, 0.5, 0.4, 0.3)  # the same place named again and again tells less each time
TITLE_OR_LEAD = 1.3  # title and lead count so many times
# … and more where a city is told from its neighbours: 1.3 places 260 of 300 cities, 2.0 263, 2.5 and 3.0 265
LEAD_FOR_CHILD = 2.5
NEVER = 1_000_000

# A conditional logit: each candidate's evidence times these weights; the largest sum wins. Fitted by
# script/train_regions.py on 840 development items. Five-fold cross-validation, first element: 97.9 % of
# the labels, 97.7 % of the provinces; a first try with weights set by hand had 90 and 93 %.
WEIGHTS = {
    "n_bias": 2.1,
    "n_weight": 2.15,
    "n_lead": -0.65,
    "n_title": 4.4,
    "n_none": -0.9,
    "n_many": 2.1,
    "f_bias": -0.85,
    "f_weight": 1.6,
    "f_lead": 1.05,
    "f_title": 1.55,
    "p_bias": 0.2,
    "o_bias": -1.4,
    "d_weight": 3.15,
    "d_lead": 1.75,
    "d_title": 0.35,
    "d_share": 0.15,
    "d_first": 1.15,
    "d_start": 1.35,
    "d_subject": 1.15,
}


@dataclass(slots=True)
class Tally:
    """What the mentions of one candidate add up to."""

    weight: float = 0.0
    lead: float = 0.0
    title: float = 0.0
    subject: float = 0.0
    first: int = NEVER
    paths: dict[tuple[str, ...], float] = field(default_factory=lambda: defaultdict(float))  # not damped
    found: list[Resolved] = field(default_factory=list)
    times: Counter[tuple[str, ...]] = field(default_factory=Counter)

    def add(self, one: Resolved, title_chars: int) -> None:
        seen = self.times[one.place.path]
        self.times[one.place.path] += 1
        weight = one.weight * DAMPING[min(seen, len(DAMPING) - 1)]
        in_title, in_lead = one.start < title_chars, one.start < title_chars + LEAD_CHARS
        if in_lead:
            weight *= TITLE_OR_LEAD
        self.weight += weight
        self.title += weight if in_title else 0.0
        self.lead += weight if in_lead and not in_title else 0.0
        self.subject += one.weight if one.subject and in_lead else 0.0
        if not one.rule.startswith("one of a list"):
            self.first = min(self.first, one.start - title_chars)  # below 0 in the headline
        self.paths[one.place.path] += one.weight * (LEAD_FOR_CHILD if in_lead else 1.0)
        self.found.append(one)


def tally(found: Iterable[Resolved], title_chars: int) -> dict[str, Tally]:
    """The mentions by candidate: a province's short name, 全国, 国际, 港澳台."""
    tallies: dict[str, Tally] = defaultdict(Tally)
    for one in found:
        tallies[one.place.path[0]].add(one, title_chars)
    return dict(tallies)


def features(name: str, tallies: dict[str, Tally]) -> dict[str, float]:
    """What speaks for a candidate, under the keys of WEIGHTS."""
    mine = tallies.get(name) or Tally()
    domestic = [t for n, t in tallies.items() if n not in (NATIONAL, FOREIGN)]
    strength = {"weight": log1p(mine.weight), "lead": log1p(mine.lead), "title": log1p(mine.title)}
    if name == FOREIGN:
        return {"f_bias": 1.0} | {f"f_{key}": value for key, value in strength.items()}
    if name == NATIONAL:
        n_places = sum(t.weight >= 0.5 for t in domestic)
        among = {"bias": 1.0, "none": float(not domestic), "many": log1p(max(n_places - 2, 0))}
        return {f"n_{key}": value for key, value in (strength | among).items()}
    first = min((t.first for t in domestic), default=0)
    standing = {
        "share": mine.weight / (sum(t.weight for t in domestic) or 1.0),
        "first": float(mine.first == first and mine.first < LEAD_CHARS),
        "start": float(mine.first < START_CHARS),
        "subject": float(mine.subject > 0),
    }
    bias = "o_bias" if name == OUTSIDE else "p_bias"
    return {bias: 1.0} | {f"d_{key}": value for key, value in (strength | standing).items()}


def shares(tallies: dict[str, Tally], prior: dict[str, float]) -> dict[str, float]:
    """Each candidate's share of the belief, summing to 1; `prior` is added to the sums of those it names."""
    sums = {
        name: prior.get(name, 0.0)
        + sum(WEIGHTS[key] * value for key, value in features(name, tallies).items())
        for name in sorted({*tallies, *prior, NATIONAL, FOREIGN})
    }
    best = max(sums.values())
    odds = {name: exp(value - best) for name, value in sums.items()}
    total = sum(odds.values())
    return {name: value / total for name, value in odds.items()}
