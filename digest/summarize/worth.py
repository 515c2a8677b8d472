"""Whether a further sentence earns its place, where a number of sentences was asked for.

Three in four written lead-ins are a single sentence: what follows the news is mostly background, a speech, or
the news again. A further sentence is taken where it says words of the headline that were not said, tells
much that is new, a result, a number of people or an event with its day, and stands early; less where the
first sentence is long and says the headline already. The weights are those of a logistic regression on
whether the sentence raised ROUGE-2 (`weights.py`); what was measured and read: docs/summaries.md.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from operator import mul

from digest.summarize.document import Document, title_pairs
from digest.summarize.vocabulary import weight_of
from digest.summarize.weights import FURTHER

NAMES = (
    "always",
    "new_words",
    "headline_said",
    "headline_added",
    "first_length",
    "length",
    "depth",
    "figures",
    "headline_length",
    "n_sentences",
    "first_score",
    "people",
    "result",
    "event",
    "terms",
    "speaker_again",
    "new_actor",
    "reads_on",
)
# Log odds below which a sentence is left out where two are asked for. At -1.0 two in five are, ROUGE-2 of
# prose rises from 41.2 to 46.6, and of 44 read 6 told something that a reader would miss; at -0.6 half of
# them are, and it rises to 47.0.
EARNS = -1.0
# Who asks for more wants more: so much less is asked of a sentence for each that may come beyond the second.
LENIENT = 0.5
_PEOPLE = re.compile(r"[0-9]+[余多]?万?[名人例位户]")
_FIGURE = re.compile(
    r"[0-9]+(?:\.[0-9]+)?(?:%|余|多|万|亿|名|人|例|位|户|元|吨|公里|架|艘|辆|家|个|起|次|米|岁|枚|美元)"
)
_RESULT = re.compile(
    r"死亡|遇难|受伤|身亡|失踪|获救|丧生|伤亡|被捕|逮捕|拘留|判处|夺冠|夺得|获得|战胜|击败|当选|通过|决定|宣布|批准|取消|暂停"
    r"|启动|开通|投入|发现|达成|签署|撤离|收复|召开|举行|发生|袭击|坠毁|起火|爆炸|抵达|将于|调查"
)
_EVENT = re.compile(
    r"(?:当地时间|北京时间)?(?:[0-9]{1,2}月)?[0-9]{1,2}[日号]|今天|昨天|明天|今晚|上午|下午|当天"
)
_TERMS = re.compile(r"规定|明确|要求|提出|重点|包括|分别")
_SAYS = re.compile(r"[^，。：]{1,14}?(?:表示|指出|强调|认为|说|称|介绍|希望|致辞|贺电|唁电)")
_WEIGHTS = tuple(FURTHER[name] for name in NAMES)


def earns_place(
    document: Document, scores: Sequence[float], chosen: Sequence[int], index: int, n: int
) -> bool:
    """Whether unit `index` should follow the units `chosen` (in the order they were chosen), `n` being asked.

    Always in a text without a headline: the weights know none.
    """
    if not document.title:
        return True
    needed = EARNS - LENIENT * max(0, n - 2)
    worth: float = sum(map(mul, further(document, scores, chosen, index), _WEIGHTS))
    return worth >= needed


def further(
    document: Document, scores: Sequence[float], chosen: Sequence[int], index: int
) -> tuple[float, ...]:
    """What is known of unit `index` behind those chosen, by `NAMES`."""
    units = document.units
    unit, first = units[index], units[chosen[0]]
    text = unit.copy
    said = "".join(units[one].copy for one in chosen)
    words = set().union(*(units[one].words for one in chosen))
    headline = title_pairs(document.title)
    n_said = sum(map(said.__contains__, headline))
    n_added = sum(pair in text and pair not in said for pair in headline)
    again = text[:2] in said
    total = sum(scores)
    return (
        1.0,
        sum(weight_of(word) for word in dict.fromkeys(unit.words) if word not in words) / 100,
        n_said / max(1, len(headline)),
        n_added / max(1, len(headline)),
        math.log((len(first.copy) + 1) / 50),
        math.log((len(text) + 1) / 50),
        math.log1p(unit.place),
        math.log1p(len(_FIGURE.findall(text))),
        math.log1p(len(document.title)) / 3,
        math.log1p(len(units)) / 3,
        scores[chosen[0]] / total if total > 0 else 0.0,
        float(not again and _PEOPLE.search(text) is not None),
        float(_RESULT.search(text) is not None),
        float(_EVENT.match(text) is not None),
        float(_TERMS.search(text) is not None),
        float(again and _SAYS.match(text) is not None),
        float(not again),
        float(index - 1 in chosen),
    )
