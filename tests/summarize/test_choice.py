"""The choice of sentences, whatever engine scored them: properties that hold for any text and any scores."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.summarize.choice import Budget, choose
from digest.summarize.document import SHORT_ITEM, read_document
from digest.summarize.engines import engine
from digest.summarize.standing import Standing
from tests.summarize.articles import article

PIECES = (
    "3月5日，柳树县柳河大桥建成通车。",
    "大桥全长1260米，总投资2.3亿元，由县交通局负责养护和管理。",
    "据悉，大桥通车后，从县城到河西镇的车程由一个小时缩短到十五分钟。",
    "他说，这是一座连心桥。",
    "对此，群众十分满意。",
    "届时，两岸居民步行过江只需六分钟。",
    "其中，柳河上的三座都是老桥。",
    "一是严把材料关。",
    "会议指出，修桥铺路是民生大事，要抓紧抓好。",
    "“我在河边住了六十年，就盼着这一天。”河西镇村民赵大山说。",
    "桥什么时候修好？",
    "下一步，柳树县将建设沿河公路",
    "大桥由县交通局负责养护和管理，总投资2.3亿元，全长1260米。",
    "\n",
)
BODIES = st.lists(st.sampled_from(PIECES), min_size=1, max_size=14).map("".join)
BUDGETS = st.builds(
    Budget, st.none() | st.integers(1, 6), st.none() | st.integers(1, 200), asked=st.booleans()
)


def body(text: str) -> tuple[str, ...]:
    return tuple(text.split("\n"))


def test_theses_give_way_to_news() -> None:
    """A thesis without a figure is passed over where the reader set no number of sentences."""
    thesis = "修桥铺路是富民之路，关系柳树县子孙后代。"
    news = [f"柳树县第{n}化工厂去年完成技术改造，产值增长一成。" for n in ("一", "二", "三", "四", "五")]
    document = read_document(article(thesis, *news, title="柳树县修桥铺路"))
    scores = [1.0, 0.5, 0.5, 0.5, 0.5, 0.5]

    assert 0 not in choose(document, scores, Budget(3, 220))
    assert 0 in choose(document, scores, Budget(3, None, asked=True))


@settings(deadline=None, max_examples=150)
@given(BODIES, BUDGETS, st.data())
def test_any_scores_give_a_summary_that_can_stand(text: str, budget: Budget, data: st.DataObject) -> None:
    """Whatever the scores: order, no sentence twice, the budget, and no sentence without what it leans on."""
    document = read_document(article(*body(text)))
    units = document.units
    scores = data.draw(st.lists(st.floats(0.0, 1.0), min_size=len(units), max_size=len(units)))

    chosen = choose(document, scores, budget)

    assert all(a < b for a, b in pairwise(chosen))
    assert len({units[at].copy for at in chosen}) == len(chosen)
    assert bool(chosen) is bool(units)
    assert budget.n is None or len(chosen) <= budget.n
    length = sum(units[at].end - units[at].start for at in chosen)
    assert budget.chars is None or len(chosen) <= 1 or length <= budget.chars
    if len(chosen) > 1:
        for at in chosen:
            assert units[at].standing <= Standing.AFTER_PREVIOUS
            assert units[at].standing is not Standing.AFTER_PREVIOUS or at - 1 in chosen
            assert units[at].standing is not Standing.AFTER_LEAD or chosen[0] < at


@settings(deadline=None, max_examples=100)
@given(BODIES, BUDGETS, st.integers(-20, 20))
def test_only_the_order_of_the_scores_and_their_ratios_count(text: str, budget: Budget, power: int) -> None:
    """An engine may give its scores in any unit: all of them times a constant choose the same sentences."""
    document = read_document(article(*body(text)))
    scores = engine("textrank")(document)

    assert choose(document, [score * 2.0**power for score in scores], budget) == choose(
        document, scores, budget
    )


@pytest.mark.parametrize("name", ["textrank", "lexrank", "lead"])
@settings(deadline=None, max_examples=60)
@given(text=st.text(alphabet="柳树县大桥通车，。“”！\n他是一0123% a\x00\ud800", max_size=300))
def test_every_engine_gives_one_finite_number_for_each_unit(name: str, text: str) -> None:
    """No NaN, no infinity, nothing below zero, for any text; the same text gives the same numbers."""
    document = read_document(article(*body(text)))

    scores = engine(name)(document)

    assert len(scores) == len(document.units)
    assert all(math.isfinite(score) and score >= 0.0 for score in scores)
    assert list(scores) == list(engine(name)(read_document(article(*body(text)))))


@pytest.mark.parametrize(
    "spoken",
    [
        "我期待与两岸乡亲一道，把柳河大桥管好护好。",
        "柳树县河西镇 赵大山：刚开始的时候桥还没有修，出门要摆渡过河。",
        "22日新增桥梁三座，公路十二公里，投资五百万元。",
    ],
)
def test_what_does_not_say_whose_it_is_does_not_stand_alone(spoken: str) -> None:
    """Words in the first person, an interview behind a caption, a date without a subject: not by themselves.

    In a short post the writer is known, there they may stand.
    """
    document = read_document(article(spoken, *["柳树县柳河大桥昨天建成通车。"] * SHORT_ITEM))

    assert document.units[0].standing >= Standing.AFTER_PREVIOUS
    assert document.units[1].standing is Standing.ALONE
