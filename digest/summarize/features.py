"""What the default engine knows of a sentence: its place, its words against the headline, its form, its neighbours.

All features are finite, most lie between -1 and 1.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import chain

from digest.summarize.document import Document, Unit
from digest.summarize.standing import Standing
from digest.text.frequencies import RARE, frequencies

NAMES = (
    "first",
    "second",
    "third",
    "depth",
    "share_of_text_before",
    "opens_paragraph",
    "behind_heading",
    "title_pairs",
    "title_gap",
    "title_density",
    "heading_pairs",
    "heading_gap",
    "first_untitled",
    "short",
    "long",
    "very_long",
    "length",
    "first_length",
    "number",
    "day",
    "quoted",
    "says",
    "opinion",
    "first_person",
    "semicolon",
    "exclaims",
    "result",
    "background",
    "rarity",
    "repeated_words",
    "like_first",
    "centrality",
)

_NUMBER = re.compile(r"[0-9]")
_DAY = re.compile(
    r"今天|今日|昨天|昨日|日前|近日|[0-9]{1,2}[日号](?![线楼院])|当地时间|今晚|今晨|凌晨|上午|下午"
)
_QUOTED = re.compile(r"[“「][^”」]{8,}[”」]")
_SAYS = re.compile(r"[说称示出为调绍露][，：]")
_OPINION = re.compile(r"认为|觉得|应该|应当|可能|或许|也许|担心|希望|呼吁|相信")
_FIRST_PERSON = re.compile(r"我(?![国省市县区州院军校台社])|咱|你")
_RESULT = re.compile(
    r"决定|发布|公布|印发|出台|通过|启动|召开|举行|宣布|确定|批准|签署|开幕|闭幕|开通|投运|投产|完成|获得|达到|实现|突破|增长|下降|超过|首次|成为|建成|揭牌|签约"
)
_BACKGROUND = re.compile(r"曾(?!经济)|此前|以来|去年|当年|过去|一直|长期|多年|截至|其中|目前")


def features(
    document: Document, centrality: Sequence[float], like_first: Sequence[float]
) -> list[list[float]]:
    """One row of `NAMES` for every unit; `centrality` is 1.0 for a sentence as central as the mean."""
    units = document.units
    title = _pairs(document.title)
    heading_pairs = [_pairs(heading) for heading in document.headings]
    headings = set().union(*heading_pairs) - title if heading_pairs else set()
    n_title = [sum([pair in unit.copy for pair in title]) for unit in units]
    best_title = max(n_title, default=0)
    in_heading = [sum([pair in unit.copy for pair in headings]) for unit in units]
    best_heading = max(in_heading, default=0)
    counts = Counter(chain.from_iterable([set(unit.words) for unit in units]))
    rows: list[list[float]] = []
    for at, unit in enumerate(units):
        behind = at > 0 and units[at - 1].standing is Standing.NEVER and len(units[at - 1].copy) < 45
        against = (
            n_title[at] / len(title) if title else 0.0,
            (n_title[at] - best_title) / len(title) if title else 0.0,
            n_title[at] / math.sqrt(max(len(unit.copy), 1)) / 2,
            in_heading[at] / len(headings) if headings else 0.0,
            (in_heading[at] - best_heading) / len(headings) if headings else 0.0,
            1.0 if unit.place == 0 and not title else 0.0,
        )
        rows.append(
            [
                *_place(unit, len(units), behind),
                *against,
                *_form(unit),
                *_words(unit, counts),
                like_first[at] if at else 0.0,
                math.log(centrality[at] + 1e-3),
            ]
        )
    return rows


def _place(unit: Unit, n_units: int, behind_heading: bool) -> tuple[float, ...]:
    return (
        1.0 if unit.place == 0 else 0.0,
        1.0 if unit.place == 1 else 0.0,
        1.0 if unit.place == 2 else 0.0,
        math.log1p(unit.place) / 3,
        unit.place / n_units,
        1.0 if unit.opens_paragraph else 0.0,
        1.0 if behind_heading or unit.behind_glued else 0.0,
    )


def _form(unit: Unit) -> tuple[float, ...]:
    text = unit.copy
    length = max(len(text), 1)
    return (
        1.0 if length < 20 else 0.0,
        1.0 if length > 80 else 0.0,
        1.0 if length > 130 else 0.0,
        math.log(length / 40),
        math.log(length / 40) if unit.place == 0 else 0.0,
        1.0 if _NUMBER.search(text) else 0.0,
        1.0 if _DAY.search(text) else 0.0,
        1.0 if _QUOTED.search(text) else 0.0,
        1.0 if _SAYS.search(text) else 0.0,
        1.0 if _OPINION.search(text) else 0.0,
        1.0 if _FIRST_PERSON.search(text) else 0.0,
        1.0 if "；" in text else 0.0,
        1.0 if "！" in text or "？" in text else 0.0,
        1.0 if _RESULT.search(text) else 0.0,
        1.0 if _BACKGROUND.search(text) else 0.0,
    )


def _words(unit: Unit, counts: Mapping[str, int]) -> tuple[float, float]:
    """How rare its words are on the mean, and the weighted share of them that other sentences hold too."""
    if not unit.words:
        return 0.0, 0.0
    table = frequencies().weight
    total = again = 0.0
    words = set(unit.words)
    for word in words:
        weight = table.get(word, RARE)
        total += weight
        if counts[word] > 1:
            again += weight
    return total / len(words) / RARE, again / total


def _pairs(text: str) -> set[str]:
    """The pairs of neighbouring characters of a heading, punctuation left out."""
    kept = [char if char.isalnum() else " " for char in text]
    return {a + b for a, b in zip(kept, kept[1:], strict=False) if a != " " and b != " "}
