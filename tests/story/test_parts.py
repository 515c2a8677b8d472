"""The parts of merging one by one: comparable form, candidates, groups."""

from __future__ import annotations

import time
from datetime import date
from itertools import pairwise
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.model import Article, Paragraph
from digest.story.candidates import MAX_COPIES, MAX_POSTING, candidates
from digest.story.fingerprint import Fingerprint, Vocabulary, fingerprint, without_dateline
from digest.story.linkage import THRESHOLD, groups
from digest.story.vectors import containment, cosine, held, idf_of, vectors_of

HAN = st.text("天地玄黄宇宙洪荒日月盈昃辰宿列张", max_size=60)


def mark(title: str, text: str, day: date | None = None, vocabulary: Vocabulary | None = None) -> Fingerprint:
    paragraphs = tuple(Paragraph(line) for line in text.split("\n"))
    return fingerprint(
        Article("甲报", 0, title, published=day, paragraphs=paragraphs),
        Vocabulary() if vocabulary is None else vocabulary,
    )


# ---------------------------------------------------------------- comparable form


@pytest.mark.parametrize(
    "head",
    [
        "新华社云州4月2日电(记者 陆知行)",
        "据新华社云州4月2日电 ",
        "本报讯(记者 方一苇 通讯员 石青禾)",
        "(云州日报讯)",
        "央视网消息(新闻联播):",
        "【环球网报道】据新华社4月2日报道,",
        "本报今日摘要刊登此文,供读者参考。\n据新华社云州4月2日电 ",
        "图为二桥夜景。\n原标题:二桥通车\n",
    ],
)
def test_what_stands_before_the_news_is_not_compared(head: str) -> None:
    """Datelines, notes, captions and credits before the first sentence are taken off."""
    body = "横跨青溪江的云州二桥2日建成通车。\n大桥全长3.6公里。"

    assert without_dateline(head + body) == body


@pytest.mark.parametrize("body", ["", "讯", "记者走进村里,看见新修的路。", "电力部门说,今年夏天电够用。\n完"])
def test_news_without_dateline_stays_whole(body: str) -> None:
    """A body that begins with its news loses nothing."""
    assert without_dateline(body) == body


def test_script_and_width_make_no_difference() -> None:
    """Traditional script and full-width digits have the marks of Simplified and half-width."""
    words = Vocabulary()
    one = mark(
        "云州二桥建成通车", "大桥全长3.6公里，双向六车道，总投资21.4亿元，设计时速80公里。", vocabulary=words
    )
    two = mark(
        "雲州二橋建成通車",
        "大橋全長３．６公里，雙向六車道，總投資２１．４億元，設計時速８０公里。",
        vocabulary=words,
    )

    assert containment(one.shingles, two.shingles) == 1.0
    assert one.title.tolist() == two.title.tolist()
    assert one.numbers == two.numbers


def test_day_of_the_event_is_read_off_the_lead() -> None:
    """A day of the month, 今天 and 昨天 say when the event was."""
    assert mark("", "记者昨天获悉，4月2日的会议改期。", date(2031, 4, 1)).days == {31, 2}
    assert mark("", "今年一季度").days == frozenset()


def test_newspaper_and_agency_are_the_voices() -> None:
    """Who tells it is the paper, where known, and the agency of the dateline."""
    article = Article("f.txt", 0, paper="云州日报", paragraphs=(Paragraph("新華社雲州4月2日電 大橋通車。"),))

    assert fingerprint(article, Vocabulary()).voices == {"云州日报", "新华社"}


@settings(deadline=None)  # the first example loads the dictionary
@given(HAN, HAN)
def test_containment_of_a_beginning_is_whole(first: str, second: str) -> None:
    """A text stands wholly in any text that it is the beginning of."""
    shorter, longer = mark("", first), mark("", first + second)
    if len(first) >= 5:
        assert containment(shorter.shingles, longer.shingles) == 1.0
    assert 0.0 <= containment(shorter.shingles, longer.shingles) <= 1.0


@settings(deadline=None)  # the first example loads the dictionary
@given(HAN, HAN, HAN)
def test_cosine_lies_between_nought_and_one(title: str, other: str, text: str) -> None:
    """Cosines are of a unit vector with itself 1, and else from 0 to 1."""
    words = Vocabulary()
    marks = [mark(title, text, vocabulary=words), mark(other, text, vocabulary=words)]
    idf = idf_of(marks, len(words))
    one, two = (vectors_of(m, idf).both for m in marks)

    assert -1e-9 <= cosine(one, two) <= 1 + 1e-9
    assert cosine(one, one) == pytest.approx(1.0 if len(one.ids) else 0.0)


@settings(deadline=None)  # the first example loads the dictionary
@given(st.sets(st.integers(0, 50)), st.sets(st.integers(0, 50)))
def test_held_is_membership(some: set[int], others: set[int]) -> None:
    """The array form of `in` agrees with sets."""
    found = held(np.array(sorted(some), np.int32), np.array(sorted(others), np.int32))

    assert found.tolist() == [one in others for one in sorted(some)]


# ---------------------------------------------------------------- candidates


def near(marks: list[Fingerprint], words: Vocabulary, window: int = 4) -> set[tuple[int, int]]:
    idf = idf_of(marks, len(words))
    found = list(candidates(marks, [vectors_of(m, idf) for m in marks], window))
    assert len(found) == len(set(found))
    return {(min(pair), max(pair)) for pair in found}


def test_window_separates_only_what_has_a_date() -> None:
    """Pairs further apart than the window are not looked at, an article without date is near all."""
    words = Vocabulary()
    days = [date(2031, 4, 1), None, date(2031, 4, 5), date(2031, 4, 6)]
    marks = [mark("云州二桥建成通车", "大桥全长三公里，江北到老城九分钟。", day, words) for day in days]

    assert near(marks, words) == {(0, 1), (0, 2), (1, 2), (1, 3), (2, 3)}


def test_work_for_one_article_is_bounded() -> None:
    """Where all articles share one text, pairs grow with the articles and not with their square."""
    words = Vocabulary()
    n = 3 * MAX_POSTING
    marks = [mark("云州二桥建成通车", "大桥全长三公里，江北到老城九分钟。" * 3, None, words)] * n

    assert n - 1 <= len(near(marks, words)) <= n * (MAX_COPIES + MAX_POSTING)


# ---------------------------------------------------------------- groups


def test_one_likeness_does_not_chain_two_groups() -> None:
    """Two close pairs with one likely pair between them stay two groups."""
    values = {(0, 1): 0.9, (2, 3): 0.9, (1, 2): 0.8, (0, 2): 0.1, (0, 3): 0.1, (1, 3): 0.1}

    assert groups(4, sorted(values), lambda i, j: values[min(i, j), max(i, j)]) == [[0, 1], [2, 3]]


@settings(deadline=None)  # the first example loads the dictionary
@given(st.integers(0, 12), st.randoms(use_true_random=False))
def test_groups_part_the_articles(n: int, random: Random) -> None:
    """Every index is in one group, groups and members are in order, and a pair within a pair is likely."""
    values = {(i, j): random.random() for i in range(n) for j in range(i + 1, n)}
    found = groups(n, sorted(values), lambda i, j: values[min(i, j), max(i, j)])

    assert sorted(i for group in found for i in group) == list(range(n))
    assert all(a[0] < b[0] for a, b in pairwise(found))
    assert all(a < b for group in found for a, b in pairwise(group))
    assert all(values[group[0], group[1]] >= THRESHOLD for group in found if len(group) == 2)


@pytest.mark.parametrize(
    "text", ["（" * 20_000, "本" * 20_000, "据新华社" * 5000, "1月" * 10_000, " -" * 10_000]
)
def test_patterns_are_linear(text: str) -> None:
    """A fingerprint of hostile text takes no longer than one of plain text of that length."""
    start = time.process_time()
    mark(text, text)

    assert time.process_time() - start < 1.0
