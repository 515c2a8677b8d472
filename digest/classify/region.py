"""Which region an article is about, from evidence, down to the county.

The order of work is that of docs/classification.md: mentions (masked, longest match), the place each one means,
the paper's own words (我市, 全省), then one choice between the candidates: the provinces named, 港澳台, 国际 and 全国.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import exp, log1p

from digest.classify.gazetteer import FOREIGN, NATIONAL, OUTSIDE, gazetteer
from digest.classify.mentions import LEAD_CHARS, TEXT_CHARS, datelines, find_mentions
from digest.classify.resolve import Resolved, resolve
from digest.classify.wording import wording
from digest.model import Article, Evidence, Home, Place, Region

# The same place named again and again tells less each time.
DAMPING = (1.0, 0.8, 0.6, 0.5, 0.4, 0.3)
TITLE_OR_LEAD = 1.3  # title and lead count ×1.3
LEAD_FOR_CHILD = (
    2.0  # … and more where a city is told from its neighbours: 1.3 places 260 of 300 cities, 2 and 3 262
)

_OF_HOME = re.compile(
    r"[我本](?:市|县|区|州|盟)(?![民场面])|(?<![\u4e00-\u9fff])[全](?:市|县|州|盟)|市领导|市直"
)
_OF_PROVINCE = re.compile(r"[我本]省|(?<![\u4e00-\u9fff])全省|[我本]自治区")


@dataclass(slots=True)
class Tally:
    """What the mentions of one candidate add up to."""

    weight: float = 0.0
    lead: float = 0.0
    title: float = 0.0
    subject: float = 0.0
    first: int = 1_000_000
    paths: dict[tuple[str, ...], float] = field(default_factory=lambda: defaultdict(float))  # not damped
    found: list[Resolved] = field(default_factory=list)
    times: Counter[tuple[str, ...]] = field(default_factory=Counter)

    def add(self, one: Resolved, title_chars: int) -> None:
        seen = self.times[one.place.path]
        self.times[one.place.path] += 1
        weight = one.weight * DAMPING[min(seen, len(DAMPING) - 1)]
        in_title, in_lead = one.start < title_chars, one.start < title_chars + LEAD_CHARS
        if in_title or in_lead:
            weight *= TITLE_OR_LEAD
        self.weight += weight
        self.title += weight if in_title else 0.0
        self.lead += weight if in_lead and not in_title else 0.0
        self.subject += one.weight if one.subject and in_lead else 0.0
        if not one.rule.startswith("one of a list"):
            self.first = min(self.first, max(one.start - title_chars, 0))
        self.paths[one.place.path] += one.weight * (LEAD_FOR_CHILD if in_title or in_lead else 1.0)
        self.found.append(one)


def tally(found: Iterable[Resolved], title_chars: int) -> dict[str, Tally]:
    """The mentions by candidate: a province's short name, 全国, 国际, 港澳台."""
    tallies: dict[str, Tally] = defaultdict(Tally)
    for one in found:
        tallies[one.place.path[0]].add(one, title_chars)
    return dict(tallies)


# The choice between the candidates is a conditional logit: each candidate's evidence times these weights, the
# largest sum wins. Fitted by script/train_regions.py on 840 development items; a handful of sums of logs and
# flags, so nothing of a text can be learnt by heart. Five-fold cross-validation, first element: 97.1 % of the
# labels, 97.7 % of the provinces; a first try with weights set by hand: 90 and 93 %.
WEIGHTS = {
    "n_bias": 2.15,
    "n_weight": 2.15,
    "n_lead": -0.5,
    "n_title": 4.25,
    "n_none": -0.8,
    "n_many": 2.1,
    "f_bias": -0.8,
    "f_weight": 1.65,
    "f_lead": 1.05,
    "f_title": 1.6,
    "p_bias": 0.1,
    "o_bias": -1.45,
    "d_weight": 3.25,
    "d_lead": 1.85,
    "d_title": 0.0,
    "d_share": 0.2,
    "d_first": 1.1,
    "d_start": 1.3,
    "d_subject": 1.2,
}
# A paper reports on its own city: added to the home province's sum, by the article's agency.
HOME_OWN, HOME_UNKNOWN, HOME_WIRE = 4.0, 2.5, 0.0
SHOWN_SHARE = 0.1  # a region less likely than this is not named beside the first
MAX_REGIONS = 4
MAX_EVIDENCE = 6
# A child stands for its parent where it holds this share of what is said about the children, and of the parent.
CITY_OF_CITIES, CITY_OF_PROVINCE = 0.5, 0.2
COUNTY_OF_COUNTIES, COUNTY_OF_CITY = 0.6, 0.5
_WIRES = ("新华社", "中新社", "新华网", "中新网", "人民日报", "央视", "中央广播")


def features(name: str, tallies: dict[str, Tally]) -> dict[str, float]:
    mine = tallies.get(name) or Tally()
    domestic = {n: t for n, t in tallies.items() if n not in (NATIONAL, FOREIGN)}
    total = sum(t.weight for t in domestic.values()) or 1.0
    kind = {NATIONAL: "n", FOREIGN: "f", OUTSIDE: "o"}.get(name, "p")
    n_places = len([t for t in domestic.values() if t.weight >= 0.5])
    first = min((t.first for t in domestic.values()), default=0)
    values = {
        "bias": 1.0,
        "weight": log1p(mine.weight),
        "lead": log1p(mine.lead),
        "title": log1p(mine.title),
    }
    if kind == "n":
        values |= {"none": float(not domestic), "many": log1p(max(n_places - 2, 0))}
    if kind in "po":
        values |= {
            "share": mine.weight / total,
            "first": float(mine.first == first and mine.first < LEAD_CHARS),
            "start": float(mine.first < 25),
            "subject": float(mine.subject > 0),
        }
        values = {f"d_{key}" if key != "bias" else f"{kind}_bias": v for key, v in values.items()}
        return values
    return {f"{kind}_{key}": v for key, v in values.items()}


def classify_regions(article: Article, home: Home | None) -> tuple[Region, ...]:
    """The regions of an article, best first, at least one; scores are shares that sum to at most 1.

    Without evidence it abstains: the home of the paper, or 全国, with the reason as the only evidence.
    """
    title, text = wording(article, TEXT_CHARS)
    head = f"{title}\n" if title else ""
    found = resolve(find_mentions(head + text, gazetteer()), home)
    if home is not None:
        found += _own_words(head + text, home, found)
    if not found:
        return (_abstain(article, text, home),)
    tallies = tally(found, len(head))
    sums = _sums(tallies, article, text, home)
    best = max(sums.values())
    odds = {name: exp(value - best) for name, value in sums.items()}
    total = sum(odds.values())
    ranked = sorted(odds, key=lambda name: (-odds[name], name))
    regions = [
        Region(
            _place(name, tallies.get(name), home),
            round(odds[name] / total, 4),
            _evidence(tallies.get(name), len(head)),
        )
        for name in ranked[:MAX_REGIONS]
        if name == ranked[0] or (odds[name] / total >= SHOWN_SHARE and name in tallies)
    ]
    return tuple(regions)


def _sums(tallies: dict[str, Tally], article: Article, text: str, home: Home | None) -> dict[str, float]:
    names = {*tallies, NATIONAL, FOREIGN}
    if home is not None:
        names.add(home.place.path[0])
    sums = {
        name: sum(WEIGHTS[key] * value for key, value in features(name, tallies).items())
        for name in sorted(names)
    }
    if home is not None:
        sums[home.place.path[0]] += _home_prior(article, text)
    return sums


def _home_prior(article: Article, text: str) -> float:
    if article.agency.startswith("本报") or "本报讯" in text[:30] or "本报记者" in text[:60]:
        return HOME_OWN
    lines = datelines(text[:LEAD_CHARS])
    if article.agency.startswith(_WIRES) or (lines and not lines[0].agency.startswith("本")):
        return HOME_WIRE
    return HOME_UNKNOWN


def _own_words(text: str, home: Home, found: Sequence[Resolved]) -> list[Resolved]:
    """我市, 全市, 我省: the paper's home, unless another city of that level has just been named."""
    own = []
    for match in _OF_HOME.finditer(text):
        if not _other_just_named(match.start(), home, found):
            weight = 1.0 if match.group()[0] in "我本" else 0.6
            own.append(
                Resolved(match.group(), *match.span(), home.place, "home", weight, "the paper's own words")
            )
    province = gazetteer().by_path.get(home.place.path[:1])
    for match in _OF_PROVINCE.finditer(text) if province else ():
        own.append(Resolved(match.group(), *match.span(), province, "home", 0.6, "the paper's own words"))  # type: ignore[arg-type]
    return own


def _other_just_named(start: int, home: Home, found: Sequence[Resolved]) -> bool:
    return any(
        start - 60 < one.end <= start
        and one.kind == "area"
        and one.place.path[:2] != home.place.path[:2]
        and len(one.place.path) > 1
        for one in found
    )


def _place(name: str, mine: Tally | None, home: Home | None) -> Place:
    """The deepest place below `name` that the evidence points to."""
    table = gazetteer().by_path
    if mine is None:
        return home.place if home is not None and home.place.path[0] == name else table[(name,)]
    path: tuple[str, ...] = (name,)
    while True:
        child = _child(path, mine)
        if child is None:
            return table.get(path) or Place(path)
        path = child


def _child(path: tuple[str, ...], mine: Tally) -> tuple[str, ...] | None:
    here = sum(w for p, w in mine.paths.items() if p[: len(path)] == path)
    children: dict[tuple[str, ...], float] = defaultdict(float)
    for below, weight in mine.paths.items():
        if len(below) > len(path) and below[: len(path)] == path:
            children[below[: len(path) + 1]] += weight
    if not children or here <= 0:
        return None
    best, weight = max(children.items(), key=lambda one: (one[1], one[0]))
    is_city = len(path) == 1
    of_children = CITY_OF_CITIES if is_city else COUNTY_OF_COUNTIES
    of_parent = CITY_OF_PROVINCE if is_city else COUNTY_OF_CITY
    return best if weight >= of_children * sum(children.values()) and weight >= of_parent * here else None


def _evidence(mine: Tally | None, title_chars: int) -> tuple[Evidence, ...]:
    if mine is None:
        return (Evidence("", -1, -1, "the paper's home; no other region has more", 0.0),)
    strongest = sorted(mine.found, key=lambda one: (-one.weight, one.start))
    seen: set[str] = set()
    chosen: list[Evidence] = []
    for one in strongest:
        if one.word not in seen and len(chosen) < MAX_EVIDENCE:
            seen.add(one.word)
            at = (-1, -1) if one.start < title_chars else (one.start - title_chars, one.end - title_chars)
            rule = f"{one.rule}, in the headline" if one.start < title_chars else one.rule
            chosen.append(Evidence(one.word, *at, rule, round(one.weight, 3)))
    return tuple(chosen)


def _abstain(article: Article, text: str, home: Home | None) -> Region:
    """Nothing is named: the home of the paper, the dateline's place, or 全国."""
    if home is not None and _home_prior(article, text) != HOME_WIRE:
        return Region(home.place, 0.5, (Evidence("", -1, -1, f"no place is named; {home.reason}", 0.0),))
    lines = datelines(text[:LEAD_CHARS])
    word = article.dateline_place or (lines[0].place if lines else "")
    place = gazetteer().place(word) if word and word != "北京" else None
    if place is not None:
        at = text.find(word, lines[0].start) if lines else -1
        span = (at, at + len(word)) if at >= 0 else (-1, -1)
        return Region(place, 0.4, (Evidence(word, *span, "dateline, no other place is named", 0.3),))
    national = gazetteer().by_path[(NATIONAL,)]
    return Region(national, 0.3, (Evidence("", -1, -1, "no place is named", 0.0),))
