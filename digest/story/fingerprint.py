"""Article → the marks by which two reports of one development know each other."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.typing import NDArray

from digest.model import Article
from digest.text.script import is_traditional, simplified
from digest.text.words import cut

COMPARED_CHARS = 3000  # of a body: headline and lead decide, and papers shorten from the end
LEAD_CHARS = 200
FIRST_CHARS = 100  # the first sentence or two: what is reported
SHINGLE = 5  # characters; the length at which shortened wire copy and chance are told apart best
EVENT_DAY_CHARS = 160  # where a report says on which day its event was

Hashes = NDArray[np.uint32]

_SUFFIX = re.compile(  # what a site adds behind a headline: “-新华网”, “ - 韩国频道”, “_新闻中心_某网”
    r"(?:\s?(?:--?|_|\|)\s?[^-_|\s,。:]{0,6}(?:频道|[网报台刊社]|日报|在线|之家|见闻|新闻|资讯|中国|国际|国内|大陆|财经))+$"
)
_MARKS = re.compile(
    r"^《[^》]{2,8}》|^(?:简讯|快讯|图说|组图|视频|独家|要闻):|\((?:组?图|多图|\d)\)|【图】|\[\d\]|【\d】"
)
_MARGIN = re.compile(  # the dateline at the head of a paragraph
    r"(?:[(【\[]?据?[^\s,。;:(]{0,12}?(?:新华社|中新社|本报|[网报社台讯])[^,。;:(]{0,24}?"
    r"(?:[电讯](?=[\s(题:】]|$)|消息|综合消息|[电讯]|报道[,】])\s*(?:\([^)]{0,60}\))?[\s:,】]*)"
)
_PLAIN = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_DAY = re.compile(r"(?:\d{1,2}月)?(\d{1,2})[日号](?![线楼院文])|(今[天日晨晚早])(?!年)|(昨[天日晚晨])")
# Set phrases of the trade: they stand in every report and say nothing of what it reports.
_TRADE_WORDS = frozenset(
    """
    记者 报道 消息 新闻 今天 昨天 昨日 今日 日电 本报 近日 日前 目前 表示 进行
    相关 有关 一个 没有 已经 以及 可以 成为 通过 对于 其中 他们 我们 自己 这个
    这些 上午 下午 晚间 新华社 中新社 中新网 央视 央视网 新闻联播 人民网 新华网
    综合 据悉 了解 发布 公布 时间 当地 获悉 日讯 通讯员 实习
    """.split()
)
_COMMENT = re.compile(
    r"评论|[时社短快锐网热微]评|评[:“《\"]|[一二三四五六七八九十再]论|专访|访谈|专家|始末|盘点|回顾|早新闻|早报|晚报|解读|详解"
    r"|答记者问|观察|反思|不该|岂能|岂容|何以|为何|缘何|别让|莫让|当[以从]|[吗呢]?\?|来龙去脉|背后|启示"
)


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What of an article is compared. All text is Simplified, in half-width forms, without its dateline."""

    title: Mapping[str, int]  # words and how often each stands in the headline
    lead: Mapping[str, int]  # the same of the first LEAD_CHARS characters of the body
    first: frozenset[str]  # words of the first FIRST_CHARS
    words: frozenset[str]  # all words of headline and body
    shingles: Hashes  # sorted hashes of the body's runs of SHINGLE characters
    n_chars: int
    numbers: frozenset[str]  # of headline and lead, of two digits and more
    all_numbers: frozenset[str]
    days: frozenset[int]  # days of the month that the lead gives for its event
    day: int | None  # of publication, as an ordinal
    is_comment: bool
    first_word: str  # of the headline: mostly who acts
    title_text: str = field(repr=False, default="")


def fingerprint(article: Article) -> Fingerprint:
    """The marks of `article`. Costs time linear in its length."""
    title, body = _plain_texts(article)
    chars = "".join(_PLAIN.findall(body))
    title_words, lead_words = _content(title), _content(body[:LEAD_CHARS])
    body_words = set(cut(body))
    first = _content(body[:FIRST_CHARS])
    return Fingerprint(
        title=Counter(title_words),
        lead=Counter(lead_words),
        first=frozenset(first),
        words=frozenset(body_words.union(title_words)),
        shingles=_shingles(chars),
        n_chars=len(chars),
        numbers=frozenset(_numbers(title + " " + body[:LEAD_CHARS])),
        all_numbers=frozenset(_numbers(title + " " + body)),
        days=_event_days(body[:EVENT_DAY_CHARS], article.published),
        day=article.published.toordinal() if article.published else None,
        is_comment=_COMMENT.search(title) is not None,
        first_word=title_words[0] if title_words else "",
        title_text="".join(_PLAIN.findall(title)),
    )


def _plain_texts(article: Article) -> tuple[str, str]:
    """Headline and body in the form that is compared."""
    title = unicodedata.normalize("NFKC", article.title[:300])
    body = unicodedata.normalize("NFKC", article.text[: COMPARED_CHARS + 300])
    if is_traditional(title + body):
        title, body = simplified(title), simplified(body)
    title = _SUFFIX.sub("", _MARKS.sub("", title)).strip()
    return title, without_dateline(body)[:COMPARED_CHARS]


def without_dateline(body: str) -> str:
    """The body from behind its dateline; a desk's note of one line or two before it goes too."""
    here = 0
    for _ in range(3):
        match = _MARGIN.match(body, here)
        if match and match.end() - here < 90:
            return body[match.end() :]
        line_end = body.find("\n", here)
        if line_end < 0 or line_end > 120:
            break
        here = line_end + 1
    return body


def _content(text: str) -> list[str]:
    return [
        word
        for word in cut(text)
        if (len(word) > 1 or word.isdigit()) and word not in _TRADE_WORDS and _PLAIN.match(word)
    ]


def _numbers(text: str) -> list[str]:
    return [number for number in _NUMBER.findall(text) if len(number) > 1]


def _event_days(lead: str, published: date | None) -> frozenset[int]:
    found = set()
    for match in _DAY.finditer(lead):
        if match[1]:
            found.add(int(match[1]))
        elif published:
            ordinal = published.toordinal() - (1 if match[3] else 0)
            found.add(date.fromordinal(max(ordinal, 1)).day)
    return frozenset(found)


def _shingles(chars: str) -> Hashes:
    """Sorted, distinct hashes of all runs of SHINGLE characters; of the whole where it is shorter."""
    if not chars:
        return np.empty(0, np.uint32)
    points = np.frombuffer(chars.encode("utf-32-le", "replace"), np.uint32).astype(np.uint64)
    if len(points) < SHINGLE:
        points = np.pad(points, (0, SHINGLE - len(points)))
    n = len(points) - SHINGLE + 1
    mixed = np.zeros(n, np.uint64)
    for offset in range(SHINGLE):  # a polynomial in an odd multiplier, wrapping at 64 bits
        mixed = mixed * np.uint64(0x9E3779B97F4A7C15) + points[offset : offset + n]
    mixed ^= mixed >> np.uint64(31)
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    return np.unique((mixed >> np.uint64(32)).astype(np.uint32))


Idf = Callable[[str], float]


def idf_of(prints: list[Fingerprint]) -> Idf:
    """The weight of a word: rarer in headlines and leads, heavier.

    Smoothed as if UNSEEN more articles had been read, none with the word: two articles alone give all their
    words nearly the same weight rather than none.
    """
    unseen = 50
    counts: Counter[str] = Counter()
    for mark in prints:
        counts.update(mark.title.keys() | mark.lead.keys())
    total = len(prints) + unseen
    table = [math.log(total / (n + 1)) for n in range(len(prints) + 1)]
    return lambda word: table[counts[word]]
