"""Pairs with probabilities → groups, by average linkage."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Sequence

THRESHOLD = 0.55  # mean probability between two groups that makes them one
MAX_MEMBERS = 8  # of each group that are compared with the other's: the work for large groups stays bounded

Pair = Callable[[int, int], float]


def groups(n: int, pairs: Iterable[tuple[int, int]], probability: Pair) -> list[list[int]]:
    """The indexes 0 to n - 1 in groups, each ascending, in the order of their first members.

    Starts from the likeliest of `pairs` and joins two groups where the mean probability over their members
    reaches THRESHOLD: one chance likeness does not chain two stories together.
    """
    members = {i: [i] for i in range(n)}
    near: dict[int, set[int]] = {i: set() for i in range(n)}
    heap: list[tuple[float, int, int]] = []
    for i, j in pairs:
        value = probability(i, j)
        if value >= THRESHOLD:  # a mean can only reach it where one pair does
            heap.append((-value, min(i, j), max(i, j)))
            near[i].add(j)
            near[j].add(i)
    heapq.heapify(heap)
    fresh = n
    while heap:
        _, a, b = heapq.heappop(heap)
        if a not in members or b not in members:
            continue
        members[fresh] = sorted(members.pop(a) + members.pop(b))
        near[fresh] = (near.pop(a) | near.pop(b)) - {a, b}
        for other in near[fresh]:
            near[other] -= {a, b}
            near[other].add(fresh)
            value = _mean(members[fresh], members[other], probability)
            if value >= THRESHOLD:
                heapq.heappush(heap, (-value, other, fresh))
        fresh += 1
    return sorted(members.values())


def _mean(a: Sequence[int], b: Sequence[int], probability: Pair) -> float:
    some_a, some_b = a[:MAX_MEMBERS], b[:MAX_MEMBERS]
    total = sum(probability(i, j) for i in some_a for j in some_b)
    return total / (len(some_a) * len(some_b))
