"""The kinds of fragments, and a fragment with its kind."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from digest.page import fields
from digest.page.lines import Fragment

BODY, HEAD, BYLINE, CAPTION, JUMP, FURNITURE, NOTICE = (
    "body",
    "head",
    "byline",
    "caption",
    "jump",
    "furniture",
    "notice",
)


@dataclass(frozen=True, slots=True)
class Labelled:
    """A fragment with its kind, the reason for it, and what is needed later of its neighbourhood."""

    fragment: Fragment
    kind: str
    reason: str
    lead: fields.Lead | None = None
    sub: str = ""  # for furniture: which

    @property
    def plain(self) -> str:
        return self.fragment.plain


def text_of(items: Sequence[Labelled], indices: Iterable[int]) -> str:
    """The text of the items at the indices, one behind the other."""
    return "".join(items[i].plain for i in indices)
