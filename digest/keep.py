"""An issue, its published files and its record in the library, kept in step through any interruption.

The order is: the record is prepared, the files are put in place, the record is confirmed. A build that is
killed leaves at most a prepared record, and the next one tells by the published issue.json which side of the
middle step it had reached.
"""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from digest.errors import LibraryError, ReadError
from digest.library import Library, Numbers
from digest.model import Issue, Printed, Reference, Rendition, Story, Withdrawal
from digest.publish.lock import locked
from digest.render import JSON_NAME
from digest.render.published import load_issue
from digest.withdrawal import titles_of

HISTORY_DAYS = 7  # before an issue, whose keywords are set beside its own

NO_NUMBERS = Numbers(0, 0)


@dataclass(frozen=True, slots=True)
class Past:
    """What earlier issues of an edition printed, as far as it concerns the issue of one day."""

    printed: tuple[Printed, ...] = ()
    reprints: Mapping[str, Reference] = field(default_factory=dict)  # by the id of a story of today


NO_PAST = Past()


@contextmanager
def opened_library(path: Path | None, out: Path) -> Iterator[Library | None]:
    """The library at `path`, made where it is not there, for one build into `out` at a time.

    Without a path there is none. Raises BusyError where another build is at work, LibraryError where the
    library cannot be used.
    """
    if path is None:
        yield None
        return
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise LibraryError(f"{path.parent}: 无法建立 (cannot be made): {error.strerror}") from error
    with locked(path.parent), Library(path, create=True) as library:
        _settle(library, out)
        yield library


@contextmanager
def existing_library(path: Path | None) -> Iterator[Library | None]:
    """The library at `path` to look things up in, if it is there; none is made."""
    if path is None or not os.path.lexists(path):
        yield None
        return
    with Library(path) as library:
        yield library


def issues_of_days(library: Library | None, day: date, days: int) -> list[Issue]:
    """The issues of the edition without a name of the `days` days up to `day`, by date."""
    if library is None:
        return []
    since = date.fromordinal(max(day.toordinal() - days + 1, 1))
    found = (library.issue("", entry.day) for entry in library.issues("", since=since, until=day))
    # As it was read: what is taken back of it is so in an edition too, which says it by itself.
    return [
        replace(issue.original, sources=issue.sources) if issue.original else issue
        for issue in found
        if issue
    ]


def concerned(library: Library, withdrawals: Iterable[Withdrawal]) -> list[tuple[str, date]]:
    """The issues, edition and day, in which something of what was taken back may stand, by date."""
    found = set()
    for one in withdrawals:
        found.add((one.edition, one.day))
        issue = library.issue(one.edition, one.day)
        titles = set(titles_of(issue, one)) if issue else set()
        found |= set(library.having(one.edition, one.day, one.story, titles))
    return sorted(found, key=lambda issue: (issue[1], issue[0]))


def past_of(
    library: Library | None, edition: str, day: date, stories: Sequence[Story], link_days: int
) -> Past:
    """What the issues before `day` printed: all of the last `link_days` days, and articles of `stories`."""
    if library is None:
        return NO_PAST
    since = date.fromordinal(max(day.toordinal() - link_days, 1))
    printed = library.printed(edition, since, date.fromordinal(max(day.toordinal() - 1, 1)))
    found = library.reprints(edition, day, [story.lead.article for story in stories])
    return Past(printed, {stories[index].id: reference for index, reference in found.items()})


def with_history(issue: Issue, library: Library | None) -> Issue:
    """The issue with the keywords of the week before it: those that it has itself, or that came up again."""
    if library is None:
        return issue
    day = issue.date.toordinal()
    since, until = (date.fromordinal(max(n, 1)) for n in (day - HISTORY_DAYS, day - 1))
    week = library.keywords(issue.edition, since, until)
    own = {keyword.word for item in issue.items for keyword in item.story.lead.keywords}
    total = Counter[str]()
    for past in week:
        total.update(dict(past.keywords))
    kept = {word for word, n in total.items() if n > 1 or word in own}
    return replace(
        issue,
        history=tuple(
            replace(past, keywords=tuple(pair for pair in past.keywords if pair[0] in kept)) for past in week
        ),
    )


def numbered(issue: Issue, library: Library | None, out: Path) -> tuple[Issue, Numbers]:
    """The issue with its numbers, and those the library keeps for its date.

    A number of the configuration is printed instead and alone: it belongs to a count that is not ours.
    """
    if library is None:
        return issue, NO_NUMBERS
    numbers = library.numbers(issue.edition, issue.date, wanted=_published_numbers(issue, out))
    if issue.number is None:
        issue = replace(issue, number=numbers.number, total_number=numbers.total)
    return issue, numbers


@contextmanager
def recorded(
    library: Library | None, issue: Issue, numbers: Numbers, renditions: Sequence[Rendition], out: Path
) -> Iterator[None]:
    """Around the publishing of `renditions` below `out`: what is published then is in the library.

    Where publishing fails, the record follows the files, be they those of before or the new ones.
    """
    if library is None:
        yield
        return
    files = {rendition.name: hashlib.sha256(rendition.data).hexdigest() for rendition in renditions}
    library.prepare(issue, numbers, files[JSON_NAME], files)
    try:
        yield
    except Exception:
        _settle(library, out)
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
