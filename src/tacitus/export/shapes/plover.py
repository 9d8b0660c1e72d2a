"""The shape of PLOVER's own JSON (manual of 2021): one event a line, nested, only fields with a value.

Parties stay lists; a reciprocal event has all of them in `actor`. What did not happen has PLOVER's auxiliary mode beside its own.
"""

from __future__ import annotations

from typing import Any

from tacitus.export.shapes.common import COUNTRY, DISTRICT, REGION, SETTLEMENT, coded, degrees, get, iso, level
from tacitus.export.shapes.common import place_country as country_name
from tacitus.export.shapes.table import Shape, Table, columns
from tacitus.store import PartyRow
from tacitus.store.units import UnitRow
from tacitus.text import one_line

AUXILIARY = {"negated": "negation"}  # the others are called alike
RESOLUTION = {SETTLEMENT: 4, DISTRICT: 3, REGION: 2, COUNTRY: 1}


def _entities(row: UnitRow, side: str) -> list[dict[str, Any]]:
    return [_entity(party) for party, _ in getattr(row, side)]


def _entity(party: PartyRow) -> dict[str, Any]:
    return _known(
        code=party.country,
        sector=party.sectors[0] if party.sectors else None,
        entity_text=one_line(party.text),
        identifier_text=party.name,
    )


def _location(row: UnitRow) -> dict[str, Any] | None:
    if row.place is None:
        return None
    feature = (row.feature or "").split(".")
    found = level(row)
    return _known(
        extracted_place=row.place_text,
        resolved_place=row.place if row.geonameid is not None else None,
        geonameid=row.geonameid,
        lat=degrees(row.lat),
        lon=degrees(row.lon),
        city=row.place if found == SETTLEMENT else None,
        province=row.admin1,
        country=country_name(row),
        country_code=row.place_country,
        feature_class=feature[0] if len(feature) > 1 else None,
        feature_code=feature[-1] or None,
        resolution=RESOLUTION.get(found or ""),
    )


def _modes(row: UnitRow) -> list[str] | None:
    auxiliary = AUXILIARY.get(row.status, row.status) if row.status != "actual" else None
    return [mode for mode in (row.mode, auxiliary) if mode] or None


def _cited(row: UnitRow) -> dict[str, Any] | None:
    return (
        _known(citation=row.document, url=row.url, title=row.title, language=row.language, publication=row.publisher)
        or None
    )


def _size(row: UnitRow) -> dict[str, Any] | None:
    return (
        _known(
            dead=row.dead_low if row.dead_low is not None else row.dead_high,
            injured=row.injured_low if row.injured_low is not None else row.injured_high,
        )
        or None
    )


def _known(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


PLOVER = Shape(
    name="plover",
    marks_status=True,
    formats=("jsonl", "parquet", "csv", "geojson"),
    tables=(
        Table(
            stem="plover-shaped",
            sparse=True,
            columns=columns(
                ("id", get("unit")),
                ("date", lambda row: iso(row.day_from)),
                ("actor", "nested", lambda row: _entities(row, "actors")),
                ("event", "list", lambda row: [row.type]),
                "has_event",
                "time",
                ("enddate", lambda row: iso(row.day_to) if row.day_to != row.day_from else None),
                "endtime",
                ("recipient", "nested", lambda row: _entities(row, "recipients") or None),
                ("event_loc", "nested", _location),
                ("event_text", "list", lambda row: [one_line(row.trigger_text)]),
                ("quad_code", "integer", get("quad")),
                ("event_scale", "number", get("score")),
                ("mode", "list", _modes),
                ("context", "list", lambda row: list(row.contexts) or None),
                ("size", "nested", _size),
                "link",
                ("text", lambda row: one_line(row.sentence_text)),
                (
                    "text_info",
                    "nested",
                    lambda row: _known(sequence=row.sentence + 1, start=row.sentence_start, end=row.sentence_end),
                ),
                ("cite_info", "nested", _cited),
                ("coder", get("program")),
                ("coded_date", lambda row: coded(row, "%Y-%m-%d")),
                ("coded_time", lambda row: coded(row, "%H:%M:%S")),
                "comment",
            ),
        ),
    ),
)
