"""Logistic regression on sparse binary features, in numpy: full-batch Adam with a quadratic penalty."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitting:
    """`least`: features seen in fewer cases are dropped; `penalty`: strength of the quadratic penalty per feature."""

    least: int = 3
    penalty: float = 1.0
    steps: int = 250
    rate: float = 0.1


class Matrix:
    """Cases as a flat list of feature numbers with the case of each."""

    def __init__(self, features: Sequence[Sequence[str]], index: dict[str, int]) -> None:
        rows, columns = [], []
        for row, names in enumerate(features):
            known = {index[name] for name in names if name in index}
            rows.append(np.full(len(known), row, dtype=np.int32))
            columns.append(np.fromiter(known, dtype=np.int32, count=len(known)))
        self.rows, self.columns = np.concatenate(rows), np.concatenate(columns)
        self.shape = (len(features), len(index))

    def scores(self, weights: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.bincount(self.rows, weights=weights[self.columns], minlength=self.shape[0])

    def gradient(self, errors: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.bincount(self.columns, weights=errors[self.rows], minlength=self.shape[1])


def feature_index(features: Sequence[Sequence[str]], least: int) -> dict[str, int]:
    """Numbers for the features that occur in at least `least` cases, in alphabetical order."""
    counts = Counter(name for names in features for name in set(names))
    return {name: number for number, name in enumerate(sorted(name for name, n in counts.items() if n >= least))}


def fit(features: Sequence[Sequence[str]], labels: Sequence[int], options: Fitting) -> dict[str, float]:
    """Weights by feature. The same cases give the same weights."""
    index = feature_index(features, options.least)
    matrix, target = Matrix(features, index), np.asarray(labels, dtype=np.float64)
    weights = np.zeros(len(index))
    mean, square = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, options.steps + 1):
        errors = 1.0 / (1.0 + np.exp(-matrix.scores(weights))) - target
        gradient = matrix.gradient(errors) + options.penalty * weights
        mean = 0.9 * mean + 0.1 * gradient
        square = 0.999 * square + 0.001 * gradient**2
        rate = options.rate * (1.0 - step / (options.steps + 1))
        weights -= rate * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
    return {name: float(weights[number]) for name, number in index.items()}
