"""The words that headlines and captions share with the bodies of a page."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from operator import add

from digest.page.clauses import is_clause
from digest.page.labelled import Labelled, text_of
from digest.page.segment import Body, HeadBlock, Segments

#: Share of a block's weighted bigrams that a body must hold to count as sharing words with it.
SHARED = 0.22

#: What words are written with; the rest is punctuation and space.
WORD_CHARACTERS = (("\u3400", "\u4dbf"), ("\u4e00", "\u9fff"), ("0", "9"), ("A", "Z"), ("a", "z"))
_NOT_WORD = re.compile(f"[^{''.join('-'.join(span) for span in WORD_CHARACTERS)}]+")


def bigrams(text: str) -> list[str]:
    plain = _NOT_WORD.sub("", text)
    return list(map(add, plain, plain[1:]))


#: The bodies of a page are asked for their pairs again and again; a page has some dozens of them.
_KEPT = 512


@lru_cache(maxsize=_KEPT)
def pairs_of(text: str) -> frozenset[str]:
    """The different bigrams of a text."""
    return frozenset(bigrams(text))


@lru_cache(maxsize=8)
def _holders(texts: tuple[str, ...]) -> Counter[str]:
    """In how many of the texts each bigram stands."""
    held: Counter[str] = Counter()
    for text in texts:
        held.update(pairs_of(text))
    return held


def shared_words(
    items: Sequence[Labelled], bodies: Sequence[Body], heads: Sequence[HeadBlock]
) -> list[list[float]]:
    """shared[h][b]: the share of block h's bigrams, weighted by rarity, in body b; its start counts more."""
    return shared_by(items, bodies, [text_of(items, head.lines) for head in heads])


def shared_by(items: Sequence[Labelled], bodies: Sequence[Body], lines: Sequence[str]) -> list[list[float]]:
    """shared[n][b] of any lines of text."""
    texts = tuple(text_of(items, body.fragments) for body in bodies)
    whole = [pairs_of(text) for text in texts]
    opening = [pairs_of(text[:260]) for text in texts]
    held = _holders(texts)
    n = len(bodies)
    shared: list[list[float]] = []
    for line in lines:
        wanted = dict.fromkeys(bigrams(line))  # a set's order would show in the last digit
        weight = {gram: math.log((n + 1) / (held[gram] + 0.5)) + 0.1 for gram in wanted}
        total = sum(weight.values()) or 1.0
        row = []
        for every, first in zip(whole, opening, strict=True):
            in_whole = sum(w for gram, w in weight.items() if gram in every)
            in_first = sum(w for gram, w in weight.items() if gram in first)
            row.append((0.6 * in_whole + 0.4 * in_first) / total)
        shared.append(row)
    return shared


def spoken_by(items: Sequence[Labelled], head: HeadBlock, bodies: Sequence[Body]) -> int | None:
    """The body that says the block's only line word for word as a clause: such a line is mostly a kicker."""
    if len(head.lines) != 1:
        return None
    for b, body in enumerate(bodies):
        if is_clause(items[head.start].plain, text_of(items, body.fragments)):
            return b
    return None


def captions_to_bodies(items: Sequence[Labelled], segments: Segments) -> Segments:
    """Each caption to the body that it shares most words with; where none fits it stays where it was."""
    captions = sorted({i for body in segments.bodies for i in body.captions} | set(segments.loose_captions))
    if not captions or not segments.bodies:
        return segments
    owner = {i: b for b, body in enumerate(segments.bodies) for i in body.captions}
    shared = shared_words(items, segments.bodies, [HeadBlock((i,)) for i in captions])
    bodies = [replace(body, captions=[]) for body in segments.bodies]
    loose: list[int] = []
    for i, row in zip(captions, shared, strict=True):
        best = max(range(len(row)), key=row.__getitem__)
        if row[best] < SHARED and i in owner:
            best = owner[i]
        elif row[best] < SHARED:
            loose.append(i)
            continue
        bodies[best].captions.append(i)
    return Segments(bodies, segments.heads, loose)
