"""Where sentences end. All texts are invented."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.text.sentences import is_finished, split

_BLOCKS = Path(__file__).with_name("sentences.txt").read_text(encoding="utf-8").split("\n\n")[1:]
CASES = [block.strip().split("\n") for block in _BLOCKS]


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_sentences(text: str, expected: str) -> None:
    """Each case of sentences.txt splits as written there."""
    text = text.replace("⏎", "\n").replace("␍", "\r")

    assert expected == "/".join(text[start:end] for start, end in split(text))


def test_a_long_quotation_is_split() -> None:
    """A speech printed as one quotation gives its sentences."""
    text = "他说：“" + "桥通了，路也好走了，大家都高兴。" * 20 + "”"

    assert len(split(text)) == 20


@pytest.mark.parametrize(
    ("sentence", "finished"),
    [
        ("桥通了。", True),
        ("他说：“桥通了。”", True),
        ("桥通了（见第3版。）", True),
        ("增长5.2%.", True),
        ("The bridge is open.", True),
        ("新桥通车", False),
        ("新桥通车，", False),
        ("采取三项措施：", False),
        ("1.", False),
        ("", False),
    ],
)
def test_is_finished(sentence: str, finished: bool) -> None:
    """A headline, a cut line and a bare list number are not sentences."""
    assert finished is is_finished(sentence)


@given(
    st.text(alphabet='桥通了。！？…“”（）《》".. \n\u3000,，1a%；：', max_size=120) | st.text(max_size=200)
)
def test_spans_cover_all_that_is_not_white(text: str) -> None:
    """Spans are in order, apart, trimmed, within a line, and leave out nothing but white space."""
    spans = split(text)

    rest = text
    for start, end in reversed(spans):
        piece = text[start:end]
        assert piece
        assert piece == piece.strip()
        assert "\n" not in piece
        rest = rest[:start] + rest[end:]
    assert not rest.strip()
    assert spans == sorted(spans)


@pytest.mark.parametrize("unit", ["（", "本", "“", '"', "。", "“。", "a.", "“”。", "……，", "?a"])
def test_time_is_linear(unit: str) -> None:
    """Hostile text of twice the length takes no more than about twice the time."""

    def seconds(n: int) -> float:
        text = unit * n
        return min(_timed(text) for _ in range(3))

    assert seconds(20_000) < 3 * seconds(10_000) + 0.02


def _timed(text: str) -> float:
    start = time.process_time()
    split(text)
    return time.process_time() - start
