"""The samples are what the script makes of its texts, and their gold is what the files print."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

ROOT = Path(__file__).parent.parent.parent
SAMPLES = ROOT / "samples"
GOLD: list[dict[str, Any]] = json.loads((Path(__file__).parent / "gold.json").read_text(encoding="utf-8"))
PDF_BYTES = 400_000
SCAN_BYTES = 600_000


def letters(text: str) -> str:
    """The text without white space, which no two forms of a page agree on."""
    return "".join(text.split())


def printed(path: Path) -> str:
    """All characters of a sample."""
    if path.suffix == ".pdf":
        return letters(pypdfium2.PdfDocument(path)[0].get_textpage().get_text_range().replace("\x02", ""))
    data = path.read_bytes()
    return letters(data.decode("gb18030" if path.suffix == ".htm" else "utf-8"))


def test_the_text_samples_are_what_the_script_makes() -> None:
    """Nobody edited a sample by hand: the script makes the same bytes again."""
    done = subprocess.run(
        [sys.executable, ROOT / "script" / "make_samples.py", "--check"], capture_output=True, check=False
    )

    assert done.stderr.decode() == ""
    assert done.returncode == 0


@pytest.mark.parametrize("entry", GOLD, ids=lambda entry: entry["file"])
def test_what_gold_says_is_printed(entry: dict[str, Any]) -> None:
    """Each headline, name, caption and half paragraph of the gold stands in its file."""
    text = printed(SAMPLES / entry["file"])
    missing = []
    for article in entry["articles"]:
        # a column or a vertical headline may cut a paragraph, so only its first characters are looked for
        starts = [paragraph[:6] for paragraph in article["paragraphs"]]
        lines = [] if article["x"].get("vertical_headline") else article["x"]["title_lines"]
        parts = [*starts, *lines, *article["authors"], *article["captions"], *article["subheads"]]
        missing += [part for part in parts if letters(part) not in text]

    assert missing == []


def test_halves_of_an_article_name_each_other() -> None:
    """Where gold says that an article goes on in a file, that file's gold says where it came from."""
    ids = {article["x"]["id"]: article for entry in GOLD for article in entry["articles"]}
    pairs = {(one, article["x"]["continues_in"]) for one, article in ids.items() if article["jump_to"]}

    assert len(pairs) >= 3
    assert pairs == {(ids[other]["x"]["continued_from"], other) for _, other in pairs}


def test_one_wire_story_is_printed_twice() -> None:
    """Two papers carry the same report, the second without its end and under another headline."""
    long, short = sorted(
        (article for entry in GOLD for article in entry["articles"] if "story" in article["x"]),
        key=lambda article: -len("".join(article["paragraphs"])),
    )

    assert long["title"] != short["title"]
    assert len(long["paragraphs"]) > len(short["paragraphs"])


def test_pages_in_pictures_stay_small() -> None:
    """The PDF and the scan are small enough to be kept beside the code."""
    (pdf,) = SAMPLES.glob("*.pdf")
    (scan,) = SAMPLES.glob("*.png")

    assert pdf.stat().st_size < PDF_BYTES
    assert scan.stat().st_size < SCAN_BYTES
