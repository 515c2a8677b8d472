from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from digest.errors import ReadError
from digest.model import (
    Added,
    Analysed,
    Article,
    Change,
    Difference,
    Evidence,
    Figure,
    Issue,
    Item,
    Keyword,
    Ledger,
    LeftOut,
    Link,
    Merge,
    Paragraph,
    Phrase,
    Place,
    Received,
    Reference,
    Region,
    Run,
    Score,
    Section,
    Sentence,
    Skipped,
    SourceText,
    Span,
    Story,
    Topic,
    TopicGroup,
)
from digest.origin import Origin
from digest.render.issue_json import issue_json
from digest.render.published import load_issue

# A page as it is read: the article's body stands in two columns with a caption between them.
PAGE = "新渠通水\n西河灌区的新渠昨天通水，\n（图为通水现场）\n惠及 Green\nField 农场等三十家。完。"
CUT = PAGE.index("（"), PAGE.index("惠及")
PLACE = Place(("山东", "聊城"), "371500")


def article(**changes: Any) -> Article:
    first = Run(0, PAGE.index("西河"), len("西河灌区的新渠昨天通水，"))
    second = Run(first.length, CUT[1], len("惠及 Green"))
    third = Run(first.length + second.length + 1, PAGE.index("Field"), len("Field 农场等三十家。完。"))
    text = "西河灌区的新渠昨天通水，惠及 Green Field 农场等三十家。完。"
    paragraph = Paragraph(text, (first, second, third), source="in/page1.txt", page=1)
    values: dict[str, Any] = {
        "source": "in/page1.txt",
        "index": 0,
        "title": "新渠通水",
        "kicker": "西河灌区",
        "published": date(2031, 4, 1),
        "page": 1,
        "paragraphs": (paragraph,),
        "paper": "西河日报",
    }
    return Article(**(values | changes))


def analysed(one: Article) -> Analysed:
    end = one.text.index("。") + 1
    return Analysed(
        one,
        sentences=(Sentence(one.text[:end], 0, end, 0.5),),
        keywords=(Keyword("新渠", 0.1 + 0.2, 8, 10),),
        figures=(Figure("三十家", 26, 29, "农场", "三十家"),),
        phrases=(Phrase("西河灌区", 0, 4, "organisation", 1),),
        regions=(Region(PLACE, 3.0, (Evidence("西河", 0, 2, "地名", 1.0),)),),
        topics=(Topic("三农", "14", 2.0, (Evidence("灌区", 2, 4, "词表", 1.0),)),),
    )


def issue() -> Issue:
    lead, other = analysed(article()), analysed(article(source="in/b.txt", paper="", page=None, url="u:1"))
    merges = (Merge("in/b.txt#0", "in/page1.txt#0", "正文重合 100%", 0.98),)
    story = Story("s1", lead, (other,), merges, (Added(1, other.sentences[0]),))
    item = Item(1, story, PLACE, "三农", Score(2.5, (("报纸数", 2.0), ("标题", 0.5))))
    short = Story("s2", analysed(article(index=1)))
    return Issue(
        name="简报",
        publisher="某社",
        date=date(2031, 4, 2),
        number=3,
        sections=(Section("山东·聊城", PLACE, (TopicGroup("三农", (item,)),)),),
        left_out=(LeftOut(short, "正文过短"),),
        skipped=(Skipped("in/c.bin", "无法解码"),),
        sources=(SourceText("in/page1.txt", "page", PAGE, "ab" * 32),),
        warnings=("注意",),
    )


@pytest.fixture
def data() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(issue_json(issue()))
    return loaded


def test_what_stands_beside_a_story_is_data() -> None:
    """Links with the item they lead to, differences as spans, a note, an edited headline and the ledger."""
    whole = issue()
    (item,) = whole.items
    to = Reference(date(2031, 4, 1), "s0", "旧闻", 3, issue_number=2)
    item = replace(
        item,
        note="见附件。",
        headline="编者的标题",
        follows=Link("development", to, "新增 3 句", 1.0),
        differences=(Difference("in/b.txt#0", (Span(0, 4),), (), (Change(Span(4, 8), Span(0, 5)),)),),
    )
    section = whole.sections[0]
    group = replace(section.groups[0], items=(item,))
    ledger = Ledger(("甲报",), (Received("甲报", 3, 1),), (), 3, 1, 2, 1)
    made = replace(whole, sections=(replace(section, groups=(group,)),), ledger=ledger)
    data = json.loads(issue_json(made))
    one = data["sections"][0]["groups"][0]["items"][0]

    assert (one["note"], one["headline"], one["headline_is_edited"]) == ("见附件。", "编者的标题", True)
    assert one["follows"] == {
        "kind": "development",
        "edition": "",
        "date": "2031-04-01",
        "issue_number": 2,
        "number": 3,
        "story": "s0",
        "headline": "旧闻",
        "reason": "新增 3 句",
        "score": 1.0,
    }
    assert one["differences"][0]["changed"] == [{"before": [4, 8], "after": [0, 5]}]
    assert one["differences"][0]["left_out"] == [[0, 4]]
    assert data["ledger"]["received"] == [{"name": "甲报", "articles": 3, "printed": 1}]
    assert data["ledger"]["articles"] == 3


def test_schema_comes_with_a_version(data: dict[str, Any]) -> None:
    """The file says what it is."""
    assert data["schema"] == {"name": "digest-issue", "version": 1}
    assert data["issue"] == {
        "name": "简报",
        "publisher": "某社",
        "date": "2031-04-02",
        "edition": "",
        "number": 3,
        "total_number": None,
        "preface": "",
    }


def test_sentence_is_spelled_by_its_origin(data: dict[str, Any]) -> None:
    """The stretches of a sentence spell it in the source as read, but for the space put in at a line end."""
    item = data["sections"][0]["groups"][0]["items"][0]
    (sentence,) = item["sentences"]
    spelled = "".join(PAGE[o["start"] : o["end"]] for o in sentence["origin"])

    assert sentence["text"] == "西河灌区的新渠昨天通水，惠及 Green Field 农场等三十家。"
    assert spelled == sentence["text"].replace("Green Field", "GreenField")
    assert {(o["source"], o["page"]) for o in sentence["origin"]} == {("in/page1.txt", 1)}


def test_item_names_all_who_carried_it(data: dict[str, Any]) -> None:
    """An item lists its versions, the lead first, and why they are one story."""
    item = data["sections"][0]["groups"][0]["items"][0]

    assert [(s["article"], s["paper"], s["page"], s["published"]) for s in item["sources"]] == [
        ("in/page1.txt#0", "西河日报", 1, "2031-04-01"),
        ("in/b.txt#0", "", None, "2031-04-01"),
    ]
    assert item["merges"] == [
        {"article": "in/b.txt#0", "into": "in/page1.txt#0", "reason": "正文重合 100%", "score": 0.98}
    ]
    assert (item["number"], item["headline"], item["kicker"]) == (1, "新渠通水", "西河灌区")


def test_item_shows_its_evidence(data: dict[str, Any]) -> None:
    """Region, topic, keywords and score come with what they rest on."""
    item = data["sections"][0]["groups"][0]["items"][0]

    assert item["region"]["path"] == ["山东", "聊城"]
    assert item["region"]["evidence"][0]["word"] == "西河"
    assert item["topic"]["code"] == "14"
    assert item["keywords"] == [{"word": "新渠", "score": 0.3, "start": 8, "end": 10}]
    assert item["score"]["parts"] == [{"name": "报纸数", "value": 2.0}, {"name": "标题", "value": 0.5}]


def test_item_names_figures_and_what_others_add(data: dict[str, Any]) -> None:
    """Figures and names are the leading version's; an added sentence says which version it is of."""
    item = data["sections"][0]["groups"][0]["items"][0]
    (added,) = item["added"]

    assert item["figures"] == [
        {"text": "三十家", "start": 26, "end": 29, "subject": "农场", "value": "三十家", "comparison": ""}
    ]
    assert item["phrases"] == [{"text": "西河灌区", "start": 0, "end": 4, "kind": "organisation", "count": 1}]
    assert added["article"] == "in/b.txt#0"
    assert added["text"] == article().text[added["start"] : added["end"]]


def test_every_article_used_stands_in_full(data: dict[str, Any]) -> None:
    """Articles of items and of what was left out are there once each, with text, runs and source."""
    keys = [one["key"] for one in data["articles"]]

    assert keys == ["in/b.txt#0", "in/page1.txt#0", "in/page1.txt#1"]
    assert data["articles"][1]["text"] == article().text
    assert data["articles"][1]["paragraphs"][0]["runs"][0] == [0, 5, 12]
    assert data["left_out"][0]["articles"] == ["in/page1.txt#1"]


def test_the_rest_is_accounted_for(data: dict[str, Any]) -> None:
    """Sources, what was skipped and the warnings are in the file."""
    assert data["sources"] == [
        {"name": "in/page1.txt", "kind": "page", "encoding": "utf-8", "sha256": "ab" * 32}
    ]
    assert data["skipped"] == [{"source": "in/c.bin", "reason": "无法解码"}]
    assert data["warnings"] == ["注意"]


def test_same_issue_gives_same_bytes() -> None:
    """Bytes do not depend on the run: another process with another hash seed writes the same."""
    code = (
        "import sys; from tests.render.test_issue_json import issue, issue_json;"
        "sys.stdout.buffer.write(issue_json(issue()))"
    )
    env = os.environ | {"PYTHONHASHSEED": "12345"}
    other = subprocess.run([sys.executable, "-c", code], env=env, check=True, capture_output=True).stdout

    assert issue_json(issue()) == other


def test_lone_surrogates_become_escapes() -> None:
    """A broken character cannot make the file anything but valid UTF-8 JSON."""
    data = issue_json(replace(issue(), name="坏\ud800字"))

    assert json.loads(data.decode("utf-8"))["issue"]["name"] == "坏\ud800字"


def test_loading_gives_what_can_be_checked() -> None:
    """The way back keeps sentences with their origins, the texts and the sources."""
    loaded = load_issue(issue_json(issue()))

    assert (loaded.name, loaded.date, loaded.number) == ("简报", "2031-04-02", 3)
    assert loaded.items[0].sentences[0].origin[0] == Origin("in/page1.txt", 1, 5, 17)
    assert loaded.items[0].added[0].article == "in/b.txt#0"
    assert loaded.texts["in/page1.txt#0"] == article().text
    assert loaded.sources[0].sha256 == "ab" * 32


def test_an_issue_without_added_sentences_is_read() -> None:
    """An issue.json that was written before other versions added anything is still read."""
    assert load_issue(_without(["sections", 0, "groups", 0, "items", 0, "added"])).items[0].added == ()


def _without(path: list[Any]) -> bytes:
    data = json.loads(issue_json(issue()))
    here = data
    for step in path[:-1]:
        here = here[step]
    del here[path[-1]]
    return json.dumps(data).encode()


def _with(path: list[Any], value: Any) -> bytes:
    data = json.loads(issue_json(issue()))
    here = data
    for step in path[:-1]:
        here = here[step]
    here[path[-1]] = value
    return json.dumps(data).encode()


SENTENCE = ["sections", 0, "groups", 0, "items", 0, "sentences", 0]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff",
        b"[]",
        b"{}",
        b"[" * 100_000,
        _with(["schema", "version"], 2),
        _with(["schema", "name"], "other"),
        _without(["issue", "date"]),
        _without([*SENTENCE, "origin"]),
        _with([*SENTENCE, "start"], "0"),
        _with([*SENTENCE, "start"], True),
        _with([*SENTENCE, "origin", 0], 5),
        _with([*SENTENCE, "origin", 0, "page"], "1"),
        _with(["issue", "number"], "3"),
        _with(["articles"], []),
        _with(["sections", 0, "groups", 0, "items", 0, "added", 0, "article"], "nowhere"),
    ],
)
def test_what_is_no_issue_is_refused(data: bytes) -> None:
    """Bytes that are no issue of this version are a named error, not a crash."""
    with pytest.raises(ReadError, match=r"issue\.json"):
        load_issue(data)
