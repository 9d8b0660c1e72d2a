"""From which likelihood on the model's reading is followed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tacitus.errors import DataError
from tacitus.resources import data_path, load_toml


@dataclass(frozen=True, slots=True)
class Cuts:
    """Likelihoods from which the model is followed (`data/events/model.toml`)."""

    veto: float
    retype: float
    keeps: float
    add: float
    party: float
    fill: float
    swap: float
    swapped: float
    status: float
    background: float
    stance: float


@dataclass(frozen=True, slots=True)
class ModelRules:
    """The cuts, and the CAMEO code of each type where only the model speaks."""

    cuts: Cuts
    cameo: Mapping[str, str]

    @classmethod
    def load(cls) -> ModelRules:
        """Raises DataError when the file is missing or malformed."""
        path = data_path("events", "model.toml")
        table = load_toml(path)
        try:
            return cls(Cuts(**table["cuts"]), table["cameo"])
        except (KeyError, TypeError) as err:
            raise DataError(f"{path}: a section or a cut is missing or unknown: {err}") from err
