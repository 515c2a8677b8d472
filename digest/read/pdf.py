"""Newspaper pages in PDF → articles, by the places of their characters."""

from __future__ import annotations

import hashlib

import pypdfium2 as pdfium

from digest.config import Limits
from digest.errors import LimitError
from digest.model import Reading, Skipped, SourceText
from digest.page.geometry import Sheet
from digest.page.layout import lay_out
from digest.page.layout_text import write_pages
from digest.read.pdf_sheet import has_image, picture_of, read_sheet

#: A page with less text than this is a picture of a page (a scan with a page number stamped on it).
MIN_TEXT_CHARS = 40

#: Recognition takes half a minute a page; an issue has 4 to 24 pages.
MAX_RECOGNISED = 32

NO_TEXT = "没有文字层，需要安装附加组件 ocr (no text layer; needs the extra ocr)"


def read_pdf(data: bytes, name: str, limits: Limits) -> Reading:
    """The articles of a PDF, page by page. Never raises for what the file holds: that becomes a `Skipped`.

    pypdfium2 is not thread-safe: one thread of a process at a time.
    """
    if len(data) > limits.file_bytes:
        return _skipped(name, f"PDF 超过 {limits.file_bytes} 字节 (larger than limits.file_bytes)")
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        return _skipped(name, _open_failure(str(error)))
    try:
        return _read_document(document, data, name, limits)
    finally:
        document.close()


def _open_failure(message: str) -> str:
    if "assword" in message or "encrypt" in message.lower():
        return "PDF 已加密，打不开 (encrypted PDF)"
    return f"PDF 已损坏，打不开 (broken PDF: {message})"


def _skipped(name: str, reason: str) -> Reading:
    return Reading(skipped=(Skipped(name, reason),))


def _read_document(document: pdfium.PdfDocument, data: bytes, name: str, limits: Limits) -> Reading:
    skipped: list[Skipped] = []
    sheets: list[Sheet] = []
    n_pages = len(document)
    if n_pages > limits.pdf_pages:
        skipped.append(
            Skipped(
                name, f"只读前 {limits.pdf_pages} 页，共 {n_pages} 页 (only limits.pdf_pages pages are read)"
            )
        )
    n_chars = n_recognised = 0
    for index in range(min(n_pages, limits.pdf_pages)):
        try:
            sheet: Sheet | str = read_sheet(document, index)
            if isinstance(sheet, Sheet) and sum(len(line.text) for line in sheet.lines) < MIN_TEXT_CHARS:
                sheet = _recognised(document, index, n_recognised)
                n_recognised += isinstance(sheet, Sheet)
        except (pdfium.PdfiumError, LimitError) as error:
            sheet = f"读不出 ({error})"
        if isinstance(sheet, str):
            skipped.append(Skipped(name, f"第 {index + 1} 页{sheet}" if n_pages > 1 else sheet))
            continue
        n_chars += sum(len(line.text) for line in sheet.lines)
        if n_chars > limits.text_chars:
            reason = f"文字超过 {limits.text_chars} 字 (more text than limits.text_chars)"
            skipped.append(Skipped(name, reason))
            break
        sheets.append(sheet)
    return reading_of(sheets, data, name, skipped)


def _recognised(document: pdfium.PdfDocument, index: int, n_before: int) -> Sheet | str:
    """A page without text, as the extra `ocr` sees it; or why it is not read."""
    from digest.read import ocr  # imported late: it needs this module

    if not has_image(document, index):
        return "空白 (an empty page)"
    if not ocr.is_available():
        return NO_TEXT
    if n_before >= MAX_RECOGNISED:
        return (
            f"没有文字层，一个文件至多识别 {MAX_RECOGNISED} 页 (only {MAX_RECOGNISED} pages are recognised)"
        )
    return ocr.recognise(picture_of(document, index, ocr.MAX_SIDE), index + 1)


def reading_of(
    sheets: list[Sheet], data: bytes, name: str, skipped: list[Skipped], *, kind: str = "pdf"
) -> Reading:
    """The articles on the sheets; a source that gives none is named in `skipped`."""
    text, articles = write_pages([lay_out(sheet) for sheet in sheets], name)
    if not articles and not skipped:
        skipped.append(Skipped(name, "没有找到文章 (no article was found)"))
    source = SourceText(name=name, kind=kind, text=text, sha256=hashlib.sha256(data).hexdigest())
    return Reading(tuple(articles), tuple(skipped), (source,) if sheets else ())
