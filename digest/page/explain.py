"""For each line of a page: what it was taken for, and why."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from digest.page import read_page
from digest.text.tracked import Tracked

NAMES = {
    "body": "正文 body",
    "head": "标题 headline",
    "byline": "署名 byline",
    "caption": "图片说明 caption",
    "jump": "转版 jump",
    "furniture": "版面要素 furniture",
    "notice": "公告 notice",
}
NOT_TAKEN = "未收 left out"


@dataclass(frozen=True, slots=True)
class Explained:
    """One line of the page, or a piece of one that runs across columns. `number` counts the lines from 1."""

    number: int
    kind: str
    reason: str
    text: str


def explain_page(text: Tracked, *, source: str) -> list[Explained]:
    """The lines of a newspaper page that hold anything, in the order of the page.

    Where rows run across columns, one row gives a piece for each column, in the order of the row. A
    transcript has no lines to tell apart and gives an empty list.
    """
    ends = [match.start() for match in re.finditer("\n", text.text)]
    first = text.runs[0].start if text.runs else 0
    explained: list[tuple[int, Explained]] = []
    told: set[int] = set()
    for item in read_page(text, source=source).labels:
        for line in item.fragment.lines:
            start = line.text.runs[0].start - first
            number = bisect_left(ends, start)
            starts = [bisect_left(ends, run.start - first) for run in line.text.runs]
            told.update(*(range(min(n, number), max(n, number) + 1) for n in starts))
            explained.append((start, Explained(number + 1, NAMES[item.kind], item.reason, line.text.text)))
    if explained:
        for number, one in enumerate(text.splitlines()):
            if one.text.strip() and number not in told:
                start = one.runs[0].start - first
                explained.append(
                    (start, Explained(number + 1, NOT_TAKEN, "与邻栏相混，未收", one.text.strip()))
                )
    return [one for _, one in sorted(explained, key=lambda pair: pair[0])]
