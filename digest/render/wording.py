"""Numbers, links, scripts and names as a reader of Chinese expects them."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import PurePosixPath
from urllib.parse import urlsplit

_DIGITS = "零一二三四五六七八九"
_UNITS = ("", "十", "百", "千")
_LINK_SCHEMES = frozenset({"http", "https"})
# The rules of digest/classify in a reader's words; a rule is some of these with ", " or "; " between.
_RULES = {
    "place": "地名",
    "authority": "机关所在",
    "organisation": "单位名中的地名",
    "org": "单位所在",
    "subject": "地名为主语",
    "mountain or water": "山川名中的地名",
    "weak": "弱线索",
    "games": "赛会名中的地名",
    "country": "国名",
    "national": "全国性词语",
    "one of a list": "并列地名之一",
    "the paper's own words": "本地自称",
    "its parent is named": "文中有其上级地名",
    "after its parent": "紧接上级地名",
    "near the paper's home": "邻近报纸所在地",
    "alone": "单独出现",
    "in the headline": "见于标题",
    "headline": "见于标题",
    "dateline": "电头",
    "no other place is named": "文中无其他地名",
    "no place is named": "文中无地名",
    "the paper's home": "报纸所在地",
    "no other region has more": "其他地区依据不足",
    "lexicon": "专题词",
    "learnt n-grams": "用字用词的统计",
    "no word and no n-gram speaks": "没有可据之词",
    "world": "国际性词语",
    "but its home is not known": "报纸所在地不明",
    "own column: any": "自设栏目的词",
    "own column: must": "自设栏目必有的词",
}
NO_HEADLINE = "（无题）"
MADE_CHARS = 24
_CLAUSE_END = re.compile("[，。；：！？,;:!?\n]")
_DATE = re.compile(r"(?<!\d)(?:19|20)\d\d([-_.]?)[01]\d\1[0-3]\d(?!\d)")


def chinese_number(n: int) -> str:
    """1 → 一, 12 → 十二, 105 → 一百零五; from 1 to 9999, above that the digits as they are."""
    if not 1 <= n <= 9999:
        return str(n)
    words = ""
    for power in range(3, -1, -1):
        digit = n // 10**power % 10
        if digit:
            words += _DIGITS[digit] + _UNITS[power]
        elif words and not words.endswith("零") and n % 10**power:
            words += "零"
    return words.removeprefix("一") if words.startswith("一十") else words


def safe_url(url: str) -> str:
    """The URL if a reader may be led there, else "": http and https with a host, no space, no controls."""
    if not url.isprintable() or any(c.isspace() or c in "\"'<>\\" for c in url):
        return ""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in _LINK_SCHEMES and parts.hostname else ""


def paper_of_file(path: str) -> str:
    """What a file's name says of its newspaper: what stands before the date in it, or behind; else the name.

    liaocheng_2024-03-21_page1.txt → liaocheng; the page and the date are shown beside it anyway.
    """
    name = PurePosixPath(path).name or path
    for part in (name.partition(".")[0], PurePosixPath(path).parent.name):
        before, date_found, after = _cut_at_date(part)
        if date_found and (before or after):
            return before or after
    return name


def _cut_at_date(name: str) -> tuple[str, bool, str]:
    found = _DATE.search(name)
    if not found:
        return name, False, ""
    return name[: found.start()].strip("-_. "), True, name[found.end() :].strip("-_. ")


def rule_words(rule: str) -> str:
    """A rule of the classifiers in Chinese; parts that have no wording here stay as they are."""
    parts = re.split(r"[,;] ", rule)
    return "，".join(_RULES.get(part, part) for part in parts)


def made_headline(sentence: str) -> str:
    """A headline for an article that has none: the first clause of `sentence`, cut to `MADE_CHARS`."""
    sentence = sentence.strip()
    clause = _CLAUSE_END.split(sentence, maxsplit=1)[0] or sentence
    whole = len(clause) <= MADE_CHARS and len(sentence) <= len(clause) + 1
    return (clause[:MADE_CHARS] + ("" if whole else "……")) or NO_HEADLINE


def is_traditional(text: str) -> bool:
    """Whether a text is set in Traditional characters: it has more that only Big5 knows than only GB2312.

    This decides nothing but the glyphs and the `lang` of a story, so a character or two decide enough.
    """
    characters = {c for c in text if "\u4e00" <= c <= "\u9fff"}
    return sum(map(_leaning, characters)) > 0


@lru_cache(maxsize=30_000)
def _leaning(char: str) -> int:
    """1 for a character that only Big5 knows, -1 for one that only GB2312 does."""
    return _encodes(char, "big5") - _encodes(char, "gb2312")


def _encodes(char: str, encoding: str) -> bool:
    try:
        char.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
