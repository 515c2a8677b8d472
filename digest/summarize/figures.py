"""The key figures of an article: what was measured, its value with the unit, and what it is compared with.

    全县粮食产量42.3万吨，同比增长3.1%    subject 全县粮食产量, value 42.3万吨, comparison 同比增长3.1%

A figure is believed only where the clause says all of it: a subject that ends in the name of a quantity, a
number with a unit, and then the clause's end or a comparison. Plans and forecasts, lists with 分别, numbers
that stand before a noun (500万元的项目), damaged paragraphs and questions give none. A wrong figure is worse
than none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from digest.model import Figure
from digest.summarize.document import MAX_DAMAGE, Document
from digest.summarize.standing import balanced
from digest.summarize.wordlists import word_list
from digest.text.sentences import is_finished, split

MAX_SUBJECT = 36  # characters; a longer clause is a sentence with a number in it
# A shorter subject (总产值, 新增就业人数) hardly says whose it is: the clause before it comes with it. The
# shortest need one, 全县粮食产量 does not.
MIN_SUBJECT, MIN_ALONE, SHORT_SUBJECT = 3, 6, 9


def _any(name: str) -> str:
    return "(?:" + "|".join(map(re.escape, sorted(word_list(name), key=len, reverse=True))) + ")"


_AMOUNT = r"(?<![0-9.])(?:[0-9]{1,3}(?:，[0-9]{3}){1,4}|[0-9]{1,12})(?:\.[0-9]{1,6})?"
_NUMBER = rf"(?:{_AMOUNT})(?:万亿|千万|百万|[万亿])?(?:多|余)?"
_UNIT = _any("units")
_VALUE = rf"(?:超过?|突破|约|近|逾|仅)?{_NUMBER}{_UNIT}(?:以上|左右|以内)?"
_CHANGE = (
    r"(?:增长|下降|增加|减少|提高|提升|上升|回落|降低|上涨|下跌|压减|缩减|增幅|降幅|增速|高于[^，。；0-9]{1,8}|低于[^，。；0-9]{1,8}"
    r"|增|降|涨|跌|快|高|多|少)"
)
_BASE = r"(?:同比|环比|年均|(?:比|较)[^，。；：0-9]{0,4}(?:[0-9]{4}年)?[^，。；：0-9]{0,10})"
_COMPARISON = (
    rf"(?:{_BASE}(?:净|实际|累计|大幅|再|又)?{_CHANGE}(?:了|约|近|超过?|达到?|为)?"
    rf"{_NUMBER}(?:个百分点|倍|{_UNIT}))"
)
_MOVED = (
    r"(?:达到?了?|为|是|共计?|已|总计|合计|累计|实现|完成|增至|增加到|增长到|降至|下降到|提高到|提升[到至]"
    r"|稳定在|保持在)"
)
_FIGURE = re.compile(
    rf"(?P<moved>{_MOVED}{{0,4}})(?P<value>{_VALUE})(?:[，、（]?(?P<comparison>{_COMPARISON}))?(?=[，。；！]|）|$)"
    rf"|(?P<only>{_COMPARISON})(?=[，。；！]|$)"
)
_CLAUSE = re.compile(r"[。；：！？]|，(?!(?<=[0-9]，)[0-9]{3}(?![0-9]))")  # no comma of 4,200
_TIME = re.compile(
    r"(?:截至|截止|到|今年|去年|上年|全年|目前|[0-9]{4}年|[0-9]{1,2}月|前[一二三四0-9]|[一二三四上下]半?(?:季度|年))"
    r"[^，。；：]{0,16}，$"
)
_OPENING = re.compile(
    r"(?:其中|目前|同时|此外|据统计|据了解|据介绍|今年以来|去年以来|截至目前|并|且|已|还|也)+，?"
)
_PLAN = re.compile(
    r"预计|力争|计划|目标|有望|预期|预测|争取|规划|拟|将|(?<![主重需])要|确保|如果|若|假如|可能|或(?!者)|到20[0-9]{2}年"
    r"|年底前|[0-9]年前|明年|不足|不到|未|建议|按.{2,30}计算|为例|^同比|^环比"
)
_NO_FACT = re.compile(
    r"^[占以]|[其该此他她它]|这|那|每|平均|最[高低大小多少]|第|从|由|自|至|每年|人均(?!可支配)|评分|比分"
)
# digits that a subject may hold: a date, 18家企业
_DATE_DIGITS = re.compile(
    r"[0-9]{4}年|[0-9]{1,2}(?:月|日|个月|季度)|[0-9]{1,4}(?:家|个|户|名|所|座|项|条)(?=[\u3400-\u9fff])"
)
_QUANTITY = re.compile(_any("quantities") + "$")


def find_figures(
    document: Document, text: str, damage: Sequence[float], asked: Sequence[bool]
) -> Iterator[Figure]:
    """The figures of a document in the order of `text`, the article's own, each once.

    `damage` and `asked` say for every paragraph which share of it is spoilt, and whether it is a question.
    """
    said: set[tuple[str, str]] = set()
    at = 0
    for line, spoilt, asks in zip(document.copy.split("\n"), damage, asked, strict=True):
        if spoilt <= MAX_DAMAGE and not asks and any(map(str.isdigit, line)):
            for start, end in split(line):
                for found in _in_sentence(line[start:end]):
                    figure = _figure(found, text, at + start)
                    key = (figure.subject[-4:], figure.value)
                    if key not in said:
                        said.add(key)
                        yield figure
        at += len(line) + 1


class _Found(NamedTuple):
    """Where a figure and its parts stand in a sentence; a part that is not there is (0, 0)."""

    whole: tuple[int, int]
    subject: tuple[int, int]
    value: tuple[int, int]
    comparison: tuple[int, int]


def _figure(found: _Found, text: str, at: int) -> Figure:
    whole, subject, value, comparison = (text[at + start : at + end] for start, end in found)
    return Figure(whole, at + found.whole[0], at + found.whole[1], subject, value, comparison)


def _in_sentence(sentence: str) -> Iterator[_Found]:
    if not is_finished(sentence) or not balanced(sentence) or "分别" in sentence:
        return
    for match in _FIGURE.finditer(sentence):
        begins = match.start()
        clause = _clause_start(sentence, begins)
        opening = _OPENING.match(sentence, clause, begins)
        clause = opening.end() if opening else clause
        start = _with_setting(sentence, clause, begins - clause)
        if not _is_subject(sentence[clause:begins], alone=start == clause):
            continue
        stretch = sentence[start : match.end()]
        if balanced(stretch) and not _PLAN.search(stretch):
            comparison = match.span("only" if match["only"] else "comparison")
            value, comparison = (
                span if span[0] >= 0 else (0, 0) for span in (match.span("value"), comparison)
            )
            yield _Found((start, match.end()), (clause, begins), value, comparison)


def _clause_start(sentence: str, end: int) -> int:
    marks = list(_CLAUSE.finditer(sentence, 0, end))
    return marks[-1].end() if marks else 0


def _is_subject(subject: str, *, alone: bool) -> bool:
    if not (MIN_ALONE if alone else MIN_SUBJECT) <= len(subject) <= MAX_SUBJECT:
        return False
    if _NO_FACT.search(subject):
        return False
    return _QUANTITY.search(subject) is not None and not any(map(str.isdigit, _DATE_DIGITS.sub("", subject)))


def _with_setting(sentence: str, clause: int, n_subject: int) -> int:
    """Where the stretch begins that says the figure: with the time before it, or with whose it is."""
    if clause == 0 or sentence[clause - 1] != "，":
        return clause
    before = _clause_start(sentence, clause - 1)
    setting = sentence[before:clause]
    if setting.startswith("其中"):
        return clause
    if _TIME.fullmatch(setting) or (n_subject < SHORT_SUBJECT and len(setting) <= MAX_SUBJECT):
        return before
    return clause
