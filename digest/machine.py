"""The machine interface: articles and what was found out about them, as plain JSON data.

Its fields are stable; docs/cli.md describes them. Pure: data in, data out.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from digest.model import Analysed, Article, Evidence, Figure, Keyword, Phrase, Region, Sentence, Topic

SCORE_DIGITS = 6  # enough to order by, and the same on every machine


def article_object(article: Article) -> dict[str, Any]:
    """One element of the array that ``digest read --json`` writes."""
    return {
        "source": article.source,
        "kicker": article.kicker,
        "title": article.title,
        "subtitle": article.subtitle,
        "authors": list(article.authors),
        "agency": article.agency,
        "dateline_place": article.dateline_place,
        "published": _day(article),
        "page": article.page,
        "jump_to": article.jump_to,
        "jump_from": article.jump_from,
        "continues_in": article.continues_in,
        "paragraphs": [paragraph.text for paragraph in article.paragraphs],
        "captions": list(article.captions),
        "subheads": list(article.subheads),
        "warnings": list(article.warnings),
    }


def analysed_object(analysed: Analysed, story: str) -> dict[str, Any]:
    """One row of ``digest analyze --jsonl``."""
    article = analysed.article
    return {
        "id": article_id(article),
        "title": article.title,
        "source": article.source,
        "published": _day(article),
        "regions": [_region(region) for region in analysed.regions],
        "topics": [_topic(topic) for topic in analysed.topics],
        "sentences": [_sentence(sentence) for sentence in analysed.sentences],
        "keywords": [_keyword(keyword) for keyword in analysed.keywords],
        "story": story,
        **facts_object(analysed.figures, analysed.phrases),
    }


def summary_object(
    article: Article, sentences: Sequence[Sentence], keywords: Sequence[Keyword]
) -> dict[str, Any]:
    """One row of ``digest summarize --jsonl``."""
    return {
        "id": article_id(article),
        "sentences": [_sentence(sentence) for sentence in sentences],
        "keywords": [_keyword(keyword) for keyword in keywords],
    }


def facts_object(figures: Sequence[Figure], phrases: Sequence[Phrase]) -> dict[str, Any]:
    """The fields `figures` and `phrases` of ``digest analyze --jsonl`` and ``digest summarize --json``."""
    return {
        "figures": [asdict(figure) for figure in figures],
        "phrases": [asdict(phrase) for phrase in phrases],
    }


def article_id(article: Article) -> str:
    """The id that the source gave, or SOURCE#INDEX."""
    return article.id or f"{article.source}#{article.index}"


def to_json(value: Any, *, indent: int | None = None) -> str:
    """JSON text that is always valid UTF-8: a lone surrogate stays an escape."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, indent=indent)
    try:
        text.encode()
    except UnicodeEncodeError:
        return json.dumps(value, allow_nan=False, indent=indent)
    return text


def _day(article: Article) -> str | None:
    return article.published.isoformat() if article.published else None


def _sentence(sentence: Sentence) -> dict[str, Any]:
    return {
        "text": sentence.text,
        "start": sentence.start,
        "end": sentence.end,
        "score": _score(sentence.score),
    }


def _region(region: Region) -> dict[str, Any]:
    return {
        "path": list(region.place.path),
        "code": region.place.code,
        "score": _score(region.score),
        "evidence": [_evidence(evidence) for evidence in region.evidence],
    }


def _topic(topic: Topic) -> dict[str, Any]:
    return {
        "name": topic.name,
        "code": topic.code,
        "score": _score(topic.score),
        "evidence": [_evidence(evidence) for evidence in topic.evidence],
    }


def _evidence(evidence: Evidence) -> dict[str, Any]:
    return {
        "word": evidence.word,
        "start": evidence.start,
        "end": evidence.end,
        "rule": evidence.rule,
        "weight": _score(evidence.weight),
    }


def _keyword(keyword: Keyword) -> dict[str, Any]:
    return {**asdict(keyword), "score": _score(keyword.score)}


def _score(value: float) -> float:
    return round(float(value), SCORE_DIGITS)
