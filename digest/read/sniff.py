"""What kind of thing a file is: by its content first, by its name where the content leaves it open."""

from __future__ import annotations

import json
import re

_HEAD_CHARS = 8192

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"BM", "bitmap?"),
    (b"GIF87a", "image"),
    (b"GIF89a", "image"),
    (b"PK\x03\x04", "ZIP"),
    (b"PK\x05\x06", "ZIP"),
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2?"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"(\xb5/\xfd", "zstd"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"Rar!\x1a\x07", "RAR"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Office 97"),
    (b"SQLite format 3\x00", "SQLite"),
    (b"\x7fELF", "program"),
    (b"wOFF", "font"),
    (b"wOF2", "font"),
    (b"{\\rtf", "RTF"),
    (b"%!PS", "PostScript"),
)
_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body|div|p|table|article|section|h[1-6])\b", re.IGNORECASE)
_LEADING = re.compile(r"\ufeff?(?:\s|<\?xml[^>]*\?>|<!--(?:(?!-->)[\s\S]){0,2000}-->|<!DOCTYPE[^>\[]*>)*")
_FEED = re.compile(r"<(?:rss|(?:\w+:)?RDF|feed)\b", re.IGNORECASE)
_FOUNDER = re.compile(
    r"<!--\s*/?enp(?:property|content)\b|<founder-(?:content|title)\b|<!--<npm:article"
    r"|<(?:div|td)\b[^>]{0,200}?\bid=[\"']?ozoom\b",
    re.IGNORECASE,
)
_FOUNDER_INDEX = re.compile(
    r"PagePicMap|id=[\"']?(?:titleList|pageList|bmdh)\b"
    r"|<area\b[^>]{0,300}?href=[\"']?[^\"'> ]{0,200}?(?:content_|nw\.D)",
    re.IGNORECASE,
)
_YAML_FENCE = re.compile(
    r"\s*---[ \t]*\r?\n(?:[ \t]*(?:#[^\n]*)?\r?\n)*"
    r"(?:[\"']?[A-Za-z_][\w .-]{0,60}[\"']?[ \t]*:|(?:标题|题目|日期|作者|来源|分类|标签)\s?[:：]|---|\.\.\.)"
)
_MARKDOWN = re.compile(
    r"^#{1,6}[ \t]+\S|\]\(|\*\*\S|</(?:p|div|span|td|strong|a|h[1-6])>|<br\s?/?>",
    re.MULTILINE | re.IGNORECASE,
)
_MIXED_TAGS = 3
_SAMPLE_CHARS = 100_000
_TOML_FENCE = re.compile(r"\s*\+\+\+[ \t]*\r?\n")
_MARKDOWN_NAME = (".md", ".markdown", ".mdown", ".mkd")
_JSON_FEED = re.compile(r'"version"\s*:\s*"https?:\\?/\\?/jsonfeed\.org')
_TABLE_NAME = (".csv", ".tsv")
_HTML_NAME = (".html", ".htm", ".shtml", ".xhtml")


def binary_kind(data: bytes) -> str | None:
    """`pdf`, `image`, the name of another binary format, or None where the bytes may be text."""
    if b"%PDF-" in data[:1024]:
        return "pdf"
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            if kind.endswith("?") and b"\x00" not in data[:64]:
                return None  # two or three letters that a text may start with
            return "image" if kind == "bitmap?" else kind.rstrip("?")
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image"
    return None


def text_kind(text: str, name: str) -> str:
    """`rows`, `table`, `json feed`, `post`, `feed`, `epaper`, `index`, `html`, `xml`, `page`: plain text."""
    lower = name.lower()
    start = text[:_HEAD_CHARS].lstrip("\ufeff \t\r\n")
    if start.startswith(("{", "[")) and (kind := _json_kind(text, lower)):
        return kind
    if lower.endswith(_TABLE_NAME):
        return "table"
    if _YAML_FENCE.match(text[:_HEAD_CHARS].lstrip("\ufeff")) or _TOML_FENCE.match(start):
        return "post"
    if _is_markup(text):
        return _markup_kind(text)
    marks = _MARKDOWN.findall(text[:_SAMPLE_CHARS])
    if lower.endswith(_MARKDOWN_NAME) and marks:
        return "post"
    if sum(mark.startswith("<") for mark in marks) >= _MIXED_TAGS:
        return "post"  # prose with tags in it, saved under any name
    if lower.endswith(_HTML_NAME) and _HTML.search(text[:_HEAD_CHARS]):
        return _markup_kind(text)
    return "page"


def _is_markup(text: str) -> bool:
    lead = _LEADING.match(text)
    rest = text[lead.end() if lead else 0 :][:200]
    return bool(_FEED.match(rest) or _HTML.match(rest) or _FOUNDER.match(text.lstrip()[:200])) or (
        text[: lead.end() if lead else 0]
        .lstrip("\ufeff \t\r\n")
        .startswith(("<?xml", "<!DOCTYPE", "<!doctype"))
        and rest.startswith("<")
    )


def _markup_kind(text: str) -> str:
    lead = _LEADING.match(text)
    start = lead.end() if lead else 0
    if _FEED.match(text, start):
        return "feed"
    if _FOUNDER.search(text):
        return "epaper"
    if _FOUNDER_INDEX.search(text):
        return "index"
    if _HTML.search(text):
        return "html"
    return "xml"


def _json_kind(text: str, lower: str) -> str | None:
    """`rows` for JSON, `json feed`, `post` for front matter with a body below, None where it is no JSON."""
    body = text.lstrip("\ufeff \t\r\n")
    if body.startswith("{") and _JSON_FEED.search(body[:_HEAD_CHARS]):
        return "json feed"
    if lower.endswith((".jsonl", ".ndjson", ".json")):
        return "rows"
    if body.startswith("["):
        return "rows" if re.match(r"\[\s*(?:\{|\])", body) else None
    first_line = body.split("\n", 1)[0]
    try:
        value, _ = json.JSONDecoder().raw_decode(first_line)
    except (ValueError, RecursionError):
        value = None
    if isinstance(value, dict):
        return "rows"
    if lower.endswith((*_MARKDOWN_NAME, *_HTML_NAME)) or re.match(r"\{\s*\n\s*\"[\w-]+\"\s*:", body):
        return "post"
    return "rows" if re.match(r'\{\s*"[^"\n]{1,80}"\s*:', first_line) else None
