"""View data → an EPUB 3.3 book, with the contents of EPUB 2 beside its own for old readers."""

from __future__ import annotations

import hashlib
import uuid
import zipfile
from io import BytesIO
from typing import Any

from digest.render.themes import Theme, fill, read_file
from digest.render.view import IssueView

MIMETYPE = "application/epub+zip"
CONTAINER = """<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""
_BOOK = uuid.UUID("6ba7b811-9dad-11d1-80b4-00c04fd430c8")  # RFC 9562: names that are URLs
_OLDEST = (1980, 1, 1, 0, 0, 0)  # that a zip file can say


def render_epub(view: IssueView, theme: Theme) -> bytes:
    """The issue as a book; the same issue gives the same bytes. Raises RenderError where the theme fails."""
    values = {"issue": view, "book": {"uuid": _identifier(view)}}
    files = {"EPUB/epub.css": read_file(theme, "epub.css")}
    for name in ("package.opf", "toc.ncx", "nav.xhtml", "title.xhtml", "end.xhtml"):
        files[f"EPUB/{name}"] = _filled(theme, name, values)
    for section in view.sections:
        files[f"EPUB/{section.anchor}.xhtml"] = _filled(theme, "section.xhtml", values | {"section": section})
    return _zipped({"META-INF/container.xml": CONTAINER} | files)


def _identifier(view: IssueView) -> str:
    """The same for every edition of the words, so that a reader's shelf replaces the book of a day."""
    words = f"{view.name}\n{view.publisher}\n{view.date_iso}\n{view.number}"
    return str(uuid.uuid5(_BOOK, hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()))


def _filled(theme: Theme, name: str, values: dict[str, Any]) -> str:
    return xml_text(fill(theme, f"{name}.j2", values))


def xml_text(text: str) -> str:
    """`text` without the characters that XML 1.0 does not allow, escaped or not."""
    return "".join(c for c in text if _is_xml(ord(c)))


def _is_xml(code: int) -> bool:
    if code < 0x20:
        return code in (0x9, 0xA, 0xD)
    return not (0xD800 <= code <= 0xDFFF or code in (0xFFFE, 0xFFFF))


def _zipped(files: dict[str, str]) -> bytes:
    """A zip file with the mimetype first and uncompressed, as readers look for it (OCF 3.3, 4.2.2)."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(_entry("mimetype", zipfile.ZIP_STORED), MIMETYPE)
        for name, text in files.items():
            archive.writestr(_entry(name, zipfile.ZIP_DEFLATED), text.encode("utf-8"))
    return stream.getvalue()


def _entry(name: str, how: int) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _OLDEST)
    entry.compress_type = how
    entry.create_system = 3  # Unix, whatever system this runs on
    entry.external_attr = 0o644 << 16
    return entry
