"""For each line of a page: what it was taken for, and why."""

from __future__ import annotations

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


@dataclass(frozen=True, slots=True)
class Explained:
    """One line of the page. `number` counts the page's lines from 1."""

    number: int
    kind: str
    reason: str
    text: str


def explain_page(text: Tracked, *, source: str) -> list[Explained]:
    """The lines of a newspaper page that hold anything, in the order of the page.

    A transcript has no lines to tell apart and gives an empty list.
    """
    explained = [
        Explained(line.number + 1, NAMES[item.kind], item.reason, line.text.text)
        for item in read_page(text, source=source).labels
        for line in item.fragment.lines
    ]
    return sorted(explained, key=lambda one: one.number)
