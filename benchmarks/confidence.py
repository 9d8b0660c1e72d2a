"""Fits the weights of an event's confidence on what we annotated with events and kept from training.

    python -m benchmarks.confidence ../shared/gold > WEIGHTS        then copy them into src/tacitus/data/events/confidence.toml

Every event that the coder finds there is right or wrong as a whole (type, actors and recipients), for these texts are annotated completely.
Printed to standard error: the expected calibration error when each fifth of the texts is judged by weights of the others, and the
reliability table.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.corpus import corpus_texts, judged, news_texts, plain_texts, with_scenes
from benchmarks.rooms import Rooms, code
from tacitus.events import coding as room
from tacitus.events import confidence

RIDGE = 3.0  # of 1, 3, 10, 20, 40 the least loss on the fifths left out
BINS = 10
FOLDS = 5
PARTITIONS = 6  # into fifths, of which the mean is told: one alone moves by .02


def main(gold: Path) -> None:
    rows = list(examples(gold))
    names = sorted({name for _, features, _ in rows for name in features})
    x = np.array([[1.0, *(features.get(name, 0.0) for name in names)] for _, features, _ in rows])
    y = np.array([right for _, _, right in rows])
    trials = [crossed(x, y, [f"{number} {text}" for text, _, _ in rows]) for number in range(PARTITIONS)]
    errors = [calibration_error(trial, y) for trial in trials]
    print(f"{len(y)} events, {y.mean():.2f} right; calibration error {np.mean(errors):.3f}", file=sys.stderr)
    judged_by_others = trials[0]
    for part in np.array_split(np.argsort(judged_by_others), BINS):
        print(f"  said {judged_by_others[part].mean():.2f}  right {y[part].mean():.2f}  ({len(part)})", file=sys.stderr)
    print("[weights]")
    for name, weight in zip(["bias", *names], _logistic(x, y), strict=True):
        print(f"{name} = {weight:.2f}")


def crossed(x: np.ndarray, y: np.ndarray, texts: Sequence[str]) -> np.ndarray:
    """The probability of each event by weights fitted without its fifth of the texts."""
    fold = np.array([hashlib.sha256(text.encode()).digest()[0] % FOLDS for text in texts])
    found = np.zeros(len(y))
    for number in range(FOLDS):
        inside = fold == number
        found[inside] = _probability(x[inside], _logistic(x[~inside], y[~inside]))
    return found


def examples(gold: Path) -> Iterator[tuple[str, dict[str, float], float]]:
    """(text id, features, right or not) of every event that is coded."""
    seen: list[dict[str, float]] = []

    def noted(proposal: Any, *, status: str) -> tuple[confidence.Factor, ...]:
        seen.append(confidence.features(proposal, status=status))
        return ()

    room.factors = noted
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
