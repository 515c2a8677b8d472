"""Finding what was printed, by words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from digest.library import Library, Wanted, search
from digest.library.search import SNIPPET_CHARS, passage
from digest.model import Analysed, Article, Issue, Item, Paragraph, Place, Score, Section, Story, TopicGroup

DAY = date(2026, 3, 18)
LIAOCHENG = Place(("山东", "聊城"), "371500")
NATION = Place(("全国",))
# headline, text, paper, place, topic
NEWS = (
    ("园区算清双碳账", "工业园区建成碳计量站。钱小满负责运行。", "江城日报", LIAOCHENG, "生态环境"),
    ("會議推動減碳", "會議在臺灣舉行，談新質生產力。", "并州新报", NATION, "国际"),
    ("大学习活动开讲", "聊城市开讲新课。", "江城日报", LIAOCHENG, "文化"),
    ("大学迎来新生", "一所大学迎来ＡＩ专业的新生，不谈学习。", "并州新报", NATION, "科技教育"),
    ("A100芯片问世", "芯片A100在实验室问世。", "并州新报", NATION, "科技教育"),
)


def issue_of(day: date, news: tuple[tuple[str, str, str, Place, str], ...] = NEWS) -> Issue:
    items = []
    for n, (headline, text, paper, place, topic) in enumerate(news, 1):
        article = Article(
            "rows.jsonl", n, headline, paper=paper, page=n, paragraphs=(Paragraph(text),), id=str(n)
        )
        items.append(Item(n, Story(f"{n:012x}", Analysed(article)), place, topic, Score(1.0)))
    section = Section("全国", NATION, (TopicGroup("时政", tuple(items)),))
    return Issue("简报", "", day, None, (section,))


def publish(library: Library, issue: Issue) -> None:
    library.prepare(issue, library.numbers("", issue.date), "")
    library.confirm("", issue.date)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library(tmp_path / "digest.sqlite3", create=True) as library:
        publish(library, issue_of(DAY))
        yield library


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("碳", {1, 2}),
        ("双碳", {1}),
        ("聊城", {3}),
        ("新质生产力", {2}),
        ("台湾", {2}),
        ("臺灣", {2}),
        ("钱小满", {1}),
        ("ai", {4}),
        ("a100", {5}),
        ("A100芯片", {5}),
        ("碳 聊城", set()),
        ("碳 -双碳", {2}),
        ("计量碳", set()),
        ("账工", set()),
        ('"', set()),
        ("-碳", set()),
        ('碳" OR body:"聊', set()),
    ],
)
def test_words_of_any_length_are_found(library: Library, words: str, numbers: set[int]) -> None:
    """One character, two, a name, a phrase of dictionary words, either script, Latin; and nothing else."""
    assert {hit.number for hit in library.search(words)} == numbers


def test_a_word_comes_before_the_same_characters_in_another_word(library: Library) -> None:
    """大学 is found in 大学习 too, behind the articles that have the word."""
    assert [hit.number for hit in library.search("大学")] == [4, 3]


def test_a_search_can_be_narrowed(library: Library) -> None:
    """By days, region and those below it, topic, paper, edition, and number."""
    publish(library, issue_of(DAY + timedelta(1), (*NEWS[:1], NEWS[1])))

    def days(**wanted: object) -> list[tuple[int, int]]:
        found = library.search("碳", replace(Wanted(), **wanted))  # type: ignore[arg-type]
        return sorted((hit.day.day, hit.number) for hit in found)

    assert days() == [(19, 1), (19, 2)]
    assert days(until=DAY) == [(18, 1), (18, 2)]
    assert days(region="山东") == days(region="山东/聊城") == days(paper="江城日报") == [(19, 1)]
    assert days(topic="国际") == [(19, 2)]
    assert days(edition="city") == []
    assert len(days(limit=1)) == 1


def test_the_newest_can_come_first(library: Library) -> None:
    """In place of the best."""
    publish(library, issue_of(DAY + timedelta(1), (("随笔", "文中提到大学一次。", "晚报", NATION, "文化"),)))

    wanted = Wanted(newest_first=True)
    assert library.search("大学", wanted)[0].headline == "随笔"
    assert library.search("大学")[0].headline == "大学迎来新生"


def test_what_is_rebuilt_is_found_as_it_is_now(library: Library) -> None:
    """An article that is gone from its issue is not found, and one that came is."""
    publish(library, issue_of(DAY, (("新稿", "只有这一句话。", "江城日报", NATION, "时政"),)))

    assert library.search("碳") == ()
    assert [hit.headline for hit in library.search("一句")] == ["新稿"]


def test_a_prepared_issue_is_not_found(library: Library) -> None:
    """Before it is confirmed nobody has published it."""
    issue = issue_of(DAY + timedelta(1), (("新稿", "只有这一句话。", "江城日报", NATION, "时政"),))
    library.prepare(issue, library.numbers("", issue.date), "")

    assert library.search("一句") == ()


def test_a_library_of_before_is_indexed_when_it_is_searched(library: Library) -> None:
    """Articles that were stored without an index get one at the first search."""
    with closing(sqlite3.connect(library.path)) as connection:
        connection.execute("DELETE FROM entries")
        connection.execute("INSERT INTO unindexed SELECT id FROM stories WHERE number IS NOT NULL")
        connection.commit()

    assert {hit.number for hit in library.search("碳")} == {1, 2}
    assert {hit.number for hit in library.search("双碳")} == {1}


def test_of_very_many_hits_the_newest_are_ranked(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    """An older one is found by its days, whatever it would be worth, and by what narrows the search."""
    monkeypatch.setattr(search, "RANKED", 2)
    news = tuple((f"通稿{n}", f"第{n}篇谈到大学一次。", "晚报", NATION, "文化") for n in range(3))
    publish(library, issue_of(DAY + timedelta(1), news))

    def headlines(**wanted: object) -> set[str]:
        return {hit.headline for hit in library.search("大学", Wanted(limit=1, **wanted))}  # type: ignore[arg-type]

    assert headlines() <= {"通稿1", "通稿2"}
    assert headlines(until=DAY) == {"大学迎来新生"}
    assert headlines(topic="科技教育") == {"大学迎来新生"}


def test_what_is_gone_takes_no_place_of_what_is_there(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However often a day was built with other articles, those that are printed are found."""
    monkeypatch.setattr(search, "RANKED", 2)
    for n in range(5):
        news = tuple((f"第{n}稿之{m}", "文中谈到大学。", "晚报", NATION, "文化") for m in range(2))
        publish(library, issue_of(DAY + timedelta(1), news))
    publish(library, issue_of(DAY + timedelta(1), NEWS[:1]))

    assert [hit.number for hit in library.search("大学", Wanted(limit=1))] == [4]
    assert [hit.headline for hit in library.search("双碳")] == ["园区算清双碳账"]


def test_an_article_of_another_topic_now_is_found_by_that(library: Library) -> None:
    """What a story is filed under may change when its day is built again."""
    headline, text, paper, place, _ = NEWS[0]
    publish(library, issue_of(DAY, ((headline, text, paper, place, "经济"), *NEWS[1:])))

    assert [hit.topic for hit in library.search("双碳", Wanted(topic="经济"))] == ["经济"]
    assert library.search("双碳", Wanted(topic="生态环境")) == ()
    assert len(library.search("双碳")) == 1


def test_an_article_in_two_issues_is_found_by_the_days_of_both(library: Library) -> None:
    """And once: as it stood in the newer one."""
    publish(library, issue_of(DAY + timedelta(9)))

    assert [hit.day for hit in library.search("双碳")] == [DAY + timedelta(9)]
    assert [hit.day for hit in library.search("双碳", Wanted(until=DAY))] == [DAY]
    assert [hit.day for hit in library.search("双碳", Wanted(since=DAY + timedelta(1)))] == [
        DAY + timedelta(9)
    ]


def test_a_passage_is_verbatim_around_the_word() -> None:
    """It begins at the sentence where that is near, ends within the paragraph, and marks each word."""
    text = (
        "头一句说别的。"
        + "很长的铺垫" * 9
        + "直到说起双碳目标，双碳又来。"
        + "后面还有" * 30
        + "\n下一段也有双碳。"
    )
    found = passage(text, ("双碳",))

    assert text[found.start : found.end] == found.text
    assert len(found.text) <= SNIPPET_CHARS
    assert [found.text[a:b] for a, b in found.marks] == ["双碳", "双碳"]
    assert passage("第一句。双碳在此。\n另一段。", ("双碳",)).text == "双碳在此。"
    assert passage("没有这个词。", ("双碳",)).text == "没有这个词。"
