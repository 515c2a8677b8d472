"""The fields above a post: YAML (Jekyll), TOML or JSON (Hugo); no mess in them costs the body."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass
from typing import Any

import yaml

from digest.config import Limits
from digest.read.clean import clean_line, clean_text

_FENCE = re.compile(r"[ \t]*(?P<mark>---|\+\+\+)[ \t]*(?:\r?\n|$)")
_YAML_END = re.compile(r"^[ \t]*(?:---|\.\.\.)[ \t]*\r?$", re.MULTILINE)
_TOML_END = re.compile(r"^[ \t]*\+\+\+[ \t]*\r?$", re.MULTILINE)
_PAIR = re.compile(
    r"[ \t]*(?P<key>[^\s:：=#\"'\[\]{}<-][^:：=\n]{0,60}?|\"[^\"\n]{1,60}\")[ \t]*"
    r"(?P<mark>[:：=])[ \t]*(?P<value>.*)"
)
_ITEM = re.compile(r"[ \t]+-[ \t]+(?P<value>.+)|-[ \t]+(?P<other>.+)")
_PLAIN_PAIRS = re.compile(r"(?:[A-Za-z][\w-]{0,40}[ \t]*:[^\n]*\n|[ \t]+-[^\n]*\n){0,200}")
_DEEP = re.compile(r"[\[{]")
_MAX_BRACKETS = 200  # the parser descends once for each
_MAX_FIELDS = 200
_MAX_VALUE_CHARS = 4000


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """Lower-case keys with their values as text, lists as tuples; `body_start` counts in the whole text."""

    fields: dict[str, str | tuple[str, ...]]
    body_start: int
    warnings: tuple[str, ...] = ()

    def first(self, *keys: str) -> str:
        """The value of the first of `keys` that has one; the first item where it is a list."""
        for key in keys:
            value = self.fields.get(key, "")
            text = value if isinstance(value, str) else next(iter(value), "")
            if text:
                return text
        return ""

    def all(self, *keys: str) -> tuple[str, ...]:
        """The values of the first of `keys` that has any."""
        for key in keys:
            value = self.fields.get(key, ())
            if value:
                return (value,) if isinstance(value, str) else value
        return ()


def read_front_matter(text: str, name: str, limits: Limits) -> FrontMatter:
    """The fields at the head of `text`, and where its body begins.

    Scalars stay the text that was written (`no`, `12:30:00`). Where the block is no valid YAML, TOML or JSON,
    is larger than `front_matter_bytes`, has no end, or uses aliases, nothing is believed but its simple
    `key: value` lines, and a warning names file and line. The body is kept in any case.
    """
    start = len(text) - len(text.lstrip("\ufeff \t\r\n"))
    if text.startswith("{", start):
        return _json(text, start, name, limits)
    fence = _FENCE.match(text, start)
    if not fence:
        return FrontMatter({}, start)
    first_line = text.count("\n", 0, fence.end()) + 1
    end = (_YAML_END if fence["mark"] == "---" else _TOML_END).search(text, fence.end())
    if end is None:
        return _unfenced(text, fence.end(), first_line, name)
    block, body_start = text[fence.end() : end.start()], end.end()
    if len(block.encode("utf-8", "replace")) > limits.front_matter_bytes:
        warning = (
            f"{name}:{first_line}: 文首字段过大 (limit front_matter_bytes = {limits.front_matter_bytes})"
        )
        return FrontMatter(_by_lines(block[: limits.front_matter_bytes])[0], body_start, (warning,))
    parse = _parse_yaml if fence["mark"] == "---" else _parse_toml
    try:
        return FrontMatter(parse(block), body_start)
    except _RefusedError as refused:
        fields, _ = _by_lines(block)
        line = first_line + refused.line
        return FrontMatter(fields, body_start, (f"{name}:{line}: 文首字段不合规范，逐行读取 ({refused})",))


class _RefusedError(Exception):
    def __init__(self, reason: str, line: int = 0) -> None:
        super().__init__(reason)
        self.line = line


class _StringLoader(yaml.SafeLoader):
    """SafeLoader in which every scalar is the text that was written, and aliases are refused."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.events.AliasEvent):
            raise yaml.composer.ComposerError(None, None, "aliases are refused", self.peek_event().start_mark)  # type: ignore[no-untyped-call]
        return super().compose_node(parent, index)


_StringLoader.yaml_implicit_resolvers = {}


def _parse_yaml(block: str) -> dict[str, str | tuple[str, ...]]:
    """Raises _RefusedError for what is no mapping, or no YAML, or too deep."""
    if len(_DEEP.findall(block)) > _MAX_BRACKETS:
        raise _RefusedError("nested too deep")
    loader = None
    try:
        loader = _StringLoader(clean_text(block).replace("\t", "  "))
        node = loader.get_single_node()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise _RefusedError(
            clean_line(str(getattr(error, "problem", error) or error)), mark.line if mark else 0
        ) from error
    except RecursionError as error:
        raise _RefusedError("nested too deep") from error
    finally:
        if loader is not None:
            loader.dispose()
    if node is None:
        return {}
    if not isinstance(node, yaml.MappingNode):
        raise _RefusedError("no mapping")
    return _checked({_scalar(key): _values(value) for key, value in reversed(node.value)})


def _values(node: yaml.Node) -> str | tuple[str, ...]:
    if isinstance(node, yaml.SequenceNode):
        return tuple(filter(None, map(_scalar, node.value)))
    return _scalar(node)


def _scalar(node: yaml.Node) -> str:
    return str(node.value) if isinstance(node, yaml.ScalarNode) else ""


def _parse_toml(block: str) -> dict[str, str | tuple[str, ...]]:
    try:
        table = tomllib.loads(clean_text(block))
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        raise _RefusedError(clean_line(str(error)), int(found[1]) - 1 if found else 0) from error
    except (RecursionError, ValueError) as error:
        raise _RefusedError("nested too deep or no number") from error
    return _checked(table)


def _json(text: str, start: int, name: str, limits: Limits) -> FrontMatter:
    head = text[start : start + limits.front_matter_bytes]
    try:
        value, length = json.JSONDecoder().raw_decode(head)
    except (ValueError, RecursionError):
        line = text.count("\n", 0, start) + 1
        return FrontMatter({}, start, (f"{name}:{line}: 文首 JSON 无法解析 (front matter is no JSON)",))
    if not isinstance(value, dict):
        return FrontMatter({}, start)
    return FrontMatter(_checked(value), start + length)


def _unfenced(text: str, start: int, first_line: int, name: str) -> FrontMatter:
    """No end fence: the leading `key: value` lines with plain keys are fields, all the rest is body."""
    head = _PLAIN_PAIRS.match(text, start)
    length = head.end() - start if head else 0
    fields, _ = _by_lines(text[start : start + length])
    warning = f"{name}:{first_line}: 文首字段没有结束标记 (front matter without an end)"
    return FrontMatter(fields, start + length, (warning,))


def _by_lines(block: str) -> tuple[dict[str, str | tuple[str, ...]], int]:
    """`key: value` lines and `- item` lists as far as they go, and how many characters they take up."""
    fields: dict[str, Any] = {}
    key = ""
    length = 0
    for line in block.split("\n"):
        pair = _PAIR.match(line[:_MAX_VALUE_CHARS])
        item = _ITEM.fullmatch(line.rstrip("\r")[:_MAX_VALUE_CHARS])
        if item and key:
            if not fields.get(key):
                fields[key] = ()
            if isinstance(fields[key], tuple):
                fields[key] += (_unquoted(item["value"] or item["other"]),)
        elif pair:
            key = _unquoted(pair["key"]).lower()
            fields.setdefault(key, _listed(pair["value"]))
        elif line.strip() and not line.startswith((" ", "\t", "#")):
            break
        length += len(line) + 1
        if len(fields) >= _MAX_FIELDS:
            break
    return _checked(fields), min(length, len(block))


def _listed(value: str) -> str | tuple[str, ...]:
    value = value.strip()
    if len(value) > 1 and value[0] == "[" and value[-1] == "]":
        return tuple(filter(None, (_unquoted(one) for one in re.split(r"[,，]", value[1:-1]))))
    return _unquoted(value)


def _unquoted(value: str) -> str:
    value = value.strip()
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1]
    return value


def _checked(fields: dict[Any, Any]) -> dict[str, str | tuple[str, ...]]:
    """Text and tuples of text only, cleaned, on one line each; the first of two equal keys wins."""
    checked: dict[str, str | tuple[str, ...]] = {}
    for key, value in list(fields.items())[:_MAX_FIELDS]:
        name = clean_line(str(key)).lower()
        if isinstance(value, list | tuple):
            checked.setdefault(name, tuple(_shown(one) for one in value if not isinstance(one, dict | list)))
        elif not isinstance(value, dict) and value is not None:
            checked.setdefault(name, _shown(value))
    return checked


def _shown(value: Any) -> str:
    return clean_line(str(value)[:_MAX_VALUE_CHARS])
