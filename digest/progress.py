"""How a long piece of work tells how far it has come."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Is called with a stage of the pipeline, the count done, and the total or None where it is not known."""

    def __call__(self, stage: str, done: int, total: int | None, /) -> None: ...


def silent(stage: str, done: int, total: int | None, /) -> None:
    """The progress that nobody looks at."""
