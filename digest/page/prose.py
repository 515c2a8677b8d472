"""How much one text reads as going on in another: a small network over the characters beside a seam.

Six characters before and six behind have a vector each; a layer of rectified sums and the product of two
projections give one number (factors as in Rendle, Factorization Machines, 2010; the layer as in Bengio et
al., A Neural Probabilistic Language Model, 2003). It was trained to tell what follows in newspaper prose from
what follows elsewhere; script/train_prose.py does it, and only its weights are kept.
"""

from __future__ import annotations

import re
import string
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import chain

import numpy as np

#: Characters read on each side.
READ = 6
_SPACE = re.compile(r"\s+")
_FOLDED = str.maketrans(
    ",;:!?()" + string.digits + string.ascii_letters,
    "，；：！？（）" + 10 * "0" + len(string.ascii_letters) * "a",
)
NOTHING, UNKNOWN = 0, 1


@dataclass(frozen=True, slots=True)
class _Network:
    """For every place and character (2 · READ, characters, …) what it adds to the sums."""

    number: dict[int, int]
    layer: np.ndarray
    product: np.ndarray
    bias: np.ndarray
    out: np.ndarray
    out_bias: float


@cache
def _network() -> _Network:
    with files("digest.page").joinpath("prose.npz").open("rb") as file:
        held = np.load(file)
        before = held["before"].astype(np.float32) * held["before_scale"]
        behind = held["behind"].astype(np.float32) * held["behind_scale"]
        layer, product = (held[name].astype(np.float32) for name in ("layer", "product"))
        number = {0: NOTHING} | {ord(char): n for n, char in enumerate(str(held["characters"]), UNKNOWN + 1)}
        sides = [before] * READ + [behind] * READ
        return _Network(
            number,
            np.stack([side @ weight for side, weight in zip(sides, layer, strict=True)]),
            np.stack([side @ weight for side, weight in zip(sides, product, strict=True)]),
            held["bias"].astype(np.float32),
            held["out"].astype(np.float32),
            float(held["out_bias"]),
        )


def plain(text: str) -> str:
    """The text as the network reads it: no spaces, one digit, one letter, full-width punctuation."""
    return _SPACE.sub("", text).translate(_FOLDED)


def read_on(seams: Sequence[tuple[str, str]]) -> list[float]:
    """For each seam, the texts on its two sides, the log of how much likelier it is right than wrong."""
    if not seams:
        return []
    net = _network()
    numbers = [_numbers(net.number, before, after) for before, after in seams]
    places = np.fromiter(chain.from_iterable(numbers), np.intp, 2 * READ * len(seams)).reshape(-1, 2 * READ)
    hidden = sum(table[column] for table, column in zip(net.layer, places.T, strict=True)) + net.bias
    added = [table[column] for table, column in zip(net.product, places.T, strict=True)]
    bent = sum(added[:READ]) * sum(added[READ:])
    score = np.maximum(hidden, 0.0) @ net.out + bent.sum(1) + net.out_bias
    return [float(one) for one in score]


def _numbers(number: dict[int, int], before: str, after: str) -> list[int]:
    """The numbers of the characters before a seam, the nearest first, and of those behind it."""
    left, right = plain(before[-2 * READ :])[: -READ - 1 : -1], plain(after[: 2 * READ])[:READ]
    if len(left) < READ:
        left += "\0" * (READ - len(left))
    if len(right) < READ:
        right += "\0" * (READ - len(right))
    return [number.get(ord(char), UNKNOWN) for char in left + right]
