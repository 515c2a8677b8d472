"""Keywords: names and nouns that the article says often and general news says seldom."""

from __future__ import annotations

import math
from collections import Counter

from digest.model import Keyword
from digest.summarize.document import Document
from digest.text.frequencies import RARE, frequencies

# A word counts once more for standing in the headline, half for a subhead.
TITLE_MARKS, HEADING_MARKS = 2.0, 0.5
# Words that every news text holds, whatever the table says of books.
_EVERYDAY = frozenset(
    [
        "记者",
        "通讯员",
        "本报讯",
        "报道",
        "表示",
        "介绍",
        "指出",
        "强调",
        "认为",
        "相关",
        "有关",
        "方面",
        "工作",
        "情况",
        "问题",
        "进行",
        "开展",
        "推进",
        "推动",
        "加强",
        "加快",
        "实现",
        "实施",
        "提升",
        "提高",
        "发展",
        "建设",
        "主任",
        "书记",
        "局长",
        "部长",
        "主席",
        "副主任",
        "副书记",
        "负责人",
        "同志",
        "近日",
        "日前",
        "目前",
        "今年",
        "去年",
        "明年",
        "上午",
        "下午",
        "今天",
        "昨天",
        "时间",
        "北京时间",
        "当地时间",
        "活动",
        "会议",
        "时候",
        "地方",
        "东西",
        "人员",
        "部分",
        "过程",
        "作用",
        "内容",
        "要求",
        "方式",
        "重点",
        "重要",
        "积极",
        "全面",
        "深入",
        "坚持",
        "落实",
        "组织",
        "参加",
        "出席",
        "举行",
        "召开",
        "来源",
        "编辑",
        "新闻",
        "公里",
        "万元",
        "亿元",
        "亿美元",
        "平方公里",
        "同比",
        "百分点",
    ]
)


def rank_keywords(document: Document, n: int) -> tuple[Keyword, ...]:
    """The `n` best keywords, best first, scores between 0 and 1; a word inside a better one is left out."""
    from digest.summarize.document import content_words

    counts: Counter[str] = Counter()
    first: dict[str, int] = {}
    for unit in document.units:
        for word in unit.words:
            counts[word] += 1
            first.setdefault(word, len(first))
    for word in content_words(document.title):
        counts[word] += TITLE_MARKS  # type: ignore[assignment]
        first.setdefault(word, len(first))
    table = frequencies()
    marks: dict[str, float] = {}
    for word, count in counts.items():
        if not _is_keyword(word):
            continue
        weight = table.weight.get(word)
        kind = 1.0 if weight is None or word in table.nouns else 0.4
        marks[word] = kind * (RARE - 2 if weight is None else weight) * math.log1p(count)
    ranked = sorted(marks, key=lambda word: (-marks[word], first[word]))
    best: list[str] = []
    for word in ranked:
        if len(best) >= n:
            break
        if not any(word in other or other in word for other in best):
            best.append(word)
    top = marks[best[0]] if best else 1.0
    return tuple(Keyword(word, round(marks[word] / top, 4)) for word in best)


def _is_keyword(word: str) -> bool:
    return len(word) >= 2 and word not in _EVERYDAY
