"""Make samples/ and tests/samples/gold.json from the texts in script/sample_texts.

    python script/make_samples.py            write everything
    python script/make_samples.py --check    compare the text samples only; exit code 1 if they differ

The PDF and the scanned page need the fonts of fonts-noto-cjk, fc-match and Pillow.

gold.json has an object for every page file: `file` (path below samples/), `articles`, `not_articles` (kind
and text of what is printed and is no article) and `x` (about the file). An article has what `digest read
--json` gives: kicker, title, subtitle, authors, agency, dateline_place, published, jump_to, jump_from,
paragraphs (as the file prints them, joined over lines and columns, without dateline, byline and jump
marks), captions, subheads; and in `x`: title_lines, byline_text, subhead_before (the paragraph each subhead
precedes), continues_in and continued_from (file#index), story (equal for versions of one wire report); for
recognised pages lost, paragraphs_clean, title_clean, vertical_headline, order_broken; for transcripts
speakers (one a paragraph). Rows have no gold here.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from sample_markup import epaper, posts, rows, transcript
from sample_master import Page, load_pages
from sample_pages import Made, flowing, recognised, wrapped

HERE = Path(__file__).resolve().parent
SAMPLES = HERE.parent / "samples"
GOLD = HERE.parent / "tests" / "samples" / "gold.json"


def make(page: Page) -> list[Made]:
    """The samples that come of one page of the master."""
    match page.form:
        case "wrapped":
            return [wrapped(page)]
        case "flowing":
            return [flowing(page)]
        case "ocr":
            return [recognised(page)]
        case "transcript":
            return [transcript(page)]
        case "rows":
            return [rows(page)]
        case "posts":
            return posts(page)
        case "epaper":
            return epaper(page)
        case "pdf":
            from sample_layout import printed  # needs fonts and Pillow, which a check does not

            return printed(page)
    raise ValueError(f"unknown form {page.form}")


def text_samples() -> list[Made]:
    """All samples but the PDF and the scan."""
    return [made for page in load_pages(HERE / "sample_texts") if page.form != "pdf" for made in make(page)]


def gold_json(samples: list[Made]) -> bytes:
    gold = [made.gold for made in sorted(samples, key=lambda made: made.file) if made.gold]
    return (json.dumps(gold, ensure_ascii=False, indent=1) + "\n").encode()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    if parser.parse_args().check:
        stale = [made.file for made in text_samples() if _there(SAMPLES / made.file) != made.data]
        for file in stale:
            print(f"{file}: differs from script/sample_texts, run script/make_samples.py", file=sys.stderr)
        return 1 if stale else 0
    samples = [made for page in load_pages(HERE / "sample_texts") for made in make(page)]
    for made in samples:
        path = SAMPLES / made.file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(made.data)
    GOLD.parent.mkdir(parents=True, exist_ok=True)
    GOLD.write_bytes(gold_json(samples))
    return 0


def _there(path: Path) -> bytes | None:
    return path.read_bytes() if path.exists() else None


if __name__ == "__main__":
    sys.exit(main())
