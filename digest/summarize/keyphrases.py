"""Keywords: names and nouns that the article says often and general news says seldom."""

from __future__ import annotations

import math

from digest.model import Keyword
from digest.summarize.document import Document, content_words
from digest.summarize.wordlists import word_list
from digest.text.frequencies import RARE, frequencies

TITLE_COUNTS = 2  # a word of the headline counts as if the body said it twice more
NAME_WEIGHT = 12.5  # of a word that the table does not hold: mostly a name, now and then a slip of the cutter
NOT_A_NOUN = 0.4
LONGEST_NAME = 7
_EVERYDAY = frozenset(word_list("everyday"))
_LOGS = tuple(math.log1p(count) for count in range(200))


def rank_keywords(document: Document, n: int) -> tuple[Keyword, ...]:
    """The `n` best keywords, best first, scores between 0 and 1; a word inside a better one is left out.

    Words are those of the document's copy: folded and in Simplified script.
    """
    counts = {word: len(rows) for word, rows in document.words.holders.items()}
    for word in content_words(document.title):
        counts[word] = counts.get(word, 0) + TITLE_COUNTS
    table = frequencies()
    marks: list[tuple[float, str]] = []
    for word, count in counts.items():
        if word in _EVERYDAY or word.lower() in _EVERYDAY:
            continue
        weight = table.weight.get(word)
        if weight is None:
            weight = NAME_WEIGHT if len(word) <= LONGEST_NAME or word.isascii() else RARE / 2
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
