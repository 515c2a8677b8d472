from __future__ import annotations

import io
import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.config import Limits
from digest.model import Article, Skipped
from digest.read import read_bytes
from digest.read.rows import read_rows


def read(data: bytes, limits: Limits | None = None) -> list[Article | Skipped]:
    return list(read_rows(io.BytesIO(data), limits=limits))


@given(
    st.text(
        st.characters(exclude_categories=("Cc", "Cs", "Cf", "Zl", "Zp", "Cn")) | st.just("\n"), min_size=1
    )
)
def test_the_text_of_a_row_is_kept_to_the_character(text: str) -> None:
    """`Article.text` is the row's text, so offsets hold in the row."""
    (found,) = read(json.dumps({"id": "1", "text": text}).encode())
    if text.strip():
        assert isinstance(found, Article)
        assert found.text == text
    else:
        assert isinstance(found, Skipped)


def test_harmful_characters_are_replaced_one_for_one() -> None:
    """A lone surrogate and a NUL keep their places and lose their harm."""
    (found,) = read(b'{"text":"a\\ud800b\\u0000c\\u202ed"}')

    assert isinstance(found, Article)
    assert found.text == "a\ufffdb c d"


def test_bad_rows_are_skipped_with_their_line() -> None:
    """Each bad row is named, the good ones around it are read."""
    found = read('{"text":"甲。"}\n\n[]\n{"text":1}\n{\n{"id":7,"text":"乙。"}'.encode())

    assert [one.id if isinstance(one, Article) else one.source for one in found] == [
        "-#0", "-:3", "-:4", "-:5", "7",
    ]  # fmt: skip


def test_a_row_that_is_too_long_costs_only_itself() -> None:
    """The limit is named, the line is not held in memory, and the next row is read."""
    long = b'{"text":"' + b"a" * 1000 + b'"}\n'
    found = read(long + '{"text":"乙。"}\n'.encode(), Limits(line_chars=50))

    assert isinstance(found[0], Skipped)
    assert "line_chars" in found[0].reason
    assert isinstance(found[1], Article)


def test_rows_are_read_as_they_come() -> None:
    """The first article is there before the second line was asked for."""

    class Lines(io.BytesIO):
        asked = 0

        def readline(self, size: int | None = -1, /) -> bytes:
            Lines.asked += 1
            return super().readline(size)

    rows = read_rows(Lines(b'{"text":"a"}\n' * 3))
    next(rows)

    assert Lines.asked == 1


def test_articles_of_one_source_are_counted() -> None:
    """The index counts within a row's source, and paragraphs point into the row."""
    rows = '{"text":"甲。","source":"云州日报"}\n{"text":"乙。","source":"云州日报"}\n{"text":"丙。"}'
    reading = read_bytes(rows.encode(), "x.jsonl", Limits())

    assert [(one.source, one.index) for one in reading.articles] == [
        ("云州日报", 0), ("云州日报", 1), ("x.jsonl", 0),
    ]  # fmt: skip
    assert [source.name for source in reading.sources] == ["x.jsonl:1", "x.jsonl:2", "x.jsonl:3"]
    assert reading.articles[1].paragraphs[0].source == "x.jsonl:2"


def test_the_usual_chinese_names_of_fields_are_known() -> None:
    """Rows of other programs need no renaming; the field's own name comes first."""
    row = {
        "标题": "三座桥通了",
        "content": "桥通了。",
        "正文": "别的。",
        "日期": "2024-03-05",
        "来源": "云州日报",
    }
    (article,) = read_bytes(json.dumps([row]).encode(), "a.json", Limits()).articles

    assert (article.title, article.text, article.paper) == ("三座桥通了", "桥通了。", "云州日报")
    assert article.published == date(2024, 3, 5)


@pytest.mark.parametrize(("mark", "encoding"), [(",", "utf-8-sig"), ("\t", "gb18030"), (";", "utf-16")])
def test_a_table_gives_an_article_for_each_line(mark: str, encoding: str) -> None:
    """Whatever parts its columns and in any encoding; a cell may hold line ends."""
    lines = [["标题", "正文"], ["三座桥通了", '"桥通了。\n路也通了。"'], ["空的", ""]]
    data = "\r\n".join(mark.join(line) for line in lines).encode(encoding)
    reading = read_bytes(data, "a.csv", Limits())

    assert [article.text for article in reading.articles] == ["桥通了。\n路也通了。"]
    assert [skipped.source for skipped in reading.skipped] == ["a.csv:3"]


def test_a_table_without_texts_is_named_with_its_columns() -> None:
    """So that the user sees what to rename."""
    (skipped,) = read_bytes("标题,日期\n三座桥通了,2024-03-05\n".encode(), "a.csv", Limits()).skipped

    assert "标题、日期" in skipped.reason
