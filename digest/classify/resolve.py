"""Which place a name means here: the parent just named, then the text's other places, then the paper's home."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from digest.classify.gazetteer import CITY, COUNTY, OUTSIDE, PROVINCE, Entry
from digest.classify.mentions import Mention, is_county_only
from digest.model import Home, Place

# A county's short name that nothing supports: 义乌 alone may well be 义乌, but 永兴 is a company, a street, a person.
UNSUPPORTED = 0.4


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
        if mention.word in elsewhere:
            continue
        before = found[-1] if found else None
        beside = before is not None and 0 <= mention.start - before.end <= 1
        if beside and before is not None and _unknown_part(mention, before):
            elsewhere.add(mention.word)
            continue
        if beside and before is not None and before.kind == "country" and mention.entries[0].kind == "national":
            continue  # 美国商务部, 韩国国防部: that country's
        chosen = _choose(mention, before if beside else None, context, home)
        if chosen is None:
            continue
        entry, weight, rule = chosen
        if beside and before is not None and _is_below(entry.place, before.place):
            found.pop()
            mention = Mention(
                before.word + mention.word, before.start, mention.end, mention.entries,
                max(mention.weight, before.weight), mention.rule, mention.subject,
            )  # fmt: skip
        found.append(
            Resolved(
                mention.word,
                mention.start,
                mention.end,
                entry.place,
                entry.kind,
                weight * mention.weight * entry.weight,
                f"{mention.rule}{rule}",
                mention.subject,
            )  # fmt: skip
        )
    return found


def _unknown_part(mention: Mention, before: Resolved) -> bool:
    """石家庄市桥东区: a part of the city just named that the table does not know, whoever else is called so."""
    return (
        before.kind == "area"
        and len(before.place.path) == CITY
        and before.end == mention.start
        and is_county_only(mention.entries)
        and not any(_is_below(e.place, before.place) for e in mention.entries)
    )


def _is_below(place: Place, parent: Place) -> bool:
    return len(place.path) > len(parent.path) and place.path[: len(parent.path)] == parent.path


def _context(mentions: Sequence[Mention]) -> Counter[tuple[str, ...]]:
    """How often each province or city is named beyond doubt anywhere in the text."""
    context: Counter[tuple[str, ...]] = Counter()
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
    mention: Mention, before: Resolved | None, context: Counter[tuple[str, ...]], home: Home | None
) -> tuple[Entry, float, str] | None:
    """The meaning, a factor for its weight and the rule that chose it; None where the name stays unclear."""
    entries = mention.entries
    if len(entries) == 1 and (entries[0].kind != "area" or entries[0].level == 0):
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
    return _alone(mention, context)


def _alone(mention: Mention, context: Counter[tuple[str, ...]]) -> tuple[Entry, float, str] | None:
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
