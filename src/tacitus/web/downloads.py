"""What is on screen as a file: incidents of the situation page as CSV or GeoJSON, chosen by the same address."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from tacitus.analysis import Incident
from tacitus.web.reading import query_of, text_of
from tacitus.web.room import room_of
from tacitus.web.situations import at_place, opening_query, view_of
from tacitus.web.templates import shown

COLUMNS = (
    "incident", "day", "day_basis", "type", "mode", "quad", "score", "clause", "words", "actor_codes", "actor_names", "recipient_codes",
    "recipient_names", "place", "country", "lat", "lon", "dead_low", "dead_high", "injured_low", "injured_high", "documents", "independent",
    "publishers", "first_document", "first_event",
)  # fmt: skip
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would compute


def situation_csv(request: Request) -> Response:
    """The incidents as CSV, one a row."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: _cell(value) for name, value in row.items()} for row in _rows(request))
    return _file(Response(text.getvalue(), media_type="text/csv"), "situation.csv")


def situation_geojson(request: Request) -> Response:
    """The incidents that have a place as GeoJSON points."""
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [row["lon"], row["lat"]]},
            "properties": {name: value for name, value in row.items() if name not in ("lat", "lon")},
        }
        for row in _rows(request)
        if row["lat"] is not None
    ]
    made = JSONResponse({"type": "FeatureCollection", "features": features}, media_type="application/geo+json")
    return _file(made, "situation.geojson")


def incident_row(incident: Incident) -> dict[str, Any]:
    """The columns of one incident."""
    first = incident.events[0]
    placed = next((row for row in incident.events if row.lat is not None and row.lon is not None), None)
    dead, injured = incident.dead or (None, None), incident.injured or (None, None)
    values = (
        incident.id,
        incident.day.isoformat() if incident.day else None,
        incident.day_basis,
        incident.type,
        incident.mode,
        incident.quad,
        incident.score,
        incident.clause,
        incident.words,
        ";".join(party.code or "" for party in first.actors),
        ";".join(party.name for party in first.actors),
        ";".join(party.code or "" for party in first.recipients),
        ";".join(party.name for party in first.recipients),
        incident.place,
        placed.country_of_place if placed else None,
        placed.lat if placed else None,
        placed.lon if placed else None,
        *dead,
        *injured,
        incident.documents,
        incident.independent,
        ";".join(incident.publishers),
        first.document,
        first.event,
    )
    return dict(zip(COLUMNS, values, strict=True))


def _rows(request: Request) -> Iterable[dict[str, Any]]:
    room = room_of(request)
    asked = query_of(request)
    with room.reader() as reader:
        query = room.kept(("opening", asked), lambda: opening_query(reader, asked))
        view = view_of(room, reader, query)
    return [incident_row(incident) for incident in at_place(view.situation.incidents, text_of(request, "place"))]


def _cell(value: Any) -> Any:
    """Text on one line; what a spreadsheet would take for a formula gets an apostrophe before it."""
    if not isinstance(value, str):
        return value
    text = " ".join(str(shown(value)).split())
    return f"'{text}" if text.startswith(FORMULA) else text


def _file(response: Response, name: str) -> Response:
    response.headers["content-disposition"] = f'attachment; filename="{name}"'
    return response
