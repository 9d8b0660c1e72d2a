"""The shape of ACLED: one row an incident, 31 columns. Event types come from a lossy table (`data/export/acled.tsv`); what has no
place in it is left out. `fatalities` are the fewest told; where none are told the cell stays empty.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from tacitus.export.shapes.codes import are_civilians, country, disorder, sector
from tacitus.export.shapes.common import (
    COUNTRY,
    DISTRICT,
    REGION,
    SETTLEMENT,
    coded_seconds,
    degrees,
    get,
    iso,
    joined,
    level,
    names,
    parties,
    place_country,
    told,
)
from tacitus.export.shapes.table import Column, Shape, Table, columns
from tacitus.store.units import UnitRow

STATE, EXTERNAL = "State forces", "External/Other forces"
CROWDS = {"Protests": "Protesters", "Riots": "Rioters"}
VIOLENT = ("Battles", "Explosions/Remote violence", "Violence against civilians", "Riots")
PRECISIONS = {SETTLEMENT: 1, DISTRICT: 2, REGION: 3, COUNTRY: 3}
WEEK = 7


def with_a_place(unit: UnitRow) -> Iterator[UnitRow]:
    """The unit when its type and mode are in the table."""
    if _disorder(unit) is not None:
        yield unit


def _disorder(unit: UnitRow) -> Any:
    return disorder(unit.type, unit.mode, against_civilians=are_civilians(parties(unit, "recipients")))


def _kind(name: str) -> Callable[[UnitRow], Any]:
    return lambda row: getattr(_disorder(row), name)


def _inter(row: UnitRow, side: str) -> str | None:
    """The kind of the first party; forces of another state than the place's are external, and who demonstrates is a crowd."""
    party = next(iter(parties(row, side)), None)
    kind = sector(party).acled
    crowd = CROWDS.get(_disorder(row).event_type)
    if party is None:
        return None
    if crowd and side == "actors" and kind != STATE:
        return crowd
    if kind == STATE and row.place_country and party.country and party.country != row.place_country:
        return EXTERNAL
    return kind or None


def _interaction(row: UnitRow) -> str | None:
    one, other = _inter(row, "actors"), _inter(row, "recipients")
    return f"{one}-{other}" if one and other else f"{one} only" if one and not row.recipients else None


def _civilian_targeting(row: UnitRow) -> str | None:
    targeted = _disorder(row).event_type in VIOLENT and are_civilians(parties(row, "recipients"))
    return "Civilian targeting" if targeted else None


def _time_precision(row: UnitRow) -> int | None:
    if row.day_from is None:
        return None
    days = (row.day_to - row.day_from).days if row.day_to else 0
    return 1 if days <= 0 else 2 if days < WEEK else 3


def _tags(row: UnitRow) -> str | None:
    return joined([*(f"context={context}" for context in row.contexts), *([f"mode={row.mode}"] if row.mode else ())])


def _party(number: int, side: str) -> tuple[Column, ...]:
    return columns(
        (f"actor{number}", lambda row: next(iter(names(row, side)), None)),
        (f"assoc_actor_{number}", lambda row: joined(names(row, side)[1:], "; ")),
        (f"inter{number}", lambda row: _inter(row, side)),
    )


ACLED = Shape(
    name="acled",
    types=("ASSAULT", "PROTEST", "RETREAT", "COERCE"),
    tables=(
        Table(
            stem="acled-shaped",
            by_incident=True,
            rows=with_a_place,
            columns=(
                *columns(
                    ("event_id_cnty", get("unit")),
                    ("event_date", lambda row: iso(row.day_from)),
                    ("year", "integer", lambda row: row.day_from.year if row.day_from else None),
                    ("time_precision", "integer", _time_precision),
                    ("disorder_type", _kind("disorder_type")),
                    ("event_type", _kind("event_type")),
                    ("sub_event_type", _kind("sub_event_type")),
                ),
                *_party(1, "actors"),
                *_party(2, "recipients"),
                *columns(
                    ("interaction", _interaction),
                    ("civilian_targeting", _civilian_targeting),
                    ("iso", "integer", lambda row: int(country(row.place_country).numeric or 0) or None),
                    "region",
                    ("country", place_country),
                    ("admin1", get("admin1")),
                    "admin2",
                    "admin3",
                    ("location", get("place")),
                    ("latitude", "number", lambda row: degrees(row.lat)),
                    ("longitude", "number", lambda row: degrees(row.lon)),
                    ("geo_precision", "integer", lambda row: PRECISIONS.get(level(row) or "")),
                    ("source", lambda row: joined((page.publisher for page in row.sources), "; ")),
                    "source_scale",
                    ("notes", told),
                    ("fatalities", "integer", get("dead_low")),
                    ("tags", _tags),
                    ("timestamp", "integer", coded_seconds),
                ),
            ),
        ),
    ),
)
