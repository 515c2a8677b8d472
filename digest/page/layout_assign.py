"""The cheapest one-to-one assignment, for the links between headlines and columns of text."""

from __future__ import annotations

import numpy as np


def assign(cost: np.ndarray) -> list[int]:
    """For each row of `cost` (n × m, n ≤ m) the column of a cheapest one-to-one assignment; O(n²m).

    Successive shortest augmenting paths with potentials (Jonker and Volgenant 1987, without the start).
    """
    n, m = cost.shape
    row_of = np.full(m + 1, -1)
    u, v = np.zeros(n), np.zeros(m + 1)
    for row in range(n):
        row_of[m] = row
        column = m
        low = np.full(m, np.inf)
        way = np.full(m, m)
        done = np.zeros(m + 1, dtype=bool)
        while row_of[column] >= 0:
            done[column] = True
            current = int(row_of[column])
            free = ~done[:m]
            reduced = cost[current] - u[current] - v[:m]
            better = free & (reduced < low)
            low[better] = reduced[better]
            way[better] = column
            best = int(np.argmin(np.where(free, low, np.inf)))
            delta = low[best]
            used = np.flatnonzero(done)
            u[row_of[used]] += delta
            v[used] -= delta
            low[free] -= delta
            column = best
        while column != m:
            before = int(way[column])
            row_of[column] = row_of[before]
            column = before
        row_of[m] = -1
    result = [0] * n
    for column in range(m):
        if row_of[column] >= 0:
            result[int(row_of[column])] = column
    return result
