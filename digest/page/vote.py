"""Which article each fragment of a page belongs to: words vote, the file's order holds together.

A Viterbi search over the fragments in order, with the articles as states. What a fragment's words say for an
article is how much more often than by chance its rarer character pairs stand in the article's others. The
labels give the words of the next round; a few rounds are enough.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

#: Votes that are spread over the articles by their size, so that a short fragment decides little.
PRIOR = 12.0
#: No article counts as smaller than this many pairs.
SMALLEST = 60
#: What a nat of evidence from words counts against the cost of leaving an article. On three development pages
#: in disorder 3.5 and 4.5 give every body whole; 2.5, or double the prior, leave a paragraph or two astray.
TRUST = 3.5
#: So often the articles are found again with the words that the last round gave them.
ROUNDS = 4


def find_articles(
    order: Sequence[int],
    grams: Mapping[int, Counter[str]],
    leaving: Callable[[int, int], float],
    fixed: Mapping[int, int],
    n_articles: int,
    *,
    close: float,
) -> dict[int, int]:
    """Fragment -> number of its article; `fixed` holds those that are known, `grams` the character pairs.

    `leaving(before, after)` is the cost in nats of going to another article between two fragments, `inf`
    where that cannot be, below 0 where the article must end; from `close` on they are together to begin with.
    Two articles at least. Time grows with fragments x articles.
    """
    labels = _beginnings(order, leaving, fixed, close)
    held = Counter(gram for counts in grams.values() for gram in counts)
    weight = {gram: math.log(len(order) / n) for gram, n in held.items() if n > 1}
    shared = {i: [gram for gram in counts if gram in weight] for i, counts in grams.items()}
    sizes = {i: len(counts) for i, counts in grams.items()}
    costs = [0.0, *(leaving(before, after) for before, after in pairwise(order))]
    for n in range(ROUNDS):
        fit = _votes(order, shared, sizes, weight, labels, n_articles)
        found = _search(order, costs, fit, fixed, n_articles)
        if n and found == labels:
            break
        labels = found
    return labels


def _beginnings(
    order: Sequence[int], leaving: Callable[[int, int], float], fixed: Mapping[int, int], close: float
) -> dict[int, int]:
    """The known fragments with what follows each in one flow."""
    labels: dict[int, int] = {}
    current: int | None = None
    before: int | None = None
    for i in order:
        if i in fixed:
            current = fixed[i]
        elif before is not None and leaving(before, i) < close:
            current = None
        if current is not None:
            labels[i] = current
        before = i
    return labels


def _votes(
    order: Sequence[int],
    grams: Mapping[int, Sequence[str]],
    sizes: Mapping[int, int],
    weight: Mapping[str, float],
    labels: Mapping[int, int],
    n_articles: int,
) -> dict[int, list[float]]:
    """How much more often than by chance a fragment's pairs stand in each article's others, in nats.

    `grams` holds those pairs of each fragment that another has too, `sizes` how many it has in all.
    """
    holders: dict[str, dict[int, int]] = {}
    held = [SMALLEST] * n_articles
    for i, k in labels.items():
        held[k] += sizes[i]
        for gram in grams[i]:
            where = holders.setdefault(gram, {})
            where[k] = where.get(k, 0) + 1
    held_by = {gram: sum(where.values()) for gram, where in holders.items()}
    everything = sum(held)
    fit: dict[int, list[float]] = {}
    for i in order:
        votes = [0.0] * n_articles
        mine = labels.get(i)
        for gram in grams[i]:
            n = held_by.get(gram, 0) - (mine is not None)
            if not n:
                continue
            for k, count in holders[gram].items():
                others = count - (k == mine)
                if others:
                    votes[k] += weight[gram] * others / n
        total = sum(votes)
        own = 0 if mine is None else sizes[i]
        shares = [(size - own * (k == mine)) / (everything - own) for k, size in enumerate(held)]
        fit[i] = [
            TRUST * math.log((vote + PRIOR * share) / (total + PRIOR) / share)
            for vote, share in zip(votes, shares, strict=True)
        ]
    return fit


def _search(
    order: Sequence[int],
    costs: Sequence[float],
    fit: Mapping[int, list[float]],
    fixed: Mapping[int, int],
    n_articles: int,
) -> dict[int, int]:
    """The best sequence of articles along the order; `costs[n]` is of leaving before the n-th fragment."""
    best = [0.0] * n_articles
    back: list[list[int]] = []
    for i, cost in zip(order, costs, strict=True):
        leave, stay = max(0.0, cost), min(0.0, cost)
        ranked = sorted(range(n_articles), key=lambda k: (-best[k], k))
        came: list[int] = []
        for k in range(n_articles):
            other = ranked[1 if k == ranked[0] else 0]
            came.append(k if best[k] + stay >= best[other] - leave else other)
        reached = [best[k] + stay if came[k] == k else best[came[k]] - leave for k in range(n_articles)]
        back.append(came)
        best = [
            -math.inf if i in fixed and fixed[i] != k else score + fit[i][k]
            for k, score in enumerate(reached)
        ]
    state = max(range(n_articles), key=best.__getitem__)
    labels: dict[int, int] = {}
    for i, came in zip(reversed(order), reversed(back), strict=True):
        labels[i] = state
        state = came[state]
    return labels
