"""Article → the marks by which two reports of one development know each other."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import accumulate, takewhile

import numpy as np
from numpy.typing import NDArray

from digest.model import Article
from digest.text.names import names
from digest.text.script import is_traditional, simplified
from digest.text.words import cut

COMPARED_CHARS = 3000  # of a body: headline and lead decide, and papers shorten from the end
WORDS_CHARS = 1000  # of a body, in which the words of another's headline are looked for
LEAD_CHARS = 200
EVENT_DAY_CHARS = 160  # where a report says on which day its event was
AGENCY_CHARS = 60  # where a dateline names its agency
SCRIPT_CHARS = 200  # enough to see whether a text is Traditional
OPENING_WORDS = 2
SHINGLE = 5  # characters; tells shortened wire copy and chance apart
MARGIN_LINES = 4
NOTE_CHARS = 120  # a line before the dateline that is no longer than this is a desk's note

Ids = NDArray[np.int32]  # of words, ascending
Hashes = NDArray[np.uint32]  # ascending
Flags = NDArray[np.bool_]

_SUFFIX = re.compile(  # what a site adds behind a headline: “-某某网”, “ - 韩国频道”, “_新闻中心_某网”
    r"(?:\s?(?:--?|_|\|)\s?[^-_|\s,。:]{0,6}"
    r"(?:频道|[网报台刊社]|日报|在线|之家|见闻|新闻|资讯|中国|国际|国内|大陆|财经))+$"
)
_MARKS = re.compile(
    r"^《[^》]{2,8}》|^(?:简讯|快讯|图说|组图|视频|独家|要闻):|\((?:组?图|多图|\d)\)|【图】|\[\d\]|【\d】"
)
_DATELINE = re.compile(  # at the head of a paragraph, in half-width forms
    r"[(【\[][^)】\]\n]{2,24}(?:[讯电]|报道|消息)[)】\]]\s{0,4}|[(【\[]?据?[^\s,。;:(]{0,12}?(?:新华社|中新社|本报|[网报社台讯])[^,。;:(]{0,24}?"
    r"(?:[电讯](?=[\s(题:】]|$)|消息|综合消息|[电讯]|报道[,】])\s{0,4}(?:\([^)]{0,60}\))?[\s:,】]{0,8}"
)
_CREDIT = re.compile(
    r"图[为片:]|资料图|网络图|来源[:/]|原标题|核心提示|摘要|作者|编辑|记者|[(（]?[^\s。]{0,20}摄"
)
_AGENCY = re.compile("新华社|中新社|中新网|央视网|央广网|人民网|新华网|环球网|参考消息网|国际在线")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_DAY = re.compile(r"(?:\d{1,2}月)?(\d{1,2})[日号](?![线楼院文])|(今[天日晨晚早])(?!年)|(昨[天日晚晨])")
# Set phrases of the trade: they stand in every report and say nothing of what it reports.
_TRADE = """
记者 报道 消息 新闻 今天 昨天 昨日 今日 日电 本报 近日 日前 目前 表示 进行 相关 有关 一个 没有 已经 以及
可以 成为 通过 对于 其中 他们 我们 自己 这个 这些 上午 下午 晚间 新华社 中新社 中新网 央视 央视网 新闻联播
人民网 新华网 综合 据悉 了解 发布 公布 时间 当地 获悉 日讯 通讯员 实习
"""
_TRADE_WORDS = frozenset(_TRADE.split())
_COMMENT = re.compile(  # headlines of commentary, interviews, chronologies, explanations, round-ups
    r"评论|[时社短快锐网热微]评|评[:“《\"]|[一二三四五六七八九十再]论|专访|访谈|专家|始末|盘点|回顾|早新闻|早报|晚报|解读|详解"
    r"|答记者问|观察|反思|不该|岂能|岂容|何以|为何|缘何|别让|莫让|当[以从]|[吗呢]?\?|来龙去脉|背后|启示"
)
_FEATURE = re.compile(r"电\s?题:|评论员|□[^\n]{2,4}\n|\(作者")


class Vocabulary:
    """Numbers for words, in the order in which they were first met."""

    def __init__(self) -> None:
        self._ids: defaultdict[str, int] = defaultdict()
        self._ids.default_factory = self._ids.__len__

    def __len__(self) -> int:
        return len(self._ids)

    def words(self) -> list[str]:
        """The words by their numbers."""
        return list(self._ids)

    def ids(self, words: Iterable[str]) -> Ids:
        """The numbers of the distinct words."""
        distinct = dict.fromkeys(words)  # and not a set, whose order changes from run to run
        numbers = np.fromiter(map(self._ids.__getitem__, distinct), np.int32, len(distinct))
        numbers.sort()
        return numbers

    def id(self, word: str) -> int:
        return self._ids[word]


@dataclass(frozen=True, slots=True, eq=False)
class Fingerprint:
    """What of an article is compared. All text is Simplified, in half-width forms, without its dateline."""

    title: Ids
    opening: tuple[int, ...]  # the first OPENING_WORDS words of the headline: mostly who acts
    names: Ids  # people, places, institutions in the headline
    lead: Ids  # words of the first LEAD_CHARS characters of the body
    repeated: Ids  # those of them that stand there more than once
    words: Ids  # all words of headline and body
    shingles: Hashes  # of the body's runs of SHINGLE characters
    n_chars: int  # of the body, letters and digits only
    numbers: frozenset[str]  # of headline and lead, of two digits and more
    all_numbers: frozenset[str]
    days: frozenset[int]  # days of the month that the lead gives for its event
    day: int | None  # of publication, as an ordinal
    is_comment: bool
    voices: frozenset[str]  # the newspaper and the agency that tell it, where they are known


def fingerprint(article: Article, vocabulary: Vocabulary) -> Fingerprint:
    """The marks of `article`. Costs time linear in its length, up to COMPARED_CHARS."""
    title, raw = _plain_texts(article)
    body = without_dateline(raw)[:COMPARED_CHARS]
    points = _letters(body)
    title_words, body_words = _content(cut(title)), cut(body[:WORDS_CHARS])
    lead = Counter(_content(_head(body_words, LEAD_CHARS)))
    return Fingerprint(
        title=vocabulary.ids(title_words),
        opening=tuple(map(vocabulary.id, title_words[:OPENING_WORDS])),
        names=vocabulary.ids(names(title)),
        lead=vocabulary.ids(lead),
        repeated=vocabulary.ids(word for word, n in lead.items() if n > 1),
        words=vocabulary.ids((*title_words, *body_words)),
        shingles=_shingles(points),
        n_chars=len(points),
        numbers=_numbers(title + " " + body[:LEAD_CHARS]),
        all_numbers=_numbers(title + " " + body),
        days=_event_days(body[:EVENT_DAY_CHARS], article.published),
        day=article.published.toordinal() if article.published else None,
        is_comment=bool(_COMMENT.search(title) or _FEATURE.search(raw[:LEAD_CHARS])),
        voices=_voices(article, raw),
    )


def _plain_texts(article: Article) -> tuple[str, str]:
    """Headline and body in Simplified script and half-width forms."""
    title = unicodedata.normalize("NFKC", article.title[:LEAD_CHARS])
    body = unicodedata.normalize("NFKC", article.text[: COMPARED_CHARS + LEAD_CHARS])
    if is_traditional(title + body[:SCRIPT_CHARS]):
        title, body = simplified(title), simplified(body)
    title = _SUFFIX.sub("", _MARKS.sub("", title)).strip()
    return title, body


def _voices(article: Article, body: str) -> frozenset[str]:
    named = _AGENCY.search(body, 0, AGENCY_CHARS)
    agency = named[0] if named else "" if article.agency.startswith("本") else article.agency
    return frozenset(simplified(name) for name in (article.paper, agency) if name)


def without_dateline(body: str) -> str:
    """The body from behind its dateline.

    What stands before it goes too: captions, credits, “原标题”, a desk's note of a line or two.
    """
    here = 0
    for _ in range(MARGIN_LINES):
        match = _DATELINE.match(body, here)
        if match:
            again = _DATELINE.match(body, match.end())  # 【某某网报道】据新华社…电
            return body[(again or match).end() :]
        line_end = body.find("\n", here)
        if line_end < 0 or line_end - here > NOTE_CHARS:
            break
        here = line_end + 1
    return _skip_credits(body)


def _skip_credits(body: str) -> str:
    here = 0
    for _ in range(MARGIN_LINES):
        line_end = body.find("\n", here)
        if line_end < 0 or line_end - here > NOTE_CHARS:
            break
        if line_end > here and not _CREDIT.match(body, here, line_end):
            break
        here = line_end + 1
    return body[here:]


def _head(words: list[str], n_chars: int) -> list[str]:
    """The words that lie within the first `n_chars` characters."""
    ends = accumulate(map(len, words))
    return [word for word, _ in zip(words, takewhile(lambda end: end <= n_chars, ends), strict=False)]


def _content(words: Iterable[str]) -> list[str]:
    """The words that say what a text is about: no single characters, marks or set phrases."""
    return [
        word
        for word in words
        if (len(word) > 1 or word.isdigit()) and word[0].isalnum() and word not in _TRADE_WORDS
    ]


def _numbers(text: str) -> frozenset[str]:
    return frozenset(number for number in _NUMBER.findall(text) if len(number) > 1)


def _event_days(lead: str, published: date | None) -> frozenset[int]:
    found = set()
    for match in _DAY.finditer(lead):
        if match[1]:
            found.add(int(match[1]))
        elif published:
            ordinal = published.toordinal() - (1 if match[3] else 0)
            found.add(date.fromordinal(max(ordinal, 1)).day)
    return frozenset(found)


@cache
def _is_letter() -> Flags:
    return np.array([chr(point).isalnum() for point in range(0x10000)])


def _letters(text: str) -> NDArray[np.uint32]:
    """The code points of the letters, Han characters and digits of `text`."""
    points = np.frombuffer(text.encode("utf-32-le", "replace"), np.uint32)
    return points[_is_letter()[np.minimum(points, 0xFFFF)]]


def _shingles(points: NDArray[np.uint32]) -> Hashes:
    """Sorted, distinct hashes of all runs of SHINGLE code points; of the whole where it is shorter."""
    if not len(points):
        return np.empty(0, np.uint32)
    wide = points.astype(np.uint64)
    if len(wide) < SHINGLE:
        wide = np.pad(wide, (0, SHINGLE - len(wide)))
    n = len(wide) - SHINGLE + 1
    mixed = np.zeros(n, np.uint64)
    for offset in range(SHINGLE):  # a polynomial in an odd multiplier, wrapping at 64 bits
        mixed = mixed * np.uint64(0x9E3779B97F4A7C15) + wide[offset : offset + n]
    mixed ^= mixed >> np.uint64(31)
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    return np.unique((mixed >> np.uint64(32)).astype(np.uint32))
