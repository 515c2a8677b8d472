"""What the restart distribution knows of a sentence: its place, its words against the headline, its form.

All features are finite, most lie between 0 and 1, and none depends on the scale of another sentence.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from digest.summarize.document import Document, Unit

NAMES = (
    "first",
    "second",
    "third",
    "depth",
    "last",
    "opens_paragraph",
    "title_pairs",
    "title_pairs_first",
    "title_density",
    "heading_pairs",
    "no_title_first",
    "short",
    "long",
    "very_long",
    "length",
    "number",
    "percent",
    "day",
    "quoted",
    "says",
    "opinion",
    "first_person",
    "colon",
    "semicolon",
    "exclaims",
    "result",
    "background",
    "leans",
)

_NUMBER = re.compile(r"[0-9]")
_DAY = re.compile(
    r"今天|今日|昨天|昨日|日前|近日|[0-9]{1,2}[日号](?![线楼院])|当地时间|今晚|今晨|凌晨|上午|下午"
)
_QUOTED = re.compile(r"[“「][^”」]{8,}[”」]")
_SAYS = re.compile(r"[说称示出为调绍露]，|[说称示出为调绍露]：")
_OPINION = re.compile(r"认为|觉得|应该|应当|可能|或许|也许|担心|希望|呼吁|相信")
_FIRST_PERSON = re.compile(r"我(?![国省市县区州院军校台社])|咱|你")
_RESULT = re.compile(
    r"决定|发布|公布|印发|出台|通过|启动|召开|举行|宣布|确定|批准|签署|开幕|闭幕|开通|投运|投产|完成|获得|达到|实现|突破|增长|下降|超过|首次|成为|建成|揭牌|签约"
)
_BACKGROUND = re.compile(r"曾(?!经济)|此前|以来|去年|当年|过去|一直|长期|多年|截至|其中|目前")


def features(document: Document) -> list[list[float]]:
    """One row of `NAMES` for every unit of the document."""
    title = _pairs(document.title)
    headings = (
        set().union(*(_pairs(heading) for heading in document.headings)) - title
        if document.headings
        else set()
    )
    n_units = len(document.units)
    return [_row(unit, title, headings, n_units) for unit in document.units]


def _row(unit: Unit, title: set[str], headings: set[str], n_units: int) -> list[float]:
    text = unit.copy
    length = max(len(text), 1)
    n_title = sum(pair in text for pair in title)
    title_share = n_title / len(title) if title else 0.0
    heading_share = sum(pair in text for pair in headings) / len(headings) if headings else 0.0
    first = 1.0 if unit.place == 0 else 0.0
    return [
        first,
        1.0 if unit.place == 1 else 0.0,
        1.0 if unit.place == 2 else 0.0,
        math.log1p(unit.place) / 3,
        1.0 if n_units > 2 and unit.place == n_units - 1 else 0.0,
        1.0 if unit.opens_paragraph else 0.0,
        title_share,
        title_share * first,
        n_title / math.sqrt(length) / 2,
        heading_share,
        first if not title else 0.0,
        1.0 if length < 20 else 0.0,
        1.0 if length > 80 else 0.0,
        1.0 if length > 130 else 0.0,
        math.log(length / 40),
        1.0 if _NUMBER.search(text) else 0.0,
        1.0 if "%" in text or "亿" in text or "万" in text else 0.0,
        1.0 if _DAY.search(text) else 0.0,
        1.0 if _QUOTED.search(text) else 0.0,
        1.0 if _SAYS.search(text) else 0.0,
        1.0 if _OPINION.search(text) else 0.0,
        1.0 if _FIRST_PERSON.search(text) else 0.0,
        1.0 if "：" in text else 0.0,
        1.0 if "；" in text else 0.0,
        1.0 if "！" in text or "？" in text else 0.0,
        1.0 if _RESULT.search(text) else 0.0,
        1.0 if _BACKGROUND.search(text) else 0.0,
        float(unit.standing) / 2,
    ]


def _pairs(text: str) -> set[str]:
    """The pairs of neighbouring characters of a heading, punctuation left out."""
    kept = [char if char.isalnum() else " " for char in text]
    return {a + b for a, b in zip(kept, kept[1:], strict=False) if a != " " and b != " "}


def weigh(rows: Sequence[Sequence[float]], weights: Sequence[float]) -> list[float]:
    """The weighted sum of every row."""
    return [sum(value * weight for value, weight in zip(row, weights, strict=True) if value) for row in rows]
