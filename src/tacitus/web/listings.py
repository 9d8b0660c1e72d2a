"""The lists as pages and as files. The addresses of both have the same fields: /events?type=ASSAULT and /events.csv?type=ASSAULT."""

from __future__ import annotations

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response

from tacitus.analysis.wording import Phrases
from tacitus.records import STANCES
from tacitus.store import ClaimRow, EventRow
from tacitus.store.incident_rows import IncidentRow
from tacitus.store.lists import VOICES
from tacitus.store.reading_pages import ActorRow, PageRow
from tacitus.store.reading_search import Found
from tacitus.web import lists
from tacitus.web.downloads import COLUMNS, situation_rows
from tacitus.web.faults import Fault
from tacitus.web.listed import AT_MOST, Flat, columns_of, file_of, flat
from tacitus.web.room import room_of
from tacitus.web.templates import with_changes

MEMBERS = {"page": "the page itself", "claimed": "somebody it quotes"}
"""VOICES in words."""


def events(request: Request) -> Response:
    """Events of all pages."""
    chosen, found = lists.events(request)
    phrases = Phrases.load()
    rows = [(row, phrases.clause(row)) for row in found.rows]
    return room_of(request).page(
        request,
        "events.html",
        here="events",
        chosen=chosen,
        found=found,
        rows=rows,
        types=lists.type_names(),
        statuses=lists.STATUSES,
        voices={voice: MEMBERS[voice] for voice in VOICES},
        taken_along=files(request, "events", found.total),
    )


def statements(request: Request) -> Response:
    """Who said what on all pages."""
    chosen, found = lists.statements(request)
    return room_of(request).page(
        request,
        "statements.html",
        here="statements",
        chosen=chosen,
        found=found,
        kinds=lists.CLAIM_KINDS,
        stances=STANCES,
        taken_along=files(request, "statements", found.total),
    )


def incidents(request: Request) -> Response:
    """Incidents of a period."""
    chosen, found, clauses = lists.incidents(request)
    return room_of(request).page(
        request,
        "incidents.html",
        here="incidents",
        chosen=chosen,
        found=found,
        clauses=clauses,
        types=lists.type_names(),
        orders=lists.ORDER_WORDS,
        taken_along=files(request, "incidents", found.total),
    )


def documents(request: Request) -> Response:
    """Documents, the latest first, by title, publisher and period."""
    room = room_of(request)
    chosen, found = lists.documents(request)
    with room.reader() as reader:
        publishers = room.kept("publishers", reader.publishers)
    return room.page(
        request,
        "documents.html",
        here="documents",
        chosen=chosen,
        found=found,
        publishers=publishers,
        taken_along=files(request, "documents", found.total),
    )


def actors(request: Request) -> Response:
    """Actors over all pages."""
    words, found = lists.actors(request)
    taken = files(request, "actors", found.total)
    return room_of(request).page(request, "actors.html", here="actors", words=words, found=found, taken_along=taken)


def download(request: Request) -> Response:
    """A list as a file: the rows on screen, or with `rows=all` all that meet its filter."""
    name, form = request.path_params["list"], request.path_params["form"]
    if name not in FILES:
        raise Fault(404, "not-found", "There is no list of this name.")
    rows, columns = FILES[name](request)
    return file_of(rows, name=name, form=form, columns=columns)


def files(request: Request, name: str, total: int) -> dict[str, object]:
    """What the foot of a list offers: its name, the fields of its address, and how many rows a file of all would have."""
    fields = {key: value for key, value in request.query_params.items() if value}
    return {"name": name, "screen": fields, "all": with_changes(fields, rows="all"), "total": total, "most": AT_MOST}


Rows = tuple[list[Flat], dict[str, type]]


def _events(request: Request) -> Rows:
    _, found = lists.events(request)
    return [flat(row) for row in found.rows], columns_of(EventRow)


def _statements(request: Request) -> Rows:
    _, found = lists.statements(request)
    return [flat(row) for row in found.rows], columns_of(ClaimRow)


def _incidents(request: Request) -> Rows:
    _, found, clauses = lists.incidents(request)
    rows = [{**flat(row), "clause": clauses.get(row.incident)} for row in found.rows]
    return rows, {**columns_of(IncidentRow), "clause": str}


def _documents(request: Request) -> Rows:
    _, found = lists.documents(request)
    return [flat(row) for row in found.rows], columns_of(PageRow)


def _actors(request: Request) -> Rows:
    _, found = lists.actors(request)
    return [flat(row) for row in found.rows], columns_of(ActorRow)


def _hits(request: Request) -> Rows:
    found = lists.hits(request).found
    rows = [flat(row) for row in found.rows]
    return [{**row, "snippet": row["snippet"].translate(UNMARKED)} for row in rows], columns_of(Found)


def _situation(request: Request) -> Rows:
    return situation_rows(request), COLUMNS


UNMARKED = {0xE000: None, 0xE001: None}
FILES: dict[str, Callable[[Request], Rows]] = {
    "events": _events,
    "statements": _statements,
    "incidents": _incidents,
    "documents": _documents,
    "actors": _actors,
    "search": _hits,
    "situation": _situation,
}
"""The lists that can be taken along."""
