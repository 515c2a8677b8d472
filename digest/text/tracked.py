"""Text that knows where each of its characters stood in the source."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from operator import attrgetter

from digest.model import Run

_at = attrgetter("at")


@dataclass(frozen=True, slots=True)
class Tracked:
    """An immutable string with its provenance.

    `runs` are in order of `at` and do not overlap: ``text[r.at:r.at + r.length]`` was copied from
    ``source[r.start:r.start + r.length]``. Characters in no run were inserted (a space for a line end).
    Slicing costs O(log runs + runs in the slice), joining O(length).
    """

    text: str
    runs: tuple[Run, ...]

    @classmethod
    def of(cls, text: str, start: int = 0) -> Tracked:
        """The whole of `text`, standing at offset `start` of the source."""
        return cls(text, (Run(0, start, len(text)),) if text else ())

    def __len__(self) -> int:
        return len(self.text)

    def __bool__(self) -> bool:
        return bool(self.text)

    def __str__(self) -> str:
        return self.text

    def __add__(self, other: Tracked) -> Tracked:
        return concat((self, other))

    def slice(self, start: int, end: int | None = None) -> Tracked:
        """The characters from `start` to `end`, both counted from 0 in this text."""
        end = len(self.text) if end is None else min(end, len(self.text))
        if start >= end:
            return EMPTY
        if start == 0 and end == len(self.text):
            return self
        if len(self.runs) == 1 and self.runs[0].length == len(self.text):
            return Tracked(self.text[start:end], (Run(0, self.runs[0].start + start, end - start),))
        kept: list[Run] = []
        for n in range(max(bisect_right(self.runs, start, key=_at) - 1, 0), len(self.runs)):
            run = self.runs[n]
            if run.at >= end:
                break
            low, high = max(run.at, start), min(run.at + run.length, end)
            if low < high:
                kept.append(Run(low - start, run.start + low - run.at, high - low))
        return Tracked(self.text[start:end], tuple(kept))

    def strip(self, chars: str | None = None) -> Tracked:
        bare = self.text.strip(chars)
        if len(bare) == len(self.text):
            return self
        left = len(self.text) - len(self.text.lstrip(chars))
        return self.slice(left, len(self.text.rstrip(chars)))

    def without(self, spans: Iterable[tuple[int, int]]) -> Tracked:
        """This text with the given stretches (start, end), in any order, cut out."""
        kept: list[Tracked] = []
        here = 0
        for start, end in sorted(spans):
            if start > here:
                kept.append(self.slice(here, start))
            here = max(here, end)
        if not here:
            return self
        kept.append(self.slice(here))
        return concat(kept)

    def splitlines(self) -> list[Tracked]:
        """The lines, cut at line feeds only; line feeds are left out."""
        whole = len(self.runs) == 1 and self.runs[0].length == len(self.text)
        lines: list[Tracked] = []
        here = 0
        for line in self.text.split("\n"):
            if whole:
                lines.append(Tracked.of(line, self.runs[0].start + here))
            else:
                lines.append(self.slice(here, here + len(line)))
            here += len(line) + 1
        return lines

    def source_start(self) -> int:
        """Offset in the source of the first character that was copied from it; -1 where none was."""
        return self.runs[0].start if self.runs else -1


EMPTY = Tracked("", ())


def inserted(text: str) -> Tracked:
    """Characters that stand in no source."""
    return Tracked(text, ())


def concat(parts: Iterable[Tracked]) -> Tracked:
    """The parts one after the other; runs that touch in both texts become one."""
    texts: list[str] = []
    runs: list[Run] = []
    length = 0
    for part in parts:
        texts.append(part.text)
        for run in part.runs:
            moved = Run(run.at + length, run.start, run.length)
            last = runs[-1] if runs else None
            if last and last.at + last.length == moved.at and last.start + last.length == moved.start:
                runs[-1] = Run(last.at, last.start, last.length + moved.length)
            else:
                runs.append(moved)
        length += len(part.text)
    return Tracked("".join(texts), tuple(runs))
