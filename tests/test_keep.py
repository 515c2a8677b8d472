"""An issue, its files and its record in step, through kills and lost libraries."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from digest import keep, pipeline
from digest.config import Config, IssueConfig, RenderConfig
from digest.errors import BusyError, LibraryError, PublishError
from digest.keep import with_history
from digest.library import Library
from digest.model import Issue, Reference
from digest.publish.files import publish
from digest.publish.lock import locked
from tests.news import ROWS, jsonl
from tests.render.sample import make_issue

DAY = date(2026, 3, 18)
DAYS = (date(2026, 3, 18), date(2026, 3, 19), date(2026, 3, 20))
NO_PDF = Config(render=RenderConfig(pdf=False))


@pytest.fixture
def sources(tmp_path: Path) -> dict[date, Path]:
    """A file of news for each day, each day's its own."""
    paths = {}
    for n, day in enumerate(DAYS):
        rows = [row | {"published": day.isoformat()} for row in ROWS[n : n + 2]]
        paths[day] = tmp_path / f"{day}.jsonl"
        paths[day].write_bytes(jsonl(rows))
    return paths


class Desk:
    """Builds of several days into one output folder."""

    def __init__(self, folder: Path, sources: dict[date, Path]) -> None:
        self.out = folder / "out"
        self.library = folder / "out.library" / "digest.sqlite3"
        self.sources = sources

    def build(self, *days: date, config: Config = NO_PDF) -> Issue:
        for day in days:
            built = pipeline.build([self.sources[day]], self.out, day, config, library=self.library)
        return built.issue

    def files(self) -> dict[str, bytes]:
        found = sorted(self.out.glob("*/*"))
        return {str(path.relative_to(self.out)): path.read_bytes() for path in found}

    def kept(self) -> list[tuple[date, int | None, int | None, str]]:
        with Library(self.library) as library:
            return [(e.day, e.number, e.total_number, e.sha256) for e in library.issues()]


@pytest.fixture
def desk(tmp_path: Path, sources: dict[date, Path]) -> Desk:
    return Desk(tmp_path, sources)


def test_a_build_is_numbered_and_kept(desk: Desk) -> None:
    """The issue has the next numbers, and the library gives it back as it was composed."""
    first, second = desk.build(DAYS[0]), desk.build(DAYS[1])

    assert [(i.number, i.total_number) for i in (first, second)] == [(1, 1), (2, 2)]
    with Library(desk.library) as library:
        assert library.issue("", DAYS[1]) == second


def test_the_same_day_twice_is_the_same_issue(desk: Desk) -> None:
    """The same bytes under the same number, and one record."""
    desk.build(DAYS[0])
    before = desk.files(), desk.kept()
    desk.build(DAYS[0])

    assert (desk.files(), desk.kept()) == before


def test_a_day_built_out_of_order_disturbs_no_other(desk: Desk) -> None:
    """A day that is built late gets the next number; the files and records of the others stay."""
    desk.build(DAYS[0], DAYS[2])
    before, kept = desk.files(), desk.kept()
    late = desk.build(DAYS[1])

    assert late.number == 3
    assert before.items() <= desk.files().items()
    assert set(kept) <= set(desk.kept())


def test_without_the_library_the_same_comes_again(desk: Desk) -> None:
    """Deleting the library and building again from the inputs gives the same files and records."""
    desk.build(*DAYS)
    before, kept = desk.files(), desk.kept()
    shutil.rmtree(desk.library.parent)
    desk.build(*DAYS)
    assert (desk.files(), desk.kept()) == (before, kept)

    shutil.rmtree(desk.library.parent)
    shutil.rmtree(desk.out)
    desk.build(*DAYS)
    assert (desk.files(), desk.kept()) == (before, kept)


def test_a_published_number_outlives_the_library(desk: Desk) -> None:
    """Also in another order every issue has the numbers again that it was published under."""
    desk.build(*DAYS)
    before = desk.files()
    shutil.rmtree(desk.library.parent)
    desk.build(*DAYS[::-1])

    assert {k: v for k, v in desk.files().items() if "issue.json" in k}.keys() == {
        k for k in before if "issue.json" in k
    }
    assert [(number, total) for _, number, total, _ in desk.kept()] == [(1, 1), (2, 2), (3, 3)]


def test_what_was_printed_yesterday_is_not_printed_again(desk: Desk) -> None:
    """A story of an earlier issue is left out with the issue and the item named; other days are not asked."""
    first, second = desk.build(DAYS[0]), desk.build(DAYS[1])
    known = first.items[-1] if first.items[-1].story.lead.article.id == "a2" else first.items[0]

    assert [item.story.lead.article.id for item in second.items] == ["a3"]
    (left,) = second.left_out
    assert (left.story.lead.article.id, left.reason) == ("a2", "已见于3月18日第1期")
    assert left.repeats
    assert left.repeats.to == Reference(
        DAYS[0], known.story.id, "成都今年新增学位五万六千个", known.number, issue_number=1
    )
    alone = pipeline.build([desk.sources[DAYS[1]]], desk.out.with_name("alone"), DAYS[1], NO_PDF)
    assert len(alone.issue.items) == 2


def test_only_earlier_issues_count(desk: Desk) -> None:
    """A day that is built late is not told by what a later issue printed."""
    desk.build(DAYS[1])

    assert {item.story.lead.article.id for item in desk.build(DAYS[0]).items} == {"a1", "a2"}


def test_a_configured_number_is_printed_alone(desk: Desk) -> None:
    """The number of digest.toml stands instead of ours; the library counts on beneath it."""
    config = Config(issue=IssueConfig(number=77), render=RenderConfig(pdf=False))
    fixed = desk.build(DAYS[0], config=config)

    assert (fixed.number, fixed.total_number) == (77, None)
    assert desk.build(DAYS[1]).number == 2


def test_an_issue_that_cannot_be_published_leaves_no_record(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk leaves the issue of before in the folder and in the library."""
    desk.build(DAYS[0])
    before = desk.files(), desk.kept()

    def fail(*_: object) -> Path:
        raise PublishError("out: no space")

    monkeypatch.setattr(pipeline, "publish", fail)
    with pytest.raises(PublishError):
        desk.build(DAYS[0], config=Config(issue=IssueConfig(name="改名"), render=RenderConfig(pdf=False)))

    assert (desk.files(), desk.kept()) == before
    with Library(desk.library) as library:
        assert library.prepared() == ()


def test_a_failure_behind_the_swap_is_recorded(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the files are in place and forcing them to the disk failed, the record follows the files."""

    def fail_late(*arguments: object) -> Path:
        publish(*arguments)  # type: ignore[arg-type]
        raise PublishError("out: input/output error")

    desk.build(DAYS[0])
    monkeypatch.setattr(pipeline, "publish", fail_late)
    with pytest.raises(PublishError):
        desk.build(DAYS[0], config=Config(issue=IssueConfig(name="改名"), render=RenderConfig(pdf=False)))

    with Library(desk.library) as library:
        kept = library.issue("", DAYS[0])
    assert kept
    assert kept.name == "改名"
    assert "改名" in desk.files()["2026-03-18/index.html"].decode()


KILLED = """
import os, signal, sys
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from digest import keep, pipeline
from digest.config import Config, IssueConfig, RenderConfig
from digest.keep import with_history
from digest.library import Library

def kill(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

point, source, out, library = sys.argv[1:]
if point == "before the record":
    Library.prepare = kill
elif point == "before the files":
    pipeline.publish = kill
elif point == "before the confirmation":
    Library.confirm = kill
elif point == "while confirming":
    from digest.library import record as module
    module.remove_issues = lambda *args: kill() if args[3] == "published" else None
config = Config(issue=IssueConfig(name="新名"), render=RenderConfig(pdf=False))
pipeline.build([Path(source)], Path(out), date(2026, 3, 18), config, library=Path(library))
"""


@pytest.mark.parametrize(
    ("point", "published"),
    [
        ("before the record", False),
        ("before the files", False),
        ("before the confirmation", True),
        ("while confirming", True),
    ],
)
def test_a_kill_at_any_moment_is_made_good(
    desk: Desk, sources: dict[date, Path], tmp_path: Path, point: str, published: bool
) -> None:
    """After a kill the next build, of whatever day, finds files and record in step."""
    desk.build(DAYS[0])
    arguments = [point, str(sources[DAY]), str(desk.out), str(desk.library)]
    done = subprocess.run([sys.executable, "-c", KILLED, *arguments], check=False, capture_output=True)
    assert done.returncode == -signal.SIGKILL, done.stderr
    desk.build(DAYS[1])

    with Library(desk.library) as library:
        kept = library.issue("", DAY)
        assert library.prepared() == ()
    assert kept
    assert (kept.name == "新名") is published
    assert ("新名" in desk.files()["2026-03-18/index.html"].decode()) is published
    assert [number for _, number, _, _ in desk.kept()] == [1, 2]

    undisturbed = Desk(tmp_path / "undisturbed", sources)
    undisturbed.build(DAYS[0], DAYS[1])
    desk.build(DAYS[0], DAYS[1])
    assert desk.files() == undisturbed.files()
    assert desk.kept() == undisturbed.kept()


def test_two_builds_at_once_are_refused(desk: Desk) -> None:
    """While one build holds the library the next ends at once, with nothing written."""
    desk.build(DAYS[0])
    with locked(desk.library.parent), pytest.raises(BusyError):
        _in_thread(lambda: desk.build(DAYS[1]))

    assert [day for day, *_ in desk.kept()] == [DAYS[0]]


def _in_thread(work: object) -> None:
    """Run `work` in another thread, which does not hold this one's locks, and pass on what it raises."""
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(1) as executor:
        executor.submit(work).result()  # type: ignore[arg-type]


def test_the_library_is_no_input(desk: Desk, tmp_path: Path) -> None:
    """Reading the folder that output and library stand in gives the same every time."""
    first, second = (
        pipeline.build([tmp_path], desk.out, DAY, NO_PDF, library=desk.library).issue for _ in range(2)
    )

    assert first == second
    assert first.skipped == ()


def test_a_folder_that_cannot_be_made_is_one_line(desk: Desk) -> None:
    """A library below a file is an error that names the folder; nothing is published."""
    desk.library.parent.write_text("a file is in the way")
    with pytest.raises(LibraryError, match=r"out\.library"):
        desk.build(DAYS[0])

    assert not desk.out.exists()


def test_the_folder_of_an_issue() -> None:
    """An edition has a folder of its own."""
    assert keep.folder_of(Path("out"), "", DAY) == Path("out/2026-03-18")
    assert keep.folder_of(Path("out"), "city", DAY) == Path("out/city/2026-03-18")


def test_an_issue_carries_the_keywords_of_the_week_before(tmp_path: Path) -> None:
    """Words of today and words that came up again are kept, of the seven days before and no other."""
    issue = make_issue()
    with Library(tmp_path / "digest.sqlite3", create=True) as library:
        for days in (9, 2, 1):
            earlier = replace(issue, date=issue.date - timedelta(days))
            library.prepare(earlier, library.numbers("", earlier.date), "0" * 64)
            library.confirm("", earlier.date)
        once = with_history(replace(issue, sections=issue.sections[:1]), library).history

    assert [day.date for day in once] == [issue.date - timedelta(2), issue.date - timedelta(1)]
    assert dict(once[0].keywords)["沙尘"] == 1
    assert "轴承" in dict(once[0].keywords)  # not of today, but it came up twice
    assert with_history(issue, None) == issue
