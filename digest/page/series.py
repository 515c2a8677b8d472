"""Headline lines that are of no article: labels of series and columns, mottos, slogans of public adverts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from digest.page.labelled import Labelled
from digest.page.segment import HeadBlock

_LABEL_DOT = re.compile(r"[\u4e00-\u9fff”]{3,}·[\u4e00-\u9fff“]{3,}")


_BOOK = re.compile("《[^》]*》")
#: 在……指引下——新时代 新作为 新篇章
_LABEL_PHRASES = re.compile(r"[—–]{1,2}[\u4e00-\u9fff]{2,5}(?:[ \u3000]+[\u4e00-\u9fff]{2,5}){1,3}$")


def is_label(items: Sequence[Labelled], head: HeadBlock) -> bool:
    """The label of a column (【…】, ■…, 某某·某某, 在……上——某某 某某)."""
    text = items[head.start].plain
    if len(head.lines) > 1:
        return False
    if re.match(r"[【〖■◆●]", text) or _LABEL_PHRASES.search(text, 4):
        return True
    return len(text) >= 8 and _LABEL_DOT.search(_BOOK.sub("", text)) is not None


#: A series' label that a body speaks of more than this may be its title.
SERIES = 0.15
#: What papers call their series of the year.
_SERIES = re.compile(
    r"奋斗百年路|启航新征程|奋进新征程|建功新时代|新思想引领新征程|新征程.{0,2}新作为|壮丽70年|奋斗新时代|砥砺奋进的?\S{0,4}"
    r"|牢记嘱托|勇担使命|感恩奋进|凝心聚力\S{0,4}|攻坚克难|(?:深入)?学习(?:宣传)?贯彻\S{2,16}|落实\S{0,6}精神在基层|改革开放再出发"
    r"|在希望的田野上|(?:新春|记者|新时代)?走基层|\S{2,8}进行时|\S{0,8}一线(?:传真|见闻|直击|报道)|[政民]\S?[为在]\S{1,2}"
    r"|聚焦\S{0,3}(?:两会|高质量发展|进博会|乡村振兴)|开局起步\S{0,6}|喜迎\S{2,8}|守护碧水蓝天|我们的新时代|今日中国|权威(?:发布|访谈)"
)
_PHRASE_END = re.compile(r"[ \u3000·]+")


def is_series(line: str, shared: float) -> bool:
    """Whether a line is the label of a series by its words, and no body speaks of it.

    `shared` is the most that it shares with any body.
    """
    phrases = [phrase for phrase in _PHRASE_END.split(line.strip("【】〖〗■◆●★ \u3000")) if phrase]
    return shared < SERIES and any(_SERIES.fullmatch(phrase) for phrase in phrases)


#: A motto shares less than this with every body.
MOTTO = 0.35
_TWO_PHRASES = re.compile(r"(\S{5,8})[ \u3000]+(\S{5,8})")


def is_motto(line: str, shared: float) -> bool:
    """Whether a line is the label of a series: two phrases of one length that no body of the page speaks of.

    `shared` is the most that it shares with any body.
    """
    phrases = _TWO_PHRASES.fullmatch(line.strip())
    return shared < MOTTO and phrases is not None and len(phrases[1]) == len(phrases[2])


#: An advert's slogan shares less than this with every body.
SLOGAN = 0.12
#: Those that papers print without 公益广告 beside them.
_USUAL_SLOGAN = re.compile(
    r"讲文明[ \u3000，]*树新风|绿水青山就是金山银山|文明健康[ \u3000]*绿色环保|众志成城[ \u3000]*同心同行"
    r"|节约(?:用水|用电|粮食|能源)[ \u3000，]*(?:人人有责|从我做起)|垃圾分类[ \u3000，]*(?:人人有责|从我做起)"
    r"|文明交通[ \u3000]*安全出行|礼让斑马线[ \u3000，]*文明(?:你我他|伴我行)|粒粒盘中餐[ \u3000，]*请勿浪费"
    r"|(?:弘扬|践行)社会主义核心价值观|诚信友善[ \u3000]*文明友爱|光盘行动[ \u3000]*从我做起"
)
_SLOGAN = re.compile(r"(\S{4,6})[ \u3000]+(\S{4,6})")


def is_usual_slogan(line: str, shared: float) -> bool:
    """Whether a line is one of the usual slogans of public adverts, and no body speaks of it."""
    return shared < SLOGAN and _USUAL_SLOGAN.fullmatch(line.strip()) is not None


def is_slogan(items: Sequence[Labelled], line: str, shared: float) -> bool:
    """Whether a line is the slogan of a public advert: one of the usual ones, or on a page that has some.

    `shared` is the most that it shares with any body.
    """
    if is_usual_slogan(line, shared):
        return True
    phrases = _SLOGAN.fullmatch(line.strip())
    if shared >= SLOGAN or phrases is None or len(phrases[1]) != len(phrases[2]):
        return False
    return any(item.sub == "ad" for item in items)


def is_nobodys(items: Sequence[Labelled], head: HeadBlock, most: float) -> bool:
    """Whether a block is an advert's slogan or a label; `most` is the most that it shares with a body."""
    line = items[head.start].plain
    one = len(head.lines) == 1 and (is_slogan(items, line, most) or is_series(line, most))
    return one or is_label(items, head)
