"""The dispatcher: every file becomes articles, or is named among the skipped with the reason."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from digest.config import Limits
from digest.errors import DigestError, LimitError, MissingDependencyError, ReadError
from digest.model import Reading, Skipped
from digest.page import read_page
from digest.page.fields import date_in_name, page_in_name
from digest.page.jumps import link_jumps
from digest.read import sniff
from digest.read.clean import clean
from digest.read.decode import Decoded, decode
from digest.read.epaper import read_epaper
from digest.read.epaper_index import PageIndex, apply_indexes, read_index
from digest.read.feed import read_feed, read_json_feed
from digest.read.html import read_html
from digest.read.opened import Opened
from digest.read.post import read_post
from digest.read.records import is_records, read_records
from digest.read.rows import read_rows_text, read_table_text
from digest.read.walk import Found, read_file, walk
from digest.text.tracked import Tracked

_log = logging.getLogger(__name__)

#: Called before each file with the number of files done, the number of all, and the name of the file.
Progress = Callable[[int, int, str], None]


def read_sources(paths: Sequence[str | Path], limits: Limits, *, progress: Progress | None = None) -> Reading:
    """All that the files and folders at `paths` hold, in a stable order.

    No file stops the others: what cannot be read is in `Reading.skipped` with the reason. Source names are
    the paths as given, with slashes; what stands below a folder argument is joined to its name.
    """
    listed = list(walk(paths, limits))
    files = [found for found in listed if isinstance(found, Found)]
    readings: list[Reading] = []
    indexes: list[PageIndex] = []
    n_done = 0
    for found in listed:
        if isinstance(found, Skipped):
            readings.append(Reading(skipped=(found,)))
            continue
        if progress:
            progress(n_done, len(files), found.name)
        reading, index = _read_found(found, limits)
        readings.append(reading)
        indexes.extend([index] if index else [])
        n_done += 1
    if progress and files:
        progress(n_done, len(files), "")
    return _joined(readings, indexes)


def read_bytes(data: bytes, name: str, limits: Limits) -> Reading:
    """What one file's bytes hold; for standard input and for data that is not on disk."""
    reading, index = _guarded(data, name, limits)
    return _joined([reading], [index] if index else [])


def _joined(readings: list[Reading], indexes: list[PageIndex]) -> Reading:
    articles = apply_indexes([article for reading in readings for article in reading.articles], indexes)
    return Reading(
        link_jumps(articles),
        tuple(skipped for reading in readings for skipped in reading.skipped),
        tuple(source for reading in readings for source in reading.sources),
    )


def _read_found(found: Found, limits: Limits) -> tuple[Reading, PageIndex | None]:
    try:
        data = read_file(found.path, found.name, limits)
    except ReadError as error:
        return _skip(found.name, _reason(error, found.name)), None
    return _guarded(data, found.name, limits)


def _guarded(data: bytes, name: str, limits: Limits) -> tuple[Reading, PageIndex | None]:
    """One file's reading; its failure becomes a `Skipped` so that the others are still read."""
    try:
        return _read_one(data, name, limits)
    except (ReadError, MissingDependencyError) as error:
        return _skip(name, _reason(error, name)), None
    except RecursionError:
        return _skip(name, "嵌套过深 (nested too deep)"), None
    except Exception as error:  # a fault of ours in one file must not cost the reader the whole issue
        _log.exception("%s: internal error while reading", name)
        return _skip(name, f"内部错误 (internal error: {type(error).__name__}: {error})"), None


def _read_one(data: bytes, name: str, limits: Limits) -> tuple[Reading, PageIndex | None]:
    if len(data) > limits.file_bytes:
        raise LimitError(f"{name}: 文件过大 (limit file_bytes = {limits.file_bytes})")
    if not data.strip():
        return _skip(name, "空文件 (empty)"), None
    binary = sniff.binary_kind(data)
    if binary:
        return _read_binary(binary, data, name, limits), None
    opened = _opened(data, decode(data, name), name, limits)
    kind = sniff.text_kind(opened.text, name)
    if kind == "index":
        index = read_index(opened, limits)
        if index is not None:
            return _skip(name, "版面目录 (page index)"), index
        kind = "epaper"
    if kind == "xml":
        raise ReadError(f"{name}: 未知的 XML (unknown XML)")
    if kind == "page" and is_records(opened.text):
        kind = "records"
    if kind == "table":
        return read_table_text(opened.text, name, limits), None
    if kind == "rows":
        return read_rows_text(opened.text, name, limits), None
    return _accounted(_READERS[kind](opened, limits), name), None


def _read_binary(kind: str, data: bytes, name: str, limits: Limits) -> Reading:
    if kind == "pdf":
        from digest.read.pdf import read_pdf

        return _accounted(read_pdf(data, name, limits), name)
    if kind == "image":
        from digest.read.ocr import read_image

        return _accounted(read_image(data, name, limits), name)
    raise ReadError(f"{name}: 不支持的格式 ({kind}: not a format that is read)")


def _opened(data: bytes, decoded: Decoded, name: str, limits: Limits) -> Opened:
    if len(decoded.text) > limits.text_chars:
        raise LimitError(
            f"{name}: 文本过长 ({len(decoded.text)} characters, limit text_chars = {limits.text_chars})"
        )
    return Opened(name, decoded.text, decoded.encoding, hashlib.sha256(data).hexdigest(), decoded.warnings)


def _read_page_text(opened: Opened, limits: Limits) -> Reading:
    """A text page, or a text that is one article: `digest.page` tells which."""
    longest = max(map(len, opened.text.split("\n")))
    if longest > limits.line_chars:
        raise LimitError(
            f"{opened.name}: 行过长 ({longest} characters, limit line_chars = {limits.line_chars})"
        )
    reading = read_page(clean(Tracked.of(opened.text)), source=opened.name)
    published, page = date_in_name(opened.name), page_in_name(opened.name)
    articles = tuple(
        replace(
            article,
            published=article.published or published,
            page=article.page if article.page is not None else page,
            warnings=(*opened.warnings, *article.warnings),
        )
        for article in reading.articles
    )
    return Reading(articles, tuple(reading.skipped), (opened.source_text("page", opened.text),))


def _accounted(reading: Reading, name: str) -> Reading:
    """`reading` with an id on every article, without those that have no body, and never without a reason."""
    whole = [article for article in reading.articles if article.text.strip()]
    articles = tuple(
        replace(article, index=index, id=article.id or f"{article.source}#{index}")
        for index, article in enumerate(whole)
    )
    skipped = reading.skipped
    skipped += tuple(
        Skipped(name, f"没有正文 (no body): {article.title}".rstrip(": "))
        for article in reading.articles
        if not article.text.strip()
    )
    if not articles and not skipped:
        skipped = (Skipped(name, "没有找到文章 (no article found)"),)
    return Reading(articles, skipped, reading.sources if articles else ())


def _skip(name: str, reason: str) -> Reading:
    return Reading(skipped=(Skipped(name, reason),))


def _reason(error: DigestError, name: str) -> str:
    return str(error).removeprefix(f"{name}: ")


_READERS: dict[str, Callable[[Opened, Limits], Reading]] = {
    "post": read_post,
    "feed": read_feed,
    "epaper": read_epaper,
    "html": read_html,
    "json feed": read_json_feed,
    "records": read_records,
    "page": _read_page_text,
}
