"""Key figures as a reader may quote them. All texts are invented."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.model import Figure, Paragraph
from digest.summarize import figures, phrases
from tests.summarize.articles import article


def parts(text: str) -> list[tuple[str, str, str]]:
    return [(one.subject, one.value, one.comparison) for one in figures(article(text))]


@pytest.mark.parametrize(
    ("text", "subject", "value", "comparison"),
    [
        ("柳树县粮食产量42.3万吨，同比增长3.1%。", "柳树县粮食产量", "42.3万吨", "同比增长3.1%"),
        ("全县旅游收入达到6.5亿元，比上年增长12.4%。", "全县旅游收入", "6.5亿元", "比上年增长12.4%"),
        ("全县规模以上工业增加值同比下降0.8%。", "全县规模以上工业增加值", "", "同比下降0.8%"),
        ("全县研发投入超过8000万元。", "全县研发投入", "超过8000万元", ""),
        ("饮用水水质合格率保持在99%以上。", "饮用水水质合格率", "99%以上", ""),
        ("柳河大桥总投资2.3亿元。", "柳河大桥总投资", "2.3亿元", ""),
        ("柳河流域森林面积为1,260公顷。", "柳河流域森林面积", "1,260公顷", ""),
        ("柳樹縣高新技術企業達到126家。", "柳樹縣高新技術企業", "126家", ""),
    ],
)
def test_a_figure_has_subject_value_and_comparison(
    text: str, subject: str, value: str, comparison: str
) -> None:
    """What was measured, how much with its unit, and against what, all in the words of the article."""
    assert parts(text) == [(subject, value, comparison)]


def test_the_time_comes_with_its_figure() -> None:
    """A clause that says when stands in the stretch, the value keeps its own subject."""
    subject = article("截至今年11月底,全县公路里程1260公里,较上年增加35公里。")

    assert figures(subject) == (
        Figure(
            "截至今年11月底,全县公路里程1260公里,较上年增加35公里",
            0,
            31,
            "全县公路里程",
            "1260公里",
            "较上年增加35公里",
        ),
    )


def test_the_comma_of_a_number_ends_no_clause() -> None:
    """4,200平方米 before a figure is not cut in two."""
    (area, cost) = figures(article("新馆楼高五层，总面积约4,200平方米，工程费用约3.1亿元。"))

    assert (area.value, cost.value) == ("约4,200平方米", "约3.1亿元")
    assert cost.text == "总面积约4,200平方米，工程费用约3.1亿元"


def test_a_short_subject_brings_the_clause_before_it() -> None:
    """总投资 alone does not say of what."""
    found = figures(article("柳河大桥昨天开工，总投资2.3亿元。"))

    assert [one.text for one in found] == ["柳河大桥昨天开工，总投资2.3亿元"]


@pytest.mark.parametrize(
    "text",
    [
        "到2030年，全县粮食产量达到50万吨。",
        "预计全年旅游收入达到6.5亿元。",
        "全县力争实现税收收入8亿元。",
        "县财政安排了500万元的项目资金。",
        "两县粮食产量分别为40万吨和30万吨。",
        "其产量42.3万吨。",
        "全县粮食产量由40万吨增加到42.3万吨。",
        "柳树县举行第12届运动会，3月5日开幕。",
        "全县粮食产量会达到42.3万吨吗？他问道，电话0123456。",
        "全县粮食产量42.3万吨，同比增长3.1%",
        "占全县产值42.3%。",
    ],
)
def test_what_is_no_fact_gives_no_figure(text: str) -> None:
    """Plans, lists, numbers before a noun, subjects that lean, cut sentences: none of them is believed."""
    assert parts(text) == []


def test_spoilt_paragraphs_and_questions_give_none() -> None:
    """A number that recognition may have spoilt, or that is asked for, is no figure."""
    text = "柳树县粮食产量42.3万吨，同比增长3.1%。"

    assert figures(article(Paragraph(text, damage=0.2))) == ()
    talk = article(
        Paragraph(text, speaker="记者"), Paragraph("粮食总产量41万吨左右，说准了。", speaker="赵大山")
    )
    assert all("42.3" not in one.text for one in figures(talk))


def test_nothing_over_a_doubtful_join_is_a_figure_or_a_name() -> None:
    """Where two lines were joined without being sure, no figure and no name runs over the place."""
    text = "柳树县粮食产量42.3万吨，同比增长3.1%。柳树县县长王建国表示，水库年内动工。"
    sound = article(Paragraph(text))
    weak = text.index("产量"), text.index("建国")
    doubtful = article(Paragraph("先有一段。"), Paragraph(text, weak=weak))

    assert [one.value for one in figures(sound)] == ["42.3万吨"]
    assert [one.text for one in phrases(sound)] == ["王建国"]
    assert figures(doubtful) == phrases(doubtful) == ()


def test_a_figure_is_told_once() -> None:
    """The same value of the same thing in lead and body is one figure."""
    once = figures(article("柳树县粮食产量42.3万吨。", "今年，全县粮食产量42.3万吨。"))

    assert len(once) == 1


SIGNS = "柳县产量收入同比增长下降达到超过约0123456789.,，。；%万亿元吨较上年底截至（）“”\n"


@settings(deadline=None, max_examples=200)
@given(st.text(alphabet=SIGNS, max_size=200))
def test_any_text_gives_verbatim_figures(text: str) -> None:
    """Offsets hold, the parts stand in the stretch in their order, figures come in the order of the text."""
    subject = article(*text.split("\n"))

    found = figures(subject)

    for one in found:
        assert subject.text[one.start : one.end] == one.text
        assert one.value or one.comparison
        at = 0
        for part in (one.subject, one.value, one.comparison):
            at = one.text.index(part, at) + len(part)
    assert list(found) == sorted(found, key=lambda one: one.end)
