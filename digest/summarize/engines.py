"""The engines behind one interface. An engine scores the units of a document; the choice is common to all.

A package registers its own under the entry point group ``digest.engines``: a callable that takes a
`Document` and gives one finite number for each of its units, the greater the better.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from importlib import import_module

from digest.errors import UsageError
from digest.summarize.document import Document

Engine = Callable[[Document], Sequence[float]]

GROUP = "digest.engines"
_OWN = {
    "textrank": "digest.summarize.textrank",
    "textrank4zh": "digest.summarize.textrank4zh",
    "lead": "digest.summarize.lead",
    "lexrank": "digest.summarize.lexrank",
}


def engine_names() -> tuple[str, ...]:
    """All engines that can be named, the project's own first."""
    from importlib.metadata import entry_points

    return (*_OWN, *sorted({point.name for point in entry_points(group=GROUP)} - _OWN.keys()))


@cache
def engine(name: str) -> Engine:
    """The engine called `name`. Raises UsageError where there is none."""
    if name in _OWN:
        found: Engine = import_module(_OWN[name]).scores
        return found
    from importlib.metadata import entry_points

    for point in entry_points(group=GROUP, name=name):
        loaded: Engine = point.load()
        return loaded
    raise UsageError(f"没有摘要算法 “{name}” (unknown engine); known: {', '.join(engine_names())}")
