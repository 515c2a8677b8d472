"""Composing, on stories made for the purpose: what decides section, order and omission is in the fields."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.compose import compose, is_notice, score_of, section_place
from digest.config import ComposeConfig, Config, IssueConfig, OrderConfig, SourceConfig, SummaryConfig
from digest.model import (
    Analysed,
    Article,
    Home,
    Issue,
    Ledger,
    Link,
    Paragraph,
    Place,
    Reading,
    Received,
    Reference,
    Region,
    Score,
    Sentence,
    Skipped,
    SourceText,
    Span,
    Story,
    Topic,
)
from digest.story.across import Across, Known, Tie

DAY = date(2031, 4, 2)
BODY = "春灌工作全面展开，各乡镇抢抓农时，组织干部群众疏浚渠道、检修泵站，确保麦田按时浇上返青水。" * 2
PLACES = {
    "全国": Place(("全国",)),
    "聊城": Place(("山东", "聊城"), "371500"),
    "临清": Place(("山东", "聊城", "临清"), "371581"),
    "山东": Place(("山东",), "370000"),
    "太原": Place(("山西", "太原"), "140100"),
    "朝阳": Place(("北京", "朝阳"), "110105"),
    "香港": Place(("港澳台", "香港"), "810000"),
    "越南": Place(("国际", "越南")),
}


def analysed(name: str, place: str = "全国", topic: str = "时政", home: str = "", **fields: Any) -> Analysed:
    known: dict[str, Any] = {"source": "甲报", "index": 0, "title": name, "paragraphs": (Paragraph(BODY),)}
    article = Article(id=name, **(known | fields))
    sentences = (Sentence(article.text[:10], 0, 10),) if article.text else ()
    return Analysed(
        article,
        home=Home(PLACES[home], "测试") if home else None,
        sentences=sentences,
        regions=(Region(PLACES[place], 1.0),),
        topics=(Topic(topic, "", 1.0),),
    )


def score(one: Story, config: Config | None = None) -> Score:
    return score_of(one, PLACES["聊城"], "时政", DAY, config or Config())


def story(name: str, *others: Analysed, **fields: Any) -> Story:
    return Story(name, analysed(name, **fields), others)


def issue(*stories: Story, reading: Reading | None = None, **config: Any) -> Issue:
    return compose(stories, reading or Reading(), DAY, Config(**config))


def titles(made: Issue) -> list[str]:
    return [section.title for section in made.sections]


def names(made: Issue) -> list[str]:
    return [item.story.id for item in made.items]


# ---------------------------------------------------------------- sections


def test_the_nation_leads_and_abroad_ends() -> None:
    """全国 first, then the home region, then the codes in order, 港澳台, and 国际 last."""
    made = issue(
        *(story(place, place=place) for place in ("越南", "香港", "太原", "聊城", "朝阳", "全国", "山东")),
        issue=IssueConfig(home="山东/聊城"),
    )

    assert titles(made) == ["全国", "山东·聊城", "北京", "山西·太原", "山东", "港澳台", "国际"]


def test_a_county_goes_into_its_city() -> None:
    """A county's news stands in the section of its city, a municipality's district in the municipality's."""
    assert section_place(PLACES["临清"]) == PLACES["聊城"]
    assert section_place(PLACES["朝阳"]) == Place(("北京",), "110000")
    assert section_place(PLACES["山东"]) == PLACES["山东"]
    assert section_place(PLACES["越南"]) == Place(("国际",))
    assert section_place(Place(())) == Place(("全国",))


def test_home_is_where_most_papers_are_at_home() -> None:
    """Without a configured home the region that most of the stories' newspapers have is the home."""
    made = issue(
        story("a", place="朝阳", home="太原"), story("b", place="太原", home="太原"), story("c", home="聊城")
    )

    assert titles(made) == ["全国", "山西·太原", "北京"]


def test_the_order_asked_for_goes_first() -> None:
    """Regions of the configured order lead, a province's name standing for its cities too."""
    made = issue(
        *(story(place, place=place) for place in ("全国", "聊城", "太原", "越南")),
        issue=IssueConfig(region_order=("国际", "山东")),
    )

    assert titles(made) == ["国际", "山东·聊城", "全国", "山西·太原"]


def test_most_versions_decide_region_and_topic() -> None:
    """Region and topic are those that most versions have, and the lead's where votes are equal."""
    two = story("b", analysed("b2", place="太原", topic="经济"), place="聊城")
    three = story("c", *(analysed(f"c{i}", place="太原", topic="经济") for i in "12"), place="聊城")
    made = issue(two, three)

    assert [(item.region, item.topic) for item in made.items] == [
        (PLACES["太原"], "经济"),
        (PLACES["聊城"], "时政"),
    ]


def test_topics_stand_in_their_order() -> None:
    """Topics of a section follow the fixed order, those of the configuration first, unknown ones last."""
    stories = [story(topic, topic=topic) for topic in ("其他", "奇闻", "三农", "时政", "外交军事")]

    assert names(issue(*stories)) == ["时政", "三农", "外交军事", "其他", "奇闻"]
    assert names(issue(*stories, issue=IssueConfig(topic_order=("三农",))))[:2] == ["三农", "时政"]


# ---------------------------------------------------------------- order


def test_more_papers_lead() -> None:
    """Of two stories that are equal else, the one that more papers printed stands first."""
    alone, shared = story("a"), story("b", analysed("b2", source="乙报"))

    assert names(issue(alone, shared)) == ["b", "a"]


def test_two_versions_of_one_paper_are_one_paper() -> None:
    """A paper that prints a story twice does not raise it."""
    assert score(story("a")).total == score(story("a", analysed("a2", index=1))).total


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ({"page": 1}, {"page": 2}),
        ({"page": 2}, {"page": 9}),
        ({"page": 3}, {}),
        ({"page": 1, "index": 0}, {"page": 1, "index": 3}),
        ({"paragraphs": (Paragraph(BODY * 3),)}, {}),
        ({}, {"title_is_made": True}),
        ({"paper": "重点报"}, {}),
        ({"source": "in/key-1.txt"}, {"source": "in/other-1.txt"}),
        ({"published": DAY}, {"published": DAY - timedelta(1)}),
        ({"published": DAY - timedelta(1)}, {"published": DAY - timedelta(9)}),
        ({"published": DAY - timedelta(9)}, {}),
    ],
)
def test_what_raises_a_story(better: dict[str, Any], worse: dict[str, Any]) -> None:
    """Page, place on it, length, a printed headline and the weight of the source raise a story."""
    sources = (SourceConfig("重点报", weight=2.0), SourceConfig("另一报", path="key-*.txt", weight=1.5))
    config = Config(source=sources)

    assert score(story("a", **better), config).total > score(story("b", **worse), config).total


def test_a_score_is_the_sum_of_its_parts() -> None:
    """The parts that a reader sees add up to the total."""
    found = score(story("a", analysed("b", source="乙报", page=1, index=2)))

    assert found.total == pytest.approx(sum(value for _, value in found.parts))
    assert dict(found.parts)["报纸数"] == 2.0


@pytest.mark.parametrize(
    ("order", "part", "value"),
    [
        (OrderConfig(words=(("春灌", 1.5), ("长渠", 0.25), ("无", 9.0))), "词语", 1.75),
        (OrderConfig(regions=(("山东", 1.0), ("山东/聊城", 3.0), ("山西", 9.0))), "地区", 3.0),
        (OrderConfig(regions=(("山东", 1.0), ("山西/太原", 9.0))), "地区", 1.0),
        (OrderConfig(topics=(("时政", 0.75), ("三农", 9.0))), "栏目", 0.75),
        (OrderConfig(papers=5.0), "报纸数", 5.0),
        (OrderConfig(front_page=7.0), "版面", 7.0),
        (OrderConfig(place=3.0), "位置", 3.0),
        (OrderConfig(headline=-1.0), "标题", -1.0),
        (OrderConfig(freshness=4.0), "时效", 2.0),
    ],
)
def test_every_weight_can_be_changed(order: OrderConfig, part: str, value: float) -> None:
    """A weight of [order] is the value of its part, and a reader sees it by name."""
    one = story(
        "长渠春灌",
        analysed("b", source="乙报"),
        page=1,
        published=DAY - timedelta(1),
    )

    assert dict(score(one, Config(order=order)).parts)[part] == value


def test_equal_scores_keep_the_order_of_reading() -> None:
    """Stories of one score stand in the order in which they were read."""
    assert names(issue(*(story(name) for name in "cab"))) == ["c", "a", "b"]


def test_items_are_numbered_through() -> None:
    """Numbers count through all sections from 1."""
    made = issue(story("a", place="越南"), story("b"), story("c", topic="三农"))

    assert [(item.number, item.story.id) for item in made.items] == [(1, "b"), (2, "c"), (3, "a")]


# ---------------------------------------------------------------- left out


def test_what_is_left_out_has_its_reason() -> None:
    """A short text, a notice and a text without a sentence are left out, each with its reason."""
    dumb = replace(story("dumb"), lead=replace(analysed("dumb"), sentences=()))
    made = issue(
        story("short", paragraphs=(Paragraph("短。"),)), story("某公司招聘启事"), dumb, story("good")
    )

    assert names(made) == ["good"]
    assert [(left.story.id, left.reason.split("：")[0]) for left in made.left_out] == [
        ("short", "正文过短，不足以单独成条"),
        ("某公司招聘启事", "启事、公告类内容"),
        ("dumb", "未能从正文中选出完整的句子"),
    ]


def test_a_spoiled_text_is_not_quoted() -> None:
    """A story whose only sentences come out of paragraphs that recognition spoiled is left out."""
    rest = (Paragraph(BODY), Paragraph(BODY * 3, damage=0.4))
    made = issue(
        story("torn", paragraphs=(Paragraph(BODY, damage=0.3),)),
        story("bare", title="", paragraphs=rest),
        story("good"),
    )

    assert names(made) == ["good"]
    assert [left.reason for left in made.left_out] == [
        "正文识别损坏，没有可以照录的完整句子",
        "正文识别损坏，标题也未找到",
    ]


def test_a_section_has_its_limit() -> None:
    """What a section's limit leaves out are its lowest scores, and they are named."""
    made = issue(
        *(story(f"s{page}", page=page) for page in (9, 2, 1)),
        story("x", place="越南"),
        compose=ComposeConfig(2),
    )

    assert names(made) == ["s1", "s2", "x"]
    assert [(left.story.id, left.reason) for left in made.left_out] == [
        ("s9", "超出“全国”栏目的条数上限：2 条")
    ]


def test_a_section_may_have_a_limit_of_its_own() -> None:
    """A quota by the section's name goes before the limit for all."""
    made = issue(
        *(story(f"s{n}") for n in "ab"),
        *(story(f"x{n}", place="聊城") for n in "abc"),
        compose=ComposeConfig(quota=(("全国", 1), ("山东/聊城", 2))),
    )

    assert names(made) == ["sa", "xa", "xb"]
    assert len(made.left_out) == 2


def test_the_whole_issue_may_have_a_limit() -> None:
    """The lowest scores of the whole issue go, wherever they stand, and an empty section with them."""
    made = issue(
        *(story(f"s{page}", page=page) for page in (1, 2)),
        story("x", place="越南"),
        compose=ComposeConfig(max_items=2),
    )

    assert names(made) == ["s1", "s2"]
    assert titles(made) == ["全国"]
    assert [(left.story.id, left.reason) for left in made.left_out] == [("x", "超出全期的条数上限：2 条")]


def test_a_slow_day_gives_a_short_issue() -> None:
    """A story that scores less than the floor is left out, with its score."""
    made = issue(story("front", page=1), story("filler"), compose=ComposeConfig(min_score=2.0))

    assert names(made) == ["front"]
    assert made.left_out[0].reason.startswith("得分低于下限：0.")


def test_a_pinned_story_leads_and_nothing_keeps_it_out() -> None:
    """By id or by words of its headline; neither length, notice, floor nor an earlier issue keeps it out."""
    short = story("老城 改造启事", paragraphs=(Paragraph("短。"),))
    known = Across(known={"k": Known(Reference(DAY, "k", "旧闻", 1), "")})
    config = Config(compose=ComposeConfig(pinned=("老城 启事", "k"), min_score=50.0, max_per_section=2))
    made = compose([story("front", page=1), short, story("k")], Reading(), DAY, config, known)

    assert set(names(made)) == {short.id, "k"}
    assert all(dict(item.score.parts)["置顶"] for item in made.items)


def test_an_excluded_story_is_left_out() -> None:
    """By id or by words of its headline, all of which must stand there; it goes before pinning."""
    made = issue(
        story("春灌演唱会"),
        story("春灌开始"),
        story("x1"),
        compose=ComposeConfig(excluded=("春灌 演唱会", "x1"), pinned=("x1",)),
    )

    assert names(made) == ["春灌开始"]
    assert [left.reason for left in made.left_out] == ["按配置不收：“春灌 演唱会”", "按配置不收：“x1”"]


# ---------------------------------------------------------------- earlier issues and neighbours


def test_what_was_printed_before_is_left_out() -> None:
    """The reason names the issue, the item and its headline."""
    printed = Reference(date(2031, 4, 1), "old", "长渠通水", 4, issue_number=12)
    across = Across(known={"a": Known(printed, "正文重合 98%")})
    made = compose([story("a"), story("b")], Reading(), DAY, Config(), across)

    assert names(made) == ["b"]
    (left,) = made.left_out
    assert left.reason == "已见于4月1日第12期"
    assert left.repeats == Link("repeat", printed, "正文重合 98%", 1.0)


def test_a_story_that_goes_on_is_summarised_by_its_news() -> None:
    """The sentences that no earlier issue had are printed, as many as a summary has, and verbatim."""
    text = "长渠一期通水。" + BODY + "\n二期今天开工。工期十八个月。沿线有三座泵站。"
    spans = tuple(Span(text.index(s), text.index(s) + len(s)) for s in ("二期今天开工。", "工期十八个月。"))
    across = Across(fresh={"a": (*spans, Span(len(text) - 8, len(text)))})
    paragraphs = tuple(Paragraph(line) for line in text.split("\n"))
    config = Config(summary=SummaryConfig(sentences=2))
    (item,) = compose([story("a", paragraphs=paragraphs)], Reading(), DAY, config, across).items

    assert [s.text for s in item.story.lead.sentences] == ["二期今天开工。", "工期十八个月。"]
    assert [s.paragraph for s in item.story.lead.sentences] == [1, 1]
    assert all(text[s.start : s.end] == s.text for s in item.story.lead.sentences)


def test_a_link_leads_to_what_is_printed() -> None:
    """Links among the day's stories name the item's number; one to a story left out is dropped."""
    back = Link("development", Reference(date(2031, 4, 1), "old", "长渠通水", 4), "新增 3 句", 1.0)
    across = Across(
        follows={"a": back},
        links={"b": (replace(back, kind="series"),)},
        ties={
            "a": (Tie("b", "乙", "event", "相近", 0.5), Tie("short", "丙", "event", "相近", 0.4)),
            "b": (Tie("a", "甲", "event", "相近", 0.5),),
        },
    )
    short = story("short", paragraphs=(Paragraph("短。"),))
    first, second = compose([story("a"), story("b"), short], Reading(), DAY, Config(), across).items

    assert first.follows == back
    assert [(link.kind, link.to.number) for link in first.links] == [("event", 2)]
    assert [(link.kind, link.to.number) for link in second.links] == [("event", 1), ("series", 4)]


def test_the_ledger_accounts_for_everything() -> None:
    """Expected, received, silent; articles join or lead, stories are printed or left out."""
    articles = (*(Article("甲报", n, paper="甲报") for n in range(3)), Article("in/b.txt", 0))
    reading = Reading(articles, (Skipped("in/c_1.pdf", "空"),), ())
    made = issue(
        story("a", analysed("a2", source="in/b.txt"), paper="甲报"),
        story("short", paragraphs=(Paragraph("短。"),), paper="甲报"),
        story("b", paper="甲报"),
        reading=reading,
        source=(SourceConfig("甲报"), SourceConfig("丙报", path="c_*"), SourceConfig("丁报", path="d_*")),
    )

    assert made.ledger == Ledger(
        expected=("甲报", "丙报", "丁报"),
        received=(Received("甲报", 3, 2), Received("in/b.txt", 1, 1)),
        silent=("丁报",),
        n_articles=4,
        n_merged=1,
        n_stories=3,
        n_printed=2,
    )


@pytest.mark.parametrize(
    ("title", "notice"),
    [
        ("遗失声明", True),
        ("河东区土地使用权出让公告", True),
        ("招领启事", True),
        ("自然资源部发布公告：启用新图式", False),
        ("外交部声明", False),
        ("", False),
    ],
)
def test_notices_are_told_from_news(title: str, notice: bool) -> None:
    """Only a headline that is nothing but the name of a notice makes one, and no signed text is one."""
    article = Article(source="甲报", index=0, title=title)

    assert is_notice(article) is notice
    assert not is_notice(replace(article, authors=("李某",)))


# ---------------------------------------------------------------- the whole


def test_an_issue_carries_what_reading_said() -> None:
    """Sources, what was skipped and every warning, once, come into the issue with name and date."""
    article = Article(source="甲报", index=0, title="长渠记", warnings=("原文未完（下转第5版）",) * 2)
    source = SourceText("甲报", "page", "", "0", warnings=("有乱码",))
    reading = Reading((article,), (Skipped("乙报", "空文件"),), (source,))
    made = issue(reading=reading, issue=IssueConfig(name="晨报摘", publisher="某社", number=7))

    assert (made.name, made.publisher, made.date, made.number) == ("晨报摘", "某社", DAY, 7)
    assert made.skipped == reading.skipped
    assert made.sources == reading.sources
    assert made.warnings == ("甲报：有乱码", "甲报：《长渠记》原文未完（下转第5版）")


def test_an_empty_issue_is_an_issue() -> None:
    """No story gives an issue without sections."""
    assert issue().sections == ()


@settings(deadline=None)  # machines are busy
@given(
    st.lists(
        st.tuples(
            st.sampled_from(sorted(PLACES)),
            st.sampled_from(["时政", "三农", "其他"]),
            st.sampled_from(["", "短", BODY]),
            st.sampled_from([None, 0, 1, 7]),
        ),
        max_size=12,
    ),
    st.integers(0, 3),
)
def test_every_story_is_printed_or_accounted_for(
    rows: list[tuple[str, str, str, int | None]], limit: int
) -> None:
    """Each story is an item or left out, never both, never twice, and the numbers have no gap."""
    stories = [
        story(str(n), place=place, topic=topic, paragraphs=(Paragraph(text),), page=page)
        for n, (place, topic, text, page) in enumerate(rows)
    ]
    made = issue(*stories, compose=ComposeConfig(max_per_section=limit))

    assert sorted(names(made) + [left.story.id for left in made.left_out]) == sorted(s.id for s in stories)
    assert [item.number for item in made.items] == list(range(1, len(made.items) + 1))
    assert all(section.items for section in made.sections)
    assert all(group.items for section in made.sections for group in section.groups)
