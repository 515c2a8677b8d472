"""Today's stories beside each other and those of earlier issues: what is known, goes on, or belongs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from digest.config import MergeConfig
from digest.model import Article, Link, Printed, Reference, Span, Story
from digest.story.candidates import candidates
from digest.story.likeness import Likeness
from digest.story.linkage import MAX_MEMBERS, THRESHOLD
from digest.story.links import DEVELOPMENT, SERIES, is_service, link_kind, series_of
from digest.story.news import news_in
from digest.story.pairs import Pairs

MAX_LINKS = 3  # of one story; the likeliest


@dataclass(frozen=True, slots=True)
class Known:
    """A story whose development an earlier issue printed."""

    printed: Reference
    reason: str


@dataclass(frozen=True, slots=True)
class Tie:
    """A link between two of today's stories, by their ids."""

    story: str
    headline: str
    kind: str
    reason: str
    score: float


@dataclass(frozen=True, slots=True)
class Across:
    """By the id of a story of today: what an earlier issue has of it, and what belongs beside it."""

    known: Mapping[str, Known] = field(default_factory=dict)  # nothing new: not printed again
    follows: Mapping[str, Link] = field(default_factory=dict)  # it goes on from there
    links: Mapping[str, tuple[Link, ...]] = field(default_factory=dict)  # to earlier issues
    ties: Mapping[str, tuple[Tie, ...]] = field(default_factory=dict)  # among today's
    fresh: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)  # sentences that make the news


def look_across(
    stories: Sequence[Story],
    past: Sequence[Printed],
    day: date,
    config: MergeConfig,
    *,
    reprints: Mapping[str, Reference] | None = None,
) -> Across:
    """What connects the stories of the issue of `day` with each other and with those of `past`.

    `reprints` names, by the id of a story, an earlier item with the very same article. Pure; the cost grows
    with the stories of today and of `past`.
    """
    table = _Table(stories, past, config)
    known = {name: Known(printed, "同一篇文章") for name, printed in (reprints or {}).items()}
    follows: dict[str, Link] = {}
    fresh: dict[str, tuple[Span, ...]] = {}
    links: dict[str, list[Link]] = {}
    ties: dict[str, list[Tie]] = {}
    for a, b in table.near():
        if b < len(stories):
            if tie := table.link(a, b):
                kind, reason, score = tie
                for one, other in ((stories[a], stories[b]), (stories[b], stories[a])):
                    headline = other.lead.article.title
                    ties.setdefault(one.id, []).append(Tie(other.id, headline, kind, reason, score))
            continue
        story, earlier = stories[a], past[b - len(stories)]
        if table.is_one(a, b):
            if news := news_in(story, earlier.story):
                _keep_likeliest(follows, story.id, Link(DEVELOPMENT, earlier.reference, news.reason, 1.0))
                # of several issues that had it, what none of them had
                fresh[story.id] = tuple(
                    span for span in news.spans if span in fresh.get(story.id, news.spans)
                )
            else:
                known.setdefault(story.id, Known(earlier.reference, table.reason(a, b)))
        elif found := table.link(a, b, day):
            link = Link(found[0], earlier.reference, found[1], found[2])
            links.setdefault(story.id, []).append(link)
            if link.kind == DEVELOPMENT:
                _keep_likeliest(follows, story.id, link)
    return Across(
        known,
        {name: link for name, link in follows.items() if name not in known},
        {name: _likeliest(some, follows.get(name)) for name, some in links.items()},
        {name: tuple(sorted(some, key=lambda tie: -tie.score)[:MAX_LINKS]) for name, some in ties.items()},
        fresh,
    )


def _keep_likeliest(follows: dict[str, Link], story: str, link: Link) -> None:
    """Of several earlier items the likeliest, and of equally likely ones the latest."""
    held = follows.get(story)
    if held is None or (link.score, link.to.date) > (held.score, held.to.date):
        follows[story] = link


def _likeliest(links: Sequence[Link], followed: Link | None) -> tuple[Link, ...]:
    others = [link for link in links if followed is None or link.to != followed.to]
    return tuple(sorted(others, key=lambda link: (-link.score, -link.to.date.toordinal()))[:MAX_LINKS])


class _Table:
    """Today's stories and those of before, by one index, and how like their articles are."""

    def __init__(self, stories: Sequence[Story], past: Sequence[Printed], config: MergeConfig) -> None:
        self._n_today = len(stories)
        everything = [*stories, *(one.story for one in past)]
        self._articles: list[Article] = []
        self._members: list[list[int]] = []  # of each story, indexes into _articles
        self._story_of: list[int] = []
        for n, story in enumerate(everything):
            articles = [version.article for version in story.members[:MAX_MEMBERS]]
            first = len(self._articles)
            self._members.append(list(range(first, first + len(articles))))
            self._articles += articles
            self._story_of += [n] * len(articles)
        self._pairs = Pairs(self._articles)
        self._window = max(config.link_days, config.window_days)
        self._series = [series_of(story.lead.article) for story in everything]

    def near(self) -> Iterator[tuple[int, int]]:
        """Pairs of stories worth a look, each once, the first of them of today."""
        found = {
            (min(a, b), max(a, b))
            for i, j in candidates(self._pairs.prints, self._pairs.vectors, self._window)
            if (a := self._story_of[i]) != (b := self._story_of[j])
        }
        by_series: dict[str, list[int]] = {}
        for n, name in enumerate(self._series):
            if name:
                by_series.setdefault(name, []).append(n)
        for group in by_series.values():
            found |= {(a, b) for a in group for b in group if a < b}
        yield from sorted(pair for pair in found if pair[0] < self._n_today)

    def is_one(self, a: int, b: int) -> bool:
        """Whether the two would be one story if they were of one day."""
        probabilities = [self._pairs.probability(i, j) for i in self._members[a] for j in self._members[b]]
        return sum(probabilities) / len(probabilities) >= THRESHOLD

    def reason(self, a: int, b: int) -> str:
        return self._pairs.reason(*self._likest(a, b))

    def link(self, a: int, b: int, day: date | None = None) -> tuple[str, str, float] | None:
        """Kind, reason and score of a link, or None. `day` is when `a` is printed, if not when published."""
        if self._series[a] and self._series[a] == self._series[b]:
            return SERIES, f"同属“{self._series[a]}”", 1.0
        i, j = self._likest(a, b)
        if is_service(self._articles[i]) and is_service(self._articles[j]):
            return None
        measured = self._pairs.likeness(i, j).measured
        later, earlier = day or self._articles[i].published, self._articles[j].published
        apart = abs((later - earlier).days) if later and earlier else 0
        kind = link_kind(self._pairs.prints[i], self._pairs.prints[j], measured, apart)
        if kind is None:
            return None
        words = "、".join(self._pairs.common_words(i, j)[:5])
        return kind, f"标题、导语相近（{measured.both:.2f}），都有：{words}", round(measured.both, 4)

    def _likest(self, a: int, b: int) -> tuple[int, int]:
        def likeness(pair: tuple[int, int]) -> tuple[float, float]:
            found: Likeness = self._pairs.likeness(*pair)
            return found.measured.both, found.probability

        return max(((i, j) for i in self._members[a] for j in self._members[b]), key=likeness)
