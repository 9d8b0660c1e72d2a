"""Dependency trees from arc scores: the greedy heads where they are a tree, else the maximum spanning tree with one root."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]
ROOTS_TRIED = 8  # with a trained network's scores the first or second is the best; bounds the time on noise


def best_heads(scores: Scores) -> list[int]:
    """The head of each word, -1 for the one root.

    `scores[d, 0]` is for word d as root, `scores[d, h + 1]` for word h as its head. Changes `scores`: no word is its own head.
    """
    size = len(scores)
    scores[np.arange(size), np.arange(1, size + 1)] = -np.inf
    heads: list[int] = (scores.argmax(1) - 1).tolist()
    return heads if is_tree(heads) else _spanning_heads(scores)


def is_tree(heads: Sequence[int]) -> bool:
    """Whether there is exactly one root and every word leads to it."""
    if sum(head < 0 for head in heads) != 1:
        return False
    safe = [head < 0 for head in heads]
    for index in range(len(heads)):
        path = []
        while not safe[index]:
            path.append(index)
            if len(path) > len(heads):
                return False
            index = heads[index]
        for passed in path:
            safe[passed] = True
    return True


def _spanning_heads(scores: Scores) -> list[int]:
    """The best of the best trees under each word as root; words are tried in the order of what their tree can reach at most."""
    size = len(scores)
    best = scores[:, 1:].max(1)
    limits = scores[:, 0] - best + best.sum()
    chosen, reached = None, -np.inf
    for root in np.argsort(-limits, kind="stable")[:ROOTS_TRIED].tolist():
        if chosen is not None and limits[root] <= reached:
            break
        full = np.full((size + 1, size + 1), -np.inf)  # [dependant, head], node 0 the root
        full[1:, 1:] = scores[:, 1:]
        full[root + 1] = -np.inf
        full[root + 1, 0] = scores[root, 0]
        heads = _maximum_tree(full)[1:]
        total = full[np.arange(1, size + 1), heads].sum()
        if chosen is None or total > reached:
            chosen, reached = heads, total
    return [int(head) - 1 for head in chosen] if chosen is not None else []


def _maximum_tree(scores: NDArray[np.float64]) -> NDArray[np.int64]:
    """Chu-Liu-Edmonds: contract a cycle of greedy heads, solve the smaller graph, open the cycle where it is entered."""
    heads: NDArray[np.int64] = scores.argmax(1)
    heads[0] = 0
    cycle = _cycle(heads)
    if cycle is None:
        return heads
    inside = np.zeros(len(scores), dtype=bool)
    inside[cycle] = True
    outside = np.flatnonzero(~inside)
    gain = scores[cycle] - scores[cycle, heads[cycle]][:, None]  # of entering at each member instead of going round
    size = len(outside)
    smaller = np.full((size + 1, size + 1), -np.inf)
    smaller[:size, :size] = scores[np.ix_(outside, outside)]
    entries = gain[:, outside]
    smaller[size, :size] = entries.max(0)
    leaving = scores[np.ix_(outside, cycle)]
    smaller[:size, size] = leaving.max(1)
    solved = _maximum_tree(smaller)
    result: NDArray[np.int64] = heads.copy()
    for node in range(1, size):
        head = solved[node]
        result[outside[node]] = cycle[int(leaving[node].argmax())] if head == size else outside[head]
    entry = int(solved[size])
    result[cycle[int(entries[:, entry].argmax())]] = outside[entry]
    return result


def _cycle(heads: NDArray[np.int64]) -> NDArray[np.int64] | None:
    """The nodes of one cycle, or None; node 0 is its own head and ends every path."""
    state = [0] * len(heads)  # 0 new, 1 on this path, 2 done
    state[0] = 2
    for node in range(1, len(heads)):
        path = []
        while state[node] == 0:
            state[node] = 1
            path.append(node)
            node = int(heads[node])
        if state[node] == 1:
            return np.array(path[path.index(node) :])
        for passed in path:
            state[passed] = 2
    return None
