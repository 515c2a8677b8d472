"""The choice of sentences: what ranks high, says something new, and can be understood where it stands.

Maximal marginal relevance (Carbonell & Goldstein 1998) over the engine's scores.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from digest.summarize.document import SHORT_ITEM, Document, Unit
from digest.summarize.standing import Standing
from digest.summarize.worth import earns_place

# Share of the marks that a sentence loses where all its words stand in the summary already.
NOVELTY = 0.6
# What a sentence gains where the one before it is in the summary: the two read on.
FOLLOWS = 2.0
SLIGHT = 18  # characters
_THESIS = re.compile(
    r"[^，。：“”]{2,30}是[^。：“”]*?(?:之路|任务|要求|基石|关键|根本|保障|之义|财富|内容|根基|灵魂|大事|大计|使命|前提|抓手|源泉)"
    r"(?:之一)?[，。]"
)
# 生产车间内，轧机隆隆运转着: how features begin
_SCENE = re.compile(
    r"[^，。：“”]{2,24}[内里上中旁前间下]，[^。]*?(?:隆隆|轰鸣|忙碌|忙活|穿梭|热火朝天|映入眼帘|扑面而来|繁忙|有条不紊|络绎不绝"
    r"|欢声笑语|人头攒动|(?:运转|闪烁|挥舞|转动|飘扬|洋溢|散发)着)"
)
# A sentence of which this share of the words stands in another that was chosen says the same.
SAME = 0.75


@dataclass(frozen=True, slots=True)
class Budget:
    """How much a summary may hold; None is no limit. The first sentence is taken whatever its length.

    `asked` where the reader asked for this length: then slight sentences may fill it, and of `n` sentences
    each but the first must earn its place.
    """

    n: int | None
    chars: int | None
    asked: bool = False

    def allows(self, chosen: Sequence[Unit], unit: Unit) -> bool:
        if self.n is not None and len(chosen) >= self.n:
            return False
        if self.chars is None or not chosen:
            return True
        return sum(one.end - one.start for one in chosen) + unit.end - unit.start <= self.chars


class _WordsOf(dict[int, set[str]]):
    """The different words of a unit, made where they are asked for: one sentence in four is compared."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self._units = units

    def __missing__(self, index: int) -> set[str]:
        words = self[index] = set(self._units[index].words)
        return words


def choose(document: Document, scores: Sequence[float], budget: Budget) -> list[int]:
    """The indexes of the units of the summary, in order; none only where there is no unit."""
    units = document.units
    able = [at for at, unit in enumerate(units) if unit.standing <= Standing.AFTER_PREVIOUS]
    words = _WordsOf(units)
    telling = able
    if not budget.asked and (document.title or len(able) > SHORT_ITEM):
        telling = [at for at in able if not _is_slight(units[at].copy)] or able
    chosen = _greedy(document, scores, budget, telling, words)
    if not chosen and units:
        chosen = [_least_bad(document, scores)]
    return sorted(chosen)


def leading_headline(
    document: Document, scores: Sequence[float], budget: Budget, chosen: Sequence[int]
) -> int | None:
    """The unit whose run-in headline is given in the place of the one sentence that was asked for.

    Of a round-up one sentence tells least: its headlines state the news of each item. Whoever gets two
    sentences or more, or an article's usual summary, gets whole sentences.
    """
    one = budget.n == 1 or (budget.chars is not None and len(chosen) == 1 < len(document.units))
    if not (one and budget.asked):
        return None
    fitting = [
        at
        for at, unit in enumerate(document.units)
        if unit.headline and (budget.chars is None or unit.headline[1] - unit.headline[0] <= budget.chars)
    ]
    return max(fitting, key=lambda at: (scores[at], -at), default=None)


def _is_slight(sentence: str) -> bool:
    """A sentence that fills a place and tells nothing: no figure, and a topic, a thesis or a scene.

    春茶管护工作扎实推进。 修桥铺路是富民之路。 生产车间内，轧机隆隆运转着。
    """
    if any(map(str.isdigit, sentence)):
        return False
    return len(sentence) <= SLIGHT or bool(_THESIS.match(sentence) or _SCENE.match(sentence))


def _greedy(
    document: Document,
    scores: Sequence[float],
    budget: Budget,
    candidates: Sequence[int],
    words: _WordsOf,
) -> list[int]:
    units = document.units
    chosen: list[int] = []
    said: set[str] = set()
    while candidates:
        best = _best(document, scores, budget, candidates, chosen, words, said)
        if best is None:
            break
        # only a number that was asked for: in local newspapers one in four of such sentences told a figure
        if chosen and budget.n and budget.asked and not earns_place(document, scores, chosen, best, budget.n):
            break
        chosen.append(best)
        said |= words[best]
        candidates = [at for at in candidates if at != best and units[at].copy != units[best].copy]
    return chosen


def _best(
    document: Document,
    scores: Sequence[float],
    budget: Budget,
    candidates: Sequence[int],
    chosen: Sequence[int],
    words: _WordsOf,
    said: set[str],
) -> int | None:
    best, best_marks = None, -math.inf
    taken = [document.units[at] for at in chosen]
    for at in candidates:
        marks = scores[at] * (FOLLOWS if at - 1 in chosen else 1.0)
        if marks <= best_marks or not _can_stand(document, at, chosen):
            continue
        if not budget.allows(taken, document.units[at]):
            continue
        share = _share(words[at], said) if said else 0.0
        if share > SAME and any(_share(words[at], words[one]) > SAME for one in chosen):
            continue
        marks *= 1.0 - NOVELTY * share
        if marks > best_marks:
            best, best_marks = at, marks
    return best


def _share(words: set[str], said: set[str]) -> float:
    return len(words & said) / len(words) if words else 0.0


def _can_stand(document: Document, index: int, chosen: Sequence[int]) -> bool:
    """Whether what the unit leans on is in the summary."""
    unit = document.units[index]
    if unit.standing is Standing.ALONE:
        return True
    if unit.standing is Standing.AFTER_PREVIOUS:
        return index - 1 in chosen and document.units[index - 1].speaker == unit.speaker
    if unit.standing is Standing.AFTER_LEAD:
        return any(one < index for one in chosen)
    return False


def _least_bad(document: Document, scores: Sequence[float]) -> int:
    """Where nothing can stand: the best of those that need least."""
    least = min(unit.standing for unit in document.units)
    candidates = [index for index, unit in enumerate(document.units) if unit.standing is least]
    return max(candidates, key=lambda index: (scores[index], -index))
