"""digest serve as a process: it shows an issue, builds it anew, and ends when it is interrupted."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

NEWS = (
    "我市春耕进展顺利，农技人员到田间指导。今年全市计划播种面积三百万亩，比去年增加五万亩。"
    "各县区组织了一千支服务队下乡，为农户检修农机两万台，送去良种三千吨。"
)


@pytest.fixture
def serving(tmp_path: Path) -> Iterator[tuple[Path, str, subprocess.Popen[str]]]:
    """A folder with an input and a theme, the address that it is shown at, and the process."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.md").write_text(f"---\ntitle: 春耕进展顺利\n---\n{NEWS}\n", encoding="utf-8")
    (tmp_path / "theme").mkdir()
    (tmp_path / "theme" / "colours.css").write_text(":root { --red: #111111; }", encoding="utf-8")
    command = [sys.executable, "-m", "digest", "serve", "in", "-o", "out", "--port", "0", "--no-pdf"]
    process = subprocess.Popen(
        [*command, "--date", "2026-03-18", "--theme", "theme"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parent.parent), "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        # what a shell starts in the background ignores an interrupt, and so would its children
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
        text=True,
    )
    assert process.stdout is not None
    yield tmp_path, process.stdout.readline().strip(), process
    process.kill()
    process.communicate()


def page(address: str) -> str:
    with urllib.request.urlopen(f"{address}2026-03-18/", timeout=20) as answer:
        text: str = answer.read().decode()
        return text


def said(process: subprocess.Popen[str], words: str) -> str:
    """The next line on standard error with `words` in it; waits for it."""
    assert process.stderr is not None
    return next(line for line in process.stderr if words in line)


def test_issue_is_built_anew_when_something_changes(
    serving: tuple[Path, str, subprocess.Popen[str]],
) -> None:
    """A changed template and a changed input are seen after a moment; a broken one leaves the last issue."""
    folder, address, process = serving
    assert address.startswith("http://127.0.0.1:")
    assert "--red: #111111" in page(address)
    assert "1 条" in said(process, "条 stories")

    (folder / "theme" / "colours.css").write_text(":root { --red: #222222; }", encoding="utf-8")
    assert "colours.css" in said(process, "有改动")
    assert "1 条" in said(process, "条 stories")
    assert "--red: #222222" in page(address)

    (folder / "theme" / "issue.html.j2").write_text("{{ issue.nmae }}", encoding="utf-8")
    assert "nmae" in said(process, "digest: ")
    assert "--red: #222222" in page(address)

    process.send_signal(signal.SIGINT)
    assert process.wait(20) == 130


def test_port_that_is_taken_is_said(serving: tuple[Path, str, subprocess.Popen[str]]) -> None:
    """A second program on the same port ends with one line."""
    folder, address, _ = serving
    port = address.rstrip("/").rpartition(":")[2]
    done = subprocess.run(
        [sys.executable, "-m", "digest", "serve", "-o", "out", "--port", port],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parent.parent)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert done.returncode == 6
    assert f"127.0.0.1:{port}" in done.stderr
