"""The library → the site beside the issues of an output folder; only what changed is made and written.

Every file has an owner: an issue, a label, a month, the whole. An issue's pages depend on its record, on the
issues before and after it and on what refers to its stories; a mark of these stands in the manifest, and the
pages of an issue whose mark is the same are not even made. The lists of a label are made anew where an issue
that has the label was, and what belongs to the whole always.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from digest import __version__
from digest.config import Config
from digest.errors import ConfigError
from digest.library import IssueEntry, Library
from digest.library.catalogue import KINDS, Key, Label, Tie
from digest.library.entries import StoryEntry
from digest.model import Ledger
from digest.progress import Progress, silent
from digest.publish.tree import Tree, changing
from digest.render import PDF_NAME
from digest.render.themes import find_theme
from digest.render.view import StoryView
from digest.render.wording import NO_HEADLINE, safe_url
from digest.site import feeds, paths, shards
from digest.site.filling import Filler
from digest.site.frame import Site
from digest.site.lists import Counts, home_page, index_page, label_page, month_page, paged_months, year_pages
from digest.site.plan import IssueKey, Noted, Plan, around, marks_of, months_standing, owner_of, plan
from digest.site.search_page import about_page, search_page
from digest.site.stories import IssuePages, Page, Surroundings, view_of

FEED_KINDS = frozenset({"region", "topic"})  # labels of these kinds have feeds
WHOLE = "site"
SHARD = "shard:"  # the beginning of the owner of a month's search script
FORM = 2  # rises where pages of an unchanged issue, or the owners of files, change
STYLES = ("colours.css", "web.css", "site.css")
SCRIPTS = {"assets/search.js": "search.js"}


@dataclass(frozen=True, slots=True)
class Made:
    """What a run came to."""

    n_files: int  # of the whole site
    n_written: int
    n_removed: int
    kept: tuple[str, ...] = ()  # files that would have gone, but that somebody has changed


def build_site(library: Library, out: Path, config: Config, *, progress: Progress = silent) -> Made:
    """Bring the site in `out` in step with the library.

    The same library gives the same bytes, whatever stood there before. Raises PublishError where a file is in
    the way that the site did not write, RenderError where the theme is wrong.
    """
    filler = Filler(find_theme(config.render.theme))
    config = _checked(config)
    with changing(out) as tree:
        return _Build(library, tree, config, filler, progress).run()


@dataclass
class _Build:
    library: Library
    tree: Tree
    config: Config
    filler: Filler
    progress: Progress
    _views: dict[Key, StoryView] = field(default_factory=dict)
    _records: dict[IssueKey, bytes] = field(default_factory=dict)
    _ledgers: dict[IssueKey, Ledger] = field(default_factory=dict)
    _made: set[str] = field(default_factory=set)  # owners whose files are all put

    def run(self) -> Made:
        lost = self.tree.lost_owners()
        todo = plan(self.marks, self.noted, self._labels_of, lost)
        self._made |= {WHOLE, *(key.owner for key in (*todo.issues, *todo.gone))}
        if not self.noted:  # nothing of before is taken over
            self._made |= {owner for _, owner in self.tree.before.files.values()}
        for n, key in enumerate(todo.issues):
            self.progress("site", n, len(todo.issues))
            self._put_issue(key)
        standing = months_standing({owner for _, owner in self.tree.before.files.values()} - lost)
        for label in sorted(todo.labels):
            self._put_label(label, todo, standing.get(label, set()) if self.noted else set())
        for month in sorted(todo.months | {own.partition(":")[2] for own in lost if own.startswith(SHARD)}):
            self._put_shard(month)
        self._put_whole()
        self.progress("site", len(todo.issues), len(todo.issues))
        n_files, n_written, n_removed = self.tree.commit(self._made, self._notes(todo))
        return Made(n_files, n_written, n_removed, tuple(self.tree.kept_modified))

    def _notes(self, todo: Plan) -> dict[str, Any]:
        made = {key: Noted(self.marks[key], self._labels_of(key)) for key in todo.issues}
        now = {key: entry for key, entry in {**self.noted, **made}.items() if key in self.marks}
        return {
            "look": self.look,
            "issues": {
                key.name: {"mark": entry.mark, "labels": [list(label) for label in sorted(entry.labels)]}
                for key, entry in sorted(now.items())
            },
        }

    # ------------------------------------------------------------ what is

    @cached_property
    def noted(self) -> Mapping[IssueKey, Noted]:
        """What stands of the issues; nothing where all pages look otherwise now."""
        notes = self.tree.before.notes
        return _noted(notes) if notes.get("look") == self.look else {}

    @cached_property
    def issues(self) -> tuple[IssueEntry, ...]:
        return self.library.issues()

    @cached_property
    def known(self) -> dict[Key, StoryEntry]:
        """Every printed story; one that no newspaper gave a headline has the one that readers see."""
        found = self.library.catalogue.stories()
        for key, entry in found.items():
            if entry.headline == NO_HEADLINE:
                found[key] = replace(entry, headline=self._view(entry).headline)
        return found

    @cached_property
    def ties(self) -> dict[IssueKey, list[Tie]]:
        found: dict[IssueKey, list[Tie]] = {}
        for tie in self.library.catalogue.ties():
            for key in {IssueKey(*tie.start[:2]), IssueKey(*tie.end[:2])}:
                found.setdefault(key, []).append(tie)
        return found

    @cached_property
    def pdfs(self) -> frozenset[IssueKey]:
        keys = (IssueKey(entry.edition, entry.day) for entry in self.issues)
        folders = ((key, self.tree.root / key.edition / key.day.isoformat()) for key in keys)
        return frozenset(key for key, folder in folders if (folder / PDF_NAME).is_file())

    @cached_property
    def marks(self) -> dict[IssueKey, str]:
        ties = [tie for listed in self.ties.values() for tie in listed]
        return marks_of(self.issues, self.known, ties, self.pdfs)

    @cached_property
    def neighbours(self) -> Mapping[IssueKey, tuple[Any, Any]]:
        return around(self.issues)

    @cached_property
    def counts(self) -> Counts:
        return {kind: self.library.labels(kind) for kind in KINDS}

    @cached_property
    def site(self) -> Site:
        name = self.config.issue.name
        return Site(name, self.config.issue.publisher, self.config.site.url)

    @cached_property
    def look(self) -> str:
        """A hash of what all pages depend on: templates, names, address."""
        parts = [__version__, str(FORM), self.site.name, self.site.publisher, self.site.url]
        parts += self.filler.sources()
        return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()

    def _labels_of(self, key: IssueKey) -> frozenset[Label]:
        return self.library.catalogue.labels_of(*key)

    # ------------------------------------------------------------ what is made

    def _put(self, page: Page, owner: str) -> None:
        self.tree.put(page.path, self.filler.fill(page), owner)

    def _put_issue(self, key: IssueKey) -> None:
        issue = self.library.issue(*key)
        assert issue is not None, "an issue that is listed is there"
        before, after = self.neighbours[key]
        surroundings = Surroundings(before, after, key in self.pdfs, self.known, self.ties.get(key, ()))
        pages = IssuePages.of(self.site, issue, surroundings)
        for page in pages.pages():
            self._put(page, key.owner)
        views = {
            Key(*key, item.story.id): story
            for item, story in zip(issue.items, pages.view.stories, strict=True)
        }
        if key in self._newest_keys:
            self._views |= views
            self._ledgers[key] = issue.ledger
        self._records[key] = shards.line(key.name, (shards.record(k, view) for k, view in views.items()))

    def _put_label(self, label: Label, todo: Plan, standing: set[str]) -> None:
        owner = owner_of(label)
        self._made.add(owner)
        months = self.library.catalogue.months(label)
        if months:
            self._put(label_page(self.site, label, months, self._listed, self.counts, FEED_KINDS), owner)
        wanted = paged_months(months)
        for month in sorted((wanted & todo.months) | (wanted - standing)):
            page = month_page(self.site, label, month, self._listed, self.counts, FEED_KINDS)
            self._put(page, owner_of(label, month))
        self._made |= {owner_of(label, month) for month in todo.months | (standing - wanted)}
        if label.kind in FEED_KINDS:
            entries = self._listed(label, limit=feeds.MAX_ENTRIES)
            if entries:
                name = f"{self.site.name}：{paths.label_name(label)}"
                self._put_feeds(paths.label_folder(label), name, paths.label_page(label), entries, owner)

    def _put_feeds(
        self, folder: str, title: str, page: str, entries: Sequence[StoryEntry], owner: str
    ) -> None:
        told = [self._told(entry) for entry in entries]
        start = f"{folder}/" if folder else ""
        for name, make in ((paths.ATOM, feeds.atom), (paths.JSON_FEED, feeds.json_feed)):
            path = start + name
            self.tree.put(path, make(self.site, path, title, page, told), owner)

    @cached_property
    def _withdrawn(self) -> dict[Key, date]:
        """When something of a story was taken back last."""
        found: dict[Key, date] = {}
        for one in self.library.withdrawals.all():
            key = Key(one.edition, one.day, one.story)
            found[key] = max(found.get(key, one.withdrawn), one.withdrawn)
        return found

    def _told(self, entry: StoryEntry) -> feeds.Entry:
        key = Key(entry.edition, entry.day, entry.story)
        return feeds.Entry(key, self._view(entry), max(entry.day, self._withdrawn.get(key, entry.day)))

    def _listed(self, label: Label, month: str = "", limit: int = -1) -> tuple[StoryEntry, ...]:
        entries = self.library.catalogue.listed(label, month=month, limit=limit)
        return tuple(self.known[Key(entry.edition, entry.day, entry.story)] for entry in entries)

    def _view(self, entry: StoryEntry) -> StoryView:
        key = Key(entry.edition, entry.day, entry.story)
        if key not in self._views:
            item = self.library.item(*key)
            assert item is not None, "a story that is listed is there"
            self._views[key] = view_of(item, entry.day)
        return self._views[key]

    def _put_shard(self, month: str) -> None:
        path = shards.shard_path(month)
        old = shards.lines(self.tree.read(path))
        lines = []
        for entry in self.issues:
            key = IssueKey(entry.edition, entry.day)
            if key.month == month:
                lines.append(self._records.get(key) or old.get(key.name) or self._record(key))
        owner = f"{SHARD}{month}"
        self._made.add(owner)
        if lines:
            self.tree.put(path, b"".join(reversed(lines)), owner)

    def _record(self, key: IssueKey) -> bytes:
        issue = self.library.issue(*key)
        assert issue is not None, "an issue that is listed is there"
        stories = IssuePages.of(self.site, issue, Surroundings()).view.stories
        pairs = zip(issue.items, stories, strict=True)
        return shards.line(key.name, (shards.record(Key(*key, i.story.id), view) for i, view in pairs))

    @cached_property
    def _newest(self) -> tuple[StoryEntry, ...]:
        """The stories of the newest issues, the newest first, as many as a feed holds or one issue has."""
        entries = sorted(self.known.values(), key=lambda e: (-e.day.toordinal(), e.edition, e.number))
        days = {entry.day for entry in entries[: feeds.MAX_ENTRIES]}
        return tuple(entry for entry in entries if entry.day in days)

    @cached_property
    def _newest_keys(self) -> frozenset[IssueKey]:
        latest = {entry.edition: entry.day for entry in self.issues}
        keys = {IssueKey(*pair) for pair in latest.items()}
        return frozenset(keys | {IssueKey(entry.edition, entry.day) for entry in self._newest})

    def _put_whole(self) -> None:
        latest = {entry.edition: entry for entry in self.issues}
        of_latest = [e for e in self.known.values() if e.edition in latest and latest[e.edition].day == e.day]
        pages = [
            home_page(self.site, self.issues, of_latest, self.pdfs),
            *year_pages(self.site, self.issues),
            *(index_page(self.site, kind, self.counts) for kind in KINDS),
            search_page(self.site, self.counts, has_engine=False),
            about_page(self.site, self.issues, self.counts, self._latest_ledgers(latest.values())),
        ]
        for page in pages:
            self._put(page, WHOLE)
        newest = self._newest[: feeds.MAX_ENTRIES]
        self._put_feeds("", self.site.name, paths.HOME, newest, WHOLE)
        self.tree.put("assets/site.css", self.filler.asset(STYLES), WHOLE)
        for path, name in SCRIPTS.items():
            self.tree.put(path, self.filler.asset((name,)), WHOLE)
        months: dict[str, int] = {}
        for entry in self.issues:
            month = entry.day.isoformat()[:7]
            months[month] = months.get(month, 0) + entry.n_items
        self.tree.put(shards.MONTHS, shards.months_script(sorted(months.items(), reverse=True)), WHOLE)
        self.tree.put(paths.ROBOTS, feeds.robots(self.site), WHOLE)
        whole = sorted(path for path in self.tree.planned(self._made) if path.endswith(".html"))
        for path, data in feeds.sitemaps(self.site, whole).items():
            self.tree.put(path, data, WHOLE)

    def _latest_ledgers(self, entries: Any) -> list[tuple[IssueEntry, Ledger]]:
        found = []
        for entry in sorted(entries, key=lambda e: e.edition):
            key = IssueKey(entry.edition, entry.day)
            if key not in self._ledgers:
                issue = self.library.issue(*key)
                assert issue is not None, "an issue that is listed is there"
                self._ledgers[key] = issue.ledger
            found.append((entry, self._ledgers[key]))
        return found


def _checked(config: Config) -> Config:
    """Raises ConfigError where the address of the site is none."""
    url = config.site.url
    if url and not safe_url(url):
        raise ConfigError(f"site.url: 应为 https://… 的网址 (an address is expected): {url}")
    return config


def _noted(notes: Mapping[str, Any]) -> dict[IssueKey, Noted]:
    return {
        IssueKey.named(name): Noted(entry["mark"], frozenset(Label(*label) for label in entry["labels"]))
        for name, entry in notes.get("issues", {}).items()
    }
