"""Cutting words. All texts are invented."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.text.frequencies import frequencies
from digest.text.words import RUN_CHARS, cut, cutter


@given(st.text(max_size=300))
def test_words_join_to_the_text(text: str) -> None:
    """No character is lost; lone surrogates become U+FFFD."""
    expected = "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in text)

    assert expected == "".join(cut(text))


def test_lone_surrogates_are_replaced() -> None:
    """A lone surrogate does not stop the cutter."""
    assert cut("中\ud800国")[-1] == "国"


@pytest.mark.parametrize("text", ["中" * 100_000, "a" * 100_000, "中国" * 50_000])
def test_an_endless_run_is_capped(text: str) -> None:
    """A run without a break is cut blindly, and nothing is lost."""
    words = cut(text)

    assert text == "".join(words)
    assert max(map(len, words)) <= RUN_CHARS


def test_a_users_dictionary(tmp_path: Path) -> None:
    """Words of the user's dictionary stay whole."""
    dictionary = tmp_path / "words.txt"
    dictionary.write_text("柳树村合作社 100 n\n", encoding="utf-8")

    assert "柳树村合作社" in cutter(dictionary)("昨天柳树村合作社开张。")
    assert "柳树村合作社" not in cutter(None)("昨天柳树村合作社开张。")


def test_frequencies_tell_common_from_rare() -> None:
    """Everyday words weigh less than rare ones, and the classes do not overlap."""
    table = frequencies()

    assert table.weight["我们"] < table.weight["发展"] < table.weight["碳酸钙"]
    assert "我们" in table.function_words
    assert "桥梁" in table.nouns
    assert not table.nouns & table.function_words
    assert not table.nouns & table.verbs
