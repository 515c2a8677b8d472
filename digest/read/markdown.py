"""Markdown as posts about news use it becomes blocks; HTML in it goes the way of HTML.

Not the whole of CommonMark: an indented line is a paragraph (Chinese prose is indented), no line is a
heading because dashes follow it, and code is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from digest.config import Limits
from digest.read.blocks import Block, blocks_of, parse_html, tidy

_HTML_START = re.compile(r"\s{0,8}<(?:!--|/?[a-zA-Z][\w-]*[\s/>])")
_HTML_ANYWHERE = re.compile(
    r"<(?:p|div|br|img|center|table|strong|b|span|h[1-6]|a|em|font|blockquote|ul|ol|figure)\b[^<>]{0,400}>",
    re.I,
)
_HEADING = re.compile(r"\s{0,3}(#{1,6})[ \t]*([^#\s].*?)[ \t]*#*\s*$")
_RULE = re.compile(r"\s{0,3}(?:[-*_=][ \t]*){3,}$")
_LIST_ITEM = re.compile(r"\s{0,8}(?:[-*+]|\d{1,3}[.)])[ \t]+(?=\S)")
_QUOTE = re.compile(r"\s{0,3}(?:>[ \t]?){1,5}")
_CODE_FENCE = re.compile(r"\s{0,3}(?:```|~~~)")
_TABLE_ROW = re.compile(r"\s{0,3}\|.*\|\s*$|\s*[:| -]*-{3,}[:| -]*$")
_REFERENCE = re.compile(r"\s{0,3}\[[^\]\n]{1,80}\]:[ \t]*\S+.*$")
_LIQUID = re.compile(r"\{%(?:(?!%\}).){0,400}%\}|\{\{(?:(?!\}\}).){0,400}\}\}|\{:[^{}\n]{0,200}\}")
_IMAGE = re.compile(r"!\[[^\[\]\n]{0,200}\](?:\([^()\n]{0,600}\)|\[[^\[\]\n]{0,80}\])")
_LINK = re.compile(r"\[([^\[\]\n]{1,300})\](?:\((?:[^()\n]|\([^()\n]{0,100}\)){0,600}\)|\[[^\[\]\n]{0,80}\])")
_POINTER = re.compile(
    r"\W*(?:点击|點擊)?(?:此处|这里)?(?:查看|阅读|閱讀)?(?:[详詳][情细細见見]|原文|全文|更多|[链鏈][接結])(?:[链鏈]接|[阅閱][读讀])?\W*"
)
_AUTOLINK = re.compile(
    r"<(?:https?://|mailto:)[^<>\s]{1,600}>|(?<![\w/])https?://[\w.~:/?#@!$&'()*+,;=%-]{1,600}", re.A
)
_STRONG = re.compile(r"(\*\*|__)(?=\S)([^*_\n]{1,400}?)(?<=\S)\1")
_EMPHASIS = re.compile(r"(?<![\w*])\*(?=\S)([^*\n]{1,400}?)(?<=\S)\*(?!\*)")
_CODE = re.compile(r"`([^`\n]{1,200})`")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!~|>-])")
_SET_ASIDE = 0xF0000  # escaped characters wait in a private plane until the marks are gone
_ASIDE = re.compile("[\U000f0000-\U000f007f]")
_HARD_BREAK = re.compile(r"(?: {2,}|\\)$")


def markdown_blocks(text: str, name: str, limits: Limits) -> list[Block]:
    """The blocks of a post's body in reading order.

    Raises LimitError and ReadError as `parse_html` does for the HTML in it.
    """
    blocks: list[Block] = []
    for is_html, lines in _chunks(_LIQUID.sub("", text)):
        if is_html:
            blocks.extend(blocks_of(parse_html("<div>" + "\n".join(lines) + "</div>", name, limits)))
        else:
            for chunk in _paragraphs(lines):
                blocks.extend(_blocks(chunk))
    return blocks


def _chunks(text: str) -> Iterator[tuple[bool, list[str]]]:
    """Stretches of HTML (to the next blank line outside of it) and of Markdown, in turn."""
    html: list[str] = []
    plain: list[str] = []
    in_code = False
    for line in text.split("\n"):
        if _CODE_FENCE.match(line):
            in_code = not in_code
            continue
        if in_code:
            continue
        starts_html = not html and bool(_HTML_START.match(line)) and not _AUTOLINK.match(line.strip())
        if not html and not starts_html and _HTML_ANYWHERE.search(line):
            starts_html = True
        if starts_html:
            if plain:
                yield False, plain
                plain = []
            html = [line]
        elif html and line.strip():
            if _AUTOLINK.match(line.strip()) or _HEADING.match(line):
                yield True, html
                html, plain = [], [line]
            else:
                html.append(line)
        elif html:
            yield True, html
            html = []
        else:
            plain.append(line)
    if html:
        yield True, html
    if plain:
        yield False, plain


def _paragraphs(lines: list[str]) -> Iterator[list[str]]:
    """Lines up to a blank line, a heading, a rule, a list item or an indented Chinese paragraph."""
    chunk: list[str] = []
    for line in lines:
        starts = bool(_HEADING.match(line) or _LIST_ITEM.match(line) or line.startswith("\u3000\u3000"))
        alone = bool(_RULE.match(line) or _REFERENCE.match(line) or _TABLE_ROW.match(line))
        if (not line.strip() or starts or alone) and chunk:
            yield chunk
            chunk = []
        if not line.strip() or alone:
            continue
        chunk.append(line)
        if _HEADING.match(line) or _HARD_BREAK.search(line):
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _blocks(lines: list[str]) -> list[Block]:
    heading = _HEADING.match(lines[0])
    if heading:
        return [_inline(heading[2], f"h{len(heading[1])}")]
    tag = "p"
    if _LIST_ITEM.match(lines[0]):
        tag, lines = "li", [_LIST_ITEM.sub("", lines[0], count=1), *lines[1:]]
    elif _QUOTE.match(lines[0]):
        tag, lines = "blockquote", [_QUOTE.sub("", line, count=1) for line in lines]
    text = "\n".join(_HARD_BREAK.sub("", line) for line in lines)
    blocks: list[Block] = []
    here = 0
    for image in _IMAGE.finditer(text):
        blocks.append(_inline(text[here : image.start()], tag))
        blocks.append(Block("", "image"))
        here = image.end()
    blocks.append(_inline(text[here:], tag))
    return [block for block in blocks if block.text or block.is_image]


def _inline(text: str, tag: str) -> Block:
    """A block of the plain text of `text`: links leave their words, emphasis its content."""
    text = _ESCAPE.sub(lambda found: chr(_SET_ASIDE + ord(found[1])), text)
    bold = bool(re.fullmatch(r"\s*(\*\*|__)[^*_\n]+\1\s*", text))
    plain = _AUTOLINK.sub("", _LINK.sub(_linked, text))
    plain = _CODE.sub(r"\1", _EMPHASIS.sub(r"\1", _STRONG.sub(r"\2", plain)))
    shown = tidy(_ASIDE.sub(lambda found: chr(ord(found[0]) - _SET_ASIDE), plain))
    n_links = sum(len(link[1]) for link in _LINK.finditer(text))
    return Block(shown, tag, bold, min(1.0, n_links / max(1, len(shown))))


def _linked(link: re.Match[str]) -> str:
    """The words of a link; none where they stand behind a sentence and do nothing but lead: [详情](…)."""
    before = link.string[: link.start()].rstrip()
    return "" if _POINTER.fullmatch(link[1]) and before.endswith(("。", "！", "？", "…", "）")) else link[1]
