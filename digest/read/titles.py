"""Headlines: the lines of one joined, kicker and subtitle told from the title, one made where none stands."""

from __future__ import annotations

import re
from typing import NamedTuple

from digest.read.clean import clean_line
from digest.text.words import cut

_DASH = re.compile(r"\s*(?:——+|――+|──+|—\s—)\s*")
_SITE_TAIL = re.compile(r"\s*(?:[_|｜»]|--+|\s[-–—]\s)\s*[^_|｜»]{2,30}$")
_PAPER_TAIL = re.compile(
    r"-[^-\s]{2,20}(?:[報报網网]|新?[頻频]道|客户端|電子版|电子版|政府|委(?:[员員][会會])?|[厅廳局办辦]|中心)$"
)
_SPACED = re.compile(r"(?:[\u4e00-\u9fff][ \u3000]){3,}[\u4e00-\u9fff]")
_MADE_CHARS = 28
_CLAUSE_END = re.compile(r"[。！？!?；;]")
_COMMA = re.compile(r"[，,：:]")
_LEAST_TITLE, _LEAST_SUBTITLE = 4, 6


class Headline(NamedTuple):
    kicker: str
    title: str
    subtitle: str


def split_headline(printed: str) -> Headline:
    """A headline printed in one field: what follows a double dash is the subtitle, dash included."""
    lines = [unspaced(clean_line(line)) for line in printed.split("\n")]
    text = join_lines([line for line in lines if line])
    dash = _DASH.search(text)
    if dash and dash.start() >= _LEAST_TITLE and len(text) - dash.end() >= _LEAST_SUBTITLE:
        return Headline("", text[: dash.start()], "——" + text[dash.end() :])
    return Headline("", text, "")


def join_lines(lines: list[str]) -> str:
    """The lines of one headline: side by side where a phrase runs on, with a space between two phrases."""
    text = ""
    for line in lines:
        text += (" " if text and _are_two_phrases(text, line) else "") + line
    return _respaced(text)


def unspaced(text: str) -> str:
    """A letter-spaced headline (`山 城 新 貌 换`) without its layout spaces; any other text unchanged."""
    return _SPACED.sub(lambda found: re.sub(r"[ \u3000]", "", found[0]), text)


def without_site(title: str) -> str:
    """The title of a web page without the name of the site behind it."""
    text = clean_line(title)
    shorter = _PAPER_TAIL.sub("", _SITE_TAIL.sub("", text))
    return shorter if len(shorter) >= _LEAST_TITLE else text


def made_title(text: str) -> str:
    """The beginning of `text`, up to the end of a clause, to stand where no headline was printed."""
    line = clean_line(text[:400])
    sentence = _CLAUSE_END.split(line, maxsplit=1)[0]
    if len(sentence) <= _MADE_CHARS:
        return sentence
    clauses = [found.start() for found in _COMMA.finditer(sentence[: _MADE_CHARS + 1])]
    return sentence[: clauses[-1]] if clauses and clauses[-1] >= 6 else sentence[:_MADE_CHARS] + "…"


def same_headline(one: str, other: str) -> bool:
    """Whether two headlines have the same letters and digits."""
    return _letters(one) == _letters(other) != ""


def _letters(text: str) -> str:
    return "".join(char for char in text if char.isalnum())


def _respaced(text: str) -> str:
    """`text` without the spaces that cut a word in two: what a line end left in a field."""
    parts = text.split(" ")
    joined = parts[0]
    for part in parts[1:]:
        joined += part if part and joined and _cuts_word(joined[-8:], part[:8]) else " " + part
    return joined


def _are_two_phrases(before: str, after: str) -> bool:
    """Lines of a couplet have equal lengths and break between words; otherwise the phrase runs on."""
    if (before[-1].isascii() and after[0].isascii()) or " " in before or " " in after:
        return True
    last = before.split(" ")[-1]
    return len(last) == len(after) and not _cuts_word(last[-8:], after[:8])


def _cuts_word(before: str, after: str) -> bool:
    """Whether a word of two or more characters spans the border."""
    if not before[-1:].isalpha() or not after[:1].isalpha() or before[-1:].isascii():
        return False
    here = 0
    for word in cut(before + after):
        if here < len(before) < here + len(word):
            return True
        here += len(word)
    return False
