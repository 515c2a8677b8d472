"""Which region an article is about, from evidence, down to the county.

The order of work is that of docs/classification.md: mentions (masked, longest match), the place each one
means, the paper's own words (我市, 全省), then one choice between the candidates: the provinces named,
港澳台, 国际 and 全国.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence

from digest.classify.choice import LEAD_CHARS, Tally, shares, tally
from digest.classify.dateline import datelines
from digest.classify.gazetteer import NATIONAL, Gazetteer, gazetteer
from digest.classify.mentions import TEXT_CHARS, find_mentions
from digest.classify.resolve import Resolved, resolve
from digest.classify.wording import quoted, wording
from digest.config import PlaceConfig
from digest.model import Article, Evidence, Home, Place, Region

# A paper reports on its own city: added to the home province's sum, by the article's agency. The own
# report needs no place at all (beats 全国's bias of 2.15 and a ministry in passing); the wire's says
# nothing.
HOME_OWN, HOME_UNKNOWN, HOME_WIRE = 4.0, 2.5, 0.0
OWN_WORD, WHOLE_WORD = 1.0, 0.6  # 我市; 全市, which may be another city's
JUST_NAMED_CHARS = 60
SHOWN_SHARE = 0.1  # a region less likely than this is not named beside the first
MAX_REGIONS = 4
MAX_EVIDENCE = 6
# A child stands for its parent where it holds this share of what is said about the children, and of the
# parent. For cities 0.5 and 0.3 place 258 of 300, 0.5 and 0.2 260, 0.4 and 0.2 261; below that places get
# finer by guessing.
CITY_OF_CITIES, CITY_OF_PROVINCE = 0.5, 0.2
COUNTY_OF_COUNTIES, COUNTY_OF_CITY = 0.6, 0.5
_WIRES = ("新华社", "中新社", "新华网", "中新网", "人民日报", "央视", "中央广播")
# 市委 and 全市 at the beginning of a clause or behind a particle; 青岛市委 and 两市 are not the paper's.
_FREE = r"(?<![\u4e00-\u9fff])|(?<=[在由经向据从和与及对按])"
_BODIES = r"(?:委(?!员|托)|政府|人大|政协|纪委|监委|长(?!期|时|远)|领导|直|两会)"
_OF_HOME = re.compile(
    rf"[我本](?:市|县|区|州|盟)(?![民场面域级])|(?:{_FREE})(?:全(?:市|县|州|盟)|[市县]{_BODIES})|市领导|市直"
)
_OUR_OWN = re.compile(r"[我本](?:市|县|区|州|盟)(?![民场面域级])")
_OF_PROVINCE = re.compile(rf"[我本]省|(?:{_FREE})(?:全省|省{_BODIES})|[我本]自治区")


def classify_regions(
    article: Article, home: Home | None, places: tuple[PlaceConfig, ...] = ()
) -> tuple[Region, ...]:
    """The regions of an article, best first, at least one; scores are shares that sum to at most 1.

    `places` are the user's own. Without evidence it abstains: the home of the paper, the dateline's place
    or 全国, with the reason as the only evidence. Raises ConfigError where one of `places` cannot be
    used.
    """
    table = gazetteer(places)
    words = wording(article, TEXT_CHARS)
    head = f"{words.title}\n" if words.title else ""
    found = resolve(find_mentions(head + words.text, table), home)
    own = _own_words(head + words.text, home, found, table) if home is not None else []
    found += own
    if not found:
        return (_abstain(article, words.text, home, table),)
    tallies = tally(found, len(head))
    prior = {home.place.path[0]: _home_prior(article, words.text, bool(own))} if home is not None else {}
    share = shares(tallies, prior)
    ranked = sorted(share, key=lambda name: (-share[name], name))
    unknown: list[Evidence] = []
    if home is None:
        if _is_in_passing(tallies.get(ranked[0]), len(head)) and _OUR_OWN.search(words.text):
            ranked = [NATIONAL]
            share = {NATIONAL: share.get(NATIONAL, 0.0)}
        unknown = _home_unknown(head + words.text, ranked[0], len(head))
    return tuple(
        Region(
            _place(name, tallies.get(name), home, table),
            round(share[name], 4),
            quoted(
                article, words, _evidence(tallies.get(name), len(head), home) + unknown * (name == ranked[0])
            ),
        )
        for name in ranked[:MAX_REGIONS]
        if name == ranked[0] or (share[name] >= SHOWN_SHARE and name in tallies)
    )


def _home_prior(article: Article, text: str, speaks_of_home: bool = False) -> float:
    """How much the paper's home is to be expected, from who reports; `speaks_of_home`: 我市, 市委."""
    if article.agency.startswith("本报") or "本报讯" in text[:30] or "本报记者" in text[:60]:
        return HOME_OWN
    lines = datelines(text[:LEAD_CHARS])
    if article.agency.startswith(_WIRES) or (lines and not lines[0].agency.startswith("本")):
        return HOME_WIRE
    return HOME_OWN if speaks_of_home else HOME_UNKNOWN


def _own_words(text: str, home: Home, found: Sequence[Resolved], table: Gazetteer) -> list[Resolved]:
    """我市, 全市, 我省: the paper's home, unless another city has just been named."""
    elsewhere = [
        one.end
        for one in found
        if one.kind == "area" and len(one.place.path) > 1 and one.place.path[:2] != home.place.path[:2]
    ]
    own = []
    for match in _OF_HOME.finditer(text):
        nearest = bisect_right(elsewhere, match.start()) - 1
        if nearest < 0 or elsewhere[nearest] <= match.start() - JUST_NAMED_CHARS:
            weight = OWN_WORD if match.group()[0] in "我本" else WHOLE_WORD
            own.append(_own(match, home.place, weight))
    province = table.by_path.get(home.place.path[:1])
    if province is not None:
        own += [_own(match, province, WHOLE_WORD) for match in _OF_PROVINCE.finditer(text)]
    return own


def _home_unknown(text: str, first: str, title_chars: int) -> list[Evidence]:
    """我市 in an article filed as national, because nobody knows whose city that is."""
    own = _OF_HOME.search(text, title_chars) if first == NATIONAL else None
    if own is None:
        return []
    start, end = own.start() - title_chars, own.end() - title_chars
    return [Evidence(own.group(), start, end, "the paper's own words, but its home is not known", 0.0)]


def _is_in_passing(mine: Tally | None, title_chars: int) -> bool:
    """Whether a region is named once and below the headline only: 我市 names the article's own beside it."""
    return mine is not None and len(mine.found) == 1 and mine.found[0].start >= title_chars


def _own(match: re.Match[str], place: Place, weight: float) -> Resolved:
    return Resolved(match.group(), *match.span(), place, "home", weight, "the paper's own words")


def _place(name: str, mine: Tally | None, home: Home | None, table: Gazetteer) -> Place:
    """The deepest place below `name` that the evidence points to."""
    if mine is None:
        return home.place if home is not None and home.place.path[0] == name else table.by_path[(name,)]
    path: tuple[str, ...] = (name,)
    while True:
        child = _child(path, mine)
        if child is None:
            return table.by_path.get(path) or Place(path)
        path = child


def _child(path: tuple[str, ...], mine: Tally) -> tuple[str, ...] | None:
    """The part of `path` that stands for it; None where there is none, or several do equally."""
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
    return best if weight > of_children * sum(children.values()) and weight >= of_parent * here else None


def _evidence(mine: Tally | None, title_chars: int, home: Home | None) -> list[Evidence]:
    """The strongest words, each once; offsets in the body, -1 for the headline."""
    if mine is None:
        whose = "the paper's home; no other" if home is not None else "no"
        return [Evidence("", -1, -1, f"{whose} region has more", 0.0)]
    strongest: dict[str, Resolved] = {}
    for one in sorted(mine.found, key=lambda one: (-one.weight, one.start)):
        strongest.setdefault(one.word, one)
    return [
        Evidence(one.word, -1, -1, f"{one.rule}, in the headline", round(one.weight, 3))
        if one.start < title_chars
        else Evidence(
            one.word, one.start - title_chars, one.end - title_chars, one.rule, round(one.weight, 3)
        )
        for one in list(strongest.values())[:MAX_EVIDENCE]
    ]


def _abstain(article: Article, text: str, home: Home | None, table: Gazetteer) -> Region:
    """Nothing is named: the home of the paper, the dateline's place, or 全国."""
    if home is not None and _home_prior(article, text) != HOME_WIRE:
        return Region(home.place, 0.5, (Evidence("", -1, -1, f"no place is named; {home.reason}", 0.0),))
    lines = datelines(text[:LEAD_CHARS])
    word = article.dateline_place or (lines[0].place if lines else "")
    place = table.place(word) if word and word != "北京" else None  # every ministry writes from there
    if place is not None:
        at = text.find(word, lines[0].start) if lines else -1
        span = (at, at + len(word)) if at >= 0 else (-1, -1)
        return Region(place, 0.4, (Evidence(word, *span, "dateline, no other place is named", 0.3),))
    national = table.by_path[(NATIONAL,)]
    return Region(national, 0.3, (Evidence("", -1, -1, "no place is named", 0.0),))
