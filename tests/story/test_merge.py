from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from digest.config import MergeConfig
from digest.model import Analysed, Article, Paragraph, Story
from digest.story import merge

GOLDEN = Path(__file__).parent.parent / "golden" / "stories"
CASES = sorted(GOLDEN.glob("*.json"))


def read(path: Path) -> tuple[list[Analysed], list[str]]:
    """The articles of a golden case and the story of each."""
    rows = json.loads(path.read_text(encoding="utf-8"))["articles"]
    return [article(n, **row) for n, row in enumerate(rows)], [row["story"] for row in rows]


def article(
    index: int, title: str, text: str, source: str = "甲报", published: str = "", story: str = ""
) -> Analysed:
    paragraphs = tuple(Paragraph(line) for line in text.split("\n"))
    day = date.fromisoformat(published) if published else None
    return Analysed(Article(source, index, title, published=day, paragraphs=paragraphs, id=f"{index}{story}"))


def groups(stories: tuple[Story, ...]) -> set[frozenset[int]]:
    return {frozenset(member.article.index for member in story.members) for story in stories}


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_golden_case(path: Path) -> None:
    """The articles of the case are grouped as its file says."""
    articles, labels = read(path)
    wanted = defaultdict(set)
    for one, label in zip(articles, labels, strict=True):
        wanted[label].add(one.article.index)

    assert groups(merge(articles, MergeConfig())) == {frozenset(members) for members in wanted.values()}


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_order_of_reading_decides_nothing(path: Path) -> None:
    """The same articles in another order are the same stories."""
    articles, _ = read(path)
    shuffled = random.Random(5).sample(articles, len(articles))

    assert groups(merge(shuffled, MergeConfig())) == groups(merge(articles, MergeConfig()))


def test_all_cases_together() -> None:
    """Articles of all cases in one issue are still grouped case by case where cases do not share news."""
    names = ["told_anew", "one_person_two_meetings", "series", "two_senders", "figures_of_another_month"]
    rows: list[Any] = []
    for name in names:
        data = json.loads((GOLDEN / f"{name}.json").read_text(encoding="utf-8"))["articles"]
        rows += [row | {"story": name + row["story"]} for row in data]
    wanted = defaultdict(set)
    for n, row in enumerate(rows):
        wanted[row["story"]].add(n)
    stories = merge([article(n, **row) for n, row in enumerate(rows)], MergeConfig())

    assert groups(stories) == {frozenset(members) for members in wanted.values()}


def test_fullest_version_leads() -> None:
    """The version with most text is printed, and every other one says what it repeats and why."""
    articles, _ = read(GOLDEN / "shortened_wire_copy.json")
    (story,) = (s for s in merge(articles[::-1], MergeConfig()) if len(s.members) > 1)

    assert story.lead.article.source == "云州日报"
    assert {m.article for m in story.merges} == {member.article.id for member in story.others}
    assert all("正文重合" in m.reason and m.score > 0.5 for m in story.merges)


def test_late_version_does_not_lead() -> None:
    """A fuller version of days later does not push the first one away."""
    articles, _ = read(GOLDEN / "shortened_wire_copy.json")
    text = articles[0].article.text
    late = article(
        9, "云州二桥建成通车", text + "\n" + "大桥管理处说，节假日将限制货车。" * 5, "周报", "2031-04-06"
    )
    (story,) = (s for s in merge([late, *articles[:3]], MergeConfig()) if len(s.members) > 1)

    assert story.lead.article.index == 0


def test_version_without_headline_does_not_lead() -> None:
    """A headline that was printed counts more than a little more text."""
    articles, _ = read(GOLDEN / "same_paper_twice.json")
    first, second = (one.article for one in articles)
    bare = Article(
        "乙报", 7, published=first.published, paragraphs=(*first.paragraphs, Paragraph("全长三公里。"))
    )
    (story,) = merge([Analysed(bare), Analysed(second)], MergeConfig())

    assert story.lead.article is second


def test_ids_differ_where_stories_do() -> None:
    """The same headline and sentence outside the window gives a story with an id of its own."""
    articles, _ = read(GOLDEN / "window.json")
    rows = [
        article(n, "云州二桥建成通车", articles[0].article.text, published=f"2031-0{n + 1}-03")
        for n in range(3)
    ]
    ids = [story.id for story in merge(rows, MergeConfig())]

    assert len(set(ids)) == 3


def test_window_is_a_setting() -> None:
    """A wider window lets a late reprint in."""
    articles, _ = read(GOLDEN / "window.json")

    assert {0, 1} in groups(merge(articles, MergeConfig(window_days=90)))
    assert {2, 3} in groups(merge(articles, MergeConfig(window_days=-1)))


def test_hash_seed_changes_nothing() -> None:
    """Another process with another hash seed gives the same stories, reasons and scores."""
    code = (
        "from tests.story.test_merge import *\n"
        "for path in CASES: print([(s.id, s.merges) for s in merge(read(path)[0], MergeConfig())])"
    )
    outputs = set()
    for seed in ("1", "2"):
        env = os.environ | {"PYTHONHASHSEED": seed}
        outputs.add(
            subprocess.run([sys.executable, "-c", code], env=env, check=True, capture_output=True).stdout
        )

    assert len(outputs) == 1


HOSTILE = [
    "",
    " ",
    "\0",
    "\ud800",
    "，。！",
    "中" * 100_000,
    "（" * 20_000,
    "1" * 50_000,
    "a b " * 20_000,
    "\n" * 5000,
]


@pytest.mark.parametrize("title", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_survived(title: str) -> None:
    """Empty, broken and endless text, in headline and body, gives stories and no error."""
    rows = [article(n, title, text) for n, text in enumerate((title, "短。", ""))]

    assert sum(len(story.members) for story in merge(rows, MergeConfig())) == 3


def test_nothing_is_no_story() -> None:
    """Articles without text are not one story because they are equally empty."""
    rows = [article(n, "", "") for n in range(3)]

    assert len(merge(rows, MergeConfig())) == 3
    assert merge([], MergeConfig()) == ()


def test_many_copies_are_one_story() -> None:
    """A wire story that more papers carry than any list holds is still one story."""
    articles, _ = read(GOLDEN / "shortened_wire_copy.json")
    text = articles[0].article.text
    ends = [len(text) - n % 150 for n in range(150)]
    rows = [
        article(n, f"云州二桥{'建成' * (n % 2)}通车", text[:end], f"报{n}", "2031-04-03")
        for n, end in enumerate(ends)
    ]

    assert len(merge(rows, MergeConfig())) == 1
