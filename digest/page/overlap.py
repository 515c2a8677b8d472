"""The words that headlines and captions share with the bodies of a page."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence, Set
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


def shared_words(
    items: Sequence[Labelled], bodies: Sequence[Body], heads: Sequence[HeadBlock]
) -> list[list[float]]:
    """shared[h][b]: the share of block h's bigrams, weighted by rarity, in body b; its start counts more."""
    return shared_by(items, bodies, [text_of(items, head.lines) for head in heads])


def shared_by(items: Sequence[Labelled], bodies: Sequence[Body], lines: Sequence[str]) -> list[list[float]]:
    """shared[n][b] of any lines of text."""
    texts = [text_of(items, body.fragments) for body in bodies]
    wanted = [dict.fromkeys(bigrams(line)) for line in lines]  # a set's order would show in the last digit
    every = frozenset().union(*wanted)
    whole = _holders(every, texts)
    opening = _holders(every, [text[:OPENING] for text in texts])
    n = len(bodies)
    shared: list[list[float]] = []
    for grams in wanted:
        weight = {gram: math.log((n + 1) / (len(whole.get(gram, ())) + 0.5)) + 0.1 for gram in grams}
        total = sum(weight.values()) or 1.0
        in_whole, in_first = _held(weight, whole, n), _held(weight, opening, n)
        shared.append(
            [
                (0.6 * everywhere + 0.4 * first) / total
                for everywhere, first in zip(in_whole, in_first, strict=True)
            ]
        )
    return shared


#: So many characters are a body's start.
OPENING = 260


def _holders(grams: Set[str], texts: Sequence[str]) -> dict[str, list[int]]:
    """The numbers of the texts that each of the bigrams stands in."""
    holders: dict[str, list[int]] = {}
    for number, text in enumerate(texts):
        for gram in grams & pairs_of(text):
            holders.setdefault(gram, []).append(number)
    return holders


def _held(weight: Mapping[str, float], holders: Mapping[str, Sequence[int]], n: int) -> list[float]:
    """The weight of the bigrams that each of n texts holds."""
    held = [0.0] * n
    for gram, w in weight.items():
        for number in holders.get(gram, ()):
            held[number] += w
    return held


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
