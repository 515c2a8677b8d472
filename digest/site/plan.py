"""What of the site must be made anew. Pure: what is, what was, and what was lost in; a plan out."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
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
    marks: Mapping[IssueKey, str],
    noted: Mapping[IssueKey, str],
    labels_of: Callable[[IssueKey], frozenset[Label]],
    noted_labels_of: Callable[[IssueKey], frozenset[Label]],
    lost: frozenset[str],
) -> Plan:
    """Issues whose mark is not the one noted, with the lists that they were and are in; `lost` are owners."""
    stale = tuple(key for key, mark in marks.items() if key.owner in lost or noted.get(key) != mark)
    gone = frozenset(noted.keys() - marks.keys())
    told = [key for key in stale if key not in noted or content_of(noted[key]) != content_of(marks[key])]
    labels = {label for key in (*told, *gone) if key in noted for label in noted_labels_of(key)}
    labels |= {label for key in told for label in labels_of(key)}
    labels |= {label for label in map(label_of, lost) if label}
    return Plan(stale, gone, frozenset(labels))


def marks_of(
    issues: Sequence[IssueEntry], ties: Mapping[tuple[str, str], Iterable[Words]], pdfs: frozenset[IssueKey]
) -> dict[IssueKey, str]:
    """By issue, hashes of its record, and of all else that its pages depend on; `ties` of the catalogue."""
    marks = {}
    neighbours = around(issues)
    for entry in issues:
        key = IssueKey(entry.edition, entry.day)
        before, after = neighbours[key]
        beside = ("\n".join(words) for words in ties.get((key.edition, key.day.isoformat()), ()))
        parts = [str(before), str(after), str(key in pdfs), *beside]
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
