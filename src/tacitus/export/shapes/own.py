"""Our own shape: events with everything that is known of them, and incidents with their figures."""

from __future__ import annotations

from tacitus.export.shapes.common import codes, degrees, get, iso, level, names, parties, told
from tacitus.export.shapes.table import Column, Shape, Table, columns
from tacitus.store.units import UnitRow
from tacitus.text import one_line

WHAT = columns(
    ("type", get("type")),
    ("mode", get("mode")),
    ("contexts", "list", lambda row: list(row.contexts)),
    ("status", get("status")),
    ("date", lambda row: iso(row.day_from)),
    ("date_to", lambda row: iso(row.day_to)),
    ("date_basis", get("day_basis")),
    ("actors", "list", lambda row: names(row, "actors")),
    ("actor_codes", "list", lambda row: codes(row, "actors")),
    ("actor_country", "list", lambda row: _countries(row, "actors")),
    ("recipients", "list", lambda row: names(row, "recipients")),
    ("recipient_codes", "list", lambda row: codes(row, "recipients")),
    ("recipient_country", "list", lambda row: _countries(row, "recipients")),
    ("place", get("place")),
    ("geonameid", "integer", get("geonameid")),
    ("place_country", get("place_country")),
    ("admin1", get("admin1")),
    ("precision", level),
    ("lat", "number", lambda row: degrees(row.lat)),
    ("lon", "number", lambda row: degrees(row.lon)),
    ("dead_low", "integer", get("dead_low")),
    ("dead_high", "integer", get("dead_high")),
    ("injured_low", "integer", get("injured_low")),
    ("injured_high", "integer", get("injured_high")),
    ("size_low", "integer", get("size_low")),
    ("size_high", "integer", get("size_high")),
    ("score", "number", get("score")),
    ("quad", "integer", get("quad")),
    ("cameo", get("cameo")),
    ("goldstein", "number", get("goldstein")),
    ("confidence", "number", get("confidence")),
    ("review", get("review")),
    ("claim", get("claim")),
    ("speaker", get("speaker")),
    ("speaker_code", get("speaker_code")),
    ("trigger", lambda row: one_line(row.trigger_text)),
    ("quote", told),
)
EVENTS = Table(
    stem="tacitus-events",
    columns=(
        *columns(
            ("id", get("unit")), ("incident", get("incident")), ("document", get("document")), ("event", get("event"))
        ),
        *WHAT,
        *columns(
            ("title", get("title")),
            ("publisher", get("publisher")),
            ("url", get("url")),
            ("published", lambda row: iso(row.published)),
            ("language", get("language")),
        ),
    ),
)
INCIDENTS = Table(
    stem="tacitus-incidents",
    by_incident=True,
    columns=(
        Column("id", "text", get("unit")),
        *WHAT,
        *columns(
            ("sources", "integer", get("independent")),
            ("reports", "integer", get("reports")),
            ("pages", "integer", get("pages")),
            ("publishers", "list", lambda row: sorted({page.publisher for page in row.sources if page.publisher})),
            ("urls", "list", lambda row: [page.url for page in row.sources if page.url]),
            ("first_published", lambda row: iso(row.first_published)),
            ("last_published", lambda row: iso(row.last_published)),
        ),
    ),
)
TACITUS = Shape(name="tacitus", tables=(EVENTS, INCIDENTS), marks_status=True)


def _countries(row: UnitRow, side: str) -> list[str]:
    return [party.country or "" for party in parties(row, side)]
