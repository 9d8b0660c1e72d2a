"""The same facts as JSON: fields as the output record names them, lists in pages, errors in one shape."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import date
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from tacitus.records import Record
from tacitus.review.entries import SUBJECTS, VERDICTS
from tacitus.store.reading_pages import Reader
from tacitus.store.reading_search import KINDS
from tacitus.store.review_queue import STATES, LogFilter
from tacitus.web import lists
from tacitus.web.faults import Fault
from tacitus.web.reading import choice_of, day_of, needed, number_of, text_of
from tacitus.web.room import room_of

LIMIT, MOST = 50, 200  # items of a page
MAX_ID = 2000  # characters of a document's id


def documents(request: Request) -> Response:
    """Pages, the latest first."""
    chosen = lists.page_filter(request)
    limit, offset = _slice(request)
    with room_of(request).reader() as reader:
        total = reader.number_of_pages(chosen)
        rows = reader.pages(chosen, limit=limit, offset=offset)
    return _listed(request, [plain(row) for row in rows], total=total)


def document(request: Request) -> Response:
    """The output record of one document."""
    with room_of(request).reader() as reader:
        record = reader.record(needed(request, "id"))
    if record is None:
        raise Fault(404, "not-found", "There is no document with this id.")
    return JSONResponse(record.to_dict())


def events(request: Request) -> Response:
    """Events, the latest first: as in the record, with the document, its sentence, and the actors that they name by id."""
    chosen = lists.event_filter(request)
    limit, offset = _slice(request)
    with room_of(request).reader() as reader:
        total = reader.lists.number_of_events(chosen)
        rows = reader.lists.events(chosen, limit=limit, offset=offset)
        records = _records(reader, [row.document for row in rows])
    return _listed(request, [_event(records[row.document], row.event, row.incident) for row in rows], total=total)


def claims(request: Request) -> Response:
    """Statements, the latest first: as in the record, with the document, the words and the speaker."""
    chosen = lists.claim_filter(request)
    limit, offset = _slice(request)
    with room_of(request).reader() as reader:
        total = reader.lists.number_of_claims(chosen)
        rows = reader.lists.claims(chosen, limit=limit, offset=offset)
        records = _records(reader, [row.document for row in rows])
    return _listed(request, [_claim(records[row.document], row.claim) for row in rows], total=total)


def actors(request: Request) -> Response:
    """Actors over all pages, those on the most pages first."""
    limit, offset = _slice(request)
    words = text_of(request, "q")
    with room_of(request).reader() as reader:
        total = reader.number_of_actors(words=words)
        rows = reader.actors(words=words, limit=limit, offset=offset)
    return _listed(request, [plain(row) for row in rows], total=total)


def incidents(request: Request) -> Response:
    """Incidents, each happening once, in the order asked for."""
    chosen = lists.incident_filter(request)
    limit, offset = _slice(request)
    with room_of(request).reader() as reader:
        total = reader.lists.number_of_incidents(chosen)
        rows = reader.lists.incidents(chosen, limit=limit, offset=offset)
    return _listed(request, [plain(row) for row in rows], total=total)


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
    room, kind = room_of(request), choice_of(request, "in", tuple(KINDS)) or "texts"
    words = text_of(request, "q")
    if words is None:
        raise Fault(400, "request", "The address lacks q.")
    limit, offset = _slice(request)
    with room.reader():
        unindexed = room.unindexed()
    since, until = day_of(request, "since"), day_of(request, "until")
    total, hits = room.index.search(words, kind=kind, limit=limit, offset=offset, since=since, until=until)
    return _listed(request, [plain(hit) for hit in hits], total=total, unindexed=unindexed)


def reviews(request: Request) -> Response:
    """What people said of the machine's coding, the latest first, with what became of it; verdicts that were taken back too."""
    chosen = LogFilter(
        who=text_of(request, "who"),
        document=text_of(request, "document", longest=MAX_ID),
        subject=choice_of(request, "subject", SUBJECTS),
        verdict=choice_of(request, "verdict", VERDICTS),
        state=choice_of(request, "state", STATES),
    )
    limit, offset = _slice(request)
    with room_of(request).reader() as reader:
        total = sum(reader.review_queue.counts(chosen).values())
        rows = reader.review_queue.log(chosen, limit=limit, offset=offset)
    return _listed(request, [row.to_dict() for row in rows], total=total)


def plain(row: Any) -> dict[str, Any]:
    """A row as JSON values; days in ISO 8601."""
    return {
        field.name: value.isoformat() if isinstance(value := getattr(row, field.name), date) else value
        for field in dataclasses.fields(row)
    }


def _slice(request: Request) -> tuple[int, int]:
    limit = number_of(request, "limit", default=LIMIT, most=MOST)
    return limit, (number_of(request, "page", default=1) - 1) * limit


def _listed(request: Request, items: Sequence[Any], *, total: int, **more: int) -> Response:
    """A page of a list, with how many items the whole list has."""
    page = number_of(request, "page", default=1)
    limit = number_of(request, "limit", default=LIMIT, most=MOST)
    return JSONResponse({"page": page, "limit": limit, "total": total, **more, "items": list(items)})


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
