"""What a check found, and how much it looked at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it must be."""

    where: str  # a file, and what in it
    what: str


@dataclass(slots=True)
class Report:
    """Everything found, and the counts of what was checked: nothing found in nothing is no proof."""

    findings: list[Finding] = field(default_factory=list)
    n_issues: int = 0
    n_sentences: int = 0
    n_sources: int = 0
    n_files: int = 0
    n_links: int = 0
    n_letters: int = 0

    def add(self, where: str, what: str) -> None:
        self.findings.append(Finding(where, what))

    def extend(self, where: str, problems: Iterable[str]) -> None:
        self.findings += [Finding(where, what) for what in problems]
