"""Where two parts of a paragraph were joined, and which of these seams are not to be relied on.

A line end, a column end and a gap inside a row are all joined where the page seems to say so. Some are wrong:
a line was lost, a row ran across two columns, a column goes on elsewhere. A sentence over such a seam reads
as if the paper had printed it, so it must not be quoted. How well a seam reads tells little by itself; how
many of an article's seams read badly tells how many to expect, and both together give a probability.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from digest.model import Run
from digest.page.lines import Fragment, ends_sentence
from digest.page.spelling import spells_over
from digest.text.tracked import Tracked

#: The kinds of seams: between two fragments, between two lines of one, and at a gap inside a line.
COLUMN, LINE, GAP = "column", "line", "gap"
#: What share of them is wrong before anything is read, and how many seams that counts for.
EXPECTED, COUNTS_FOR = {COLUMN: 0.12, LINE: 0.01, GAP: 0.04}, 12
#: The same where a page came with its columns in order, neither recognised nor with rows across gutters: of
#: 17,000 line ends there 4 are joined wrongly.
EXPECTED_IN_PRINT, COUNTS_IN_PRINT = EXPECTED | {LINE: 0.001}, 60
#: More probably wrong than this, a seam is weak.
WEAK = 0.14
#: The same on a page whose lines are mixed: on drawn ones it takes a third off the wrong sentences quoted.
WEAK_MIXED = 0.05
ROUNDS = 8
_GAP = re.compile(r"(?<=[\u4e00-\u9fff，、；：”》）])[ \u3000]+(?=[\u4e00-\u9fff“《（])")
#: Characters on either side that a seam is read by.
READ = 8


@dataclass(frozen=True, slots=True)
class Seam:
    """What stands on both sides; `start` is the offset in the source of the first character behind."""

    start: int
    kind: str
    before: str
    behind: str


def seams_between(before: Fragment, after: Fragment) -> Iterator[Seam]:
    """The seam between two fragments, the second going on where the first stopped."""
    yield from seams_at(before.plain, after.text)


def seams_at(before: str, after: Tracked) -> Iterator[Seam]:
    """The seam between the text of a column and what goes on in the next one."""
    yield from _seam(before, after, COLUMN)


def seams_within(fragment: Fragment, *, behind: int = 0) -> Iterator[Seam]:
    """The seams inside a fragment, `behind` so many characters, its dateline's. Linear in its text."""
    above, at = "", 0
    for line in fragment.lines:
        if above and at > behind:
            yield from _seam(above, line.text, LINE)
        above = line.text.text
        for gap in _GAP.finditer(above):
            if at + gap.end() > behind:
                yield from _seam(above[: gap.start()], line.text.slice(gap.end()), GAP)
        at += len(above)


def _seam(before: str, after: Tracked, kind: str) -> Iterator[Seam]:
    if after.runs and not ends_sentence(before):
        yield Seam(after.runs[0].start, kind, before[-2 * READ :], after.text[: 2 * READ])


def how_read(seams: Sequence[Seam]) -> tuple[float, ...]:
    """For each seam the log odds that it is right, by the network; a page asks for its own several times."""
    return _read(tuple((seam.before, seam.behind) for seam in seams))


@lru_cache(maxsize=2)
def _read(sides: tuple[tuple[str, str], ...]) -> tuple[float, ...]:
    from digest.page.prose import read_on  # here, as numpy takes longer to load than most pages to read

    return tuple(read_on(sides))


#: What share of the seams between columns is wrong where their place on the page is known: of 240 on drawn
#: PDF pages 8, of 32 on development ones none.
EXPECTED_BY_PLACE = 0.04


def weak_by_place(seams: Sequence[Seam]) -> frozenset[int]:
    """Which seams between the columns of a page are weak, the place of each being known, as offsets."""
    odds = [_odds(seam, reads) for seam, reads in zip(seams, how_read(seams), strict=True)]
    share = _share(odds, EXPECTED_BY_PLACE, COUNTS_FOR)
    return frozenset(
        seam.start for seam, one in zip(seams, odds, strict=True) if _probability(one, share) > WEAK
    )


def places_in(runs: Sequence[Run], offsets: Sequence[int]) -> tuple[int, ...]:
    """Where those characters of the source stand in a paragraph; `offsets` are in order."""
    return tuple(
        run.at + start - run.start
        for run in runs
        for start in offsets[bisect_left(offsets, run.start) : bisect_left(offsets, run.start + run.length)]
    )


def weak_seams(
    articles: Sequence[Sequence[Seam]], *, in_print: bool = False, mixed: bool = False
) -> frozenset[int]:
    """Which seams of the articles of a page are weak, as offsets in the source. Linear in their number.

    `in_print` tells that the page is neither recognised nor out of order, so that its lines are as printed;
    `mixed` that a tool has mixed them.
    """
    every = [seam for seams in articles for seam in seams]
    odds = {id(seam): _odds(seam, one) for seam, one in zip(every, how_read(every), strict=True)}
    weak: set[int] = set()
    limit = WEAK_MIXED if mixed else WEAK
    every_expected, counts_for = (EXPECTED_IN_PRINT, COUNTS_IN_PRINT) if in_print else (EXPECTED, COUNTS_FOR)
    for kind, expected in every_expected.items():
        groups = [[seam for seam in seams if seam.kind == kind] for seams in articles]
        share = _share([odds[id(seam)] for seam in chain.from_iterable(groups)], expected, counts_for)
        for group in groups:
            own = [odds[id(seam)] for seam in group]
            # lines are lost, and rows cross, article by article; columns stray over the whole page
            wrong = share if kind == COLUMN else _share(own, share, counts_for)
            weak.update(
                seam.start for seam, one in zip(group, own, strict=True) if _probability(one, wrong) > limit
            )
    return frozenset(weak)


@dataclass(frozen=True, slots=True)
class _Weights:
    """What is made of the network's log odds: a constant, a factor, and what a word over the seam adds."""

    constant: float
    factor: float
    word: float

    def odds(self, reads: float, *, spelled: bool) -> float:
        return self.constant + self.factor * reads + self.word * spelled


#: Logistic regressions over 34,000 seams within fragments, 662 of them wrong, and 2,700 between two, 196 of
#: them wrong, of drawn pages in all forms.
WITHIN, BETWEEN = _Weights(-0.38, 0.74, 3.4), _Weights(-0.35, 0.72, 2.2)
#: Where a seam reads so well it is not asked whether a word runs over it.
WELL = 2.0


def _odds(seam: Seam, reads: float) -> float:
    """The log odds that a seam is right, where as many are wrong as right."""
    weights = BETWEEN if seam.kind == COLUMN else WITHIN
    return weights.odds(reads, spelled=reads < WELL and spells_over(seam.before, seam.behind))


def _share(odds: Sequence[float], expected: float, counts_for: int) -> float:
    """The share of wrong seams, `expected` beforehand, which counts for so many seams.

    Expectation maximisation over one number (Dempster, Laird and Rubin 1977).
    """
    share = expected
    ratios = [math.exp(one) for one in odds]
    for _ in range(ROUNDS):
        wrong = sum(share / (share + (1.0 - share) * ratio) for ratio in ratios)
        share = (wrong + expected * counts_for) / (len(odds) + counts_for)
    return share


def _probability(odds: float, share: float) -> float:
    """That a seam is wrong, by the log odds that it is right and the share of those that are wrong."""
    return share / (share + (1.0 - share) * math.exp(odds))
