"""What a site never touches, and what is left of a run that was killed or of a former version."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from digest.config import Config
from digest.errors import BusyError, PublishError
from digest.publish import former, manifest, tree
from digest.site import paths
from tests.site.archive import DAYS, Archive, issue_of, sha256


def test_a_file_of_somebody_else_is_not_written_over(tmp_path: Path) -> None:
    """One line names it, and nothing at all is changed."""
    desk = Archive(tmp_path)
    desk.publish(issue_of(DAYS[0]))
    (desk.out / "index.html").write_text("我的主页", encoding="utf-8")
    with pytest.raises(PublishError, match=r"index\.html.*not written by the site"):
        desk.build()

    assert desk.text("index.html") == "我的主页"
    assert desk.files().keys() == {"index.html"}


def test_a_page_that_somebody_changed_is_not_removed(desk: Archive) -> None:
    """It stays, and its name is told."""
    lost = issue_of(DAYS[0]).sections[-1].items[0]
    path = paths.story_page(paths.Key("", DAYS[0], lost.story.id))
    (desk.out / path).write_text("批注过的", encoding="utf-8")
    (desk.out / "notes.txt").write_text("别人的", encoding="utf-8")
    desk.publish(*(issue_of(day, keep=2) for day in DAYS))
    made = desk.build()

    assert made.kept == (path,)
    assert desk.text(path) == "批注过的"
    assert desk.text("notes.txt") == "别人的"


def test_a_symbolic_link_is_not_followed(tmp_path: Path) -> None:
    """A folder of the site that leads elsewhere is refused, and the neighbour is unchanged."""
    desk = Archive(tmp_path)
    desk.publish(issue_of(DAYS[0]))
    (tmp_path / "neighbour").mkdir()
    (desk.out / "story").symlink_to(tmp_path / "neighbour")
    with pytest.raises(PublishError, match="symbolic link"):
        desk.build()

    assert list((tmp_path / "neighbour").iterdir()) == []


def test_a_damaged_manifest_is_said(desk: Archive) -> None:
    """What was written is not guessed."""
    (desk.out / manifest.NAME).write_text("{", encoding="utf-8")

    with pytest.raises(PublishError, match="manifest is damaged"):
        desk.build()


def test_two_runs_at_once(desk: Archive) -> None:
    """The second one ends at once."""
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); from pathlib import Path;"
        "from digest.publish.lock import locked; import time\n"
        "with locked(Path(sys.argv[2]).resolve()):\n print('held', flush=True); sys.stdin.read()"
    )
    root = str(Path(__file__).parents[2])
    with subprocess.Popen(
        [sys.executable, "-c", code, root, str(desk.out)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(BusyError):
            desk.build()
        other.communicate("")


KILLED = 9
FILE_EVENTS = {"open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "shutil.rmtree", "sqlite3.connect"}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork")
def test_a_kill_at_any_moment_leaves_a_site_that_is_finished_or_the_old_one(
    desk: Archive, tmp_path: Path
) -> None:
    """Ended before any change of a file, no link is dead, and the next build gives the same bytes."""
    desk.publish(*(issue_of(day, keep=2) for day in DAYS[:2]))
    shutil.copytree(desk.folder, tmp_path / "whole")
    whole = Archive(tmp_path / "whole")
    whole.build()
    expected = whole.files()
    count = _events_of(desk.folder, tmp_path / "counted")
    for stop in range(0, count, max(1, count // 7)):
        folder = tmp_path / f"killed-{stop}"
        shutil.copytree(desk.folder, folder)
        killed = Archive(folder)
        assert _killed(killed, stop)
        assert killed.dead_links() == []
        killed.build()
        assert killed.files() == expected
        assert killed.manifest() == whole.manifest()
        assert not [name for name in os.listdir(killed.out) if name.startswith(tree.STAGE_NAME)]


def _events_of(folder: Path, copy: Path) -> int:
    """How many things a build does to files."""
    shutil.copytree(folder, copy)
    assert not _killed(Archive(copy), 10**9)
    return int((copy / "events").read_text())


def _killed(archive: Archive, stop: int) -> bool:
    """Build in a process of its own that ends before the file event of that number; nothing is tidied up."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == KILLED
    count = 0

    def on_event(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal count
        if event in FILE_EVENTS and (event != "open" or str(archive.out) in str(arguments[0])):
            if count == stop:
                os._exit(KILLED)
            count += 1

    try:
        sys.addaudithook(on_event)
        archive.build()
        (archive.folder / "events").write_text(str(count))
    except BaseException:
        os._exit(1)
    os._exit(0)


def test_a_write_that_fails_changes_nothing(desk: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk: one line, the old site whole, nothing left behind."""
    before = desk.files()
    desk.publish(issue_of(date(2026, 4, 3)))
    real = Path.write_bytes
    count = 0

    def write(self: Path, data: bytes) -> int:
        nonlocal count
        count += tree.STAGE_NAME in self.parts
        if count > 20:
            raise OSError(28, "No space left on device", str(self))
        return real(self, data)

    monkeypatch.setattr(Path, "write_bytes", write)
    with pytest.raises(PublishError, match="No space left"):
        desk.build()
    monkeypatch.setattr(Path, "write_bytes", real)
    assert desk.files() == before
    assert not [name for name in os.listdir(desk.out) if name.startswith(tree.STAGE_NAME)]


def test_the_manifest_names_every_file(made: Archive) -> None:
    """And nothing else, so that whatever it does not name is somebody else's."""
    files = made.files()
    named = made.manifest()["files"]

    assert named.keys() == files.keys()
    assert {path: entry[1] for path, entry in named.items()} == {p: sha256(data) for p, data in files.items()}
    assert Config().site.enabled


def test_a_site_of_another_form_is_made_anew(desk: Archive) -> None:
    """Owners and marks that an older program wrote mean nothing; the files are the same in the end."""
    before, told = desk.files(), desk.manifest()
    with closing(sqlite3.connect(desk.out / manifest.NAME)) as connection, connection:
        connection.execute("UPDATE notes SET value = 'another' WHERE name = 'look'")
        connection.execute("UPDATE files SET owner = 'month:2026-03'")
        connection.execute("INSERT INTO notes VALUES ('mark:/2026-03-18x', 'of old')")
    desk.build()

    assert desk.files() == before
    assert desk.manifest() == told


def as_before(desk: Archive) -> dict[str, list[str]]:
    """Make the site one of the version whose manifest was a JSON file; its files."""
    path = desk.out / manifest.NAME
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT path, sha256, owner FROM files").fetchall()
    path.unlink()
    files = {name: [of, owner] for name, of, owner in rows}
    data = {"version": 1, "notes": {"look": "x"}, "files": files}
    (desk.out / former.NAME).write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return files


def test_a_site_of_a_former_version_is_taken_over(desk: Archive) -> None:
    """Its files are known by its manifest: what is gone goes, what somebody changed or put there stays."""
    before, told = desk.files(), desk.manifest()
    gone = {"story/old.html": b"old", "keyword/changed.html": b"changed by somebody"}
    for path, data in gone.items():
        (desk.out / path).write_bytes(data)
    (desk.out / "keyword" / "theirs.html").write_bytes(b"theirs")
    files = as_before(desk)
    files["story/old.html"] = [sha256(b"old"), "x"]
    files["keyword/changed.html"] = [sha256(b"as it was written"), "x"]
    text = json.dumps({"version": 1, "notes": {}, "files": files}, ensure_ascii=False)
    (desk.out / former.NAME).write_text(text, encoding="utf-8")
    made = desk.build()
    stay = {"keyword/changed.html": gone["keyword/changed.html"], "keyword/theirs.html": b"theirs"}

    assert made.kept == ("keyword/changed.html",)
    assert desk.files() == before | stay
    assert desk.manifest() == told
    assert not (desk.out / former.NAME).exists()
    assert desk.build().n_written == 0


def test_a_former_run_that_was_killed_is_finished(desk: Archive) -> None:
    """Its journal names files by their paths, and brings its manifest."""
    before, told = desk.files(), desk.manifest()
    text = json.dumps({"version": 1, "notes": {}, "files": as_before(desk)})
    (desk.out / former.NAME).unlink()
    staged = desk.out / tree.STAGE_NAME / "robots.txt"
    staged.parent.mkdir()
    (desk.out / "robots.txt").rename(staged)
    journal = {"put": ["robots.txt"], "drop": [], "manifest": text}
    (desk.out / tree.JOURNAL_NAME).write_text(json.dumps(journal), encoding="utf-8")
    desk.build()

    assert desk.files() == before
    assert desk.manifest() == told


@pytest.mark.parametrize(
    "text", ["{", '{"files": {"../x": ["0", "x"]}}', '{"files": {"x": [1]}}', '{"files": []}']
)
def test_a_former_manifest_that_is_damaged_is_said(desk: Archive, text: str) -> None:
    """One that leads out of the folder, too."""
    as_before(desk)
    (desk.out / former.NAME).write_text(text, encoding="utf-8")
    with pytest.raises(PublishError):
        desk.build()


def test_names_that_are_one_file_on_some_system_are_an_error(tmp_path: Path) -> None:
    """Nothing is written; a name that goes in the same change is in nobody's way."""
    with tree.changing(tmp_path) as change:
        change.put("a/Page.html", b"1", "one")
        change.commit({"one"}, {})
    with tree.changing(tmp_path) as change:
        change.put("a/page.html", b"2", "two")
        with pytest.raises(PublishError, match="same file on some systems"):
            change.commit({"two"}, {})
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["Page.html"]
    with tree.changing(tmp_path) as change:
        change.put("a/page.html", b"2", "two")
        change.commit({"one", "two"}, {})

    assert [path.name for path in (tmp_path / "a").iterdir()] == ["page.html"]
