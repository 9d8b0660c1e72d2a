"""One incident: every report side by side, what they agree and differ on, what joined them; merging and splitting by hand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

import tacitus
from tacitus.analysis.decisions import merge_incidents, split_incident
from tacitus.analysis.wording import Phrases
from tacitus.corpus.mentions import MentionId
from tacitus.errors import SettingsError
from tacitus.records import REVIEWS
from tacitus.review import Mark
from tacitus.store import EventRow
from tacitus.web.faults import Fault
from tacitus.web.lists import informative
from tacitus.web.reading import needed
from tacitus.web.room import Room, room_of
from tacitus.web.templates import address, bounds


def incident(request: Request) -> Response:
    """The page of one incident."""
    room = room_of(request)
    id_ = needed(request, "id")
    with room.reader() as reader:
        found = reader.incidents.rows([id_])
        if not found:
            raise Fault(404, "not-found", f"There is no incident with the id {id_}.")
        joined = {report.id: report for report in reader.incidents.report_rows([id_])}
        events = reader.events_in([id_])
        marks = reader.review_queue.marks_on({MentionId(row.document, row.event) for row in events})
        taken_out = reader.review_queue.taken_out(id_)
    phrases = Phrases.load()
    events = by_origin(events)
    ids = [MentionId(row.document, row.event) for row in events]
    reports = [
        (row, joined.get(at), phrases.clause(row), marks.get(at, [])) for row, at in zip(events, ids, strict=True)
    ]
    return room.page(
        request,
        "incident.html",
        here="incidents",
        incident=found[0],
        title=phrases.clause(max(events, key=informative)) if events else found[0].type,
        reports=reports,
        comparison=compare(events, phrases),
        verdicts=verdicts(mark for given in marks.values() for mark in given),
        taken_out=taken_out,
    )


def verdicts(marks: Iterable[Mark]) -> list[tuple[str, int, list[str]]]:
    """How many reports were accepted, corrected and added, and by whom; of several verdicts on one the latest counts."""
    found: dict[str, list[str]] = defaultdict(list)
    for mark in marks:
        if mark.state == "applied":
            found[mark.entry.verdict].append(mark.entry.who)
    return [(verdict, len(found[verdict]), sorted(set(found[verdict]))) for verdict in REVIEWS if verdict in found]


def by_origin(events: Sequence[EventRow]) -> list[EventRow]:
    """Reports of originals in their order, each followed by those of its copies."""
    place = {row.document: n for n, row in reversed(list(enumerate(events)))}
    return sorted(
        events, key=lambda row: (place.get(row.origin or row.document, place[row.document]), row.origin != row.document)
    )


def compare(events: Sequence[EventRow], phrases: Phrases) -> list[tuple[str, list[tuple[str, list[int]]]]]:
    """For each question the answers with the numbers of the reports that give them, counted from 1; a report that says nothing about it
    is left out."""
    questions: list[tuple[str, Callable[[EventRow], str]]] = [
        ("What", lambda row: f"{row.type}/{row.mode}" if row.mode else row.type),
        ("Who did it", lambda row: phrases.names(row.actors)),
        ("To whom", lambda row: phrases.names(row.recipients)),
        ("When", lambda row: row.day_from.isoformat() if row.day_from else ""),
        ("Where", lambda row: row.place or ""),
        ("Dead", lambda row: bounds(row.dead_low, row.dead_high)),
        ("Injured", lambda row: bounds(row.injured_low, row.injured_high)),
        ("Whether it happened", lambda row: "said not to have happened" if row.status == "negated" else "yes"),
        ("In whose voice", lambda row: f"according to {phrases.name(row.speaker)}" if row.speaker else _voice(row)),
    ]
    found = []
    for question, answer in questions:
        answers: dict[str, list[int]] = {}
        for number, row in enumerate(events, 1):
            if text := answer(row):
                answers.setdefault(text, []).append(number)
        if answers:
            found.append((question, sorted(answers.items(), key=lambda item: -len(item[1]))))
    return found


async def merge(request: Request) -> Response:
    """Put another incident's reports into this one."""
    room, form = await _checked(request)
    first, second = _field(form, "incident"), _field(form, "other")
    await run_in_threadpool(
        _decide,
        room,
        f"incidents merge {first} {second}",
        lambda store, run: merge_incidents(store, first, second, run=run),
    )
    return RedirectResponse(address("/incident", id=first), status_code=303)


async def split(request: Request) -> Response:
    """Take the chosen reports out into a new incident."""
    room, form = await _checked(request)
    id_ = _field(form, "incident")
    chosen = [_mention(str(value)) for value in form.getlist("report")]
    new = await run_in_threadpool(
        _decide, room, f"incidents split {id_}", lambda store, run: split_incident(store, id_, chosen, run=run)
    )
    return RedirectResponse(address("/incident", id=new), status_code=303)


async def _checked(request: Request) -> tuple[Room, FormData]:
    room = room_of(request)
    form = await request.form(max_files=0, max_fields=1000)
    room.forms.check(request, str(form.get("form_token", "")))
    return room, form


def _decide(room: Room, command: str, act: Callable[..., str | None]) -> str:
    """Write a decision into the database itself, as a run of its own."""
    with room.copy.writing() as store:
        run = store.start_run(program=f"tacitus {tacitus.__version__}", sources=[command])
        try:
            return act(store, run) or ""
        except SettingsError as err:
            raise Fault(400, "request", str(err)) from err
        finally:
            store.finish_run(run)


def _field(form: FormData, name: str) -> str:
    value = str(form.get(name, "")).strip()
    if not value:
        raise Fault(400, "request", f"The form lacks {name}.")
    return value


def _mention(text: str) -> MentionId:
    document, _, event = text.rpartition("/")
    return MentionId(document, event)


def _voice(row: EventRow) -> str:
    return "somebody not identified" if row.claim else "the page itself"
