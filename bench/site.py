"""What the site costs as it grows: the whole, one more day, nothing new; and Pelican on the same texts.

    python bench/site.py [--plain] [--pelican] [ISSUES ...]   50 articles an issue; 50, 100, 200 without

1000 issues are 50,000 articles; they take some minutes to be made. Seconds are of the clock, and behind them
of the processor, the search engine's too: what others do on the machine, and the disk, is the difference. MB
are those of all processes together; on the disk those of the site, and what of it is for search. With --plain
there is no search engine, as where the extra `search` is not installed. Words are drawn from jieba's
dictionary by their frequencies, so that keywords and words to search for are spread as in real text; regions
and papers by a power law, and one story in ten goes on with an earlier one. Each size runs in a process of
its own. With --pelican a virtual environment is made for it beside the bench, and it makes a page of every
article and every story out of the very same texts; what counts is the processor's time of a page, in the
same run.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import resource
import subprocess
import sys
import tempfile
import threading
import time
import venv
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date, timedelta
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import Any

import jieba

from digest.config import Config, SiteConfig
from digest.library import Library, Wanted
from digest.model import (
    Analysed,
    Article,
    Issue,
    Item,
    Keyword,
    Link,
    Paragraph,
    Place,
    Reference,
    Score,
    Section,
    Sentence,
    SourceText,
    Story,
    TopicGroup,
)
from digest.site import build, build_site

SIZES = (50, 100, 200)
ARTICLES = 50  # an issue; one in five is another paper's version of a story
FOLLOWING = 0.1  # of the stories go on with one of the week before
START = date(2031, 1, 1)
TOPICS = ("时政", "经济", "产业", "三农", "科技教育", "社会民生", "文化体育", "生态环境", "法治安全")
CONFIG = Config(site=SiteConfig(url="https://news.example.org/"))  # so that there are sitemaps
PAGES = ("article", "story")  # that Pelican makes too


@cache
def dictionary() -> tuple[list[str], list[int]]:
    """jieba's words of two characters and more, and the running sum of their frequencies."""
    lines = Path(jieba.__file__).with_name("dict.txt").read_text(encoding="utf-8").splitlines()
    pairs = [line.split(" ")[:2] for line in lines]
    longer = [(word, int(count)) for word, count in pairs if len(word) > 1]
    return [word for word, _ in longer], list(accumulate(count for _, count in longer))


class Language:
    """Words of the dictionary, drawn by frequency."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self._words, self._weights = dictionary()

    def words(self, n: int) -> list[str]:
        return self.random.choices(self._words, cum_weights=self._weights, k=n)

    def sentence(self) -> str:
        return "".join(self.words(self.random.randint(10, 22))) + "。"

    def ranked(self, n: int) -> int:
        """0 to n - 1, the first the most frequent."""
        return min(n - 1, int(self.random.paretovariate(0.8)) - 1)


def version(language: Language, name: str, place: Place) -> tuple[Analysed, SourceText]:
    """An article of six paragraphs, some 700 characters, with a summary of three sentences."""
    paragraphs = tuple(
        Paragraph("".join(language.sentence() for _ in range(3)), source=name) for _ in range(6)
    )
    title = "".join(language.words(6))
    paper = f"{place.path[-1]}日报{language.ranked(30)}"
    made = Article(name, 0, title, paper=paper, page=1 + language.ranked(8), paragraphs=paragraphs)
    sentences, at = [], 0
    for paragraph in paragraphs[:3]:
        end = paragraph.text.index("。") + 1
        sentences.append(Sentence(paragraph.text[:end], at, at + end))
        at += len(paragraph.text) + 1
    keywords = tuple(Keyword(word, 0.5) for word in dict.fromkeys(language.words(5)))
    return Analysed(made, sentences=tuple(sentences), keywords=keywords), SourceText(
        name, "article", made.text, f"{hash(name) & (2**64 - 1):064x}"
    )


def issue(day: int) -> Issue:
    language = Language(day)
    items, sources, n = [], [], 0
    while n < ARTICLES:
        place = Place(("全国",)) if language.random.random() < 0.2 else _place(language)
        members = []
        for _ in range(2 if n % 10 < 2 and n + 1 < ARTICLES else 1):
            made, source = version(language, f"in/{day}/{n}.txt", place)
            members.append(made)
            sources.append(source)
            n += 1
        story = Story(f"{day:06x}{len(items):06x}", members[0], tuple(members[1:]))
        topic = TOPICS[language.ranked(len(TOPICS))]
        follows = earlier(language, day) if language.random.random() < FOLLOWING else None
        items.append(Item(len(items) + 1, story, place, topic, Score(1.0), follows=follows))
    section = Section("全国", Place(("全国",)), (TopicGroup("经济", tuple(items)),))
    return Issue("简报", "", START + timedelta(day), None, (section,), sources=tuple(sources))


def earlier(language: Language, day: int) -> Link | None:
    """To a story of the week before."""
    before, number = day - language.random.randint(1, 7), language.random.randrange(ARTICLES // 2)
    if before < 0:
        return None
    to = Reference(START + timedelta(before), f"{before:06x}{number:06x}", "前事", number + 1)
    return Link("development", to, "同一件事的进展", 0.8)


def _place(language: Language) -> Place:
    province = language.ranked(30)
    path = (f"省{province}", f"市{language.ranked(12)}", f"县{language.ranked(10)}")
    return Place(path[: 2 + (language.random.random() < 0.3)], "100000")


def record(library: Library, out: Path, made: Issue) -> None:
    """As a build does, with a small page in place of the issue's own."""
    library.prepare(made, library.numbers("", made.date), f"{made.date.toordinal():064x}")
    library.confirm("", made.date)
    folder = out / made.date.isoformat()
    folder.mkdir(parents=True)
    (folder / "index.html").write_text("<!DOCTYPE html><title>一期</title>", encoding="utf-8")


def seconds(work: Callable[[], object]) -> tuple[float, float]:
    """By the clock, and of the processor: of this process and of those that it starts."""
    started, busy = time.perf_counter(), _busy()
    work()
    return time.perf_counter() - started, _busy() - busy


def _busy() -> float:
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(used.ru_utime + used.ru_stime for used in both)


class Memory(threading.Thread):
    """Watches how much memory this process and those that it starts hold together, and the most of it."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.peak_mb = 0.0

    def run(self) -> None:
        while True:
            pids = [str(os.getpid())]
            for task in Path("/proc/self/task").glob("*/children"):
                with suppress(OSError):
                    pids += task.read_text().split()
            self.peak_mb = max(self.peak_mb, sum(map(_resident_mb, pids)))
            time.sleep(0.05)


def _resident_mb(pid: str) -> float:
    with suppress(OSError):
        found = re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
        return int(found[1]) / 1024 if found else 0.0
    return 0.0


def megabytes(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 2**20


# One character, common words, several, a name that is nowhere; each by itself and narrowed.
SOUGHT = (
    "碳",
    "人",
    "国",
    "发展",
    "中国",
    "聊城",
    "新质生产力",
    "工作",
    "经济 发展",
    "中国 人民 社会",
    "发展 -工作",
    "钱小满",
)
NARROWED = (
    Wanted(),
    Wanted(newest_first=True),
    Wanted(region="省0"),
    Wanted(region="省3/市2"),
    Wanted(topic="时政", region="省1"),
    Wanted(paper="市0日报0"),
    Wanted(until=START + timedelta(20)),
)


def search_ms(library: Library) -> tuple[float, float]:
    """Of every word, narrowed in every way: the median and the slowest, each the better one of two."""
    library.search("先")
    taken = sorted(
        min(seconds(lambda: library.search(word, wanted))[0] for _ in range(2))  # noqa: B023
        for word in SOUGHT
        for wanted in NARROWED
    )
    return 1000 * taken[len(taken) // 2], 1000 * taken[-1]


def measure(n_issues: int, keep: str, *, is_plain: bool) -> None:
    """One size, a line of JSON; with `keep` the texts are left there for Pelican."""
    if is_plain:
        build.find_engine = lambda: None
    memory = Memory()
    memory.start()
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out"
        with Library(Path(folder) / "library.sqlite3", create=True) as library:
            for day in range(n_issues):
                record(library, out, issue(day))
            whole = seconds(lambda: build_site(library, out, CONFIG))
            n_pages = sum(1 for _ in out.rglob("*.html")) - n_issues
            n_texts = sum(1 for name in PAGES for _ in (out / name).rglob("*.html"))
            again = seconds(lambda: build_site(library, out, CONFIG))
            record(library, out, issue(n_issues))
            day = seconds(lambda: build_site(library, out, CONFIG))
            searches = search_ms(library)
        sizes = megabytes(out), megabytes(out / "search")
        if keep:
            write_texts(Path(keep), n_issues)
    print(
        json.dumps(
            {
                "issues": n_issues,
                "pages": n_pages,
                "texts": n_texts,
                "whole": whole,
                "day": day,
                "again": again,
                "search_ms": searches,
                "load": os.getloadavg()[0],
                "peak_mb": memory.peak_mb,
                "site_mb": sizes,
            }
        )
    )


# ---------------------------------------------------------------- Pelican


def write_texts(folder: Path, n_issues: int) -> None:
    """A file of Markdown for every article and every story."""
    folder.mkdir(parents=True, exist_ok=True)
    for day in range(n_issues):
        made = issue(day)
        for item in made.items:
            lead = item.story.lead
            _write(folder, f"s{day}-{item.number}", made, item, lead, [s.text for s in lead.sentences])
            for n, member in enumerate(item.story.members):
                texts = [paragraph.text for paragraph in member.article.paragraphs]
                _write(folder, f"a{day}-{item.number}-{n}", made, item, member, texts)


def _write(folder: Path, name: str, made: Issue, item: Item, told: Analysed, paragraphs: list[str]) -> None:
    head = (
        f"Title: {told.article.title}\nDate: {made.date}\nSlug: {name}\nCategory: {item.topic}\n"
        f"Tags: {', '.join(keyword.word for keyword in told.keywords)}\nAuthor: {told.article.paper}\n\n"
    )
    (folder / f"{name}.md").write_text(head + "\n\n".join(paragraphs) + "\n", encoding="utf-8")


def pelican_seconds(texts: Path, python: Path) -> tuple[tuple[float, float], int, int]:
    """How long Pelican takes with its theme `simple`; how many pages it makes, of texts and in all."""
    with tempfile.TemporaryDirectory() as out:
        settings = Path(out) / "conf.py"
        settings.write_text(
            "SITENAME='简报'\nTHEME='simple'\nDEFAULT_LANG='zh'\nTIMEZONE='Asia/Shanghai'\nCACHE_CONTENT=False\n"
        )
        target = Path(out) / "site"
        command = [str(python), "-m", "pelican", str(texts), "-o", str(target), "-s", str(settings), "-q"]
        taken = seconds(lambda: subprocess.run(command, check=True))
        return taken, sum(1 for _ in target.glob("[as][0-9]*.html")), sum(1 for _ in target.rglob("*.html"))


def pelican_python() -> Path:
    """A virtual environment with Pelican, beside this file; made once."""
    folder = Path(__file__).parent / ".pelican"
    python = folder / "bin" / "python"
    if not python.exists():
        venv.create(folder, with_pip=True)
        subprocess.run([str(python), "-m", "pip", "install", "-q", "pelican[markdown]"], check=True)
    return python


# ---------------------------------------------------------------- the table


def results(sizes: list[int], keep: Path | None, *, is_plain: bool) -> Iterator[dict[str, Any]]:
    for size in sizes:
        texts = str(keep) if keep and size == sizes[-1] else ""
        command = [sys.executable, __file__, "--measure", str(size), "--keep", texts]
        command += ["--plain"] if is_plain else []
        environment = os.environ | {"PYTHONHASHSEED": "0"}
        done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
        yield json.loads(done.stdout)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("sizes", nargs="*", type=int)
    parser.add_argument("--pelican", action="store_true")
    parser.add_argument("--plain", action="store_true")
    parser.add_argument("--measure", type=int)
    parser.add_argument("--keep", default="")
    arguments = parser.parse_args()
    if arguments.measure:
        measure(arguments.measure, arguments.keep, is_plain=arguments.plain)
        return
    with tempfile.TemporaryDirectory() as folder:
        texts = Path(folder) / "texts" if arguments.pelican else None
        print(
            "issues articles    pages   whole s (cpu) ms/page  day s (cpu)  none s  search ms: mid, max"
            "  MB  on disk: all, search"
        )
        for made in results(arguments.sizes or list(SIZES), texts, is_plain=arguments.plain):
            (whole, whole_cpu), (day, day_cpu) = made["whole"], made["day"]
            middle, slowest = made["search_ms"]
            print(
                f"{made['issues']:>6} {made['issues'] * ARTICLES:>8,} {made['pages']:>8,}"
                f" {whole:>9.1f} ({whole_cpu:.1f}) {1000 * whole_cpu / made['pages']:>7.2f}"
                f" {day:>7.2f} ({day_cpu:.2f}) {made['again'][0]:>7.2f}"
                f" {middle:>11.1f} {slowest:>6.1f} {made['peak_mb']:>8.0f}"
                f" {made['site_mb'][0]:>7.0f} {made['site_mb'][1]:>4.0f}   load {made['load']:.1f}",
                flush=True,
            )
        if texts is not None:
            taken, n, n_all = pelican_seconds(texts, pelican_python())
            print(f"Pelican: {taken[0]:.1f} ({taken[1]:.1f}) s, {n:,} pages of texts, {n_all:,} in all")
            ways = (("of texts", made["texts"], n), ("in all", made["pages"], n_all))
            for what, n_ours, n_theirs in ways:
                ours, theirs = 1000 * made["whole"][1] / n_ours, 1000 * taken[1] / n_theirs
                print(f"a page {what}: Pelican {theirs:.2f} ms, digest {ours:.2f}, ratio {theirs / ours:.2f}")


if __name__ == "__main__":
    main()
