"""The kinds of fragments, and a fragment with its kind."""

from __future__ import annotations

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
