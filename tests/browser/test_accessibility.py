"""axe-core finds nothing to complain about, whatever the theme, the colours and the window."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.conftest import SCREENS, Open

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="session")
def axe() -> Any:
    return pytest.importorskip(
        "axe_playwright_python.sync_playwright", reason="needs the extra browser"
    ).Axe()


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1280, "light")])
@pytest.mark.parametrize("theme", SCREENS)
def test_axe_finds_no_violation(open_issue: Open, axe: Any, theme: str, width: int, scheme: str) -> None:
    """Everything unfolded, no rule of WCAG 2.2 AA or of good practice is broken."""
    for kind in ("short", "full"):
        assert violations(open_issue, axe, f"{theme}-{kind}", width, scheme) == []


def violations(open_issue: Open, axe: Any, issue: str, width: int, scheme: str) -> list[Any]:
    """The rules that an issue breaks, with some of the elements that break them."""
    page = open_issue(issue, width=width, color_scheme=scheme)
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    found = axe.run(page, options={"runOnly": {"type": "tag", "values": RULES}}).response["violations"]

    return [(rule["id"], [node["html"][:120] for node in rule["nodes"][:3]]) for rule in found]
