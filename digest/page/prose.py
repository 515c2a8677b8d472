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

import numpy as np

#: Characters read on each side.
READ = 6
_SPACE = re.compile(r"\s+")
_ASCII = string.digits + string.ascii_letters
_FOLDED = str.maketrans(
    ",;:!?()" + _ASCII + "".join(chr(ord(char) + 0xFEE0) for char in _ASCII),
    "，；：！？（）" + 2 * (10 * "0" + len(string.ascii_letters) * "a"),
)
NOTHING, UNKNOWN = 0, 1
#: The last code point of the basic plane; characters beyond are unknown.
PLANE = 0xFFFF


@dataclass(frozen=True, slots=True)
class _Network:
    """For every place and character (2 · READ, characters, …) what it adds to the sums."""

    number: np.ndarray  # of a character, by its code point
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
        number = np.full(PLANE + 1, UNKNOWN, np.intp)
        number[0] = NOTHING
        for n, char in enumerate(str(held["characters"]), UNKNOWN + 1):
            number[ord(char)] = n
        for code, folded in _FOLDED.items():
            number[code] = number[folded]
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
    sides = "".join(_sides(before, after) for before, after in seams)
    codes = np.frombuffer(sides.encode("utf-32-le", "surrogatepass"), np.uint32)
    places = net.number[np.minimum(codes, PLANE)].reshape(-1, 2 * READ)
    hidden = sum(table[column] for table, column in zip(net.layer, places.T, strict=True)) + net.bias
    added = [table[column] for table, column in zip(net.product, places.T, strict=True)]
    bent = sum(added[:READ]) * sum(added[READ:])
    score = np.maximum(hidden, 0.0) @ net.out + bent.sum(1) + net.out_bias
    return [float(one) for one in score]


def _sides(before: str, after: str) -> str:
    """The characters before a seam, the nearest first, and those behind it, READ of each."""
    left, right = before[-READ:], after[:READ]
    if _SPACE.search(left):
        left = _SPACE.sub("", before[-2 * READ :])[-READ:]
    if _SPACE.search(right):
        right = _SPACE.sub("", after[: 2 * READ])[:READ]
    return left[::-1].ljust(READ, "\0") + right.ljust(READ, "\0")
