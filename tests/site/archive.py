"""A library of several issues, and the site that is made of it."""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path

from digest.config import Config, SiteConfig
from digest.keep import folder_of
from digest.library import Library
from digest.model import Issue, Link, Reference
from digest.publish import manifest
from digest.publish.files import publish
from digest.render import JSON_NAME, Renditions, render
from digest.site import Made, build_site
from digest.verify import verify
from tests.render.sample import make_issue, with_lead

DAYS = (date(2026, 3, 18), date(2026, 3, 19), date(2026, 4, 2))
ISSUE_FOLDER = re.compile(r"(?:sme/)?\d{4}-")
URL = "https://news.example.org/jianbao/"
CONFIG = Config(site=SiteConfig(url=URL))


def issue_of(day: date, *, keep: int = 100, name: str = "新闻简报") -> Issue:
    """The sample issue on a day, with the first `keep` sections; each day's stories are its own."""
    issue = make_issue()
    sections = tuple(
        replace(
            section,
            groups=tuple(
                replace(
                    group,
                    items=tuple(
                        replace(item, story=replace(item.story, id=f"{day.toordinal():06x}{item.number:06x}"))
                        for item in group.items
                    ),
                )
                for group in section.groups
            ),
        )
        for section in issue.sections[:keep]
    )
    issue = replace(issue, date=day, sections=sections, name=name, number=None, total_number=None)
    if day != DAYS[2]:
        return issue
    return with_lead(issue, title="园区算清双碳账 新质生产力看得见", subtitle="钱小满的一天")


def linked(issue: Issue, to: Issue) -> Issue:
    """The issue, its first item a sequel of the first item of another one."""
    section, *others = issue.sections
    group, *groups = section.groups
    item, *items = group.items
    target = to.items[0]
    reference = Reference(to.date, target.story.id, target.story.lead.article.title, target.number)
    follows = Link("development", reference, "同一件事的进展", 0.8)
    first = replace(group, items=(replace(item, follows=follows), *items))
    return replace(issue, sections=(replace(section, groups=(first, *groups)), *others))


@cache
def rendered(issue: Issue) -> Renditions:
    return render(issue, replace(CONFIG.render, pdf=False))


@dataclass
class Archive:
    """Issues that are recorded and published, without PDF, and the site beside them."""

    folder: Path

    @property
    def out(self) -> Path:
        return self.folder / "out"

    @property
    def library_path(self) -> Path:
        return self.folder / "out.library" / "digest.sqlite3"

    def publish(self, *issues: Issue) -> None:
        with Library(self.library_path, create=True) as library:
            for issue in issues:
                numbers = library.numbers(issue.edition, issue.date)
                files = rendered(issue)
                (data,) = (file.data for file in files if file.name == JSON_NAME)
                library.prepare(issue, numbers, sha256(data))
                root = folder_of(self.out, issue.edition, issue.date).parent
                publish(files, root, issue.date.isoformat())
                library.confirm(issue.edition, issue.date)

    def build(self, config: Config = CONFIG) -> Made:
        with Library(self.library_path, create=True) as library:
            return build_site(library, self.out, config)

    def files(self) -> dict[str, bytes]:
        """Every file below the output folder but those of the issues, the lock and the manifest."""
        found = {
            path.relative_to(self.out).as_posix(): path.read_bytes()
            for path in sorted(self.out.rglob("*"))
            if path.is_file() and path.suffix != ".lock" and path.name != manifest.NAME
        }
        return {path: data for path, data in found.items() if not ISSUE_FOLDER.match(path)}

    def manifest(self) -> dict[str, dict[str, tuple[str, ...]]]:
        """What the manifest says, by table: its rows do not tell in what order they were written."""
        with closing(sqlite3.connect(self.out / manifest.NAME)) as connection:
            tables = {name: connection.execute(f"SELECT * FROM {name}") for name in ("files", "notes")}
            return {name: {row[0]: row[1:] for row in sorted(rows)} for name, rows in tables.items()}

    def dead_links(self) -> list[str]:
        """Links of all pages, those of the issues too, that lead nowhere."""
        with Library(self.library_path) as library:
            findings = verify(self.out, library).findings
        return [
            f"{f.where}: {f.what}" for f in findings if "leads nowhere" in f.what or "no such place" in f.what
        ]

    def text(self, path: str) -> str:
        return (self.out / path).read_text(encoding="utf-8")


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def archive(folder: Path, days: Sequence[date] = DAYS) -> Archive:
    made = Archive(folder)
    made.publish(*(issue_of(day) for day in days))
    return made


def pages(desk: Archive) -> Iterator[tuple[str, str]]:
    """The path and the text of every page of an archive's site."""
    for path, data in desk.files().items():
        if path.endswith(".html"):
            yield path, data.decode("utf-8")
