"""Characters with their places → lines of text."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from digest.page.geometry import Box, Glyph, Line, hull, y_overlap

#: Characters on one baseline belong to one line while the gap is at most this many sizes. A gutter can be
#: as narrow as 0.7 of the body size, a stretched line has gaps of 0.5: what lies between is decided by
#: the order in which the file draws the characters and by the rows above and below.
_SURE_GAP = 0.5
_WIDE_GAP = 1.15
#: The least white between two columns, as OCR measures it; what aligns with other lines decides.
_GUTTER = 0.3
#: A letter-spaced headline; nothing else is that large.
_DISPLAY_GAP = 2.4
_SAME_BASELINE = 0.22
_SIZE_RATIO = 1.22


def find_lines(glyphs: Sequence[Glyph], rules: Sequence[Box], body_size: float) -> list[Line]:
    """The lines on a page, in no particular order; cost O(n log n) for n characters.

    `glyphs` are in the order in which the file draws them.
    """
    runs = _drawn_runs(glyphs, body_size)
    runs = [part for run in runs for part in _split_at_rules(run, rules)]
    edges = _Edges(runs)
    runs = _split_at_gutters(runs, edges, body_size)
    runs = _merge_on_baseline(runs, rules, edges)
    stacked, runs = _stacks(runs, body_size)
    lines = [_line(run) for run in runs if any(not g.char.isspace() for g in run)]
    lines += [_line(stack, vertical=True) for stack in stacked]
    return lines


def body_size_of(glyphs: Sequence[Glyph]) -> float:
    """The size most of the page is set in; 0 where there is no character."""
    counts: dict[float, int] = defaultdict(int)
    for glyph in glyphs:
        if not glyph.char.isspace():
            counts[round(glyph.size * 5) / 5] += 1
    return max(counts, key=lambda size: (counts[size], size)) if counts else 0.0


def _drawn_runs(glyphs: Sequence[Glyph], body_size: float) -> list[list[Glyph]]:
    """Neighbours in drawing order that also stand side by side."""
    runs: list[list[Glyph]] = []
    for glyph in glyphs:
        if runs and _follows(runs[-1][-1], glyph, body_size):
            runs[-1].append(glyph)
        else:
            runs.append([glyph])
    return [trimmed for run in runs if (trimmed := _trim(run))]


def _trim(run: list[Glyph]) -> list[Glyph]:
    start, end = 0, len(run)
    while start < end and run[start].char.isspace():
        start += 1
    while end > start and run[end - 1].char.isspace():
        end -= 1
    return run[start:end]


def _alike(a: Glyph, b: Glyph) -> bool:
    large, small = max(a.size, b.size), min(a.size, b.size)
    if large > 1.04 * small and a.face != b.face and b.box.left - a.box.right > 0.3 * small:
        return False  # a caption beside the body
    return large <= small * _SIZE_RATIO and abs(a.baseline - b.baseline) <= _SAME_BASELINE * small


def _follows(last: Glyph, glyph: Glyph, body_size: float) -> bool:
    if not _alike(last, glyph):
        return False
    gap = glyph.box.left - last.box.right
    limit = _DISPLAY_GAP if glyph.size > 1.35 * body_size else _WIDE_GAP
    return -0.6 * glyph.size <= gap <= limit * glyph.size


def _split_at_rules(run: list[Glyph], rules: Sequence[Box]) -> list[list[Glyph]]:
    """The run cut where an upright rule stands between two of its characters."""
    left, right = run[0].box.left, run[-1].box.right
    box = Box(left, run[0].box.top, right, run[0].box.bottom)
    cuts = [
        rule.middle
        for rule in rules
        if left < rule.middle < right
        and rule.height > 2 * run[0].size
        and y_overlap(rule, box) > 0.5 * run[0].size
    ]
    if not cuts:
        return [run]
    parts: list[list[Glyph]] = [[run[0]]]
    for before, glyph in pairwise(run):
        if any(before.box.middle < cut <= glyph.box.middle for cut in cuts):
            parts.append([])
        parts[-1].append(glyph)
    return [trimmed for part in parts if (trimmed := _trim(part))]


class _Edges:
    """Where columns begin: the left ends of what the file draws and the right sides of wide gaps.

    A place counts as the edge of a column if at least `_EDGE_LINES` other lines near it begin there.
    """

    def __init__(self, runs: Sequence[Sequence[Glyph]]) -> None:
        self._places: dict[int, list[tuple[float, float]]] = defaultdict(list)
        self._printed: dict[int, list[tuple[float, float, float]]] = defaultdict(list)
        for run in runs:
            self._add(run[0])
            for glyph in run:
                for key in range(
                    int(glyph.box.left // _EDGE_BUCKET), int(glyph.box.right // _EDGE_BUCKET) + 1
                ):
                    self._printed[key].append((glyph.box.left, glyph.box.right, glyph.baseline))
            for before, glyph in pairwise(run):
                if _is_gap(before, glyph):
                    self._add(glyph)

    def _add(self, glyph: Glyph) -> None:
        self._places[int(glyph.box.left // _EDGE_BUCKET)].append((glyph.box.left, glyph.baseline))

    def begins(self, glyph: Glyph, after: Glyph) -> bool:
        """Whether a column begins at this character, or two before it (an indent), and after `after`."""
        for shift in (0, 2):
            x = glyph.box.left - shift * glyph.size
            if x > after.box.right - 0.3 * glyph.size:
                n_lines = self._n_near(x, glyph)
                if n_lines >= _EDGE_LINES and self._n_across((after.box.right + x) / 2, glyph) < n_lines:
                    return True
        return False

    def _n_across(self, x: float, glyph: Glyph) -> int:
        """Characters of the lines near by that stand right there: inside a column every full line has one."""
        reach = _EDGE_REACH * glyph.size
        return sum(
            1
            for left, right, y in self._printed.get(int(x // _EDGE_BUCKET), ())
            if left < x < right and 0.5 * glyph.size < abs(y - glyph.baseline) < reach
        )

    def _n_near(self, x: float, glyph: Glyph) -> int:
        slack, reach = 0.5 * glyph.size, _EDGE_REACH * glyph.size
        keys = range(int((x - slack) // _EDGE_BUCKET), int((x + slack) // _EDGE_BUCKET) + 1)
        return sum(
            1
            for key in keys
            for left, y in self._places.get(key, ())
            if abs(left - x) <= slack and 0.5 * glyph.size < abs(y - glyph.baseline) < reach
        )


_EDGE_BUCKET = 8.0
_EDGE_LINES = 4
_EDGE_REACH = 15  # sizes above and below; further off another article has other columns


def _is_gap(before: Glyph, glyph: Glyph) -> bool:
    wide = glyph.box.left - before.box.right > _GUTTER * glyph.size
    return wide and not before.char.isspace() and not glyph.char.isspace()


def _split_at_gutters(runs: list[list[Glyph]], edges: _Edges, body_size: float) -> list[list[Glyph]]:
    """Runs cut at gaps behind which a column begins, and large type at gaps unlike its other gaps.

    Needed where a file draws a page row by row, straight across the columns, or headline by headline.
    """
    result: list[list[Glyph]] = []
    for run in runs:
        display = run[0].size > 1.35 * body_size
        gaps = [glyph.box.left - before.box.right for before, glyph in pairwise(run)]
        usual = median(gaps) if gaps else 0.0
        start = 0
        for at, (before, glyph) in enumerate(pairwise(run), 1):
            if not _is_gap(before, glyph):
                continue
            odd = gaps[at - 1] > usual + 0.6 * glyph.size
            if (odd and len(run) > 3) if display else edges.begins(glyph, before):
                result.append(run[start:at])
                start = at
        result.append(run[start:])
    return [trimmed for run in result if (trimmed := _trim(run))]


def _merge_on_baseline(runs: list[list[Glyph]], rules: Sequence[Box], edges: _Edges) -> list[list[Glyph]]:
    """Runs that touch on one baseline, joined, whatever the order in which they were drawn."""
    buckets: dict[int, list[int]] = defaultdict(list)
    for number, run in enumerate(runs):
        buckets[round(run[0].baseline)].append(number)
    used: set[int] = set()
    merged: list[list[Glyph]] = []
    for number in sorted(range(len(runs)), key=lambda n: (runs[n][0].box.left, n)):
        if number in used:
            continue
        used.add(number)
        run = list(runs[number])
        while (other := _next_on_baseline(run, runs, buckets, used)) is not None:
            first = runs[other][0]
            touching = first.box.left - run[-1].box.right < 0.15 * first.size
            if len(_split_at_rules([run[-1], first], rules)) > 1 or (
                not touching and edges.begins(first, run[-1])
            ):
                break
            used.add(other)
            run.extend(runs[other])
        merged.append(run)
    return merged


def _next_on_baseline(
    run: list[Glyph],
    runs: list[list[Glyph]],
    buckets: dict[int, list[int]],
    used: set[int],
) -> int | None:
    last = run[-1]
    reach = max(1, round(_SAME_BASELINE * last.size))
    best: tuple[float, int] | None = None
    for y in range(round(last.baseline) - reach, round(last.baseline) + reach + 1):
        for other in buckets.get(y, ()):
            first = runs[other][0]
            gap = first.box.left - last.box.right
            if (
                other in used
                or not _alike(last, first)
                or not -0.5 * first.size <= gap <= _SURE_GAP * first.size
            ):
                continue
            if best is None or (gap, other) < best:
                best = (gap, other)
    return best[1] if best else None


def _stacks(runs: list[list[Glyph]], body_size: float) -> tuple[list[list[Glyph]], list[list[Glyph]]]:
    """Upright headlines, large characters one below the other; and the other runs without them.

    Where such headlines stand side by side their characters make short rows as well: the reading is
    upright if the characters stand closer together down the page than across it.
    """
    short: list[Glyph] = []
    across: dict[Glyph, float] = {}
    for run in runs:
        printed = [glyph for glyph in run if not glyph.char.isspace()]
        if len(printed) <= 4 and printed and printed[0].size >= 1.2 * body_size:
            short.extend(printed)
            for before, glyph in pairwise(printed):
                pitch = glyph.box.middle - before.box.middle
                across[before] = min(across.get(before, pitch), pitch)
                across[glyph] = min(across.get(glyph, pitch), pitch)
    stacks = [stack for stack in _columns_of(short) if len(stack) >= 3 and _is_upright(stack, across)]
    gone = {glyph for stack in stacks for glyph in stack}
    if not gone:
        return [], runs
    kept = [[glyph for glyph in run if glyph not in gone] for run in runs]
    return stacks, [trimmed for run in kept if (trimmed := _trim(run))]


def _columns_of(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """The characters grouped into columns with even steps, each from the top down."""
    stacks: list[list[Glyph]] = []
    open_at: dict[int, list[list[Glyph]]] = defaultdict(list)
    for glyph in sorted(glyphs, key=lambda g: (g.baseline, g.box.left)):
        key = int(glyph.box.middle // _EDGE_BUCKET)
        fitting = [
            stack
            for near in (key - 1, key, key + 1)
            for stack in open_at[near][-3:]
            if abs(stack[-1].box.middle - glyph.box.middle) < 0.25 * glyph.size
            and max(stack[-1].size, glyph.size) <= 1.1 * min(stack[-1].size, glyph.size)
            and 0.8 * glyph.size < glyph.baseline - stack[-1].baseline < 2.0 * glyph.size
        ]
        if fitting:
            fitting[-1].append(glyph)
        else:
            stacks.append([glyph])
            open_at[key].append(stacks[-1])
    return stacks


def _is_upright(stack: Sequence[Glyph], across: dict[Glyph, float]) -> bool:
    down = median(b.baseline - a.baseline for a, b in pairwise(stack))
    sideways = [across[glyph] for glyph in stack if glyph in across]
    return not sideways or down < 0.97 * median(sideways)


def _line(run: list[Glyph], *, vertical: bool = False) -> Line:
    printed = [glyph for glyph in run if not glyph.char.isspace()]
    size = median(glyph.size for glyph in printed)
    return Line(
        text="".join(g.char for g in printed) if vertical else _spaced(run),
        box=hull(_tight(glyph) for glyph in printed),
        size=size,
        face=Counter(glyph.face for glyph in printed).most_common(1)[0][0],
        vertical=vertical,
    )


def _tight(glyph: Glyph) -> Box:
    """The em box around the baseline; fonts claim more height than they draw."""
    return Box(
        glyph.box.left,
        glyph.baseline - 0.88 * glyph.size,
        glyph.box.right,
        glyph.baseline + 0.12 * glyph.size,
    )


_HAN = re.compile("[\u3400-\u9fff]")


def _space_limit(before: str, after: str) -> float:
    """How much wider than the line's usual gap a space is, in sizes; punctuation carries white of its own."""
    if before.isascii() and after.isascii():
        return 0.2
    return 0.3 if _HAN.match(before) and _HAN.match(after) else 0.45


def _spaced(run: list[Glyph]) -> str:
    """The run's text, with a space where the file has one or where a gap is wide for this line."""
    gaps = [b.box.left - a.box.right for a, b in pairwise(run)]
    usual = median(gaps) if gaps else 0.0
    parts = [run[0].char]
    for gap, (before, glyph) in zip(gaps, pairwise(run), strict=True):
        limit = _space_limit(before.char, glyph.char)
        wide = gap > max(usual + limit * glyph.size, limit * glyph.size)
        if wide and not before.char.isspace() and not glyph.char.isspace():
            parts.append(" ")
        parts.append(" " if glyph.char.isspace() else glyph.char)
    return "".join(parts)
