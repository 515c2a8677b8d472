"""The HTML of a mail in a real browser, pictures off: it fits a phone and a desktop, and asks for nothing."""

from __future__ import annotations

import re
import shutil
import subprocess
from html import escape
from pathlib import Path

import pytest

from digest.render.mail import render_mail
from digest.render.present import present
from digest.render.themes import DEFAULT, find_theme
from tests.render.sample import make_issue, with_lead
from tests.render.test_mail import MAIL

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update", "--hide-scrollbars"),
    *("--blink-settings=imagesEnabled=false", "--window-size=1000,1000"),
)
PROBE = """<script>
const body = document.body, cells = [...document.querySelectorAll("td.card")];
const wide = cells.filter(cell => cell.getBoundingClientRect().right > innerWidth + 1).length;
const text = document.querySelector("p.text"), sheet = document.querySelector("table.sheet");
const pre = document.querySelector(".preheader").getBoundingClientRect().height;
const asked = performance.getEntriesByType("resource").length;
parent.document.title = [innerWidth, document.documentElement.scrollWidth, wide, sheet.offsetWidth,
    parseFloat(getComputedStyle(text).fontSize), pre, asked].join(" ");
</script></body>"""


@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")
@pytest.mark.parametrize("width", [320, 800])
def test_a_mail_fits_the_window(width: int, tmp_path: Path) -> None:
    """Nothing sticks out, long words and addresses among it; text is 16 px; no request is made."""
    issue = with_lead(make_issue(), title="一" * 80, subtitle="——A-very-long-English-subtitle " * 4)
    page = tmp_path / "mail.html"
    html = render_mail(present(issue), MAIL, find_theme(DEFAULT)).html
    # A window is at least 500 px wide; a frame can be as narrow as a phone.
    inner_page = escape(html.replace("</body>", PROBE), quote=True)
    frame = f'<iframe style="width:{width}px;height:900px;border:0" srcdoc="{inner_page}"></iframe>'
    page.write_text(f"<!DOCTYPE html><meta charset=utf-8><title></title>{frame}", encoding="utf-8")
    assert CHROMIUM is not None
    done = subprocess.run(
        [CHROMIUM, *FLAGS, f"--user-data-dir={tmp_path / 'profile'}", "--dump-dom", page.as_uri()],
        capture_output=True,
        check=False,
        timeout=120,
    )
    title = re.search(r"<title>([\d. ]+)</title>", done.stdout.decode("utf-8", "replace"))
    assert title, done.stderr.decode("utf-8", "replace")[-2000:]
    inner, scrolled, wide, sheet, size, preheader, asked = map(float, title[1].split())

    assert inner == width
    assert scrolled <= width
    assert (wide, preheader, asked) == (0, 0, 0)
    assert size == 16
    assert sheet == min(width, 640)
