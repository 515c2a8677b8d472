"""An editor's hand: an issue as a text to edit, and the issue that is made of it. See docs/editing.md."""

from digest.draft.apply import edited
from digest.draft.entries import Draft, Entry
from digest.draft.parse import read_draft
from digest.draft.write import draft_text

__all__ = ["Draft", "Entry", "draft_text", "edited", "read_draft"]
