"""JSON rows `{"id","title","text","source","published","url"}`, one a line or in one array, become articles.

A row's text is taken as it is: `Article.text == row["text"]`, so that offsets found later hold in the row.
Only what cannot be written out again (lone surrogates) or must not be shown (control characters) is replaced,
one character for one. Tables (CSV) of databases are rows too; their columns may have the usual Chinese names.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, BinaryIO

from digest.config import Limits
from digest.errors import LimitError, ReadError
from digest.model import Article, Paragraph, Reading, Run, Skipped, SourceText
from digest.read.clean import clean_in_place, clean_line
from digest.read.dates import parse_day
from digest.read.decode import decode

_CHUNK = 1 << 16
#: What other programs call a field, in the order of trust; the field's own name comes first.
_NAMES = {
    "text": ("text", "content", "body", "正文", "内容", "全文", "內容"),
    "title": ("title", "headline", "标题", "題名", "题名", "篇名", "標題"),
    "published": (
        "published",
        "date",
        "pubdate",
        "日期",
        "发布时间",
        "发布日期",
        "見報日期",
        "见报日期",
        "时间",
    ),
    "source": ("source", "paper", "来源", "报纸", "报纸名称", "媒体", "來源", "報紙"),
    "url": ("url", "link", "链接", "网址", "原文链接"),
    "id": ("id",),
}


def read_rows(
    stream: BinaryIO, *, source: str = "-", limits: Limits | None = None
) -> Iterator[Article | Skipped]:
    """One article for each row of `stream`, as they come; a bad row is skipped with its line number.

    `source` names the stream. `Article.source` is the row's own `source` where it has one. The paragraphs'
    runs point into the row's text, under the name `SOURCE:LINE`.
    """
    for found in _read_lines(_lines(stream, limits or Limits()), source, limits or Limits()):
        yield found[0] if isinstance(found, tuple) else found


def read_rows_text(text: str, name: str, limits: Limits) -> Reading:
    """The rows in a whole file, JSON lines or one array.

    Raises ReadError where nothing in it is a row with a text.
    """
    stripped = text.lstrip("\ufeff \t\r\n")
    if stripped.startswith("["):
        values = enumerate(_array(stripped, name), 1)
        found = list(_read_values(values, name, limits))
    else:
        whole = _whole_object(stripped)
        lines = enumerate([whole] if whole else text.split("\n"), 1)
        found = list(
            _read_lines(((number, line.encode("utf-8", "replace")) for number, line in lines), name, limits)
        )
    return _joined(found, name)


def _joined(found: list[tuple[Article, SourceText] | Skipped], name: str) -> Reading:
    pairs = [one for one in found if isinstance(one, tuple)]
    skipped = [one for one in found if isinstance(one, Skipped)]
    if not pairs:
        first = f": {skipped[0].source}: {skipped[0].reason}" if skipped else ""
        raise ReadError(f"{name}: 没有可用的行 (no row with a text){first}")
    return Reading(tuple(article for article, _ in pairs), tuple(skipped), tuple(text for _, text in pairs))


def read_table_text(text: str, name: str, limits: Limits) -> Reading:
    """The rows of a table whose first line names its columns, parted by commas, tabs or semicolons.

    Raises ReadError where no column holds a text or the table is broken.
    """
    stripped = text.lstrip("\ufeff \r\n")
    first = stripped.split("\n", 1)[0]
    csv.field_size_limit(limits.text_chars)
    table = csv.DictReader(io.StringIO(stripped, newline=""), delimiter=max(",\t;", key=first.count))
    columns = [clean_line(column) for column in table.fieldnames or ()]
    if not set(_NAMES["text"]).intersection(columns):
        raise ReadError(f"{name}: 没有正文一栏 (no column of texts: {'、'.join(columns)[:120]})")
    try:
        rows = [{clean_line(key): value for key, value in row.items() if key} for row in table]
    except csv.Error as error:
        raise ReadError(f"{name}:{table.line_num}: 表格无法解析 (broken table: {error})") from error
    return _joined(list(_read_values(enumerate(rows, 2), name, limits)), name)


def _lines(stream: BinaryIO, limits: Limits) -> Iterator[tuple[int, bytes | LimitError]]:
    """The lines of a stream with their numbers; of a line that is too long no more than the limit is held."""
    most = limits.line_chars * 4
    number = 0
    while line := stream.readline(most + 1):
        number += 1
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        if len(line) <= most:
            yield number, line
            continue
        while not line.endswith(b"\n") and (line := stream.readline(_CHUNK)):
            pass
        yield number, LimitError(f"行过长 (limit line_chars = {limits.line_chars})")


def _read_lines(
    lines: Iterable[tuple[int, bytes | LimitError]], name: str, limits: Limits
) -> Iterator[tuple[Article, SourceText] | Skipped]:
    return _read_values(((number, _parsed(line)) for number, line in lines), name, limits)


def _parsed(line: bytes | LimitError) -> Any:
    """The value of one line, the error that it gives, or None for a blank line."""
    if isinstance(line, LimitError):
        return line
    if not line.strip():
        return None
    try:
        return json.loads(decode(line, "行").text)
    except ReadError as error:
        return error
    except (ValueError, RecursionError) as error:
        return ReadError(f"不是 JSON (not JSON: {clean_line(str(error))[:120]})")


def _read_values(
    values: Iterable[tuple[int, Any]], name: str, limits: Limits
) -> Iterator[tuple[Article, SourceText] | Skipped]:
    counts: dict[str, int] = {}
    for number, value in values:
        if value is None:
            continue
        where = f"{name}:{number}"
        try:
            yield _article(value, where, name, counts, limits)
        except ReadError as error:
            yield Skipped(where, str(error))


def _article(
    row: Any, where: str, name: str, counts: dict[str, int], limits: Limits
) -> tuple[Article, SourceText]:
    """Raises ReadError where the row cannot be an article."""
    if isinstance(row, ReadError):
        raise row
    if not isinstance(row, dict):
        raise ReadError(f"不是对象 (an object is expected, not {type(row).__name__})")
    row = {field: row[name] for field, names in _NAMES.items() for name in reversed(names) if name in row}
    if "text" not in row:
        raise ReadError("没有 text (the row has no text)")
    raw = row["text"]
    if not isinstance(raw, str):
        raise ReadError(f"text 不是字符串 (text is no string but {type(raw).__name__})")
    if not raw.strip():
        raise ReadError("text 为空 (the text is empty)")
    if len(raw) > limits.text_chars:
        raise LimitError(f"text 过长 (limit text_chars = {limits.text_chars})")
    text = clean_in_place(raw)
    published, warnings = _published(row.get("published"))
    source = _field(row, "source") or name
    index = counts.get(source, 0)
    counts[source] = index + 1
    article = Article(
        source=source,
        index=index,
        title=_field(row, "title"),
        published=published,
        paragraphs=_paragraphs(text, where),
        warnings=warnings,
        paper=_field(row, "source"),
        url=_field(row, "url"),
        id=_field(row, "id") or f"{source}#{index}",
    )
    digest = hashlib.sha256(raw.encode("utf-8", "surrogatepass")).hexdigest()
    return article, SourceText(where, "rows", text, digest)


def _paragraphs(text: str, where: str) -> tuple[Paragraph, ...]:
    paragraphs: list[Paragraph] = []
    here = 0
    for line in text.split("\n"):
        runs = (Run(0, here, len(line)),) if line else ()
        paragraphs.append(Paragraph(line, runs, where))
        here += len(line) + 1
    return tuple(paragraphs)


def _field(row: dict[str, Any], key: str) -> str:
    value = row.get(key)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return clean_line(str(value))


def _published(value: Any) -> tuple[date | None, tuple[str, ...]]:
    if value is None or value == "":
        return None, ()
    shown = clean_line(str(value))[:40]
    found = parse_day(shown)
    return found, () if found else (f"published 不是日期 (not a date): {shown}",)


def _array(text: str, name: str) -> list[Any]:
    try:
        values = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ReadError(f"{name}: 不是 JSON (not JSON: {clean_line(str(error))[:120]})") from error
    return values if isinstance(values, list) else [values]


def _whole_object(text: str) -> str | None:
    """The text itself where it is one object written over several lines."""
    if not text.startswith("{") or "\n" not in text.strip():
        return None
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return text if isinstance(value, dict) else None
