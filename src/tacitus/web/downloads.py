"""The incidents of the situation page as rows of a file, chosen by the same address."""

from __future__ import annotations

from datetime import date

from starlette.requests import Request

from tacitus.analysis import Incident
from tacitus.web.listed import JOINED, Flat
from tacitus.web.reading import query_of, text_of
from tacitus.web.room import room_of
from tacitus.web.situations import opening_query, view_of, with_words

COLUMNS: dict[str, type] = {
    "incident": str, "day": date, "day_basis": str, "type": str, "mode": str, "quad": int, "score": float, "clause": str, "words": str,
    "actor_codes": str, "actor_names": str, "recipient_codes": str, "recipient_names": str, "place": str, "country": str, "lat": float,
    "lon": float, "dead_low": int, "dead_high": int, "injured_low": int, "injured_high": int, "documents": int, "independent": int,
    "publishers": str, "first_document": str, "first_event": str,
}  # fmt: skip


def situation_rows(request: Request) -> list[Flat]:
    """The incidents that the situation page of this address is made of."""
    room = room_of(request)
    asked = query_of(request)
    with room.reader() as reader:
        query = opening_query(room, reader, asked)
        view = view_of(room, reader, query, place=text_of(request, "place"))
        view = with_words(reader, view, view.situation.incidents)
    return [incident_row(incident) for incident in view.situation.incidents]


def incident_row(incident: Incident) -> Flat:
    """The columns of one incident."""
    first = incident.events[0]
    placed = next((row for row in incident.events if row.lat is not None and row.lon is not None), None)
    dead, injured = incident.dead or (None, None), incident.injured or (None, None)
    values = (
        incident.id,
        incident.day,
        incident.day_basis,
        incident.type,
        incident.mode,
        incident.quad,
        incident.score,
        incident.clause,
        incident.words,
        JOINED.join(party.code or "" for party in first.actors),
        JOINED.join(party.name for party in first.actors),
        JOINED.join(party.code or "" for party in first.recipients),
        JOINED.join(party.name for party in first.recipients),
        incident.place,
        placed.country_of_place if placed else None,
        placed.lat if placed else None,
        placed.lon if placed else None,
        *dead,
        *injured,
        incident.documents,
        incident.independent,
        JOINED.join(incident.publishers),
        first.document,
        first.event,
    )
    return dict(zip(COLUMNS, values, strict=True))
