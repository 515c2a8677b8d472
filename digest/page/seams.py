"""Where two parts of a paragraph were joined, and which of these seams are not to be relied on.

A line end, a column end and a gap inside a row are all joined where the page seems to say so. Some are wrong:
a line was lost, a row ran across two columns, a column goes on elsewhere. A sentence over such a seam reads
as if the paper had printed it, so it must not be quoted. How well a seam reads tells little by itself; how
many of an article's seams read badly tells how many to expect, and both together give a probability.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from digest.page.lines import Fragment, ends_sentence
from digest.text.tracked import Tracked

#: The kinds of seams: between two fragments, between two lines of one, and at a gap inside a line.
COLUMN, LINE, GAP = "column", "line", "gap"
#: What share of them is wrong before anything is read, and how many seams that counts for.
EXPECTED, COUNTS_FOR = {COLUMN: 0.12, LINE: 0.01, GAP: 0.04}, 12
#: By how much the network's log odds are to be trusted on pages, whose wrong seams are the hard ones: fitted
#: to 16,865 right and 1,132 wrong seams of drawn pages.
TRUST = 0.7
#: More probably wrong than this, a seam is weak.
WEAK = 0.1
ROUNDS = 4
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
    yield from _seam(before.plain, after.text, COLUMN)


def seams_within(fragment: Fragment) -> Iterator[Seam]:
    """The seams inside a fragment. Linear in its text."""
    above = ""
    for line in fragment.lines:
        if above:
            yield from _seam(above, line.text, LINE)
        above = line.text.text
        for gap in _GAP.finditer(above):
            yield from _seam(above[: gap.start()], line.text.slice(gap.end()), GAP)


def _seam(before: str, after: Tracked, kind: str) -> Iterator[Seam]:
    if after.runs and not ends_sentence(before):
        yield Seam(after.runs[0].start, kind, before[-2 * READ :], after.text[: 2 * READ])


def weak_seams(articles: Sequence[Sequence[Seam]]) -> frozenset[int]:
    """Which seams of the articles of a page are weak, as offsets in the source. Linear in their number."""
    from digest.page.prose import read_on  # here, as numpy takes longer to load than most pages to read

    every = [seam for seams in articles for seam in seams]
    if not every:
        return frozenset()
    odds = dict(zip(map(id, every), read_on([(seam.before, seam.behind) for seam in every]), strict=True))
    weak: set[int] = set()
    for kind, expected in EXPECTED.items():
        groups = [[seam for seam in seams if seam.kind == kind] for seams in articles]
        # lines are lost, and rows cross, article by article; columns stray over the whole page
        for group in [list(chain.from_iterable(groups))] if kind == COLUMN else groups:
            weak.update(_weak(group, [odds[id(seam)] for seam in group], expected))
    return frozenset(weak)


def _weak(seams: Sequence[Seam], odds: Sequence[float], expected: float) -> Iterator[int]:
    """Expectation maximisation over one number, the share of wrong seams (Dempster, Laird and Rubin 1977)."""
    share = expected
    for _ in range(ROUNDS):
        wrong = [_probability(one, share) for one in odds]
        share = (sum(wrong) + expected * COUNTS_FOR) / (len(seams) + COUNTS_FOR)
    for seam, one in zip(seams, odds, strict=True):
        if _probability(one, share) > WEAK:
            yield seam.start


def _probability(odds: float, share: float) -> float:
    """That a seam is wrong, by the log odds that it is right and the share of those that are wrong."""
    return share / (share + (1.0 - share) * math.exp(TRUST * odds))
