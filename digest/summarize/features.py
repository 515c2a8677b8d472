"""What the default engine knows of a sentence: its place, its words against the headline, its form.

All features are finite, most lie between -1 and 1.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from digest.summarize.document import MAX_HEADING, Document, Unit, title_pairs
from digest.summarize.standing import Standing
from digest.text.frequencies import RARE

NAMES = (
    "first",
    "second",
    "third",
    "depth",
    "behind_heading",
    "title_pairs",
    "title_density",
    "heading_pairs",
    "first_untitled",
    "short",
    "shortness",
    "length",
    "first_length",
    "day",
    "quoted",
    "first_person",
    "semicolon",
    "reporter",
    "rarity",
    "repeated_words",
    "centrality",
)

MAX_HEADINGS = 30  # more stand in a page that holds many articles, and would cost time for each sentence
# 春茶管护工作扎实推进。: a topic sentence, not a piece of news.
SHORT = 17
_REPORTER = re.compile(r"记者(?:近日|日前|今天|昨天)?(?:走进|来到|走访|看到|见到|在[^，。]{1,20}看到)")
_DAY = re.compile(
    r"今天|今日|昨天|昨日|日前|近日|[0-9]{1,2}[日号](?![线楼院])|当地时间|今晚|今晨|凌晨|上午|下午"
)
_QUOTED = re.compile(r"[“「][^“「”」]{8,300}[”」]")
_FIRST_PERSON = re.compile(r"我(?![国省市县区州院军校台社])|咱|你")


def features(document: Document, centrality: Sequence[float]) -> list[tuple[float, ...]]:
    """One row of `NAMES` for every unit; `centrality` is 1.0 for a sentence as central as the mean."""
    units = document.units
    title = title_pairs(document.title)
    headings = set().union(*map(title_pairs, document.headings[:MAX_HEADINGS])) - title
    rows: list[tuple[float, ...]] = []
    behind_heading = False
    for at, unit in enumerate(units):
        behind_heading = behind_heading or unit.behind_run_in
        rows.append(
            (
                *_place(unit, behind_heading),
                *_against(unit, title, headings),
                *_form(unit),
                *_words(document, at),
                math.log(centrality[at] + 1e-3),
            )
        )
        behind_heading = unit.standing is Standing.NEVER and len(unit.copy) <= MAX_HEADING
    return rows


def _place(unit: Unit, behind_heading: bool) -> tuple[float, ...]:
    place = unit.place
    return (
        1.0 if place == 0 else 0.0,
        1.0 if place == 1 else 0.0,
        1.0 if place == 2 else 0.0,
        math.log1p(place) / 3,
        1.0 if behind_heading else 0.0,
    )


def _against(unit: Unit, title: set[str], headings: set[str]) -> tuple[float, ...]:
    """How much of the headline and of the subheads the sentence says, and how densely."""
    text = unit.copy
    n_title = sum(map(text.__contains__, title))
    n_headings = sum(map(text.__contains__, headings))
    return (
        n_title / len(title) if title else 0.0,
        n_title / math.sqrt(len(text) + 1) / 2,
        n_headings / len(headings) if headings else 0.0,
        1.0 if unit.place == 0 and not title else 0.0,
    )


def _form(unit: Unit) -> tuple[float, ...]:
    text = unit.copy
    length = math.log((len(text) + 1) / 40)
    return (
        1.0 if len(text) <= SHORT else 0.0,
        min(length, 0.0),
        max(length, 0.0),
        length if unit.place == 0 else 0.0,
        1.0 if _DAY.search(text) else 0.0,
        1.0 if ("“" in text or "「" in text) and _QUOTED.search(text) else 0.0,
        1.0 if _FIRST_PERSON.search(text) else 0.0,
        1.0 if "；" in text else 0.0,
        1.0 if "记者" in text and _REPORTER.search(text) else 0.0,
    )


def _words(document: Document, at: int) -> tuple[float, float]:
    """How rare its words are on the mean, and the weighted share of them that other sentences hold too."""
    total = document.words.total[at]
    if not total:
        return 0.0, 0.0
    return total / document.words.n_words[at] / RARE, document.words.repeated[at] / total
