"""PDF files: invented pages made here with WeasyPrint, and files that are none."""

from __future__ import annotations

import io
from functools import lru_cache

import pypdfium2 as pdfium
import pypdfium2.raw as raw
import pytest
from PIL import Image
from weasyprint import HTML

from digest.config import Limits
from digest.errors import MissingDependencyError
from digest.model import Reading
from digest.read import ocr
from digest.read.pdf import read_pdf
from tests.page.press import paragraphs

_STYLE = """
@page { size: 600pt 800pt; margin: 0 }
body { margin: 0; font: 10pt/1.5 "Noto Serif CJK SC" } p { margin: 0; text-indent: 2em }
div { position: absolute } h1 { margin: 0; font: bold 24pt/1.2 "Noto Sans CJK SC" }
"""


def _page(page: int, title: str, seed: int, extra: str = "") -> str:
    """A page with its head, one article in two columns, and whatever `extra` adds."""
    texts = paragraphs(seed, 6)
    body = "".join(f"<p>{text}</p>" for text in [f"本报讯（记者 林知远）{texts[0]}", *texts[1:]])
    return f"""<section style="position: relative; height: 800pt; page-break-after: always">
    <div style="left: 40pt; top: 30pt; font-size: 22pt">{page:02d}</div>
    <div style="left: 240pt; top: 36pt">2031年3月4日　星期二</div>
    <div style="left: 460pt; top: 30pt; font-size: 20pt">柳城日报</div>
    <div style="left: 40pt; top: 64pt; width: 520pt; height: 1pt; background: black"></div>
    <div style="left: 40pt; top: 80pt"><h1>{title}</h1></div>
    <div style="left: 40pt; top: 130pt; width: 520pt; height: 460pt;
      columns: 2; column-gap: 14pt; column-fill: auto">{body}{extra}</div></section>"""


@lru_cache(maxsize=1)
def _two_pages() -> bytes:
    pages = _page(2, "库房改成工具间", 1, "<p>（下转3版）</p>") + _page(3, "旧船坞开门", 2)
    data: bytes = HTML(string=f"<html lang='zh-Hans'><style>{_STYLE}</style>{pages}").write_pdf()
    return data


def _read(data: bytes, name: str = "liucheng_20310304.pdf", limits: Limits | None = None) -> Reading:
    return read_pdf(data, name, limits or Limits())


def test_pages_become_articles_with_their_fields() -> None:
    """Each page's article has its title, body, author, date, page number, paper and jump mark."""
    reading = _read(_two_pages())
    first, second = reading.articles

    assert reading.skipped == ()
    assert [first.title, second.title] == ["库房改成工具间", "旧船坞开门"]
    assert paragraphs(1, 6) == [p.text for p in first.paragraphs]
    assert paragraphs(2, 6) == [p.text for p in second.paragraphs]
    assert (first.authors, first.agency, first.paper) == (("林知远",), "本报", "柳城日报")
    assert [str(a.published) for a in (first, second)] == ["2031-03-04"] * 2
    assert [(a.page, a.jump_to) for a in (first, second)] == [(2, 3), (3, None)]


def test_runs_point_into_the_text_as_read() -> None:
    """Every run of a paragraph stands word for word in the source's text."""
    reading = _read(_two_pages())
    text = reading.sources[0].text

    for article in reading.articles:
        for paragraph in article.paragraphs:
            assert sum(run.length for run in paragraph.runs) == len(paragraph.text)
            for at, start, length in paragraph.runs:
                assert text[start : start + length] == paragraph.text[at : at + length]


def test_same_bytes_same_reading() -> None:
    """Reading twice gives the same."""
    assert _read(_two_pages()) == _read(_two_pages())


def test_page_limit_is_named() -> None:
    """Pages beyond the limit are not read, and the report says so."""
    reading = _read(_two_pages(), limits=Limits(pdf_pages=1))

    assert [article.title for article in reading.articles] == ["库房改成工具间"]
    assert ["limits.pdf_pages" in skipped.reason for skipped in reading.skipped] == [True]


def test_text_and_file_limits_are_named() -> None:
    """More text or bytes than allowed is refused by the name of the limit."""
    assert "limits.text_chars" in _read(_two_pages(), limits=Limits(text_chars=100)).skipped[0].reason
    assert "limits.file_bytes" in _read(_two_pages(), limits=Limits(file_bytes=100)).skipped[0].reason


@pytest.mark.parametrize(
    "data", [b"", b"%PDF-1.7", b"%PDF-1.4\n" + b"\0" * 5000, b"no pdf", _two_pages()[:3000]]
)
def test_broken_files_are_skipped(data: bytes) -> None:
    """What cannot be opened is one skipped source with a reason."""
    reading = _read(data, "broken.pdf")

    assert reading.articles == ()
    assert [skipped.source for skipped in reading.skipped] == ["broken.pdf"]


def _scan() -> bytes:
    """A PDF whose only page is a picture."""
    out = io.BytesIO()
    Image.new("L", (300, 400), 255).save(out, "PDF")
    return out.getvalue()


def test_page_without_text_needs_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """A scan is skipped with the name of the extra that could read it."""
    monkeypatch.setattr(ocr, "is_available", lambda: False)
    reading = _read(_scan(), "scan.pdf")

    assert [skipped.source for skipped in reading.skipped] == ["scan.pdf"]
    assert "no text layer; needs the extra ocr" in reading.skipped[0].reason


def test_picture_needs_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """A picture without the extra is an error of one line that says what to install."""
    monkeypatch.setattr(ocr, "is_available", lambda: False)

    with pytest.raises(MissingDependencyError, match=r"digest\[ocr\]"):
        ocr.read_image(b"\x89PNG", "page.png", Limits())


@pytest.mark.parametrize(
    ("turn", "matrix"),
    [(90, (0, 1, -1, 0, 800, 0)), (180, (-1, 0, 0, -1, 600, 800)), (270, (0, -1, 1, 0, 0, 600))],
)
def test_rotated_page_reads_the_same(turn: int, matrix: tuple[int, ...]) -> None:
    """A page stored on its side or upside down, and shown upright, gives the same articles."""
    document = pdfium.PdfDocument.new()
    document.import_pages(pdfium.PdfDocument(_two_pages()), [0])
    page = document[0]
    width, height = (800, 600) if turn != 180 else (600, 800)
    clip = raw.FS_RECTF(0, height, width, 0)
    assert raw.FPDFPage_TransFormWithClip(page.raw, raw.FS_MATRIX(*matrix), clip)
    page.set_mediabox(0, 0, width, height)
    page.set_cropbox(0, 0, width, height)
    page.set_rotation(turn)
    out = io.BytesIO()
    document.save(out)
    expected = _read(_two_pages()).articles[0]
    found = _read(out.getvalue()).articles

    assert [(expected.title, expected.text)] == [(article.title, article.text) for article in found]
