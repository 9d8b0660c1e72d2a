"""The same facts as JSON: fields as the output record names them, lists in pages, errors in one shape."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import date
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from tacitus.records import Record
from tacitus.store.reading_pages import PageFilter, Reader
from tacitus.store.reading_search import KINDS
from tacitus.web.faults import Fault
from tacitus.web.reading import day_of, needed, number_of, query_of, text_of
from tacitus.web.room import room_of
from tacitus.web.situations import opening_query

LIMIT, MOST = 50, 200  # items of a page


def documents(request: Request) -> Response:
    """Pages, the latest first."""
    chosen = PageFilter(
        title=text_of(request, "title"),
        publisher=text_of(request, "publisher"),
        since=day_of(request, "since"),
        until=day_of(request, "until"),
    )
    limit, offset = _slice(request)
    with room_of(request).reader() as reader:
        rows = reader.pages(chosen, limit=limit, offset=offset)
        return _listed(request, [plain(row) for row in rows], total=reader.number_of_pages(chosen))


def document(request: Request) -> Response:
    """The output record of one document."""
    with room_of(request).reader() as reader:
        record = reader.record(needed(request, "id"))
    if record is None:
        raise Fault(404, "not-found", "There is no document with this id.")
    return JSONResponse(record.to_dict())


def events(request: Request) -> Response:
    """Events of a period and of parties: as in the record, with the document, its sentence, and the actors that they name by id."""
    room, asked = room_of(request), query_of(request)
    with room.reader() as reader:
        query = room.kept(("opening", asked), lambda: opening_query(reader, asked))
        found = room.kept(
            ("api events", query), lambda: [(row.document, row.event, row.incident) for row in reader.events(query)]
        )
        limit, offset = _slice(request)
        chosen = found[offset : offset + limit]
        records = _records(reader, [id_ for id_, _, _ in chosen])
    items = [_event(records[id_], event, incident) for id_, event, incident in chosen]
    return _listed(request, items, total=len(found), since=query.since.isoformat() if query.since else None)


def claims(request: Request) -> Response:
    """Statements of pages of a period, by speaker: as in the record, with the document, the words and the speaker."""
    room, asked = room_of(request), query_of(request)
    with room.reader() as reader:
        query = room.kept(("opening", asked), lambda: opening_query(reader, asked))
        found = room.kept(("api claims", query), lambda: [(row.document, row.claim) for row in reader.claims(query)])
        limit, offset = _slice(request)
        chosen = found[offset : offset + limit]
        records = _records(reader, [id_ for id_, _ in chosen])
    items = [_claim(records[id_], claim) for id_, claim in chosen]
    return _listed(request, items, total=len(found), since=query.since.isoformat() if query.since else None)


def actors(request: Request) -> Response:
    """Actors over all pages, those on the most pages first."""
    limit, offset = _slice(request)
    with room_of(request).reader() as reader:
        rows = reader.actors(words=text_of(request, "q"), limit=limit, offset=offset)
    return _listed(request, [plain(row) for row in rows], total=None)


def incidents(request: Request) -> Response:
    """Incidents of a period, by day."""
    since, until = day_of(request, "since"), day_of(request, "until")
    limit, offset = _slice(request)
    with room_of(request).reader() as reader:
        rows = reader.incidents.rows(since=since, until=until)
    return _listed(request, [plain(row) for row in rows[offset : offset + limit]], total=len(rows))


def incident(request: Request) -> Response:
    """One incident with its reports: which event of which document, and what joined it."""
    id_ = needed(request, "id")
    with room_of(request).reader() as reader:
        rows = reader.incidents.rows([id_])
        if not rows:
            raise Fault(404, "not-found", "There is no incident with this id.")
        reports = reader.incidents.report_rows([id_])
    told = [
        {
            "document": report.id.document,
            "event": report.id.event,
            "denies": report.denies,
            "score": report.score,
            "because": [feature._asdict() for feature in report.because],
            "hand": report.hand,
        }
        for report in reports
    ]
    return JSONResponse({**plain(rows[0]), "told_by": told})


def search(request: Request) -> Response:
    """Hits of a search, the best first; hits in `snippet` stand between U+E000 and U+E001."""
    room, kind = room_of(request), request.query_params.get("in") or "texts"
    if kind not in KINDS:
        raise Fault(400, "request", f"in: one of {', '.join(KINDS)} is expected.")
    words = text_of(request, "q")
    if words is None:
        raise Fault(400, "request", "The address lacks q.")
    limit, offset = _slice(request)
    with room.reader() as reader:
        room.index.update(reader, version=room.copy.version)
    since, until = day_of(request, "since"), day_of(request, "until")
    total, hits = room.index.search(words, kind=kind, limit=limit, offset=offset, since=since, until=until)
    return _listed(request, [plain(hit) for hit in hits], total=total)


def plain(row: Any) -> dict[str, Any]:
    """A row as JSON values; days in ISO 8601."""
    return {
        field.name: value.isoformat() if isinstance(value := getattr(row, field.name), date) else value
        for field in dataclasses.fields(row)
    }


def _slice(request: Request) -> tuple[int, int]:
    limit = number_of(request, "limit", default=LIMIT, most=MOST)
    return limit, (number_of(request, "page", default=1) - 1) * limit


def _listed(request: Request, items: Sequence[Any], *, total: int | None, since: str | None = None) -> Response:
    """A page of a list. `total` is null where counting would cost more than listing; `since` the first day where one was set for you."""
    page = number_of(request, "page", default=1)
    limit = number_of(request, "limit", default=LIMIT, most=MOST)
    return JSONResponse({"page": page, "limit": limit, "total": total, "since": since, "items": list(items)})


def _records(reader: Reader, ids: Sequence[str]) -> dict[str, Record]:
    found = {id_: reader.record(id_) for id_ in dict.fromkeys(ids)}
    return {id_: record for id_, record in found.items() if record is not None}


def _event(record: Record, id_: str, incident: str | None) -> dict[str, Any]:
    facts = record.to_dict()
    event = next(event for event in facts["events"] if event["id"] == id_)
    named = {part["actor"] for part in (*event["actors"], *event["recipients"])}
    span = record.sentences[event["sentence"]]
    return {
        "document": record.id,
        "incident": incident,
        **event,
        "sentence_text": span.of(record.text),
        "parties": [
            {name: value for name, value in actor.items() if name != "mentions"}
            for actor in facts["actors"]
            if actor["id"] in named
        ],
    }


def _claim(record: Record, id_: str) -> dict[str, Any]:
    facts = record.to_dict()
    claim = next(claim for claim in facts["claims"] if claim["id"] == id_)
    speaker = next((actor for actor in facts["actors"] if actor["id"] == claim["speaker"]), None)
    return {
        "document": record.id,
        **claim,
        "content_texts": [record.text[span["start"] : span["end"]] for span in claim["content"]],
        "speaker_name": speaker["name"] if speaker else None,
        "speaker_code": speaker["code"] if speaker else None,
    }
