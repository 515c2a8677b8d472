"""A small typesetter: layouts described in TOML become drawn pages, with the articles that must be read back.

All text is made of invented phrases, so that no case quotes a newspaper.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from digest.page.geometry import Box, Line, Sheet

_SUBJECTS = (
    "柳湾镇的合作社",
    "青石港务所",
    "云溪社区",
    "望河县农技站",
    "南坡小学",
    "松岭林场",
    "城东菜市场",
    "河口车间",
)
_VERBS = ("新修了", "试用了", "清点了", "换下了", "分发了", "检查了", "粉刷了", "登记了")
_OBJECTS = (
    "三座旧水闸",
    "一百二十张课桌",
    "四十里渠道",
    "两台烘干机",
    "八十箱树苗",
    "十六间库房",
    "五处站牌",
    "九条巷道",
)
_TAILS = (
    "比去年早了半个月",
    "村民说用着顺手",
    "账目贴在门口的墙上",
    "入秋以前还要再做一遍",
    "费用由三家分摊",
    "雨季里没有再误工",
)


def sentence(number: int) -> str:
    """An invented sentence; different numbers give different ones."""
    subject, verb = _SUBJECTS[number % 8], _VERBS[number // 3 % 8]
    thing, tail = _OBJECTS[number // 5 % 8], _TAILS[number // 2 % 6]
    return f"{subject}在第{number}周{verb}{thing}，{tail}。"


def paragraphs(seed: int, count: int) -> list[str]:
    """Paragraphs of two to four sentences."""
    made, number = [], 100 * seed
    for index in range(count):
        n_sentences = 2 + (seed + index) % 3
        made.append("".join(sentence(number + at) for at in range(n_sentences)))
        number += n_sentences
    return made


@dataclass
class Expected:
    title: str
    kicker: str
    subtitle: str
    paragraphs: list[str]
    captions: list[str]
    subheads: list[str]


@dataclass
class Press:
    size: float
    leading: float
    lines: list[Line] = field(default_factory=list)

    def put(self, text: str, x: float, y: float, size: float, face: str = "body") -> None:
        """One line; a space is half as wide as a character."""
        width = sum(0.5 if char in " 0123456789%" else 1.0 for char in text) * size
        self.lines.append(Line(text, Box(x, y, x + width, y + size), size, face))

    def upright(self, text: str, x: float, y: float, size: float) -> None:
        box = Box(x, y, x + size, y + 1.1 * size * len(text))
        self.lines.append(Line(text, box, size, "head", vertical=True))

    def flow(
        self, texts: list[str], columns: list[list[float]], subheads: dict[int, str], indent: int
    ) -> None:
        """Paragraphs set through columns (x, top, width, bottom), each line as wide as its column."""
        places = self._places(columns)
        for index, text in enumerate(texts):
            if index in subheads:
                next(places)
                x, y, width = next(places)
                self.put(
                    subheads[index], x + (width - len(subheads[index]) * self.size) / 2, y, self.size, "bold"
                )
                next(places)
            first = True
            while text:
                x, y, width = next(places)
                shift = indent * self.size if first else 0.0
                n_chars = _fit(text, (width - shift) / self.size)
                self.put(text[:n_chars], x + shift, y, self.size)
                text, first = text[n_chars:], False

    def _places(self, columns: list[list[float]]) -> Iterator[tuple[float, float, float]]:
        for x, top, width, bottom in columns:
            y = top
            while y + self.size <= bottom:
                yield x, y, width
                y += self.leading
        raise AssertionError("the columns of this case are too short for its text")


def _fit(text: str, room: float) -> int:
    """How many characters fit; the rules against punctuation at the start of a line are kept."""
    used, count = 0.0, 0
    for char in text:
        used += 0.5 if char in " 0123456789%" else 1.0
        if used > room + 0.01:
            break
        count += 1
    while count < len(text) and text[count] in "，。、”" and count > 1:
        count -= 1
    return count


def load(path: Path) -> tuple[Sheet, list[Expected]]:
    """The drawn page of a case, and its articles."""
    case = tomllib.loads(path.read_text(encoding="utf-8"))
    press = Press(case["size"], case["leading"])
    expected = [_set_article(press, article, seed) for seed, article in enumerate(case["article"], 1)]
    for line in case.get("line", []):
        x, y = line["at"]
        press.put(line["text"], x, y, line.get("size", press.size), line.get("face", "body"))
    sheet = Sheet(
        1,
        case["width"],
        case["height"],
        tuple(press.lines),
        tuple(Box(*rule) for rule in case.get("rules", [])),
        tuple(Box(*frame) for frame in case.get("frames", [])),
        tuple(Box(*picture) for picture in case.get("pictures", [])),
    )
    return sheet, [article for article in expected if article.paragraphs]


def _set_article(press: Press, article: dict[str, Any], seed: int) -> Expected:
    x, y = article["head"]
    size = article.get("head_size", 2.4 * press.size)
    title = article["title"]
    if article.get("upright"):
        for at, text in enumerate(title):
            press.upright(text, x - 1.3 * size * at, y, size)
    else:
        small = 1.4 * press.size
        for text, step, face, shift in [
            (article.get("kicker", ""), small, "kai", 0),
            *((text, size, "head", at * article.get("step", 0)) for at, text in enumerate(title)),
            (article.get("subtitle", ""), small, "kai", 0),
        ]:
            if text:
                press.put(text, x + shift, y, step, face)
                y += 1.25 * step
    body = paragraphs(seed, article["paragraphs"])
    subheads = {int(at): text for at, text in article.get("subheads", {}).items()}
    drawn = [article.get("lead", "") + body[0], *body[1:]]
    drawn[-1] += article.get("tail", "")
    press.flow(drawn, article["columns"], subheads, article.get("indent", 2))
    for caption in article.get("captions", []):
        at_x, at_y = caption["at"]
        press.put(caption["text"], at_x, at_y, 0.9 * press.size, "sans")
    captions = [caption["text"] for caption in article.get("captions", [])]
    return Expected(
        " ".join(title),
        article.get("kicker", ""),
        article.get("subtitle", ""),
        body,
        captions,
        list(subheads.values()),
    )
