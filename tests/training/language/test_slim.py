"""Structured pruning: the units that matter stay, and nothing else of the model changes."""

from __future__ import annotations

import pytest

torch = pytest.importorskip("torch", reason="the dependency group `training` is not installed")

from training.language.model import LAYERS, WIDTH, Parser  # noqa: E402
from training.language.slim import importance, slim  # noqa: E402

WIDE, SLIM = 8, 3
LIVE = [[(layer + 3 * unit) % WIDE for unit in range(SLIM)] for layer in range(LAYERS)]
"""Per layer, the only inner units whose output goes anywhere."""
SIZES = {"upos": 2, "feats": 2, "lemmas": 2, "relations": 2, "names": 3, "triggers": 17, "statuses": 6, "dropout": 0.0}
BATCH = {
    "pieces": torch.tensor([[101, 2012, 2054, 102], [101, 2100, 102, 0]]),
    "types": torch.zeros(2, 4, dtype=torch.long),
    "first": torch.tensor([[0, 1, 2], [0, 1, 0]]),
}


@pytest.fixture(scope="module")
def wide() -> Parser:
    """A model of whose inner units all but those of LIVE are cut off."""
    torch.manual_seed(4)
    parser = Parser(**SIZES, inner=WIDE)
    with torch.no_grad():
        for layer, live in zip(parser.encoder.layers, LIVE, strict=True):
            layer.outer.weight[:, [unit for unit in range(WIDE) if unit not in live]] = 0
    return parser


def scores(parser: Parser) -> dict[str, torch.Tensor]:
    with torch.no_grad():
        found: dict[str, torch.Tensor] = parser.eval()(**BATCH)
    return found


def loss(parser: Parser):  # type: ignore[no-untyped-def]
    def of(batch: dict[str, torch.Tensor]) -> tuple[torch.Tensor, None]:
        return parser(**batch)["trigger"].logsumexp(-1).sum(), None

    return of


def test_units_that_go_nowhere_have_no_importance(wide: Parser) -> None:
    found = importance(wide, [BATCH, BATCH], loss(wide))
    assert [sums.shape for sums in found] == [(WIDE,)] * LAYERS
    assert [sums.nonzero().flatten().tolist() for sums in found] == [sorted(live) for live in LIVE]
    assert all(parameter.grad is None for parameter in wide.parameters())
    assert all(not layer.outer._forward_pre_hooks for layer in wide.encoder.layers)


def test_importance_adds_up_over_batches(wide: Parser) -> None:
    once, twice = (importance(wide, [BATCH] * times, loss(wide)) for times in (1, 2))
    for one, two in zip(once, twice, strict=True):
        torch.testing.assert_close(2 * one, two)


def test_a_slim_model_without_idle_units_is_the_same_function(wide: Parser) -> None:
    found = importance(wide, [BATCH], loss(wide))
    small = slim(wide, Parser(**SIZES, inner=SLIM), found)
    assert {layer.inner.weight.shape for layer in small.encoder.layers} == {(SLIM, WIDTH)}
    for name, expected in scores(wide).items():
        torch.testing.assert_close(scores(small)[name], expected, msg=lambda text, name=name: f"{name}: {text}")


def test_the_best_units_are_kept_in_their_order(wide: Parser) -> None:
    ranked = [torch.arange(WIDE).float().roll(layer) for layer in range(LAYERS)]
    small = slim(wide, Parser(**SIZES, inner=SLIM), ranked)
    for layer, (old, new) in enumerate(zip(wide.encoder.layers, small.encoder.layers, strict=True)):
        chosen = sorted((unit + layer) % WIDE for unit in range(WIDE - SLIM, WIDE))
        assert torch.equal(new.inner.weight, old.inner.weight[chosen])
        assert torch.equal(new.inner.bias, old.inner.bias[chosen])
        assert torch.equal(new.outer.weight, old.outer.weight[:, chosen])
        assert torch.equal(new.outer.bias, old.outer.bias)
