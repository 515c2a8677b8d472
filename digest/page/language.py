"""How well one text goes on in another: character pairs of newspaper prose, and words over the seam."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from digest.text.words import cut

#: Pseudo-count that holds an unseen pair near what its second character does anyway.
PRIOR = 8.0
_TAIL = re.compile(r"[\u4e00-\u9fff]{1,4}$")
_HEAD = re.compile(r"[\u4e00-\u9fff]{1,4}")
_ROW = re.compile(r"([^0-9])([0-9]+)")


class _Table(NamedTuple):
    """What is known of the pairs of characters in newspaper prose; `^` starts, `$` stops."""

    counts: dict[str, int]  # of each pair
    totals: dict[str, int]  # of all pairs by their first character
    shares: dict[str, float]  # of each second character
    rarities: dict[int, float]  # of a pair by its count


@cache
def _table() -> _Table:
    counts: dict[str, int] = {}
    totals: dict[str, int] = {}
    seconds: dict[str, int] = {}
    for row in files("digest.page").joinpath("bigrams.txt").read_text(encoding="utf-8").splitlines():
        first, total, rest = row.split(" ", 2)
        totals[first] = int(total)
        for c, digits in _ROW.findall(rest.replace(" ", "")):
            counts[first + c] = n = int(digits)
            seconds[c] = seconds.get(c, 0) + n
    everything, pairs = sum(seconds.values()), sum(totals.values())
    shares = {c: n / everything for c, n in seconds.items()}
    rarities = {n: math.log(pairs / (n + UNSEEN)) for n in {0, *counts.values()}}
    return _Table(counts, totals, shares, rarities)


def association(first: str, second: str) -> float:
    """Pointwise mutual information, in nats, of two characters in this order; `^` starts, `$` stops.

    0 where either is unknown to the table. (Church and Hanks 1990, with a prior on the counts.)
    """
    table = _table()
    if first not in table.totals or second not in table.shares:
        return 0.0
    expected = table.shares[second]
    given = (table.counts.get(first + second, 0) + PRIOR * expected) / (table.totals[first] + PRIOR)
    return math.log(given / expected)


#: Pairs that the table counts less often than this are all as rare as one another.
UNSEEN = 8


def pair_counts() -> Mapping[str, int]:
    """How often the table counts each pair of characters that it knows."""
    return _table().counts


def rarities(pairs: Iterable[str]) -> list[float]:
    """How rare each pair of characters is in newspaper prose: minus the log of its share, in nats."""
    counts, _, _, by_count = _table()
    return [by_count[counts.get(pair, 0)] for pair in pairs]


#: A word of the dictionary that runs over the seam counts like this much association.
STRADDLE = 2.0


#: So many characters on either side of a seam are looked at.
_SIDE = 4


def goes_on(before: str, after: str) -> float:
    """How much `after` reads as going on where `before` stops, above 0, rather than starting anew, below 0.

    Compares the pair of characters at the seam with a stop behind the first and a start before the second.
    0 where either side of the seam is no Chinese character.
    """
    return _seam(before[-_SIDE:], after[:_SIDE])


@lru_cache(maxsize=1 << 14)
def _seam(before: str, after: str) -> float:
    together = _together(before, after)
    return 0.0 if together is None else together + (STRADDLE if straddles(before, after) else 0.0)


def goes_on_within(before: str, after: str, least: float, most: float) -> float:
    """`goes_on` within bounds, the lower one under 0; the dictionary is asked only where that can matter."""
    together = _together(before, after)
    if together is not None and together + STRADDLE <= least:
        return least
    return max(least, min(most, goes_on(before, after)))


def reads_worse(before: str, after: str, limit: float) -> bool:
    """Whether `goes_on` is below a limit under 0; the dictionary is asked only where that can matter."""
    together = _together(before, after)
    return together is not None and together < limit and goes_on(before, after) < limit


def _together(before: str, after: str) -> float | None:
    """How much the characters at a seam go together; None where either is not Chinese."""
    return _pair(before[-1], after[0]) if before and after else None


@lru_cache(maxsize=1 << 14)
def _pair(last: str, first: str) -> float | None:
    if not (_is_han(last) and _is_han(first)):
        return None
    return association(last, first) - (association(last, "$") + association("^", first)) / 2


def _is_han(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff"


def straddles(before: str, after: str) -> bool:
    """Whether a word of the dictionary runs over the seam between two texts: 现代服务业融 + 合，是…"""
    tail, head = _TAIL.search(before), _HEAD.match(after)
    if not tail or not head:
        return False
    at, seam = 0, len(tail.group())
    for word in cut(tail.group() + head.group()):
        if at < seam < at + len(word):
            return True
        at += len(word)
    return False
