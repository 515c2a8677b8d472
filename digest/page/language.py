"""How well one text goes on in another: character pairs of newspaper prose, and words over the seam."""

from __future__ import annotations

import math
import re
from functools import cache, lru_cache
from importlib.resources import files

from digest.text.words import cut

#: Pseudo-count that holds an unseen pair near what its second character does anyway.
PRIOR = 8.0
_TAIL = re.compile(r"[\u4e00-\u9fff]{1,4}$")
_HEAD = re.compile(r"[\u4e00-\u9fff]{1,4}")
_ROW = re.compile(r"([^0-9])([0-9]+)")


@cache
def _table() -> tuple[dict[str, dict[str, int]], dict[str, int], dict[str, float]]:
    """Pair counts, totals by first character, and the share of each second character."""
    pairs: dict[str, dict[str, int]] = {}
    totals: dict[str, int] = {}
    seconds: dict[str, int] = {}
    for row in files("digest.page").joinpath("bigrams.txt").read_text(encoding="utf-8").splitlines():
        first, total, rest = row.split(" ", 2)
        counts = {c: int(n) for c, n in _ROW.findall(rest.replace(" ", ""))}
        pairs[first], totals[first] = counts, int(total)
        for c, n in counts.items():
            seconds[c] = seconds.get(c, 0) + n
    everything = sum(seconds.values())
    return pairs, totals, {c: n / everything for c, n in seconds.items()}


def association(first: str, second: str) -> float:
    """Pointwise mutual information, in nats, of two characters in this order; `^` starts, `$` stops.

    0 where either is unknown to the table. (Church and Hanks 1990, with a prior on the counts.)
    """
    pairs, totals, share = _table()
    if first not in totals or second not in share:
        return 0.0
    expected = share[second]
    given = (pairs[first].get(second, 0) + PRIOR * expected) / (totals[first] + PRIOR)
    return math.log(given / expected)


#: Pairs that the table counts less often than this are all as rare as one another.
UNSEEN = 8


class _Rarities(dict[str, float]):
    """Rarity by pair, found out once for each; as many as a few hundred pages hold."""

    def __missing__(self, pair: str) -> float:
        if len(self) > MOST_RARITIES:
            self.clear()
        pairs, _, _ = _table()
        self[pair] = value = math.log(_total() / (pairs.get(pair[0], {}).get(pair[1], 0) + UNSEEN))
        return value


MOST_RARITIES = 1 << 17
#: The rarity of a pair of characters in newspaper prose: minus the log of its share, in nats.
RARITY = _Rarities()


@cache
def _total() -> int:
    return sum(_table()[1].values())


#: A word of the dictionary that runs over the seam counts like this much association.
STRADDLE = 2.0


@lru_cache(maxsize=1 << 14)
def goes_on(before: str, after: str) -> float:
    """How much `after` reads as going on where `before` stops, above 0, rather than starting anew, below 0.

    Compares the pair of characters at the seam with a stop behind the first and a start before the second.
    0 where either side of the seam is no Chinese character.
    """
    tail, head = _TAIL.search(before), _HEAD.match(after)
    if not tail or not head:
        return 0.0
    last, first = tail.group()[-1], head.group()[0]
    score = association(last, first) - (association(last, "$") + association("^", first)) / 2
    return score + (STRADDLE if straddles(tail.group(), head.group()) else 0.0)


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
