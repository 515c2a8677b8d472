#!/usr/bin/env python3
"""Reading pages: milliseconds for 10,000 characters, how that grows, and beside cutting them into words.

    python bench/reading.py PAGE…      (text pages and PDFs; default: the pages in samples/)

Each text page is read by itself; then pages one behind the other, cut at 2,500 to 40,000 characters, as one
page. The yardstick is `jieba.lcut` over the same texts in the same run: the least that any tool does with
Chinese text. PDFs are compared with what pypdfium2 takes to give their characters and nothing else.
Processor time, best of five, what one page leaves behind for the next forgotten; jieba and the tables of the
project are loaded first.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import jieba
import pypdfium2

from digest.config import Limits
from digest.page import language, read_page, spelling
from digest.page.fields import bylines, captions, furniture, jumps, leads
from digest.read import read_bytes
from digest.read.clean import clean
from digest.text.tracked import Tracked

ROUNDS = 5
LIMITS = Limits()
LENGTHS = (2_500, 5_000, 10_000, 20_000, 40_000)


def seconds(work: Callable[[], object]) -> float:
    """The least processor time of a few rounds, each without what an earlier one remembered."""
    best = float("inf")
    for _ in range(ROUNDS):
        forget()
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best


def forget() -> None:
    """Empty what the reading of a page remembers of its lines and seams."""
    for module in (language, spelling, bylines, captions, furniture, jumps, leads):
        for one in vars(module).values():
            if hasattr(one, "cache_info") and one.cache_info().maxsize:
                one.cache_clear()


def text_table(pages: Sequence[Tracked]) -> None:
    read_page(pages[0], source="warm")
    n = sum(map(len, pages))
    ours = seconds(lambda: [read_page(page, source="page") for page in pages])
    peer = seconds(lambda: [jieba.lcut(page.text) for page in pages])
    print(
        f"{len(pages)} text pages of {n / len(pages):,.0f} characters: {ours / n * 1e7:.0f} ms for 10,000, ",
        end="",
    )
    print(f"{ours / peer:.2f} times jieba.lcut ({peer / n * 1e7:.0f} ms)")
    everything = "\n\n".join(page.text for page in pages)
    for length in LENGTHS:
        if len(everything) >= length:
            page = Tracked.of(everything[:length])
            took = seconds(lambda page=page: read_page(page, source="page"))  # type: ignore[misc]
            print(f"  as one page of {length:6,}: {took / length * 1e7:5.0f} ms for 10,000")


def pdf_table(paths: Sequence[Path]) -> None:
    n_pages = 0

    def characters() -> None:
        nonlocal n_pages
        n_pages = 0
        for path in paths:
            with pypdfium2.PdfDocument(path) as document:
                n_pages += len(document)
                for page in document:
                    page.get_textpage().get_text_range()

    peer = seconds(characters)
    ours = seconds(lambda: [read_bytes(path.read_bytes(), path.name, LIMITS) for path in paths])
    print(
        f"{n_pages} PDF pages: {ours / n_pages * 1000:.0f} ms each, {ours / peer:.1f} times pypdfium2 alone"
    )


def main() -> None:
    samples = Path(__file__).parent.parent / "samples"
    given = [Path(name) for name in sys.argv[1:]] or sorted(samples.iterdir())
    jieba.initialize()
    texts = [clean(Tracked.of(p.read_text(encoding="utf-8"))) for p in given if p.suffix == ".txt"]
    if texts:
        text_table(texts)
    pdfs = [path for path in given if path.suffix == ".pdf"]
    if pdfs:
        pdf_table(pdfs)


if __name__ == "__main__":
    main()
