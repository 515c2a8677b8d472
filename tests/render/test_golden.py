"""What every theme makes of the sample issue, as files to look at: `tests/golden/themes/THEME/`.

`DIGEST_BLESS=1 script/test tests/render/test_golden.py` writes them anew; look at the difference before you
commit it.
"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from digest.render.fonts import Font, Inventory
from digest.render.html import render_html
from digest.render.pdf import print_html
from digest.render.present import present
from digest.render.text import render_text
from digest.render.themes import THEMES, find_theme
from tests.render.sample import HISTORY, make_issue

GOLDEN = Path(__file__).parent.parent / "golden" / "themes"
# The files that a theme has templates of its own for; the newspaper's screen differs from that of web in
# nothing but its styles.
FILES = (
    ("web", "index.html"),
    ("jianbao", "print.html"),
    ("newspaper", "print.html"),
    *(("plain", file) for file in ("index.html", "print.html", "digest.md", "digest.txt")),
)
ALL_FONTS = Inventory(
    (Font(("Noto Serif CJK SC",), lambda _: True),)
)  # what is installed here changes nothing


def made_by(theme_name: str, file: str) -> str:
    """The file without what stands in files of its own: styles, scripts and their hashes."""
    issue = make_issue()
    # Two sections show every kind of part that there is.
    view = present(replace(issue, sections=(issue.sections[0], *issue.sections[4:]), history=HISTORY))
    theme = find_theme(theme_name)
    if file == "index.html":
        return without_styles(render_html(view, theme).decode("utf-8"))
    if file == "print.html":
        return without_styles(print_html(view, theme, ALL_FONTS))
    return render_text(view, theme, file.rpartition(".")[2]).decode("utf-8")


def without_styles(page: str) -> str:
    for name in ("style", "script"):
        before, *rest = page.split(f"<{name}>")
        page = before + "".join(f"<{name}>…{part[part.index(f'</{name}>') :]}" for part in rest)
    before, found, after = page.partition("script-src 'sha256-")
    return before + found + "…" + after[after.index("'") :] if found else page


@pytest.mark.parametrize(("theme", "file"), FILES)
def test_theme_makes_what_is_kept(theme: str, file: str) -> None:
    """A theme renders the sample issue as its golden file has it."""
    made = made_by(theme, file)
    path = GOLDEN / theme / file
    if os.environ.get("DIGEST_BLESS"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(made, encoding="utf-8")

    assert made == path.read_text(encoding="utf-8")


def test_every_theme_is_kept() -> None:
    """A theme that is added has a golden file."""
    assert {theme for theme, _ in FILES} == set(THEMES)
