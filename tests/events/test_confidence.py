"""What an event's confidence is made of."""

from __future__ import annotations

from collections.abc import Callable
from math import exp

import pytest

from tacitus.events import Coding
from tacitus.events.confidence import _weights, factor_told, factor_words


def test_every_weight_has_its_words_and_none_is_idle() -> None:
    known = {"type_*" if name.startswith("type_") else name for name in _weights()}
    assert known == set(factor_words())
    assert factor_told("type_ASSAULT") == "how often ASSAULT is right, against other types"


@pytest.mark.parametrize("text", ["Norland's army shelled Port Ess on Monday.", "France and Spain will sign a treaty."])
def test_the_factors_sum_to_the_confidence(code: Callable[[str], Coding], text: str) -> None:
    events = code(text).events
    assert events
    for event in events:
        total = sum(factor.weight for factor in event.factors)
        assert event.factors[0].name == "bias"
        assert event.confidence == pytest.approx(1 / (1 + exp(-total)), abs=0.001)
