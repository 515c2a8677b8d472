"""Fit the weights that tell two articles from two halves of one (WEIGHTS in digest/page/cohesion.py).

    DIGEST_EVAL=…/eval python script/train_cohesion.py

Data: the articles of the pages' gold and of summaries_prose.jsonl, each cut at every paragraph's end: the two
halves are of one article; the first half and as long a piece of another article are not. Folds are of whole
articles. Prints accuracy and, for some thresholds, false boundaries and boundaries found; paste the weights.
"""

from __future__ import annotations

import json
import os
import random
from pathlib import Path

import numpy as np
import numpy.typing as npt

from digest.page.cohesion import SHORTEST, features

FOLDS = 5
THRESHOLDS = (0.0, 1.0, 2.0, 3.0, 4.0)
L2 = 1e-3

Floats = npt.NDArray[np.float64]


def articles(folder: Path) -> list[list[str]]:
    """The paragraphs of each article."""
    out: list[list[str]] = []
    for genre in "ABD":
        for page in json.loads((folder / "pages" / genre / "gold.json").read_text()):
            if genre != "D" or page["file"].endswith(".pdf"):
                out += [article["paragraphs"] for article in page["articles"]]
    for row in (folder / "summaries_prose.jsonl").read_text().splitlines():
        out.append([part.strip() for part in json.loads(row)["text"].split("\n") if part.strip()])
    return [paragraphs for paragraphs in out if len(paragraphs) > 1]


def examples(texts: list[list[str]]) -> tuple[Floats, Floats, Floats]:
    """Features, 1 where the two texts are of two articles, and the number of the first's article."""
    chance = random.Random(2)
    rows: list[tuple[float, ...]] = []
    labels: list[int] = []
    owners: list[int] = []
    for n, paragraphs in enumerate(texts):
        for k in range(1, len(paragraphs)):
            one, rest = "".join(paragraphs[:k]), "".join(paragraphs[k:])
            if min(len(one), len(rest)) < SHORTEST:
                continue
            strange = "".join(texts[(n + chance.randint(1, len(texts) - 1)) % len(texts)])[: len(rest)]
            rows += [features(one, rest), features(one, strange)]
            labels += [0, 1]
            owners += [n, n]
    return np.array(rows), np.array(labels, dtype=float), np.array(owners, dtype=float)


def fit(rows: Floats, labels: Floats) -> Floats:
    """Logistic regression by Newton's method."""
    weights = np.zeros(rows.shape[1])
    for _ in range(40):
        chances = 1 / (1 + np.exp(-rows @ weights))
        curve = (rows * (chances * (1 - chances))[:, None]).T @ rows + L2 * np.eye(rows.shape[1])
        weights += np.linalg.solve(curve, rows.T @ (labels - chances) - L2 * weights)
    return weights


def main() -> None:
    rows, labels, owners = examples(articles(Path(os.environ["DIGEST_EVAL"])))
    scores = np.zeros(len(labels))
    for fold in range(FOLDS):
        held = owners % FOLDS == fold
        scores[held] = rows[held] @ fit(rows[~held], labels[~held])
    print(f"{len(labels)} pairs; unseen: {np.mean((scores > 0) == (labels == 1)):.4f} right")
    for least in THRESHOLDS:
        false, found = np.mean(scores[labels == 0] > least), np.mean(scores[labels == 1] > least)
        print(
            f"at {least:.0f}: {false:.4f} of the boundaries in an article, {found:.4f} of those between two"
        )
    print("WEIGHTS =", tuple(round(float(w), 3) for w in fit(rows, labels)))


if __name__ == "__main__":
    main()
