"""The weights of the two small linear models of this room: is this word a cue, and which part does a phrase beside it play.

They lie in one readable table, `models/claims/weights.tsv`: model, feature, weight. `manifest.json` beside it says how they were made.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tacitus.errors import DataError
from tacitus.resources import load_cells

MODELS = ("cue", "content", "source")


@dataclass(frozen=True)
class Weights:
    """Feature weights per model; a feature that is not listed counts nothing."""

    tables: Mapping[str, Mapping[str, float]]
    thresholds: Mapping[str, float]
    version: str

    @classmethod
    def load(cls, path: Path) -> Weights:
        """Read the table and its manifest. Raises DataError when one is missing or malformed."""
        manifest_path = path.with_name("manifest.json")
        try:
            manifest = json.loads(manifest_path.read_text(encoding="utf-8"))
            thresholds = {name: float(value) for name, value in manifest["thresholds"].items()}
            version = str(manifest["version"])
        except FileNotFoundError as err:
            raise DataError(f"{manifest_path}: no such file") from err
        except (ValueError, KeyError, AttributeError) as err:
            raise DataError(f"{manifest_path}: not a manifest of claim weights: {err}") from err
        return cls(_read_tables(path), thresholds, version)

    def score(self, model: str, features: Iterable[str]) -> float:
        """The sum of the features' weights: the log odds."""
        return sum(filter(None, map(self.tables[model].get, features)))


def probability(score: float) -> float:
    """The probability that belongs to log odds."""
    return 1.0 / (1.0 + math.exp(-score)) if score > -60.0 else 0.0


def odds_raised(likely: float, by: float) -> float:
    """A probability after adding to its log odds."""
    odds = likely * math.exp(by)
    return odds / (odds + 1.0 - likely)


def _read_tables(path: Path) -> dict[str, dict[str, float]]:
    tables: dict[str, dict[str, float]] = {name: {} for name in MODELS}
    for number, (model, feature, weight) in load_cells(path, ("model", "feature", "weight")):
        try:
            tables[model][feature] = float(weight)
        except KeyError as err:
            raise DataError(f"{path}:{number}: unknown model {model!r}") from err
        except ValueError as err:
            raise DataError(f"{path}:{number}: the weight {weight!r} is no number") from err
    return tables
