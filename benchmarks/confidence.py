"""Fits the weights of an event's confidence on what we annotated with events and kept from training.

    python -m benchmarks.confidence ../shared/gold [--plot docs/reliability.svg] > WEIGHTS

Then copy the weights into src/tacitus/data/events/confidence.toml.

Every event that the coder finds there is right or wrong as a whole (type, actors and recipients), for these texts are annotated completely.
Printed to standard error: the expected calibration error when each fifth of the texts is judged by weights of the others, the
reliability table, and what `--min-confidence` leaves and loses.
"""

from __future__ import annotations

import argparse
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
CUTS = (0.1, 0.2, 0.3, 0.4)  # values of --min-confidence told of
PLOT = 360  # px, each side of the square of the plot


def main() -> None:
    """Fit, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--plot", type=Path)
    given = parser.parse_args()
    fit(given.gold, plot=given.plot)


def fit(gold: Path, *, plot: Path | None) -> None:
    """The weights to standard output, how well they say what is right to standard error."""
    rows = list(examples(gold))
    names = sorted({name for _, features, _ in rows for name in features})
    x = np.array([[1.0, *(features.get(name, 0.0) for name in names)] for _, features, _ in rows])
    y = np.array([right for _, _, right in rows])
    trials = [crossed(x, y, [f"{number} {text}" for text, _, _ in rows]) for number in range(PARTITIONS)]
    errors = [calibration_error(trial, y) for trial in trials]
    print(f"{len(y)} events, {y.mean():.2f} right; calibration error {np.mean(errors):.3f}", file=sys.stderr)
    parts = [(trials[0][part].mean(), y[part].mean(), len(part)) for part in _bins(trials[0])]
    for said, right, number in parts:
        print(f"  said {said:.2f}  right {right:.2f}  ({number})", file=sys.stderr)
    for cut in CUTS:
        left = trials[0] >= cut
        print(
            f"  from {cut:.2f}: {left.sum()} left, {y[left].mean():.2f} right, {1 - y[left].sum() / y.sum():.2f} of the right ones lost",
            file=sys.stderr,
        )
    if plot is not None:
        plot.write_text(drawn([(said, right) for said, right, _ in parts]), encoding="utf-8")
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
    return float(sum(abs(p[part].mean() - y[part].mean()) * len(part) for part in _bins(p)) / len(p))


def _bins(p: np.ndarray) -> list[np.ndarray]:
    """Indices of the events, the least sure first, in bins of equal size."""
    return np.array_split(np.argsort(p), BINS)


def drawn(points: Sequence[tuple[float, float]]) -> str:
    """The reliability plot as SVG: what is said across, what is right up, the line where both agree."""
    edge = 45

    def at(said: float, right: float) -> str:
        return f"{edge + PLOT * said:.1f},{edge + PLOT * (1 - right):.1f}"

    marks = "".join(
        f'<text x="{edge + PLOT * n / 5:.0f}" y="{edge + PLOT + 18}" text-anchor="middle">{n / 5:.1f}</text>'
        f'<text x="{edge - 8}" y="{edge + PLOT * (1 - n / 5) + 4:.0f}" text-anchor="end">{n / 5:.1f}</text>'
        for n in range(6)
    )
    dots = "".join(f'<circle cx="{x}" cy="{y}" r="4"/>' for x, y in (at(*point).split(",") for point in points))
    line = " ".join(at(*point) for point in points)
    whole = PLOT + 2 * edge
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {whole} {whole}" font-family="sans-serif" font-size="12">'
        f'<rect width="{whole}" height="{whole}" fill="#fff"/>'
        f'<rect x="{edge}" y="{edge}" width="{PLOT}" height="{PLOT}" fill="none" stroke="#999"/>'
        f'<polyline points="{at(0, 0)} {at(1, 1)}" stroke="#999" stroke-dasharray="4"/>{marks}'
        f'<text x="{edge}" y="24">Share of events that are right, over the confidence they are given</text>'
        f'<g fill="#1f5fa8"><polyline points="{line}" fill="none" stroke="#1f5fa8" stroke-width="2"/>{dots}</g></svg>\n'
    )


if __name__ == "__main__":
    main()
