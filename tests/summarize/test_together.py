"""Several versions of one story told together. All texts are invented."""

from __future__ import annotations

import dataclasses

from hypothesis import given, settings
from hypothesis import strategies as st

from digest.config import SummaryConfig
from digest.model import Analysed, Story
from digest.summarize import together
from tests.summarize.articles import article, bridge

CONFIG = SummaryConfig()
ADDS = "柳河大桥设计单位介绍，斜拉桥主塔高98米，采用抗震支座，可抵御八级地震和十二级台风。"


def story(*bodies: tuple[str, ...]) -> Story:
    """A story whose leading version is the bridge's."""
    others = tuple(
        Analysed(dataclasses.replace(article(*body, title="柳河大桥通车"), index=n))
        for n, body in enumerate(bodies, 1)
    )
    return Story("0123456789ab", Analysed(bridge()), others)


def test_what_only_one_version_tells_is_added_with_its_source() -> None:
    """A sentence of new facts about the same thing is told once more, and says which version has it."""
    two = story(("3月5日，柳树县柳河大桥建成通车，两岸群众告别摆渡过河的历史。", ADDS))

    (added,) = together(two, CONFIG)

    version = two.members[added.version].article
    assert added.version == 1
    assert added.sentence.text == ADDS
    assert version.text[added.sentence.start : added.sentence.end] == ADDS


def test_what_all_tell_is_told_once() -> None:
    """A version that says the same in other words adds nothing, nor does a reprint."""
    assert together(story(("柳树县柳河大桥5日通车，三万名群众从此不用摆渡过河。",)), CONFIG) == ()
    assert together(Story("0123456789ab", Analysed(bridge()), (Analysed(bridge()),)), CONFIG) == ()


def test_two_versions_do_not_add_the_same() -> None:
    """What the second version adds is known when the third is read."""
    lead = "3月5日，柳树县柳河大桥建成通车。"

    assert len(together(story((lead, ADDS), (lead, ADDS)), CONFIG)) == 1


def test_other_things_and_opinions_are_not_added() -> None:
    """What is about something else, an opinion, or leans on its neighbour does not belong to the story."""
    strange = (
        "柳树县柳河大桥建成通车。",
        "杏花镇小学昨天举行秋季运动会，六百名学生参加了田径、跳绳等十二个项目的比赛。",
        "柳河大桥抗震支座技术先进，毋庸置疑令人赞叹，值得各地设计单位学习借鉴。",
        "其主塔高98米，采用抗震支座，可抵御八级地震和十二级台风。",
    )

    assert together(story(strange), CONFIG) == ()


def test_a_story_of_one_version_adds_nothing() -> None:
    """One version is told by its own summary."""
    assert together(Story("0123456789ab", Analysed(bridge())), CONFIG) == ()


@settings(deadline=None, max_examples=60)
@given(st.lists(st.text(alphabet="柳河大桥设计单位介绍98米抗震支座，。表示\n“”", max_size=120), max_size=4))
def test_any_versions_give_verbatim_sentences(bodies: list[str]) -> None:
    """Offsets hold in the version that is named, and a summary stays a summary."""
    told = story(*(tuple(body.split("\n")) for body in bodies))

    added = together(told, CONFIG)

    assert len(added) <= 2
    for one in added:
        text = told.members[one.version].article.text
        assert text[one.sentence.start : one.sentence.end] == one.sentence.text
    assert added == together(told, CONFIG)
