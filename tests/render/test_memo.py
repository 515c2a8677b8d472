"""What is worked out once gives the pages that WeasyPrint gives, to the last byte."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from digest.render import patch
from digest.render.pdf import print_html
from digest.render.present import present
from digest.render.themes import find_theme
from digest.render.typeset import Job
from tests.render.pages import lines_of
from tests.render.sample import make_issue

EVERYTHING = Path(__file__).parent / "memo" / "everything.html"
# Sets the jobs one after another with all of the replaced functions but those named.
CHILD = """
import importlib, json, sys
from pathlib import Path
for name in sys.argv[1:]:
    importlib.import_module(f"digest.render.{name}").install = lambda: None
from digest.render.typeset import Job, typeset
print(json.dumps([typeset(Job(**job)).hex() for job in json.loads(sys.stdin.read())]))
"""


def set_without(names: list[str], jobs: list[Job]) -> list[bytes]:
    child = [sys.executable, "-W", "ignore", "-c", CHILD, *names]
    rows = [json.loads(job.to_json()) for job in jobs]
    environment = os.environ | {"PYTHONHASHSEED": "0"}
    done = subprocess.run(
        child, input=json.dumps(rows), capture_output=True, text=True, check=True, env=environment
    )
    return [bytes.fromhex(pdf) for pdf in json.loads(done.stdout.splitlines()[-1])]


def job_of(html: str, theme: str = "default", variant: str = "") -> Job:
    folders = tuple(str(folder) for folder in find_theme(theme).folders)
    return Job(html, folders, "0" * 32, variant, seconds=100, memory_mb=4000)


def test_pages_are_the_same_to_the_last_byte() -> None:
    """An issue in two themes and a page of all kinds of boxes are as WeasyPrint makes them."""
    view = present(make_issue())
    jobs = [
        job_of(EVERYTHING.read_text("utf-8")),
        job_of(print_html(view, find_theme("jianbao")), "jianbao", "pdf/ua-1"),
        job_of(print_html(view, find_theme("newspaper")), "newspaper"),
    ]

    assert set_without(["leader"], jobs) == set_without(["leader", "memo"], jobs)


def test_dots_of_the_contents_stand_where_they_stood() -> None:
    """A leader drawn as one text has the dots of one drawn dot by dot, and the page number behind it."""
    jobs = [job_of(print_html(present(make_issue()), find_theme("jianbao")))]
    ((one,), (single,)) = set_without([], jobs), set_without(["leader"], jobs)

    def places(pdf: bytes) -> list[tuple[int, int, int, str]]:
        return [(line.page, round(line.left), round(line.right), line.text) for line in lines_of(pdf)]

    assert any("·····" in text for *_, text in places(one))
    assert places(one) == places(single)


def test_another_version_of_weasyprint_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Private functions are replaced only in the version that the tests were made for."""
    monkeypatch.setattr(patch.weasyprint, "__version__", "71.0")

    with pytest.raises(RuntimeError, match=r"70\.x, not for 71\.0"):
        patch.require_version()
