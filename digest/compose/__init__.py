"""Stories → Issue: which section, which topic, in which order, and what is left out and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from digest.compose.arrange import arranged
from digest.compose.choice import excluded, is_notice, unprintable, with_news
from digest.compose.ledger import ledger_of
from digest.compose.order import PINNED, score_of
from digest.compose.sections import OTHER, by_section, region_of, section_place, topic_of, topic_rank
from digest.config import ComposeConfig, Config, SummaryConfig
from digest.model import (
    Distribution,
    Issue,
    Item,
    LeftOut,
    Link,
    Place,
    Reading,
    Reference,
    Score,
    Story,
)
from digest.story.across import Across
from digest.story.difference import differences

__all__ = ["OTHER", "compose", "is_notice", "score_of", "section_place"]


@dataclass(frozen=True, slots=True)
class _Ranked:
    """A story with what its place in its section follows from."""

    story: Story
    region: Place
    topic: str
    score: Score

    @property
    def is_pinned(self) -> bool:
        return self.score.total >= PINNED


def compose(
    stories: Sequence[Story],
    reading: Reading,
    day: date,
    config: Config,
    across: Across | None = None,
    *,
    edition: str = "",
    n_outside: int = 0,
) -> Issue:
    """The issue of `day` from `stories`, given in the order of reading, which decides between equal scores.

    `across` says what earlier issues have of them; `n_outside` articles of `reading` are in no story, since
    they are no matter of the edition. Every story is either an item or in `left_out` with a
    reason.
    """
    across = across or Across()
    ranked, left_out = _choose(stories, day, config, across)
    sections: list[tuple[Place, list[_Ranked]]] = []
    for place, members in by_section([one.story for one in ranked.values()], config):
        kept, over = _within_quota(place, [ranked[story.id] for story in members], config.compose)
        sections.append((place, kept))
        left_out += over
    sections, over = _within_length(sections, config.compose.max_items)
    left_out += over
    made = arranged([(place, _items(members, day, across, config)) for place, members in sections], day)
    return Issue(
        name=config.issue.name,
        publisher=config.issue.publisher,
        distribution=Distribution(
            config.issue.report_to, config.issue.send_to, config.issue.issue_to, config.issue.copies
        ),
        date=day,
        number=config.issue.number,
        sections=made,
        left_out=tuple(left_out),
        skipped=reading.skipped,
        sources=reading.sources,
        warnings=tuple(dict.fromkeys(_warnings(reading))),
        edition=edition,
        ledger=replace(ledger_of(stories, made, reading, config.source), n_outside=n_outside),
        preface=config.issue.preface.strip(),
    )


# ---------------------------------------------------------------- choice


def _choose(
    stories: Sequence[Story], day: date, config: Config, across: Across
) -> tuple[dict[str, _Ranked], list[LeftOut]]:
    """The stories that may be printed, by id and in their order, and the others with their reasons."""
    passed = {column.name for column in config.column if column.section}
    ranked, left_out = {}, []
    for story in stories:
        region, topic = region_of(story), topic_of(story, passed)
        one = _Ranked(story, region, topic, score_of(story, region, topic, day, config))
        known = None if one.is_pinned else across.known.get(story.id)
        reason = _unwanted(one, config.compose)
        if reason:
            left_out.append(LeftOut(story, reason))
        elif known:
            repeats = Link("repeat", known.printed, known.reason, 1.0)
            left_out.append(LeftOut(story, f"已见于{_issue_words(known.printed)}", repeats))
        else:
            ranked[story.id] = one
    return ranked, left_out


def _unwanted(one: _Ranked, config: ComposeConfig) -> str | None:
    """Why a story is left out; a pinned one only where it is excluded as well, or has no sentence."""
    if reason := excluded(one.story, config):
        return reason
    if one.is_pinned:
        return None if one.story.lead.sentences else unprintable(one.story, 0)
    if reason := unprintable(one.story, config.min_chars):
        return reason
    if one.score.total < config.min_score:
        return f"得分低于下限：{one.score.total:g}，下限 {config.min_score:g}"
    return None


def _issue_words(reference: Reference) -> str:
    number = "" if reference.issue_number is None else f"第{reference.issue_number}期"
    return f"{reference.date.month}月{reference.date.day}日{number}"


def _within_quota(
    place: Place, members: Iterable[_Ranked], config: ComposeConfig
) -> tuple[list[_Ranked], list[LeftOut]]:
    """The best of a section, best first, as many as its quota allows, and the rest."""
    title = "·".join(place.path)
    quotas = {"·".join(name.split("/")): quota for name, quota in config.quota}
    limit = quotas.get(title, config.max_per_section)
    # sorted is stable: equal scores stay in the order of reading
    best = sorted(members, key=lambda one: -one.score.total)
    over = best[limit:]
    return best[:limit], [LeftOut(one.story, f"超出“{title}”栏目的条数上限：{limit} 条") for one in over]


def _within_length(
    sections: Sequence[tuple[Place, list[_Ranked]]], limit: int | None
) -> tuple[list[tuple[Place, list[_Ranked]]], list[LeftOut]]:
    """The sections without the lowest scores that are too many for the whole issue."""
    everything = [one for _, members in sections for one in members]
    if limit is None or len(everything) <= limit:
        return list(sections), []
    best = sorted(everything, key=lambda one: -one.score.total)
    dropped = {one.story.id for one in best[limit:]}
    kept = [(place, [one for one in members if one.story.id not in dropped]) for place, members in sections]
    return kept, [LeftOut(one.story, f"超出全期的条数上限：{limit} 条") for one in best[limit:]]


# ---------------------------------------------------------------- items


def _items(members: Iterable[_Ranked], day: date, across: Across, config: Config) -> list[Item]:
    """The items of a section in the order of their topics, not numbered yet."""
    ranks = topic_rank(config)
    ordered = sorted(members, key=lambda one: (ranks.get(one.topic, len(ranks)), one.topic))
    return [_item(one, day, across, config.summary) for one in ordered]


def _item(one: _Ranked, day: date, across: Across, config: SummaryConfig) -> Item:
    """A story with what it goes on from and what belongs beside it."""
    name = one.story.id
    ties = tuple(
        Link(tie.kind, Reference(day, tie.story, tie.headline, 0), tie.reason, tie.score)
        for tie in across.ties.get(name, ())
    )
    return Item(
        number=0,
        story=with_news(one.story, across.fresh.get(name, ()), config),
        region=one.region,
        topic=one.topic,
        score=one.score,
        follows=across.follows.get(name),
        links=ties + across.links.get(name, ()),
        differences=differences(one.story),
    )


# ---------------------------------------------------------------- warnings


def _warnings(reading: Reading) -> Iterable[str]:
    """What a reader of the issue should know about its sources, in the order of reading.

    The reader has said of every article whether its other half (下转, 上接) was found.
    """
    for source in reading.sources:
        for warning in source.warnings:
            yield f"{source.name}：{warning}"
    for article in reading.articles:
        for warning in article.warnings:
            yield f"{article.source}：《{article.title or '无题'}》{warning}"
