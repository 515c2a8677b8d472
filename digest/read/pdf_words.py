"""The words of a PDF, for whoever checks what stands in it."""

from __future__ import annotations

import re

import pypdfium2 as pdfium

from digest.errors import ReadError

_FOLIO = re.compile(r"[\s\d—–―-]*")


def pdf_words(data: bytes) -> list[str]:
    """The text of each page without its page number. Raises ReadError where it is no PDF."""
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise ReadError(f"PDF 打不开 (broken PDF): {error}") from error
    pages = []
    try:
        for page in document:
            textpage = page.get_textpage()
            lines = textpage.get_text_range().splitlines()
            textpage.close()
            pages.append("\n".join(line for line in lines if not _FOLIO.fullmatch(line)))
    finally:
        document.close()
    return pages
