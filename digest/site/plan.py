"""What of the site must be made anew. Pure: what is, what was, and what was lost in; a plan out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, cast

from digest.library.catalogue import Label, LabelKind, Words
from digest.library.entries import IssueEntry


class IssueKey(NamedTuple):
    edition: str
    day: date

    @property
    def name(self) -> str:
        return f"{self.edition}/{self.day.isoformat()}"

    @property
    def month(self) -> str:
        return self.day.isoformat()[:7]

    @classmethod
    def named(cls, name: str) -> IssueKey:
        edition, _, day = name.rpartition("/")
        return cls(edition, date.fromisoformat(day))

    @property
    def owner(self) -> str:
        return f"issue:{self.name}"


class Mark(NamedTuple):
    """What the pages of an issue depend on; what differs tells which of them are made anew."""

    record: str  # hash of its record and of whether it has a PDF: all pages
    beside: str  # the days of the issues before and after it: the page of the issue
    ties: dict[str, str]  # by story, hash of what leads to it or from it: the page of the story

    def written(self) -> str:
        return json.dumps(self, separators=(",", ":"))

    @classmethod
    def read(cls, text: str) -> Mark:
        return cls(*json.loads(text))


@dataclass(frozen=True, slots=True)
class Plan:
    told: tuple[IssueKey, ...]  # whose pages are all made
    touched: Mapping[IssueKey, frozenset[str]]  # by issue, the stories whose pages are made beside its own
    gone: frozenset[IssueKey]  # whose pages go
    labels: frozenset[Label]  # whose lists are made, or go where nothing has the label any more

    @property
    def months(self) -> frozenset[str]:
        """Those in which a story came, went or changed."""
        return frozenset(key.month for key in (*self.told, *self.gone))


def owner_of(label: Label, month: str = "") -> str:
    """Of the first page and the feeds of a label, or of its page of a month."""
    return f"label:{label.kind}:{label.value}" if not month else f"{months_of(label)}{month}"


def months_of(label: Label) -> str:
    """How the owners of a label's pages of months begin."""
    return f"month:{label.kind}:{label.value}:"


def label_of(owner: str) -> Label | None:
    """The label whose lists an owner's files are."""
    what, _, rest = owner.partition(":")
    kind, _, value = rest.partition(":")
    if what == "month":
        value = value.rpartition(":")[0]
    return Label(cast(LabelKind, kind), value) if what in {"label", "month"} else None


def plan(
    marks: Mapping[IssueKey, Mark],
    noted: Mapping[IssueKey, Mark],
    labels_of: Callable[[IssueKey], frozenset[Label]],
    noted_labels_of: Callable[[IssueKey], frozenset[Label]],
    lost: frozenset[str],
) -> Plan:
    """Issues whose mark is not the one noted, with the lists that they were and are in; `lost` are owners."""
    told = tuple(
        key
        for key, mark in marks.items()
        if key.owner in lost or key not in noted or noted[key].record != mark.record
    )
    touched = {
        key: frozenset(
            story
            for story in mark.ties.keys() | noted[key].ties.keys()
            if mark.ties.get(story) != noted[key].ties.get(story)
        )
        for key, mark in marks.items()
        if key in noted and key.owner not in lost and noted[key].record == mark.record and noted[key] != mark
    }
    gone = frozenset(noted.keys() - marks.keys())
    labels = {label for key in (*told, *gone) if key in noted for label in noted_labels_of(key)}
    labels |= {label for key in told for label in labels_of(key)}
    labels |= {label for label in map(label_of, lost) if label}
    return Plan(told, touched, gone, frozenset(labels))


def marks_of(
    issues: Sequence[IssueEntry], ties: Mapping[tuple[str, str], Iterable[Words]], pdfs: frozenset[IssueKey]
) -> dict[IssueKey, Mark]:
    """By issue, the mark of what its pages depend on; `ties` of the catalogue."""
    marks = {}
    for key, (before, after), entry in _placed(issues):
        edges: dict[str, list[str]] = {}
        for words in ties.get((key.edition, key.day.isoformat()), ()):
            for story in _stories_here(key, words):
                edges.setdefault(story, []).append("\n".join(words))
        marks[key] = Mark(
            f"{entry.sha256}{'+pdf' if key in pdfs else ''}",
            f"{before} {after}",
            {story: _hash(found) for story, found in sorted(edges.items())},
        )
    return marks


def _placed(
    issues: Sequence[IssueEntry],
) -> Iterator[tuple[IssueKey, tuple[date | None, date | None], IssueEntry]]:
    neighbours = around(issues)
    for entry in issues:
        key = IssueKey(entry.edition, entry.day)
        yield key, neighbours[key], entry


def _stories_here(key: IssueKey, words: Words) -> set[str]:
    """The ends of a tie that are stories of this issue."""
    issue = (key.edition, key.day.isoformat())
    return {story for *place, story in (words[1:4], words[4:7]) if tuple(place) == issue}


def _hash(parts: Iterable[str]) -> str:
    return hashlib.sha256("\n\n".join(parts).encode("utf-8", "replace")).hexdigest()[:16]


def around(issues: Sequence[IssueEntry]) -> dict[IssueKey, tuple[date | None, date | None]]:
    """By issue, the days of the ones before and after it in its edition; `issues` are by date."""
    days: dict[str, list[date]] = {}
    for entry in issues:
        days.setdefault(entry.edition, []).append(entry.day)
    found = {}
    for edition, ordered in days.items():
        for n, day in enumerate(ordered):
            after = ordered[n + 1] if n + 1 < len(ordered) else None
            found[IssueKey(edition, day)] = (ordered[n - 1] if n else None, after)
    return found
