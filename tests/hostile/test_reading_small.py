"""Attack: input of almost nothing, of nothing but one thing, or of anything at all."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.config import Limits
from digest.model import Reading
from digest.read import read_bytes

NAMES = ["a.txt", "a.md", "a.html", "content_1.htm", "a.jsonl", "a.xml", "a"]
MARKUP = st.sampled_from(
    """
<p> </p> <div> <table><tr><td> <br> <img␣src=/res/a.jpg> <!-- --> <![CDATA[ <html> <!--enpcontent-->
<!--/enpcontent--> <!--enpproperty␣ /enpproperty--> <title> </title> &#0; <rss> <item> ---␤ +++␤ title:␣ { }
"text": [ ] ( ） ** #␣ ␤ ␍ 本报讯（记者␣张三） 下转第2版 （上接第1版） 来源： 图为 □␣本报记者␣李四 桥修好了。
。 \u3000\u3000 &nbsp;
<script> <founder-content> </founder-content> %PDF- https://a.cn/ ␀ ␨ ␠
""".replace("\n", " ").split(" ")
).map(lambda mark: mark.translate(str.maketrans("␣␤␍␀␨␠", " \n\r\x00\u2028\ufeff")))


def check(reading: Reading) -> None:
    """What must be true of any reading."""
    assert reading.articles or reading.skipped
    assert all("internal error" not in skipped.reason for skipped in reading.skipped)
    texts = {source.name: source.text for source in reading.sources}
    for article in reading.articles:
        assert article.text.strip()
        fields = (
            article.title,
            article.kicker,
            article.subtitle,
            article.paper,
            article.url,
            *article.captions,
        )
        assert all(char not in field for field in fields for char in "\n\x00\u2028\u202e\u200b")
        for paragraph in article.paragraphs:
            assert all(unicodedata.category(char) not in ("Cs", "Zl", "Zp") for char in paragraph.text)
            for run in paragraph.runs:
                copied = texts[paragraph.source][run.start : run.start + run.length]
                assert copied == paragraph.text[run.at : run.at + run.length]


ALMOST_NOTHING = [
    *(
        "",
        " ",
        "\n",
        "\ufeff",
        "。",
        "中",
        "a",
        "桥修好了。",
        "桥修好了。\n" * 1000,
        "中" * 100_000,
        "<",
        "{",
        "---",
    ),
    *("---\n---\n", "<html></html>", "<!-- -->", "<p></p>", "<?xml version='1.0'?>", "\x00", "\ufffd" * 100),
]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("text", ALMOST_NOTHING)
def test_almost_nothing_is_read_or_skipped_with_a_reason(name: str, text: str) -> None:
    """Every input is accounted for, and nothing fails."""
    check(read_bytes(text.encode("utf-8"), name, Limits()))


@pytest.mark.parametrize("name", NAMES)
@given(parts=st.lists(MARKUP, max_size=30))
@settings(max_examples=25, deadline=None)
def test_any_mixture_of_marks_is_read_or_skipped(name: str, parts: list[str]) -> None:
    """No order of tags, fences and set phrases breaks a reader."""
    check(read_bytes("".join(parts).encode("utf-8"), name, Limits()))


@given(data=st.binary(max_size=300), name=st.sampled_from(NAMES))
@settings(max_examples=60, deadline=None)
def test_any_bytes_are_read_or_skipped(data: bytes, name: str) -> None:
    """No bytes break the decoder or the dispatcher."""
    check(read_bytes(data, name, Limits()))
