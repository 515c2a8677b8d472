"""Publishing: the whole issue or the old one, and nothing outside of the output folder."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from digest.errors import BusyError, PublishError
from digest.model import Rendition
from digest.publish import files
from digest.publish.files import NEW_PREFIX, OLD_PREFIX, edition_root, publish
from digest.publish.lock import LOCK_NAME, locked

DAY = "2026-03-18"
OLD = (Rendition("index.html", b"old"), Rendition("old.json", b"{}"))
NEW = (Rendition("index.html", b"new"), Rendition("digest.pdf", b"%PDF"), Rendition("issue.json", b"{}"))
DRIVER = """
import os, sys
from pathlib import Path
from digest.model import Rendition
from digest.publish import files
n = int(sys.argv[2])
calls = 0
def dying(real):
    def call(*arguments, **more):
        global calls
        calls += 1
        if calls == n:
            os._exit(9)
        return real(*arguments, **more)
    return call
os.fsync = dying(os.fsync)
Path.rename = dying(Path.rename)
Path.mkdir = dying(Path.mkdir)
if sys.argv[3] == "renames":
    files.exchange = lambda one, other: False
else:
    files.exchange = dying(files.exchange)
new = [Rendition("index.html", b"new"), Rendition("issue.json", b"{}")]
files.publish(new, Path(sys.argv[1]), "2026-03-18")
"""


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder but the lock, by its relative path."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != LOCK_NAME
    }


def wanted(renditions: tuple[Rendition, ...]) -> dict[str, bytes]:
    return {f"{DAY}/{rendition.name}": rendition.data for rendition in renditions}


@pytest.fixture(params=["swap", "renames"])
def either_way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the atomic swap of the system, and without it."""
    if request.param == "renames":
        monkeypatch.setattr(files, "exchange", lambda _one, _other: False)


@pytest.mark.usefixtures("either_way")
def test_an_edition_has_a_folder_below_the_output(tmp_path: Path) -> None:
    """A slug is one plain name; a path is refused, and so is a link that leads elsewhere."""
    (tmp_path / "link").symlink_to(tmp_path.parent)

    assert edition_root(tmp_path, "") == tmp_path
    assert edition_root(tmp_path, "city") == tmp_path / "city"
    for slug in ("../x", "/etc", "a/b", ".hidden", "link"):
        with pytest.raises(PublishError):
            edition_root(tmp_path, slug)


def test_issue_replaces_the_one_before(tmp_path: Path) -> None:
    """The folder holds exactly the files of the new issue, and nothing is left beside it."""
    out = tmp_path / "not" / "there" / "yet"
    publish(OLD, out, DAY)

    assert publish(NEW, out, DAY) == out / DAY
    assert tree(out) == wanted(NEW)


def test_files_are_readable_by_others(tmp_path: Path) -> None:
    """Files and folder get the rights that the user's mask leaves, not those of a temporary file."""
    mask = os.umask(0o022)
    try:
        folder = publish(NEW, tmp_path / "out", DAY)
    finally:
        os.umask(mask)

    assert folder.stat().st_mode & 0o777 == 0o755
    assert (folder / "index.html").stat().st_mode & 0o777 == 0o644


@pytest.mark.usefixtures("either_way")
@pytest.mark.parametrize("n", range(1, 8))
def test_failing_disk_leaves_the_old_issue_whole(
    n: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whichever write fails, readers keep the old issue, or have the new one; one line says why."""
    publish(OLD, tmp_path, DAY)
    calls = 0

    def failing(real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **more: Any) -> Any:
            nonlocal calls
            calls += 1
            if calls == n:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(arguments[0]))
            return real(*arguments, **more)

        return call

    monkeypatch.setattr(os, "fsync", failing(os.fsync))
    monkeypatch.setattr(Path, "rename", failing(Path.rename))
    monkeypatch.setattr(Path, "mkdir", failing(Path.mkdir))
    said = ""
    try:
        publish(NEW, tmp_path, DAY)
    except PublishError as error:
        said = str(error)
    monkeypatch.undo()

    assert tree(tmp_path) in (wanted(OLD), wanted(NEW))
    if calls >= n:
        assert "No space left" in said
        assert "\n" not in said
    publish(NEW, tmp_path, DAY)
    assert tree(tmp_path) == wanted(NEW)


@pytest.mark.parametrize("way", ["swap", "renames"])
@pytest.mark.parametrize("n", [1, 3, 4, 5, 6, 7])
def test_killed_run_leaves_nothing_behind(n: int, way: str, tmp_path: Path) -> None:
    """A run that dies at any step leaves a whole issue or none, and the next run clears up behind it."""
    publish(OLD, tmp_path, DAY)
    subprocess.run([sys.executable, "-c", DRIVER, str(tmp_path), str(n), way], check=False, timeout=60)

    folder = tmp_path / DAY
    if folder.exists():
        assert {path.name for path in folder.iterdir()} in (
            {"index.html", "old.json"},
            {"index.html", "issue.json"},
        )
    else:
        assert way == "renames"
        assert {path.name for path in (tmp_path / f"{OLD_PREFIX}{DAY}").iterdir()} == {
            "index.html",
            "old.json",
        }
    publish(NEW, tmp_path, DAY)
    assert tree(tmp_path) == wanted(NEW)


def test_old_issue_comes_back_after_a_kill_between_two_renames(tmp_path: Path) -> None:
    """Where the old issue was set aside and the new one never came, the next run puts it back first."""
    publish(OLD, tmp_path, DAY)
    (tmp_path / DAY).rename(tmp_path / f"{OLD_PREFIX}{DAY}")

    publish(NEW, tmp_path, "2026-03-19")
    assert (tmp_path / DAY / "index.html").read_bytes() == b"old"


@pytest.mark.parametrize(
    "folder", ["../x", "/etc/x", "a/b", "..", ".", "", "a\0b", "a\nb", ".hidden", " x", "a\\b", "C:x"]
)
def test_folder_outside_is_refused(folder: str, tmp_path: Path) -> None:
    """A name that is a path, hidden or unprintable is refused and nothing is written."""
    out = tmp_path / "out"
    with pytest.raises(PublishError):
        publish(NEW, out, folder)
    with pytest.raises(PublishError):
        publish([Rendition(folder, b"")], out, DAY)

    assert list(tmp_path.rglob("*")) == []


def test_planted_link_is_refused(tmp_path: Path) -> None:
    """A symbolic link in the place of the issue or of the lock is not followed."""
    out, neighbour = tmp_path / "out", tmp_path / "out-private"
    out.mkdir()
    neighbour.mkdir()
    (neighbour / "index.html").write_bytes(b"private")
    (out / DAY).symlink_to(neighbour)
    with pytest.raises(PublishError, match="符号链接"):
        publish(NEW, out, DAY)
    (out / LOCK_NAME).unlink()
    (out / LOCK_NAME).symlink_to(neighbour / "index.html")
    with pytest.raises(PublishError, match="符号链接"):
        publish(NEW, out, "2026-03-19")

    assert tree(neighbour) == {"index.html": b"private"}


def test_planted_leftover_does_not_lead_out(tmp_path: Path) -> None:
    """A link that bears the name of a leftover is removed, not followed."""
    out, neighbour = tmp_path / "out", tmp_path / "neighbour"
    out.mkdir()
    neighbour.mkdir()
    (neighbour / "x").write_bytes(b"private")
    (out / f"{NEW_PREFIX}{DAY}").symlink_to(neighbour)
    (out / f"{OLD_PREFIX}{DAY}").symlink_to(neighbour)

    publish(NEW, out, DAY)
    assert tree(neighbour) == {"x": b"private"}
    assert tree(out) == wanted(NEW)


def test_file_in_the_place_of_the_folder_is_kept(tmp_path: Path) -> None:
    """A file that has the name of the issue's folder is not overwritten, nor is one named as the output."""
    (tmp_path / DAY).write_bytes(b"mine")
    with pytest.raises(PublishError):
        publish(NEW, tmp_path, DAY)
    with pytest.raises(PublishError):
        publish(NEW, tmp_path / DAY, DAY)

    assert (tmp_path / DAY).read_bytes() == b"mine"


def test_second_run_ends_at_once(tmp_path: Path) -> None:
    """While one run holds the folder another ends with "already running"; the holder itself may go on."""
    with locked(tmp_path):
        publish(OLD, tmp_path, DAY)
        script = (
            "import sys; from pathlib import Path; from digest.publish.files import publish;"
            "publish([], Path(sys.argv[1]), 'x')"
        )
        second = subprocess.run(
            [sys.executable, "-c", script, str(tmp_path)],
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    assert second.returncode == 1
    assert BusyError.__name__ in second.stderr
    assert "already running" in second.stderr


def test_two_names_for_one_file_are_refused(tmp_path: Path) -> None:
    """Names that differ in case or composition only would be one file on some systems."""
    for one, other in (("a.html", "A.html"), ("é.html", "e\u0301.html")):
        with pytest.raises(PublishError, match="重名"):
            publish([Rendition(one, b"1"), Rendition(other, b"2")], tmp_path, DAY)


def test_long_name_is_cut_by_bytes(tmp_path: Path) -> None:
    """A name of 100 Chinese characters becomes a file, two such names two files."""
    publish(
        [Rendition("中" * 100 + "甲.html", b"1"), Rendition("中" * 100 + "乙.html", b"2")],
        tmp_path,
        "期" * 99,
    )

    (folder,) = (path for path in tmp_path.iterdir() if path.is_dir())
    names = sorted(path.name for path in folder.iterdir())
    assert len(names) == 2
    assert all(len(name.encode()) <= 255 and name.endswith(".html") for name in names)
