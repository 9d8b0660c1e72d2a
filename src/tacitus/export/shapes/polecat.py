"""The shape of POLECAT: one row a report, 40 columns, tab-separated with a header."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tacitus.export.shapes.codes import country
from tacitus.export.shapes.common import SETTLEMENT, aligned, degrees, get, iso, joined, level, names, parties
from tacitus.export.shapes.table import Column, Shape, Table, columns
from tacitus.store import PartyRow
from tacitus.store.units import UnitRow
from tacitus.text import one_line

QUADS = {1: "VERBAL COOPERATION", 2: "MATERIAL COOPERATION", 3: "VERBAL CONFLICT", 4: "MATERIAL CONFLICT"}


def _party(word: str, side: str) -> tuple[Column, ...]:
    """The ten columns of a side; several parties stand side by side in each, so that places agree."""

    def each(take: Callable[[PartyRow], str | None]) -> Callable[[UnitRow], Any]:
        return lambda row: aligned(take(party) for party in parties(row, side))

    return columns(
        (f"{word} Name", lambda row: joined(names(row, side))),
        (f"{word} Country", each(get("country"))),
        (f"{word} COW", each(lambda party: country(party.country).cow)),
        (f"Primary {word} Sector", each(lambda party: party.sectors[0] if party.sectors else None)),
        (f"{word} Sectors", lambda row: joined(sector for party in parties(row, side) for sector in party.sectors)),
        f"{word} Title",
        (f"{word} Name Raw", each(lambda party: one_line(party.text))),
        f"Wikipedia {word} ID",
    )


POLECAT = Shape(
    name="polecat",
    tables=(
        Table(
            stem="polecat-shaped",
            ending=".tsv",
            delimiter="\t",
            columns=(
                *columns(
                    ("Event ID", get("unit")),
                    ("Event Date", lambda row: iso(row.day_from)),
                    ("Event Type", get("type")),
                    ("Event Mode", get("mode")),
                    ("Intensity", "number", get("score")),
                    ("Quad Code", lambda row: QUADS.get(row.quad)),
                    ("Contexts", lambda row: joined(row.contexts)),
                ),
                *_party("Actor", "actors"),
                *_party("Recipient", "recipients"),
                *columns(
                    ("Placename", get("place")),
                    ("City", lambda row: row.place if level(row) == SETTLEMENT else None),
                    "District",
                    ("Province", get("admin1")),
                    ("Country", get("place_country")),
                    ("Latitude", "number", lambda row: degrees(row.lat)),
                    ("Longitude", "number", lambda row: degrees(row.lon)),
                    ("GeoNames ID", "integer", get("geonameid")),
                    ("Raw Placename", get("place_text")),
                    ("Feature Type", lambda row: (row.feature or "").rpartition(".")[2]),
                    ("Source", get("publisher")),
                    ("Publication Date", lambda row: iso(row.published)),
                    ("Story People", lambda row: joined(row.people)),
                    ("Story Organizations", lambda row: joined(row.organizations)),
                    ("Story Locations", lambda row: joined(row.locations)),
                    ("Language", get("language")),
                    ("Version", get("program")),
                ),
            ),
        ),
    ),
)
