"""Traditional script: when a text is written in it, and its Simplified copy.

The copy has the length of the original, so offsets in one hold in the other. Only OpenCC's `t2s` is used:
`tw2sp` rewrites place names, and on Simplified text even `t2s` would turn 乾县 into 干县, so nothing is
converted below `TRADITIONAL_SHARE`.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

# Share of the Han characters that `t2s` would change: at most 0.5 % in 1,700 Simplified news texts, 17.5 to
# 51 % in the same texts written in Traditional script, 36 % in a page with Simplified leftovers.
TRADITIONAL_SHARE = 0.12
SAMPLE_CHARS = 4000  # enough to decide; the share is that of the beginning of the text

_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")


def is_traditional(text: str) -> bool:
    """Whether `text` has so many Traditional characters that it should be analysed on a Simplified copy."""
    sample = text[:SAMPLE_CHARS]
    if _changing().isdisjoint(sample):  # a tenth of the time of a conversion, and the answer for nearly all
        return False
    copy = _convert(sample)
    if copy == sample:
        return False
    n_han = len(_HAN.findall(sample))
    n_changed = sum(a != b for a, b in zip(sample, copy, strict=True))
    return n_changed >= max(2.0, TRADITIONAL_SHARE * n_han)


def simplified(text: str) -> str:
    """A Simplified copy of `text`, character for character, so of the same length.

    Converts whatever it is given: ask `is_traditional` about the whole article first.
    """
    return _convert(text)


def _convert(text: str) -> str:
    converter = _opencc()
    safe = _SURROGATE.sub("\ufffd", text) if _SURROGATE.search(text) else text
    copy: str = converter.convert(safe)
    if len(copy) != len(text):  # one phrase of another length: convert character by character
        copy = "".join(_one(converter, char) for char in safe)
    return copy


def _one(converter: Any, char: str) -> str:
    converted: str = converter.convert(char)
    return converted if len(converted) == 1 else char


@cache
def _changing() -> frozenset[str]:
    """The characters that `t2s` changes, those of rare extensions left out; made in about 10 ms."""
    every = " ".join(map(chr, range(0x4E00, 0xA000)))
    return frozenset(old for old, new in zip(every, _convert(every), strict=True) if old != new)


@cache
def _opencc() -> Any:
    from opencc import OpenCC

    return OpenCC("t2s")
