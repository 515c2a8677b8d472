"""Train digest/classify/data/topic_ngrams.tsv and print how well it does on what it has not seen.

    DIGEST_EVAL=…/eval python script/train_topics.py [--check]

Data: labels.jsonl with labels_items.jsonl (two readers), and the rows named in script/topic_labels.tsv
(one reader, by their ids). Nothing is downloaded. The model is a multinomial logistic regression on
damped, length-normalised counts of character 1- to 3-grams, trained on top of what the lexicon says (its
log sums are an offset), so that it learns only where the lexicon is silent or wrong. The file keeps
integer weights of n-grams that occur in at least MIN_TEXTS texts; no text can be read back from it. With
--check nothing is written.
"""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from digest.classify.columns import NAMES
from digest.classify.lexicon import lexicon, lexicon_sums
from digest.classify.ngram import SCALE, TEXT_CHARS, features
from digest.classify.topic import LEXICON_WEIGHT

ROOT = Path(__file__).resolve().parent.parent
MODEL = ROOT / "digest" / "classify" / "data" / "topic_ngrams.tsv"
LABELS = ROOT / "script" / "topic_labels.tsv"
FOLDS = 10
MIN_TEXTS = 4  # 2: twice the file for nothing; 8 loses 1 point
MAX_NGRAMS = 12_000
L2 = 2e-4
STEPS = 300
SECOND_LABEL = 0.15  # share of the target for each further label that a reader also accepts
FIRST_SET = "labels"


@dataclass(frozen=True)
class Row:
    key: str
    group: str  # labels: two readers; the name of the file otherwise
    title: str
    text: str
    topics: tuple[str, ...]  # the first is the reader's own, the others are right too


def read_jsonl(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def read_rows(folder: Path) -> list[Row]:
    items = {str(d["id"]): d for d in read_jsonl(folder / "labels_items.jsonl")}
    rows = []
    for gold in read_jsonl(folder / "labels.jsonl"):
        item = items[str(gold["id"])]
        topics = (str(gold["topic"]), *map(str, gold["topic_ok"]))  # type: ignore[call-overload]
        rows.append(Row(str(gold["id"]), FIRST_SET, str(item["title"]), str(item["text"]), topics))
    sets: dict[str, dict[str, dict[str, object]]] = {}
    for line in LABELS.read_text(encoding="utf-8").splitlines()[1:]:
        name, key, listed = line.split("\t")
        if name not in sets:
            sets[name] = {str(d["id"]): d for d in read_jsonl(folder / f"{name}.jsonl")}
        item = sets[name][key]
        rows.append(Row(key, name, str(item["title"]), str(item["text"]), tuple(listed.split(","))))
    return rows


def vocabulary(rows: list[dict[str, float]]) -> list[str]:
    seen: Counter[str] = Counter()
    for counts in rows:
        seen.update(gram for gram in counts if gram.strip() == gram and gram.isprintable())
    kept = [(n, gram) for gram, n in seen.items() if n >= MIN_TEXTS and n <= 0.5 * len(rows)]
    return sorted(gram for _, gram in sorted(kept, key=lambda one: (-one[0], one[1]))[:MAX_NGRAMS])


def matrix(rows: list[dict[str, float]], grams: list[str]) -> np.ndarray:
    index = {gram: i for i, gram in enumerate(grams)}
    x = np.zeros((len(rows), len(grams)), dtype=np.float32)
    for i, counts in enumerate(rows):
        for gram, value in counts.items():
            if gram in index:
                x[i, index[gram]] = value
    return x / np.maximum(np.linalg.norm(x, axis=1, keepdims=True), 1e-9)


def targets(rows: list[Row]) -> np.ndarray:
    y = np.zeros((len(rows), len(NAMES)), dtype=np.float32)
    for i, row in enumerate(rows):
        for topic in row.topics[1:]:
            y[i, NAMES.index(topic)] = SECOND_LABEL
        y[i, NAMES.index(row.topics[0])] = max(1.0 - SECOND_LABEL * (len(row.topics) - 1), 0.4)
    return y / y.sum(axis=1, keepdims=True)


def softmax(sums: np.ndarray) -> np.ndarray:
    odds = np.exp(sums - sums.max(axis=1, keepdims=True))
    return odds / odds.sum(axis=1, keepdims=True)


def fit(x: np.ndarray, offset: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Weights (n-grams × columns) and bias, by accelerated gradient descent on the penalised log loss."""
    w = np.zeros((x.shape[1], y.shape[1]), dtype=np.float32)
    b = np.zeros(y.shape[1], dtype=np.float32)
    dw, db = np.zeros_like(w), np.zeros_like(b)
    for _ in range(STEPS):
        error = softmax(x @ w + b + offset) - y
        dw = 0.9 * dw - 8.0 * (x.T @ error / len(x) + L2 * w)
        db = 0.9 * db - 0.3 * error.mean(axis=0)
        w, b = w + dw, b + db
    return w, b


def evaluate(rows: list[Row], counts: list[dict[str, float]], offset: np.ndarray) -> np.ndarray:
    """Each row's sums by a model that was trained without it."""
    y = targets(rows)
    order = np.random.default_rng(1).permutation(len(rows))
    sums = np.zeros_like(y)
    for fold in range(FOLDS):
        held = order[fold::FOLDS]
        train = np.setdiff1d(order, held)
        grams = vocabulary([counts[i] for i in train])
        w, b = fit(matrix([counts[i] for i in train], grams), offset[train], y[train])
        sums[held] = matrix([counts[i] for i in held], grams) @ w + b + offset[held]
    return sums


def report(name: str, rows: list[Row], sums: np.ndarray, offset: np.ndarray) -> None:
    for group in sorted({row.group for row in rows}):
        chosen = [i for i, row in enumerate(rows) if row.group == group]
        line = [f"{name} {group} n={len(chosen)}"]
        for label, table in (("lexicon", offset), ("both", sums)):
            first = [NAMES[int(np.argmax(table[i]))] for i in chosen]
            strict = sum(t == rows[i].topics[0] for t, i in zip(first, chosen, strict=True)) / len(chosen)
            lenient = sum(t in rows[i].topics for t, i in zip(first, chosen, strict=True)) / len(chosen)
            line.append(f"{label} {strict:.1%} / lenient {lenient:.1%}")
        print("  ".join(line))


def write(grams: list[str], w: np.ndarray, b: np.ndarray) -> None:
    scaled = np.rint(w * SCALE).astype(int)
    with MODEL.open("w", encoding="utf-8", newline="\n") as stream:
        stream.write("ngram\t" + " ".join(NAMES) + "\n")
        stream.write("\t" + " ".join(map(str, np.rint(b * SCALE).astype(int))) + "\n")
        for gram, weights in zip(grams, scaled, strict=True):
            if np.abs(weights).max() >= SCALE * 0.15:
                stream.write(gram + "\t" + " ".join(map(str, weights)) + "\n")


def main() -> None:
    folder = os.environ.get("DIGEST_EVAL")
    if not folder:
        sys.exit("set DIGEST_EVAL to the folder of the development data")
    rows = read_rows(Path(folder))
    counts = [features(row.title, row.text) for row in rows]
    known = lexicon()
    said = [lexicon_sums(row.title, row.text[:TEXT_CHARS], known)[0] for row in rows]
    offset = LEXICON_WEIGHT * np.log1p(np.array(said, dtype=np.float32))
    report("cross-validated", rows, evaluate(rows, counts, offset), offset)
    if "--check" in sys.argv:
        return
    grams = vocabulary(counts)
    w, b = fit(matrix(counts, grams), offset, targets(rows))
    write(grams, w, b)
    print(f"{MODEL.name}: {MODEL.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
