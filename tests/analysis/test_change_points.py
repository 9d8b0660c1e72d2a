"""Change points: the segmentation found is the cheapest of all there are."""

from __future__ import annotations

import random
from itertools import combinations, pairwise

import pytest

from tacitus.analysis.change_points import change_points, segment, segment_cost


def cheapest(series: list[float], *, price: float, least: int) -> float:
    """The lowest cost over every possible segmentation."""
    cost = segment_cost(series)
    costs = []
    for number in range(len(series) // least):
        for starts in combinations(range(1, len(series)), number):
            bounds = [0, *starts, len(series)]
            if all(end - start >= least for start, end in pairwise(bounds)):
                costs.append(price * number + sum(cost(start, end) for start, end in pairwise(bounds)))
    return min(costs)


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("least", [1, 2, 3])
def test_no_segmentation_is_cheaper(seed: int, least: int) -> None:
    chance = random.Random(seed)
    series = [chance.gauss(level, 1) for level in chance.choices([0, 3, -4], k=3) for _ in range(4)]
    for tried in (0.5, 2.0, 6.0):
        starts = segment(series, price=tried, least=least)
        bounds = [0, *starts, len(series)]
        found = tried * len(starts) + sum(segment_cost(series)(start, end) for start, end in pairwise(bounds))
        assert found == pytest.approx(cheapest(series, price=tried, least=least))
        assert all(end - start >= least for start, end in pairwise(bounds))


@pytest.mark.parametrize(
    ("series", "found"),
    [
        ([], []),
        ([1.0], []),
        ([2.0] * 20, []),
        ([0.2, -0.1, 0.1, -0.2, 0.0, 0.1] * 4, []),
        ([0.1, -0.2, 0.2, -0.1, 0.0, 0.1, -9.1, -8.8, -9.2, -9.0, -8.9, -9.1], [6]),
        ([0.0] * 10 + [-8.0] * 5, [10]),
    ],
)
def test_levels(series: list[float], found: list[int]) -> None:
    assert change_points(series) == found
