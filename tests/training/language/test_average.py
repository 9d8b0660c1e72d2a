"""The mean of two runs' weights."""

from __future__ import annotations

import pytest

torch = pytest.importorskip("torch", reason="torch is for training only")

from training.language.average import mean  # noqa: E402


def test_weights_are_mixed_and_counts_are_the_seconds() -> None:
    first = {"weight": torch.tensor([0.0, 4.0]), "count": torch.tensor(3)}
    second = {"weight": torch.tensor([1.0, 0.0]), "count": torch.tensor(5)}
    mixed = mean(first, second, share=0.25)
    assert mixed["weight"].tolist() == [0.25, 3.0]
    assert mixed["count"].item() == 5
