"""A further sentence earns its place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.config import SummaryConfig
from digest.model import Article
from digest.summarize import summarize
from digest.summarize.document import read_document
from digest.summarize.worth import NAMES, further
from tests.summarize.articles import article, bridge

TITLE = "柳树县县长会见挪威客人"
NEWS = (
    "3月5日下午，柳树县县长王大山在县政府会见了来访的挪威奥达尔市市长汉森一行，"
    "并出席了两地友好合作备忘录的签字仪式。"
)
SPEECH = "王大山表示，柳树县和奥达尔市的友好交往有着深厚的基础，希望双方不断深化各领域的务实合作。"
FIRE = "柳树县一仓库昨夜起火，消防员连夜扑救。"
TOLL = "截至今天上午8时，火灾已造成3人死亡、12人受伤，另有两人失踪。"
REST = (
    "柳树县位于柳河下游，盛产小麦和苹果。",
    "近年来，全县大力发展特色种植，农民收入稳步增长。",
    "柳树县和周边各县的往来日益密切。",
)


def texts(found: Article, n: int | None = None) -> list[str]:
    return [sentence.text for sentence in summarize(found, SummaryConfig(), n=n)]


def test_a_speech_behind_the_news_is_left_out() -> None:
    """Where the first sentence tells the news of the headline, what the speaker says of it adds nothing."""
    assert texts(article(NEWS, SPEECH, *REST, title=TITLE), n=2) == [NEWS]


def test_the_dead_and_the_injured_are_told() -> None:
    """A number of people is news of its own."""
    assert texts(article(FIRE, TOLL, *REST, title="柳树县一仓库起火"), n=2) == [FIRE, TOLL]


def test_who_asks_for_more_gets_more() -> None:
    """The more sentences are asked for, the less each must add."""
    found = article(NEWS, SPEECH, *REST, title=TITLE)

    assert 1 == len(texts(found, n=2)) < len(texts(found, n=5))


def test_a_text_without_a_headline_gives_the_number_asked_for() -> None:
    """The rule was fitted on articles with headlines, and holds for these alone."""
    assert texts(article(NEWS, SPEECH, *REST), n=2) == [NEWS, SPEECH]


def test_the_usual_summary_is_not_shortened() -> None:
    """A briefing of local news keeps its second sentence."""
    assert len(texts(article(NEWS, SPEECH, *REST, title=TITLE))) > 1


@given(
    st.lists(st.sampled_from((NEWS, SPEECH, FIRE, TOLL, *REST)), min_size=1, unique=True), st.integers(1, 6)
)
def test_at_most_as_many_as_asked_for(paragraphs: list[str], n: int) -> None:
    """There is one sentence always, and never one more than was asked for."""
    assert 1 <= len(texts(article(*paragraphs, title=TITLE), n=n)) <= n


@pytest.mark.parametrize("factor", [0.001, 1.0, 1000.0])
def test_the_scale_of_an_engine_does_not_count(factor: float) -> None:
    """What is known of a further sentence is the same for scores of any size."""
    document = read_document(bridge())
    scores = [1.0 / (place + 1) for place in range(len(document.units))]
    scaled = [factor * score for score in scores]

    assert further(document, scaled, [0], 1) == pytest.approx(further(document, scores, [0], 1))
    assert len(further(document, scores, [0], 1)) == len(NAMES)
