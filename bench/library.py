"""What a library costs as it grows: seconds to record a day, to read one and to look back, and its size.

    python bench/library.py [DAYS ...]      50 articles a day; 100 and 1,000 days without arguments

Recording must cost what the day holds, whatever the library holds: compare the rows.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from digest.library import Library
from digest.model import (
    Analysed,
    Article,
    Evidence,
    Issue,
    Item,
    Keyword,
    Paragraph,
    Place,
    Region,
    Run,
    Score,
    Section,
    Sentence,
    SourceText,
    Story,
    Topic,
    TopicGroup,
)

ARTICLES = 50
LAST = 20  # days that are measured, the last ones
START = date(2031, 1, 1)
SIGNS = [chr(point) for point in range(0x4E00, 0x4E00 + 3000)]
CITIES = ("聊城", "太原", "绵阳", "赣州", "宝鸡", "洋县")


def article(chance: random.Random, day: int, n: int) -> tuple[Article, SourceText]:
    """An article of five paragraphs and 660 characters, each line of its source a run."""
    source = f"in/{day}/{n}.txt"
    paragraphs, start = [], 0
    for _ in range(5):
        text = "".join(chance.choices(SIGNS, k=131)) + "。"
        runs = tuple(Run(at, start + at + at // 20, min(20, 132 - at)) for at in range(0, 132, 20))
        paragraphs.append(Paragraph(text, runs, source))
        start += 140
    made = Article(source, 0, text[:18], paper=f"报{n % 30}", page=1 + n % 8, paragraphs=tuple(paragraphs))
    return made, SourceText(source, "page", made.text, f"{day:032x}{n:032x}")


def issue(day: int) -> Issue:
    chance = random.Random(day)
    items, sources = [], []
    for n in range(ARTICLES):
        made, source = article(chance, day, n)
        place = Place(("省", CITIES[n % len(CITIES)]), "100000")
        evidence = tuple(Evidence(made.text[i : i + 2], i, i + 2, "地名", 1.0) for i in range(8))
        version = Analysed(
            made,
            sentences=(Sentence(made.text[:132], 0, 132, 0.5),),
            keywords=tuple(Keyword(made.text[i : i + 2], 0.5) for i in range(5)),
            regions=(Region(place, 1.0, evidence),),
            topics=(Topic("经济", "04", 1.0, evidence),),
        )
        items.append(Item(n + 1, Story(f"{day:06x}{n:06x}", version), place, "经济", Score(1.0)))
        sources.append(source)
    section = Section("全国", Place(("全国",)), (TopicGroup("经济", tuple(items)),))
    return Issue("简报", "", START + timedelta(day), None, (section,), sources=tuple(sources))


def seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def measure(days: int) -> None:
    with tempfile.TemporaryDirectory() as folder, Library(Path(folder) / "l.sqlite3", create=True) as library:

        def record(made: Issue) -> None:
            library.prepare(made, library.numbers("", made.date), "")
            library.confirm("", made.date)

        for day in range(days - LAST):
            record(issue(day))
        last = [issue(day) for day in range(days - LAST, days)]
        recording = sum(seconds(lambda made=made: record(made)) for made in last) / LAST
        again = sum(seconds(lambda made=made: record(made)) for made in last) / LAST
        reading = sum(seconds(lambda made=made: library.issue("", made.date)) for made in last) / LAST
        end = last[-1].date
        back = seconds(lambda: library.printed("", end - timedelta(14), end))
        listing = seconds(library.issues)
        label = seconds(lambda: library.stories("region", "省/聊城"))
        size = library.path.stat().st_size / 1e6
    print(
        f"{days:>6} {days * ARTICLES:>9,} {recording:>8.3f} {again:>8.3f} {reading:>8.3f} {back:>8.3f} "
        f"{listing:>8.3f} {label:>8.3f} {size:>8.0f}"
    )


def main() -> None:
    print("  days  articles   record    again     read  14 days     list    label       MB")
    for days in [int(argument) for argument in sys.argv[1:]] or [100, 1000]:
        measure(days)


if __name__ == "__main__":
    main()
