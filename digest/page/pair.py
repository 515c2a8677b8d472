"""Each headline finds its body: by shared words, by neighbourhood, by an assignment over the whole page.

Shared words are character bigrams, weighted by how few bodies of the page hold them. A block that shares
words with a body is its title; a block that shares none belongs to the block beside it (a kicker above, a
subtitle below) or is the label of a column. A body without a title stays without: none is better than wrong.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from digest.page.assignment import assign
from digest.page.fields.marks import ANNOUNCES, SUBTITLE
from digest.page.labelled import BODY, Labelled, text_of
from digest.page.overlap import SHARED, shared_words, spoken_by
from digest.page.runs import by_line, head_runs, is_unbroken
from digest.page.scattered import is_recognised
from digest.page.segment import Body, HeadBlock, Segments
from digest.page.series import is_label, is_motto, is_nobodys, is_usual_slogan

#: What is added where a block stands directly above or below a body, before the page's own habit is known.
ADJACENT = 0.25
#: A block must reach this with a body to become its title.
ENOUGH = 0.30
#: What a further line of a headline shares with the body at least, on pages that part its lines.
SLIGHT = 0.12
#: A block that shares this much with another body is not given to one that it shares little with.
ELSEWHERE = 0.45
#: What has fewer characters is the name of a place, above a title.
SHORTEST = 4
#: Taken off where a body says the block word for word as a clause of its own.
SPOKEN = 0.45


@dataclass(frozen=True, slots=True)
class Headline:
    """The headline lines given to one body, as positions in the list of labelled fragments."""

    blocks: tuple[HeadBlock, ...] = ()
    shared: float = 0.0  # share of the title's weighted bigrams found in the body, 0 to 1
    runner_up: float = 0.0  # the best other body's share


@dataclass(frozen=True, slots=True)
class Pairing:
    headlines: list[Headline]  # one per body, in the order of the bodies
    unused: list[HeadBlock]


def pair(items: Sequence[Labelled], segments: Segments) -> Pairing:
    """A headline, possibly empty, for every body; and the blocks that belong to none."""
    return _pair(items, segments, [0, *accumulate(item.kind == BODY for item in items)])


def _pair(items: Sequence[Labelled], segments: Segments, n_bodies: Sequence[int]) -> Pairing:
    """`n_bodies[i]` counts the body fragments before item i."""
    bodies, heads = segments.bodies, segments.heads
    if not bodies or not heads:
        return Pairing([Headline() for _ in bodies], list(heads))
    if len(bodies) > MOST_BODIES or len(heads) > MOST_HEADS:
        return _pair_in_parts(items, segments, n_bodies)
    shared = shared_words(items, bodies, heads)
    near = [[_neighbourhood(n_bodies, head, body) for body in bodies] for head in heads]
    above, below = _habit(shared, near)
    gain = [
        [shared[h][b] + (above if near[h][b] > 0 else below) * abs(near[h][b]) for b in range(len(bodies))]
        for h in range(len(heads))
    ]
    spoken = [spoken_by(items, head, bodies) for head in heads]
    for h, head in enumerate(heads):
        by = spoken[h]
        if by is not None:
            gain[h][by] -= SPOKEN
        name = len(text_of(items, head.lines)) < SHORTEST
        if (
            name
            or is_nobodys(items, head, max(shared[h]))
            or _is_subtitle(items, head)
            or is_label(items, head)
        ):
            gain[h] = [g - 1.0 for g in gain[h]]
    # a pair that would not be believed must not push a good one aside
    worth = [
        [
            g
            if _acceptable(g + (SPOKEN if spoken[h] == b else 0), shared[h][b], near[h][b])
            and not _elsewhere(shared[h], b)
            else 0.0
            for b, g in enumerate(row)
        ]
        for h, row in enumerate(gain)
    ]
    titles = {h: b for h, b in assign(worth).items() if worth[h][b] != 0.0}
    return _complete(items, segments, titles, shared, near, spoken)


#: A page has a few dozen articles. What has more is no page, and is paired part by part, so that the cost of
#: the assignment stays linear in the length of the text.
MOST_BODIES, MOST_HEADS = 60, 120


def _pair_in_parts(items: Sequence[Labelled], segments: Segments, n_bodies: Sequence[int]) -> Pairing:
    headlines: list[Headline] = []
    unused: list[HeadBlock] = []
    heads = list(segments.heads)
    for first in range(0, len(segments.bodies), MOST_BODIES):
        bodies = segments.bodies[first : first + MOST_BODIES]
        following = segments.bodies[first + MOST_BODIES : first + MOST_BODIES + 1]
        n = (
            sum(head.start < following[0].start for head in heads[: MOST_HEADS + 1])
            if following
            else len(heads)
        )
        part = _pair(items, Segments(bodies, heads[: min(n, MOST_HEADS)], []), n_bodies)
        headlines += part.headlines
        unused += part.unused + heads[min(n, MOST_HEADS) : n]
        heads = heads[n:]
    return Pairing(headlines, unused + heads)


# ---------------------------------------------------------------- neighbourhood


def _neighbourhood(n_bodies: Sequence[int], head: HeadBlock, body: Body) -> float:
    """Positive where the block stands above the body's start, negative below its end; 1 beside it."""
    if head.end < body.start:
        between = n_bodies[body.start] - n_bodies[head.end + 1]
        return 1.0 if between == 0 else 0.0
    if head.start > body.end:
        between = n_bodies[head.start] - n_bodies[body.end + 1]
        return -1.0 if between == 0 else 0.0
    inside = sum(1 for i in body.fragments if i < head.start)
    return 0.6 if inside <= 1 else 0.3  # within the body's own fragments: set into it


def _habit(shared: list[list[float]], near: list[list[float]]) -> tuple[float, float]:
    """How much standing above and below counts on this page, from the pairs that words make certain."""
    above = below = 0.0
    for row, places in zip(shared, near, strict=True):
        best = max(range(len(row)), key=row.__getitem__)
        others = [value for b, value in enumerate(row) if b != best]
        if row[best] < 0.4 or (others and row[best] - max(others) < 0.15):
            continue
        if places[best] > 0:
            above += 1
        elif places[best] < 0:
            below += 1
    n = above + below
    return (
        ADJACENT * (0.4 + 1.2 * (above + 1) / (n + 2)),
        ADJACENT * (0.4 + 1.2 * (below + 1) / (n + 2)),
    )


def _acceptable(gain: float, shared: float, near: float) -> bool:
    if shared >= SHARED:
        return gain >= ENOUGH
    return near != 0.0 and gain >= ENOUGH


def _is_subtitle(items: Sequence[Labelled], head: HeadBlock) -> bool:
    return SUBTITLE.match(items[head.start].plain) is not None


# ---------------------------------------------------------------- kickers and subtitles


def _complete(
    items: Sequence[Labelled],
    segments: Segments,
    titles: dict[int, int],
    shared: list[list[float]],
    near: list[list[float]],
    spoken: Sequence[int | None],
) -> Pairing:
    """The blocks that are no title go to the title beside them: above it a kicker, below it a subtitle."""
    heads = segments.heads
    runs = head_runs(items, heads)
    stacked = is_stacked(items, segments)
    kickers: dict[int, int] = {}
    if stacked:
        titles, kickers = _lower_blocks(items, heads, runs, titles, shared, near, spoken)
    titles = _left_over(items, segments, titles, kickers, shared, near)
    titles, kickers = _spoken_to_kickers(items, heads, runs, titles, kickers, shared, spoken)
    titles = {h: b for h, b in titles.items() if not _is_strangers(shared[h], b)}
    owner: dict[int, int] = {**kickers, **titles}
    for run in runs:
        for place, h in enumerate(run):
            if h in owner:
                continue
            above = run[place - 1] if place else None
            below = run[place + 1] if place + 1 < len(run) else None
            if is_label(items, heads[h]):
                continue
            one = items[heads[h].start].plain if len(heads[h].lines) == 1 else ""
            most = max(shared[h])
            if is_usual_slogan(one, most) or (below is not None and is_motto(one, most)):
                continue
            if _is_subtitle(items, heads[h]):
                if above is not None and above in owner:
                    owner[h] = owner[above]
                continue
            owner_above = owner.get(above) if above is not None else None
            owner_below = titles.get(below) if below is not None else None
            with_above = shared[h][owner_above] + SLIGHT / 2 if owner_above is not None else 0.0
            with_below = shared[h][owner_below] if owner_below is not None else 0.0
            enough = SHARED if stacked else SLIGHT
            if owner_above is not None and with_above >= max(enough, with_below):
                owner[h] = owner_above
            elif owner_below is not None and (with_below >= enough or len(heads[h].lines) == 1):
                owner[h] = owner_below
    headlines = _headlines(items, segments, owner, titles, shared)
    return Pairing(headlines, [heads[h] for h in range(len(heads)) if h not in owner])


def _headlines(
    items: Sequence[Labelled],
    segments: Segments,
    owner: Mapping[int, int],
    titles: Mapping[int, int],
    shared: Sequence[Sequence[float]],
) -> list[Headline]:
    """What each body has by `owner`, and how sure its title is."""
    heads = segments.heads
    headlines: list[Headline] = []
    unbroken = is_unbroken(items)
    for b in range(len(segments.bodies)):
        mine = sorted(h for h, body in owner.items() if body == b)
        title = next((h for h in mine if titles.get(h) == b), None)
        others = (
            sorted((shared[title][x] for x in range(len(segments.bodies)) if x != b), reverse=True)
            if title is not None
            else []
        )
        headlines.append(
            Headline(
                blocks=tuple(
                    block for h in mine for block in (by_line(heads[h]) if unbroken else [heads[h]])
                ),
                shared=shared[title][b] if title is not None else 0.0,
                runner_up=others[0] if others else 0.0,
            )
        )
    return headlines


def _lower_blocks(
    items: Sequence[Labelled],
    heads: Sequence[HeadBlock],
    runs: list[list[int]],
    titles: dict[int, int],
    shared: list[list[float]],
    near: list[list[float]],
    spoken: Sequence[int | None],
) -> tuple[dict[int, int], dict[int, int]]:
    """Titles and kickers: where blank lines part the two, the lower of a body's two blocks is its title."""
    moved, kickers = dict(titles), dict[int, int]()
    for run in runs:
        for upper, lower in pairwise(run):
            if (
                upper not in moved
                or lower in moved
                or _is_subtitle(items, heads[lower])
                or is_label(items, heads[lower])
            ):
                continue
            above = text_of(items, heads[upper].lines)
            below = text_of(items, heads[lower].lines)
            body = moved[upper]
            right_above = near[upper][body] == near[lower][body] == 1.0 and len(above) <= 9
            if (
                len(heads[upper].lines) == 1
                and not (len(heads[lower].lines) == 1 and spoken[lower] == body)
                and len(below) >= 0.75 * len(above)
                and (shared[lower][body] > 0 or right_above)
            ):
                moved[lower] = kickers[upper] = moved.pop(upper)
    return moved, kickers


#: A block that holds so much of another body is that body's.
STRANGER = 0.3


def _spoken_to_kickers(
    items: Sequence[Labelled],
    heads: Sequence[HeadBlock],
    runs: list[list[int]],
    titles: dict[int, int],
    kickers: dict[int, int],
    shared: list[list[float]],
    spoken: Sequence[int | None],
) -> tuple[dict[int, int], dict[int, int]]:
    """Where a title is only a clause of its body, the free block beside it is the title and it the kicker."""
    moved, above = dict(titles), dict(kickers)
    for run in runs:
        for place, h in enumerate(run):
            body = moved.get(h)
            if body is None or spoken[h] != body or body in above.values():
                continue
            free = [
                other
                for other in run[max(0, place - 1) : place + 2]
                if other not in moved
                and other not in above
                and max((s for b, s in enumerate(shared[other]) if b != body), default=0.0) < STRANGER
                and not _is_subtitle(items, heads[other])
                and _could_be_title(items, heads[other])
            ]
            if len(free) == 1:
                del moved[h]
                moved[free[0]], above[h] = body, body
    return moved, above


def _left_over(
    items: Sequence[Labelled],
    segments: Segments,
    titles: dict[int, int],
    kickers: dict[int, int],
    shared: list[list[float]],
    near: list[list[float]],
) -> dict[int, int]:
    """A body without a title takes the one block beside it that nobody wants, if there is just one."""
    out = dict(titles)
    bare = [b for b in range(len(segments.bodies)) if b not in titles.values()]
    free = [
        h
        for h, head in enumerate(segments.heads)
        if h not in {*titles, *kickers}
        and not (
            _is_subtitle(items, head) or is_label(items, head) or is_nobodys(items, head, max(shared[h]))
        )
    ]
    for b in bare:
        beside = [h for h in free if abs(near[h][b]) == 1.0 and not _leans_elsewhere(shared[h], b)]
        beside = [h for h in beside if not ANNOUNCES.search(items[segments.heads[h].end].plain)]
        rivals = [x for x in bare if x != b and any(near[h][x] != 0.0 for h in beside)]
        if len(beside) == 1 and not rivals and len(items[segments.heads[beside[0]].start].plain) >= 4:
            out[beside[0]] = b
    bare = [b for b in range(len(segments.bodies)) if b not in out.values()]
    free = [h for h in free if h not in out and _could_be_title(items, segments.heads[h])]
    speaks = len(bare) == 1 and len(free) == 1 and shared[free[0]][bare[0]] > 0.0
    if speaks and not _leans_elsewhere(shared[free[0]], bare[0]):
        out[free[0]] = bare[0]  # by elimination
    elif len(bare) == len(free) > 1 and not any(
        _leans_elsewhere(shared[h], b) for h, b in zip(free, bare, strict=True)
    ):
        whole = out | dict(zip(free, bare, strict=True))
        if len(out) > 1 and all(whole[a] < whole[b] for a, b in pairwise(sorted(whole))):
            return whole  # all others stand in the order of their bodies
    return out


def _elsewhere(shared: Sequence[float], body: int) -> bool:
    """Whether a block's words say that it belongs to another body."""
    return shared[body] < SHARED and max(shared) >= ELSEWHERE


#: A block that no words bind to a body is not lent to it where it shares so much more with another.
LEANS = 0.12


#: A title that its body hardly speaks of, and another one does so much more, is that other one's.
HARDLY, MORE = 0.15, 0.15


def _is_strangers(shared: Sequence[float], body: int) -> bool:
    return shared[body] < HARDLY and max(shared) - shared[body] >= MORE


def _leans_elsewhere(shared: Sequence[float], body: int) -> bool:
    return max(shared) - shared[body] > LEANS


def _could_be_title(items: Sequence[Labelled], head: HeadBlock) -> bool:
    text = text_of(items, head.lines)
    return (
        len(text) >= 8
        and not ANNOUNCES.search(text)
        and not re.search(r"[\u4e00-\u9fff][ \u3000]+[\u4e00-\u9fff]", text)
    )


def is_stacked(items: Sequence[Labelled], segments: Segments) -> bool:
    """Whether blank lines part the kicker from the title on this page, rather than the lines of one title.

    So it is where some headline has several lines without blank lines between, and on pages whose lines
    recognition joined: there a title of two lines stands on one.
    """
    if is_unbroken(items):
        return False
    near = sum(
        len(above.lines) == len(below.lines) == 1 and below.start == above.end + 1
        for above, below in pairwise(segments.heads)
    )
    stacked = sum(len(head.lines) > 1 for head in segments.heads)
    return is_recognised(items) or 4 * stacked > near
