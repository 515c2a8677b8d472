from __future__ import annotations

import pytest

from digest.config import Limits
from digest.read import read_bytes
from digest.read.records import is_records

BODY = "青岚河上的三座步行桥今天同时开放，两岸居民去市场的路近了八百多米。"


def read(text: str) -> list[str]:
    return [article.title for article in read_bytes(text.encode(), "a.txt", Limits()).articles]


@pytest.mark.parametrize(
    "head",
    [
        "标题：三座桥通了\n来源：云州日报",
        "來源：雲州日報　日期：2024-03-05\n標題：三座桥通了",
        "【篇名】三座桥通了\n【报纸名称】云州日报",
        "\n12.\n题名: 三座桥通了\n日期: 2024-03-05\n\n作者: 方舟",
    ],
)
def test_labelled_fields_above_a_text_make_a_record(head: str) -> None:
    """The headline's label and another one, in either script, in brackets or with a colon."""
    assert is_records(f"{head}\n\n{BODY}")
    assert read(f"{head}\n\n{BODY}") == ["三座桥通了"]


@pytest.mark.parametrize(
    "text",
    [
        f"标题：三座桥通了\n{BODY}",  # one label may be a line of the text
        f"来源：云州日报\n日期：2024-03-05\n{BODY}",  # no headline
        f"三座桥通了\n来源：云州日报\n{BODY}",
        "",
    ],
)
def test_other_texts_are_none(text: str) -> None:
    """What may be a page or a note is not read as records."""
    assert not is_records(text)


def test_offsets_lead_into_the_text_that_was_taken_out() -> None:
    """The paragraphs of the second record stand in the source's text where they say."""
    record = f"标题：三座桥通了\n日期：2024-03-05\n正文：{BODY}\n\n"
    reading = read_bytes((record * 2).encode(), "a.txt", Limits())
    ground = reading.sources[0].text

    assert len(reading.articles) == 2
    for article in reading.articles:
        (paragraph,) = article.paragraphs
        (run,) = paragraph.runs
        assert ground[run.start : run.start + run.length] == paragraph.text == BODY


def test_a_label_inside_a_text_begins_no_record() -> None:
    """Only behind a blank line, a rule or a number does a record begin."""
    text = f"标题：三座桥通了\n日期：2024-03-05\n\n{BODY}\n标题：另一件\n来源：某报\n{BODY}"

    assert read(text) == ["三座桥通了"]


def test_a_record_without_a_body_is_named() -> None:
    """Nothing is lost without a word."""
    reading = read_bytes(
        f"标题：三座桥通了\n日期：2024-03-05\n\n标题：有桥\n日期：2024-03-05\n\n{BODY}".encode(),
        "a.txt",
        Limits(),
    )

    assert [article.title for article in reading.articles] == ["有桥"]
    assert [skipped.source for skipped in reading.skipped] == ["a.txt#0"]
