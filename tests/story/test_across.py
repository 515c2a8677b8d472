"""Today's stories beside those of earlier issues and beside each other. A case is a file."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from digest.config import MergeConfig
from digest.model import Analysed, Article, Paragraph, Printed, Reference, Story
from digest.story import merge
from digest.story.across import MAX_LINKS, look_across
from digest.story.links import series_of
from digest.story.news import news_in

GOLDEN = Path(__file__).parent.parent / "golden"
ACROSS = sorted((GOLDEN / "across").glob("*.json"))
LINKS = sorted((GOLDEN / "links").glob("*.json"))
CONFIG = MergeConfig()
DAY = date(2031, 5, 16)


def stories_of(rows: list[dict[str, Any]]) -> dict[int, Story]:
    """The stories of a case, by the index of their leading articles."""
    articles = [
        Article(
            row["source"],
            n,
            row["title"],
            published=date.fromisoformat(row["published"]),
            paragraphs=tuple(Paragraph(line) for line in row["text"].split("\n")),
            paper=row.get("paper", ""),
        )
        for n, row in enumerate(rows)
    ]
    stories = merge([Analysed(article) for article in articles], CONFIG)
    return {story.lead.article.index: story for story in stories}


def printed(stories: dict[int, Story], day: date) -> tuple[Printed, ...]:
    return tuple(
        Printed(Reference(day, story.id, story.lead.article.title, n + 1, 7), story)
        for n, story in stories.items()
    )


def read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", ACROSS, ids=lambda path: path.stem)
def test_what_an_earlier_issue_has(path: Path) -> None:
    """Each story of the day is known, follows an earlier one or is new, as its file says."""
    case = read(path)
    today = stories_of(case["today"])
    first = max(date.fromisoformat(row["published"]) for row in case["earlier"])
    day = max(first + timedelta(1), *(date.fromisoformat(row["published"]) for row in case["today"]))
    across = look_across(list(today.values()), printed(stories_of(case["earlier"]), first), day, CONFIG)

    def found(story: Story) -> str:
        return "known" if story.id in across.known else "follows" if story.id in across.follows else "new"

    assert [found(today[n]) for n in sorted(today)] == [row["expect"] for row in case["today"]]


@pytest.mark.parametrize("path", LINKS, ids=lambda path: path.stem)
def test_what_belongs_together(path: Path) -> None:
    """The stories of the case are linked as its file says, both ways, and no others."""
    case = read(path)
    stories = stories_of(case["articles"])
    assert len(stories) == len(case["articles"])
    across = look_across(list(stories.values()), (), DAY, CONFIG)
    index = {story.id: n for n, story in stories.items()}
    found = {(index[a], index[tie.story], tie.kind) for a, ties in across.ties.items() for tie in ties}

    assert found == {link for a, b, kind in case["links"] for link in ((a, b, kind), (b, a, kind))}
    assert all(tie.reason for ties in across.ties.values() for tie in ties)


def test_the_link_back_names_issue_and_headline() -> None:
    """A story that goes on names the item that it goes on from, and is not linked to it twice."""
    case = read(GOLDEN / "across" / "finding_after_the_accident.json")
    (story,) = stories_of(case["today"]).values()
    (earlier,) = printed(stories_of(case["earlier"]), date(2031, 5, 11))
    across = look_across([story], [earlier], DAY, CONFIG)

    assert across.follows[story.id].to == earlier.reference
    assert across.follows[story.id].reason
    assert across.links.get(story.id, ()) == ()


def test_the_likeliest_of_several_earlier_items_is_followed() -> None:
    """Of two earlier items that are equally near the later one is the one to go back to."""
    case = read(GOLDEN / "across" / "finding_after_the_accident.json")
    (story,) = stories_of(case["today"]).values()
    earlier = stories_of(case["earlier"])
    past = [*printed(earlier, date(2031, 5, 12)), *printed(earlier, date(2031, 5, 11))]

    assert look_across([story], past, DAY, CONFIG).follows[story.id].to.date == date(2031, 5, 12)


@pytest.mark.parametrize("name", ["extended_report", "corrected_version"])
def test_news_is_news_once(name: str) -> None:
    """What an issue printed as going on from an earlier one is known to the next issue."""
    case = read(GOLDEN / "across" / f"{name}.json")
    (story,) = stories_of(case["today"]).values()
    past = [
        *printed(stories_of(case["earlier"]), date(2031, 5, 11)),
        *printed(stories_of(case["today"]), date(2031, 5, 12)),
    ]
    across = look_across([story], past, date(2031, 5, 13), CONFIG)

    assert across.known[story.id].printed.date == date(2031, 5, 12)
    assert across.follows == {}


def test_the_very_same_article_is_known_however_long_ago() -> None:
    """What the library recognises is not printed again, without a look at its words."""
    (story,) = stories_of(read(GOLDEN / "across" / "corrected_version.json")["today"]).values()
    reference = Reference(date(2030, 1, 1), "s", "标题", 3, 1)
    across = look_across([story], (), DAY, CONFIG, reprints={story.id: reference})

    assert across.known[story.id].printed == reference


def test_a_story_has_few_links() -> None:
    """A long series does not fill the page with links."""
    rows = [
        {
            "title": f"“走进老街”系列报道之{n}：{word}",
            "text": f"{word}的故事要从{n}月说起。",
            "source": "云州日报",
            "published": f"2031-07-0{n}",
        }
        for n, word in enumerate(("豆浆铺", "裁缝铺", "钟表匠", "旧书摊", "剃头担子", "修鞋匠"), 1)
    ]
    stories = stories_of(rows)
    across = look_across(list(stories.values()), (), DAY, CONFIG)

    assert {len(ties) for ties in across.ties.values()} == {MAX_LINKS}


@pytest.mark.parametrize(
    ("title", "series"),
    [
        ("小店里的大民生——“走进老街”系列报道之一", "走进老街"),
        ("一论基层治理要用好网格", "基层治理要用好网格"),
        ("老城新生记（上）", "老城新生记"),
        ("乡村振兴看云州 第三期", "乡村振兴看云州"),
        ("之一", ""),
        ("全市经济工作会议召开", ""),
        ("第三届云州菊花节开幕", ""),
        ("公务员之家2号楼封顶", ""),
    ],
)
def test_a_part_of_a_series_is_told_by_its_headline(title: str, series: str) -> None:
    """Only a mark of a part makes a series, and what is left of the headline names it."""
    assert series_of(Article("甲报", 0, title)) == series


def test_news_is_measured_in_sentences() -> None:
    """A sentence of background more is no news; a text that goes on with new sentences is."""
    case = read(GOLDEN / "across" / "extended_report.json")
    (longer,) = stories_of(case["today"]).values()
    (before,) = stories_of(case["earlier"]).values()

    news = news_in(longer, before)
    assert news
    assert news.reason.startswith("新增 ")
    text = longer.lead.article.text
    assert text[slice(*news.spans[0])].startswith("12日上午")
    assert all(text[slice(*span)] not in before.lead.article.text for span in news.spans)
    assert news_in(before, before) is None
    assert news_in(longer, longer) is None


@pytest.mark.parametrize("text", ["", "。" * 5000, "中" * 50_000, "\ud800\0", "1。" * 5000])
def test_hostile_text_has_no_news(text: str) -> None:
    """Empty, broken and endless text is looked at without an error."""
    story = Story("s", Analysed(Article("甲报", 0, text[:50], paragraphs=(Paragraph(text),))))

    assert news_in(story, story) is None
    assert look_across([story], [], DAY, CONFIG).known == {}
