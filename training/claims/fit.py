"""Logistic regression on sparse binary features, in numpy: full-batch Adam with a quadratic penalty.

Cases are kept as flat arrays of feature numbers: some six million of them for 838 articles, 4 bytes each. A name is stored once.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

CHUNK = 1 << 20  # feature occurrences summed at once, so that the work space stays small beside the cases


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitting:
    """`least`: features seen in fewer cases are dropped; `penalty`: strength of the quadratic penalty per feature."""

    least: int = 3
    penalty: float = 1.0
    steps: int = 250
    rate: float = 0.1


@dataclass
class CaseTable:
    """The cases of one model in the order they came: feature numbers in a row, where each case's end, and its label."""

    numbers: dict[str, int] = field(default_factory=dict)
    columns: array[int] = field(default_factory=lambda: array("i"))
    ends: array[int] = field(default_factory=lambda: array("q", [0]))
    labels: array[int] = field(default_factory=lambda: array("b"))

    def __len__(self) -> int:
        return len(self.labels)

    def add(self, features: Iterable[str], label: bool) -> None:
        """Add a case; a feature named twice counts once."""
        numbers = self.numbers
        self.columns.extend(sorted({numbers.setdefault(name, len(numbers)) for name in features}))
        self.ends.append(len(self.columns))
        self.labels.append(label)


class Matrix:
    """The cases of a table with the features that are frequent enough, by row and by column."""

    def __init__(self, table: CaseTable, least: int) -> None:
        columns = np.frombuffer(table.columns, dtype=np.int32)
        lengths = np.diff(np.frombuffer(table.ends, dtype=np.int64))
        counts = np.bincount(columns, minlength=len(table.numbers))
        kept = sorted(name for name, number in table.numbers.items() if counts[number] >= least)
        self.names = kept
        renumbered = np.full(len(table.numbers), -1, dtype=np.int32)
        renumbered[[table.numbers[name] for name in kept]] = np.arange(len(kept), dtype=np.int32)
        rows, columns = np.repeat(np.arange(len(table), dtype=np.int32), lengths), renumbered[columns]
        self.rows, self.columns = rows[columns >= 0], columns[columns >= 0]
        self.shape = (len(table), len(kept))

    def scores(self, weights: NDArray[np.float64]) -> NDArray[np.float64]:
        """Each case's sum of weights."""
        return _sums(self.rows, self.columns, weights, self.shape[0])

    def gradient(self, errors: NDArray[np.float64]) -> NDArray[np.float64]:
        """Each feature's sum of errors."""
        return _sums(self.columns, self.rows, errors, self.shape[1])


def _sums(
    into: NDArray[np.int32], of: NDArray[np.int32], values: NDArray[np.float64], length: int
) -> NDArray[np.float64]:
    total = np.zeros(length)
    for start in range(0, len(into), CHUNK):
        part = slice(start, start + CHUNK)
        total += np.bincount(into[part], weights=values[of[part]], minlength=length)
    return total


def fit(
    table: CaseTable, options: Fitting, *, report: Callable[[int, float], None] = lambda *_: None
) -> dict[str, float]:
    """Weights by feature, in alphabetical order. The same cases give the same weights. `report` is told (step, mean loss) at times."""
    matrix, target = Matrix(table, options.least), np.frombuffer(table.labels, dtype=np.int8).astype(np.float64)
    weights = np.zeros(matrix.shape[1])
    mean, square = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, options.steps + 1):
        scores = matrix.scores(weights)
        if step % 50 == 0:
            report(step, float(np.mean(np.logaddexp(0.0, scores) - target * scores)))
        errors = 1.0 / (1.0 + np.exp(-scores)) - target
        gradient = matrix.gradient(errors) + options.penalty * weights
        mean = 0.9 * mean + 0.1 * gradient
        square = 0.999 * square + 0.001 * gradient**2
        rate = options.rate * (1.0 - step / (options.steps + 1))
        weights -= rate * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
    return dict(zip(matrix.names, map(float, weights), strict=True))
