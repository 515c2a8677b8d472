"""The end of an article that a tool wrote behind another one goes back to its own.

A column that is set apart, below a picture or at the foot of the page, may stand anywhere in the file, mostly
behind some other article's end. Where a sentence has ended, what follows has few words in common with what
stands above, many with another article of the page, and no headline of its own, it is that article's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from digest.page import fields
from digest.page.cohesion import SHORTEST, apart, apart_at_each, speaks_of
from digest.page.labelled import Labelled, text_of
from digest.page.pair import Pairing
from digest.page.segment import Body, Segments

#: Log-odds that a run is not of the article above it, at least, and of the other one, at most.
ALIEN, KIN = 1.5, -2.0
#: The other article is so much nearer than the next best, in nats.
AHEAD = 1.0
#: A body with a headline that shares so much with it is an article.
TITLED = 0.3
#: More bodies are no page, and the cost grows with their square.
MOST_BODIES = 40


@dataclass(frozen=True, slots=True)
class _Stray:
    fragments: tuple[int, ...]
    owner: Body
    gain: float  # how much nearer the owner is than what stands above, in nats


def gather_strays(items: Sequence[Labelled], segments: Segments, pairing: Pairing) -> list[Labelled]:
    """The items, each run of body fragments that strayed set behind the last fragment of its article."""
    if not 1 < len(segments.bodies) <= MOST_BODIES:
        return list(items)
    page = _Page(items, segments, pairing)
    strays = [stray for b in range(len(segments.bodies)) if (stray := page.stray(b))]
    gone = {i for stray in strays for i in stray.fragments}
    behind: dict[int, list[int]] = {}
    for stray in strays:
        kept = [i for i in stray.owner.fragments if i not in gone]
        if kept:
            behind.setdefault(kept[-1], []).extend(stray.fragments)
    moved = {i for group in behind.values() for i in group}
    out: list[Labelled] = []
    for i, item in enumerate(items):
        if i not in moved:
            out.append(item)
        out += [items[k] for k in behind.get(i, [])]
    return out


class _Page:
    def __init__(self, items: Sequence[Labelled], segments: Segments, pairing: Pairing) -> None:
        self.items = items
        self.bodies = segments.bodies
        self.headlines = pairing.headlines
        self.unused = [text_of(items, block.lines) for block in pairing.unused]
        self.texts = [text_of(items, body.fragments) for body in self.bodies]

    def stray(self, b: int) -> _Stray | None:
        """The end of a body that is another's, or the whole body where it has no beginning of its own."""
        body = self.bodies[b]
        best: _Stray | None = None
        places = self._places(b)
        odds = apart_at_each(tuple(self.items[i].plain for i in body.fragments)) if any(places) else []
        for k in places:
            text = text_of(self.items, body.fragments[k:])
            if len(text) < SHORTEST:
                break
            cohesion = odds[k] if k else 0.0
            alien = cohesion if k else ALIEN
            owner = self._owner(b, text) if alien >= ALIEN else None
            if owner is None or self._has_headline(b, text, self.texts[owner[1]]):
                continue
            found = _Stray(tuple(body.fragments[k:]), self.bodies[owner[1]], alien - owner[0])
            if best is None or found.gain > best.gain:
                best = found
        return best

    def _places(self, b: int) -> list[int]:
        """The fragments of a body from which on it may be another's."""
        body = self.bodies[b]
        return [
            k
            for k in range(len(body.fragments))
            if (self._ended(body.fragments[k - 1]) if k else not self._has_beginning(b))
        ]

    def _owner(self, b: int, text: str) -> tuple[float, int] | None:
        """The one other body that a text is of, with the log-odds that it is not."""
        odds = sorted(
            (apart(other, text), x) for x, other in enumerate(self.texts) if x != b and len(other) >= SHORTEST
        )
        if not odds or odds[0][0] > KIN or (len(odds) > 1 and odds[1][0] - odds[0][0] < AHEAD):
            return None
        return None if self._is_closed(self.bodies[odds[0][1]]) else odds[0]

    def _has_headline(self, b: int, text: str, other: str) -> bool:
        """Whether a headline that is free, or this body's, is of a text and not of the other one."""
        own = [text_of(self.items, block.lines) for block in self.headlines[b].blocks]
        inside = [self.items[i].plain for i in self.bodies[b].subheads]
        return any(speaks_of(line, text, other) for line in (*self.unused, *own, *inside))

    def _has_beginning(self, b: int) -> bool:
        body = self.bodies[b]
        lead = self.items[body.fragments[0]].lead
        return bool(body.bylines or body.jump_from or lead) or self.headlines[b].shared >= TITLED

    def _is_closed(self, body: Body) -> bool:
        """Whether a mark shows that a body has come to its end."""
        return body.jump_to is not None or fields.parse_tail_byline(self.items[body.end].plain) is not None

    def _ended(self, i: int) -> bool:
        return self.items[i].fragment.ended
