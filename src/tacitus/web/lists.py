"""The lists: which rows an address asks for. A page shows them and a file holds them, so both have the very same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from starlette.requests import Request

from tacitus.analysis.wording import Phrases
from tacitus.corpus.mentions import MentionId
from tacitus.ontology import load_ontology
from tacitus.records import STANCES
from tacitus.store import ClaimRow, EventRow, Query
from tacitus.store.incident_rows import IncidentRow
from tacitus.store.lists import ORDERS, VOICES, ClaimFilter, EventFilter, IncidentFilter
from tacitus.store.reading_pages import ActorRow, PageFilter, PageRow
from tacitus.store.reading_search import KINDS, Found
from tacitus.web.listed import Selection, selection, slice_of
from tacitus.web.reading import choice_of, day_of, number_of, query_of, text_of
from tacitus.web.room import Room, room_of

EVENTS, STATEMENTS, INCIDENTS, DOCUMENTS, ACTORS, HITS = 50, 50, 60, 50, 60, 20  # rows of a screen
STATUSES = ("actual", "negated", "future", "hypothetical", "habitual", "historical")
CLAIM_KINDS = ("direct", "indirect", "mixed")
SEARCHED = {**KINDS, "incidents": "incidents"}
"""What is searched, with the words for it."""
BEST = 1000  # events among which incidents are looked for
ORDER_WORDS = {
    "reports": "most independent reports",
    "severity": "most severe",
    "latest": "latest",
    "earliest": "earliest",
}


@dataclass(frozen=True, slots=True)
class Hits:
    """Hits of one kind of search; `words` None asks for nothing yet. `unindexed`: pages that cannot be searched yet."""

    words: str | None
    kind: str
    found: Selection[Found]
    unindexed: int = 0


def event_filter(request: Request) -> EventFilter:
    """Which events an address asks for."""
    return EventFilter(
        query=query_of(request),
        type=choice_of(request, "type", type_names()),
        status=choice_of(request, "status", STATUSES),
        voice=choice_of(request, "voice", tuple(VOICES)),
        place=text_of(request, "place"),
    )


def claim_filter(request: Request) -> ClaimFilter:
    """Which statements an address asks for."""
    query = query_of(request)
    return ClaimFilter(
        query=Query(actor=query.actor, since=query.since, until=query.until),
        kind=choice_of(request, "kind", CLAIM_KINDS),
        stance=choice_of(request, "stance", STANCES),
    )


def incident_filter(request: Request) -> IncidentFilter:
    """Which incidents an address asks for, and in which order."""
    return IncidentFilter(
        query=query_of(request),
        type=choice_of(request, "type", type_names()),
        place=text_of(request, "place"),
        least=number_of(request, "least", default=1, most=10_000),
        order=choice_of(request, "order", tuple(ORDERS)) or "reports",
    )


def page_filter(request: Request) -> PageFilter:
    """Which documents an address asks for."""
    query = query_of(request)
    return PageFilter(
        title=text_of(request, "title"),
        publisher=text_of(request, "publisher"),
        since=query.since,
        until=query.until,
    )


def events(request: Request) -> tuple[EventFilter, Selection[EventRow]]:
    """Events, the latest first."""
    room, chosen = room_of(request), event_filter(request)
    part = slice_of(request, size=EVENTS)
    with room.reader() as reader:
        total = room.kept(("events", chosen), lambda: reader.lists.number_of_events(chosen))
        rows = reader.lists.events(chosen, limit=part.limit, offset=part.offset)
    return chosen, selection(rows, total=total, of=part)


def statements(request: Request) -> tuple[ClaimFilter, Selection[ClaimRow]]:
    """What somebody is reported saying, the latest first."""
    room, chosen = room_of(request), claim_filter(request)
    part = slice_of(request, size=STATEMENTS)
    with room.reader() as reader:
        total = room.kept(("claims", chosen), lambda: reader.lists.number_of_claims(chosen))
        rows = reader.lists.claims(chosen, limit=part.limit, offset=part.offset)
    return chosen, selection(rows, total=total, of=part)


def incidents(request: Request) -> tuple[IncidentFilter, Selection[IncidentRow], dict[str, str]]:
    """Incidents in the order asked for, and what happened in each, in words."""
    room, chosen = room_of(request), incident_filter(request)
    part = slice_of(request, size=INCIDENTS)
    with room.reader() as reader:
        total = room.kept(("incidents", chosen), lambda: reader.lists.number_of_incidents(chosen))
        rows = reader.lists.incidents(chosen, limit=part.limit, offset=part.offset)
        clauses = clauses_of(reader.events_in([row.incident for row in rows])) if rows else {}
    return chosen, selection(rows, total=total, of=part), clauses


def documents(request: Request) -> tuple[PageFilter, Selection[PageRow]]:
    """Documents, the latest first."""
    room, chosen = room_of(request), page_filter(request)
    part = slice_of(request, size=DOCUMENTS)
    with room.reader() as reader:
        total = room.kept(("pages", chosen), lambda: reader.number_of_pages(chosen))
        rows = reader.pages(chosen, limit=part.limit, offset=part.offset)
    return chosen, selection(rows, total=total, of=part)


def actors(request: Request) -> tuple[str | None, Selection[ActorRow]]:
    """Actors, those on the most pages first; `q` stands in the name or begins the code."""
    room, words, part = room_of(request), text_of(request, "q"), slice_of(request, size=ACTORS)
    with room.reader() as reader:
        total = room.kept(("number of actors", words), lambda: reader.number_of_actors(words=words))
        rows = room.kept(
            ("actors", words, part), lambda: reader.actors(words=words, limit=part.limit, offset=part.offset)
        )
    return words, selection(rows, total=total, of=part)


def hits(request: Request) -> Hits:
    """Hits of one kind, the best first."""
    room, words = room_of(request), text_of(request, "q")
    kind = choice_of(request, "in", tuple(SEARCHED)) or "texts"
    since, until = day_of(request, "since"), day_of(request, "until")
    part = slice_of(request, size=HITS)
    if not words:
        return Hits(None, kind, selection([], total=0, of=part))
    with room.reader():
        unindexed = room.unindexed()
    if kind == "incidents":
        told = room.index.search(words, kind="events", limit=BEST, since=since, until=until)[1]
        distinct = _incidents_told(room, told)
        rows = distinct[part.offset : part.offset + part.limit]
        return Hits(words, kind, selection(rows, total=len(distinct), of=part), unindexed)
    total, found = room.index.search(words, kind=kind, limit=part.limit, offset=part.offset, since=since, until=until)
    return Hits(words, kind, selection(found, total=total, of=part), unindexed)


def _incidents_told(room: Room, hits: Sequence[Found]) -> list[Found]:
    """The incidents that these events report, each once, with the words of the best hit; their `item` is the incident."""
    with room.reader() as reader:
        known = reader.incidents.incidents_of([MentionId(hit.document, hit.item or "") for hit in hits]) if hits else {}
    found: dict[str, Found] = {}
    for hit in hits:
        incident = known.get(MentionId(hit.document, hit.item or ""))
        if incident is not None:
            found.setdefault(incident, replace(hit, item=incident))
    return list(found.values())


def clauses_of(events: Iterable[EventRow]) -> dict[str, str]:
    """What happened, in words, of each incident: from the report that tells most."""
    phrases = Phrases.load()
    best: dict[str, EventRow] = {}
    for event in events:
        if event.incident and (event.incident not in best or informative(event) > informative(best[event.incident])):
            best[event.incident] = event
    return {incident: phrases.clause(event) for incident, event in best.items()}


def informative(row: EventRow) -> tuple[bool, bool, float]:
    """How much a report tells: who did it, to whom, and how sure that is."""
    return bool(row.actors), bool(row.recipients), row.confidence or 0.0


def type_names() -> tuple[str, ...]:
    """The event types there are."""
    return tuple(load_ontology().types)
