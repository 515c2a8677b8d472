"""Characters with their places → lines of text."""

from __future__ import annotations

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
    runs = _split_at_gutters(runs)
    runs = _merge_on_baseline(runs, rules)
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


def _split_at_gutters(runs: list[list[Glyph]]) -> list[list[Glyph]]:
    """Runs cut at gaps of medium width that continue as white space through the rows above and below.

    Needed where a file draws a page row by row, straight across the columns.
    """
    gaps: dict[int, list[tuple[float, float, float]]] = defaultdict(list)  # by y: x0, x1, y
    found: list[tuple[int, int, float, float, float, float]] = []
    for number, run in enumerate(runs):
        for at, (before, glyph) in enumerate(pairwise(run), 1):
            x0, x1 = before.box.right, glyph.box.left
            if x1 - x0 > _SURE_GAP * glyph.size and not before.char.isspace() and not glyph.char.isspace():
                found.append((number, at, x0, x1, glyph.baseline, glyph.size))
                gaps[int(glyph.baseline // 50)].append((x0, x1, glyph.baseline))
    cuts: dict[int, list[int]] = defaultdict(list)
    for number, at, x0, x1, y, size in found:
        near = [g for key in (int(y // 50) - 1, int(y // 50), int(y // 50) + 1) for g in gaps[key]]
        partners = sum(
            1
            for a, b, other in near
            if 0.5 * size < abs(other - y) < 4 * size and min(b, x1) - max(a, x0) > 0.4 * size
        )
        if partners >= 3:
            cuts[number].append(at)
    result: list[list[Glyph]] = []
    for number, run in enumerate(runs):
        start = 0
        for at in cuts.get(number, ()):
            result.append(run[start:at])
            start = at
        result.append(run[start:])
    return [trimmed for run in result if (trimmed := _trim(run))]


def _merge_on_baseline(runs: list[list[Glyph]], rules: Sequence[Box]) -> list[list[Glyph]]:
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
        while (other := _next_on_baseline(run, runs, buckets, used, rules)) is not None:
            used.add(other)
            run.extend(runs[other])
        merged.append(run)
    return merged


def _next_on_baseline(
    run: list[Glyph],
    runs: list[list[Glyph]],
    buckets: dict[int, list[int]],
    used: set[int],
    rules: Sequence[Box],
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
    if best is None or len(_split_at_rules([last, runs[best[1]][0]], rules)) > 1:
        return None
    return best[1]


def _stacks(runs: list[list[Glyph]], body_size: float) -> tuple[list[list[Glyph]], list[list[Glyph]]]:
    """Upright headlines: large single characters one below the other; and the other runs."""
    singles = [run for run in runs if len(run) == 1 and run[0].size >= 1.2 * body_size]
    others = [run for run in runs if not (len(run) == 1 and run[0].size >= 1.2 * body_size)]
    singles.sort(key=lambda run: (round(run[0].box.middle / max(body_size, 1)), run[0].box.top))
    stacks: list[list[Glyph]] = []
    for run in singles:
        glyph = run[0]
        for stack in reversed(stacks[-4:]):
            above = stack[-1]
            gap = glyph.box.top - above.box.bottom
            if (
                abs(above.box.middle - glyph.box.middle) < 0.25 * glyph.size
                and max(above.size, glyph.size) <= 1.1 * min(above.size, glyph.size)
                and -0.6 * glyph.size < gap < 1.0 * glyph.size
            ):
                stack.append(glyph)
                break
        else:
            stacks.append([glyph])
    upright = [stack for stack in stacks if len(stack) >= 3]
    return upright, others + [[glyph] for stack in stacks if len(stack) < 3 for glyph in stack]


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


def _spaced(run: list[Glyph]) -> str:
    """The run's text, with a space where the file has one or where a gap is wide for this line."""
    gaps = [b.box.left - a.box.right for a, b in pairwise(run)]
    usual = median(gaps) if gaps else 0.0
    parts = [run[0].char]
    for gap, (before, glyph) in zip(gaps, pairwise(run), strict=True):
        latin = before.char.isascii() and glyph.char.isascii()
        limit = 0.2 if latin else 0.45
        wide = gap > max(usual + limit * glyph.size, limit * glyph.size)
        if wide and not before.char.isspace() and not glyph.char.isspace():
            parts.append(" ")
        parts.append(" " if glyph.char.isspace() else glyph.char)
    return "".join(parts)
