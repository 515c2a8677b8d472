"""Measures the program on development data with the data's own scorers.

    DIGEST_EVAL=FOLDER python -m tests.eval.measure [NAME]...     figures as TOML, to compare with floors.toml

Names are read.A … read.F, labels, regions.province, regions.city, stories, summaries.prose and so on.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

DIGEST = [sys.executable, "-m", "digest"]
ANALYZE = " ".join([*DIGEST, "analyze", "-q", "--jsonl", "-"])

Figures = dict[str, float]

READ_FIGURES = ("page_score", "page_score_strict", "article_f1", "title_exact", "body_f1", "author_f1")
D_FORMS = {"D-pdf": ".pdf", "D-raw": ".raw.txt", "D-layout": ".layout.txt"}


def folder() -> Path | None:
    """The folder of the development data, or None where the environment names none."""
    name = os.environ.get("DIGEST_EVAL")
    return Path(name) if name and Path(name).is_dir() else None


def _run(command: list[str | Path], cwd: Path) -> str:
    done = subprocess.run([str(part) for part in command], cwd=cwd, capture_output=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{command}: {done.stderr.decode(errors='replace')[-2000:]}")
    return done.stdout.decode()


def _of_form(name: str, genre: str) -> bool:
    """Whether a gold file is of a genre; the four forms of the same pages in D are genres of their own."""
    if genre == "D-txt":
        return name.endswith(".txt") and name.count(".") == 1
    return name.endswith(D_FORMS.get(genre, ""))


def measure_reading(data: Path, genre: str) -> Figures:
    """The scorer's overall figures for `digest read` on the pages of one genre."""
    pages = data / "pages" / genre[0]
    gold = [one for one in json.loads((pages / "gold.json").read_text()) if _of_form(one["file"], genre)]
    files = [pages / one["file"] for one in gold]
    with tempfile.TemporaryDirectory() as work:
        read_path, gold_path = Path(work) / "read.json", Path(work) / "gold.json"
        gold_path.write_text(json.dumps(gold))
        read_path.write_text(_run([*DIGEST, "read", "-q", "--json", *files], data))
        scored = json.loads(
            _run([sys.executable, data / "score_read.py", gold_path, read_path, "--json"], data)
        )
    return {name: scored["overall"][name] for name in READ_FIGURES if scored["overall"][name] is not None}


def measure_labels(data: Path) -> Figures:
    """Region and topic against the labels of two readers, in per cent."""
    command = [sys.executable, "score_labels.py", "labels_items.jsonl", "labels.jsonl", "--digest", ANALYZE]
    scored = json.loads(_run([*command], data).splitlines()[-1])
    return {
        name: scored[name]
        for name in ("region", "region_lenient", "topic", "topic_lenient", "city", "country")
    }


def measure_regions(data: Path, level: str) -> Figures:
    """Region without the help of headlines, in per cent."""
    command = [sys.executable, "score_regions.py", f"regions_{level}.jsonl", "--digest", ANALYZE]
    scored = json.loads(_run([*command], data).splitlines()[-1])
    return {name: scored[name] for name in ("top", "full_path")}


def measure_stories(data: Path) -> Figures:
    """Pairs of rows in one story: precision, recall, F1; and the B-cubed F1."""
    command = [sys.executable, "score_stories.py", "stories.jsonl", "--digest", ANALYZE, "--json"]
    scored = json.loads(_run([*command], data))["all"]
    return {
        "pair_precision": scored["P"],
        "pair_recall": scored["R"],
        "pair_f1": scored["F"],
        "b3_f1": scored["bF"],
    }


def measure_summaries(data: Path, name: str, n_sentences: int) -> Figures:
    """ROUGE F1 by characters, and the number of sentences that are not verbatim."""
    digest = [*DIGEST, "summarize", "-q", "--jsonl", "--sentences", str(n_sentences), "-"]
    command = [sys.executable, "score_summaries.py", f"summaries_{name}.jsonl", str(n_sentences)]
    printed = _run([*command, "--digest", " ".join(digest)], data)
    rouge = re.search(r"^digest\s+R-1\s+([\d.]+)\s+R-2\s+([\d.]+)\s+R-L\s+([\d.]+)", printed, re.MULTILINE)
    wrong = re.search(r"not verbatim: (\d+)", printed)
    if not rouge or not wrong:
        raise RuntimeError(f"not understood: {printed[:500]}")
    return {
        "rouge_1": float(rouge[1]),
        "rouge_2": float(rouge[2]),
        "rouge_l": float(rouge[3]),
        "verbatim": 1.0 if wrong[1] == "0" else 0.0,
    }


MEASURES: dict[str, Callable[[Path], Figures]] = {
    **{
        f"read.{genre}": partial(measure_reading, genre=genre)
        for genre in ("A", "B", "C", "D-pdf", "D-raw", "D-txt", "D-layout", "E", "F")
    },
    "labels": measure_labels,
    "regions.province": partial(measure_regions, level="province"),
    "regions.city": partial(measure_regions, level="city"),
    "stories": measure_stories,
    "summaries.prose": partial(measure_summaries, name="prose", n_sentences=2),
    "summaries.headline": partial(measure_summaries, name="headline", n_sentences=1),
    "summaries.short": partial(measure_summaries, name="short", n_sentences=1),
}


def main() -> None:
    """Print the figures of the measures named, or of all."""
    data = folder()
    if data is None:
        sys.exit("DIGEST_EVAL names no folder")
    for name in sys.argv[1:] or MEASURES:
        sys.stdout.write(f"[{name}]\n")
        for figure, value in MEASURES[name](data).items():
            sys.stdout.write(f"{figure} = {value:.3f}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
