"""One Chromium for all browser tests, and the sample issue as files that it opens from the disk."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from digest.render.html import render_html
from digest.render.present import present
from digest.render.themes import find_theme
from tests.render.sample import HISTORY, make_issue
from tests.render.test_html import issue_with

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
OPTIONS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-dev-shm-usage")
SCREENS = ("web", "newspaper", "plain")  # themes that have a screen of their own
Open = Callable[..., Any]


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """A headless Chromium; tests skip where there is none."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="needs the extra browser")
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        pytest.skip("needs Chromium")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=list(OPTIONS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def issues(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The sample issue as every theme shows it on the screen, and as THEME-short three of its
    sections, and as THEME-full a story that has everything a story can have."""
    folder = tmp_path_factory.mktemp("issues")
    issue = make_issue()
    short = replace(issue, sections=(issue.sections[0], *issue.sections[4:]), history=HISTORY)
    for name, one in (("", issue), ("-short", short), ("-full", issue_with("平常的字"))):
        for theme in SCREENS:
            (folder / f"{theme}{name}.html").write_bytes(render_html(present(one), find_theme(theme)))
    return {path.stem: path for path in folder.iterdir()}


@pytest.fixture
def open_issue(browser: Any, issues: dict[str, Path]) -> Iterator[Open]:
    """``open_issue(theme, width=…, **context)``: a page that shows the issue, and that fails the test on any
    error, on any request but its own, and on anything that its policy forbids."""
    contexts, troubles = [], []

    def opened(theme: str = "web", *, width: int = 1280, at: str = "", **more: Any) -> Any:
        context = browser.new_context(viewport={"width": width, "height": 800}, **more)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(5000)
        url = issues[theme].as_uri()
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("console", lambda said: troubles.append(said.text) if said.type == "error" else None)
        page.on(
            "request",
            lambda asked: troubles.append(asked.url) if asked.url.partition("#")[0] != url else None,
        )
        page.goto(url + at)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert troubles == []
