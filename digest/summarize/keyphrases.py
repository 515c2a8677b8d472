"""Keywords: names and nouns that the article says often and general news says seldom."""

from __future__ import annotations

import math
from collections.abc import Sequence
from heapq import heapify, heappop
from operator import mul

from digest.model import Keyword
from digest.summarize.document import Document
from digest.summarize.vocabulary import content_words
from digest.summarize.wordlists import word_list
from digest.text.frequencies import RARE, frequencies

TITLE_COUNTS = 2  # a word of the headline counts as if the body said it twice more
NAME_WEIGHT = 12.5  # of a word that the table does not hold: mostly a name, now and then a slip of the cutter
NOT_A_NOUN = 0.4
LONGEST_NAME = 7
MAX_KNOWN = 20_000  # words whose weight is remembered from one article to the next, 3 MB
_EVERYDAY = frozenset(word_list("everyday"))
# The characters that foreign names are written with: the cutter knows few of them and breaks the others.
SOUNDS = frozenset(
    "克斯尔特夫拉利乌亚尼罗马诺德巴卡加哈贝布奇塔托萨维瓦西里伊米莱卢科门丹丁达迪多埃恩法弗戈格古赫基杰考可肯库兰朗勒雷黎"
    "列林曼梅蒙姆穆娜纳内努欧帕佩皮普齐乔切琴热茹桑森沙舍什史苏索泰坦图旺威沃武希夏辛休雅扬耶因约泽扎詹兹"
)


class _Marks(dict[str, float]):
    """Minus how much a word counts as a keyword, 0.0 for one that is none. Bounded by MAX_KNOWN."""

    def __missing__(self, word: str) -> float:
        if len(self) >= MAX_KNOWN:
            self.clear()
        self[word] = mark = -_weight(word)
        return mark


_mark_of = _Marks().__getitem__


def _weight(word: str) -> float:
    if word in _EVERYDAY or (word.isascii() and word.lower() in _EVERYDAY):
        return 0.0
    table = frequencies()
    weight = table.weight.get(word)
    if weight is None:
        return NAME_WEIGHT if len(word) <= LONGEST_NAME or word.isascii() else RARE / 2
    return weight if word in table.nouns else weight * NOT_A_NOUN


def rank_keywords(document: Document, n: int) -> tuple[Keyword, ...]:
    """The `n` best keywords, best first, scores between 0 and 1; a word inside a better one is left out.

    Words are those of the document's copy: folded and in Simplified script.
    """
    words = document.words
    if len(words.shared) < 4 * n:  # what is said once is a keyword only where little is said twice
        counts = dict(words.counts)
    else:
        counts = {word: len(rows) for word, (_, rows) in words.shared.items()}
    for word in content_words(document.title) if document.title else ():
        counts[word] = counts.get(word, 0) + TITLE_COUNTS
    heap = list(zip(map(mul, map(_mark_of, counts), map(math.log1p, counts.values())), counts, strict=True))
    heapify(heap)
    best: list[Keyword] = []
    highest = 0.0
    while heap and heap[0][0] < 0 and len(best) < n:
        mark, word = heappop(heap)
        word = _whole_name(word, document.copy)
        if word and not _is_said(word, best):
            highest = highest or mark
            best.append(Keyword(word, round(mark / highest, 4)))
    return tuple(best)


def _is_said(word: str, best: Sequence[Keyword]) -> bool:
    """Whether the word is part of a better one, or a better one part of it."""
    return any(word in keyword.word or keyword.word in word for keyword in best)


def _whole_name(word: str, text: str) -> str:
    """A word with what the cutter has broken off a foreign name; "" where it is no word.

    图斯 becomes 图斯克 where every 图斯 of the text goes on so; 日称 behind a figure is no word.
    """
    at = text.find(word)
    if at > 0 and text[at - 1].isdigit():
        return ""
    if word[-1] not in SOUNDS:
        return word
    places: list[int] = []
    while at >= 0:
        places.append(at + len(word))
        at = text.find(word, at + len(word))
    if len(places) < 2:
        return word
    while len(word) < LONGEST_NAME:
        following = {text[end : end + 1] for end in places}
        if len(following) != 1 or not following <= SOUNDS:
            break
        word += following.pop()
        places = [end + 1 for end in places]
    return word
