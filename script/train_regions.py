"""Fit the weights by which a region is chosen (WEIGHTS in digest/classify/choice.py); print how they do.

    DIGEST_EVAL=…/eval python script/train_regions.py

A conditional logit: each candidate of an article (the provinces named, 港澳台, 国际, 全国) has a handful
of numbers, their weighted sums become shares, and the weights make the shares of the right candidates as
large as they can be. Data: labels.jsonl (two readers), regions_province.jsonl and regions_city.jsonl,
whose gold comes from headlines that name a place and is wrong in about one city of ten (a leader called
长春, 阿里巴巴): they count less. Paste the printed table.
"""

from __future__ import annotations

import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from digest.classify.choice import WEIGHTS, features, tally
from digest.classify.gazetteer import FOREIGN, NATIONAL, gazetteer
from digest.classify.mentions import find_mentions
from digest.classify.resolve import resolve

TRUST = {"labels": 1.5, "regions_province": 1.0, "regions_city": 0.7}
FOLDS = 5
L2 = 0.5
STEPS = 400


@dataclass(frozen=True)
class Row:
    group: str
    names: list[str]
    x: np.ndarray  # candidates × features
    right: np.ndarray  # one flag a candidate


def read_jsonl(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def texts(folder: Path) -> list[tuple[str, str, str, set[str]]]:
    """Group, headline, body and the right first elements of every development row."""
    items = {str(d["id"]): d for d in read_jsonl(folder / "labels_items.jsonl")}
    found = []
    for gold in read_jsonl(folder / "labels.jsonl"):
        item = items[str(gold["id"])]
        right = {path[0] for path in (gold["region"], *gold["regions_ok"])}  # type: ignore[misc,index]
        found.append(("labels", str(item["title"]), str(item["text"]), right))
    for group in ("regions_province", "regions_city"):
        found += [
            (group, str(item["title"]), str(item["text"]), {item["path"][0]})  # type: ignore[index]
            for item in read_jsonl(folder / f"{group}.jsonl")
        ]
    return found


def rows(folder: Path) -> list[Row]:
    keys = {key: i for i, key in enumerate(WEIGHTS)}
    table = []
    for group, title, text, right in texts(folder):
        head = f"{title}\n" if title else ""
        tallies = tally(resolve(find_mentions(head + text, gazetteer()), None), len(head))
        names = sorted({*tallies, NATIONAL, FOREIGN})
        x = np.zeros((len(names), len(keys)))
        for i, name in enumerate(names):
            for key, value in features(name, tallies).items():
                x[i, keys[key]] = value
        table.append(Row(group, names, x, np.array([name in right for name in names])))
    return table


def fit(table: list[Row]) -> np.ndarray:
    w = np.zeros(len(WEIGHTS))
    speed = np.zeros_like(w)
    for _ in range(STEPS):
        slope = -L2 * w
        for row in table:
            if row.right.any():
                odds = np.exp(row.x @ w - (row.x @ w).max())
                share = odds / odds.sum()
                aim = share * row.right
                slope += TRUST[row.group] * (row.x.T @ (aim / aim.sum() - share))
        speed = 0.9 * speed + slope / len(table)
        w = w + 0.5 * speed
    return w


def hits(table: list[Row], w: np.ndarray) -> dict[str, list[bool]]:
    found: dict[str, list[bool]] = {}
    for row in table:
        found.setdefault(row.group, []).append(bool(row.right[int(np.argmax(row.x @ w))]))
    return found


def main() -> None:
    folder = os.environ.get("DIGEST_EVAL")
    if not folder:
        sys.exit("set DIGEST_EVAL to the folder of the development data")
    table = rows(Path(folder))
    order = np.random.default_rng(0).permutation(len(table))
    unseen: dict[str, list[bool]] = {}
    for fold in range(FOLDS):
        held = set(order[fold::FOLDS].tolist())
        w = fit([row for i, row in enumerate(table) if i not in held])
        for group, found in hits([table[i] for i in sorted(held)], w).items():
            unseen.setdefault(group, []).extend(found)
    for group, found in unseen.items():
        print(f"cross-validated {group} n={len(found)}  first element {np.mean(found):.1%}")
    w = fit(table)
    for key, value in zip(WEIGHTS, w, strict=True):
        print(f'    "{key}": {value:.2f},')


if __name__ == "__main__":
    main()
