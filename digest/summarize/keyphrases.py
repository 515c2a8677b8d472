"""Keywords: names and nouns that the article says often and general news says seldom."""

from __future__ import annotations

import math

from digest.model import Keyword
from digest.summarize.document import Document, content_words
from digest.text.frequencies import RARE, frequencies

TITLE_COUNTS = 2  # a word of the headline counts as if the body said it twice more
NAME_WEIGHT = 12.5  # of a word that the table does not hold: mostly a name, now and then a slip of the cutter
NOT_A_NOUN = 0.4
# Words that every news text holds, whatever the table says of books.
_EVERYDAY = frozenset(
    """
    记者 通讯员 本报讯 报道 表示 介绍 指出 强调 认为 相关 有关 方面 工作 情况 问题 进行 开展 推进 推动 加强 加快 实现 实施
    提升 提高 发展 建设 主任 书记 局长 部长 主席 总统 总理 副主任 副书记 负责人 同志 近日 日前 目前 今年 去年 明年 上午 下午
    今天 昨天 时间 北京时间 当地时间 活动 会议 时候 地方 东西 人员 部分 过程 作用 内容 要求 方式 重点 重要 积极 全面 深入
    坚持 落实 组织 参加 出席 举行 召开 来源 编辑 新闻 公里 万元 亿元 亿美元 平方公里 同比 百分点 发布 成为 达到 继续 国家
    单位 部门 领导 群众 人民 全国 我国 我市 我省 全市 全省 副总理 副主席 发言人 成立 下一步 此次 一批 多个 现场 消息 增长
    """.split()
)


_LOGS = tuple(math.log1p(count) for count in range(200))


def rank_keywords(document: Document, n: int) -> tuple[Keyword, ...]:
    """The `n` best keywords, best first, scores between 0 and 1; a word inside a better one is left out."""
    words = document.words
    counts = {word: len(rows) for word, rows in words.holders.items()}
    for word in content_words(document.title):
        counts[word] = counts.get(word, 0) + TITLE_COUNTS
    table = frequencies()
    marks: list[tuple[float, str]] = []
    for word, count in counts.items():
        if word in _EVERYDAY:
            continue
        weight = table.weight.get(word)
        if weight is None:
            weight = NAME_WEIGHT if len(word) < 8 or word.isascii() else RARE / 2
        elif word not in table.nouns:
            weight *= NOT_A_NOUN
        marks.append((-weight * _LOGS[min(count, len(_LOGS) - 1)], word))
    best: list[tuple[float, str]] = []
    for mark, word in sorted(marks):
        if len(best) >= n:
            break
        if not any(word in other or other in word for _, other in best):
            best.append((mark, word))
    return tuple(Keyword(word, round(mark / best[0][0], 4)) for mark, word in best)
