"""The library → the site beside the issues of an output folder; only what changed is made and written.

Every file has an owner: an issue, a label, a label's month, a month, or the whole. An issue's pages depend on
its record, on the issues before and after it and on what refers to its stories; a mark of these stands in the
manifest, and the pages of an issue whose mark is the same are not even made. The lists of a label are made
anew where an issue that has the label was, and what belongs to the whole always.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain, islice
from pathlib import Path

from digest.config import Config
from digest.errors import ConfigError
from digest.library import Library
from digest.library.catalogue import KINDS, Key, Label
from digest.library.entries import StoryEntry
from digest.model import Issue
from digest.progress import Progress, silent
from digest.publish.tree import Tree, changing
from digest.render.themes import find_theme
from digest.render.view import IssueView
from digest.render.wording import safe_url
from digest.site import engine, feeds, paths, shards
from digest.site.engine import Engine, find_engine
from digest.site.filling import Filler
from digest.site.form import code_hash
from digest.site.frame import Site
from digest.site.lists import (
    NEWEST,
    home_page,
    index_page,
    label_page,
    month_page,
    paged_months,
    year_pages,
)
from digest.site.plan import IssueKey, Mark, Plan, months_of, owner_of, plan
from digest.site.search_page import about_page, not_found_page, search_page
from digest.site.shelf import Shelf
from digest.site.stories import IssuePages, Page, Surroundings

FEED_KINDS = frozenset({"region", "topic"})  # labels of these kinds have feeds
WHOLE = "site"
LISTS = ("label:", "month:", WHOLE)  # the beginnings of the owners of pages that are no issue's
MONTH = "shard:"  # the beginning of the owner of what is made for a month: search script and sitemap
LOOK, ENGINE, MARK, LABELS = "look", "engine", "mark:", "labels:"  # names of notes, or their beginnings
STYLES = ("colours.css", "web.css", "site.css")
SCRIPTS = {"assets/search.js": "search.js"}
ENGINE_SCRIPTS = {"assets/engine.js": "engine.js"}
STRETCH = "engine:"  # the beginning of the owner of a bundle of the search engine
Bundle = tuple[str, Future[dict[str, bytes]]]  # the stretch, and its files by their names


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
        return _Build(Shelf(library, tree.root), tree, config, filler, progress, find_engine()).run()


@dataclass
class _Build:
    shelf: Shelf
    tree: Tree
    config: Config
    filler: Filler
    progress: Progress
    engine: Engine | None
    _records: dict[IssueKey, bytes] = field(default_factory=dict)
    _made: set[str] = field(default_factory=set)  # owners whose files are all put

    def run(self) -> Made:
        lost = self.tree.lost_owners()
        marks = self.shelf.marks
        todo = plan(marks, self.noted, self.shelf.labels_of, self._noted_labels, lost)
        self._made |= {WHOLE, *(key.owner for key in (*todo.told, *todo.gone))}
        if not self.noted:  # nothing of before is taken over
            self._made |= set(self.tree.before.owners())
        n_issues = len(todo.told) + len(todo.touched)
        for n, key in enumerate((*todo.told, *todo.touched)):
            self.progress("site", n, n_issues)
            self._put_issue(key, todo.touched.get(key))
        with ThreadPoolExecutor(1) as beside:  # the engine is a program of its own, for the other core
            bundles = self._bundles(self._stretches(todo, lost), beside)
            first = list(islice(bundles, 1))  # is begun
            self._put_lists(todo, lost)
            for stretch, files in chain(first, bundles):
                for name, data in files.result().items():
                    self.tree.put(f"search/{stretch}/{name}", data, f"{STRETCH}{stretch}")
        self.progress("site", n_issues, n_issues)
        n_files, n_written, n_removed = self.tree.commit(self._made, self._notes(todo))
        return Made(n_files, n_written, n_removed, tuple(self.tree.kept_modified))

    def _put_lists(self, todo: Plan, lost: frozenset[str]) -> None:
        """All that is no issue's own."""
        for label in sorted(todo.labels):
            self._put_label(label, todo, lost)
        for month in sorted(todo.months | {own.removeprefix(MONTH) for own in lost if own.startswith(MONTH)}):
            self._put_month(month)
        self._put_whole()

    # ------------------------------------------------------------ what was

    @cached_property
    def noted(self) -> Mapping[IssueKey, Mark]:
        """The marks of the issues whose pages stand; nothing where all pages look otherwise now."""
        before = self.tree.before
        if before.note(LOOK) != self.look:
            return {}
        notes = before.notes(MARK)
        return {IssueKey.named(name.removeprefix(MARK)): Mark.read(text) for name, text in notes.items()}

    def _noted_labels(self, key: IssueKey) -> frozenset[Label]:
        return frozenset(Label(*one) for one in json.loads(self.tree.before.note(LABELS + key.name) or "[]"))

    def _notes(self, todo: Plan) -> dict[str, str | None]:
        """What changes in the notes."""
        before = self.tree.before
        gone = (
            before.notes().keys()
            if not self.noted
            else [n + k.name for k in todo.gone for n in (MARK, LABELS)]
        )
        notes: dict[str, str | None] = dict.fromkeys(gone)
        for key in (*todo.told, *todo.touched):
            notes[MARK + key.name] = self.shelf.marks[key].written()
        for key in todo.told:
            notes[LABELS + key.name] = json.dumps(sorted(self.shelf.labels_of(key)), ensure_ascii=False)
        return notes | {LOOK: self.look, ENGINE: self._engine_version}

    @property
    def _engine_version(self) -> str:
        return self.engine.version if self.engine else ""

    @cached_property
    def site(self) -> Site:
        name = self.config.issue.name
        return Site(name, self.config.issue.publisher, self.config.site.url)

    @cached_property
    def look(self) -> str:
        """A hash of what all pages depend on: the program, templates, names, address."""
        parts = [code_hash(), self.site.name, self.site.publisher, self.site.url, *self.filler.sources()]
        return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()

    # ------------------------------------------------------------ what is made

    def _put(self, page: Page, owner: str) -> None:
        self.tree.put(page.path, self.filler.fill(page), owner)

    def _put_issue(self, key: IssueKey, touched: frozenset[str] | None) -> None:
        """All pages of an issue; where only others `touched` it, its own and those of these stories."""
        issue = self.shelf.issue(key)
        pages = IssuePages.of(self.site, issue, self.shelf.around(key))
        for page in pages.pages() if touched is None else pages.pages_of(touched):
            self._put(page, key.owner)
        views = {
            Key(*key, item.story.id): story
            for item, story in zip(issue.items, pages.view.stories, strict=True)
        }
        self.shelf.keep(key, issue.ledger, views)
        if touched is None:
            self._records[key] = shards.issue_line(key.name, views)

    def _put_label(self, label: Label, todo: Plan, lost: frozenset[str]) -> None:
        owner, start = owner_of(label), months_of(label)
        self._made.add(owner)
        stood = (own for own in self.tree.before.owners(start) if own not in lost)
        standing = {own.removeprefix(start) for own in stood} if self.noted else set()
        months = self.shelf.library.catalogue.months(label)
        newest = self.shelf.listed(label, limit=NEWEST)
        if newest:
            self._put(label_page(self.site, label, months, newest, self.shelf.below, FEED_KINDS), owner)
        wanted = paged_months(months)
        for month in sorted((wanted & todo.months) | (wanted - standing)):
            entries = self.shelf.listed(label, month)
            self._put(month_page(self.site, label, month, entries, FEED_KINDS), owner_of(label, month))
        self._made |= {owner_of(label, month) for month in todo.months | (standing - wanted)}
        if label.kind in FEED_KINDS and newest:
            name = f"{self.site.name}：{paths.label_name(label)}"
            entries = newest[: feeds.MAX_ENTRIES]
            self._put_feeds(paths.label_folder(label), name, paths.label_page(label), entries, owner)

    def _put_feeds(
        self, folder: str, title: str, page: str, entries: Sequence[StoryEntry], owner: str
    ) -> None:
        told = [self._told(entry) for entry in entries]
        start = f"{folder}/" if folder else ""
        for name, make in ((paths.ATOM, feeds.atom), (paths.JSON_FEED, feeds.json_feed)):
            path = start + name
            before = self.tree.read(path) if self.noted else b""
            self.tree.put(path, make(self.site, path, title, page, told, before), owner)

    def _told(self, entry: StoryEntry) -> feeds.Entry:
        """A story as feeds tell it."""
        key, issue = Key(entry.edition, entry.day, entry.story), IssueKey(entry.edition, entry.day)
        is_as_before = issue in self.noted and self.noted[issue].record == self.shelf.marks[issue].record
        return feeds.Entry(key, self.shelf.changed(entry), is_as_before, lambda: self.shelf.view(entry))

    def _put_month(self, month: str) -> None:
        """The search script and the sitemap of a month's issues."""
        owner, path = f"{MONTH}{month}", shards.shard_path(month)
        self._made.add(owner)
        keys = [key for key in self.shelf.marks if key.month == month]
        if not keys:
            return
        old = shards.lines(self.tree.read(path))
        lines = [self._records.get(key) or old.get(key.name) or self._record(key) for key in keys]
        self.tree.put(path, b"".join(reversed(lines)), owner)
        pages = [page for key in keys for page in self.tree.planned_of(key.owner, self._made)]
        for path, data in feeds.sitemap_parts(self.site, month, pages).items():
            self.tree.put(path, data, owner)

    def _stretches(self, todo: Plan, lost: frozenset[str]) -> list[str]:
        """Those in which something changed, to be indexed; none without the engine."""
        there = {engine.stretch_of(key.day) for key in self.shelf.marks}
        changed = {engine.stretch_of(key.day) for key in (*todo.told, *todo.gone)}
        changed |= {owner.removeprefix(STRETCH) for owner in lost if owner.startswith(STRETCH)}
        if self.tree.before.note(ENGINE) != self._engine_version:
            changed |= there
            self._made |= set(self.tree.before.owners(STRETCH))
        self._made |= {f"{STRETCH}{stretch}" for stretch in changed}
        return sorted(changed & there) if self.engine else []

    def _bundles(self, stretches: Iterable[str], beside: Executor) -> Iterator[Bundle]:
        """What the engine makes of each; while one is taken the next is under way, and no more of them."""
        begun: list[Bundle] = []
        for stretch in stretches:
            assert self.engine is not None, "without it there is nothing to do"
            keys = [key for key in self.shelf.marks if engine.stretch_of(key.day) == stretch]
            documents = {name: data for key in keys for name, data in self._documents_of(key).items()}
            begun.append((stretch, beside.submit(engine.bundle, self.engine, documents)))
            if len(begun) > 1:
                yield begun.pop(0)
        yield from begun

    def _documents_of(self, key: IssueKey) -> dict[str, bytes]:
        issue = self.shelf.issue(key)
        return self._documents_from(key, issue, IssuePages.of(self.site, issue, Surroundings()).view)

    def _documents_from(self, key: IssueKey, issue: Issue, view: IssueView) -> dict[str, bytes]:
        keyed = [
            (Key(*key, item.story.id), item, story)
            for item, story in zip(issue.items, view.stories, strict=True)
        ]
        return {paths.story_page(one): engine.document(one, item, story) for one, item, story in keyed}

    def _record(self, key: IssueKey) -> bytes:
        views = IssuePages.of(self.site, self.shelf.issue(key), self.shelf.around(key)).view.stories
        items = self.shelf.issue(key).items
        return shards.issue_line(
            key.name, {Key(*key, i.story.id): v for i, v in zip(items, views, strict=True)}
        )

    def _put_whole(self) -> None:
        shelf = self.shelf
        ledgers = [
            (entry, shelf.ledger(IssueKey(entry.edition, entry.day)))
            for _, entry in sorted(shelf.latest.items())
        ]
        pages = [
            home_page(self.site, shelf.issues, shelf.of_latest(), shelf.pdfs),
            *year_pages(self.site, shelf.issues),
            *(index_page(self.site, kind, shelf.counts) for kind in KINDS),
            search_page(self.site, shelf.counts, has_engine=self.engine is not None),
            about_page(self.site, shelf.issues, shelf.counts, ledgers),
            *not_found_page(self.site),
        ]
        for page in pages:
            self._put(page, WHOLE)
        self._put_feeds("", self.site.name, paths.HOME, shelf.newest[: feeds.MAX_ENTRIES], WHOLE)
        self.tree.put("assets/site.css", self.filler.asset(STYLES), WHOLE)
        for path, name in (SCRIPTS | (ENGINE_SCRIPTS if self.engine else {})).items():
            self.tree.put(path, self.filler.asset((name,)), WHOLE)
        months: dict[str, int] = {}
        for entry in shelf.issues:
            month = entry.day.isoformat()[:7]
            months[month] = months.get(month, 0) + entry.n_items
        stretches = {engine.stretch_of(key.day) for key in shelf.marks} if self.engine else set()
        newest_first = sorted(months.items(), reverse=True)
        self.tree.put(
            shards.MONTHS, shards.months_script(newest_first, sorted(stretches, reverse=True)), WHOLE
        )
        self.tree.put(paths.ROBOTS, feeds.robots(self.site), WHOLE)
        self._put_sitemap()

    def _put_sitemap(self) -> None:
        """That of all pages that are no issue's, and the index of all."""
        start = "sitemap-lists"
        before = self.tree.before.of_owner(WHOLE) if self.noted else []
        standing = [self.tree.read(path) for path in before if path.startswith(start)]
        if standing and all(standing):
            gone, added = self.tree.changes(LISTS, self._made)
            parts = feeds.sitemap_changed(
                self.site, "lists", standing, filter(_is_page, gone), filter(_is_page, added)
            )
        else:
            planned = [self.tree.planned(owners, self._made) for owners in LISTS]
            lists = [path for paths in planned for path in paths if _is_page(path)]
            parts = feeds.sitemap_parts(self.site, "lists", lists)
        of_months = sorted(path for path in self.tree.planned(MONTH, self._made) if path.endswith(".xml"))
        for path, data in (parts | feeds.sitemap_index(self.site, [*parts, *of_months])).items():
            self.tree.put(path, data, WHOLE)


def _is_page(path: str) -> bool:
    """Whether a file is a page to be visited."""
    return path.endswith(".html") and path != paths.NOT_FOUND


def _checked(config: Config) -> Config:
    """Raises ConfigError where the address of the site is none."""
    url = config.site.url
    if url and not safe_url(url):
        raise ConfigError(f"site.url: 应为 https://… 的网址 (an address is expected): {url}")
    return config
