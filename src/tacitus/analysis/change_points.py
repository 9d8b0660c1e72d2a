"""Where the level of a series changes: exact optimal segmentation by PELT, with a Gaussian cost for the mean.

The cost of a segment is the sum of squared distances from its mean, in units of the series' own noise; each change point costs `penalty`
(in the same units, times the logarithm of the length). The segmentation found is the cheapest of all.
Killick, Fearnhead and Eckley, "Optimal detection of changepoints with a linear computational cost", 2012.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from itertools import accumulate, pairwise
from statistics import median

PENALTY = 3.0  # of log n for a change of the mean: the usual 2 and something for the noise being estimated
LEAST_SEGMENT = 2  # intervals that make a level
NORMAL = 1.4826  # from the median absolute deviation to the standard deviation of a normal distribution


def change_points(series: Sequence[float], *, penalty: float = PENALTY, least: int = LEAST_SEGMENT) -> list[int]:
    """Indices at which a new level begins, in order; none for a constant or very short series."""
    noise = noise_of(series)
    if noise == 0 or len(series) < 2 * least:
        return []
    return segment([value / noise for value in series], price=penalty * math.log(len(series)), least=least)


def segment(series: Sequence[float], *, price: float, least: int) -> list[int]:
    """The starts of the segments, but the first, of the segmentation with the lowest cost plus `price` for each start."""
    cost = segment_cost(series)
    best: list[float] = [-price] + [math.inf] * len(series)
    before = [0] * (len(series) + 1)
    starts = [0]
    beaten: dict[int, int] = {}
    for end in range(least, len(series) + 1):
        # A start dearer than a later one was at `beaten` cannot win once the later one may begin a segment too.
        starts = [start for start in starts if end - beaten.get(start, end) < least]
        totals = {start: best[start] + cost(start, end) + price for start in starts}
        before[end] = min(totals, key=lambda start: (totals[start], start))
        best[end] = totals[before[end]]
        for start, total in totals.items():
            if total - price > best[end]:
                beaten.setdefault(start, end)
        if best[end + 1 - least] < math.inf:
            starts.append(end + 1 - least)
    found = []
    end = len(series)
    while before[end] > 0:
        end = before[end]
        found.append(end)
    return found[::-1]


def segment_cost(series: Sequence[float]) -> Callable[[int, int], float]:
    """A function of start and end (exclusive): the sum of squared distances from the mean."""
    sums = [0.0, *accumulate(series)]
    squares = [0.0, *accumulate(value * value for value in series)]

    def cost(start: int, end: int) -> float:
        total = sums[end] - sums[start]
        return max(0.0, squares[end] - squares[start] - total * total / (end - start))

    return cost


def noise_of(series: Sequence[float]) -> float:
    """The standard deviation of the noise, from the differences of neighbours, which a few jumps do not raise.

    Where most neighbours are equal, the plain deviation; 0 for a constant series.
    """
    differences = [after - before for before, after in pairwise(series)]
    if not differences:
        return 0.0
    middle = median(differences)
    spread = NORMAL * median(abs(difference - middle) for difference in differences) / math.sqrt(2)
    if spread > 0:
        return spread
    mean = sum(series) / len(series)
    return math.sqrt(sum((value - mean) ** 2 for value in series) / len(series))
