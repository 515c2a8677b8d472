"""The words of an issue's files, each in its own way."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence

from digest.errors import ReadError
from digest.read.pdf_words import pdf_words
from digest.render import EPUB_NAME, HTML_NAME, MARKDOWN_NAME, PDF_NAME, TEXT_NAME
from digest.verify.web import read_page

MAX_BOOK_BYTES = 512 * 1024 * 1024  # of an EPUB, unpacked


def page_words(data: bytes) -> str:
    """The words of an HTML page."""
    return read_page(data.decode("utf-8", "replace")).text


def plain_words(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def book_words(data: bytes) -> str:
    """The words of the chapters of an EPUB. Raises ReadError where it is none."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            chapters = [entry for entry in book.infolist() if entry.filename.endswith(".xhtml")]
            if sum(entry.file_size for entry in chapters) > MAX_BOOK_BYTES:
                raise ReadError(f"EPUB 过大，上限 {MAX_BOOK_BYTES} 字节 (too large)")
            return "\n".join(page_words(book.read(entry)) for entry in chapters)
    except (zipfile.BadZipFile, OSError, RuntimeError) as error:
        raise ReadError(f"EPUB 已损坏 (broken EPUB): {error}") from error


READERS: Mapping[str, Callable[[bytes], str | Sequence[str]]] = {
    HTML_NAME: page_words,
    PDF_NAME: pdf_words,
    MARKDOWN_NAME: plain_words,
    TEXT_NAME: plain_words,
    EPUB_NAME: book_words,
}
