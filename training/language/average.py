"""The mean of two runs' weights, the second of which went on from the first (Wortsman et al. 2022, model soups).

python -m training.language.average FIRST.pt SECOND.pt --share 0.65 --output MEAN.pt
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch
from torch import Tensor


def main() -> None:
    """Read two checkpoints of equal labels and sizes, and write one for `export`."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("first", type=Path)
    parser.add_argument("second", type=Path)
    parser.add_argument("--share", type=float, default=0.5, help="of the second run")
    parser.add_argument("--output", type=Path, required=True)
    given = parser.parse_args()
    first, second = (torch.load(path, map_location="cpu", weights_only=False) for path in (given.first, given.second))
    if (first["labels"], first["sizes"]) != (second["labels"], second["sizes"]):
        parser.error("the two runs have other labels or sizes")
    second["model"] = mean(first["model"], second["model"], share=given.share)
    torch.save(second, given.output)


def mean(first: dict[str, Tensor], second: dict[str, Tensor], *, share: float) -> dict[str, Tensor]:
    """Weight by weight; what is no weight (counts, indices) is the second's."""
    return {
        name: (1 - share) * first[name] + share * weights if weights.is_floating_point() else weights
        for name, weights in second.items()
    }


if __name__ == "__main__":
    main()
