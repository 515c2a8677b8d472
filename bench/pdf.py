"""Seconds and memory of setting an issue as PDF, and how well its lines stand.

    .venv/bin/python -m bench.pdf [--stories 21 200] [--themes jianbao newspaper plain]

The issues are the stories of the test sample over and over, each twice as long: Chinese prose with figures,
Latin words, quotation marks and dashes. Each row is one run in a process of its own, from its start to its
end: pages, seconds by the clock and of the processor (and the latter for each 100 pages), peak memory, size
of the file, the share of full lines that end within half a point of the right edge, lines that begin or end
with a mark that may not, and headings left alone at the foot of a page. The rows ``bare`` are the same pages
set by WeasyPrint without this project's own part. The load of the machine stands at the end: on a busy one
even the processor's seconds are longer, and only the ratio of the two rows says something.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

from digest.model import Issue
from digest.render.pdf import print_html
from digest.render.present import present
from digest.render.themes import find_theme
from digest.render.typeset import Job
from digest.render.view import IssueView
from tests.render.pages import Line, full_lines, last_lines, lines_of
from tests.render.sample import STORIES, make_issue, make_story

FLUSH = 0.5  # points
COLUMNS = {"jianbao": (79,), "plain": (79,), "newspaper": (40, 217, 394)}  # left edges in points
LABEL = re.compile(r"^(?:[0-9]+\.|[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）)")
FORBIDDEN_STARTS, FORBIDDEN_ENDS = "，。、；：！？）》”’」』】…%", "（《“‘「『【"
CHILD = """
import json, os, resource, sys, time
from pathlib import Path
from digest.render import justify, leader, memo
from digest.render.typeset import Job, typeset
import gc
if sys.argv[2] == "own":
    gc.disable()
else:
    justify.install = leader.install = memo.install = lambda: None
job = Job(**json.loads(sys.stdin.read()))
pdf = typeset(job)
Path(sys.argv[1]).write_bytes(pdf)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps([time.process_time(), peak]), flush=True)
os._exit(0)
"""


@dataclass(frozen=True)
class Measured:
    pages: int
    clock: float  # seconds
    seconds: float  # of the processor
    peak_mb: float
    file_mb: float
    full_lines: int
    flush: float
    forbidden: int
    orphans: int


def issue_of(n_stories: int) -> Issue:
    """An issue of about `n_stories` stories, twice as long as those of the sample."""
    issue = make_issue(max(1, n_stories // len(STORIES)))
    sections = []
    for section in issue.sections:
        groups = []
        for group in section.groups:
            items = []
            for item in group.items:
                row = STORIES[(item.number - 1) * len(STORIES) // len(issue.items)]
                story = make_story(*row[:3], row[3] * 2, row[4], item.number)
                items.append(replace(item, story=story))
            groups.append(replace(group, items=tuple(items)))
        sections.append(replace(section, groups=tuple(groups)))
    return replace(issue, sections=tuple(sections))


def measure(html: str, headings: set[str], theme: str, how: str) -> Measured:
    """Set `html` in a child process; `how` is "own" or "bare"."""
    folders = tuple(str(folder) for folder in find_theme(theme).folders)
    job = Job(
        html=html, folders=folders, identifier="0" * 32, variant="pdf/ua-1", seconds=900, memory_mb=9999
    )
    with TemporaryDirectory() as folder:
        path = Path(folder) / "issue.pdf"
        start = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-W", "ignore", "-c", CHILD, str(path), how],
            input=job.to_json(),
            capture_output=True,
            check=True,
        )
        clock = time.perf_counter() - start
        seconds, peak = json.loads(done.stdout.splitlines()[-1])
        pdf = path.read_bytes()
    lines = [one for one in lines_of(pdf, gutter=9) if not re.fullmatch("— ?[0-9]+ ?—|第[0-9]+版", one.text)]
    end = next((i for i, one in enumerate(lines) if one.text == "附：本期一览"), len(lines))
    # of the page that the appendix opens only the running head stands before it
    stories = [one for one in lines[:end] if end == len(lines) or one.page < lines[end].page]
    steps = Counter(one.baseline - after.baseline for one, after in pairwise(lines) if one.left == after.left)
    full = list(full_lines(lines, steps.most_common(1)[0][0], len(COLUMNS[theme])))
    flush = sum(abs(one.right - right) <= FLUSH for one, right in full) / max(1, len(full))
    return Measured(
        pages=lines[-1].page + 1,
        clock=clock,
        seconds=seconds,
        peak_mb=peak,
        file_mb=len(pdf) / 1e6,
        full_lines=len(full),
        flush=flush,
        forbidden=sum(one.text[0] in FORBIDDEN_STARTS or one.text[-1] in FORBIDDEN_ENDS for one in lines),
        orphans=sum(is_heading(line, headings) for line in last_lines(stories, COLUMNS[theme])),
    )


def headings_of(view: IssueView) -> set[str]:
    """All that stands above a text: titles of sections and topics, headlines with kicker and subtitle."""
    texts = [text for story in view.stories for text in (story.headline, story.kicker, story.subtitle)]
    texts += [section.title for section in view.sections] + list(view.topics)
    return {"".join(text.split()) for text in texts if text}


def is_heading(line: Line, headings: set[str]) -> bool:
    text = LABEL.sub("", line.text)
    return len(text) > 1 and "···" not in text and any(text in heading for heading in headings)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stories", type=int, nargs="+", default=[21, 200])
    parser.add_argument("--themes", nargs="+", default=["jianbao", "newspaper", "plain"])
    asked = parser.parse_args()
    print(
        "theme      how    stories pages  clock seconds  s/100p  peak MB  file MB  lines  flush  forbidden"
        "  orphans  load"
    )
    for n in asked.stories:
        issue = issue_of(n)
        view = present(issue)
        for theme in asked.themes:
            html = print_html(view, find_theme(theme))
            for how in ("own", "bare"):
                m = measure(html, headings_of(view), theme, how)
                print(
                    f"{theme:10} {how:6} {len(view.stories):7} {m.pages:5} {m.clock:6.1f} {m.seconds:7.1f}"
                    f" {100 * m.seconds / m.pages:7.1f} {m.peak_mb:8.0f} {m.file_mb:8.1f} {m.full_lines:6}"
                    f" {100 * m.flush:5.1f}% {m.forbidden:10} {m.orphans:8} {os.getloadavg()[0]:5.1f}",
                    flush=True,
                )


if __name__ == "__main__":
    main()
