"""The shape of UCDP's Georeferenced Event Dataset: one row an incident with deaths, 49 columns.

Numbers of conflicts, dyads and sides are that project's own and stay empty. Who of the dead belonged to which side is not known to us:
all of them stand under `deaths_unknown`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from math import floor
from typing import Any

from tacitus.export.shapes.codes import are_civilians, country, sector
from tacitus.export.shapes.common import (
    COUNTRY,
    DISTRICT,
    REGION,
    SETTLEMENT,
    deaths,
    degrees,
    get,
    iso,
    joined,
    level,
    names,
    number_of,
    parties,
    place_country,
    told,
)
from tacitus.export.shapes.table import Column, Shape, Table, columns
from tacitus.store.units import UnitRow

STATE_BASED, NON_STATE, ONE_SIDED = 1, 2, 3
WHERE = {SETTLEMENT: 1, DISTRICT: 3, REGION: 4, COUNTRY: 6}
DATE_PRECISIONS = ((0, 1), (6, 2), (7, 3), (31, 4))  # at most so many days after the first: the precision
LESS_PRECISE = 5  # more than a month
CELLS_A_ROW = 720


def _type_of_violence(row: UnitRow) -> int | None:
    """1 when a state fights somebody armed, 2 when nobody of the armed is a state, 3 when the armed kill civilians; None when not told."""
    actors, recipients = parties(row, "actors"), parties(row, "recipients")
    sides = {sector(party).side for party in actors}, {sector(party).side for party in recipients}
    if not all(sides) or "" in sides[0] | sides[1] or "civilian" in sides[0]:
        return None
    if are_civilians(recipients):
        return ONE_SIDED
    return STATE_BASED if "state" in sides[0] | sides[1] else NON_STATE


def _side(side: str) -> Callable[[UnitRow], str | None]:
    def fill(row: UnitRow) -> str | None:
        if side == "recipients" and _type_of_violence(row) == ONE_SIDED:
            return "Civilians"
        return joined(names(row, side), ", ")

    return fill


def _dyad(row: UnitRow) -> str | None:
    sides = _side("actors")(row), _side("recipients")(row)
    return " - ".join(side for side in sides if side) if all(sides) else None


def _state(side: str) -> Callable[[UnitRow], int | None]:
    """Gleditsch and Ward's number of a side that is a state."""

    def fill(row: UnitRow) -> int | None:
        states = [country(party.country).gw for party in parties(row, side) if sector(party).side == "state"]
        return int(states[0]) if states and states[0] else None

    return fill


def _midnight(day: date | None) -> str | None:
    return f"{iso(day)} 00:00:00.000" if day else None


def _date_precision(row: UnitRow) -> int | None:
    if row.day_from is None:
        return None
    days = (row.day_to - row.day_from).days if row.day_to else 0
    return next((precision for most, precision in DATE_PRECISIONS if days <= most), LESS_PRECISE)


def _point(row: UnitRow) -> str | None:
    return f"POINT ({degrees(row.lon)} {degrees(row.lat)})" if row.lat is not None and row.lon is not None else None


def _cell(row: UnitRow) -> int | None:
    """The cell of PRIO's half-degree grid."""
    if row.lat is None or row.lon is None:
        return None
    return floor((row.lat + 90) / 0.5) * CELLS_A_ROW + floor((row.lon + 180) / 0.5) + 1


def _pages(take: Callable[[Any], str | None]) -> Callable[[UnitRow], str | None]:
    return lambda row: joined((take(page) for page in row.sources), ";")


def _article(page: Any) -> str | None:
    quoted = f"“{page.title}”" if page.title else None
    return joined((page.publisher, iso(page.published), quoted), ", ")


def _side_columns(letter: str, side: str) -> tuple[Column, ...]:
    return columns(f"side_{letter}_dset_id", f"side_{letter}_new_id", (f"side_{letter}", _side(side)))


UCDP = Shape(
    name="ucdp",
    types=("ASSAULT",),
    deadly=True,
    tables=(
        Table(
            stem="ucdp-shaped",
            by_incident=True,
            columns=(
                *columns(
                    ("id", "integer", lambda row: number_of(row.unit)),
                    ("relid", get("unit")),
                    ("year", "integer", lambda row: row.day_from.year if row.day_from else None),
                    "active_year",
                    ("code_status", lambda row: "Check"),
                    ("type_of_violence", "integer", _type_of_violence),
                    "conflict_dset_id",
                    "conflict_new_id",
                    "conflict_name",
                    "dyad_dset_id",
                    "dyad_new_id",
                    ("dyad_name", _dyad),
                ),
                *_side_columns("a", "actors"),
                *_side_columns("b", "recipients"),
                *columns(
                    ("number_of_sources", "integer", get("independent")),
                    ("source_article", _pages(_article)),
                    ("source_office", _pages(get("publisher"))),
                    ("source_date", _pages(lambda page: iso(page.published))),
                    ("source_headline", _pages(get("title"))),
                    ("source_original", told),
                    ("where_prec", "integer", lambda row: WHERE.get(level(row) or "")),
                    ("where_coordinates", get("place")),
                    ("where_description", get("place_text")),
                    ("adm_1", get("admin1")),
                    "adm_2",
                    ("latitude", "number", lambda row: degrees(row.lat)),
                    ("longitude", "number", lambda row: degrees(row.lon)),
                    ("geom_wkt", _point),
                    ("priogrid_gid", "integer", _cell),
                    ("country", place_country),
                    ("country_id", "integer", lambda row: int(country(row.place_country).gw or 0) or None),
                    "region",
                    (
                        "event_clarity",
                        "integer",
                        lambda row: None if row.day_from is None else 1 if row.day_from == row.day_to else 2,
                    ),
                    ("date_prec", "integer", _date_precision),
                    ("date_start", lambda row: _midnight(row.day_from)),
                    ("date_end", lambda row: _midnight(row.day_to)),
                    "deaths_a",
                    "deaths_b",
                    "deaths_civilians",
                    ("deaths_unknown", "integer", deaths),
                    ("best", "integer", deaths),
                    ("high", "integer", get("dead_high")),
                    ("low", "integer", get("dead_low")),
                    ("gwnoa", "integer", _state("actors")),
                    ("gwnob", "integer", _state("recipients")),
                ),
            ),
        ),
    ),
)
