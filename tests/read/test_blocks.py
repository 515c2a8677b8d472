from __future__ import annotations

import pytest

from digest.config import Limits
from digest.read.blocks import Block, blocks_of, parse_html
from digest.read.markdown import markdown_blocks


def html(markup: str) -> list[Block]:
    return blocks_of(parse_html(markup, "a.html", Limits()))


def texts(markup: str) -> list[str]:
    return [block.text for block in html(markup) if block.text]


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<p>第一段。</p><p>第二段。</p>", ["第一段。", "第二段。"]),
        ("<div>第一段。<p>第二段。</p>第三段。</div>", ["第一段。", "第二段。", "第三段。"]),
        ("<p>　　缩进&nbsp;的 <b>粗</b>体。</p>", ["缩进\u00a0的 粗体。"]),
        ("<p>折行的\n  中文。</p><p>two\nwords</p>", ["折行的中文。", "two words"]),
        ("<p>　　第一段。<br>　　第二段。</p>", ["第一段。", "第二段。"]),
        (
            "<p>一行在这个宽度上折断了接着\n<br>写下去到这里又一次折断了接\n<br>着写完。</p>",
            ["一行在这个宽度上折断了接着写下去到这里又一次折断了接着写完。"],
        ),
        ("<p>句中的<img src=a.gif>小图。</p>", ["句中的小图。"]),
        ("<p>看<script>alert('不')</script>见。</p><style>p{}</style><nav>导航</nav>", ["看见。"]),
        ("<p>零\u200b宽&#8203;与&#x202e;反向&#0;字符</p>", ["零宽与反向\ufffd字符"]),
        ("<p style='display:none'>藏</p><p hidden>藏</p><p>见</p>", ["见"]),
        ("<table><tr><td>甲</td><td>乙</td></tr></table>", ["甲", "乙"]),
        ("a < b 与 c &lt; d", ["a < b 与 c < d"]),
    ],
)
def test_markup_becomes_paragraphs(markup: str, expected: list[str]) -> None:
    """Each block of the page is one plain text, without what is not shown."""
    assert texts(markup) == expected


def test_blocks_know_what_they_are() -> None:
    """Heading, bold line, picture, share of links, and the classes around."""
    found = html(
        "<h2>上行<br>下行</h2><p><b>全粗</b></p><p>半<b>粗</b></p><div class='Pic Text'><img src=a></div>"
        "<p><a href=x>链接</a>文字</p>"
    )

    assert [(one.text, one.tag, one.bold, one.links, one.marks) for one in found] == [
        ("上行\n下行", "h2", False, 0.0, ""),
        ("全粗", "p", True, 0.0, ""),
        ("半粗", "p", False, 0.0, ""),
        ("", "image", False, 0.0, "pic text"),
        ("链接文字", "p", False, 0.5, ""),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一段\n两行。\n\n又一段。", ["一段两行。", "又一段。"]),
        ("　　一段。\n　　又一段。", ["一段。", "又一段。"]),
        ("# 标题\n正文。", ["标题", "正文。"]),
        ("标题\n---\n正文。", ["标题", "正文。"]),
        ("一个[链接](http://a.cn/x_(y))和**重点**、*轻点*、`代码`。", ["一个链接和重点、轻点、代码。"]),
        ("<http://a.cn/x>\n\nhttps://a.cn/y", []),
        ("![图](a.png)\n图说", ["图说"]),
        ("- 一\n- 二\n1. 三", ["一", "二", "三"]),
        ("> 引文。\n> 接着。", ["引文。接着。"]),
        ("```\n代码\n```\n正文。", ["正文。"]),
        ("    四格缩进也是正文。", ["四格缩进也是正文。"]),
        ("{% include x.html %}正文{{ site.title }}。", ["正文。"]),
        ("[1]: http://a.cn\n正文\\*不斜\\*。", ["正文*不斜*。"]),
        ("正文。\n<p>夹着\n标签。</p>\n\n尾段。", ["正文。", "夹着标签。", "尾段。"]),
        ("1.5亿元的投资。\n2024年完工。", ["1.5亿元的投资。2024年完工。"]),
    ],
)
def test_markdown_becomes_paragraphs(text: str, expected: list[str]) -> None:
    """The words stay, the marks go."""
    assert [block.text for block in markdown_blocks(text, "a.md", Limits()) if block.text] == expected
