"""Columns and areas of the user's own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from digest.classify.own import own_columns
from digest.compose import compose
from digest.config import AreaConfig, ColumnConfig, Config, load_config
from digest.errors import ConfigError
from digest.model import Article, Paragraph, Reading
from digest.pipeline import analyse_all, merge_stories

FLOOD = "青禾市水务局昨天发布汛情通报，清河三座水库腾出库容，沿河乡镇完成了夜间转移演练，物资已经到位。"
MARKET = "青禾市新开了三个农贸市场，摊位租金比去年低一成，市民说买菜近多了，企业也愿意来供货，生意不错。"
BRIDGE = (
    "青禾市黄河大桥昨天合龙，两岸群众结束了摆渡过江的历史。大桥全长一千多米，今年九月通车，过江只要十二分钟。"
)


def article(text: str, title: str = "", index: int = 0) -> Article:
    return Article(source="x.txt", index=index, title=title, paragraphs=(Paragraph(text),), id=f"x#{index}")


def test_any_word_or_pattern_is_enough() -> None:
    """One of the words or patterns files an article; the evidence says where it stands."""
    columns = (ColumnConfig("防灾", any=("汛情",)), ColumnConfig("菜篮子", pattern=("农贸.{0,2}市场",)))

    (flood,) = own_columns(article(FLOOD), columns)
    (market,) = own_columns(article(MARKET), columns)

    assert (flood.name, flood.code, flood.score) == ("防灾", "", 1.0)
    assert FLOOD[flood.evidence[0].start : flood.evidence[0].end] == flood.evidence[0].word == "汛情"
    assert (market.name, market.evidence[0].word) == ("菜篮子", "农贸市场")


def test_all_of_must_and_none_of_not() -> None:
    """Every word of `must` has to stand there and none of `not` may."""
    column = ColumnConfig("营商", must=("企业", "市场"), without=("水库",))

    assert own_columns(article(MARKET), (column,))
    assert not own_columns(article(FLOOD), (column,))
    assert not own_columns(article(MARKET + "水库"), (column,))
    assert not own_columns(article(MARKET.replace("企业", "")), (column,))


def test_a_headline_speaks_and_traditional_script_is_quoted_as_printed() -> None:
    """A word of the headline is evidence without a place; Traditional text is found by Simplified words."""
    column = ColumnConfig("防灾", any=("汛情",))

    (by_title,) = own_columns(article(MARKET, title="汛情通报"), (column,))
    assert by_title.evidence[0].start == -1
    text = "青禾市水務局昨天發佈汛情通報，說清河三座水庫騰出庫容，沿河鄉鎮完成了轉移演練。"
    (found,) = own_columns(article(text), (ColumnConfig("水库", any=("水库",)),))
    assert found.evidence[0].word == "水庫"


@pytest.mark.parametrize(
    "column",
    [
        ColumnConfig("时政", any=("汛情",)),
        ColumnConfig("防灾"),
        ColumnConfig("防灾", any=("",)),
        ColumnConfig("防灾", pattern=("(",)),
        ColumnConfig("防灾", pattern=("汛*",)),
    ],
)
def test_a_column_that_cannot_be_is_named(column: ColumnConfig) -> None:
    """The name of a built-in column, nothing to find, and a bad pattern are errors that name the column."""
    with pytest.raises(ConfigError, match=column.name):
        own_columns(article(FLOOD), (column,))


def test_the_words_of_digest_toml_are_read(tmp_path: object) -> None:
    """`not` is a key of the file though it is no name in the program."""
    path = tmp_path / "digest.toml"  # type: ignore[operator]
    path.write_text(
        '[[column]]\nname = "防灾"\nany = ["汛"]\nnot = ["戏"]\n[[area]]\nname = "清河"\nregions = ["山西"]\n'
    )

    config = load_config(path)

    assert config.column == (ColumnConfig("防灾", any=("汛",), without=("戏",)),)
    assert config.area == (AreaConfig("清河", ("山西",)),)


def sections(config: Config) -> list[tuple[str, list[str]]]:
    articles = [
        article("太原市" + FLOOD[3:], "太原腾库容", 0),
        article("大同市" + MARKET[3:], "大同开市场", 1),
        article("济南市" + BRIDGE[3:], "济南大桥合龙", 2),
    ]
    stories = merge_stories(analyse_all(articles, config), config)
    config = replace(config, compose=replace(config.compose, min_chars=10))
    issue = compose(stories, Reading(tuple(articles)), date(2026, 3, 18), config)
    return [(one.title, [item.story.lead.article.title for item in one.items]) for one in issue.sections]


def test_a_column_and_an_area_make_sections() -> None:
    """A column of one's own comes first and takes its stories; an area holds the regions that it names."""
    config = Config(
        column=(ColumnConfig("防灾", any=("汛情",)),), area=(AreaConfig("华北", ("山西", "河北")),)
    )

    found = sections(config)

    assert found == [("防灾", ["太原腾库容"]), ("华北", ["大同开市场"]), ("山东·济南", ["济南大桥合龙"])]


def test_a_column_without_a_section_is_a_group_in_its_region() -> None:
    """With `section = false` the stories stay in their regions."""
    config = Config(column=(ColumnConfig("防灾", any=("汛情",), section=False),))

    assert {title for title, _ in sections(config)} == {"山东·济南", "山西·太原", "山西·大同"}
