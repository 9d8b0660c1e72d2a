"""Which pieces of a page are the article: a linear-chain model with four states.

States: `head` (before the article), `body`, `inset` (furniture inside the article: captions, related links, advertisements),
`tail` (after it: comments, teasers, footer). A page runs head* body (body | inset)* tail*; the weights in
`data/ingest/layout.tsv` are learned (`training/pages/layout.py`). A piece is kept when its probability of being `body`,
given the whole page, reaches the threshold.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from tacitus.resources import data_path, load_tsv

STATES = ("head", "body", "inset", "tail")
BODY = STATES.index("body")
ALLOWED = (
    ("head", "head"),
    ("head", "body"),
    ("body", "body"),
    ("body", "inset"),
    ("body", "tail"),
    ("inset", "inset"),
    ("inset", "body"),
    ("tail", "tail"),
)
STARTS = ("head", "body")
ENDS = ("body", "tail")
FULL_WEIGHT = 12
"""Words of a piece whose evidence counts once; that of longer ones counts more, of shorter ones less, by the square root."""
MIN_WEIGHT, MAX_WEIGHT = 0.5, 3.0
_MINUS = -1e9

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class LayoutModel:
    """Weights of each feature for each state, and of each allowed step between states."""

    weights: Mapping[str, Floats]
    steps: Floats
    threshold: float

    def body_chances(self, table: Sequence[Sequence[str]], sizes: Sequence[int]) -> list[float]:
        """For each piece, described by its features and its number of words, the probability that it is part of the article."""
        if not table:
            return []
        nothing = np.zeros(len(STATES))
        scores = np.array([sum((self.weights.get(feature, nothing) for feature in row), nothing) for row in table])
        marginals = state_chances(scores * evidence(sizes)[:, None], self.steps)
        return [float(chance) for chance in marginals[:, BODY]]


@cache
def load_layout_model() -> LayoutModel:
    """The shipped weights, read once."""
    rows = load_tsv(data_path("ingest", "layout.tsv"), ("feature", *STATES))
    weights = {row["feature"]: np.array([float(row[state]) for state in STATES]) for row in rows}
    threshold = float(weights.pop("(threshold)")[BODY])
    steps = np.array([weights.pop(f"(from {state})") for state in STATES])
    return LayoutModel(weights=weights, steps=mask_steps(steps), threshold=threshold)


def evidence(sizes: Sequence[int]) -> Floats:
    """How much the features of each piece count, given its words: a paragraph speaks louder than a menu entry."""
    weights: Floats = np.clip(np.sqrt(np.asarray(sizes, dtype=float) / FULL_WEIGHT), MIN_WEIGHT, MAX_WEIGHT)
    return weights


def mask_steps(steps: Floats) -> Floats:
    """The step weights with every step that is not allowed made impossible."""
    allowed = np.array([[(a, b) in ALLOWED for b in STATES] for a in STATES])
    return np.where(allowed, steps, _MINUS)


def state_chances(scores: Floats, steps: Floats) -> Floats:
    """Forward-backward: the probability of each state for each piece (pieces x states), given the scores of the whole page."""
    forward = np.empty_like(scores)
    backward = np.empty_like(scores)
    forward[0] = scores[0] + [0.0 if state in STARTS else _MINUS for state in STATES]
    for i in range(1, len(scores)):
        forward[i] = scores[i] + np.logaddexp.reduce(forward[i - 1][:, None] + steps, axis=0)
    backward[-1] = [0.0 if state in ENDS else _MINUS for state in STATES]
    for i in range(len(scores) - 2, -1, -1):
        backward[i] = np.logaddexp.reduce(steps + (scores[i + 1] + backward[i + 1])[None, :], axis=1)
    joint = forward + backward
    chances: Floats = np.exp(joint - np.logaddexp.reduce(joint, axis=1)[:, None])
    return chances
