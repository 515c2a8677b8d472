"""Where sentences end. All texts are invented."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.text.sentences import is_finished, split

CASES = {
    "marks end sentences": "桥通了。真的吗？太好了！|桥通了。/真的吗？/太好了！",
    "closing marks belong to the sentence": "他问：“桥通了吗？”她点头。|他问：“桥通了吗？”/她点头。",
    "a quotation goes on with its speaker": "“桥通了。”张三说，“路也好走了。”大家都笑。|“桥通了。”张三说，“路也好走了。”/大家都笑。",
    "a speaker of some length": "“今年收成好。”柳树村村民李四告诉记者。天黑了。|“今年收成好。”柳树村村民李四告诉记者。/天黑了。",
    "a quotation that closes without a speaker ends": "“今年收成好。”远处的灯亮了。|“今年收成好。”/远处的灯亮了。",
    "a quotation that was announced ends": "王五说：“我来。”她放下了筐。|王五说：“我来。”/她放下了筐。",
    "an exclamation inside a sentence": "高呼“加油！”的人挤满了河堤。天晴。|高呼“加油！”的人挤满了河堤。/天晴。",
    "two quotations": "“走吗？”“走。”|“走吗？”/“走。”",
    "a title of a book holds its mark": "《桥在哪里？》写的是一座桥。好看。|《桥在哪里？》写的是一座桥。/好看。",
    "semicolons and colons end nothing": "一要快；二要稳：三要好。|一要快；二要稳：三要好。",
    "decimals are not ends": "投资3.5亿元,增长5.2%.|投资3.5亿元,增长5.2%.",
    "numbers of a list are not ends": "1.修桥。2.铺路。|1.修桥。/2.铺路。",
    "a list number before a space is no end": "1. 修桥铺路的事要抓紧。|1. 修桥铺路的事要抓紧。",
    "foreign names": "比尔.盖茨来到柳树村。|比尔.盖茨来到柳树村。",
    "a page with ASCII punctuation": "柳树村的新桥昨天通车了.村民们走上桥头看河水.|柳树村的新桥昨天通车了./村民们走上桥头看河水.",
    "an address": "见 http://example.org/a?b=c 网页。好。|见 http://example.org/a?b=c 网页。/好。",
    "dots that break a list off": "从梨、桃到柿子……样样都有人要。|从梨、桃到柿子……样样都有人要。",
    "dots at the end": "他想了想……\n走了。|他想了想……/走了。",
    "straight quotes": '他问:"通了吗?"她答:"通了."天晴。|他问:"通了吗?"/她答:"通了."/天晴。',
    "English": "The bridge is open. People came at noon. Mr. Li was there.|"
    "The bridge is open./People came at noon./Mr. Li was there.",
    "line feeds end whatever stands before them": "新桥通车\n　　昨天，柳树村的桥通了。\r\n|新桥通车/昨天，柳树村的桥通了。",
    "a mark that never closes protects nothing": "“桥通了。路修好了。|“桥通了。/路修好了。",
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_sentences(case: str) -> None:
    """Each case splits as written behind the bar."""
    text, _, expected = case.partition("|")

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
