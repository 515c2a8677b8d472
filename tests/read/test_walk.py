from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from digest.config import Limits
from digest.errors import LimitError, ReadError
from digest.model import Skipped
from digest.read.walk import Found, read_file, safe_name, walk


def names(root: Path, limits: Limits | None = None) -> list[str]:
    return [
        found.name.removeprefix(f"{root}/")
        for found in walk([root], limits or Limits())
        if isinstance(found, Found)
    ]


def reasons(root: Path, limits: Limits | None = None) -> dict[str, str]:
    return {
        found.source.removeprefix(f"{root}/"): found.reason
        for found in walk([root], limits or Limits())
        if isinstance(found, Skipped)
    }


def make(root: Path, *paths: str) -> None:
    for path in paths:
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text("文", encoding="utf-8")


def test_folders_are_walked_in_natural_order(tmp_path: Path) -> None:
    """Page 2 comes before page 10, whatever the file system says."""
    make(tmp_path, "page10.txt", "page2.txt", "a/2.txt", "a/10.txt", "B.txt")

    assert names(tmp_path) == ["a/2.txt", "a/10.txt", "B.txt", "page2.txt", "page10.txt"]


def test_hidden_files_and_descriptions_are_passed_over_by_name(tmp_path: Path) -> None:
    """What describes a collection or is hidden is accounted for, not read."""
    about = {"README.md", "LICENSE", ".git", ".x", "readme_notes.txt", "site.CSS", "digest.toml"}
    make(tmp_path, "news.txt", ".git/config", *(about - {".git"}))

    assert names(tmp_path) == ["news.txt"]
    assert set(reasons(tmp_path)) == about
    assert reasons(tmp_path)["digest.toml"].startswith("配置文件")


def test_a_file_named_by_the_user_is_read_whatever_its_name(tmp_path: Path) -> None:
    """README.md as an argument is what the user wants."""
    make(tmp_path, "README.md")

    assert [type(found) for found in walk([tmp_path / "README.md"], Limits())] == [Found]


def test_symbolic_links_are_not_followed(tmp_path: Path) -> None:
    """A link out of the folder is never read, and the reason says where it leads."""
    make(tmp_path, "in/a.txt", "out/secret.txt")
    root = tmp_path / "in"
    (root / "link.txt").symlink_to(tmp_path / "out/secret.txt")
    (root / "folder").symlink_to(tmp_path / "out")
    (root / "loop").symlink_to(root)
    (root / "dead").symlink_to(tmp_path / "nowhere")

    assert names(root) == ["a.txt"]
    assert "link out of the folder" in reasons(root)["link.txt"]
    assert set(reasons(root)) == {"link.txt", "folder", "loop", "dead"}


def test_special_files_are_skipped_without_waiting(tmp_path: Path) -> None:
    """A FIFO has no end and a socket no bytes; neither is opened."""
    os.mkfifo(tmp_path / "pipe")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(os.path.relpath(tmp_path / "socket"))
        found = reasons(tmp_path)

    assert "named pipe" in found["pipe"]
    assert "socket" in found["socket"]
    with pytest.raises(ReadError, match="named pipe"):
        read_file(tmp_path / "pipe", "pipe", Limits())
    assert "device" in next(iter(walk(["/dev/null"], Limits()))).reason  # type: ignore[union-attr]


def test_a_file_above_the_limit_is_refused_before_it_is_read(tmp_path: Path) -> None:
    """The limit is named in the message; a sparse file of 1 TB costs nothing."""
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(1 << 40)

    with pytest.raises(LimitError, match="file_bytes"):
        read_file(path, "huge.txt", Limits())


def test_depth_and_number_of_files_are_limited(tmp_path: Path) -> None:
    """Both limits are named, and what came before them is read."""
    make(tmp_path, "1.txt", "2.txt", "3.txt", "a/b/c/deep.txt")

    assert names(tmp_path, Limits(path_depth=2)) == ["1.txt", "2.txt", "3.txt"]
    assert "path_depth" in reasons(tmp_path, Limits(path_depth=2))["a/b"]
    assert len(names(tmp_path, Limits(files=2))) == 2
    assert any("limit files" in reason for reason in reasons(tmp_path, Limits(files=2)).values())


def test_what_is_not_there_or_empty_is_accounted_for(tmp_path: Path) -> None:
    """A missing path and an empty folder each give one reason."""
    assert len(list(walk([tmp_path / "nothing", "bad\0name"], Limits()))) == 2
    assert "no file to read" in next(iter(walk([tmp_path], Limits()))).reason  # type: ignore[union-attr]


def test_a_name_that_is_no_utf8_is_shown_safely(tmp_path: Path) -> None:
    """Names are text that can be printed: bytes, controls and overrides are escaped."""
    (tmp_path / os.fsdecode(b"\xc7\xe0.txt")).write_text("文", encoding="utf-8")
    (tmp_path / "a\nb\u202e.txt").write_text("文", encoding="utf-8")

    assert names(tmp_path) == ["a\\nb\\u202e.txt", "\\xc7\\xe0.txt"]
    assert safe_name(os.fsdecode(b"\xff")) == "\\xff"


def test_a_file_reached_twice_is_read_once(tmp_path: Path) -> None:
    """A folder and a file in it name the file only once."""
    make(tmp_path, "a.txt")

    assert len(list(walk([tmp_path, tmp_path / "a.txt", tmp_path], Limits()))) == 1


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file_is_named(tmp_path: Path) -> None:
    """No permission is a reason, not a crash."""
    make(tmp_path, "a.txt")
    (tmp_path / "a.txt").chmod(0)

    with pytest.raises(ReadError, match=r"a\.txt"):
        read_file(tmp_path / "a.txt", "a.txt", Limits())
