"""The part of an issue that a recipient asked for: only their regions and topics."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from digest.compose.sections import path_of
from digest.config import RecipientConfig
from digest.model import Issue, Item, Ledger, Link, Section, TopicGroup

SELECTED = "（选编）"  # behind the name of an issue that is not whole


@dataclass(frozen=True, slots=True)
class Choice:
    """What someone wants of an edition; equal for all who want the same, whatever order they wrote it in."""

    edition: str = ""
    regions: tuple[tuple[str, ...], ...] = ()  # ("山东", "聊城"); none: all
    topics: tuple[str, ...] = ()  # none: all

    @property
    def is_whole(self) -> bool:
        return not self.regions and not self.topics

    @property
    def label(self) -> str:
        """山东·聊城、全国；经济, or "" for the whole."""
        regions = "、".join("·".join(path) for path in self.regions)
        return "；".join(part for part in (regions, "、".join(self.topics)) if part)

    @property
    def key(self) -> str:
        """The choice as one line, the same in every run."""
        return "\n".join((self.edition, "|".join("/".join(p) for p in self.regions), "|".join(self.topics)))


def choice_of(recipient: RecipientConfig) -> Choice:
    regions = sorted({path_of(region) for region in recipient.regions})
    return Choice(recipient.edition, tuple(regions), tuple(sorted(set(recipient.topics))))


def select(issue: Issue, choice: Choice) -> Issue:
    """The issue with nothing but what was chosen. The items keep their numbers, by which they are cited.

    What was left out or skipped and the account of the day belong to the whole issue and are not told of a
    part; links to items that were not chosen go.
    """
    if choice.is_whole:
        return issue
    chosen = {
        item.number for section in issue.sections for item in section.items if _wanted(item, section, choice)
    }
    gone = {item.story.id for item in issue.items if item.number not in chosen}
    sections = (_part(section, chosen, issue, gone) for section in issue.sections)
    return replace(
        issue,
        name=issue.name + SELECTED,
        sections=tuple(section for section in sections if section.groups),
        left_out=(),
        skipped=(),
        warnings=(),
        ledger=Ledger(),
    )


def _part(section: Section, chosen: Collection[int], issue: Issue, gone: Collection[str]) -> Section:
    def is_kept(link: Link) -> bool:
        here = (link.to.edition, link.to.date) == (issue.edition, issue.date)
        return not here or link.to.story not in gone

    groups = (
        TopicGroup(
            group.topic,
            tuple(
                replace(item, links=tuple(filter(is_kept, item.links)))
                for item in group.items
                if item.number in chosen
            ),
        )
        for group in section.groups
    )
    return replace(section, groups=tuple(group for group in groups if group.items))


def _wanted(item: Item, section: Section, choice: Choice) -> bool:
    """A region is the item's own or the one that its section is named for; a topic likewise."""
    paths = (item.region.path, section.place.path)
    in_region = any(path[: len(wanted)] == wanted for wanted in choice.regions for path in paths)
    in_topic = not _topics(item, section).isdisjoint(choice.topics)
    return (in_region or not choice.regions) and (in_topic or not choice.topics)


def _topics(item: Item, section: Section) -> set[str]:
    return {item.topic, *section.place.path, *_own_columns(item)}


def _own_columns(item: Item) -> Iterable[str]:
    """The user's own columns of a story, which have no code."""
    return (topic.name for topic in item.story.lead.topics if not topic.code)
