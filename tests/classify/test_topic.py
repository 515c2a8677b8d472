"""Topics are told by a lexicon and learnt n-grams; the cases stand in topics.toml, all invented."""

import tomllib
from pathlib import Path

import pytest

from digest.classify.columns import COLUMNS, NAMES, OTHER
from digest.classify.lexicon import MASK, lexicon, lexicon_sums
from digest.classify.ngram import load_model
from digest.classify.topic import classify_topics
from tests.classify.test_region import make

CASES = tomllib.loads((Path(__file__).parent / "topics.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=[case["title"] or case["why"] for case in CASES])
def test_an_article_is_filed_by_what_it_is_about(case: dict[str, str]) -> None:
    """Each case's first column is the one that a reader would give: a meeting is filed by what it decides."""
    topics = classify_topics(make(case["text"], case["title"]))

    assert topics[0].name in [case["topic"], *case.get("also", [])]


def test_scores_are_shares_best_first() -> None:
    """At most two columns are named, the likelier first, and their scores sum to at most 1."""
    topics = classify_topics(make("医院给学生接种疫苗，学校组织学生到医院排队，老师和医生都很忙。"))

    assert len(topics) <= 2
    assert [t.score for t in topics] == sorted((t.score for t in topics), reverse=True)
    assert sum(t.score for t in topics) <= 1.0


def test_evidence_stands_where_it_says() -> None:
    """Evidence in the body is quoted at its offsets; evidence of the headline has none."""
    article = make("医院昨天开诊，疫苗到货。", title="疫苗到了")
    for topic in classify_topics(article):
        for one in topic.evidence:
            assert one.start == -1 or article.text[one.start : one.end] == one.word


def test_a_masked_word_counts_for_nothing() -> None:
    """市政府 is no 市政, and 新闻发布会 no 新闻."""
    sums, _ = lexicon_sums("", "市政府举行新闻发布会", lexicon())

    assert sum(sums) == 0.0


def test_the_lexicon_names_only_known_columns() -> None:
    """Every word belongs to one of the twelve columns or to none, and stands in the lexicon once."""
    assert len(NAMES) == 12
    assert len({column.code for column in COLUMNS}) == 12
    assert all(-1 <= index < 12 for index, _ in lexicon().words.values())
    assert MASK not in NAMES
    assert OTHER not in NAMES


def test_the_model_holds_weights_of_short_ngrams_only() -> None:
    """Nothing longer than three characters is in the model, so that no sentence can be."""
    model = load_model()

    assert max(len(gram) for gram in model.rows) == 3
    assert model.weights.shape == (len(model.rows), 12)
