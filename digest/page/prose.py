"""How much one text reads as going on in another: a small network over the characters beside a seam.

Eight characters before and eight behind have a vector each; a layer of rectified sums and the product of two
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
from typing import NamedTuple

import numpy as np

#: Characters read on each side.
READ = 8
_SPACE = re.compile(r"\s+")
_ASCII = string.digits + string.ascii_letters
_QUOTES = "“”「」『』＂"
_FOLDED = str.maketrans(
    ",;:!?()" + _QUOTES + _ASCII + "".join(chr(ord(char) + 0xFEE0) for char in _ASCII),
    "，；：！？（）" + len(_QUOTES) * '"' + 2 * (10 * "0" + len(string.ascii_letters) * "a"),
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
    """The text as the network reads it: no spaces, one digit, one letter, one quotation mark, wide stops."""
    return _SPACE.sub("", text).translate(_FOLDED)


def read_on(seams: Sequence[tuple[str, str]]) -> list[float]:
    """For each seam, the texts on its two sides, the log of how much likelier it is right than wrong."""
    if not seams:
        return []
    left, right = _left([before for before, _ in seams]), _right([after for _, after in seams])
    return [float(one) for one in _score(left.layer + right.layer, left.product * right.product)]


def read_on_each(before: Sequence[str], after: Sequence[str]) -> list[list[float]]:
    """`read_on` of every text before a seam with every text behind one; before × after."""
    if not before or not after:
        return [[] for _ in before]
    left, right = _left(before), _right(after)
    hidden = left.layer[:, None] + right.layer[None]
    scores: list[list[float]] = _score(hidden, left.product[:, None] * right.product[None]).tolist()
    return scores


class _Side(NamedTuple):
    """What the characters on one side of each of n seams add; n × units."""

    layer: np.ndarray
    product: np.ndarray


def _score(hidden: np.ndarray, bent: np.ndarray) -> np.ndarray:
    net = _network()
    # not BLAS, whose sums depend on how many there are
    shown: np.ndarray = (np.maximum(hidden + net.bias, 0.0) * net.out).sum(-1) + bent.sum(-1) + net.out_bias
    return shown


def _left(texts: Sequence[str]) -> _Side:
    """Of the texts before seams: the nearest character first."""
    return _summed([_last(text)[::-1].ljust(READ, "\0") for text in texts], range(READ))


def _right(texts: Sequence[str]) -> _Side:
    return _summed([_first(text).ljust(READ, "\0") for text in texts], range(READ, 2 * READ))


def _summed(sides: Sequence[str], columns: range) -> _Side:
    net = _network()
    codes = np.frombuffer("".join(sides).encode("utf-32-le", "surrogatepass"), np.uint32)
    places = net.number[np.minimum(codes, PLANE)].reshape(-1, READ).T
    tables = [(net.layer[n], net.product[n]) for n in columns]
    return _Side(
        sum(layer[place] for (layer, _), place in zip(tables, places, strict=True)),
        sum(product[place] for (_, product), place in zip(tables, places, strict=True)),
    )


def _last(text: str) -> str:
    near = text[-READ:]
    return _SPACE.sub("", text[-2 * READ :])[-READ:] if _SPACE.search(near) else near


def _first(text: str) -> str:
    near = text[:READ]
    return _SPACE.sub("", text[: 2 * READ])[:READ] if _SPACE.search(near) else near
