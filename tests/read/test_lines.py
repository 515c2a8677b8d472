from __future__ import annotations

from datetime import date

import pytest

from digest.read.lines import is_navigation, is_outlet, is_rights, parse_labelled, parse_printed


@pytest.mark.parametrize(
    ("line", "paper", "authors"),
    [
        ("（文章来源：云州日报）", "云州日报", ()),
        ("来源：云州日报 作者：方舟 陆离", "云州日报", ("方舟", "陆离")),
        ("2024-02-11 09:20　来源：云州日报　编辑：某某", "云州日报", ()),
        ("[来源: 青岚晚报] [编辑: 某某]", "青岚晚报", ()),
        ("作者：方舟", "", ("方舟",)),
        ("原标题：桥修好了", "", ()),
        ("2024年2月11日 09:20", "", ()),
        ("责任编辑：某某", "", ()),
    ],
)
def test_a_line_of_labels_gives_its_fields(line: str, paper: str, authors: tuple[str, ...]) -> None:
    """Source and authors are told, other labels go away."""
    assert parse_labelled(line) == (paper, authors)


@pytest.mark.parametrize(
    "line",
    [
        "记者：今年的粮食怎么样？",
        "钱从哪里来：来源：财政和社会各出一半。",
        "今年的主要收入来源：茶叶，占了六成，其次是药材",
        "桥修好了。",
        "一句没有标签的话",
        "",
    ],
)
def test_a_sentence_with_a_label_in_it_is_no_line_of_labels(line: str) -> None:
    """A turn of an interview or a sentence stays in the body."""
    assert parse_labelled(line) is None


@pytest.mark.parametrize(
    "line",
    [
        "返回首页",
        "[返回云州日报新闻]",
        "上一篇：茶山修路",
        "阅读原文",
        "扫码关注本报公众号",
        "【打印】",
        "点击上方蓝字关注我们",
        "往期推荐",
        "点个“在看”，转发周知",
        "延伸閱讀：",
    ],
)
def test_what_only_leads_elsewhere_is_navigation(line: str) -> None:
    """Short lines that do nothing but lead go away."""
    assert is_navigation(line, 0.0)


@pytest.mark.parametrize(
    "line",
    ["外出务工人员返回家乡", "评论区里的民意", "他收藏了三千本书。", "首页面向全县开放", "相关部门介入调查"],
)
def test_a_subhead_with_such_a_word_is_no_navigation(line: str) -> None:
    """A word of navigation inside a phrase means what it says."""
    assert not is_navigation(line, 0.0)


def test_where_an_article_was_printed_is_read() -> None:
    """Paper, day and page behind the body of a paper's site."""
    line = "《 江城日报 》（ 2024年03月21日 04 版）"

    assert parse_printed(line) == ("江城日报", date(2024, 3, 21), 4)
    assert parse_printed("《江城日报》创刊于1950年。") is None


@pytest.mark.parametrize(("name", "is_one"), [("云州发布", True), ("云州日报", True), ("方舟", False)])
def test_a_newsroom_is_told_from_a_person(name: str, is_one: bool) -> None:
    """By the last characters."""
    assert is_outlet(name) is is_one


def test_rights_are_told_from_news_about_them() -> None:
    """A note of rights goes; a sentence about copyright stays."""
    assert is_rights("云州日报版权所有 未经书面授权 不得转载")
    assert not is_rights(
        "全省去年登记版权所有者变更一千二百余件，同比增长三成，涉及软件、音乐与图书等多个门类的作品。"
    )
