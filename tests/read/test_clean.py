from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.read.clean import clean, clean_in_place, clean_line, clean_text
from digest.text.tracked import Tracked

HOSTILE = "\x00\x07\x1b\x7f\x9f\ud800\udfff\u202e\u2066\u200b\u200d\ufeff\u00ad\ufffe\U000e0041"


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("中\r\n文", "中\n文"),
        ("中\r文", "中\n文"),
        ("中\u2028文\u2029段\x85落", "中\n文\n段\n落"),
        ("页\x0c页\x0b行", "页\n页\n行"),
        (f"甲{HOSTILE}乙", "甲乙"),
        ("没有什么可清理。", "没有什么可清理。"),
        ("\t缩 进　不动\n", "\t缩 进　不动\n"),
    ],
)
def test_what_has_no_business_in_a_text_goes(raw: str, expected: str) -> None:
    """Controls, surrogates, overrides and zero-width characters go; every line end is a line feed."""
    assert clean(Tracked.of(raw)).text == expected
    assert clean_text(raw) == expected


@given(st.text(st.sampled_from("中a \n\r\x00\u2028\u200b\ud800\x85"), max_size=60))
def test_offsets_survive_cleaning(raw: str) -> None:
    """What a run says was copied stands in the source."""
    cleaned = clean(Tracked.of(raw, 7))
    for run in cleaned.runs:
        assert cleaned.text[run.at : run.at + run.length] == raw[run.start - 7 :][: run.length]
    inserted = len(cleaned.text) - sum(run.length for run in cleaned.runs)

    assert inserted <= raw.count("\r") + raw.count("\u2028") + raw.count("\x85")


@given(st.text(max_size=80))
def test_nothing_harmful_is_left(raw: str) -> None:
    """No control, surrogate, format or line-end character but tab and line feed is in a cleaned text."""
    for char in clean_text(raw):
        assert char in "\t\n" or unicodedata.category(char) not in ("Cc", "Cs", "Zl", "Zp")


@given(st.text(max_size=80))
def test_cleaning_in_place_keeps_the_length(raw: str) -> None:
    """Offsets into a row's text hold after cleaning, and the result can be written as UTF-8."""
    cleaned = clean_in_place(raw)

    assert len(cleaned) == len(raw)
    assert "\x00" not in cleaned
    cleaned.encode("utf-8")


def test_a_field_stands_on_one_line() -> None:
    """White space of every kind becomes one space."""
    assert clean_line("　两行\r\n\u2028标题\u200b ") == "两行 标题"
