"""The issue as Markdown and as plain text, to be pasted into a chat."""

from __future__ import annotations

from dataclasses import replace

import pytest

from digest.config import RenderConfig
from digest.errors import ConfigError
from digest.model import Skipped
from digest.render import FORMATS, render
from digest.render.markdown import escaped
from digest.render.present import present
from digest.render.text import render_text
from digest.render.themes import find_theme
from tests.render.sample import STORIES, make_issue, with_lead


def text_of(suffix: str, **changes: object) -> str:
    view = present(with_lead(make_issue(), **changes))
    return render_text(view, find_theme("default"), suffix).decode("utf-8")


@pytest.mark.parametrize("suffix", ["md", "txt"])
def test_every_story_stands_there_with_its_words_and_its_source(suffix: str) -> None:
    """Sentences are verbatim, headlines are numbered, and the papers are named."""
    text = text_of(suffix)

    for _, _, headline, sentences, _ in STORIES:
        assert headline in text
        for sentence in sentences:
            assert sentence in text
    for words in ("每日要闻 第12期", "2026年3月18日 星期三", "聊城晨报", "并州新报", "摘要各句均照录原文"):
        assert words in text


def test_plain_text_has_no_markup_and_no_gaps() -> None:
    """Nothing but words, and never more than one empty line in a row."""
    text = text_of("txt", title="甲<b>&“乙”</b>")

    assert "1. 甲<b>&“乙”</b>\n" in text
    assert "\n\n\n" not in text
    assert text == text.lstrip()


def test_markdown_leads_to_the_page_of_a_story() -> None:
    """A source that has an address is a link."""
    assert "[环球观察](https://example.org/news/1?a=1&b=2)" in text_of("md")
    assert "(https://example.org/%28x%29)" in text_of("md", url="https://example.org/(x)")


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ("平常的字，1.5倍", "平常的字，1.5倍"),
        ("a*b_c`d", r"a\*b\_c\`d"),
        ("[题](x)", r"\[题\](x)"),
        ("<b>&amp;", r"\<b\>\&amp;"),
        ("# 一", r"\# 一"),
        ("1. 一\n- 二", "1\\. 一\n\\- 二"),
        ("C# 与 1-2", "C# 与 1-2"),
        ("a|b~c\\", r"a\|b\~c\\"),
    ],
)
def test_words_stay_words_in_markdown(words: str, written: str) -> None:
    """What would be markup is escaped, and no more than that."""
    assert escaped(words) == written


def test_formats_are_made_as_asked() -> None:
    """Each format asked for is a file; one that is not known is an error that names those that are."""
    config = RenderConfig(pdf=False)

    assert [file.name for file in render(make_issue(), replace(config, formats=("txt", "txt")))] == [
        "index.html",
        "issue.json",
        "digest.txt",
    ]
    assert {file.name for file in render(make_issue(), config)} >= set(FORMATS.values())
    with pytest.raises(ConfigError, match=r"docx.*epub, md, txt"):
        render(make_issue(), replace(config, formats=("docx",)))


def test_left_out_is_counted() -> None:
    """A reader of the text knows that there is more."""
    issue = replace(make_issue(), skipped=(Skipped("a", "b"),))
    text = render_text(present(issue), find_theme("default"), "txt").decode()

    assert "未收入 1 条、未用 1 件" in text
