"""Fits the weights of an event's confidence on what we annotated with events and kept from training.

    python -m benchmarks.confidence ../shared/gold > WEIGHTS        then copy them into src/tacitus/data/events/confidence.toml

Every event that the coder finds there is right or wrong as a whole (type, actors and recipients), for these texts are annotated completely.
Printed to standard error: the expected calibration error when each fifth of the texts is judged by weights of the others, and the
reliability table.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.corpus import corpus_texts, judged, news_texts, plain_texts, with_scenes
from benchmarks.rooms import Rooms, code
from tacitus.events import coding as room
from tacitus.events import confidence

RIDGE = 1.0
BINS = 10
FOLDS = 5


def main(gold: Path) -> None:
    rows = list(examples(gold))
    names = sorted({name for _, features, _ in rows for name in features})
    x = np.array([[1.0, *(features.get(name, 0.0) for name in names)] for _, features, _ in rows])
    y = np.array([right for _, _, right in rows])
    fold = np.array([hashlib.sha256(text.encode()).digest()[0] % FOLDS for text, _, _ in rows])
    crossed = np.zeros(len(y))
    for number in range(FOLDS):
        inside = fold == number
        crossed[inside] = _probability(x[inside], _logistic(x[~inside], y[~inside]))
    print(
        f"{len(y)} events, {y.mean():.2f} right; calibration error {calibration_error(crossed, y):.3f}", file=sys.stderr
    )
    for part in np.array_split(np.argsort(crossed), BINS):
        print(f"  said {crossed[part].mean():.2f}  right {y[part].mean():.2f}  ({len(part)})", file=sys.stderr)
    print("[weights]")
    for name, weight in zip(["bias", *names], _logistic(x, y), strict=True):
        print(f"{name} = {weight:.2f}")


def examples(gold: Path) -> Iterator[tuple[str, dict[str, float], float]]:
    """(text id, features, right or not) of every event that is coded."""
    seen: list[dict[str, float]] = []

    def noted(proposal: Any, *, status: str) -> float:
        seen.append(confidence.features(proposal, status=status))
        return 0.5

    room.confidence = noted
    rooms = Rooms()
    for text, scene in with_scenes(rooms, [*corpus_texts(), *news_texts(gold), *plain_texts()]):
        record = code(scene, rooms.lexicon)
        for features, right in zip(seen, judged(text, record), strict=True):
            yield text.id, features, float(right)
        seen.clear()


def _probability(x: np.ndarray, weights: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-x @ weights))


def _logistic(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Weights with ridge penalty, by Newton's method; the first column is the bias and is not penalised."""
    penalty = np.full(x.shape[1], RIDGE)
    penalty[0] = 1e-6
    weights = np.zeros(x.shape[1])
    for _ in range(100):
        p = _probability(x, weights)
        gradient = x.T @ (p - y) + penalty * weights
        weights = weights - np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + np.diag(penalty), gradient)
    return weights


def calibration_error(p: np.ndarray, y: np.ndarray) -> float:
    """Expected calibration error over bins of equal size."""
    parts = np.array_split(np.argsort(p), BINS)
    return float(sum(abs(p[part].mean() - y[part].mean()) * len(part) for part in parts) / len(p))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
