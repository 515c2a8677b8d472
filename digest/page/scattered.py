"""What kind of page this is, and headline lines on a page whose columns stand in an order of a tool's own."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from digest.page import fields
from digest.page.clauses import is_clause
from digest.page.labelled import BODY, Labelled
from digest.page.language import goes_on
from digest.page.lines import ALIEN, FIRST, STOP, adjoins

#: So many columns whose lines were joined on one line show a recognised page.
JOINED_COLUMNS = 5


def is_recognised(items: Sequence[Labelled]) -> bool:
    """Whether a page came out of recognition that joined the lines of its columns."""
    return sum(item.fragment.wrapped and len(item.fragment.lines) == 1 for item in items) >= JOINED_COLUMNS


#: A column that does not read on in the next one below this, in nats; so many, and such a share of those that
#: stop in mid-sentence, show that a tool wrote the columns in an order of its own. On 24 ordered development
#: pages there is one at most, in dumps that follow the place on the page there are two to twelve.
TORN, FEWEST_TORN, SHARE_TORN = -1.0, 2, 0.2


def is_scattered(items: Sequence[Labelled]) -> bool:
    """Whether the columns of a printed page stand in the file in an order in which they do not read."""
    columns = [item for item in items if item.kind in ("", BODY) and item.fragment.wrapped]
    seams = [
        TORN - 1 if after.lead else goes_on(before.plain, after.plain)
        for before, after in pairwise(columns)
        if before.fragment.open and not after.fragment.indented and not _leaves(before)
    ]
    torn = sum(seam < TORN for seam in seams)
    return torn >= FEWEST_TORN and torn >= SHARE_TORN * len(seams) and not is_recognised(items)


def _leaves(item: Labelled) -> bool:
    jump = fields.find_jump(item.plain)
    return jump is not None and jump.direction == "to"


#: A tool that writes block by block sets a headline line and the column above it apart.
IN_COLUMN = 1.5


def _in_column(items: Sequence[Labelled], i: int) -> bool:
    """Whether a line stands in one block with a wrapped column above it."""
    before = items[i - 1] if i else None
    return (
        before is not None
        and before.kind in ("", BODY)
        and before.fragment.wrapped
        and adjoins(before.fragment, items[i].fragment)
    )


#: A block of one line that reads on from nothing and in nothing beside it, in nats.
ALIEN_BLOCK, ALIEN_SEAM = 4.0, 0.0
#: A headline has no more lines; a line of a column is as wide as it to so much.
MOST_LINES, OF_COLUMN = 3, 1.2


def _lines_apart(items: Sequence[Labelled], i: int) -> tuple[int, int] | None:
    """The first and the last of the few lines without a stop that item i is one of, where they stand apart.

    A column may follow without a blank line if it does not go on from them and they are not as wide as it is.
    """
    first = last = i
    while first and adjoins(items[first - 1].fragment, items[first].fragment):
        first -= 1
        if last - first >= MOST_LINES:
            return None
    while last + 1 < len(items) and adjoins(items[last].fragment, items[last + 1].fragment):
        below = items[last + 1].fragment
        off = items[last].fragment.last_width - below.column
        of_column = abs(off) <= OF_COLUMN or FIRST[0] <= off <= FIRST[1]
        alien = goes_on(items[last].plain, below.plain) < ALIEN
        if alien and not of_column and len(below.lines) > 1:
            break
        last += 1
        if last - first >= MOST_LINES:
            return None
    block = [items[n].fragment for n in range(first, last + 1)]
    plain = all(len(fragment.lines) == 1 and not STOP.search(fragment.plain) for fragment in block)
    return (first, last) if plain and len(block) <= MOST_LINES else None


def _is_alien(items: Sequence[Labelled], block: tuple[int, int]) -> bool:
    """Whether lines go on neither from the column above nor in the one below."""
    first, last = block
    before = items[first - 1] if first else None
    after = items[last + 1] if last + 1 < len(items) else None
    above = below = ALIEN_SEAM
    if before is not None and before.kind in ("", BODY) and not before.fragment.ended:
        above = goes_on(before.plain, items[first].plain)
    if after is not None and after.kind in ("", BODY):
        below = goes_on(items[last].plain, after.plain)
    return above + below <= ALIEN_SEAM


def scattered_score(items: Sequence[Labelled], i: int, columns: str) -> tuple[float, str]:
    """What a scattered page adds to the headline score of item i, and why.

    `columns` is the text of all columns.
    """
    if _in_column(items, i):
        return -IN_COLUMN, "、与上文同块"
    block = _lines_apart(items, i)
    if block is None:
        return 0.0, ""
    if _is_alien(items, block):
        return ALIEN_BLOCK, "、上下文都不相接"
    return (ALIEN_BLOCK, "、正文另有此句") if is_clause(items[i].plain, columns) else (0.0, "")
