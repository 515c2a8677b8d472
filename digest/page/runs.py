"""Headline lines of several articles in one run, with no blank line between: whose is each?

Some tools write all headlines of a page, or of some of its articles, one below the other. Their order is
that of the bodies, and each speaks of its own: the best way to cut the run and to give the pieces to bodies
in order is found by dynamic programming over lines and bodies.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from digest.page.fields.marks import SUBTITLE
from digest.page.labelled import BODY, HEAD, Labelled, text_of
from digest.page.language import goes_on
from digest.page.lines import STOP, of_lines, width
from digest.page.overlap import shared_by, shared_words
from digest.page.rejoin import adjoins
from digest.page.segment import Body, HeadBlock, Segments
from digest.page.series import is_motto, is_slogan

#: Where so many of the page's items follow each other without a blank line, blank lines part nothing.
UNBROKEN = 0.8
#: So many lines of body without a stop are hardly ever seen.
STACK = 3
#: No headline has more lines.
MOST_LINES = 5
#: More lines or bodies are no page.
MOST_IN_RUN, MOST_BODIES = 80, 60
#: A line must share more than this with its body to gain anything.
SLIGHT = 0.22
#: A line of so many characters counts in full.
FULL = 10
#: What a piece costs, what a line costs that is nobody's, a body between that gets none, and a body that
#: stands above the one before it.
PIECE, LOOSE, PASSED, BACK = 0.1, 0.15, 0.2, 0.4
#: What it is worth that the body says the words on both sides of a line end in one, and that a piece stands
#: beside its body.
SEAM, BESIDE = 0.35, 0.2
#: A line that its body does not speak of is a kicker, above a title, sooner than its last line.
LAST = 0.02
#: A subtitle stands last in its headline, unless it has two lines.
BELOW_SUBTITLE = 0.3
#: A shorter half of a line is no title; the halves are of two bodies that hold so much of one, so much of the
#: other, and so much more than other bodies do.
SHORTEST_TITLE, CLEAR, CLEAR_TOO, AHEAD = 5, 0.3, 0.2, 0.12
_GAP = re.compile(r"(?<=[\u4e00-\u9fff”》0-9])[ \u3000]+(?=[\u4e00-\u9fff“《0-9])")


def is_unbroken(items: Sequence[Labelled]) -> bool:
    """Whether the page came without blank lines."""
    near = [adjoins(before, item) for before, item in pairwise(items)]
    return bool(near) and sum(near) >= UNBROKEN * len(near)


def head_runs(items: Sequence[Labelled], heads: Sequence[HeadBlock]) -> list[list[int]]:
    """Blocks with no body between them, as lists of indices."""
    runs: list[list[int]] = []
    for h, head in enumerate(heads):
        if runs and all(items[i].kind != BODY for i in range(heads[runs[-1][-1]].end + 1, head.start)):
            runs[-1].append(h)
        else:
            runs.append([h])
    return runs


def group_heads(items: Sequence[Labelled], segments: Segments) -> Segments:
    """The segments with the headline lines of each article in one block. Linear in lines times bodies."""
    if not is_unbroken(items) or not 0 < len(segments.bodies) <= MOST_BODIES:
        return segments
    lines = [i for head in segments.heads for i in head.lines]
    heads: list[HeadBlock] = []
    runs = head_runs(items, [HeadBlock((i,)) for i in lines])
    for places in runs:
        run = [lines[place] for place in places]
        only = len(runs) == 1
        pieces = _Run(items, segments.bodies, run, only=only).pieces() if 1 < len(run) <= MOST_IN_RUN else []
        heads += [HeadBlock(tuple(piece)) for piece in pieces] or [HeadBlock((i,)) for i in run]
    return replace(segments, heads=heads)


def split_heads(items: Sequence[Labelled]) -> list[Labelled]:
    """On a page without blank lines every headline line by itself: two headlines may stand in one fragment.

    What was taken for body only because its lines are as wide as a column is among them.
    """
    if not is_unbroken(items):
        return list(items)
    out: list[Labelled] = []
    for i, item in enumerate(items):
        if _is_stack(items, i):
            item = replace(item, kind=HEAD, reason="无标点而不接上下文的行")
        lines = item.fragment.lines
        if item.kind == HEAD and len(lines) > 1:
            out += [replace(item, fragment=of_lines(item.fragment, [line])) for line in lines]
        else:
            out.append(item)
    return out


def _is_stack(items: Sequence[Labelled], i: int) -> bool:
    """Whether a body fragment is lines of headlines: no stop, nothing that it goes on from or goes on in."""
    item = items[i]
    if item.kind != BODY or item.lead is not None or item.fragment.ended or STOP.search(item.plain):
        return False
    before, after = items[i - 1] if i else None, items[i + 1] if i + 1 < len(items) else None
    if before is not None and before.kind == BODY and not before.fragment.ended:
        return False
    if after is None or after.kind != BODY or after.lead is not None:
        return True
    return len(item.fragment.lines) >= STACK and goes_on(item.plain, after.plain) < 0


def part_lines(items: Sequence[Labelled], segments: Segments, _: object) -> list[Labelled]:
    """The items, a line that holds the headlines of two articles side by side made two."""
    out: list[Labelled] = []
    for item in items:
        gaps = list(_GAP.finditer(item.plain)) if item.kind == HEAD and len(item.fragment.lines) == 1 else []
        at = next((gap for gap in gaps if _is_of_two(items, segments.bodies, item.plain, gap)), None)
        if at is None:
            out.append(item)
            continue
        for n, text in enumerate(
            (item.fragment.text.slice(0, at.start()), item.fragment.text.slice(at.end()))
        ):
            size = width(text.text)
            line = replace(item.fragment.lines[0], text=text, width=size)
            fragment = replace(
                item.fragment,
                text=text,
                lines=(line,),
                last_width=size,
                set_widths=(size,),
                blanks=item.fragment.blanks if n == 0 else 1,
            )
            out.append(replace(item, fragment=fragment, reason=f"{item.reason}，并排两题"))
    return out


def _is_of_two(items: Sequence[Labelled], bodies: Sequence[Body], text: str, gap: re.Match[str]) -> bool:
    """Whether what stands left and right of a gap clearly speaks of two bodies."""
    left, right = text[: gap.start()], text[gap.end() :]
    if min(len(left), len(right)) < SHORTEST_TITLE or len(bodies) < 2:
        return False
    best: list[tuple[float, int]] = []
    for shares in shared_by(items, bodies, (left, right)):
        ranked = sorted(range(len(shares)), key=shares.__getitem__, reverse=True)
        if shares[ranked[0]] < CLEAR_TOO or shares[ranked[0]] - shares[ranked[1]] < AHEAD:
            return False
        best.append((shares[ranked[0]], ranked[0]))
    return max(best)[0] >= CLEAR and best[0][1] != best[1][1]


def by_line(block: HeadBlock) -> list[HeadBlock]:
    """A block for each of its lines."""
    return [HeadBlock((i,)) for i in block.lines]


@dataclass(frozen=True, slots=True)
class _Step:
    """The last piece of the best way to a line and a body."""

    score: float
    start: int  # of the piece that ends here; -1 where the line is nobody's
    before: int  # the body that had the last piece before


class _Run:
    def __init__(
        self, items: Sequence[Labelled], bodies: Sequence[Body], run: Sequence[int], *, only: bool
    ) -> None:
        self.run = run
        self.only = only  # all headlines of the page stand in this run, so every body is to have one
        self.texts = [re.sub(r"[\s\u3000]", "", items[i].plain) for i in run]
        self.bodies = [text_of(items, body.fragments) for body in bodies]
        shared = shared_words(items, bodies, [HeadBlock((i,)) for i in run])
        self.gains = [
            [min(1.0, len(text) / FULL) * (share - SLIGHT) for share in row]
            for text, row in zip(self.texts, shared, strict=True)
        ]
        self.mottos = [
            is_motto(items[i].plain, max(row)) or is_slogan(items, items[i].plain, max(row))
            for i, row in zip(run, shared, strict=True)
        ]
        self.beside = [_adjacent(items, run, body) for body in bodies]

    def pieces(self) -> list[list[int]]:
        """The run's lines cut into pieces that have a body; lines that have none are left out."""
        n_bodies = len(self.bodies)
        # table[n][b + 1]: the best way through the first n lines whose last piece went to body b
        table: list[dict[int, _Step]] = [{0: _Step(0.0, -1, 0)}]
        for n in range(1, len(self.run) + 1):
            row: dict[int, _Step] = {}
            for b, step in table[n - 1].items():
                _keep(row, b, _Step(step.score - LOOSE, -1, b))
            for start in range(max(0, n - MOST_LINES), n):
                worth = [self._worth(start, n, b) for b in range(n_bodies)]
                last = max(table[start], key=lambda b: table[start][b].score)
                back = table[start][last].score - BACK
                best, before = float("-inf"), 0
                for b in range(n_bodies):
                    best -= PASSED if before or (self.only and b) else 0.0  # the body just below had none
                    if b in table[start] and table[start][b].score > best:
                        best, before = table[start][b].score, b
                    if best >= back or last == b + 1:
                        _keep(row, b + 1, _Step(best + worth[b], start, before))
                    else:
                        _keep(row, b + 1, _Step(back + worth[b], start, last))
            table.append(row)
        return self._way(table)

    def _worth(self, start: int, end: int, b: int) -> float:
        if SUBTITLE.match(self.texts[start]):
            return -float("inf")  # a subtitle has its title above
        if any(self.mottos[start:end]):
            return -float("inf")
        gain = 0.0
        for n in range(start, end):
            if not SUBTITLE.match(self.texts[n]):
                gain += self.gains[n][b]
                if n > start and SUBTITLE.match(self.texts[n - 1]):
                    gain -= BELOW_SUBTITLE
                elif n > start and self.texts[n - 1][-2:] + self.texts[n][:2] in self.bodies[b]:
                    gain += SEAM
            else:
                gain += SEAM / 2 + max(0.0, self.gains[n][b]) / 2
        if self.gains[end - 1][b] < 0 and end - start > 1 and not SUBTITLE.match(self.texts[end - 1]):
            gain -= LAST
        return gain - PIECE + BESIDE * self.beside[b]

    def _way(self, table: Sequence[dict[int, _Step]]) -> list[list[int]]:
        n = len(self.run)
        b = max(table[n], key=lambda b: table[n][b].score)
        pieces: list[list[int]] = []
        while n:
            step = table[n][b]
            if step.start < 0:
                n -= 1
            else:
                pieces.append([self.run[k] for k in range(step.start, n)])
                n = step.start
            b = step.before
        return pieces[::-1]


def _keep(row: dict[int, _Step], b: int, step: _Step) -> None:
    if b not in row or step.score > row[b].score:
        row[b] = step


def _adjacent(items: Sequence[Labelled], run: Sequence[int], body: Body) -> bool:
    """Whether a body stands right above or below the run."""
    between = range(body.end + 1, run[0]) if body.end < run[0] else range(run[-1] + 1, body.start)
    return all(items[i].kind not in (BODY, HEAD) for i in between)
