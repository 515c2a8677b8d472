"""Pages of text as they come out of a PDF or out of recognition: wrapped, flowing, damaged."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import Any

from sample_master import COLUMN_END, Master, Page, gold_article, gold_file

_TOKEN = re.compile(r"[A-Za-z0-9.%—…]+|.", re.DOTALL)
_NEVER_FIRST = set("，。、；：？！”’）》」』…%％,.;:?!)")
_NEVER_LAST = set("“‘（《「『(")
_TO_ASCII = str.maketrans("，：；？！（）", ",:;?!()")
_STRAIGHT = str.maketrans("“”‘’", "\"\"''")
# what recognition takes for what, by the look of the character
_CONFUSED = dict(zip("未人日干态问进力员", "末入曰千太间讲刀贝", strict=True))
N_WRONG = 6
N_COMMAS_LOST = 2


@dataclass(frozen=True)
class Made:
    """A sample as bytes, its path in the folder of samples, and its gold."""

    file: str
    data: bytes
    gold: dict[str, Any]


def ascii_punctuation(text: str) -> str:
    return text.translate(_TO_ASCII)


def wrap(text: str, width: int) -> list[str]:
    """The lines of a column `width` Chinese characters wide; one mark may hang out, numbers stay whole."""
    lines: list[str] = []
    line: list[str] = []
    for token in _TOKEN.findall(text):
        overflow = _size([*line, token]) - width
        if overflow > 1 or (overflow > 0 and token[0] not in _NEVER_FIRST):
            carried = len(line)
            while carried > 1 and (
                line[carried - 1] in _NEVER_LAST or [*line, token][carried][0] in _NEVER_FIRST
            ):
                carried -= 1
            lines.append("".join(line[:carried]))
            line = line[carried:]
        line.append(token)
    return [*lines, "".join(line)]


def _size(tokens: list[str]) -> float:
    """The width of the tokens in Chinese characters."""
    return sum(0.5 if ord(char) < 0x250 else 1.0 for token in tokens for char in token)


def wrapped(page: Page) -> Made:
    """Lines broken at the column width, blank lines where a paragraph or a column ends."""
    file = page["file"]
    blocks = ["\n".join(page["top"])]
    gold: list[dict[str, Any]] = []
    for index, article in enumerate(page.articles):
        body = _columns(article, page["width"])
        head = _head(article)
        parts = [*head, *body] if article.headline == "before" else [*body, *head]
        blocks += [*parts, *article.captions]
        gold.append(gold_article(article, file, index))
    blocks += page["bottom"]
    kinds = [("masthead", page["top"][0]), ("date", "\n".join(page["top"][1:])), ("staff", page["bottom"][0])]
    text = "\n\n".join(blocks) + "\n"
    return Made(file, text.encode(), gold_file(file, gold, kinds, **_about(page)))


def _head(article: Master) -> list[str]:
    lines = [" ".join(line) if article.spaced else line for line in article.title_lines]
    if article.subtitle:
        lines.append(article.subtitle)
    return [*filter(None, [article.kicker]), "\n".join(lines)]


def _columns(article: Master, width: int) -> list[str]:
    """The body as blocks of lines: a block ends with its paragraph or with the column."""
    paragraphs = list(article.paragraphs)
    if article.lead:
        paragraphs[0] = f"{article.lead} {paragraphs[0]}"
    paragraphs[-1] += article.tail
    wrapped_paragraphs = [wrap(p, width) for p in paragraphs]
    per_column = -(-sum(map(len, wrapped_paragraphs)) // article.columns)
    blocks = [article.byline] if article.byline else []
    n_lines = 0
    for lines in wrapped_paragraphs:
        block: list[str] = []
        for line in lines:
            block.append(line.strip())
            n_lines += 1
            if n_lines % per_column == 0:
                blocks.append("\n".join(block))
                block = []
        if block:
            blocks.append("\n".join(block))
    return blocks


def flowing(page: Page) -> Made:
    """One paragraph a line; a column end cuts a paragraph in two."""
    file = page["file"]
    fold = ascii_punctuation if page["ascii"] else str
    blocks = list(page["top"])
    gold: list[dict[str, Any]] = []
    for index, article in enumerate(page.articles):
        head = [*filter(None, [article.kicker]), *article.title_lines, *filter(None, [article.subtitle])]
        body = _flowing_body(article)
        parts = [*head, *body] if article.headline == "before" else [*body, *head]
        blocks += [fold(part) for part in parts]
        printed = {
            key: [fold(one) for one in value] if isinstance(value, list) else fold(value)
            for key, value in gold_article(article, file, index).items()
            if key in {"kicker", "title", "subtitle", "paragraphs", "captions"}
        }
        gold.append(gold_article(article, file, index, **printed))
    blocks += page["bottom"]
    kinds = [("pagehead" if page["page"] > 1 else "date", line) for line in page["top"]]
    kinds += [("slogan", line) for line in page["bottom"]]
    text = "\n\n".join(blocks) + "\n"
    return Made(file, text.encode(), gold_file(file, gold, kinds, **_about(page)))


def _flowing_body(article: Master) -> list[str]:
    paragraphs = list(article.paragraphs)
    if article.lead:
        paragraphs[0] = article.lead + paragraphs[0]
    if article.jump_from:
        paragraphs[0] = f"（上接第{article.jump_from}版）{paragraphs[0]}"
    blocks = [article.byline] if article.byline else []
    for index, paragraph in enumerate(paragraphs):
        blocks += paragraph.split(COLUMN_END)
        if index == article.caption_after:
            blocks += [f"\n{caption}\n" for caption in article.captions]
    if article.jump_to:
        jump = f"（下转第{article.jump_to}版）"
        # both ways are printed: behind the last word, or on a line of its own
        blocks = [*blocks[:-1], blocks[-1] + jump] if article.byline else [*blocks, jump]
    return blocks


def recognised(page: Page) -> Made:
    """A page as recognition gives it: lines joined by a space, wrong and missing characters, lost lines."""
    file = page["file"]
    wrong = _wrong_characters([_recognised_body(a, page["width"]) for a in page.articles], page["seed"])
    blocks = list(page["top"])
    gold: list[dict[str, Any]] = []
    for index, (article, lines) in enumerate(zip(page.articles, wrong, strict=True)):
        columns = _blocks(article, lines)
        if article.vertical:
            columns = _beside(article.title, columns)
        body = [" ".join(block) for block in columns]
        head = [] if article.vertical else [*filter(None, [article.kicker]), " ".join(article.title_lines)]
        blocks += [*head, *body] if article.headline == "before" else [*body, *head]
        gold.append(_recognised_gold(article, lines, file, index))
    kinds = [("pagehead", line) for line in page["top"]]
    text = "\n\n".join(blocks) + "\n"
    return Made(file, text.encode(), gold_file(file, gold, kinds, **_about(page)))


def _recognised_body(article: Master, width: int) -> list[list[str]]:
    paragraphs = list(article.paragraphs)
    paragraphs[0] = f"{article.lead} {paragraphs[0]}"
    # wrapped while an opening quote still differs from a closing one
    return [[line.translate(_STRAIGHT) for line in wrap(ascii_punctuation(p), width)] for p in paragraphs]


def _wrong_characters(articles: list[list[list[str]]], seed: int) -> list[list[list[str]]]:
    """The same lines with a few characters taken for others; which ones follows from `seed` alone."""
    places = [
        (a, p, n, at)
        for a, paragraphs in enumerate(articles)
        for p, lines in enumerate(paragraphs)
        for n, line in enumerate(lines)
        for at in range(len(line))
        if (p, n) > (0, 2)  # datelines and bylines stay whole
    ]
    drawn = sorted(places, key=lambda place: hashlib.sha256(f"{seed}:{place}".encode()).digest())
    changed = [[list(lines) for lines in paragraphs] for paragraphs in articles]

    def char(place: tuple[int, int, int, int]) -> str:
        a, p, n, at = place
        return articles[a][p][n][at]

    wrong = [place for place in drawn if char(place) in _CONFUSED][:N_WRONG]
    lost = [place for place in drawn if char(place) == ","][:N_COMMAS_LOST]
    for a, p, n, at in sorted(wrong + lost, reverse=True):
        line = changed[a][p][n]
        changed[a][p][n] = line[:at] + _CONFUSED.get(line[at], " ") + line[at + 1 :]
    return changed


def _blocks(article: Master, paragraphs: list[list[str]]) -> list[list[str]]:
    """The blocks of lines as recognised, each ending with a paragraph or a column; lost lines are gone."""
    per_column = -(-sum(map(len, paragraphs)) // article.columns)
    blocks: list[list[str]] = []
    n_lines = 0
    for p, lines in enumerate(paragraphs):
        block: list[str] = []
        for n, line in enumerate(lines):
            n_lines += 1
            if (p, n) not in article.lose:
                block.append(line.strip())
            if n_lines % per_column == 0 or n == len(lines) - 1:
                blocks.append(block)
                block = []
    return [block for block in blocks if block]


def _beside(title: str, blocks: list[list[str]]) -> list[list[str]]:
    """The body with a vertical headline scattered over it: behind the lines of one block, then alone."""
    first, second, *rest = blocks
    mixed = list(first)
    for at, char in enumerate(title[:-2]):
        mixed.insert(2 + 2 * at, char)
    return [mixed, *([char] for char in title[-2:]), second, *rest]


def _recognised_gold(article: Master, lines: list[list[str]], file: str, index: int) -> dict[str, Any]:
    lead = ascii_punctuation(article.lead)
    kept = [
        "".join(line for n, line in enumerate(one) if (p, n) not in article.lose)
        for p, one in enumerate(lines)
    ]
    kept[0] = kept[0].removeprefix(lead)
    clean = [ascii_punctuation(p).translate(_STRAIGHT) for p in article.paragraphs]
    about = {
        "paragraphs_clean": clean,
        "title_clean": article.title,
        "lost": [lines[p][n] for p, n in article.lose],
        "vertical_headline": article.vertical,
        "order_broken": False,
    }
    return gold_article(article, file, index, paragraphs=[p.strip() for p in kept], x=about)


def _about(page: Page) -> dict[str, Any]:
    return {
        "paper": page["paper"],
        "page": page["page"],
        "date": page.articles[0].published,
        "section": page["section"],
    }
