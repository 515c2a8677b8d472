"""The words of an article, counted once."""

from __future__ import annotations

import pytest

from digest.model import Article, Paragraph
from digest.summarize import keyphrases, keywords, vocabulary
from digest.summarize.vocabulary import content_words, count_words

TEXT = "柳树县新建的跨江大桥昨天正式通车，当地群众过江不再绕行。大桥全长三公里，柳树县为它投资了八亿元。"


def test_words_without_meaning_are_left_out() -> None:
    """Function words, single characters, numbers and signs are no content words."""
    words = content_words(TEXT)

    assert {"大桥", "通车", "群众"} <= set(words)
    assert not {"的", "，", "。", "了"} & set(words)


def test_shared_words_know_their_sentences() -> None:
    """A word of several sentences is told with its places, each once; the weights add up."""
    words = count_words([["大桥", "通车", "大桥"], ["群众"], ["大桥", "通车", "投资"]])

    assert {word: rows for word, (_, rows) in words.shared.items()} == {"大桥": [0, 2], "通车": [0, 2]}
    assert words.n_words == [2, 1, 3]
    assert words.repeated == [words.total[0], 0.0, sum(weight for weight, _ in words.shared.values())]


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Words and keywords stay the same where the memory of weights is full again and again."""
    article = Article(source="a", index=0, title="跨江大桥通车", paragraphs=(Paragraph(TEXT),))
    expected = content_words(TEXT), keywords(article, 5)
    monkeypatch.setattr(vocabulary, "MAX_KNOWN", 2)
    monkeypatch.setattr(keyphrases, "MAX_KNOWN", 2)
    for memory in (vocabulary.weight_of.__self__, keyphrases._mark_of.__self__):
        memory.clear()

    again = content_words(TEXT), keywords(Article("b", 0, "跨江大桥通车", paragraphs=(Paragraph(TEXT),)), 5)

    assert expected == again
    assert len(vocabulary.weight_of.__self__) <= 2
