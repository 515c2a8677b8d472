"""What sentences owe to those before them."""

from __future__ import annotations

import pytest

from digest.config import SummaryConfig
from digest.summarize import summarize
from digest.summarize.discourse import leaning_on
from tests.summarize.articles import article

SPEECH = "县长林海表示，柳河大桥是民生工程。"


@pytest.mark.parametrize(
    ("sentence", "leans"),
    [
        ("各部门应当同心协力，希望群众多提意见。", True),  # the mayor's opinion
        ("大桥全长1260米，由县交通局养护。", False),  # a fact
        ("会议结束后，县交通局负责人介绍，要加强养护。", False),  # another speaker
        ("3月5日，各界代表参加了通车仪式，希望常来走走。", False),  # the paper tells on
    ],
)
def test_speech_that_goes_on(sentence: str, leans: bool) -> None:
    """An opinion behind a speaker's sentence is his; facts, other speakers and events are not."""
    assert [False, leans] == list(leaning_on([SPEECH, sentence], [0, 0]))


def test_speech_ends_with_its_paragraph() -> None:
    """An opinion in the next paragraph is not the speaker's."""
    assert list(leaning_on([SPEECH, "各部门应当同心协力。"], [0, 1])) == [False, False]


def test_an_answer_leans_on_its_question() -> None:
    """What answers in a few words cannot stand without the question; a whole statement can."""
    sentences = [
        "钢可以做到多薄？",
        "只有头发丝的六分之一厚度。",
        "钢可以做到多薄？",
        "柳树钢厂的钢带薄如蝉翼。",
    ]

    assert list(leaning_on(sentences, [0, 0, 1, 1])) == [False, True, False, False]


def test_an_opinion_is_not_printed_without_its_speaker() -> None:
    """The sentence that goes on with a speech comes behind its speaker or not at all."""
    text = (
        "县长林海4日会见了来访的南山县代表团。\n"
        "林海说，两县山水相连，合作源远流长。柳树县高度重视南山县的发展经验，希望双方扩大柳河大桥两岸的合作。"
        "两县代表签署了柳河大桥两岸合作协议。"
    )

    for n in (1, 2, 3, 4):
        chosen = [sentence.text for sentence in summarize(article(text), SummaryConfig(), n=n)]
        if any(sentence.startswith("柳树县高度重视") for sentence in chosen):
            assert any(sentence.startswith("林海说") for sentence in chosen)
