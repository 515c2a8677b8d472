#!/usr/bin/env python3
"""Regions beside other tools on the same rows: how often they answer, how often rightly, and how fast.

    DIGEST_EVAL=FOLDER python bench/regions.py [digest] [cpca] [jionlp]     (default: those installed)

Rows: regions_province.jsonl and regions_city.jsonl (gold from headlines that are withheld) and the rows
of labels.jsonl whose first reader named a place in China; and those where every reader said 全国 or
国际, where each answer is a wrong one. cpca 0.5 and jionlp 1.5 are development dependencies of this
program alone: `pip install cpca jionlp`. cpca is given the whole text, as its documentation has it; of
jionlp's `recognize_location` the place named most often counts. Columns: share of rows with an answer
below the nation, how many of those have the right first element (precision), how many of all rows have
the right first element and the right full path, and milliseconds a row.
"""

from __future__ import annotations

import importlib.util
import json
import os
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from digest.classify.gazetteer import FOREIGN, NATIONAL
from digest.classify.region import classify_regions
from digest.model import Article, Paragraph

Row = tuple[str, str, tuple[str, ...]]  # headline, body, gold path
Tool = Callable[[str, str], tuple[str, ...]]
ELSEWHERE = (NATIONAL, FOREIGN)
OUTSIDE = ("香港", "澳门", "台湾")
SUFFIXES = (
    "特别行政区", "维吾尔自治区", "壮族自治区", "回族自治区", "自治区", "省", "市", "地区", "盟", "自治州",
)  # fmt: skip


def short(name: str) -> str:
    """山东省 → 山东, as the gold writes places."""
    cut = next((name.removesuffix(s) for s in SUFFIXES if name.endswith(s)), name)
    return cut if len(cut) >= 2 else name


def as_path(*names: str | None) -> tuple[str, ...]:
    path = tuple(short(name) for name in names if name)
    return ("港澳台", *path) if path[:1] and path[0] in OUTSIDE else path


def digest_tool() -> Tool:
    def place(title: str, text: str) -> tuple[str, ...]:
        paragraphs = tuple(Paragraph(line) for line in text.split("\n"))
        return classify_regions(Article("", 0, title, paragraphs=paragraphs), None)[0].place.path

    return place


def cpca_tool() -> Tool:
    import cpca

    def place(title: str, text: str) -> tuple[str, ...]:
        found = cpca.transform([f"{title}\n{text}"]).to_dict("records")[0]
        return as_path(found["省"], found["市"] if found["市"] != "市辖区" else None)

    return place


def jionlp_tool() -> Tool:
    import jionlp

    def place(title: str, text: str) -> tuple[str, ...]:
        found = jionlp.recognize_location(f"{title}\n{text}")["domestic"] or []
        if not found:
            return ()
        best = max(found, key=lambda one: one[1])[0]
        return as_path(best["province"], best["city"])

    return place


TOOLS: dict[str, Callable[[], Tool]] = {"digest": digest_tool, "cpca": cpca_tool, "jionlp": jionlp_tool}


def read_jsonl(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def read_sets(folder: Path) -> dict[str, list[Row]]:
    sets = {
        name: [
            (str(d["title"]), str(d["text"]), tuple(d["path"])) for d in read_jsonl(folder / f"{name}.jsonl")
        ]  # type: ignore[arg-type]
        for name in ("regions_province", "regions_city")
    }
    items = {d["id"]: (str(d["title"]), str(d["text"])) for d in read_jsonl(folder / "labels_items.jsonl")}
    gold = read_jsonl(folder / "labels.jsonl")
    sets["labels in China"] = [
        (*items[d["id"]], tuple(d["region"]))  # type: ignore[arg-type]
        for d in gold
        if d["region"][0] not in ELSEWHERE  # type: ignore[index]
    ]
    sets["labels elsewhere"] = [
        (*items[d["id"]], tuple(d["region"]))  # type: ignore[arg-type]
        for d in gold
        if all(path[0] in ELSEWHERE for path in (d["region"], *d["regions_ok"]))  # type: ignore[index,misc]
    ]
    return sets


def measure(place: Tool, rows: Iterable[Row]) -> str:
    rows = list(rows)
    place(*rows[0][:2])  # dictionaries load at the first call
    before = time.perf_counter()
    answers = [place(title, text) for title, text, _ in rows]
    taken = time.perf_counter() - before
    given = [a for a in answers if a and a[0] not in ELSEWHERE]
    top = sum(bool(a) and a[0] == gold[0] for a, (_, _, gold) in zip(answers, rows, strict=True))
    full = sum(a[: min(len(gold), 2)] == gold[:2] for a, (_, _, gold) in zip(answers, rows, strict=True))
    n = len(rows)
    right = sum(a[0] == gold[0] for a, (_, _, gold) in zip(answers, rows, strict=True) if a in given)
    return (
        f"answers {len(given) / n:6.1%}  precision {right / max(len(given), 1):6.1%}  "
        f"first {top / n:6.1%}  path {full / n:6.1%}  {1000 * taken / n:7.2f} ms"
    )


def main() -> None:
    folder = os.environ.get("DIGEST_EVAL")
    if not folder:
        sys.exit("set DIGEST_EVAL to the folder of the development data")
    wanted = sys.argv[1:] or [name for name in TOOLS if importlib.util.find_spec(name)]
    sets = read_sets(Path(folder))
    for tool in wanted:
        place = TOOLS[tool]()
        for name, rows in sets.items():
            print(f"{tool:8} {name:16} n={len(rows):3}  {measure(place, rows)}", flush=True)


if __name__ == "__main__":
    main()
