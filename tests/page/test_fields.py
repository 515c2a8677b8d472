"""The set phrases of a newspaper are told from prose."""

from __future__ import annotations

from datetime import date

import pytest

from digest.page import fields


@pytest.mark.parametrize(
    ("text", "agency", "place", "authors"),
    [
        ("本报讯（记者 沈一苇、路远）3月20日", "本报", "", ("沈一苇", "路远")),
        ("本报讯(通讯员 高原 记者 米粒儿) 今天", "本报", "", ("米粒儿", "高原")),
        ("本报3月20日讯（记者 张小舟）今天", "本报", "", ("张小舟",)),
        ("本报新渡讯（记者 东篱）今天", "本报", "新渡", ("东篱",)),
        ("新华社长沙3月20日电（记者王小满）今天", "新华社", "长沙", ("王小满",)),
        ("据新华社长沙3月20日电 今天", "新华社", "长沙", ()),
        ("新華社長沙3月20日電 今天", "新华社", "長沙", ()),
        ("中新网太原3月20日电 (记者 赵一)今天", "中新网", "太原", ()),
        ("汇江社临渚3月l8日电（记者方远）今天", "汇江社", "临渚", ("方远",)),
        ("本报讯 记者张小舟 通讯员李大路报道：今天", "本报", "", ("张小舟", "李大路")),
        ("【本報訊】今天", "本报", "", ()),
        ("【本报讯】（记者 张小舟）今天", "本报", "", ("张小舟",)),
        ("【明港日報專訊】今天", "明港日报", "", ()),
        ("（中央社記者王小滿台北20日電）今天", "中央社", "台北", ("王小滿",)),
        ("〔記者王小滿／新竹報導〕今天", "本报", "新竹", ("王小滿",)),
        ("【記者王小滿新竹報導】今天", "本报", "新竹", ("王小滿",)),
        ("【中新社香港三月二十日电】今天", "中新社", "香港", ()),
    ],
)
def test_a_lead_gives_agency_place_and_authors(
    text: str, agency: str, place: str, authors: tuple[str, ...]
) -> None:
    """A dateline or byline at the start of a body is read into its fields."""
    lead = fields.parse_lead(text)

    assert lead is not None
    assert (agency, place) == (lead.agency, lead.place)
    assert set(authors) <= set(lead.authors)
    assert text[lead.end :].startswith(("3月", "今天"))


@pytest.mark.parametrize(
    "text",
    [
        "本报电子版今天上线。",
        "本报记者走进车间。",
        "新华社记者今天到访。",
        "新华社区居民开会。",
        "消息传来，大家高兴。",
        "【专题报道】今天开栏。",
        "（记者 张小舟报道）",
        "（记者张小舟报道）今天",
        "【记者手记】今天上山。",
    ],
)
def test_prose_has_no_lead(text: str) -> None:
    """A sentence that only begins like a dateline is none."""
    assert fields.parse_lead(text) is None


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("■ 本报记者 文小舟", ("文小舟",)),
        ("□青岚日报社融媒体记者黄小芹", ("黄小芹",)),
        ("□ 江岭时报记者 王一帆", ("王一帆",)),
        ("□ 本报全媒体记者 苗青 汪洋之 通讯员 石磊", ("苗青", "汪洋之", "石磊")),
        ("本报评论员", ()),
        ("□ 汪洋之", ("汪洋之",)),
        ("作者：高原 石磊", ("高原", "石磊")),
    ],
)
def test_a_byline_of_its_own(line: str, authors: tuple[str, ...]) -> None:
    """A line that only names the writers is a byline, reporters first."""
    byline = fields.parse_byline(line)

    assert byline is not None
    assert authors == byline.authors


@pytest.mark.parametrize(
    "line",
    [
        "记者走进车间看到，机器在转",
        "人民網記者：",
        "记者 王军 摄",
        "记者从会上获悉",
        "■权威发布",
        "▲工人在检修",
    ],
)
def test_what_is_no_byline(line: str) -> None:
    """A sentence, a turn of a transcript and a photographer's credit are no bylines."""
    assert fields.parse_byline(line) is None


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        ("车辆减速慢行。（据新华社）", "新华社"),
        ("车辆减速慢行。（据新华社长沙3月15日电）", "新华社"),
        ("车辆减速慢行。（综合新华社报道）", "新华社"),
        ("车辆减速慢行。（记者 文小舟）", ""),
    ],
)
def test_a_body_ends_with_its_source(text: str, agency: str) -> None:
    """What stands in brackets behind the last sentence names the reporters or the agency."""
    tail = fields.parse_tail_byline(text)

    assert tail is not None
    assert (tail.agency, tail.start) == (agency, 7)


def test_a_remark_in_brackets_is_no_source() -> None:
    """An agency that a sentence speaks of in brackets did not give the text."""
    assert fields.parse_tail_byline("他在那里工作。（新华社大楼）") is None


def test_names_that_a_line_end_cut_are_whole() -> None:
    """Single characters belong to the name beside them, and six characters may be two names."""
    assert fields.split_names("张 三、赵可 伟、王文阳谢俊宇") == ("张三", "赵可伟", "王文阳", "谢俊宇")


@pytest.mark.parametrize(
    ("text", "direction", "page"),
    [
        ("（下转第5版）", "to", 5),
        ("(紧下转A4版)", "to", 4),
        ("（上接第一版）", "from", 1),
        ("▶下转 3版", "to", 3),
        ("（下轉第十二版）", "to", 12),
    ],
)
def test_a_jump_names_its_page(text: str, direction: str, page: int) -> None:
    """Jump marks are read however the page is written."""
    jump = fields.find_jump("文字" + text)

    assert jump is not None
    assert (direction, page, 2) == (jump.direction, jump.page, jump.start)
    assert jump.end == len(text) + 2


@pytest.mark.parametrize(
    "text",
    [
        "图为学生在做实验。",
        "▲工人在检修。",
        "农民在采茶。 本报记者 文小舟 摄",
        "农民在采茶。（新华社发）",
        "农民在采茶。新华社记者 王小满 摄影报道",
        "农民在采茶。 图/文小舟",
        "农民在采茶。 摄影/本报记者 文小舟",
        "农民在采茶。摄影：文小舟",
        "农民在采茶。CFP供图",
    ],
)
def test_captions_say_so_themselves(text: str) -> None:
    """A credit at the end or 图为 at the start makes a caption."""
    assert fields.is_caption(text)


@pytest.mark.parametrize("text", ["他喜欢摄影。", "电影正在拍摄。", "这张图很好看。", "他看了这张图 王强"])
def test_prose_is_no_caption(text: str) -> None:
    """A sentence about pictures is no caption."""
    assert not fields.is_caption(text)


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("责任编辑：申辰 校对：午未", "staff"),
        ("地址：临渚市滨江路1号 邮编：000000", "footer"),
        ("国内统一连续出版物号：CN 99-0001", "masthead"),
        ("2026年3月18日 星期三 农历正月三十", "date"),
        ("第2版 要闻", "pagehead"),
        ("A02 综合", "pagehead"),
        ("今日天气", "weather"),
        ("临渚：多云转晴，南风3—4级，气温-2℃—11℃", "weather"),
        ("社址：临渚市滨江路1号 邮编：000000", "footer"),
        ("公益广告", "ad"),
        ("遗失声明", "notice"),
        ("导读", "index"),
        ("临渚港新添航线 详见3版", "index"),
        ("今日看点", "index"),
        ("临渚港新添航线……3版", "index"),
        ("临渚港新添航线 →A4", "index"),
        ("公益广告 临渚晚报宣", "ad"),
        ("售楼热线：0000-8824815", "ad"),
        ("市区天气", "weather"),
        ("短评", "column"),
        ("【图片新闻】", "column"),
        ("https://example.org/a", "link"),
    ],
)
def test_furniture_is_known(line: str, kind: str) -> None:
    """Lines that belong to the page are told by kind."""
    assert fields.furniture_kind(line) == kind


@pytest.mark.parametrize(
    "line",
    [
        "2026年我国经济开局良好",
        "责任重于泰山",
        "编辑部的故事",
        "停电三小时后恢复供电",
        "天气：今冬雨雪偏多",
        "快讯传来人心暖",
        "开通热线电话：有事请拨12345",
        "今年看点多",
    ],
)
def test_headlines_are_no_furniture(line: str) -> None:
    """A headline that begins like furniture is none."""
    assert fields.furniture_kind(line) is None


def test_the_name_of_a_file_tells_day_and_page() -> None:
    """Date and page are read off the usual names of files."""
    assert fields.date_in_name("qinglan_2026-03-18_page1.pdf.txt") == date(2026, 3, 18)
    assert fields.page_in_name("qinglan_2026-03-18_page1.pdf.txt") == 1
    assert fields.date_in_name("B02_paper_20260318_04.txt") == date(2026, 3, 18)
    assert fields.page_in_name("B02_paper_20260318_04.txt") == 4
    assert fields.page_in_name("2026-03-18-city.md") is None
