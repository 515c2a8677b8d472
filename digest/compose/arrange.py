"""Items in their sections → sections with groups, numbers and links that agree."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from digest.model import Item, Link, Place, Section, TopicGroup


def arranged(sections: Iterable[tuple[Place, Sequence[Item]]], day: date) -> tuple[Section, ...]:
    """The sections of the issue of `day` that have items, by topics in the order of each topic's first item.

    Items are numbered through from 1, and their links within the issue follow the numbers; a link to what is
    not printed is dropped.
    """
    made = []
    number = 1
    for place, items in sections:
        by_topic: dict[str, list[Item]] = {}
        for item in items:
            by_topic.setdefault(item.topic, []).append(item)
        groups = []
        for topic, members in by_topic.items():
            counted = tuple(replace(item, number=n) for n, item in enumerate(members, number))
            groups.append(TopicGroup(topic, counted))
            number += len(counted)
        if groups:
            made.append(Section("·".join(place.path), place, tuple(groups)))
    return _relinked(tuple(made), day)


def _relinked(sections: tuple[Section, ...], day: date) -> tuple[Section, ...]:
    numbers = {item.story.id: item.number for section in sections for item in section.items}

    def renumbered(item: Item) -> Item:
        links = tuple(link for link in (_to_number(link, numbers, day) for link in item.links) if link)
        return replace(item, links=links)

    return tuple(
        replace(
            section,
            groups=tuple(
                replace(group, items=tuple(renumbered(item) for item in group.items))
                for group in section.groups
            ),
        )
        for section in sections
    )


def _to_number(link: Link, numbers: dict[str, int], day: date) -> Link | None:
    """A link within the issue with the number that its target has now; None where that is not printed."""
    if link.to.date != day:
        return link
    number = numbers.get(link.to.story)
    return replace(link, to=replace(link.to, number=number)) if number else None
