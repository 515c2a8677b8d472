"""The likeness of texts, and of what stands on both sides of a boundary."""

from __future__ import annotations

import math
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.page.cohesion import SHORTEST, apart, apart_at_each
from digest.page.language import rarities
from digest.page.overlap import bigrams
from digest.page.tiling import cosine, cosines

TEXTS = st.lists(st.text(st.sampled_from("河堤汛期水位巡查，。 3A"), max_size=30), min_size=1, max_size=6)


def weights(texts: list[str]) -> dict[str, float]:
    """The vector of texts one behind the other, no pair over the joint, as the method says it."""
    counts = Counter(gram for text in texts for gram in bigrams(text))
    return {
        gram: (1 + math.log(n)) * rarity
        for (gram, n), rarity in zip(counts.items(), rarities(counts), strict=True)
    }


def by_definition(one: dict[str, float], other: dict[str, float]) -> float:
    norm = math.hypot(*one.values()) * math.hypot(*other.values())
    return sum(w * other.get(gram, 0.0) for gram, w in one.items()) / norm if norm else 0.0


@given(TEXTS)
def test_all_boundaries_at_once_are_each_boundary_by_itself(texts: list[str]) -> None:
    """The cosine at each boundary is that of all pairs above it and all below it."""
    expected = [by_definition(weights(texts[:k]), weights(texts[k:])) for k in range(1, len(texts))]
    assert cosines(texts) == pytest.approx(expected, abs=1e-9)


@given(st.text(st.sampled_from("河堤汛期水位，。 3A"), max_size=40), st.text(max_size=40))
def test_the_cosine_of_two_texts_is_that_of_their_weighted_pairs(one: str, other: str) -> None:
    """Any two texts, also empty ones and characters that no table knows."""
    assert cosine(one, other) == pytest.approx(by_definition(weights([one]), weights([other])), abs=1e-9)


def test_short_sides_say_nothing() -> None:
    """A boundary near an end, and a text too short, have no odds."""
    texts = ("汛期将至。" * 3, "巡查河堤，" * 20, "完。")
    odds = apart_at_each(texts)
    assert odds[0] == odds[1] == odds[2] == 0.0
    assert apart("短" * (SHORTEST - 1), "长" * 100) == 0.0


def test_what_no_word_shares_is_far_apart() -> None:
    """Texts without a common pair are further apart than two halves of one."""
    flood = "市防汛办要求各乡镇加密巡查河堤，水位超过警戒线立即上报，转移低洼处群众。" * 3
    opera = "剧院排演的新编采茶戏昨晚首演，老艺人登台示范唱腔，年轻演员谢幕三次。" * 3
    assert apart_at_each((flood, opera))[1] > 3.0 > apart_at_each((flood, flood))[1]
    assert apart(flood, opera) > 3.0 > apart(flood, flood)
