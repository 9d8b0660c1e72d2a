"""Trees from arc scores."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tacitus.language.tree import best_heads, is_tree


@pytest.mark.parametrize(
    ("heads", "expected"),
    [
        ([-1], True),
        ([1, -1, 1], True),
        ([-1, -1], False),  # two roots
        ([1, 0], False),  # no root
        ([1, 2, 0, -1], False),  # a ring beside the root
        ([0, -1], False),  # its own head
    ],
)
def test_is_tree(heads: list[int], expected: bool) -> None:
    assert is_tree(heads) is expected


SCORES = st.integers(1, 4).flatmap(
    lambda size: arrays(np.float32, (size, size + 1), elements=st.integers(-20, 20).map(float), unique=True)
)


@given(SCORES)
def test_the_best_tree_is_found(scores: np.ndarray) -> None:  # type: ignore[type-arg]
    def total(heads: list[int]) -> float:
        return sum(float(scores[word, head + 1]) for word, head in enumerate(heads))

    size = len(scores)
    heads = best_heads(scores.copy())
    assert is_tree(heads)
    trees = (list(heads) for heads in product(range(-1, size), repeat=size) if is_tree(heads))
    assert total(heads) == max(total(tree) for tree in trees)


@settings(deadline=None)
@given(st.integers(1, 60), st.integers(0, 1000))
def test_long_sentences_have_one_root(size: int, seed: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(size, size + 1)).astype(np.float32)
    heads = best_heads(scores)
    assert is_tree(heads) and all(head < size for head in heads)
