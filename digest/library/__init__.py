"""The library: one SQLite file that keeps every article, story and issue. See docs/library.md."""

from digest.library.entries import IssueEntry, Numbers, StoryEntry
from digest.library.library import Library
from digest.library.place import library_path

__all__ = ["IssueEntry", "Library", "Numbers", "StoryEntry", "library_path"]
