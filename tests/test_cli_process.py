"""The program as its users start it: encodings, pipes, terminals, time."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.news import ROWS, jsonl

HEAVY = {"numpy", "lxml", "jinja2", "weasyprint", "pypdfium2", "rich", "rjieba", "networkx"}
DIGEST = [sys.executable, "-m", "digest"]


def _environment(**more: str) -> dict[str, str]:
    kept = ("PATH", "HOME", "DIGEST_EVAL", "VIRTUAL_ENV", "PYTHONPATH")
    return {name: os.environ[name] for name in kept if name in os.environ} | more


def test_help_is_quick() -> None:
    """--help needs none of the heavy libraries."""
    code = (
        "import sys; from digest.cli import run; run(['--help']);"
        f"sys.exit(','.join({HEAVY} & set(sys.modules)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, env=_environment())

    assert done.stderr == b""
    assert done.returncode == 0


@pytest.mark.parametrize(
    "locale",
    [
        {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
        {"LANG": "C"},
        {"PYTHONIOENCODING": "gb18030"},
    ],
    ids=str,
)
def test_output_is_utf8_whatever_the_locale(locale: dict[str, str]) -> None:
    """Data and messages are UTF-8 also where the locale says otherwise."""
    done = subprocess.run(
        [*DIGEST, "summarize", "--jsonl", "-", "nowhere.txt"],
        input=jsonl(ROWS[:1]),
        capture_output=True,
        check=False,
        env=_environment(**locale),
    )

    assert json.loads(done.stdout.decode("utf-8"))["id"] == "a1"
    assert "跳过" in done.stderr.decode("utf-8")


def test_a_reader_that_leaves_is_no_error() -> None:
    """A closed pipe ends the program without a word."""
    process = subprocess.Popen(
        [*DIGEST, "summarize", "--jsonl", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=_environment(),
    )
    assert process.stdin
    assert process.stdout
    assert process.stderr
    process.stdout.close()
    process.stdin.write(jsonl(ROWS))
    process.stdin.close()
    err = process.stderr.read()
    process.stderr.close()

    assert process.wait() == 141
    assert err == b""


def test_rows_are_answered_as_they_come() -> None:
    """summarize answers a row before the next one is there."""
    with subprocess.Popen(
        [*DIGEST, "summarize", "--jsonl", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=_environment(),
    ) as process:
        assert process.stdin
        assert process.stdout
        for row in ROWS[:2]:
            process.stdin.write(jsonl([row]))
            process.stdin.flush()

            assert json.loads(process.stdout.readline())["id"] == row["id"]
        process.stdin.close()


def test_progress_is_shown_on_a_terminal_only(tmp_path: Path) -> None:
    """A bar is drawn where standard error is a terminal, and nothing where it is not."""
    (tmp_path / "rows.jsonl").write_bytes(jsonl(ROWS))
    command = [*DIGEST, "analyze", "--jsonl", str(tmp_path / "rows.jsonl")]
    piped = subprocess.run(command, capture_output=True, check=False, env=_environment())
    master, slave = pty.openpty()
    on_terminal = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=slave, env=_environment(TERM="xterm", COLUMNS="80")
    )
    assert on_terminal.stdout
    data = on_terminal.stdout.read()
    on_terminal.stdout.close()
    on_terminal.wait()
    os.set_blocking(master, False)
    drawn = os.read(master, 65536)
    os.close(master)
    os.close(slave)

    assert piped.stderr == b""
    assert "分析" in drawn.decode("utf-8", "replace")
    assert data == piped.stdout


def test_a_file_name_that_is_no_utf8_is_shown_safely(tmp_path: Path) -> None:
    """Bytes of a name that decode to nothing are replaced in messages and in data."""
    try:
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.jsonl")).write_bytes(jsonl(ROWS[:1]))
    except OSError:
        pytest.skip("this file system takes no such name")
    done = subprocess.run([*DIGEST, "read", "--json", str(tmp_path)], capture_output=True, check=False)

    done.stdout.decode("utf-8")
    done.stderr.decode("utf-8")


def test_an_interrupt_is_one_line() -> None:
    """Ctrl-C ends with 130 and without a traceback."""
    process = subprocess.Popen(
        [*DIGEST, "summarize", "--jsonl", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=_environment(),
        # a job in the background of a script inherits that interrupts are ignored
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    assert process.stdin
    assert process.stdout
    assert process.stderr
    process.stdin.write(jsonl(ROWS[:1]))
    process.stdin.flush()
    process.stdout.readline()
    process.send_signal(signal.SIGINT)
    time.sleep(0.2)
    out, err = process.communicate(timeout=20)

    assert process.returncode == 130
    assert len(err.split(b"\n")) <= 3  # the terminal shows ^C on the line that is open
    assert b"interrupted" in err
    assert out == b""
