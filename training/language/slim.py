"""A slimmer encoder: inside every layer the units that matter least to the loss are cut out (structured pruning, Molchanov et al. 2019)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import torch
from torch import Tensor

from training.language.model import Parser


def importance(
    model: Parser, made: Iterable[dict[str, Tensor]], loss: Callable[[dict[str, Tensor]], tuple[Tensor, Any]]
) -> list[Tensor]:
    """Per layer, how much the loss would change without each inner unit: the sum of |activation x gradient| over the batches."""
    layers = list(model.encoder.layers)
    sums = [torch.zeros(layer.outer.in_features) for layer in layers]
    seen: dict[int, Tensor] = {}

    def keep(number: int) -> Callable[[Any, tuple[Tensor]], None]:
        def hook(_: Any, inputs: tuple[Tensor]) -> None:
            inputs[0].retain_grad()
            seen[number] = inputs[0]

        return hook

    hooks = [layer.outer.register_forward_pre_hook(keep(number)) for number, layer in enumerate(layers)]
    model.train()
    for batch in made:
        loss(batch)[0].backward()
        for number, inputs in seen.items():
            if inputs.grad is not None:
                sums[number] += (inputs.detach() * inputs.grad).abs().flatten(0, 1).sum(0)
        model.zero_grad()
    for hook in hooks:
        hook.remove()
    return sums


def slim(model: Parser, target: Parser, found: list[Tensor]) -> Parser:
    """`target`, which has fewer inner units, with the weights of `model` and of its units the most important."""
    state = model.state_dict()
    for number, sums in enumerate(found):
        size = target.encoder.layers[number].outer.in_features
        chosen = sums.topk(size).indices.sort().values
        prefix = f"encoder.layers.{number}."
        for name in ("inner.weight", "inner.bias"):
            state[prefix + name] = state[prefix + name][chosen]
        state[prefix + "outer.weight"] = state[prefix + "outer.weight"][:, chosen]
    target.load_state_dict(state)
    return target
