"""What has changed of the files that an issue is made from."""

from __future__ import annotations

import os
from pathlib import Path

from digest.serve.watch import changed, changes, snapshot


def test_new_changed_and_removed_files_are_named(tmp_path: Path) -> None:
    """A file that came, one that went and one that is another are changes; all else is none."""
    for name in ("a", "b", "c"):
        (tmp_path / name).write_text(name)
    before = snapshot([tmp_path])
    assert changed(before, snapshot([tmp_path])) == []

    (tmp_path / "a").write_text("longer")
    (tmp_path / "b").unlink()
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "d").write_text("d")
    os.utime(tmp_path / "c", ns=(1, 1))
    names = changed(before, snapshot([tmp_path]))
    assert [Path(name).relative_to(tmp_path).as_posix() for name in names] == ["a", "b", "c", "sub/d"]


def test_hidden_files_and_links_to_folders_are_left_out(tmp_path: Path) -> None:
    """An editor's own files are no change, and a link to a folder above does not lead round in circles."""
    (tmp_path / ".a.swp").write_text("x")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "up").symlink_to(tmp_path)

    assert snapshot([tmp_path]) == {}


def test_what_is_not_there_may_come(tmp_path: Path) -> None:
    """A configuration that is written later is a change."""
    path = tmp_path / "digest.toml"
    before = snapshot([path])
    path.write_text("")

    assert changed(before, snapshot([path])) == [str(path)]


def test_changes_come_one_after_the_other(tmp_path: Path) -> None:
    """Each look is at what changed since the one before; a look without a change gives nothing."""
    path = tmp_path / "a"
    steps = iter(["one", None, "three"])

    def wait() -> None:
        step = next(steps)
        if step:
            path.write_text(step)

    watched = changes(lambda: [tmp_path], wait)
    assert next(watched) == [str(path)]
    assert next(watched) == [str(path)]
    assert list(steps) == []
