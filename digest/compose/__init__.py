"""Stories → Issue: which section, which topic, in which order, and what is left out and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from digest.compose.choice import excluded, is_notice, unprintable
from digest.compose.ledger import ledger_of
from digest.compose.order import PINNED, score_of
from digest.compose.sections import OTHER, by_section, region_of, section_place, topic_of, topic_rank
from digest.config import ComposeConfig, Config
from digest.model import (
    Issue,
    Item,
    LeftOut,
    Link,
    Place,
    Reading,
    Reference,
    Score,
    Section,
    Story,
    TopicGroup,
)
from digest.story.across import Across, Known
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
    stories: Sequence[Story], reading: Reading, day: date, config: Config, across: Across | None = None
) -> Issue:
    """The issue of `day` from `stories`, given in the order of reading, which decides between equal scores.

    `across` says what earlier issues have of them. Every story is either an item or in `left_out` with a
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
    made = _numbered(sections, topic_rank(config))
    made = _linked(made, day, across)
    return Issue(
        name=config.issue.name,
        publisher=config.issue.publisher,
        date=day,
        number=config.issue.number,
        sections=made,
        left_out=tuple(left_out),
        skipped=reading.skipped,
        sources=reading.sources,
        warnings=tuple(dict.fromkeys(_warnings(reading))),
        ledger=ledger_of(stories, made, reading, config.source),
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
        reason = _unwanted(one, config.compose, across.known.get(story.id))
        if reason:
            left_out.append(LeftOut(story, reason))
        else:
            ranked[story.id] = one
    return ranked, left_out


def _unwanted(one: _Ranked, config: ComposeConfig, known: Known | None) -> str | None:
    """Why a story is left out; a pinned one only where it is excluded as well, or has no sentence."""
    if reason := excluded(one.story, config):
        return reason
    if one.is_pinned:
        return None if one.story.lead.sentences else unprintable(one.story, 0)
    if reason := unprintable(one.story, config.min_chars):
        return reason
    if known:
        return f"已见于{_issue_words(known.printed)}第{known.printed.number}条《{known.printed.headline}》"
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


# ---------------------------------------------------------------- arrangement


def _numbered(
    sections: Iterable[tuple[Place, Sequence[_Ranked]]], ranks: dict[str, int]
) -> tuple[Section, ...]:
    """The sections with stories in them, grouped by topic, items numbered through from 1."""
    made = []
    number = 1
    for place, members in sections:
        by_topic: dict[str, list[_Ranked]] = {}
        for one in members:
            by_topic.setdefault(one.topic, []).append(one)
        groups = []
        for topic in sorted(by_topic, key=lambda name: (ranks.get(name, len(ranks)), name)):
            items = tuple(
                Item(n, one.story, one.region, topic, one.score)
                for n, one in enumerate(by_topic[topic], number)
            )
            groups.append(TopicGroup(topic, items))
            number += len(items)
        if groups:
            made.append(Section("·".join(place.path), place, tuple(groups)))
    return tuple(made)


def _linked(sections: tuple[Section, ...], day: date, across: Across) -> tuple[Section, ...]:
    """The items with what each goes on from and what belongs beside it; a link leads to what is printed."""
    here = {
        item.story.id: Reference(day, item.story.id, item.story.lead.article.title, item.number)
        for section in sections
        for item in section.items
    }

    def link(item: Item) -> Item:
        name = item.story.id
        ties = tuple(
            Link(tie.kind, here[tie.story], tie.reason, tie.score)
            for tie in across.ties.get(name, ())
            if tie.story in here
        )
        return replace(
            item,
            follows=across.follows.get(name),
            links=ties + across.links.get(name, ()),
            differences=differences(item.story),
        )

    return tuple(
        replace(
            section,
            groups=tuple(
                replace(group, items=tuple(link(item) for item in group.items)) for group in section.groups
            ),
        )
        for section in sections
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
