"""Rows that run across gutters: what is put together is the source's, what cannot be told is left out."""

from __future__ import annotations

from digest.page import read_page
from digest.page.cohesion import apart, speaks_of
from digest.page.crossing import uncross
from digest.text.tracked import Tracked

MIXED = """\
市图书馆少儿分馆延时开放

本报讯（记者 宋青禾） 中近三成是放学后由祖辈
市图书馆少儿分馆本月 带来的小学生，傍晚座
起把闭馆时间延长到晚 位十分紧张。
上九点，并新增盲文绘 为配合延时开放，公交
本和有声读物3600册。 公司把末班车推迟了半
馆长丁若水介绍，去年 个小时，老人接孩子不
接待读者41万人次，其 用再赶路了。

秋）柳溪县大桥昨日合 得了40天时间。
镇预置冲锋舟92艘、编织
第一号汛情通报，清河 龙，两岸群众结束了摆
过江的历史。大桥全长 局部山洪风险较高。
三座水库已腾出库容
米，双向四车道，主跨 转移演练。 车，届时从县城
立方米，迎接可能提前 钢箱梁斜拉结构。
园的车程由50分钟缩短
大桥由县交通建设公司 分钟。
"""


def test_every_character_leads_back_to_the_page() -> None:
    """What is kept was copied from the offsets that it says."""
    found = uncross(Tracked.of(MIXED))

    assert found is not None
    for run in found.text.runs:
        assert found.text.text[run.at : run.at + run.length] == MIXED[run.start : run.start + run.length]


def test_nothing_is_lost_in_silence() -> None:
    """Every line is kept, or reported, or cut back to a whole sentence beside a line that is reported."""
    found = uncross(Tracked.of(MIXED))

    assert found is not None
    assert found.left_out
    reading = read_page(Tracked.of(MIXED), source="x.txt")
    assert len(reading.skipped) == 1
    assert f"{len(found.left_out)} 行" in reading.skipped[0].reason
    assert all(str(len(found.left_out)) in article.warnings[-1] for article in reading.articles)


def test_columns_that_stand_in_rows_are_read_whole() -> None:
    """Two columns side by side are read one after the other."""
    reading = read_page(Tracked.of(MIXED), source="x.txt")

    assert "市图书馆少儿分馆本月起把闭馆时间延长到晚上九点" in reading.articles[0].text
    assert "公交公司把末班车推迟了半个小时，老人接孩子不用再赶路了。" in reading.articles[0].text


def test_a_page_of_plain_lines_is_left_as_it_is() -> None:
    """One column, names with spaces between, and paragraphs on one line each cross no gutter."""
    lines = ["本报讯（记者 宋青禾 丁一帆） 市图书馆少儿分馆本月起延长闭馆时间。"] * 30

    assert uncross(Tracked.of("\n\n".join(lines))) is None
    assert uncross(Tracked.of("")) is None


def test_halves_of_one_article_are_nearer_than_two_articles() -> None:
    """The log-odds are below 0 for two parts of one report and above 0 for two reports."""
    bridge = "柳溪县青石渡大桥昨日合龙，两岸群众结束了摆渡过江的历史。大桥全长1268米，主跨采用斜拉结构。"
    more = "青石渡大桥预计今年9月通车，届时从柳溪县城过江的车程由50分钟缩短到12分钟，摆渡船将停航。"
    tea = "春茶开采以来，云坪镇的茶园里每天有4000多名采茶工忙碌，鲜叶下山两小时内就能进厂加工。"

    assert apart(bridge, more) < 0 < apart(bridge, tea)
    assert apart("", bridge) == 0.0


def test_a_clause_and_a_subtitle_speak_of_nothing() -> None:
    """A headline line is of the text that holds it; a clause of the text or a subtitle tells nothing."""
    text, other = "青石渡大桥昨日合龙，两岸结束摆渡历史。", "云坪镇三万亩春茶开采。"

    assert speaks_of("青石渡大桥合龙", text, other)
    assert not speaks_of("青石渡大桥合龙", other, text)
    assert not speaks_of("青石渡大桥昨日合龙", text, other)
    assert not speaks_of("——青石渡大桥合龙", text, other)


def test_a_list_of_names_is_no_row_of_columns() -> None:
    """Rows of names on a page of flowing text cross no gutter."""
    names = "\n".join(["沈一苇 路远 宋青禾 丁若水"] * 8)
    page = f"市图书馆少儿分馆本月起把闭馆时间延长到晚上九点。\n\n志愿者名单\n{names}\n"

    assert uncross(Tracked.of(page)) is None
