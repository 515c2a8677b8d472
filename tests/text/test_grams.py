"""Text as an index holds it."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing

from hypothesis import given
from hypothesis import strategies as st

from digest.text.grams import folded, indexed, pairs, sought, words

TEXTS = st.text(alphabet="碳双达峰聊城市Ab5，。 臺", min_size=1, max_size=30)


def test_a_run_is_pairs_and_its_last_character() -> None:
    """Hanzi go by pairs, letters and digits by the word, and nothing joins over a mark."""
    assert list(pairs("聊城市，5g网络")) == ["聊城", "城市", "市", "5g", "网", "网络", "络"]
    assert list(indexed("聊城，城")) == ["聊城", "城", "城", "\ue000", "聊", "城"]


def test_a_term_is_a_row_of_tokens() -> None:
    """The last character of a term may go on; one character alone is a token of its own."""
    assert sought("碳") == ["碳"]
    assert sought("双碳") == ["双碳"]
    assert sought("新质生产力") == ["新质", "质生", "生产", "产力"]
    assert sought("5g") == ["5g"]
    assert sought("3人") == ["3", "人"]
    assert sought("碳5") == ["碳", "5"]
    assert sought("，。\ue000") == []


def test_folding_keeps_the_length() -> None:
    """One script, width and case, each character for one."""
    assert folded("臺灣ＡＢＣ５①㍿") == "台湾abc51㍿"


def test_no_phrase_goes_over_the_end_of_a_text() -> None:
    """The single characters behind the pairs make up no row that the text does not have."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE VIRTUAL TABLE t USING fts5 (body, content = '')")
        connection.execute("INSERT INTO t (rowid, body) VALUES (1, ?)", (" ".join(indexed("碳达峰5")),))
        found = {
            term: connection.execute(
                "SELECT count(*) FROM t WHERE t MATCH ?", (f'"{" ".join(sought(term))}"',)
            ).fetchone()[0]
            for term in ("5碳", "峰5", "碳", "达峰5")
        }

    assert found == {"5碳": 0, "峰5": 1, "碳": 1, "达峰5": 1}


def test_words_of_a_long_one_are_there_too() -> None:
    """Search mode gives a word and the words inside of it."""
    assert {"中国科学院", "科学院", "科学"} <= set(words("中国科学院"))


@given(text=TEXTS, start=st.integers(0, 29), length=st.integers(1, 6))
def test_whatever_stands_in_a_text_is_found_in_it(text: str, start: int, length: int) -> None:
    """Any stretch of a text is found by the phrase for it, unless it begins or ends inside of a word."""
    text = folded(text)
    term = text[start % len(text) :][:length]
    tokens = sought(term)
    cut = re.escape(term) if not term[:1].isascii() else f"(?<![a-z0-9]){re.escape(term)}"
    if not tokens or not re.search(f"{cut}(?![a-z0-9])", text):
        return
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE VIRTUAL TABLE t USING fts5 (body, content = '')")
        connection.execute("INSERT INTO t (rowid, body) VALUES (1, ?)", (" ".join(indexed(text)),))
        phrase = f'"{" ".join(tokens)}"'
        (n,) = connection.execute("SELECT count(*) FROM t WHERE t MATCH ?", (phrase,)).fetchone()

    assert n == 1
