"""Issue → issue.json, the issue as data; `published` is the way back. See docs/issue-json.md."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from digest.model import (
    Analysed,
    Article,
    Difference,
    Evidence,
    Issue,
    Item,
    Ledger,
    Link,
    Paragraph,
    Place,
    Region,
    Section,
    Sentence,
    Topic,
)
from digest.origin import origin_of

SCHEMA_NAME = "digest-issue"
SCHEMA_VERSION = 1


def issue_json(issue: Issue) -> bytes:
    """The whole issue as UTF-8 JSON: the same issue gives the same bytes."""
    stories = [item.story for item in issue.items] + [left.story for left in issue.left_out]
    data = {
        "schema": {"name": SCHEMA_NAME, "version": SCHEMA_VERSION},
        "issue": {
            "name": issue.name,
            "publisher": issue.publisher,
            "date": issue.date.isoformat(),
            "edition": issue.edition,
            "number": issue.number,
            "total_number": issue.total_number,
            "preface": issue.preface,
        },
        "sections": [_section(section) for section in issue.sections],
        "articles": _articles(version.article for story in stories for version in story.members),
        "sources": [
            {"name": s.name, "kind": s.kind, "encoding": s.encoding, "sha256": s.sha256}
            for s in issue.sources
        ],
        "left_out": [
            {
                "story": left.story.id,
                "title": left.story.lead.article.title,
                "articles": [key_of(version.article) for version in left.story.members],
                "reason": left.reason,
                "repeats": _link(left.repeats) if left.repeats else None,
            }
            for left in issue.left_out
        ],
        "skipped": [{"source": skipped.source, "reason": skipped.reason} for skipped in issue.skipped],
        "warnings": list(issue.warnings),
        "ledger": _ledger(issue.ledger),
        "history": [
            {"date": day.date.isoformat(), "stories": day.n_stories, "keywords": dict(day.keywords)}
            for day in issue.history
        ],
    }
    text = json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True, allow_nan=False)
    # A lone surrogate, should one come this far, becomes its JSON escape and not an encoding error.
    return (text + "\n").encode("utf-8", "backslashreplace")


def key_of(article: Article) -> str:
    """The name of an article inside issue.json: SOURCE#INDEX."""
    return f"{article.source}#{article.index}"


def _section(section: Section) -> dict[str, Any]:
    groups = [
        {"topic": group.topic, "items": [_item(item) for item in group.items]} for group in section.groups
    ]
    return {"title": section.title, "place": _place(section.place), "groups": groups}


def _item(item: Item) -> dict[str, Any]:
    lead = item.story.lead
    article = lead.article
    region = next((r for v in item.story.members for r in v.regions if r.place == item.region), None)
    topic = next((t for v in item.story.members for t in v.topics if t.name == item.topic), None)
    return {
        "number": item.number,
        "story": item.story.id,
        "article": key_of(article),
        "headline": item.headline or article.title,
        "headline_is_made": article.title_is_made,
        "headline_is_edited": bool(item.headline),
        "note": item.note,
        "corrections": [
            {"date": one.day.isoformat(), "reason": one.reason, "is_whole": one.is_whole}
            for one in item.corrections
        ],
        "follows": _link(item.follows) if item.follows else None,
        "links": [_link(link) for link in item.links],
        "differences": [_difference(difference) for difference in item.differences],
        "kicker": article.kicker,
        "subtitle": article.subtitle,
        "sources": [_version(version) for version in item.story.members],
        "region": _region(region, item.region),
        "topic": _topic(topic, item.topic),
        "sentences": [_sentence(article, sentence) for sentence in lead.sentences],
        "added": [
            {"article": key_of(version.article), **_sentence(version.article, added.sentence)}
            for added in item.story.added
            for version in (item.story.members[added.version],)
        ],
        "keywords": [{**asdict(keyword), "score": _number(keyword.score)} for keyword in lead.keywords],
        "figures": [asdict(figure) for figure in lead.figures],
        "phrases": [asdict(phrase) for phrase in lead.phrases],
        "score": {
            "total": _number(item.score.total),
            "parts": [{"name": name, "value": _number(value)} for name, value in item.score.parts],
        },
        "merges": [
            {"article": m.article, "into": m.into, "reason": m.reason, "score": _number(m.score)}
            for m in item.story.merges
        ],
    }


def _link(link: Link) -> dict[str, Any]:
    return {
        "kind": link.kind,
        "edition": link.to.edition,
        "date": link.to.date.isoformat(),
        "issue_number": link.to.issue_number,
        "number": link.to.number,
        "story": link.to.story,
        "headline": link.to.headline,
        "reason": link.reason,
        "score": _number(link.score),
    }


def _difference(difference: Difference) -> dict[str, Any]:
    return {
        "article": difference.article,
        "left_out": [list(span) for span in difference.left_out],
        "added": [list(span) for span in difference.added],
        "changed": [{"before": list(c.before), "after": list(c.after)} for c in difference.changed],
        "is_told_anew": difference.is_told_anew,
    }


def _ledger(ledger: Ledger) -> dict[str, Any]:
    received = [
        {"name": one.name, "articles": one.n_articles, "printed": one.n_printed} for one in ledger.received
    ]
    return {
        "expected": list(ledger.expected),
        "received": received,
        "silent": list(ledger.silent),
        "articles": ledger.n_articles,
        "merged": ledger.n_merged,
        "stories": ledger.n_stories,
        "printed": ledger.n_printed,
        "outside": ledger.n_outside,
    }


def _version(version: Analysed) -> dict[str, Any]:
    article = version.article
    return {
        "id": article.id or key_of(article),
        "article": key_of(article),
        "source": article.source,
        "paper": article.paper,
        "page": article.page,
        "published": article.published.isoformat() if article.published else None,
        "url": article.url,
        "title": article.title,
    }


def _sentence(article: Article, sentence: Sentence) -> dict[str, Any]:
    return {
        "text": sentence.text,
        "start": sentence.start,
        "end": sentence.end,
        "origin": [origin._asdict() for origin in origin_of(article, sentence.start, sentence.end)],
    }


def _place(place: Place) -> dict[str, Any]:
    return {"path": list(place.path), "code": place.code}


def _region(region: Region | None, place: Place) -> dict[str, Any]:
    return _place(place) | {
        "score": _number(region.score) if region else 0.0,
        "evidence": _evidence(region.evidence if region else ()),
    }


def _topic(topic: Topic | None, name: str) -> dict[str, Any]:
    return {
        "name": name,
        "code": topic.code if topic else "",
        "score": _number(topic.score) if topic else 0.0,
        "evidence": _evidence(topic.evidence if topic else ()),
    }


def _evidence(evidence: Iterable[Evidence]) -> list[dict[str, Any]]:
    return [
        {"word": e.word, "start": e.start, "end": e.end, "rule": e.rule, "weight": _number(e.weight)}
        for e in evidence
    ]


def _number(value: float) -> float:
    # Six digits hide the last bits, in which processors and library versions differ.
    return round(float(value), 6) + 0.0


def _articles(articles: Iterable[Article]) -> list[dict[str, Any]]:
    """Every article once, in the order of source name and index."""
    unique = {(article.source, article.index): article for article in articles}
    return [_article(unique[key]) for key in sorted(unique)]


def _article(article: Article) -> dict[str, Any]:
    return {
        "key": key_of(article),
        "id": article.id or key_of(article),
        "source": article.source,
        "index": article.index,
        "title": article.title,
        "title_is_made": article.title_is_made,
        "kicker": article.kicker,
        "subtitle": article.subtitle,
        "authors": list(article.authors),
        "agency": article.agency,
        "dateline_place": article.dateline_place,
        "published": article.published.isoformat() if article.published else None,
        "page": article.page,
        "jump_to": article.jump_to,
        "jump_from": article.jump_from,
        "paper": article.paper,
        "url": article.url,
        "text": article.text,
        "paragraphs": [_paragraph(article, paragraph) for paragraph in article.paragraphs],
        "captions": list(article.captions),
        "subheads": list(article.subheads),
        "warnings": list(article.warnings),
    }


def _paragraph(article: Article, paragraph: Paragraph) -> dict[str, Any]:
    return {
        "length": len(paragraph.text),
        "source": paragraph.source or article.source,
        "page": article.page if paragraph.page is None else paragraph.page,
        "speaker": paragraph.speaker,
        "role": paragraph.role,
        "damage": _number(paragraph.damage),
        "runs": [list(run) for run in paragraph.runs],
    }
