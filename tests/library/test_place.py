"""Where the library stands: never where strangers read."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest.errors import ConfigError
from digest.library import Library, library_path


def test_it_stands_beside_the_output_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """out has out.library, whatever way its path is written."""
    monkeypatch.chdir(tmp_path)

    assert library_path(Path("out")) == Path("out.library/digest.sqlite3")
    assert library_path(tmp_path / "out/") == tmp_path / "out.library" / "digest.sqlite3"
    assert library_path(Path()).resolve() == tmp_path.with_name(f"{tmp_path.name}.library") / "digest.sqlite3"


def test_another_folder_can_be_named(tmp_path: Path) -> None:
    """The configured folder holds the library, made or not."""
    path = library_path(tmp_path / "out", str(tmp_path / "archive"))
    Library(path, create=True).close()

    assert path == tmp_path / "archive" / "digest.sqlite3"
    assert library_path(tmp_path / "out", str(tmp_path / "archive")) == path


@pytest.mark.parametrize("inside", ["out", "out/library", "out/../out/x", "link"])
def test_inside_of_the_output_folder_is_refused(tmp_path: Path, inside: str) -> None:
    """The output folder may be served to everyone."""
    (tmp_path / "out" / "real").mkdir(parents=True)
    (tmp_path / "link").symlink_to(tmp_path / "out" / "real")
    with pytest.raises(ConfigError, match=r"library\.path"):
        library_path(tmp_path / "out", str(tmp_path / inside))


def test_a_folder_with_other_things_is_refused(tmp_path: Path) -> None:
    """A folder of newspapers is not made the library's: it would be passed over when sources are read."""
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "page.txt").write_text("x")
    with pytest.raises(ConfigError, match="a folder of its own"):
        library_path(tmp_path / "out", str(tmp_path / "papers"))
