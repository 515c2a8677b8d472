"""An issue of the model as the rows of the library, and back. Pure: data in, data out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from digest.library.codec import pack, unpack
from digest.model import Analysed, Article, Issue, Item, LeftOut, Link, SourceText, Story

NO_HEADLINE = "（无题）"
_BLANK_ARTICLE = Article("", 0)
_BLANK = Analysed(_BLANK_ARTICLE)


@dataclass(frozen=True, slots=True)
class Packed:
    """Something kept once however often it is named, known by the digest of its data."""

    digest: str
    data: bytes


@dataclass(frozen=True, slots=True)
class VersionRow:
    """An article, and what the analysis of one day found in it."""

    article: Article
    packed: Packed
    analysis: bytes


@dataclass(frozen=True, slots=True)
class StoryRow:
    position: int
    number: int | None
    section: int | None
    topic_group: int | None
    story: str
    headline: str
    region: str
    topic: str
    data: bytes
    versions: tuple[VersionRow, ...]
    labels: tuple[tuple[str, str], ...]
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class StoredStory:
    """What is read back of a story: its place, its own data, and its versions' data in order."""

    section: int | None
    topic_group: int | None
    data: bytes
    versions: tuple[tuple[bytes, bytes], ...]  # article, analysis


def packed(value: object) -> Packed:
    data = pack(value)
    return Packed(hashlib.sha256(data).hexdigest(), data)


# ---------------------------------------------------------------- an issue to its rows


def shell_of(issue: Issue) -> bytes:
    """What belongs to the issue alone: its names, its sections without items, what was skipped and said."""
    sections = tuple(
        replace(section, groups=tuple(replace(group, items=()) for group in section.groups))
        for section in issue.sections
    )
    return pack(replace(issue, sections=sections, left_out=(), sources=()))


def story_rows(issue: Issue) -> Iterator[StoryRow]:
    """The items in their order, then the stories left out."""
    position = 0
    for n, section in enumerate(issue.sections):
        for m, group in enumerate(section.groups):
            for item in group.items:
                yield _item_row(item, position, n, m)
                position += 1
    for left in issue.left_out:
        yield _left_out_row(left, position)
        position += 1


def _item_row(item: Item, position: int, section: int, topic_group: int) -> StoryRow:
    return StoryRow(
        position,
        item.number,
        section,
        topic_group,
        item.story.id,
        item.story.lead.article.title or NO_HEADLINE,
        "/".join(item.region.path),
        item.topic,
        pack(replace(item, story=_bare(item.story))),
        _version_rows(item.story),
        tuple(dict.fromkeys(_labels(item))),
        item.links if item.follows is None else (item.follows, *item.links),
    )


def _left_out_row(left: LeftOut, position: int) -> StoryRow:
    headline = left.story.lead.article.title or NO_HEADLINE
    data = pack(replace(left, story=_bare(left.story)))
    return StoryRow(
        position,
        None,
        None,
        None,
        left.story.id,
        headline,
        "",
        "",
        data,
        _version_rows(left.story),
        (),
        (left.repeats,) if left.repeats else (),
    )


def _bare(story: Story) -> Story:
    """The story without its versions, which are rows of their own."""
    return replace(story, lead=_BLANK, others=())


def _version_rows(story: Story) -> tuple[VersionRow, ...]:
    return tuple(
        VersionRow(version.article, packed(version.article), pack(replace(version, article=_BLANK_ARTICLE)))
        for version in story.members
    )


def _labels(item: Item) -> Iterator[tuple[str, str]]:
    path = item.region.path
    for depth in range(1, len(path) + 1):
        yield "region", "/".join(path[:depth])
    yield "topic", item.topic
    for version in item.story.members:
        yield "paper", version.article.paper or version.article.source
    for keyword in item.story.lead.keywords:
        yield "keyword", keyword.word


# ---------------------------------------------------------------- rows to an issue


def issue_of(shell: bytes, stories: Sequence[StoredStory], sources: Sequence[bytes]) -> Issue:
    """The issue as it was recorded. Raises ValueError where the data is not what was written."""
    issue = unpack(Issue, shell)
    items: dict[tuple[int, int], list[Item]] = {}
    left_out = []
    for stored in stories:
        if stored.section is None or stored.topic_group is None:
            left = unpack(LeftOut, stored.data)
            left_out.append(replace(left, story=_filled(left.story, stored)))
        else:
            item = unpack(Item, stored.data)
            filled = replace(item, story=_filled(item.story, stored))
            items.setdefault((stored.section, stored.topic_group), []).append(filled)
    sections = tuple(
        replace(
            section,
            groups=tuple(
                replace(group, items=tuple(items.get((n, m), ()))) for m, group in enumerate(section.groups)
            ),
        )
        for n, section in enumerate(issue.sections)
    )
    return replace(
        issue,
        sections=sections,
        left_out=tuple(left_out),
        sources=tuple(unpack(SourceText, data) for data in sources),
    )


def story_of(stored: StoredStory) -> Story:
    """A story by itself, as it stands in the issue it was read from."""
    kind: type[Item] | type[LeftOut] = LeftOut if stored.section is None else Item
    return _filled(unpack(kind, stored.data).story, stored)


def item_of(stored: StoredStory) -> Item:
    """An item by itself, as it stands in the issue it was read from."""
    item = unpack(Item, stored.data)
    return replace(item, story=_filled(item.story, stored))


def _filled(story: Story, stored: StoredStory) -> Story:
    lead, *others = (
        replace(unpack(Analysed, analysis), article=unpack(Article, article))
        for article, analysis in stored.versions
    )
    return replace(story, lead=lead, others=tuple(others))
