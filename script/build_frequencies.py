"""Build digest/text/frequencies.txt from the dictionary that jieba carries (MIT licence).

    python script/build_frequencies.py [OUT]

The counts in jieba's dictionary are those of general news and books; no text of any evaluation is used.
Words of one character, words counted fewer than MIN_COUNT times and words with other signs than Han
characters are left out. One line of the result holds the words of one class and one weight.
"""

from __future__ import annotations

import importlib.util
import math
import re
import sys
from collections import defaultdict
from pathlib import Path

MIN_COUNT = 30  # 59,000 words, 0.5 MB; the rest share the weight of a rare word
STEP = 0.25  # weights are rounded to this, in nats
NOUN_TAGS = frozenset(["n", "vn", "an", "j", "nz", "nr", "ns", "nt", "ng", "nrt", "nrfg", "nl", "x"])
FUNCTION_TAGS = frozenset(
    "r d p c u m q t f y e o k h zg ug uj ul uv ud uz rr rz mq mg tg".split(" ")  # noqa: SIM905
)
HAN = re.compile(r"[\u4e00-\u9fff]{2,}")


def word_class(tag: str) -> str:
    """n: names things; v: verbs; f: function words, numbers, times; c: all other content words."""
    if tag in NOUN_TAGS:
        return "n"
    if tag in FUNCTION_TAGS:
        return "f"
    return "v" if tag == "v" else "c"


def main() -> None:
    spec = importlib.util.find_spec("jieba")
    if spec is None or spec.origin is None:
        sys.exit("jieba is not installed")
    out = Path(sys.argv[1] if len(sys.argv) > 1 else "digest/text/frequencies.txt")
    entries = [
        line.split() for line in (Path(spec.origin).parent / "dict.txt").read_text("utf-8").splitlines()
    ]
    total = sum(int(count) for _, count, _ in entries)
    lines: dict[tuple[str, float], list[str]] = defaultdict(list)
    for word, count, tag in entries:
        if int(count) >= MIN_COUNT and HAN.fullmatch(word):
            weight = round(math.log(total / int(count)) / STEP) * STEP
            lines[word_class(tag), weight].append(word)
    head = f"# class, weight ln(total/count), words; {total} tokens; from the dictionary of jieba 0.42 (MIT)"
    body = [f"{kind} {weight:g} {' '.join(sorted(words))}" for (kind, weight), words in sorted(lines.items())]
    out.write_text("\n".join((head, *body)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
