"""Reviewing: one event after the other, an actor, a place. A verdict goes into the log beside the database, which can always be written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from urllib.parse import quote, unquote

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from tacitus.corpus.mentions import MentionId
from tacitus.errors import DataError
from tacitus.ontology import STATUSES, load_ontology
from tacitus.places.entry import Entry as PlaceEntry
from tacitus.records import Record, Span
from tacitus.review import ActorFacts, EventFacts, Mark, Spot, new_entry
from tacitus.review.entries import coding_of, said_of
from tacitus.review.facts import Facts
from tacitus.store.reading_pages import Reader
from tacitus.store.review_queue import ORDERS, QueueFilter
from tacitus.web.faults import Fault
from tacitus.web.marking import event_pieces, surroundings
from tacitus.web.reading import needed, number_of, query_of, text_of
from tacitus.web.review_forms import (
    MAX_NAME,
    actor_of_entry,
    back_of,
    candidates,
    context_choices,
    event_facts,
    note_of,
    other_candidates,
    reviewer,
    spot_of_entry,
    type_choices,
)
from tacitus.web.room import Room, room_of
from tacitus.web.templates import address

REVIEWER = "tacitus_reviewer"  # the cookie with the name under which a visitor reviews
YEAR = 365 * 24 * 3600
SHOWN = 20  # entries to choose from
ORDER_WORDS = {
    "unsure": "least sure first",
    "sure": "surest first",
    "latest": "latest first",
    "page": "oldest page first",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """An entry that an actor or a place may be linked to: the value of its button, its name, and what tells it from its namesakes."""

    value: str
    name: str
    detail: str


def queue(request: Request) -> Response:
    """The next event that waits."""
    room = room_of(request)
    who = name_of(request)
    chosen = QueueFilter(
        type=text_of(request, "type"),
        query=query_of(request),
        order=text_of(request, "order") or "unsure",
        who=who if request.query_params.get("again") == "1" else None,
    )
    if chosen.order not in ORDERS:
        raise Fault(400, "request", f"order: one of {', '.join(ORDERS)} is expected.")
    skip = number_of(request, "skip", default=0, least=0)
    with room.reader() as reader:
        total, next_ = reader.review_queue.next(chosen, skip=skip)
        people = reader.review_queue.people()
        record = reader.reviews.reviewable(next_.document) if next_ else None
        marks = reader.review_queue.marks(document=record.id, subject="event") if record else []
    shown = {
        "chosen": chosen,
        "again": request.query_params.get("again") == "1",
        "orders": ORDER_WORDS,
        "types": list(load_ontology().types),
        "total": total,
        "skip": skip,
        "people": people,
    }
    values = _event_values(record, next_, marks, who) if record and next_ else {}
    here = address("/review", **request.query_params)
    return room.page(request, "review.html", here="review", in_queue=True, who=who, back=here, **shown, **values)


def event(request: Request) -> Response:
    """One event to review, chosen on its page. `there` says that somebody was about to add it."""
    room, who = room_of(request), name_of(request)
    asked = MentionId(needed(request, "document"), needed(request, "event"))
    record, marks = _machine(request, "event")
    if asked.event not in {event.id for event in record.events}:
        raise Fault(404, "not-found", f"{asked.document} has no event {asked.event}.")
    back = address("/document", id=asked.document, event=asked.event)
    values = _event_values(record, asked, marks, who) | {"there": request.query_params.get("there") == "1"}
    return room.page(request, "review.html", here="review", in_queue=False, who=who, back=back, **values)


def actor(request: Request) -> Response:
    """Who an actor of a page is: entries of the knowledge base, the other actors of the page, or nobody that can act."""
    room, item = room_of(request), needed(request, "actor")
    record, marks = _machine(request, "actor")
    said, span = _said(record, "actor", item)
    assert isinstance(said, ActorFacts)
    words = text_of(request, "find") or said.name
    others = [other for other in record.actors if other.id != item and other.mentions]
    return room.page(
        request,
        "review_actor.html",
        here="review",
        record=record,
        item=item,
        said=said,
        sentence=_sentence(record, span),
        find=words,
        choices=_entries(room, words, on=(record.published or "")[:10] or None),
        others=others,
        **_shared(request, record, marks, item),
    )


def place(request: Request) -> Response:
    """Which place the words of a page mean: entries of the gazetteer, or none."""
    room, item = room_of(request), needed(request, "place")
    record, marks = _machine(request, "place")
    said, span = _said(record, "place", item)
    assert isinstance(said, Spot)
    words = text_of(request, "find") or said.words
    return room.page(
        request,
        "review_place.html",
        here="review",
        record=record,
        item=item,
        said=said,
        sentence=_sentence(record, span),
        find=words,
        choices=_namesakes(room, words),
        **_shared(request, record, marks, item),
    )


async def decide_event(request: Request) -> Response:
    """Write a verdict on an event."""

    def facts(form: FormData, record: Record, said: Facts, item: str) -> Facts:
        found = next(event for event in record.events if event.id == item)
        assert isinstance(said, EventFacts)
        return event_facts(form, record, found.trigger.start, said)

    return await _decide(request, "event", facts)


async def decide_actor(request: Request) -> Response:
    """Write a verdict on an actor."""
    room = room_of(request)

    def facts(form: FormData, record: Record, said: Facts, item: str) -> Facts:
        if form.get("verdict") == "merge":
            other, span = _said(record, "actor", str(form.get("other") or ""))
            assert isinstance(other, ActorFacts)
            return replace(other, merged_with=span)
        entity = room.knowledge.entities.get(str(form.get("entry") or ""))
        if entity is None:
            raise Fault(400, "request", "Choose one of the entries.")
        return actor_of_entry(entity, room.knowledge, on=(record.published or "")[:10] or None)

    return await _decide(request, "actor", facts)


async def decide_place(request: Request) -> Response:
    """Write a verdict on a place."""
    room = room_of(request)

    def facts(form: FormData, record: Record, said: Facts, item: str) -> Facts:
        assert isinstance(said, Spot)
        known = {_key(entry): entry for entry in _places(room, str(form.get("find") or ""))}
        entry = known.get(str(form.get("entry") or ""))
        if entry is None:
            raise Fault(400, "request", "Choose one of the entries.")
        return spot_of_entry(said, entry)

    return await _decide(request, "place", facts)


def name_of(request: Request) -> str | None:
    """The name under which a visitor reviewed last."""
    name = unquote(request.cookies.get(REVIEWER, ""))
    return name if name.isprintable() and 0 < len(name) <= MAX_NAME else None


def with_name(response: Response, who: str) -> Response:
    """Remember who reviews."""
    response.set_cookie(REVIEWER, quote(who), max_age=YEAR, httponly=True, samesite="strict")
    return response


async def _decide(request: Request, subject: str, facts: Callable[[FormData, Record, Facts, str], Facts]) -> Response:
    """Write what the form says: `verdict` accept, reject, or anything else for what `facts` makes of it."""
    room = room_of(request)
    form = await request.form(max_files=0, max_fields=1000)
    room.forms.check(request, str(form.get("form_token", "")))
    who, back = reviewer(form), back_of(form)

    def write() -> None:
        with room.reader() as reader:
            record = judged_record(reader, form, subject=subject)
        item = str(form.get("item") or "")
        said, _ = _said(record, subject, item)
        verdict = form.get("verdict")
        becomes = said if verdict == "accept" else None if verdict == "reject" else facts(form, record, said, item)
        entry = new_entry(
            record,
            subject=subject,
            item=item,
            becomes=becomes,
            who=who,
            note=note_of(form),
            whole=form.get("whole") == "1",
        )
        room.journal.add([entry])

    await run_in_threadpool(write)
    return with_name(RedirectResponse(back, status_code=303), who)


def judged_record(reader: Reader, form: FormData, *, subject: str) -> Record:
    """The record that a form was made from. Raises Fault when it is not there, or is of another coding by now."""
    record = _record(reader, str(form.get("document") or ""), subject)
    if record is None:
        raise Fault(404, "not-found", "There is no such document.")
    if coding_of(record) != form.get("coding"):
        raise Fault(409, "recoded", "The page was coded anew meanwhile. Go back, reload, and look again.")
    return record


def _record(reader: Reader, id_: str, subject: str) -> Record | None:
    """What there is to review of a page: the machine's actors and places, and its events with those that people added."""
    return reader.reviews.reviewable(id_) if subject == "event" else reader.machine_record(id_)


def _machine(request: Request, subject: str) -> tuple[Record, list[Mark]]:
    """What there is to review of a page, and what people said of such facts of it."""
    id_ = needed(request, "document")
    with room_of(request).reader() as reader:
        record = _record(reader, id_, subject)
        marks = reader.review_queue.marks(document=id_, subject=subject)
    if record is None:
        raise Fault(404, "not-found", f"There is no document with the id {id_}.")
    return record, marks


def _said(record: Record, subject: str, item: str) -> tuple[Facts, Span]:
    try:
        return said_of(record, subject, item)
    except DataError as err:
        raise Fault(404, "not-found", f"{err}.") from err


def _event_values(record: Record, id_: MentionId, marks: list[Mark], who: str | None) -> dict[str, object]:
    """The form for an event: filled with the reviewer's own last word on it, else with the machine's, so that two people judge alike."""
    found = next(event for event in record.events if event.id == id_.event)
    said = EventFacts.of(found, record)
    mine = [mark.entry.becomes for mark in marks if mark.item == id_.event and mark.entry.who == who]
    shown = mine[-1] if mine and isinstance(mine[-1], EventFacts) else said
    sentence = record.sentences[found.sentence] if found.sentence < len(record.sentences) else found.trigger
    claim = next((claim for claim in record.claims if claim.id == found.claim), None)
    return {
        "record": record,
        "event": found,
        "said": said,
        "gloss": load_ontology().types[found.type].gloss if found.type in load_ontology().types else "",
        "around": surroundings(record, sentence),
        "pieces": event_pieces(record, sentence, event=found),
        "claim": claim,
        "speaker": next((a for a in record.actors if claim and a.id == claim.speaker), None),
        "marks": [mark for mark in marks if mark.item == id_.event],
        "item": id_.event,
        **form_values(record, found.sentence, shown),
    }


def form_values(record: Record, sentence: int, facts: EventFacts) -> dict[str, object]:
    """What the fields of an event's form are made from."""
    parties = candidates(record, sentence, facts)
    return {
        "facts": facts,
        "types_of": type_choices(facts),
        "statuses": STATUSES,
        "parties": parties,
        "others": other_candidates(record, sentence, parties),
        "contexts": context_choices(facts),
        "coding": coding_of(record),
    }


def _shared(request: Request, record: Record, marks: list[Mark], item: str) -> dict[str, object]:
    return {
        "who": name_of(request),
        "marks": [mark for mark in marks if mark.item == item],
        "coding": coding_of(record),
        "back": address("/document", id=record.id),
    }


def _sentence(record: Record, span: Span) -> str:
    sentence = next((s for s in record.sentences if s.start <= span.start < s.end), span)
    return sentence.of(record.text)


def _entries(room: Room, words: str, *, on: str | None) -> list[Choice]:
    """Entries of the knowledge base by name: those that bear just it first, then those that have all its words."""
    known = {sense.entity.id: sense.entity for sense in room.knowledge.readings(words)}
    near = sorted(room.knowledge.search(words), key=lambda entity: (len(entity.name), entity.name))
    known |= {entity.id: entity for entity in near[:SHOWN] if entity.id not in known}
    return [
        Choice(entity.id, entity.name, f"{room.knowledge.code(entity, on=on).code or 'no code'} · {entity.id}")
        for entity in list(known.values())[:SHOWN]
    ]


def _places(room: Room, words: str) -> list[PlaceEntry]:
    return list(room.gazetteer.candidates(words) or room.gazetteer.homes(words))[:SHOWN]


def _namesakes(room: Room, words: str) -> list[Choice]:
    """Entries of the gazetteer by name, the most populous first."""
    return [
        Choice(
            _key(entry),
            entry.name,
            " · ".join(filter(None, (entry.admin1, entry.country, entry.feature, _where(entry)))),
        )
        for entry in _places(room, words)
    ]


def _where(entry: PlaceEntry) -> str:
    inhabitants = f", {entry.population:,} inhabitants" if entry.population else ""
    return f"{entry.lat:.2f} {entry.lon:.2f}{inhabitants}"


def _key(entry: PlaceEntry) -> str:
    return f"{entry.geonameid or ''}/{entry.name}/{entry.lat:.4f}/{entry.lon:.4f}"
