"""issue.json → what was published, for whoever checks it. See docs/issue-json.md."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from digest.errors import ReadError
from digest.origin import Origin
from digest.render.issue_json import SCHEMA_NAME, SCHEMA_VERSION

MAX_BYTES = 512 * 1024 * 1024  # of a file that `load_issue` takes


@dataclass(frozen=True, slots=True)
class PublishedSentence:
    text: str
    start: int
    end: int
    origin: tuple[Origin, ...]


@dataclass(frozen=True, slots=True)
class PublishedAdded:
    article: str  # key of the version that the sentence is taken from
    sentence: PublishedSentence


@dataclass(frozen=True, slots=True)
class PublishedItem:
    number: int
    headline: str
    article: str  # key of the article that the sentences are taken from
    sentences: tuple[PublishedSentence, ...]
    added: tuple[PublishedAdded, ...] = ()
    story: str = ""  # Story.id


@dataclass(frozen=True, slots=True)
class PublishedSource:
    name: str
    kind: str
    encoding: str
    sha256: str


@dataclass(frozen=True, slots=True)
class PublishedIssue:
    """What issue.json holds that can be checked against the sources."""

    name: str
    date: str  # YYYY-MM-DD
    number: int | None
    total_number: int | None
    items: tuple[PublishedItem, ...]
    texts: dict[str, str]  # key of an article: its text
    sources: tuple[PublishedSource, ...]


def load_issue(data: bytes) -> PublishedIssue:
    """The checked contents of an issue.json.

    Raises ReadError where the bytes are no issue of this version: not JSON, another schema, a missing field,
    a field of the wrong type, an item whose article is not there.
    """
    if len(data) > MAX_BYTES:
        raise ReadError(f"issue.json 过大：{len(data)} 字节，上限 {MAX_BYTES} 字节")
    try:
        raw = json.loads(data.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise ReadError(f"issue.json 不是有效的 UTF-8 JSON：{error}") from error
    schema = _get(raw, "schema", dict)
    name, version = _get(schema, "name", str), _get(schema, "version", int)
    if (name, version) != (SCHEMA_NAME, SCHEMA_VERSION):
        raise ReadError(f"issue.json 的格式是 {name}/{version}，本程序只认 {SCHEMA_NAME}/{SCHEMA_VERSION}")
    issue = _get(raw, "issue", dict)
    texts = {_get(article, "key", str): _get(article, "text", str) for article in _get(raw, "articles", list)}
    return PublishedIssue(
        name=_get(issue, "name", str),
        date=_get(issue, "date", str),
        number=_number_of(issue, "number"),
        total_number=_number_of(issue, "total_number"),
        items=tuple(
            _load_item(item, texts)
            for section in _get(raw, "sections", list)
            for group in _get(section, "groups", list)
            for item in _get(group, "items", list)
        ),
        texts=texts,
        sources=tuple(
            PublishedSource(*(_get(source, key, str) for key in ("name", "kind", "encoding", "sha256")))
            for source in _get(raw, "sources", list)
        ),
    )


def _number_of(issue: Any, key: str) -> int | None:
    number = issue.get(key)
    if number is not None and type(number) is not int:
        raise ReadError(f"issue.json：{key} 的类型不对，应为 int 或 null")
    return number


def _load_item(item: Any, texts: dict[str, str]) -> PublishedItem:
    article = _load_key(item, texts)
    sentences = tuple(map(_load_sentence, _get(item, "sentences", list)))
    # an issue that was made before there was such a field has none
    extra = _get(item, "added", list) if "added" in item else []
    added = tuple(PublishedAdded(_load_key(one, texts), _load_sentence(one)) for one in extra)
    number, headline = _get(item, "number", int), _get(item, "headline", str)
    return PublishedItem(number, headline, article, sentences, added, _get(item, "story", str))


def _load_key(item: Any, texts: dict[str, str]) -> str:
    article: str = _get(item, "article", str)
    if article not in texts:
        raise ReadError(f"issue.json：条目所引的文章不在 articles 中：{article}")
    return article


def _load_sentence(sentence: Any) -> PublishedSentence:
    return PublishedSentence(
        _get(sentence, "text", str),
        _get(sentence, "start", int),
        _get(sentence, "end", int),
        _load_origins(_get(sentence, "origin", list)),
    )


def _load_origins(stretches: list[Any]) -> tuple[Origin, ...]:
    found = []
    for stretch in stretches:
        source, start, end = (
            _get(stretch, "source", str),
            _get(stretch, "start", int),
            _get(stretch, "end", int),
        )
        page = stretch.get("page")
        if page is not None and type(page) is not int:
            raise ReadError("issue.json：page 的类型不对，应为 int 或 null")
        found.append(Origin(source, page, start, end))
    return tuple(found)


def _get(data: Any, key: str, kind: type) -> Any:
    if not isinstance(data, dict) or key not in data:
        raise ReadError(f"issue.json：缺少字段 {key}")
    value = data[key]
    if type(value) is not kind:  # a bool is no int here
        raise ReadError(f"issue.json：{key} 的类型不对，应为 {kind.__name__}")
    return value
