"""The text of a draft → Draft. Whatever is wrong is named with its line and its entry."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from digest.draft.entries import Draft, Entry
from digest.errors import DraftError

MAX_BYTES = 64 * 1024 * 1024
_ENTRY = re.compile(r"^[ \t]*\[\[[ \t]*story[ \t]*\]\]", re.MULTILINE)
_TOP = {"date": date, "edition": str, "sources": list, "sections": list, "preface": str, "story": list}
_KEYS: dict[str, tuple[type, ...]] = {
    "id": (str,),
    "keep": (bool,),
    "order": (int, float),
    "section": (str,),
    "headline": (str,),
    "sentences": (list,),
    "note": (str,),
}
_WORDS = {bool: "true 或 false", str: "文字", int: "数", list: "列表", date: "日期"}


def read_draft(path: Path) -> Draft:
    """The draft in the file at `path`.

    Raises DraftError, naming file, line and entry, where it cannot be read, is no TOML, or says something
    that is not known or not possible.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise DraftError(f"{path}: 文件过大 (limit {MAX_BYTES} bytes)")
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "不是 UTF-8 (not UTF-8)"
        raise DraftError(f"{path}: 无法读取 (cannot be read): {why}") from error
    return parse_draft(text, str(path))


def parse_draft(text: str, name: str) -> Draft:
    """The draft in `text`, called `name` in messages. Raises DraftError."""
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise DraftError(f"{name}: TOML 有误 (not TOML): {error}") from error
    for key, value in data.items():
        if key not in _TOP:
            raise DraftError(f"{name}: 未知的键 “{key}” (unknown key); known: {', '.join(_TOP)}")
        if not isinstance(value, _TOP[key]) or isinstance(value, datetime):
            raise DraftError(f"{name}: {key} 应为{_WORDS[_TOP[key]]} (wrong type)")
    if "date" not in data:
        raise DraftError(f"{name}: 缺少 date (the date is missing)")
    entries = tuple(_entries(data.get("story", []), text, name))
    return Draft(
        name=name,
        date=data["date"],
        edition=data.get("edition", ""),
        sources=_texts(data.get("sources", []), f"{name}: sources"),
        sections=_texts(data.get("sections", []), f"{name}: sections"),
        entries=entries,
        preface=data["preface"].strip() if "preface" in data else None,
    )


def _entries(rows: list[Any], text: str, name: str) -> Iterator[Entry]:
    starts = [match.start() for match in _ENTRY.finditer(text)]
    if len(starts) != len(rows):  # an entry written inline, or the mark inside of a text
        starts = [0] * len(rows)
    seen: dict[str, int] = {}
    for n, (row, start) in enumerate(zip(rows, starts, strict=True), 1):
        end = starts[n] if n < len(starts) else len(text)
        spot = _Spot(name, n, text.count("\n", 0, start) + 1, text[start:end])
        entry = _entry(row, spot)
        if entry.id in seen:
            raise spot.error("id", f"与第 {seen[entry.id]} 条的 id 相同 (the same id twice)")
        seen[entry.id] = n
        yield entry


class _Spot:
    """Where an entry stands in the file, for messages."""

    def __init__(self, name: str, number: int, line: int, block: str) -> None:
        self._name, self._number, self.line, self._block = name, number, line, block

    def error(self, key: str, what: str) -> DraftError:
        lines = self._block.splitlines()
        at = next((n for n, one in enumerate(lines) if re.match(rf"\s*{re.escape(key)}\s*=", one)), 0)
        return DraftError(f"{self._name} 第 {self.line + at} 行，第 {self._number} 条: {key}: {what}")


def _entry(row: Any, spot: _Spot) -> Entry:
    if not isinstance(row, dict):
        raise spot.error("story", "应为一张表 (a table is expected)")
    for key, value in row.items():
        if key not in _KEYS:
            raise spot.error(key, f"未知的键 (unknown key); known: {', '.join(_KEYS)}")
        kinds = _KEYS[key]
        if not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds):
            raise spot.error(key, f"应为{_WORDS[kinds[0]]} (wrong type)")
    if not row.get("id"):
        raise spot.error("id", "缺少 (missing)")
    sentences = row.get("sentences", [])
    for number in sentences:
        if type(number) is not int or number < 1:
            raise spot.error("sentences", f"{number!r} 不是句子的序号 (no number of a sentence)")
        if sentences.count(number) > 1:
            raise spot.error("sentences", f"第 {number} 句写了两次 (the same sentence twice)")
    return Entry(
        line=spot.line,
        id=row["id"],
        keep=row.get("keep", True),
        order=float(row.get("order", 0)),
        section=row.get("section", ""),
        headline=" ".join(row.get("headline", "").split()),
        sentences=tuple(sentences),
        note=row.get("note", "").strip(),
    )


def _texts(values: list[Any], where: str) -> tuple[str, ...]:
    if any(not isinstance(value, str) for value in values):
        raise DraftError(f"{where} 应为文字的列表 (a list of strings is expected)")
    return tuple(dict.fromkeys(values))
