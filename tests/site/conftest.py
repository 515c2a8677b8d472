"""An archive of three issues: one for all tests to look at, a copy for each that changes it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.site.archive import Archive, archive


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """Three issues with their site; not to be changed."""
    desk = archive(tmp_path_factory.mktemp("archive"))
    desk.build()
    return desk


@pytest.fixture
def desk(made: Archive, tmp_path: Path) -> Archive:
    """A copy of it that may be changed."""
    shutil.copytree(made.folder, tmp_path / "desk")
    return Archive(tmp_path / "desk")
