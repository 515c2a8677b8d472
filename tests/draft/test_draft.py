"""A draft: what it offers, what an editor may do with it, and what is refused."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from digest.compose import compose
from digest.config import Config
from digest.draft import draft_text, edited
from digest.draft.entries import numbered
from digest.draft.parse import parse_draft, read_draft
from digest.errors import DraftError
from digest.model import (
    Analysed,
    Article,
    Issue,
    Item,
    Paragraph,
    Place,
    Reading,
    Region,
    Sentence,
    Story,
    Topic,
)
from digest.render.issue_json import issue_json
from digest.story.across import Across, Tie

DAY = date(2031, 4, 2)
NATION, LIAOCHENG = Place(("全国",)), Place(("山东", "聊城"), "371500")
TEXT = (
    "长渠一期4月1日通水，灌溉农田十二万亩。沿线三座泵站同日启用。\n"
    "二期工程将于秋后开工，工期十八个月，投资四亿元。市水务局负责人说，水价暂不调整。"
)


def story(name: str, place: Place = NATION, topic: str = "时政", text: str = TEXT) -> Story:
    article = Article(
        "甲报.txt", ord(name[0]), name, paragraphs=tuple(Paragraph(p) for p in text.split("\n")), id=name
    )
    spans = numbered(article, ())[:2]
    sentences = tuple(Sentence(article.text[a:b], a, b, 0.5) for a, b in spans)
    return Story(
        f"id-{name}",
        Analysed(
            article, sentences=sentences, regions=(Region(place, 1.0),), topics=(Topic(topic, "", 1.0),)
        ),
    )


@pytest.fixture
def issue() -> Issue:
    """Three stories in two sections, two of them linked, and one that is too short."""
    stories = (
        story("甲"),
        story("乙", topic="三农"),
        story("丙", LIAOCHENG),
        story("丁", text="短讯一则。就此完。"),
    )
    across = Across(ties={"id-甲": (Tie("id-乙", "乙", "event", "相近", 0.5),)})
    return compose(stories, Reading(), DAY, Config(), across)


def draft(issue: Issue, *edits: tuple[str, str]) -> str:
    text = draft_text(issue, ["papers"], "draft.toml")
    for before, after in edits:
        assert before in text
        text = text.replace(before, after, 1)
    return text


def entry(issue: Issue, name: str, *edits: tuple[str, str]) -> str:
    """The draft with edits to one entry."""
    text = draft(issue)
    start = text.index(f'id = "id-{name}"')
    end = text.find("[[story]]", start)
    block = text[start : end if end > 0 else None]
    changed = block
    for before, after in edits:
        assert before in changed
        changed = changed.replace(before, after, 1)
    return text.replace(block, changed)


def made(issue: Issue, text: str) -> Issue:
    return edited(issue, parse_draft(text, "draft.toml"))


def names(issue: Issue) -> list[str]:
    return [item.story.lead.article.title for item in issue.items]


def item(issue: Issue, name: str) -> Item:
    return next(one for one in issue.items if one.story.id == f"id-{name}")


# ---------------------------------------------------------------- what it offers


def test_a_draft_that_nobody_edits_is_the_issue(issue: Issue) -> None:
    """Written and given back as it is, it makes the very same issue."""
    assert made(issue, draft(issue)) == issue
    assert issue_json(made(issue, draft(issue))) == issue_json(issue)


def test_a_draft_has_an_entry_for_every_story(issue: Issue) -> None:
    """Those left out too, with the reason, so that an editor can take them in."""
    text = draft(issue)
    data = tomllib.loads(text)

    assert [one["id"] for one in data["story"]] == ["id-甲", "id-乙", "id-丙", "id-丁"]
    assert [one["keep"] for one in data["story"]] == [True, True, True, False]
    assert "# 未收：正文过短" in text
    assert (data["date"], data["sources"], data["sections"]) == (DAY, ["papers"], ["全国", "山东·聊城"])


def test_the_sentences_of_the_source_stand_numbered_in_comments(issue: Issue) -> None:
    """Every sentence of the leading article can be read beside its number, and the chosen ones are named."""
    text = draft(issue)

    for number, span in enumerate(numbered(issue.items[0].story.lead.article, ()), 1):
        assert f"# {number:>3}　{TEXT[slice(*span)]}" in text
    assert "sentences = [1, 2]" in text


@pytest.mark.parametrize(
    "text",
    [
        '“引号”"直引号"\'\'\'"""\\u0041。完了。',
        "\0\x1b[31m\u202e\ud800。完了。",
        "# [[story]]\r\nid = 1。完了。",
    ],
)
def test_hostile_words_stay_words(text: str) -> None:
    """Quotes, controls, line ends and TOML in headline and text cannot break out of a string or a comment."""
    one = story("甲", text=TEXT + text)
    lead = replace(one.lead, article=replace(one.lead.article, title=text, paper=text))
    issue = compose([replace(one, lead=lead)], Reading(), DAY, Config())
    draft_of = draft_text(issue, ["a\nb\ud800"], "draft.toml")

    assert [row["id"] for row in tomllib.loads(draft_of)["story"]] == ["id-甲"]
    assert made(issue, draft_of) == issue


# ---------------------------------------------------------------- what an editor may do


def test_a_story_can_be_dropped(issue: Issue) -> None:
    """It is listed as the editor's choice, numbers close up, and links to it are dropped."""
    result = made(issue, entry(issue, "乙", ("keep = true", "keep = false")))

    assert names(result) == ["甲", "丙"]
    assert (result.left_out[0].story.id, result.left_out[0].reason) == ("id-乙", "编者未选")
    assert [one.number for one in result.items] == [1, 2]
    assert item(result, "甲").links == ()


def test_a_story_that_was_left_out_can_be_taken_in(issue: Issue) -> None:
    """The program's reason does not bind the editor."""
    result = made(issue, entry(issue, "丁", ("keep = false", "keep = true")))

    assert names(result) == ["甲", "丁", "乙", "丙"]
    assert result.left_out == ()
    assert result.ledger.n_printed == 4


def test_stories_can_be_ordered_and_moved(issue: Issue) -> None:
    """By `order`, by another section, and by the order of the sections; links follow the new numbers."""
    text = entry(issue, "乙", ("order = 2", "order = 0.5"))
    assert names(made(issue, text)) == ["乙", "甲", "丙"]
    assert [link.to.number for link in item(made(issue, text), "甲").links] == [1]

    text = entry(issue, "丙", ('section = "山东·聊城"', 'section = "全国"'))
    assert [s.title for s in made(issue, text).sections] == ["全国"]

    text = draft(issue, ('["全国", "山东·聊城"]', '["今日要闻", "山东·聊城", "全国"]'))
    text = text.replace('section = "全国"', 'section = "今日要闻"', 1)
    assert [s.title for s in made(issue, text).sections] == ["今日要闻", "山东·聊城", "全国"]


def test_the_issue_has_a_preface(issue: Issue) -> None:
    """The 按语 of the whole issue is the draft's; a draft without the key leaves the configuration's."""
    issue = replace(issue, preface="第一段。\n第二段。")
    text = draft(issue)

    assert edited(issue, parse_draft(text, "draft.toml")).preface == issue.preface
    emptied = text.replace("第一段。\n第二段。", "")
    assert edited(issue, parse_draft(emptied, "draft.toml")).preface == ""
    without = "\n".join(
        line for line in draft(replace(issue, preface="")).splitlines() if "preface =" not in line
    )
    assert edited(issue, parse_draft(without, "draft.toml")).preface == issue.preface


def test_a_headline_and_a_note_can_be_written(issue: Issue) -> None:
    """They are the editor's own words, and kept apart from the newspaper's."""
    text = entry(
        issue, "甲", ('headline = ""', 'headline = "编者的标题"'), ('note = ""', 'note = "见附件二。"')
    )
    one = item(made(issue, text), "甲")

    assert (one.headline, one.note) == ("编者的标题", "见附件二。")
    assert one.story.lead.article.title == "甲"


def test_sentences_are_chosen_by_number(issue: Issue) -> None:
    """In the order written, word for word as in the source, with offsets and paragraph."""
    one = item(made(issue, entry(issue, "甲", ("sentences = [1, 2]", "sentences = [4, 1]"))), "甲")
    text = one.story.lead.article.text

    assert [s.text for s in one.story.lead.sentences] == [
        "市水务局负责人说，水价暂不调整。",
        "长渠一期4月1日通水，灌溉农田十二万亩。",
    ]
    assert all(text[s.start : s.end] == s.text for s in one.story.lead.sentences)
    assert [s.paragraph for s in one.story.lead.sentences] == [1, 0]
    assert [s.score for s in one.story.lead.sentences] == [0.0, 0.5]


def test_what_came_in_later_is_named(issue: Issue) -> None:
    """A story that the draft does not know is left out with the reason, not printed unseen."""
    text = draft(issue)
    start = text.index("[[story]]")
    cut = text[:start] + text[text.index("[[story]]", start + 1) :]
    result = made(issue, cut)

    assert names(result) == ["乙", "丙"]
    assert result.left_out[0].reason == "草稿中没有，来源后来有增加"


# ---------------------------------------------------------------- what is refused


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (("sentences = [1, 2]", "sentences = [1, 9]"), r"sentences: 没有第 9 句，共 4 句"),
        (("sentences = [1, 2]", "sentences = []"), r"sentences: 至少选一句"),
        (("sentences = [1, 2]", "sentences = [0]"), r"第 \d+ 行，第 1 条: sentences: 0 不是句子的序号"),
        (("sentences = [1, 2]", 'sentences = ["改写的话。"]'), r"sentences: '改写的话。' 不是句子的序号"),
        (("sentences = [1, 2]", "sentences = [1, 1]"), r"sentences: 第 1 句写了两次"),
        (("sentences = [1, 2]", "sentences = 1"), r"sentences: 应为列表"),
        (('section = "全国"', 'section = "全囯"'), r"section: “全囯” 不在 sections 里"),
        (("keep = true", 'keep = "yes"'), r"keep: 应为true 或 false"),
        (("order = 1", "order = true"), r"order: 应为数"),
        (('note = ""', 'nota = ""'), r"nota: 未知的键"),
        (('id = "id-甲"', 'id = "id-戊"'), r"id: 读到的材料里没有 id-戊"),
        (('id = "id-甲"', 'id = ""'), r"id: 缺少"),
        (('id = "id-甲"', 'id = "id-乙"'), r"第 2 条: id: 与第 1 条的 id 相同"),
        (("date = 2031-04-02", ""), r"缺少 date"),
        (("date = 2031-04-02", "date = 2031-04-02T08:00:00"), r"date 应为日期"),
        (("date = 2031-04-02", "data = 2031-04-02"), r"未知的键 “data”"),
        (('sources = ["papers"]', "sources = [1]"), r"sources 应为文字的列表"),
        (("keep = true", "keep = tru"), r"TOML 有误.*line \d+"),
    ],
)
def test_a_mistake_is_named_with_its_place(issue: Issue, edit: tuple[str, str], said: str) -> None:
    """Every mistake is one line with the file, the line and the entry, and nothing is made."""
    with pytest.raises(DraftError, match=said) as caught:
        made(issue, draft(issue, edit))

    assert str(caught.value).startswith("draft.toml")
    assert "\n" not in str(caught.value)
    assert caught.value.exit_code == 2


def test_the_line_of_a_mistake_is_its_line(issue: Issue) -> None:
    """The line named is the one that an editor's program shows."""
    text = entry(issue, "丙", ("sentences = [1, 2]", "sentences = [1, 1]"))
    lines = text.splitlines()
    line = next(n for n, one in enumerate(lines, 1) if one == "sentences = [1, 1]")
    with pytest.raises(DraftError, match=rf"第 {line} 行，第 3 条"):
        made(issue, text)


@pytest.mark.parametrize("data", [None, b"\xff\xfe", b"date = ["])
def test_a_file_that_is_no_draft_is_refused(tmp_path: Path, data: bytes | None) -> None:
    """A file that is not there, no text or no TOML is one line with its path."""
    path = tmp_path / "draft.toml"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(DraftError, match=r"draft\.toml"):
        read_draft(path)


def test_an_entry_needs_only_an_id(issue: Issue) -> None:
    """What an editor deletes of an entry has its default; without sentences it cannot be kept."""
    fields: dict[str, Any] = {"id": "id-丁", "keep": "false"}
    text = f'date = 2031-04-02\nsections = []\n[[story]]\nid = "{fields["id"]}"\nkeep = {fields["keep"]}\n'

    assert made(issue, text).items == ()
