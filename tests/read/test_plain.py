"""A text that is no newspaper page is one article, word for word."""

from __future__ import annotations

from dataclasses import replace

import pytest

from digest.config import Limits
from digest.errors import ReadError
from digest.origin import origin_of
from digest.read.plain import read_plain

TEXT = "  今天有雨。\r\n\n明天\x00转晴。\n"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_every_line_is_a_paragraph(encoding: str) -> None:
    """Blank lines and controls go, words stay, and each stands where the source has it."""
    reading = read_plain((TEXT + "会议部署防汛工作，要求各地做好准备。").encode(encoding), "-", Limits())
    article, source = reading.articles[0], reading.sources[0]

    assert article.text == "今天有雨。\n明天转晴。\n会议部署防汛工作，要求各地做好准备。"
    assert [source.text[o.start : o.end] for o in origin_of(article, 0, 11)] == [
        "今天有雨。",
        "明天",
        "转晴。",
    ]


@pytest.mark.parametrize(
    "data", [b"", b" \n", b"%PDF-1.7 ", b"\x89PNG\r\n\x1a\n", b"<html><body><p>x</p></body></html>"]
)
def test_what_is_no_plain_text_is_refused(data: bytes) -> None:
    """Nothing, a binary format and markup are errors."""
    with pytest.raises(ReadError):
        read_plain(data, "-", Limits())


def test_too_much_is_refused() -> None:
    """The limit on a file holds here too."""
    with pytest.raises(ReadError, match="file_bytes"):
        read_plain(b"x" * 11, "-", replace(Limits(), file_bytes=10))
