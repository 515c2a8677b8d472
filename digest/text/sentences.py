"""Sentences of Chinese newspaper text, as spans.

A sentence ends at 。！？!?… and, in pages set with ASCII punctuation, at a full point that surely ends one;
closing quotation marks and brackets belong to the sentence before them. Semicolons and colons end nothing,
and no sentence runs over a line feed. What stands inside a quotation or a pair of brackets is not cut out of
it, unless it is longer than `PROTECTED_CHARS`, which is a speech printed as one long quotation or a mark
that recognition has lost.
"""

from __future__ import annotations

import re

# A quotation of 120 characters is about three sentences; beyond it readers lose the frame around the words.
PROTECTED_CHARS = 120

_CLOSERS = '”’」』"）)》〉】]'
_PAIRS = {
    "”": "“",
    "’": "‘",
    "」": "「",
    "』": "『",
    "）": "（",
    ")": "(",
    "》": "《",
    "〉": "〈",
    "】": "【",
}
_OPENERS = frozenset(_PAIRS.values())
_QUOTES = frozenset('“‘「『"')
_MARK = re.compile(r"[“”‘’「」『』（）()《》〈〉【】\"]")
_STOP = re.compile(r"[。｡！？!?…‥]+|[.．]")
_FINISHED = re.compile(
    r"[。｡！？!?…‥][”’」』\"）)》〉】\]]*$|[\u3400-\u9fff%％A-Za-z”’」』\"）)》][.．][”’」』\"）)》〉】\]]*$"
)
_ASCII_WORD = re.compile(r"[A-Za-z0-9_=&/#]")
_HAN = re.compile(r"[\u3400-\u9fff]")

# What may follow a closed quotation without beginning a new sentence.
_GOES_ON = frozenset("，、；：,;:—-～~。！？!?…的地得了着等之")
_SAYS = re.compile(
    r"[^。！？!?，,；;“”\"]{0,24}?(?:说|表示|道|介绍|告诉|称|指出|问|认为|回忆|强调|谈|笑|喊|答|解释|直言|坦言|透露|感慨|感叹"
    r"|写|呼吁|补充|補充|說|稱|問|認為|強調|談|這|这是|这样|这句|如此|在[^。！？!?，,“”]{1,16}看来)"
)
_SAID = re.compile(r"(?:[：:]|[说道称问喊答示出调为诉绍說稱問為訴紹調][，,])$")
_SENTENCE_BEFORE = frozenset("，：,:。！？!?；;")


def split(text: str) -> list[tuple[int, int]]:
    """The spans (start, end) of the sentences of `text`, half open, trimmed of white space, in order.

    A line's tail without terminal punctuation is a span too; `is_finished` tells it from a sentence.
    Time is linear in the text.
    """
    spans: list[tuple[int, int]] = []
    start = 0
    while start <= len(text):
        end = text.find("\n", start)
        if end < 0:
            end = len(text)
        begin = start
        for stop in _stops(text, start, end):
            _append(spans, text, begin, stop)
            begin = stop
        _append(spans, text, begin, end)
        start = end + 1
    return spans


def is_finished(sentence: str) -> bool:
    """Whether `sentence` ends as a sentence does; a headline, a list item and a cut line do not."""
    return _FINISHED.search(sentence[-8:].rstrip()) is not None


def _append(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    right = len(piece.rstrip())
    if left < right:
        spans.append((start + left, start + right))


def _stops(text: str, start: int, end: int) -> list[int]:
    """The ends of the sentences of one line, without the line's own end."""
    found: list[int] = []
    marks = list(_STOP.finditer(text, start, end))
    if not marks:
        return found
    outer, closing = _protected(text, start, end)
    points_end = _points_end_sentences(text, start, end)
    at = 0  # index into outer
    begin = start
    for mark in marks:
        here = mark.start()
        if here < begin:
            continue
        stop = mark.end()
        while stop < end and text[stop] in _CLOSERS and (text[stop] != '"' or stop in closing):
            stop += 1
        while at < len(outer) and outer[at][1] < here:
            at += 1
        if at < len(outer) and outer[at][0] < here:
            opened, closed = outer[at]
            if stop <= closed or not _quotation_ends(text, begin, opened, stop, end):
                continue
        elif text[here] in ".．":
            if not _point_ends(text, begin, here, stop, end, points_end):
                continue
        elif not _mark_ends(text, mark.group(), here, stop, end):
            continue
        found.append(stop)
        begin = stop
    return found


def _protected(text: str, start: int, end: int) -> tuple[list[tuple[int, int]], set[int]]:
    """The outermost pairs of marks up to PROTECTED_CHARS apart, in order, and where straight quotes close."""
    open_marks: list[tuple[str, int]] = []
    pairs: list[tuple[int, int]] = []
    closing: set[int] = set()
    straight = -1
    for mark in _MARK.finditer(text, start, end):
        sign, here = mark.group(), mark.start()
        if sign == '"':
            if straight < 0:
                straight = here
            else:
                closing.add(here)
                pairs.append((straight, here))
                straight = -1
        elif sign in _OPENERS:
            open_marks.append((sign, here))
        else:
            # An opener that never closes must not hide the pairs around it; only the last few can matter.
            for back in range(1, min(len(open_marks), 4) + 1):
                if open_marks[-back][0] == _PAIRS[sign]:
                    pairs.append((open_marks[-back][1], here))
                    del open_marks[-back:]
                    break
    outer: list[tuple[int, int]] = []
    for opened, closed in sorted(pairs):
        if closed - opened <= PROTECTED_CHARS and (not outer or opened > outer[-1][1]):
            outer.append((opened, closed))
    return outer, closing


def _quotation_ends(text: str, begin: int, opened: int, stop: int, end: int) -> bool:
    """Whether the sentence ends with the pair opened at `opened`, whose last words end at `stop`.

    “…。”他说 goes on; 他说：“…。” ends; a bracket or a slogan inside a sentence (高呼“加油！”的人) goes on.
    """
    rest = text[stop : min(end, stop + 40)].lstrip()
    if not rest:
        return True
    if rest[0] in _GOES_ON:
        return False
    before = text[begin:opened].rstrip()
    if text[opened] not in _QUOTES:
        return not before and text[opened] not in "《〈"
    if before and before[-1] not in _SENTENCE_BEFORE:
        return False
    if rest[0] in _QUOTES or _SAID.search(before):
        return True
    return _SAYS.match(rest) is None


def _mark_ends(text: str, mark: str, here: int, stop: int, end: int) -> bool:
    """Whether 。！？!?… outside of any pair ends a sentence."""
    rest = text[stop : stop + 1] if stop < end else ""
    if not rest:
        return True
    if mark[0] in "!?" and len(mark) == 1 and _ASCII_WORD.match(rest) and text[here - 1 : here].isascii():
        return False  # an address, a brand
    if mark[0] in "…‥" and mark[-1] in "…‥":
        # 从折叠屏手机到压力传感器……更轻更薄的产品…: two dots between words break a list off, not the sentence
        return rest.isspace() or rest in _QUOTES
    return rest not in "，、；,;"


def _points_end_sentences(text: str, start: int, end: int) -> bool:
    """Whether this line uses the ASCII full point for 。: it ends with one and has no 。"""
    line = text[start:end].rstrip().rstrip(_CLOSERS)
    return line[-1:] in (".", "．") and "。" not in line


def _point_ends(text: str, begin: int, here: int, stop: int, end: int, points_end: bool) -> bool:
    """Whether a full point surely ends a sentence: no decimal, list number, name or abbreviation."""
    if text[here - 1 : here] in (".", "．") or text[stop : stop + 1] in (".", "．"):
        return not text[stop:end].strip()
    before = text[here - 1] if here > begin else ""
    rest = text[stop : min(end, stop + 8)]
    if not rest.strip():
        return not text[begin:here].strip().isalnum() or bool(_HAN.match(before))
    if _HAN.match(before) or before in '”’」』"）)%％':
        # 比尔.盖茨: a name; a sentence has more than a few characters on both sides.
        return (points_end and here - begin >= 10) or rest[0].isspace()
    if before.isascii() and before.islower() and rest[0].isspace():
        word = re.search(r"[A-Za-z]+$", text[max(begin, here - 12) : here])
        return word is not None and len(word.group()) > 3 and rest.strip()[:1].isupper()
    return False
