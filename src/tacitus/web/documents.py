"""One document with everything found in it."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from tacitus.events.confidence import factor_told
from tacitus.ontology import load_ontology
from tacitus.records import Actor, Claim, Event, Participant, Place, Record
from tacitus.review import review_record, with_added
from tacitus.web.faults import Fault
from tacitus.web.marking import KINDS, paragraphs
from tacitus.web.reading import needed
from tacitus.web.room import room_of
from tacitus.web.waterfall import waterfall

STATUS_WORDS = {
    "actual": "happened, according to the words",
    "negated": "said not to have happened",
    "future": "announced",
    "hypothetical": "possible or demanded",
    "habitual": "happens again and again",
    "historical": "background from earlier times",
}


@dataclass(frozen=True, slots=True)
class Party:
    """A part in an event: the actor, and the words that put it there."""

    actor: Actor
    words: str


@dataclass(frozen=True, slots=True)
class EventView:
    """An event ready to be shown. `said_by` is None where the page states it in its own voice."""

    event: Event
    gloss: str
    words: str
    sentence: str
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    claim: Claim | None
    said_by: Actor | None
    place: Place | None
    status_words: str


def document(request: Request) -> Response:
    """One document; an event of it is chosen with `event`. `show` says which kinds of marks are shown at first, all without it;
    `version=machine` shows what the machine made of it, without what people put right."""
    room = room_of(request)
    id_ = needed(request, "id")
    with room.reader() as reader:
        machine, entries = reader.machine_record(id_), reader.reviews.entries([id_]).get(id_, [])
    if machine is None:
        raise Fault(404, "not-found", f"There is no document with the id {id_}.")
    reviewed = review_record(machine, entries)
    is_machine = request.query_params.get("version") == "machine"
    record = machine if is_machine else reviewed.record
    asked = request.query_params.getlist("show")
    showing = [kind for kind in KINDS if not asked or kind in asked]
    views = event_views(record)
    chosen = next((view for view in views if view.event.id == request.query_params.get("event")), None)
    return room.page(
        request,
        "document.html",
        here="documents",
        record=record,
        paragraphs=paragraphs(record, chosen=chosen.event if chosen else None),
        views=views,
        chosen=chosen,
        kinds=KINDS,
        showing=showing,
        kept=showing if asked else None,
        waterfall=waterfall(chosen.event.factors, told=factor_told) if chosen else [],
        removed=_by_reason(record),
        marks=reviewed.marks,
        is_machine=is_machine,
        version="machine" if is_machine else None,
        place_numbers={place.span: number for number, place in enumerate(machine.places)},
        machine_actors={actor.id for actor in machine.actors if actor.mentions},
        reviewable={event.id for event in with_added(machine, entries).events},
        actors={actor.id: actor for actor in record.actors},
    )


def _by_reason(record: Record) -> dict[str, list[str]]:
    """What was taken out of the page, in its order, by the reason why."""
    found: dict[str, list[str]] = {}
    for part in record.removed:
        found.setdefault(part.reason, []).append(part.text)
    return found


def event_views(record: Record) -> list[EventView]:
    """All events of a record in the order of the text."""
    actors = {actor.id: actor for actor in record.actors}
    claims = {claim.id: claim for claim in record.claims}
    types = load_ontology().types
    return [
        _view(record, event, actors, claims, types[event.type].gloss if event.type in types else "")
        for event in sorted(record.events, key=lambda event: event.trigger)
    ]


def _view(record: Record, event: Event, actors: dict[str, Actor], claims: dict[str, Claim], gloss: str) -> EventView:
    claim = claims.get(event.claim or "")
    inside = event.place is not None and 0 <= event.place < len(record.places)
    return EventView(
        event=event,
        gloss=gloss,
        words=event.trigger.of(record.text),
        sentence=record.sentences[event.sentence].of(record.text) if event.sentence < len(record.sentences) else "",
        actors=_parties(record, event.actors, actors),
        recipients=_parties(record, event.recipients, actors),
        claim=claim,
        said_by=actors.get(claim.speaker or "") if claim else None,
        place=record.places[event.place] if inside and event.place is not None else None,
        status_words=STATUS_WORDS.get(event.status, event.status),
    )


def _parties(record: Record, parts: tuple[Participant, ...], actors: dict[str, Actor]) -> tuple[Party, ...]:
    return tuple(Party(actors[part.actor], part.span.of(record.text)) for part in parts if part.actor in actors)
