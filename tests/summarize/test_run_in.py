"""Headings that the source has run into the text."""

from __future__ import annotations

import pytest

from digest.config import SummaryConfig
from digest.model import Article
from digest.summarize import engine_names, summarize
from digest.summarize.run_in import run_in
from tests.summarize.articles import article

BUS = "柳树县新增三条公交线路"
BUS_ITEM = "据柳树县交通局介绍，新增的三条公交线路将于五月开通，连接县城和六个乡镇。"
COST = "日本外长：大桥维修费用将由两国分担"
COST_ITEM = "日本外长山田昨天表示，大桥的维修费用将由两国共同分担，维修明年完成。"


def round_up(heading: str, item: str) -> Article:
    return article("柳树县今年将新建桥梁二十座，全部列入县政府的实事项目。" + heading + item)


def texts(found: Article, n: int | None = None, chars: int | None = None) -> list[str]:
    return [sentence.text for sentence in summarize(found, SummaryConfig(), n=n, chars=chars)]


def heading_of(sentence: str, following: str = "") -> str | None:
    """What is recognised at the start of a sentence; "" where a heading is sure and its end is not."""
    found = run_in(sentence + following, 0, len(sentence), first=False)
    return None if found is None else sentence[: found.end]


@pytest.mark.parametrize(
    ("heading", "item"),
    [
        (BUS, BUS_ITEM),
        (COST, COST_ITEM),
        (
            "两国专家呼吁尽快恢复通航 民众担忧物价上涨",
            "两国专家18日在柳州举行的研讨会上呼吁，应尽快恢复通航，稳定物价。",
        ),
        ("国际人士：封锁河道损害各国利益", "国际人士指出，封锁河道会损害沿岸各国的利益，应当尽快停止。"),
        ("挪威宣布暂停在北部海域捕捞鳕鱼", "挪威渔业部7日宣布，从下月起暂停在北部海域捕捞鳕鱼，以保护鱼群。"),
    ],
)
def test_a_heading_ends_where_its_item_begins(heading: str, item: str) -> None:
    """The heading is told from the sentence that it was run into."""
    assert heading_of(heading + item) == heading


@pytest.mark.parametrize(
    "sentence",
    [
        "柳树县交通局昨天表示，新增的三条公交线路将于五月开通。",
        "根据柳树县统计局公布的数据，全县去年新增公交线路三条。",
        "柳树县委书记王大山今天在柳树县人民医院看望慰问了住院的老兵，祝他们早日康复。",
        "中国驻挪威大使馆7日在奥斯陆举行招待会，中国和挪威各界人士二百多人出席。",
        "参加柳树县春季运动会的各乡镇代表队昨天在县体育馆参加了春季运动会的开幕式。",
        "近日，柳树县公安局破获一起电信诈骗案，抓获犯罪嫌疑人十二名，追回赃款三百万元。",
    ],
)
def test_an_ordinary_sentence_has_no_heading(sentence: str) -> None:
    """A sentence that names its actor or its place twice is still one sentence."""
    assert heading_of(sentence) is None


def test_a_heading_is_left_out_of_a_summary() -> None:
    """Whole sentences are given without the heading that was run into them."""
    assert BUS not in "".join(texts(round_up(BUS, BUS_ITEM), n=2))
    assert BUS not in "".join(texts(round_up(BUS, BUS_ITEM)))


def test_the_speaker_stays_with_what_he_says() -> None:
    """Behind a heading the sentence begins with the one who says it: the claim is not the paper's own."""
    assert COST_ITEM in texts(article(COST + COST_ITEM), n=2)


def test_a_headline_stands_for_the_one_sentence_that_is_asked_for() -> None:
    """Of a round-up a single sentence tells least, so the headline is given, at its place in the text."""
    found = round_up(BUS, BUS_ITEM)

    (sentence,) = summarize(found, SummaryConfig(), n=1)

    assert sentence.text == BUS
    assert found.text[sentence.start : sentence.end] == BUS
    assert texts(found, chars=20) == [BUS]


def test_more_than_one_sentence_ends_as_sentences_do() -> None:
    """A headline is given for one sentence that was asked for and for nothing else."""
    one = SummaryConfig(sentences=1)
    found = round_up(BUS, BUS_ITEM)

    assert all(text.endswith("。") for text in texts(found, n=3) + texts(found, chars=500) + texts(found))
    assert [text[-1] for text in (sentence.text for sentence in summarize(found, one))] == ["。"]


@pytest.mark.parametrize("name", engine_names())
def test_every_engine_gives_the_headline(name: str) -> None:
    """What a round-up's headlines are worth does not depend on the engine."""
    (sentence,) = summarize(round_up(COST, COST_ITEM), SummaryConfig(engine=name), n=1)

    assert sentence.text == COST


def test_a_sentence_behind_an_unsure_end_is_given_up() -> None:
    """Where a heading is sure and its end is not, neither is printed."""
    unsure = "两国外长：停火协议有助地区和平稳定局势外长指出，停火协议有助于地区的和平与稳定。"
    flood = "柳河大桥去年十月因洪水受损，两岸车辆绕行四十公里。"

    assert heading_of(unsure) == ""
    assert texts(article(flood, unsure), n=2) == [flood]


def test_a_subhead_on_its_own_line_is_no_headline() -> None:
    """A line without a full stop is not given, however much it states."""
    found = article("柳树县今年将新建桥梁二十座。", BUS, BUS_ITEM)

    assert BUS not in texts(found, n=1)
