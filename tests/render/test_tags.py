"""What a screen reader and an archive find in a PDF: structure, links, tables, languages, fonts."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import pytest

from digest.config import RenderConfig
from digest.render.pdf import VARIANTS, print_html, set_pdf
from digest.render.present import present
from digest.render.themes import find_theme
from tests.render.pages import unpacked
from tests.render.sample import make_issue

ARCHIVES = [variant for variant in VARIANTS if variant.startswith("pdf/a")]


def pdf_of(theme: str, variant: str = "pdf/ua-1") -> bytes:
    view, chosen = present(make_issue()), find_theme(theme)
    return set_pdf(print_html(view, chosen), view, chosen, RenderConfig(pdf_variant=variant))


@pytest.fixture(scope="module")
def parts(pdf: bytes) -> bytes:
    return unpacked(pdf)


def test_document_says_what_it_is(parts: bytes) -> None:
    """PDF/UA is claimed, the document is marked, has a language, and its title is shown."""
    for wanted in (
        b'pdfuaid:part="1"',
        b"/MarkInfo",
        b"/Marked true",
        b"/Lang (zh-Hans)",
        b"/DisplayDocTitle true",
    ):
        assert wanted in parts


def test_running_heads_are_no_text(parts: bytes) -> None:
    """What stands in the margins of a page is an artifact of the pages, and no element of the structure."""
    n_pages = len(re.findall(rb"/Type /Page\b", parts))

    assert n_pages > 5
    assert len(re.findall(rb"/Artifact\s+<</Type /Pagination>>\s+BDC", parts)) > n_pages


def test_every_link_says_where_it_leads(parts: bytes) -> None:
    """A link is printed, lies in a Link element, and is described by its words, not by an anchor."""
    links = re.findall(rb"/Type /Annot/Subtype /Link[^\n]*", parts)
    linked = [link for link in links if b"/StructParent" in link]
    n_on_pages = sum(len(found.split(b"R")) - 1 for found in re.findall(rb"/Annots \[([^\]]*)\]", parts))

    assert len(linked) == n_on_pages > 20
    assert [
        link for link in linked if re.search(rb"/Contents \([rs][0-9]", link) or b"/F 4" not in link
    ] == []


def test_header_cells_say_what_they_head(parts: bytes) -> None:
    """Every header cell of the tables is one of a row or of a column."""
    n_cells = len(re.findall(rb"/S /TH\b", parts))

    assert n_cells > 10
    assert parts.count(b"/Scope /Row") + parts.count(b"/Scope /Column") == n_cells


def test_traditional_story_is_marked_as_such(parts: bytes) -> None:
    """The structure names the language where it is not that of the document."""
    assert b"/Lang (zh-Hant)" in parts


@pytest.mark.parametrize("theme", ["jianbao", "newspaper", "plain"])
def test_a_checker_of_pdf_ua_finds_no_error(theme: str, tmp_path: Path) -> None:
    """Of the machine-checkable rules of PDF/UA-1 and WCAG that outloud knows none is broken."""
    if find_spec("outloud") is None:
        pytest.skip("needs the extra browser")
    path, report = tmp_path / "digest.pdf", tmp_path / "report.json"
    path.write_bytes(pdf_of(theme))
    program = "from outloud.cli import main; main()"
    command = [sys.executable, "-W", "ignore", "-c", program, "--json", str(report), "-q", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert done.returncode == 0, json.dumps(json.loads(report.read_text("utf-8")), ensure_ascii=False)[:2000]


@pytest.mark.parametrize("variant", ARCHIVES)
def test_archive_holds_all_that_it_needs(variant: str) -> None:
    """A PDF/A names part and level, brings colours and all fonts, prints annotations and has an id."""
    part, level = variant[-2:]
    view, theme = present(make_issue()), find_theme("jianbao")
    view = replace(view, sections=view.sections[:1])
    made = set_pdf(print_html(view, theme), view, theme, RenderConfig(pdf_variant=variant))
    parts = unpacked(made)

    assert f'pdfaid:part="{part}"'.encode() in parts
    assert f'pdfaid:conformance="{level.upper()}"'.encode() in parts
    assert b"/OutputIntents" in parts
    assert b"/S /GTS_PDFA1" in parts
    n_fonts = parts.count(b"/Type /FontDescriptor")
    assert n_fonts > 2
    assert parts.count(b"/FontFile") == n_fonts
    assert parts.count(b"/Subtype /Link") == parts.count(b"/F 4")
    assert re.search(rb"/ID ?\[", made)
    assert not re.search(rb"/(Encrypt|JavaScript|Launch|EmbeddedFiles|Movie|Sound)\b", parts)
