"""The shape of ICEWS: one row for each pair of source and target, 20 columns, tab-separated with a header.

A reciprocal event gives a row in each direction. Rows of one page share the Story ID.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import permutations, product
from typing import Any

from tacitus.export.shapes.codes import countries, country, ontology, sectors
from tacitus.export.shapes.common import SETTLEMENT, degrees, iso, joined, level, number_of, parties, place_country
from tacitus.export.shapes.table import Column, Shape, Table, columns
from tacitus.store import PartyRow
from tacitus.store.units import UnitRow

NOBODY: tuple[PartyRow | None, ...] = (None,)


@dataclass(frozen=True, slots=True)
class Dyad:
    """One source and one target of an event; either may be missing. `number` tells the pairs of an event apart."""

    unit: UnitRow
    number: int
    source: PartyRow | None
    target: PartyRow | None


def dyads(unit: UnitRow) -> Iterator[Dyad]:
    """All pairs of an event, at least one."""
    actors, recipients = parties(unit, "actors"), parties(unit, "recipients")
    is_reciprocal = not recipients and len(actors) > 1
    pairs = permutations(actors, 2) if is_reciprocal else product(actors or NOBODY, recipients or NOBODY)
    yield from (Dyad(unit, number, *pair) for number, pair in enumerate(pairs))


def _party(word: str, side: str) -> tuple[Column, ...]:
    def fill(take: Callable[[PartyRow], Any]) -> Callable[[Dyad], Any]:
        def value(row: Dyad) -> Any:
            party = getattr(row, side)
            return take(party) if party is not None else None

        return value

    return columns(
        (f"{word} Name", fill(lambda party: party.name)),
        (f"{word} Sectors", fill(_sectors)),
        (f"{word} Country", fill(lambda party: country(party.country).name)),
    )


def _sectors(party: PartyRow) -> str | None:
    """In words; a country that acts by itself is its government."""
    known = [sectors()[sector].icews for sector in party.sectors if sector in sectors()]
    return joined(known or (["Government"] if party.country in countries() and not party.sectors else []), ",")


def _label(code: str | None) -> str | None:
    """The CAMEO label of a code, or of the nearest one above it."""
    known = ontology().cameo
    for length in range(len(code or ""), 1, -1):
        if (found := known.get((code or "")[:length])) is not None:
            return found.label
    return None


def _of(take: Callable[[UnitRow], Any]) -> Callable[[Dyad], Any]:
    return lambda row: take(row.unit)


ICEWS = Shape(
    name="icews",
    tables=(
        Table(
            stem="icews-shaped",
            ending=".tsv",
            delimiter="\t",
            rows=dyads,
            columns=(
                *columns(
                    ("Event ID", "integer", lambda row: number_of(f"{row.unit.unit}/{row.number}")),
                    ("Event Date", _of(lambda unit: iso(unit.day_from))),
                ),
                *_party("Source", "source"),
                *columns(
                    ("Event Text", _of(lambda unit: _label(unit.cameo))),
                    ("CAMEO Code", _of(lambda unit: unit.cameo)),
                    ("Intensity", "number", _of(lambda unit: unit.goldstein)),
                ),
                *_party("Target", "target"),
                *columns(
                    ("Story ID", "integer", _of(lambda unit: number_of(unit.document))),
                    ("Sentence Number", "integer", _of(lambda unit: unit.sentence + 1)),
                    ("Publisher", _of(lambda unit: unit.publisher)),
                    ("City", _of(lambda unit: unit.place if level(unit) == SETTLEMENT else None)),
                    "District",
                    ("Province", _of(lambda unit: unit.admin1)),
                    ("Country", _of(place_country)),
                    ("Latitude", "number", _of(lambda unit: degrees(unit.lat))),
                    ("Longitude", "number", _of(lambda unit: degrees(unit.lon))),
                ),
            ),
        ),
    ),
)
