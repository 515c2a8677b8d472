"""An issue, its published files and its record in the library, kept in step through any interruption.

The order is: the record is prepared, the files are put in place, the record is confirmed. A build that is
killed leaves at most a prepared record, and the next one tells by the published issue.json which side of the
middle step it had reached.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

from digest.errors import LibraryError, ReadError
from digest.library import Library, Numbers
from digest.model import Issue, Rendition
from digest.publish.lock import locked
from digest.render import JSON_NAME
from digest.render.issue_json import load_issue


@contextmanager
def opened_library(path: Path, out: Path) -> Iterator[Library]:
    """The library at `path`, made where it is not there, for one build into `out` at a time.

    Raises BusyError where another build is at work, LibraryError where the library cannot be used.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise LibraryError(f"{path.parent}: 无法建立 (cannot be made): {error.strerror}") from error
    with locked(path.parent), Library(path, create=True) as library:
        _settle(library, out)
        yield library


def numbered(issue: Issue, library: Library, out: Path) -> tuple[Issue, Numbers]:
    """The issue with its numbers, and those the library keeps for its date.

    A number of the configuration is printed instead and alone: it belongs to a count that is not ours.
    """
    numbers = library.numbers(issue.edition, issue.date, wanted=_published_numbers(issue, out))
    if issue.number is None:
        issue = replace(issue, number=numbers.number, total_number=numbers.total)
    return issue, numbers


@contextmanager
def recorded(
    library: Library, issue: Issue, numbers: Numbers, renditions: Sequence[Rendition]
) -> Iterator[None]:
    """Around the publishing of `renditions`: the issue is in the library when it has been published."""
    data = next(rendition.data for rendition in renditions if rendition.name == JSON_NAME)
    library.prepare(issue, numbers, hashlib.sha256(data).hexdigest())
    try:
        yield
    except Exception:
        library.discard(issue.edition, issue.date)
        raise
    library.confirm(issue.edition, issue.date)


def folder_of(out: Path, edition: str, day: date) -> Path:
    """The folder of an issue: ``out/YYYY-MM-DD``, and ``out/EDITION/YYYY-MM-DD`` for one of an edition."""
    return (out / edition if edition else out) / day.isoformat()


def _settle(library: Library, out: Path) -> None:
    """Finish what killed builds left: what was published is confirmed, what was not is discarded."""
    for entry in library.prepared():
        if hashlib.sha256(_published_json(out, entry.edition, entry.day)).hexdigest() == entry.sha256:
            library.confirm(entry.edition, entry.day)
        else:
            library.discard(entry.edition, entry.day)


def _published_numbers(issue: Issue, out: Path) -> Numbers | None:
    """The numbers that the published issue of this date bears, where the library has lost them."""
    data = _published_json(out, issue.edition, issue.date)
    try:
        published = load_issue(data)
    except ReadError:
        return None  # none, or one that another program made
    if published.number is None or published.total_number is None:
        return None
    return Numbers(published.number, published.total_number)


def _published_json(out: Path, edition: str, day: date) -> bytes:
    path = folder_of(out, edition, day) / JSON_NAME
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise LibraryError(f"{path}: 无法读取 (cannot be read): {error.strerror}") from error
