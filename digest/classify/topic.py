"""Which of the twelve columns an article belongs in: a readable lexicon and a small n-gram model."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, inf, log1p

from digest.classify.columns import COLUMNS, NAMES, OTHER
from digest.classify.lexicon import lexicon, lexicon_sums
from digest.classify.ngram import TEXT_CHARS, load_model
from digest.classify.wording import quoted, wording
from digest.config import TopicConfig
from digest.model import Article, Evidence, Topic

SECOND_SHARE = 0.2  # a second column is named where it has this share
MIN_SUM = 3.0  # one strong word, or three vague ones; below that the n-grams must be sure by themselves
SURE_SHARE = 0.5
MAX_EVIDENCE = 6
STRONG = 3.0  # the weight of a word that says its column by itself
ABROAD = NAMES.index("外交军事")
LEXICON_WEIGHT = 1.0  # of the log sums beside the n-grams' logits; 0.7 and 1.4 lose up to half a point


def classify_topics(article: Article, topics: tuple[TopicConfig, ...] = ()) -> tuple[Topic, ...]:
    """The columns of an article, best first, at least one; scores are shares that sum to at most 1.

    `topics` are the user's own words. Where nothing speaks the one topic is 其他, without a code. Raises
    ConfigError where one of `topics` is no column.
    """
    words = wording(article, TEXT_CHARS)
    known = lexicon(topics)
    sums, evidence = lexicon_sums(words.title, words.text, known)
    learnt = load_model().sums(words.title, words.text)
    logits = [a + LEXICON_WEIGHT * log1p(b) for a, b in zip(learnt, sums, strict=True)]
    if not any(known.words[one.word][1] >= STRONG for one in evidence[ABROAD]):
        logits[ABROAD] = -inf  # 合作 and 双方 are said at home as well
    shares = _shares(logits)
    if max(sums) < MIN_SUM and max(shares) < SURE_SHARE:
        return (Topic(OTHER, "", 0.0, (Evidence("", -1, -1, "no word and no n-gram speaks", 0.0),)),)
    ranked = sorted(range(len(NAMES)), key=lambda i: (-shares[i], i))
    learnt_only = [Evidence("", -1, -1, "learnt n-grams", 0.0)]
    return tuple(
        Topic(
            NAMES[i],
            COLUMNS[i].code,
            round(shares[i], 4),
            quoted(article, words, evidence[i][:MAX_EVIDENCE] or learnt_only),
        )
        for i in ranked[:2]
        if i == ranked[0] or shares[i] >= SECOND_SHARE
    )


def _shares(sums: Sequence[float]) -> list[float]:
    best = max(sums)
    odds = [exp(value - best) for value in sums]
    total = sum(odds)
    return [value / total for value in odds]
