"""The assignment of rows to columns with the greatest sum (Kuhn 1955, in the form with potentials of Jonker and Volgenant)."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf


def best_assignment(gains: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """Pairs (row, column), each used once at most, as many as the shorter side has; their gains have the greatest sum."""
    if not gains or not gains[0]:
        return []
    if len(gains) > len(gains[0]):
        turned = [[row[column] for row in gains] for column in range(len(gains[0]))]
        return sorted((row, column) for column, row in best_assignment(turned))
    columns = len(gains[0])
    up, across = [0.0] * (len(gains) + 1), [0.0] * (columns + 1)
    row_of = [0] * (columns + 1)  # both count from 1; column 0 holds the row that is being placed
    for row in range(1, len(gains) + 1):
        row_of[0] = row
        _place(gains, up, across, row_of)
    return sorted((row_of[column] - 1, column - 1) for column in range(1, columns + 1) if row_of[column])


def _place(gains: Sequence[Sequence[float]], up: list[float], across: list[float], row_of: list[int]) -> None:
    """Place one more row along the cheapest path of changes."""
    columns = len(across) - 1
    least, came_from, done = [inf] * (columns + 1), [0] * (columns + 1), [False] * (columns + 1)
    column = 0
    while row_of[column]:
        done[column] = True
        row = row_of[column]
        for other in range(1, columns + 1):
            if not done[other]:
                cost = -gains[row - 1][other - 1] - up[row] - across[other]
                if cost < least[other]:
                    least[other], came_from[other] = cost, column
        following = min((other for other in range(1, columns + 1) if not done[other]), key=lambda other: least[other])
        step = least[following]
        for other in range(columns + 1):
            if done[other]:
                up[row_of[other]] += step
                across[other] -= step
            else:
                least[other] -= step
        column = following
    while column:
        row_of[column] = row_of[came_from[column]]
        column = came_from[column]
