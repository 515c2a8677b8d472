"""Any text as one article, for a text that somebody typed or piped and that is no newspaper page."""

from __future__ import annotations

import hashlib

from digest.config import Limits
from digest.errors import LimitError, ReadError
from digest.model import Article, Paragraph, Reading, SourceText
from digest.read.clean import clean
from digest.read.decode import decode
from digest.read.sniff import binary_kind, text_kind
from digest.text.tracked import Tracked


def read_plain(data: bytes, name: str, limits: Limits) -> Reading:
    """One article with a paragraph for every line, whatever the text says.

    Raises ReadError where the bytes are no plain text or hold nothing but white space, LimitError where they
    are too many.
    """
    if len(data) > limits.file_bytes:
        raise LimitError(f"{name}: 过大 (limit file_bytes = {limits.file_bytes})")
    if binary_kind(data):
        raise ReadError(f"{name}: 不是文本 (no text)")
    decoded = decode(data, name)
    if text_kind(decoded.text, name) != "page":
        raise ReadError(f"{name}: 不是纯文本 (no plain text)")
    lines = [line.strip() for line in clean(Tracked.of(decoded.text)).splitlines()]
    paragraphs = tuple(Paragraph(line.text, line.runs, name) for line in lines if line)
    if not paragraphs:
        raise ReadError(f"{name}: 没有内容 (empty)")
    sha256 = hashlib.sha256(data).hexdigest()
    source = SourceText(name, "article", decoded.text, sha256, decoded.encoding, decoded.warnings)
    return Reading((Article(name, 0, paragraphs=paragraphs, id=f"{name}#0"),), (), (source,))
