"""The library: one SQLite file that keeps every article, story and issue. See docs/library.md."""

from digest.library.entries import Hit, IssueEntry, Numbers, Passage, StoryEntry, Wanted
from digest.library.library import Library
from digest.library.place import library_path

__all__ = [
    "Hit",
    "IssueEntry",
    "Library",
    "Numbers",
    "Passage",
    "StoryEntry",
    "Wanted",
    "library_path",
]
