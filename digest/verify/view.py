"""What a published issue tells, in the one form that every file of it is held against."""

from __future__ import annotations

from dataclasses import dataclass

from digest.render.published import PublishedIssue
from digest.render.wording import made_headline


@dataclass(frozen=True, slots=True)
class Told:
    """One story as a reader sees it."""

    number: int
    headline: str
    sentences: tuple[str, ...]  # of the summary, then those of other papers
    story: str  # Story.id


def told(issue: PublishedIssue) -> tuple[Told, ...]:
    """The stories of an issue.json, in its order."""
    return tuple(
        Told(
            item.number,
            item.headline or made_headline(item.sentences[0].text if item.sentences else ""),
            tuple(one.text for one in (*item.sentences, *(added.sentence for added in item.added))),
            item.story,
        )
        for item in issue.items
    )
