"""The likeness of any two of a set of articles."""

from __future__ import annotations

from collections.abc import Sequence

from digest.model import Article
from digest.story.fingerprint import Vocabulary, fingerprint
from digest.story.likeness import Likeness, common_words, likeness, reason
from digest.story.vectors import idf_of, vectors_of


class Pairs:
    """The likeness of pairs of `articles`, by their indexes, each measured once."""

    def __init__(self, articles: Sequence[Article]) -> None:
        vocabulary = Vocabulary()
        self.prints = [fingerprint(article, vocabulary) for article in articles]
        self._words = vocabulary.words()
        self._idf = idf_of(self.prints, len(vocabulary))
        self.vectors = [vectors_of(mark, self._idf) for mark in self.prints]
        self._known: dict[tuple[int, int], Likeness] = {}

    def likeness(self, i: int, j: int) -> Likeness:
        key = (i, j) if i < j else (j, i)
        if key not in self._known:
            a, b = key
            self._known[key] = likeness(
                self.prints[a], self.prints[b], self.vectors[a], self.vectors[b], self._idf
            )
        return self._known[key]

    def probability(self, i: int, j: int) -> float:
        return self.likeness(i, j).probability

    def reason(self, i: int, j: int) -> str:
        return reason(self.prints[i], self.prints[j], self.likeness(i, j).measured, self._words)

    def common_words(self, i: int, j: int) -> list[str]:
        """The words that headline and lead of both have, the longest first."""
        return common_words(self.prints[i], self.prints[j], self._words)
