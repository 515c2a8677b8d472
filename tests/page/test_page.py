"""What holds for every page, whatever is on it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.page import read_page
from digest.page.assignment import assign
from digest.page.damage import damage
from digest.page.explain import explain_page
from digest.page.language import goes_on, straddles
from digest.page.lines import close_spaced_out, close_up
from digest.text.tracked import Tracked

LINES = st.lists(
    st.sampled_from(
        [
            "",
            "本报讯（记者 沈一苇）3月17日，青岚市",
            "更换老旧供水管道八十六公里，涉及四十二",
            "个小区。",
            "老旧管道换新装",
            "青 岚 供 水 管 网",
            "——见闻之一",
            "图为施工现场。 记者 路远 摄",
            "（下转第3版）",
            "（上接第1版）水务局说，",
            "□ 本报记者 文小舟",
            "责任编辑：文心",
            "遗失声明",
            " ",
            "　　三月的",
            "1/ *",
        ]
    ),
    max_size=40,
)


@settings(max_examples=60, deadline=None)
@given(LINES)
def test_every_character_leads_back_to_the_page(lines: list[str]) -> None:
    """However the lines fall, each run of a paragraph copies the page, and no headline line is also body."""
    text = "\n".join(lines)
    reading = read_page(Tracked.of(text), source="page.txt")

    for article in reading.articles:
        for paragraph in article.paragraphs:
            assert paragraph.text
            for at, start, length in paragraph.runs:
                assert text[start : start + length] == paragraph.text[at : at + length]
    assert [article.index for article in reading.articles] == list(range(len(reading.articles)))


@pytest.mark.parametrize("text", ["", "\n\n", "中", "（" * 3000, "本报讯（" * 500, "。" * 1000, "a" * 5000])
def test_odd_texts_are_read(text: str) -> None:
    """Nothing at all, one character and endless runs give articles or none, and no error."""
    read_page(Tracked.of(text), source="page.txt")


def test_a_page_of_adverts_has_no_article() -> None:
    """A page that holds only notices and furniture is read as empty."""
    text = "遗失声明\n某某遗失工作证，证号：000123，声明作废。\n\n责任编辑：文心"

    assert read_page(Tracked.of(text), source="page.txt").articles == ()


def test_the_assignment_is_the_best_whole() -> None:
    """The greatest pair gives way where the whole gains by it."""
    assert assign([[5.0, 4.0], [4.0, 1.0]]) == {0: 1, 1: 0}


def test_a_seam_within_a_sentence_reads_better_than_a_new_start() -> None:
    """Text that goes on scores above text that begins anew."""
    assert goes_on("加快推进现代服务业融", "合发展") > 0 > goes_on("供水管网改造", "本次会议")
    assert straddles("现代服务业融", "合，是")


def test_layout_spaces_go_and_spaces_between_latin_words_stay() -> None:
    """Spaces inside Chinese are layout; between Latin words and numbers they are text."""
    closed = close_up(Tracked.of("12 月 28 日,全 市 推广 New Energy 2.0 计划"))

    assert closed.text == "12月28日,全市推广New Energy 2.0计划"


def test_a_spaced_out_headline_is_closed_up() -> None:
    """Letter spacing goes, the space between two phrases of a headline stays."""
    assert close_spaced_out(Tracked.of("青 岚 供 水 管 网")).text == "青岚供水管网"
    assert close_spaced_out(Tracked.of("草莓上架 果农增收")).text == "草莓上架 果农增收"


def test_damage_is_seen() -> None:
    """Stray characters, junk and torn ends count as damage; clean prose does not."""
    assert damage("全 茶园、果园、菜地都 浇 上水,合作社派出 人", torn=False) > 0.2
    assert damage("全市更换老旧管道八十六公里。", torn=True) >= 0.3
    assert damage("全市更换老旧管道八十六公里。", torn=False) == 0.0


def test_every_line_of_a_page_is_explained() -> None:
    """Each line that holds anything has one explanation, in the order of the page."""
    text = "草莓上架\n\n本报讯（记者 文小舟）石桥镇的草莓上架了。\n\n责任编辑：文心"
    explained = explain_page(Tracked.of(text), source="page.txt")

    assert [(one.number, one.kind.split()[1]) for one in explained] == [
        (1, "headline"),
        (3, "body"),
        (5, "furniture"),
    ]


def test_a_page_beyond_repair_is_passed_over_with_the_reason() -> None:
    """Recognition that left a third of the characters as junk gives no article, and says how much."""
    line = "本报讯 柳溪县^青石渡 丨大桥昨*日 合 龙 囗两岸群^众结束 了 讠摆渡 过江|的 历 史 亻大桥。"
    reading = read_page(Tracked.of("\n\n".join([line] * 12)), source="x.txt")

    assert reading.articles == ()
    assert "整版无法复原" in reading.skipped[0].reason


def test_a_line_spread_over_its_column_is_not_damaged() -> None:
    """Characters parted by spaces because the line was justified are no stray ones; a stray pair is."""
    assert damage("最 近 ， 东 北 农 田 里 的 积 雪 消融，农民开始备耕。", torn=False) == 0.0
    assert damage("最近东北农田里的积雪消融 压 农民开始 民 备耕。", torn=False) > 0.5


def test_an_interview_among_a_papers_furniture_is_no_transcript_of_the_page() -> None:
    """Turns on a page that has its masthead are of one article; the others are read as ever."""
    turns = "记者：今年有何打算？\n\n丁若水：我们将延长开放时间。\n\n" * 3
    head = "青岚晚报\n国内统一连续出版物号 CN 11-0042\n\n图书馆延时开放\n\n"
    page = f"{head}{turns}新桥通车\n\n昨日，柳溪大桥建成通车。\n"

    reading = read_page(Tracked.of(page), source="page.txt")

    assert all(not paragraph.speaker for article in reading.articles for paragraph in article.paragraphs)


BRIEFS = """新桥通车

本报讯（记者 沈一苇） 柳溪大桥昨日建成通车，两岸往返只需五分钟。

简讯

图书馆延时开放

市图书馆本月起开放到晚上九点。

公园免费三天

清明假期全市公园免费开放三天。
"""


def test_every_item_of_a_box_of_briefs_is_an_article() -> None:
    """Below the label of briefs each headline has its own sentence or two."""
    articles = read_page(Tracked.of(BRIEFS), source="page.txt").articles

    assert [article.title for article in articles] == ["新桥通车", "图书馆延时开放", "公园免费三天"]


def test_the_label_of_a_series_is_no_title() -> None:
    """What a body says nothing of, and papers call a series by, stands above no article alone."""
    page = "奋进新征程 建功新时代\n\n本报讯（记者 沈一苇） 柳溪大桥昨日通车，两岸往返只需五分钟。\n"

    (article,) = read_page(Tracked.of(page), source="page.txt").articles

    assert article.title == ""


FURNISHED = """要闻

第2版
青岚晚报

新桥通车

本报讯（记者 沈一苇） 柳溪大桥昨日建成通车，两岸往返只需五分钟。

公告

本公司原公章遗失，声明作废。

青岚市长风商贸有限公司

2026年3月18日

今日看点
公园免费三天
图书馆延时 >>3版

长风家园
现房发售 即买即住
售楼热线：0000-8824815
"""


def test_what_surrounds_articles_is_no_headline() -> None:
    """The name of a section, who gives a notice, entries of an index and an advert are of no article."""
    reading = read_page(Tracked.of(FURNISHED), source="page.txt")

    assert [(one.kicker, one.title, one.subtitle) for one in reading.articles] == [("", "新桥通车", "")]
    assert {item.kind for item in reading.labels if item.kind not in ("body", "head")} == {
        "furniture",
        "notice",
    }
    assert [item.plain for item in reading.labels if item.kind == "head"] == ["新桥通车"]


SPREAD = """青岚市图书馆少儿分馆举行会谈

市政府昨天召开会议，研究部

署今年的图书馆建设工作，要求各

部门落实责任，加快各馆的施工进

度，并向社会公布进展情况。

会议指出，少儿分馆将增加两

万册图书，周末开放到晚上九点。

各区还要办好书香集市，让读者就

近选书，并把每月的第一个周六定

为全市的读书日。
"""


def test_a_headline_above_a_column_taken_apart_is_no_line_of_it() -> None:
    """Where every line stands alone, the line above one that is set as a paragraph's first is a headline."""
    (article,) = read_page(Tracked.of(SPREAD), source="page.txt").articles

    assert article.title == "青岚市图书馆少儿分馆举行会谈"
    assert article.text.startswith("市政府昨天召开会议，研究部署今年")
