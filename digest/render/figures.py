"""The numbers behind the pictures of an issue, counted from the view that they stand in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from digest.model import PastDay
from digest.render.view import CellView, PaperView, RowView, SectionView, TrendsView, TrendView

LEVELS = 4  # steps of a heat table
FEWEST_ISSUES = 2  # before today's; a change against a single issue is chance
FEWEST_STORIES = 2  # today that make a rise, and in the week before that can fall
MOST_WORDS = 6  # rising, and as many falling


def shares(papers_of_stories: Sequence[Iterable[str]]) -> tuple[PaperView, ...]:
    """Every newspaper with the stories that it carried, most first; equal ones as they came."""
    counts = Counter(paper for papers in papers_of_stories for paper in dict.fromkeys(papers))
    total = len(papers_of_stories)
    return tuple(PaperView(name, n, round(100 * n / total, 1)) for name, n in counts.most_common())


def matrix(sections: Sequence[SectionView], topics: Sequence[str]) -> tuple[RowView, ...]:
    """Region × topic. The level of a cell is its share of the fullest, in quarters."""
    most = max((len(topic.stories) for section in sections for topic in section.topics), default=0)
    return tuple(
        RowView(
            section.title,
            section.anchor,
            len(section.stories),
            tuple(_cell(section, title, most) for title in topics),
        )
        for section in sections
    )


def trends(history: Sequence[PastDay], keywords: Sequence[Iterable[str]], today: str) -> TrendsView | None:
    """Words that stand in more of today's stories than the mean of `history`, and in fewer.

    `keywords` are those of each story of today. The change is weighed by the square root of the mean, as the
    spread of a count grows, so that a word that is always there does not lead by its size.
    """
    if len(history) < FEWEST_ISSUES:
        return None
    now = Counter(word for words in keywords for word in set(words))
    past = [dict(day.keywords) for day in history]
    changes = []
    for word in sorted(now.keys() | {word for day in past for word in day}):
        counts = (*(day.get(word, 0) for day in past), now[word])
        mean = sum(counts[:-1]) / len(past)
        change = now[word] - mean
        enough = now[word] if change > 0 else sum(counts[:-1])
        if change and enough >= FEWEST_STORIES:
            changes.append((change / (mean + 1) ** 0.5, TrendView(word, counts, round(change, 1))))
    rising = sorted((one for one in changes if one[0] > 0), key=lambda one: -one[0])[:MOST_WORDS]
    falling = sorted((one for one in changes if one[0] < 0), key=lambda one: one[0])[:MOST_WORDS]
    if not rising and not falling:
        return None
    return TrendsView(
        days=(*(f"{day.date.month}月{day.date.day}日" for day in history), today),
        most=max(max(view.counts) for _, view in (*rising, *falling)),
        rising=tuple(view for _, view in rising),
        falling=tuple(view for _, view in falling),
    )


def _cell(section: SectionView, title: str, most: int) -> CellView:
    topic = next((topic for topic in section.topics if topic.title == title), None)
    if topic is None:
        return CellView(title, 0, "", 0)
    n = len(topic.stories)
    # Where few is most, as on a slow day, a single story is no dark cell.
    return CellView(title, n, topic.anchor, min(n, -(-LEVELS * n // most)))
