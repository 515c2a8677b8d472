"""Who goes with whom, so that the whole fits best."""

from __future__ import annotations

import math


def assign(gain: list[list[float]]) -> dict[int, int]:
    """Row → column with the greatest total gain, at most one each; gains of 0 may be paired too.

    The Hungarian method with potentials (Kuhn 1955; Jonker and Volgenant 1987), O(rows² · columns).
    """
    n_rows, n_columns = len(gain), len(gain[0])
    if n_rows > n_columns:
        turned = assign([[gain[h][b] for h in range(n_rows)] for b in range(n_columns)])
        return {h: b for b, h in turned.items()}
    u, v = [0.0] * (n_rows + 1), [0.0] * (n_columns + 1)
    match = [0] * (n_columns + 1)
    way = [0] * (n_columns + 1)
    for row in range(1, n_rows + 1):
        match[0] = row
        column = 0
        least = [math.inf] * (n_columns + 1)
        used = [False] * (n_columns + 1)
        while True:
            used[column] = True
            current, delta, following = match[column], math.inf, 0
            for j in range(1, n_columns + 1):
                if used[j]:
                    continue
                slack = -gain[current - 1][j - 1] - u[current] - v[j]
                if slack < least[j]:
                    least[j], way[j] = slack, column
                if least[j] < delta:
                    delta, following = least[j], j
            for j in range(n_columns + 1):
                if used[j]:
                    u[match[j]] += delta
                    v[j] -= delta
                else:
                    least[j] -= delta
            column = following
            if match[column] == 0:
                break
        while column:
            match[column] = match[way[column]]
            column = way[column]
    return {match[j] - 1: j - 1 for j in range(1, n_columns + 1) if match[j]}
