from __future__ import annotations

import pytest

from digest.read.titles import join_lines, made_title, same_headline, split_headline, unspaced, without_site


@pytest.mark.parametrize(
    ("printed", "title", "subtitle"),
    [
        ("桥修好了", "桥修好了", ""),
        ("家门口的路——城市更新系列报道之二", "家门口的路", "——城市更新系列报道之二"),
        ("家门口的路 —— 城市更新系列报道之二", "家门口的路", "——城市更新系列报道之二"),
        ("桥——城市更新系列报道", "桥——城市更新系列报道", ""),
        ("走近他——一个人", "走近他——一个人", ""),
        ("青 岚 新 桥 通 车", "青岚新桥通车", ""),
        ("统筹推进疫情 防控工作取得成效", "统筹推进疫情 防控工作取得成效", ""),
        ("两岸居民走 路不再绕远", "两岸居民走路不再绕远", ""),
        ("", "", ""),
    ],
)
def test_a_printed_headline_is_title_and_subtitle(printed: str, title: str, subtitle: str) -> None:
    """What follows a double dash is the subtitle; spaces go where they are layout or cut a word."""
    assert split_headline(printed) == ("", title, subtitle)


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (["青岚河畔添了三座", "步行桥"], "青岚河畔添了三座步行桥"),
        (["听民声 解民忧", "青岚办成三件实事"], "听民声 解民忧 青岚办成三件实事"),
        (["种好每一块田", "修好每一条渠"], "种好每一块田 修好每一条渠"),
        (["GDP", "8 percent"], "GDP 8 percent"),
        ([], ""),
    ],
)
def test_lines_are_joined_as_phrases(lines: list[str], joined: str) -> None:
    """A couplet keeps a space between its lines, a phrase that runs on does not."""
    assert join_lines(lines) == joined


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("桥修好了今天通车_云州新闻网", "桥修好了今天通车"),
        ("桥修好了今天通车 - 青岚在线", "桥修好了今天通车"),
        ("桥修好了今天通车-云州日报", "桥修好了今天通车"),
        ("桥修好了今天通车--青岚晚报", "桥修好了今天通车"),
        ("云州-青岚高速公路通车", "云州-青岚高速公路通车"),
        ("桥_云州网", "桥_云州网"),
    ],
)
def test_the_name_of_the_site_goes(title: str, expected: str) -> None:
    """A web page's title ends with its site; a dash inside a headline is no such end."""
    assert without_site(title) == expected


def test_a_title_is_made_of_the_articles_own_words() -> None:
    """The first sentence, or its clauses as far as they fit."""
    long = "青岚河上的三座步行桥今天同时开放，两岸居民去市场的路近了八百多米，大家都很高兴。"

    assert made_title("桥修好了。今天通车。") == "桥修好了"
    assert made_title(long) == "青岚河上的三座步行桥今天同时开放"
    assert made_title("桥" * 100) == "桥" * 28 + "…"


def test_headlines_are_compared_by_their_letters() -> None:
    """Spaces and marks do not make a headline another one; two empty ones are not the same."""
    assert same_headline("“桥”修好了 通车", "桥修好了，通车")
    assert not same_headline("", "——")
    assert unspaced("A B C D") == "A B C D"
