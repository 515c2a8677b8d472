"""All checks of an output folder, or of one issue in it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from pathlib import Path

from digest.errors import ReadError
from digest.library import Library
from digest.model import Issue
from digest.render import HTML_NAME, JSON_NAME
from digest.render.published import PublishedIssue, load_issue
from digest.verify import sentences, site
from digest.verify.feeds import check_feed, read_atom, read_json_feed, unlike
from digest.verify.findings import Finding, Report
from digest.verify.letters import Stories, check_letter
from digest.verify.renditions import READERS, page_words
from digest.verify.view import told
from digest.verify.web import dead_links, read_page
from digest.verify.words import missing

ATOM_NAME, JSON_FEED_NAME = "feed.xml", "feed.json"  # of digest/site
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def verify(
    out: Path,
    library: Library | None,
    *,
    only: Path | None = None,
    mail: Path | None = None,
    sources: bool = False,
) -> Report:
    """Check everything published in `out`, or the issue in the folder `only` alone.

    `mail` is a folder of saved letters. With `sources` the files that were read are hashed again where they
    stand. Raises ReadError where a file cannot be read at all.
    """
    report = Report()
    issues: dict[str, list[Stories]] = {}
    for folder in [only] if only else list(_issue_folders(out)):
        _check_issue(folder, out, library, report, issues, sources=sources)
    if only is None:
        _missing_issues(out, library, report)
        _check_feeds(out, issues, report)
        report.findings += [Finding(where, what) for where, what in site.changed(out)]
    _check_links(out, [only] if only else [out], report)
    if mail is not None and mail.is_dir():
        _check_letters(mail, issues, report, are_all=only is None)
    return report


def _issue_folders(out: Path) -> Iterator[Path]:
    """``out/DATE`` and ``out/EDITION/DATE``."""
    for pattern in ("*", "*/*"):
        for folder in sorted(out.glob(pattern)):
            if _DAY.fullmatch(folder.name) and (folder / JSON_NAME).is_file():
                yield folder


def _check_issue(
    folder: Path,
    out: Path,
    library: Library | None,
    report: Report,
    issues: dict[str, list[Stories]],
    *,
    sources: bool,
) -> None:
    path = folder / JSON_NAME
    data = _read(path)
    try:
        issue = load_issue(data)
    except ReadError as error:
        report.add(str(path), str(error))
        return
    stories = told(issue)
    issues.setdefault(folder.name, []).append(stories)
    report.n_issues += 1
    report.n_sentences += sum(len(story.sentences) for story in stories)
    report.n_sources += len(issue.sources)
    report.extend(str(path), sentences.altered(issue))
    if library is not None:
        edition = "" if folder.parent.resolve() == out.resolve() else folder.parent.name
        _check_stored(path, data, issue, library, edition, report)
    if sources:
        report.extend(str(path), _changed_files(issue))
    _check_renditions(folder, stories, report)
    _check_story_pages(folder, out, stories, report)


def _check_renditions(folder: Path, stories: Stories, report: Report) -> None:
    """Every file of the issue tells the same stories; HTML there must be, others there may be."""
    if not (folder / HTML_NAME).is_file():
        report.add(str(folder), f"缺 {HTML_NAME} (missing)")
    for name, words in READERS.items():
        path = folder / name
        if path.is_file():
            report.n_files += 1
            try:
                report.extend(str(path), missing(words(_read(path)), stories))
            except ReadError as error:
                report.add(str(path), str(error))


def _check_story_pages(folder: Path, out: Path, stories: Stories, report: Report) -> None:
    """The pages of the site, where it has them: DIR/story/DATE/ID.html, or DIR/story/EDITION/DATE/ID.html."""
    pages = out / "story" / folder.resolve().relative_to(out.resolve())
    for story in stories:
        path = pages / f"{story.story}.html"
        if path.is_file():
            report.n_files += 1
            report.extend(str(path), missing(page_words(_read(path)), [story]))


def _check_stored(
    path: Path, data: bytes, issue: PublishedIssue, library: Library, edition: str, report: Report
) -> None:
    day = date.fromisoformat(issue.date)
    entry = next(iter(library.issues(edition, since=day, until=day)), None)
    kept: Issue | None = library.issue(edition, day) if entry else None
    if entry is None or kept is None:
        report.add(str(path), "资料库里没有这一期 (the issue is not in the library)")
        return
    for name, sha256 in {**library.files(edition, day), JSON_NAME: entry.sha256}.items():
        file = path.with_name(name)
        if not file.is_file():
            report.add(str(file), "出版时有这个文件，现在没有 (a file that was published is gone)")
        elif hashlib.sha256(data if name == JSON_NAME else _read(file)).hexdigest() != sha256:
            report.add(str(file), "不是出版时的文件 (not the file that was published)")
    report.extend(
        str(library.path),
        (
            f"资料库里存的被改过 (what was stored was changed): {name}"
            for name in library.altered(edition, day)
        ),
    )
    report.extend(str(path), sentences.drifted(issue, kept))
    report.extend(str(path), sentences.untraced(issue, {source.name: source for source in kept.sources}))


def _changed_files(issue: PublishedIssue) -> Iterator[str]:
    for source in issue.sources:
        path = Path(source.name)
        if path.is_file() and hashlib.sha256(_read(path)).hexdigest() != source.sha256:
            yield f"文件在读过以后改了 (the file has changed since it was read): {source.name}"


def _missing_issues(out: Path, library: Library | None, report: Report) -> None:
    for entry in library.issues() if library is not None else ():
        folder = out / entry.edition / entry.day.isoformat()
        if not (folder / JSON_NAME).is_file():
            report.add(
                str(folder), "资料库里有这一期，输出目录里没有 (the issue is not in the output folder)"
            )


def _check_links(out: Path, folders: Iterable[Path], report: Report) -> None:
    @cache
    def ids_of(path: Path) -> frozenset[str]:
        return read_page(_read(path).decode("utf-8", "replace")).ids

    for folder in folders:
        for path in sorted(folder.rglob("*.html")):
            if any(part.startswith(".") for part in path.relative_to(out).parts):
                continue
            page = read_page(_read(path).decode("utf-8", "replace"))
            report.n_links += len(page.links)
            report.extend(str(path), dead_links(page, path, out, ids_of))


def _check_feeds(out: Path, issues: dict[str, list[Stories]], report: Report) -> None:
    """The feeds of the whole site and of every region and topic."""
    for path in sorted(out.rglob(ATOM_NAME)):
        beside = path.with_name(JSON_FEED_NAME)
        if not beside.is_file():
            report.add(str(path.parent), f"缺 {JSON_FEED_NAME} (missing)")
            continue
        report.n_files += 2
        try:
            atom, other = read_atom(_read(path)), read_json_feed(_read(beside))
        except ReadError as error:
            report.add(str(path.parent), str(error))
            continue
        report.extend(str(path), check_feed(atom, issues))
        report.extend(str(beside), check_feed(other, issues))
        report.extend(str(beside), unlike(atom, other))


def _check_letters(folder: Path, issues: dict[str, list[Stories]], report: Report, *, are_all: bool) -> None:
    for path in sorted(folder.glob("*.eml")):
        problems = check_letter(_read(path), issues)
        if problems is not None:
            report.n_letters += 1
            report.extend(str(path), problems)
        elif are_all:
            report.add(str(path), "不是已出版的一期 (not of a published issue)")


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ReadError(f"{path}: 无法读取 (cannot be read): {error.strerror}") from error
