"""How common a word is in general news and books, and what kind of word it is.

`frequencies.txt` is built by script/build_frequencies.py from the counts of jieba's own dictionary.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

# ln(60,101,967 / 30) = 14.5: a word that the table does not hold was counted fewer than 30 times.
RARE = 14.5


@dataclass(frozen=True, slots=True)
class Frequencies:
    """`weight` is ln(tokens/count) of a word, in nats; a word that has none is rare, mostly a name."""

    weight: dict[str, float]
    nouns: frozenset[str]
    verbs: frozenset[str]
    function_words: frozenset[str]


@cache
def frequencies() -> Frequencies:
    """The table, read once (about 10 ms)."""
    weight: dict[str, float] = {}
    kinds: dict[str, list[str]] = {"n": [], "v": [], "c": [], "f": []}
    lines = Path(__file__).with_name("frequencies.txt").read_text(encoding="utf-8").splitlines()
    for line in lines[1:]:
        kind, value, *words = line.split(" ")
        weight.update(dict.fromkeys(words, float(value)))
        kinds[kind].extend(words)
    return Frequencies(weight, frozenset(kinds["n"]), frozenset(kinds["v"]), frozenset(kinds["f"]))
