"""The walk on the sentence graph."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.summarize.graph import MAX_SMALL, centrality, similarity, walk
from digest.summarize.vocabulary import count_words

SENTENCES = st.lists(
    st.lists(st.sampled_from(["大桥", "通车", "群众", "公路", "柳树县", "投资"])), min_size=1
)


@settings(deadline=None, max_examples=100)
@given(SENTENCES.filter(lambda sentences: len(sentences) <= MAX_SMALL))
def test_few_sentences_are_ranked_as_many_are(sentences: list[list[str]]) -> None:
    """The short way for few sentences gives what the matrices give."""
    words, n = count_words(sentences), len(sentences)

    ranks = centrality(words, n, 0.85)

    assert ranks == pytest.approx(walk(similarity(words, n), np.full(n, 1.0 / n), 0.85) * n)
    assert sum(ranks) == pytest.approx(n)


def test_a_sentence_that_shares_its_words_is_central() -> None:
    """What others say too leads; a sentence that nobody shares a word with is last."""
    ranks = centrality(count_words([["大桥", "通车"], ["大桥", "群众"], ["通车", "大桥"], ["投资"]]), 4, 0.85)

    assert ranks[0] == pytest.approx(ranks[2])
    assert ranks[0] > ranks[1] > ranks[3]
