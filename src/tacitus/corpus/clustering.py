"""Average-link clustering that adds to what is there: groups that stand never merge, and pairs that exclude each other never meet.

Two groups join when the mean probability over all pairs of their members, pairs nobody proposed counting as 0, is the highest there is and
reaches the threshold. So one bridge between two long chains of reports does not join them.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Generic, TypeVar

Item = TypeVar("Item", bound=Hashable)
EXCLUDED = float("-inf")


def cluster(
    items: Sequence[Item],
    pairs: Mapping[tuple[Item, Item], float],
    *,
    threshold: float,
    standing: Mapping[Item, str] | None = None,
    together: Iterable[tuple[Item, Item]] = (),
    apart: Iterable[tuple[Item, Item]] = (),
) -> list[list[Item]]:
    """Groups of items, each in the order given, in the order of their first items.

    `pairs`: probabilities; a pair may stand in either order. `standing`: the group in which an item is already. `together` and `apart` are
    decided: the first join whatever the probabilities are, the second never meet, unless a chain of the first forces them to.
    """
    group = _Groups(items)
    for first, second in (*_neighbours(items, standing or {}), *together):
        group.join(group.of[first], group.of[second])
    links: dict[int, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    for (first, second), probability in pairs.items():
        _link(links, group.of[first], group.of[second], probability)
    for first, second in apart:
        _link(links, group.of[first], group.of[second], EXCLUDED)
    names = {group.of[item]: name for item, name in (standing or {}).items()}
    _merge(group.members, links, names, threshold)
    return [[items[n] for n in sorted(members)] for members in sorted(group.members.values(), key=min)]


class _Groups(Generic[Item]):
    """Members (positions of items) by number of group; `of` tells an item's group."""

    def __init__(self, items: Sequence[Item]) -> None:
        self.items = items
        self.members = {n: [n] for n in range(len(items))}
        self.of = {item: n for n, item in enumerate(items)}

    def join(self, one: int, other: int) -> None:
        """Put the members of `other` into `one`."""
        if one != other:
            for n in self.members[other]:
                self.of[self.items[n]] = one
            self.members[one] += self.members.pop(other)


def _neighbours(items: Sequence[Item], standing: Mapping[Item, str]) -> list[tuple[Item, Item]]:
    first: dict[str, Item] = {}
    return [(first.setdefault(standing[item], item), item) for item in items if item in standing]


def _link(links: dict[int, dict[int, float]], one: int, other: int, probability: float) -> None:
    if one != other:
        links[one][other] += probability
        links[other][one] += probability


def _merge(
    members: dict[int, list[int]], links: dict[int, dict[int, float]], names: dict[int, str], threshold: float
) -> None:
    """Join the best pair until none reaches the threshold. The heap may hold outdated entries; they are told by their mean."""

    def mean(one: int, other: int) -> float:
        if one in names and other in names:
            return EXCLUDED
        return links[one][other] / (len(members[one]) * len(members[other]))

    found = [(-mean(one, other), one, other) for one in links for other in links[one] if one < other]
    heap = [entry for entry in found if -entry[0] >= threshold]
    heapq.heapify(heap)
    while heap:
        negative, one, other = heapq.heappop(heap)
        if one not in members or other not in members or mean(one, other) != -negative:
            continue
        members[one] += members.pop(other)
        if other in names:
            names[one] = names.pop(other)
        for third, total in links.pop(other).items():
            links[third].pop(other, None)
            _link(links, one, third, total)
        for third in links[one]:
            low, high = sorted((one, third))
            if (now := mean(low, high)) >= threshold:
                heapq.heappush(heap, (-now, low, high))
