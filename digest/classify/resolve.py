"""Which place a name means here: the parent just named, the text's other places, the paper's home."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from digest.classify.gazetteer import CITY, COUNTY, OUTSIDE, PROVINCE, Entry
from digest.classify.mentions import Mention, is_county_only
from digest.model import Home, Place

# A county's short name that nothing supports: 义乌 may well be 义乌, but 永兴 is a company, a street, a
# person too.
UNSUPPORTED = 0.4

Context = Counter[tuple[str, ...]]


class Resolved(NamedTuple):
    """A mention with the one place that it stands for."""

    word: str
    start: int
    end: int
    place: Place
    kind: str
    weight: float
    rule: str
    subject: bool = False


def resolve(mentions: Sequence[Mention], home: Home | None) -> list[Resolved]:
    """The mentions that mean one place, parents merged into the children named right behind them."""
    context = _context(mentions)
    found: list[Resolved] = []
    elsewhere: set[str] = set()  # parts of a city here that the table knows in other cities only
    for mention in mentions:
        before = found[-1] if found and mention.start - found[-1].end <= 1 else None
        if mention.word in elsewhere or (before is not None and _is_theirs(mention, before)):
            continue
        if before is not None and _is_unknown_part(mention, before):
            elsewhere.add(mention.word)
            continue
        chosen = _choose(mention, before, context, home)
        if chosen is None:
            continue
        one = _settle(mention, *chosen)
        if before is not None and before.end == one.start and _is_below(one.place, before.place):
            found.pop()
            one = one._replace(
                word=before.word + one.word, start=before.start, weight=max(one.weight, before.weight)
            )
        found.append(one)
    return found


def _settle(mention: Mention, entry: Entry, factor: float, rule: str) -> Resolved:
    weight = factor * mention.weight * entry.weight
    where = (mention.word, mention.start, mention.end)
    return Resolved(*where, entry.place, entry.kind, weight, f"{mention.rule}{rule}", mention.subject)


def _is_theirs(mention: Mention, before: Resolved) -> bool:
    """美国商务部, 韩国国防部: a ministry of the country just named, not ours."""
    return before.kind == "country" and before.end == mention.start and mention.entries[0].kind == "national"


def _is_unknown_part(mention: Mention, before: Resolved) -> bool:
    """石家庄市桥东区: a part of the city just named that the table knows in other cities only."""
    return (
        before.kind == "area"
        and len(before.place.path) == CITY
        and before.end == mention.start
        and is_county_only(mention.entries)
        and not any(_is_below(e.place, before.place) for e in mention.entries)
    )


def _is_below(place: Place, parent: Place) -> bool:
    return len(place.path) > len(parent.path) and place.path[: len(parent.path)] == parent.path


def _context(mentions: Sequence[Mention]) -> Context:
    """How often each province or city is named beyond doubt anywhere in the text."""
    context: Context = Counter()
    for mention in mentions:
        sure = [e for e in mention.entries if e.kind == "area" and e.level in (PROVINCE, CITY) and not e.word]
        if not sure:
            if len(mention.entries) == 1 and mention.entries[0].full and mention.entries[0].level == COUNTY:
                context[mention.entries[0].place.path] += 1
            continue
        path = min(sure, key=lambda e: e.level).place.path
        for length in range(1, len(path) + 1):
            context[path[:length]] += 1
    return context


def _choose(
    mention: Mention, before: Resolved | None, context: Context, home: Home | None
) -> tuple[Entry, float, str] | None:
    """The meaning, a factor for its weight and the rule that chose it; None where the name stays unclear."""
    entries = mention.entries
    if len(entries) == 1 and _is_plain(entries[0]):
        return entries[0], 1.0, ""
    if before is not None:
        below = [e for e in entries if _is_below(e.place, before.place)]
        if below:
            return min(below, key=lambda e: e.level), 1.0, ", after its parent"
    province = [e for e in entries if e.level == PROVINCE or e.place.path[0] == OUTSIDE]
    if province:
        return province[0], 1.0, ""
    names = [e for e in entries if not e.word or context[e.place.path]]  # a word needs more than its province
    for depth in (-1, 1):
        supported = [
            (context[e.place.path[:depth]], -e.level, e) for e in names if context[e.place.path[:depth]]
        ]
        if supported:
            return max(supported, key=lambda one: one[:2])[2], 1.0, ", its parent is named"
    if home is not None:
        near = [e for e in entries if e.place.path[:2] == home.place.path[:2]]
        near = near or [e for e in names if e.place.path[:1] == home.place.path[:1]]
        if near:
            return min(near, key=lambda e: e.level), 1.0, ", near the paper's home"
    return _alone(mention)


def _is_plain(entry: Entry) -> bool:
    """Whether a name with this meaning alone needs no support."""
    return not entry.word and (entry.kind != "area" or entry.level != COUNTY or entry.full)


def _alone(mention: Mention) -> tuple[Entry, float, str] | None:
    """A name without its parent, far from home."""
    entries = mention.entries
    best = min(e.level for e in entries)
    top = [e for e in entries if e.level == best]
    if len({e.place.path for e in top}) != 1:
        return None
    entry = top[0]
    if entry.word:
        return None
    if entry.full:
        return entry, 1.0, ""
    return entry, 1.0 if entry.level == CITY else UNSUPPORTED, ", alone"
