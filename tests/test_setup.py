"""script/setup on systems that lack things, played with programs that only note how they were called."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
NOTE = '#!/bin/bash\necho "${0##*/} $*" >>"$CALLS"\n'
PYTHON = """
case "$1" in
    -c) [ -z "$NO_PYTHON" ] || exit 1 ;;
    --version) echo Python 3.13.0 ;;
    -m) [ "$2" != venv ] || { mkdir -p .venv/bin; cp "$0" .venv/bin/python; cp "$0" .venv/bin/digest; } ;;
esac
"""
PROGRAMS = {
    "uname": '[ "$1" = -s ] && echo "$SYSTEM"',
    "id": 'echo "$USER_ID"',
    "dpkg-query": '[[ " $INSTALLED " != *" ${*: -1} "* ]] || echo -n installed',
    "apt-get": '[[ "$*" != *install* ]] || [ -z "$APT_FAILS" ]',
    "sudo": '[ "$1" != -n ] || shift\n"$@"',
    "brew": '[ "$1" != list ]',
    "python3.13": PYTHON,
    "python3.12": "exit 1",
    "python3.11": "exit 1",
    "python3": "exit 1",
}
LIBRARIES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-cjk"
CORE = ("bash", "cksum", "dirname", "cat", "rm", "mkdir", "cp", "env", "tee")


class System:
    """A system with the programs of PROGRAMS and a copy of the project's script."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._calls = folder / "calls"
        programs = folder / "programs"
        programs.mkdir()
        for name, body in PROGRAMS.items():
            (programs / name).write_text(NOTE + body + "\n")
            (programs / name).chmod(0o755)
        for name in CORE:
            found = shutil.which(name)
            assert found
            (programs / name).symlink_to(found)
        (folder / "project" / "script").mkdir(parents=True)
        shutil.copy(ROOT / "script" / "setup", folder / "project" / "script")
        (folder / "project" / "pyproject.toml").write_text("[project]\n")
        self._base = {"PATH": str(programs), "CALLS": str(self._calls), "SYSTEM": "Linux", "USER_ID": "0"}

    def setup(self, *arguments: str, **environment: str) -> tuple[int, list[str], str]:
        """Run script/setup; its exit code, the calls of programs that change something, what it said."""
        self._calls.write_text("")
        done = subprocess.run(
            [self.folder / "project" / "script" / "setup", *arguments],
            env=self._base | environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        calls = self._calls.read_text().splitlines()
        changing = [
            call
            for call in calls
            if call.split()[0] not in {"uname", "id", "dpkg-query"}
            and not any(word in call for word in (" -c ", " list ", "--version"))
        ]
        return done.returncode, changing, done.stderr


@pytest.fixture
def system(tmp_path: Path) -> System:
    if os.name != "posix":
        pytest.skip("a shell script")
    return System(tmp_path)


def test_what_is_missing_is_installed(system: System) -> None:
    """On Debian the libraries and the font that are missing are installed with one call."""
    code, calls, _ = system.setup(INSTALLED="libpango-1.0-0 libpangoft2-1.0-0")
    installing = [call for call in calls if call.startswith("apt-get")]

    assert code == 0
    assert len(installing) == 1
    assert installing[0].endswith("install libharfbuzz-subset0 fonts-noto-cjk")


def test_where_nothing_is_missing_nothing_is_installed(system: System) -> None:
    """No package manager is called, and the project goes into a virtual environment with its tools."""
    code, calls, _ = system.setup(INSTALLED=LIBRARIES)

    assert code == 0
    assert calls[0] == "python3.13 -m venv --clear .venv"
    assert calls[1].startswith("python -m pip install")
    assert calls[1].endswith("--editable .[dev]")


def test_the_second_time_nothing_is_done(system: System) -> None:
    """A second run calls nothing; a changed pyproject.toml makes it work again."""
    system.setup(INSTALLED=LIBRARIES)

    assert system.setup(INSTALLED="") == (0, [], "")
    (system.folder / "project" / "pyproject.toml").write_text("[project]\nname = 'x'\n")
    assert system.setup(INSTALLED=LIBRARIES)[1] != []


def test_tests_get_a_browser_and_nobody_else(system: System) -> None:
    """For the tests Chromium and its driver are added to the environment that is there."""
    system.setup(INSTALLED=LIBRARIES)
    _, calls, _ = system.setup("tests", INSTALLED=LIBRARIES)

    assert [call.split()[-1] for call in calls] == ["chromium", ".[dev,browser]"]
    assert system.setup("tests", INSTALLED="") == (0, [], "")
    assert system.setup(INSTALLED="") == (0, [], "")


def test_the_lists_are_fetched_only_where_needed(system: System) -> None:
    """apt-get update runs after an installation that failed, and then every package is tried by itself."""
    code, calls, _ = system.setup(INSTALLED="libpango-1.0-0 libpangoft2-1.0-0", APT_FAILS="yes")
    kinds = [
        "update" if "update" in call else call.split()[-1] for call in calls if call.startswith("apt-get")
    ]

    assert code == 0
    assert kinds == ["fonts-noto-cjk", "update", "libharfbuzz-subset0", "fonts-noto-cjk"]


def test_sudo_is_used_where_the_user_is_not_root(system: System) -> None:
    """Without a terminal sudo must not ask for a password."""
    _, calls, _ = system.setup(INSTALLED="", USER_ID="1000")

    assert calls[0].startswith("sudo -n env DEBIAN_FRONTEND=noninteractive apt-get")


def test_no_python_is_said(system: System) -> None:
    """Where no Python can make an environment it is asked for, and the code is 3."""
    code, calls, said = system.setup(INSTALLED=LIBRARIES, NO_PYTHON="yes")

    assert code == 3
    assert calls[0].endswith("install python3 python3-venv")
    assert "Python 3.11" in said


def test_homebrew_installs_on_macos(system: System) -> None:
    """On macOS Pango and the fonts come from Homebrew."""
    code, calls, _ = system.setup(SYSTEM="Darwin")

    assert code == 0
    assert calls[:3] == [
        "brew install --quiet pango",
        "brew install --quiet --cask font-noto-sans-cjk-sc",
        "brew install --quiet --cask font-noto-serif-cjk-sc",
    ]
