"""The chain over pieces and the seams of one-line pages."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest

from tacitus.ingest.gaps import is_sentence_end, load_gap_model, repeated_opening
from tacitus.ingest.layout import ALLOWED, ENDS, STARTS, STATES, load_layout_model, mask_steps, state_chances
from tacitus.ingest.phrases import Hit, load_phrases


def test_state_chances_equal_the_sum_over_all_paths() -> None:
    rng = np.random.default_rng(3)
    scores, steps = rng.normal(size=(4, len(STATES))), mask_steps(rng.normal(size=(len(STATES), len(STATES))))
    expected = np.zeros_like(scores)
    for path in product(range(len(STATES)), repeat=4):
        names = [STATES[state] for state in path]
        if names[0] in STARTS and names[-1] in ENDS and all(step in ALLOWED for step in pairwise(names)):
            weight = np.exp(sum(scores[i, s] for i, s in enumerate(path)) + sum(steps[a, b] for a, b in pairwise(path)))
            expected[np.arange(4), path] += weight
    expected /= expected.sum(axis=1, keepdims=True)
    np.testing.assert_allclose(state_chances(scores, steps), expected, atol=1e-12)


def test_every_weight_is_finite() -> None:
    model = load_layout_model()
    assert len(model.weights) > 100
    assert all(np.isfinite(row).all() for row in model.weights.values())
    assert model.body_chances([], []) == []


@pytest.mark.parametrize(
    ("word", "following", "is_end"),
    [
        ("town.", "The", True),
        ("Mr.", "Obi", False),
        ("U.S.", "Army", False),
        ("fled.”", "He", True),
        ("ran.", "then", False),
        ("why?", "Now", True),
    ],
)
def test_is_sentence_end(word: str, following: str, is_end: bool) -> None:
    assert is_sentence_end(word, following) is is_end


def test_cut_keeps_every_word() -> None:
    line = "Town falls to rebels - Post Home News Sport Town falls to rebels By Jo Lin The army left the town. Rebels came."
    pieces = load_gap_model().cut(line, phrases=load_phrases())
    assert " ".join(pieces) == line
    assert "Rebels came." in pieces


@pytest.mark.parametrize(
    ("line", "repeat"),
    [("a b c d x a b c d e", 4), ("a b c a b c", 0), ("", 0), ("one two three four five", 0)],
)
def test_repeated_opening(line: str, repeat: int) -> None:
    assert repeated_opening(line.split()) == repeat


@pytest.mark.parametrize(
    ("text", "hits"),
    [
        ("Advertisement", {Hit("advertisement", "whole"), Hit("caption", "whole")}),
        ("12 Comments", {Hit("comments", "whole"), Hit("share", "whole")}),
        ("The comments angered the minister", set()),
        ("Read more: Town falls", {Hit("related", "start"), Hit("related", "within")}),
    ],
)
def test_phrase_hits(text: str, hits: set[Hit]) -> None:
    assert load_phrases().hits(text) == hits
