"""The A4 briefing: bookmarks, contents, the limits of its child process, and what may be fetched."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from digest.config import RenderConfig
from digest.errors import FontError, RenderError
from digest.model import Issue
from digest.render import FORMATS, HTML_NAME, JSON_NAME, PDF_NAME, Renditions, render
from digest.render.fonts import Font, Inventory
from digest.render.pdf import print_html, set_pdf
from digest.render.present import present
from digest.render.themes import find_theme
from digest.render.typeset import THEME_URL, theme_file
from tests.render.pages import lines_of
from tests.render.sample import STORIES, make_issue, with_lead


def small_issue() -> Issue:
    issue = make_issue()
    return replace(issue, sections=issue.sections[4:5])


def test_issue_has_its_files(rendered: Renditions) -> None:
    """HTML, PDF, JSON and the further formats are made, and nothing failed."""
    assert [file.name for file in rendered] == [HTML_NAME, PDF_NAME, JSON_NAME, *FORMATS.values()]
    assert rendered.failures == ()


def test_bookmarks_are_the_sections_and_stories(pdf: bytes) -> None:
    """The outline holds every section and below it every story, in the order of the issue."""
    document = pdfium.PdfDocument(pdf)
    outline = [(mark.level, mark.get_title()) for mark in document.get_toc()]
    document.close()

    view = present(make_issue())
    wanted = []
    for section in view.sections:
        wanted.append((0, section.label + section.title))
        wanted += [(1, f"{story.number}. {story.headline}") for story in section.stories]
    assert outline == [*wanted, (0, "附：本期一览"), (0, "附：收稿与未收材料")]


def test_contents_give_the_right_pages(pdf: bytes) -> None:
    """The page that the contents name is the one that the story's headline stands on."""
    lines = lines_of(pdf)
    for number, (_, _, headline, _, _) in enumerate(STORIES, 1):
        if not headline:
            continue
        words = "".join(headline.split())
        found = re.compile(rf"{number}\.{re.escape(words)}·+([0-9]+)$", re.M)
        entry = found.search("\n".join(line.text for line in lines))
        page = next(line.page for line in lines if line.text and f"{number}.{words}".startswith(line.text))
        assert entry is not None
        assert int(entry[1]) == page + 1


def test_box_as_wide_as_its_text_does_not_break_it() -> None:
    """Text whose box is shrunk to fit stays on one line, whatever meets at its edges."""
    texts = ("我市科技型企业达1155家", "A股", "5G", "3月18日", "“说”，“做”", "（“何以中国”）")
    boxes = "".join(f'<p>1. <span style="display: inline-block">{text}</span> 下半句</p>' for text in texts)
    view, theme = present(small_issue()), find_theme("default")

    lines = lines_of(set_pdf(f'<html lang="zh-Hans"><body>{boxes}', view, theme, RenderConfig()))
    assert [line.text for line in lines] == [f"1.{text}下半句" for text in texts]


def test_pages_are_numbered_as_documents_are(pdf: bytes) -> None:
    """Page numbers are written — 1 —, on the right of odd pages and on the left of even ones."""
    numbers = [line for line in lines_of(pdf) if re.fullmatch("—[0-9]+—", line.text)]

    assert [line.text for line in numbers] == [f"—{line.page + 1}—" for line in numbers]
    assert all((line.left > 300) == (line.page % 2 == 0) for line in numbers)


def test_no_heading_is_the_last_thing_on_a_page(pdf: bytes) -> None:
    """Below every heading there are at least two lines of its story on the same page."""
    lines = [line for line in lines_of(pdf) if not re.fullmatch("—[0-9]+—|.*···[0-9]+", line.text)]
    last = [[line.text for line in lines if line.page == page][-2:] for page in range(lines[-1].page + 1)]

    headings = re.compile(r"[一二三四五六]、|（[一二三四五六七]）..|[0-9]+\.")
    assert [texts for texts in last if any(headings.match(text) for text in texts)] == []


def test_same_issue_gives_the_same_bytes() -> None:
    """Nothing of the clock or of the run is in a PDF."""
    config = RenderConfig()

    assert render(small_issue(), config) == render(small_issue(), config)


def test_pdf_that_takes_too_long_is_a_failure_and_the_rest_is_made() -> None:
    """Past the limit of time the PDF is given up; HTML and JSON are there and the limit is named."""
    made = render(make_issue(), RenderConfig(pdf_seconds=0))

    assert [file.name for file in made] == [HTML_NAME, JSON_NAME, *FORMATS.values()]
    (failure,) = made.failures
    assert "pdf_seconds = 0" in str(failure)
    assert failure.exit_code == RenderError.exit_code


def test_pdf_that_takes_too_much_memory_is_a_failure() -> None:
    """Past the limit of memory the PDF is given up, and the limit is named."""
    made = render(small_issue(), RenderConfig(pdf_memory_mb=128))

    (failure,) = made.failures
    assert "pdf_memory_mb = 128" in str(failure)
    assert "\n" not in str(failure)


def test_issue_without_pdf_needs_no_font() -> None:
    """Where no PDF is asked for none is made."""
    made = render(with_lead(small_issue(), title="ꓘ\ue000"), RenderConfig(pdf=False))

    assert [file.name for file in made] == [HTML_NAME, JSON_NAME, *FORMATS.values()]


def test_missing_glyph_stops_the_issue() -> None:
    """A character that no font has is an error before anything is published."""
    lacking = Inventory((Font(("Noto Serif CJK SC",), lambda c: c != "隧"),))

    with pytest.raises(FontError, match=r"U\+96A7"):
        print_html(present(make_issue()), find_theme("default"), lacking)


def test_private_characters_are_shown_as_geta() -> None:
    """A character of some maker's own font is 〓 on paper."""
    page = print_html(present(with_lead(make_issue(), title="甲\ue123乙")), find_theme("default"))

    assert "甲〓乙" in page


@pytest.mark.parametrize(
    "words", ["a" * 50_000, "（" * 20_000, "，“" * 20_000, "中" * 100_000, "\u202eb\u0301" * 999]
)
def test_endless_text_does_not_hold_up_the_page(words: str) -> None:
    """Text without a place to break is cut on paper, with a note, and set in no time."""
    page = print_html(present(with_lead(small_issue(), title=words)), find_theme("default"))

    assert len(page) < 20_000
    assert "过长，全文见网页" in page


def test_endless_headline_is_set() -> None:
    """A headline that never ends does not end the PDF."""
    made = render(with_lead(small_issue(), title="a" * 50_000), RenderConfig(pdf_seconds=60))

    assert made.failures == ()


@pytest.mark.parametrize(
    "url",
    [
        "http://169.254.169.254/latest/meta-data",
        "https://example.org/x.css",
        "file:///etc/passwd",
        "data:text/css,p{}",
        "ftp://theme.invalid/print.css",
        "https://theme.invalid.example.org/print.css",
        f"{THEME_URL}../../../../etc/passwd",
        f"{THEME_URL}%2e%2e/%2e%2e/default2/x",
        f"{THEME_URL}/etc/passwd",
        f"{THEME_URL}print.css%00",
        THEME_URL,
    ],
)
def test_only_files_of_the_theme_are_fetched(url: str) -> None:
    """Network, file system and everything outside of the theme's folders are out of reach."""
    assert theme_file(url, list(find_theme("default").folders)) is None


def test_files_of_the_theme_are_found(tmp_path: Path) -> None:
    """A relative URL in a theme means its own file, its query left aside."""
    (tmp_path / "报头.svg").write_text("<svg/>", encoding="utf-8")

    assert theme_file(f"{THEME_URL}%E6%8A%A5%E5%A4%B4.svg?v=1", [tmp_path]) == tmp_path / "报头.svg"


def test_theme_that_reaches_out_gets_nothing(tmp_path: Path) -> None:
    """A theme's print template that asks for foreign files is set without them."""
    template = """{% extends "jianbao/print.html.j2" %}{% block styles %}
<link rel="stylesheet" href="file:///etc/passwd"><link rel="attachment" href="file:///etc/passwd">
<style>@import url(http://127.0.0.1:9/x.css); body { background: url(file:///etc/hostname) }</style>
{% endblock %}"""
    (tmp_path / "print.html.j2").write_text(template, encoding="utf-8")
    made = render(small_issue(), RenderConfig(theme=str(tmp_path)))

    assert made.failures == ()
    assert b"/EmbeddedFile" not in made[1].data
