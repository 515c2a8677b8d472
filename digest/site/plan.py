"""What of the site must be made anew. Pure: what is, what was, and what was lost in; a plan out."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, cast

from digest.library.catalogue import Key, Label, LabelKind, Tie
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


@dataclass(frozen=True, slots=True)
class Noted:
    """What the manifest says of an issue whose pages stand."""

    mark: str
    labels: frozenset[Label]

    @property
    def content(self) -> str:
        return content_of(self.mark)


@dataclass(frozen=True, slots=True)
class Plan:
    issues: tuple[IssueKey, ...]  # whose pages are made
    gone: frozenset[IssueKey]  # whose pages go
    labels: frozenset[Label]  # whose lists are made, or go where nothing has the label any more

    @property
    def months(self) -> frozenset[str]:
        return frozenset(key.month for key in (*self.issues, *self.gone))


def owner_of(label: Label, month: str = "") -> str:
    """Of the first page and the feeds of a label, or of its page of a month."""
    return f"label:{label.kind}:{label.value}" if not month else f"month:{label.kind}:{month}:{label.value}"


def months_standing(owners: Iterable[str]) -> dict[Label, set[str]]:
    """By label, the months that have a page of it."""
    found: dict[Label, set[str]] = {}
    for owner in owners:
        parts = owner.split(":", 3)
        if parts[0] == "month" and len(parts) == 4:
            _, kind, month, value = parts
            found.setdefault(Label(cast(LabelKind, kind), value), set()).add(month)
    return found


def plan(
    marks: Mapping[IssueKey, str],
    noted: Mapping[IssueKey, Noted],
    labels_of: Callable[[IssueKey], frozenset[Label]],
    lost: frozenset[str],
) -> Plan:
    """Issues whose mark is not the one noted, with the lists that they were and are in; `lost` are owners."""
    stale = tuple(
        key for key, mark in marks.items() if key.owner in lost or key not in noted or noted[key].mark != mark
    )
    gone = frozenset(noted.keys() - marks.keys())
    told = [key for key in stale if key not in noted or noted[key].content != content_of(marks[key])]
    labels = {label for key in (*told, *gone) if key in noted for label in noted[key].labels}
    labels |= {label for key in told for label in labels_of(key)}
    known = {label for entry in noted.values() for label in entry.labels}
    of_lost = {label for label in known if owner_of(label) in lost} | months_standing(lost).keys()
    labels |= of_lost & known
    return Plan(stale, gone, frozenset(labels))


def marks_of(
    issues: Sequence[IssueEntry], known: Iterable[Key], ties: Iterable[Tie], pdfs: frozenset[IssueKey]
) -> dict[IssueKey, str]:
    """By issue, hashes of its record, and of all else that its pages depend on."""
    there = frozenset(known)
    beside: dict[IssueKey, list[str]] = {}
    for tie in ties:
        if tie.start in there and tie.end in there:
            words = "\n".join((tie.kind, *_words(tie.start), *_words(tie.end)))
            for key in {IssueKey(*tie.start[:2]), IssueKey(*tie.end[:2])}:
                beside.setdefault(key, []).append(words)
    marks = {}
    neighbours = around(issues)
    for entry in issues:
        key = IssueKey(entry.edition, entry.day)
        before, after = neighbours[key]
        parts = [str(before), str(after), str(key in pdfs), *beside.get(key, ())]
        beyond = hashlib.sha256("\n\n".join(parts).encode("utf-8", "replace")).hexdigest()[:16]
        marks[key] = f"{entry.sha256}-{beyond}"
    return marks


def content_of(mark: str) -> str:
    """The part of an issue's mark that lists depend on: its record alone."""
    return mark.partition("-")[0]


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


def _words(key: Key) -> tuple[str, str, str]:
    return key.edition, key.day.isoformat(), key.story
