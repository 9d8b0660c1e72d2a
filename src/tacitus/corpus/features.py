"""Why two pages or two event mentions belong together: a score that is a list of named features."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

from tacitus.errors import DataError
from tacitus.ontology import load_ontology
from tacitus.resources import data_path, load_toml


class Feature(NamedTuple):
    """A reason for or against: its name, what it adds to the log odds, and the facts it stands on."""

    feature: str
    weight: float
    detail: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """What speaks for and against that two things are one. `veto`: the reason why they cannot be, whatever else speaks for it."""

    bias: float
    features: tuple[Feature, ...] = ()
    veto: Feature | None = None

    @property
    def probability(self) -> float:
        """0 to 1; 0 with a veto."""
        if self.veto is not None:
            return 0.0
        return 1 / (1 + math.exp(-self.bias - sum(feature.weight for feature in self.features)))


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights and bounds for pages and for event mentions, and the families of types."""

    pages: Mapping[str, float]
    events: Mapping[str, float]
    families: Mapping[str, frozenset[str]]

    @classmethod
    @cache
    def load(cls, path: Path | None = None) -> Weights:
        """Read and check the file. Raises DataError for a weight that is no number, or a type unknown or in no family."""
        path = path or data_path("corpus", "weights.toml")
        table = load_toml(path)
        for name in ("pages", "events"):
            for key, value in table[name].items():
                if not isinstance(value, (int, float)):
                    raise DataError(f"{path}: [{name}] {key} must be a number")
        families = {name: frozenset(types) for name, types in table["families"].items()}
        if (named := frozenset().union(*families.values())) != set(load_ontology().types):
            wrong = ", ".join(sorted(named ^ set(load_ontology().types)))
            raise DataError(f"{path}: [families] must name every event type and no other: {wrong}")
        return cls(table["pages"], table["events"], families)

    def families_of(self, type_: str) -> list[str]:
        """The families a type is of; a type of the user's is one of its own."""
        return [name for name, types in self.families.items() if type_ in types] or [type_]

    def related(self, one: str, other: str) -> bool:
        """Whether two types may tell of the same happening."""
        return one == other or any(one in types and other in types for types in self.families.values())
