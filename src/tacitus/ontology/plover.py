"""PLOVER's types, modes, scores and contexts, and the way to CAMEO and Goldstein.

Source: PLOVER manual 0.8 (2021), its CAMEO conversion table of September 2021, and Goldstein (1992) as extended for CAMEO.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tacitus.errors import DataError
from tacitus.resources import data_path, load_toml, load_tsv

STATUSES = ("actual", "negated", "future", "hypothetical", "habitual", "historical")
"""PLOVER's auxiliary modes; only `actual` counts in totals."""

SECTORS = {
    "GOV": "government",
    "MIL": "military",
    "COP": "police",
    "JUD": "judiciary",
    "LEG": "legislature",
    "SPY": "intelligence services",
    "PTY": "political party",
    "OPP": "opposition",
    "REB": "rebels",
    "PRM": "paramilitary",
    "UAF": "unidentified armed forces",
    "UNK": "unknown",
    "AGR": "agriculture",
    "BUS": "business",
    "CRM": "criminals",
    "CVL": "civilians",
    "EDU": "education",
    "ELI": "former officials and elites",
    "JRN": "media",
    "LAB": "labour",
    "MED": "health",
    "REF": "refugees",
    "REL": "religion",
    "SOC": "social groups",
    "PRE": "partially recognised",
}
"""PLOVER's sectors with what they stand for."""

INTERNATIONAL = ("IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC")
"""PLOVER's codes for international parties, used in the place of a country."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventType:
    """One of PLOVER's 16 types, or one of the user's own: its quad (1 to 4), its score (-10 to +10), and the scores of its modes.

    `refines` is the PLOVER type that an own type is a kind of; `cameo` the code of an own type, "" for none.
    """

    name: str
    gloss: str
    quad: int
    requires_recipient: bool
    score: float
    modes: Mapping[str, float]
    own: bool = False
    refines: str | None = None
    cameo: str = ""

    @property
    def base(self) -> str:
        """The type whose rules it follows: the one it refines, else itself."""
        return self.refines or self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class CameoCode:
    """A CAMEO code, its PLOVER type in the 2021 table, and its Goldstein value."""

    code: str
    type: str
    label: str
    goldstein: float | None


@dataclass(frozen=True)
class Ontology:
    """PLOVER with its crosswalk."""

    types: Mapping[str, EventType]
    contexts: frozenset[str]
    cameo: Mapping[str, CameoCode]

    def score(self, type_: str, mode: str | None) -> float:
        """The conflict-cooperation score of a type in a mode. Raises KeyError for a type or mode PLOVER does not have."""
        event_type = self.types[type_]
        return event_type.score if mode is None else event_type.modes[mode]

    def goldstein(self, code: str) -> float | None:
        """The Goldstein value of a CAMEO code; a code without one takes its parent's; None for an unknown code."""
        for length in range(len(code), 1, -1):
            known = self.cameo.get(code[:length])
            if known is not None and known.goldstein is not None:
                return known.goldstein
        return None

    def check(self, type_: str, mode: str | None, *, where: str) -> None:
        """Raise DataError, naming `where`, when the type or its mode does not exist."""
        if type_ not in self.types:
            raise DataError(f"{where}: unknown event type {type_!r}; there are {', '.join(self.types)}")
        if mode is not None and mode not in self.types[type_].modes:
            raise DataError(
                f"{where}: {type_} has no mode {mode!r}; it has {', '.join(self.types[type_].modes) or 'none'}"
            )


def load_ontology(folder: Path | None = None) -> Ontology:
    """Read PLOVER and the crosswalk. Raises DataError when a file is missing or malformed."""
    folder = folder or data_path("ontology")
    plover = load_toml(folder / "plover.toml")
    types = {name: _event_type(name, table) for name, table in plover["type"].items()}
    return Ontology(types=types, contexts=frozenset(plover["contexts"]), cameo=_load_cameo(folder / "cameo.tsv", types))


def _event_type(name: str, table: Mapping[str, Any]) -> EventType:
    return EventType(
        name=name,
        gloss=table["gloss"],
        quad=table["quad"],
        requires_recipient=table["requires_recipient"],
        score=float(table["score"]),
        modes={mode: float(score) for mode, score in table.get("modes", {}).items()},
    )


def _load_cameo(path: Path, types: Mapping[str, EventType]) -> dict[str, CameoCode]:
    codes = {}
    for row in load_tsv(path, ("cameo", "type", "goldstein", "label")):
        if row["type"] not in types:
            raise DataError(f"{path}:{row['']}: unknown event type {row['type']!r}")
        value = float(row["goldstein"]) if row["goldstein"] else None
        codes[row["cameo"]] = CameoCode(code=row["cameo"], type=row["type"], label=row["label"], goldstein=value)
    return codes
