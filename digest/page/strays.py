"""The end of an article that a tool wrote behind another one goes back to its own.

A column that is set apart, below a picture or at the foot of the page, may stand anywhere in the file,
mostly behind some other article's end. Where a sentence has ended, what follows has few words in common
with what stands above, and many with another article of the page, it is that article's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from digest.page import fields
from digest.page.cohesion import SHORTEST, WINDOW, apart
from digest.page.labelled import BODY, Labelled
from digest.page.pair import Pairing
from digest.page.segment import Body, Segments

#: Log-odds that a run is not of the article above it, at least, and of the other one, at most.
ALIEN, KIN = 1.5, -2.0
#: The other article is so much nearer than the next best, in nats.
AHEAD = 1.0
#: More bodies are no page, and the cost grows with their square.
MOST_BODIES = 40


@dataclass(frozen=True, slots=True)
class _Stray:
    fragments: tuple[int, ...]
    owner: Body


def gather_strays(items: Sequence[Labelled], segments: Segments, pairing: Pairing) -> list[Labelled]:
    """The items, each run of body fragments that strayed set behind the last fragment of its article."""
    if not 1 < len(segments.bodies) <= MOST_BODIES:
        return list(items)
    texts = [_text(items, body.fragments) for body in segments.bodies]
    strays = [
        stray
        for b in range(len(texts))
        if (stray := _stray(items, segments.bodies, texts, b, pairing.headlines[b].shared >= 0.3))
    ]
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


def _stray(
    items: Sequence[Labelled], bodies: Sequence[Body], texts: Sequence[str], b: int, titled: bool
) -> _Stray | None:
    """The longest end of a body that is another's, or the whole body where it has no beginning of its own."""
    body = bodies[b]
    best: tuple[float, _Stray] | None = None
    for k in range(len(body.fragments)):
        if k == 0 and (titled or _has_beginning(items, body)):
            continue
        if k and not items[body.fragments[k - 1]].fragment.ended:
            continue
        run = tuple(body.fragments[k:])
        text = _text(items, run)
        if len(text) < SHORTEST:
            break
        alien = apart(_text(items, body.fragments[:k]), text) if k else ALIEN
        if alien < ALIEN:
            continue
        found = _owner(items, bodies, texts, b, text)
        if found is not None and (best is None or alien - found[0] > best[0]):
            best = alien - found[0], _Stray(run, bodies[found[1]])
    return best[1] if best else None


def _owner(
    items: Sequence[Labelled], bodies: Sequence[Body], texts: Sequence[str], b: int, text: str
) -> tuple[float, int] | None:
    """The one body that a text is of, with the log-odds that it is not."""
    odds = sorted(
        (apart(other, text), x) for x, other in enumerate(texts) if x != b and len(other) >= SHORTEST
    )
    if not odds or odds[0][0] > KIN or (len(odds) > 1 and odds[1][0] - odds[0][0] < AHEAD):
        return None
    return None if _is_closed(items, bodies[odds[0][1]]) else odds[0]


def _has_beginning(items: Sequence[Labelled], body: Body) -> bool:
    return bool(body.bylines or body.jump_from) or items[body.fragments[0]].lead is not None


def _is_closed(items: Sequence[Labelled], body: Body) -> bool:
    """Whether a mark shows that a body has come to its end."""
    return body.jump_to is not None or fields.parse_tail_byline(items[body.end].plain) is not None


def _text(items: Sequence[Labelled], fragments: Sequence[int]) -> str:
    return "".join(items[i].plain for i in fragments if items[i].kind == BODY)[:WINDOW]
