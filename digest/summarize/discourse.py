"""What a sentence owes to the sentences before it, where its own form does not show it.

    外长表示，两国关系发展良好。双方期待扩大合作。    the second sentence is the minister's too
    钢可以做到多薄？只有头发丝的六分之一。            the second sentence answers the first

Alone the one would be the paper's own opinion, and of the other nobody would know what it speaks of: each
comes only behind the sentence before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from digest.summarize.wordlists import word_list

_SAYS = re.compile("(?:" + "|".join(map(re.escape, word_list("say"))) + ")(?:，|：(?!“))")
SAID_WITHIN = 66  # characters, from the beginning of the sentence to the comma behind the verb
# What speakers want, and how they see it. A sentence of facts behind 某部门介绍， can stand without it: of 99
# summaries that changed when it could not, most lost a fact.
_OPINION = re.compile(
    r"愿(?!景|望)|希望|期待|应当|应该|[方国家际都]应|要(?!求|素|闻|约)|必须|赞赏|感谢|不会忘记|相信|坚信|主张|高度重视|珍视|致力于"
)
# Behind any question, sentences that name their subject would go too: ROUGE-2 of short items -0.3, of prose
# -0.2.
_ANSWER = re.compile(
    r"只[有要需能]|答案|因为|由于|不[是会能用必仅]|当然|就是|是的|没错|原来|可以|能够?|会|从[^，。]{1,12}到|有[人的]"
)
# The paper itself goes on: a time, an event, another source.
_TELLS = re.compile(
    r"[^，。]{0,8}(?:[0-9]{1,2}[日号]|今天|昨天|近日|日前|上午|下午|当地时间|记者|会[谈见晤]后|随后|截至|目前|据)"
    r"|[^，。]{0,24}(?:出席|参加|陪同|会见|访问|发表|举行|宣布)"
)


def leaning_on(sentences: Sequence[str], paragraphs: Sequence[int]) -> Iterator[bool]:
    """For every folded sentence whether it goes on with the speech, or answers the question, before it.

    `paragraphs` tells in which paragraph each stands; nothing is carried from one to the next.
    """
    speaks = asks = False
    last = -1
    for sentence, paragraph in zip(sentences, paragraphs, strict=True):
        if paragraph != last:
            speaks = asks = False
            last = paragraph
        if _has_speaker(sentence):
            speaks, leans = True, False
        elif _TELLS.match(sentence):
            speaks = leans = False
        else:
            leans = (asks and _ANSWER.match(sentence) is not None) or (
                speaks and _OPINION.search(sentence) is not None
            )
        yield leans
        asks = sentence.endswith("？")


def _has_speaker(sentence: str) -> bool:
    """Whether the sentence says at its beginning who speaks, without a quotation before."""
    says = _SAYS.search(sentence, 1, SAID_WITHIN)
    return says is not None and not any(sign in sentence[: says.start()] for sign in "：“”")
