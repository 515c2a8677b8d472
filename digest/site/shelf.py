"""What of the library the pages of a run need: looked up when it is asked for, and only once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path

from digest.library import IssueEntry, Library
from digest.library.catalogue import KINDS, Key, Label
from digest.library.entries import StoryEntry
from digest.model import Issue, Ledger
from digest.render import PDF_NAME
from digest.render.view import StoryView
from digest.render.wording import NO_HEADLINE
from digest.site import feeds
from digest.site.lists import Below, Counts, below_of
from digest.site.plan import IssueKey, Mark, around, marks_of
from digest.site.stories import Surroundings, view_of

VIEWS = 500  # of stories that may be told once more; a view has the whole article, and 3,000 took 150 MB


@dataclass
class Shelf:
    """The library, and the issues' own files below `out`, as they are during a run."""

    library: Library
    out: Path
    _views: dict[Key, StoryView] = field(default_factory=dict)
    _ledgers: dict[IssueKey, Ledger] = field(default_factory=dict)

    # ------------------------------------------------------------ issues

    @cached_property
    def issues(self) -> tuple[IssueEntry, ...]:
        return self.library.issues()

    @cached_property
    def latest(self) -> dict[str, IssueEntry]:
        """The last issue of each edition."""
        return {entry.edition: entry for entry in self.issues}

    @cached_property
    def pdfs(self) -> frozenset[IssueKey]:
        keys = (IssueKey(entry.edition, entry.day) for entry in self.issues)
        folders = ((key, self.out / key.edition / key.day.isoformat()) for key in keys)
        return frozenset(key for key, folder in folders if (folder / PDF_NAME).is_file())

    @cached_property
    def marks(self) -> dict[IssueKey, Mark]:
        return marks_of(self.issues, self.library.catalogue.ties(), self.pdfs)

    @cached_property
    def _neighbours(self) -> Mapping[IssueKey, tuple[date | None, date | None]]:
        return around(self.issues)

    def issue(self, key: IssueKey) -> Issue:
        issue = self.library.issue(*key)
        assert issue is not None, "an issue that is listed is there"
        return issue

    def around(self, key: IssueKey) -> Surroundings:
        """What the pages of an issue lead to."""
        before, after = self._neighbours[key]
        ties = self.library.catalogue.ties_of(*key)
        ends = dict.fromkeys(end for tie in ties for end in (tie.start, tie.end))
        known = self.library.catalogue.entries(ends)
        headed = dict(zip(known, self.headed(known.values()), strict=True))
        return Surroundings(before, after, key in self.pdfs, headed, ties)

    def ledger(self, key: IssueKey) -> Ledger:
        if key not in self._ledgers:
            self._ledgers[key] = self.issue(key).ledger
        return self._ledgers[key]

    # ------------------------------------------------------------ stories and lists

    @cached_property
    def counts(self) -> Counts:
        return {kind: self.library.labels(kind) for kind in KINDS}

    @cached_property
    def below(self) -> Below:
        return below_of(self.counts)

    def labels_of(self, key: IssueKey) -> frozenset[Label]:
        return self.library.catalogue.labels_of(*key)

    def listed(self, label: Label, month: str = "", limit: int = -1) -> tuple[StoryEntry, ...]:
        return self.headed(self.library.catalogue.listed(label, month=month, limit=limit))

    @cached_property
    def newest(self) -> tuple[StoryEntry, ...]:
        """The stories of the newest days, the newest first: at least as many as a feed holds."""
        return self.headed(self.library.catalogue.newest(feeds.MAX_ENTRIES))

    @cached_property
    def newest_issues(self) -> frozenset[IssueKey]:
        """Those whose stories the home page and the feed of the whole show."""
        latest = {IssueKey(entry.edition, entry.day) for entry in self.latest.values()}
        return frozenset(latest | {IssueKey(entry.edition, entry.day) for entry in self.newest})

    def of_latest(self) -> tuple[StoryEntry, ...]:
        """The stories of the last issue of each edition."""
        found = (self.library.catalogue.of_issue(one.edition, one.day) for one in self.latest.values())
        return self.headed(story for stories in found for story in stories)

    def headed(self, entries: Iterable[StoryEntry]) -> tuple[StoryEntry, ...]:
        """The entries; a story that no newspaper gave a headline has the one that readers see."""
        return tuple(
            replace(one, headline=self.view(one).headline) if one.headline == NO_HEADLINE else one
            for one in entries
        )

    def view(self, entry: StoryEntry) -> StoryView:
        key = Key(entry.edition, entry.day, entry.story)
        return self._views.get(key) or self._looked_up(key)

    @cached_property
    def _looked_up(self) -> Callable[[Key], StoryView]:
        def look_up(key: Key) -> StoryView:
            item = self.library.item(*key)
            assert item is not None, "a story that is listed is there"
            return view_of(item, key.day)

        return lru_cache(maxsize=VIEWS)(look_up)

    def keep(self, key: IssueKey, ledger: Ledger, views: Mapping[Key, StoryView]) -> None:
        """Remember what is at hand of an issue and will be asked for again."""
        if key in self.newest_issues:
            self._views |= views
            self._ledgers[key] = ledger

    def changed(self, entry: StoryEntry) -> date:
        """The day of its issue, or the day on which something of it was taken back."""
        key = Key(entry.edition, entry.day, entry.story)
        return max(entry.day, self._withdrawn.get(key, entry.day))

    @cached_property
    def _withdrawn(self) -> dict[Key, date]:
        """When something of a story was taken back last, or stood again."""
        found: dict[Key, date] = {}
        for one in self.library.withdrawals.ever():
            key, day = Key(one.edition, one.day, one.story), one.undone or one.withdrawn
            found[key] = max(found.get(key, day), day)
        return found
