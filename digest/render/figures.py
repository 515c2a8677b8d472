"""The numbers behind the pictures of an issue, counted from the view that they stand in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from digest.render.view import CellView, PaperView, RowView, SectionView

LEVELS = 4  # steps of a heat table


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


def _cell(section: SectionView, title: str, most: int) -> CellView:
    topic = next((topic for topic in section.topics if topic.title == title), None)
    if topic is None:
        return CellView(title, 0, "", 0)
    n = len(topic.stories)
    # Where few is most, as on a slow day, a single story is no dark cell.
    return CellView(title, n, topic.anchor, min(n, -(-LEVELS * n // most)))
