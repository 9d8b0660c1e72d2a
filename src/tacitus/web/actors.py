"""One actor over all pages, and two sides facing each other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from starlette.requests import Request
from starlette.responses import Response

from tacitus.actors import Knowledge
from tacitus.analysis import Incident
from tacitus.analysis.dyads import Dyad, dyads
from tacitus.analysis.incidents import fold, most_prominent
from tacitus.analysis.jumps import jumps
from tacitus.analysis.parties import side_names, side_of, sides
from tacitus.analysis.tension import Tension, build_tension
from tacitus.analysis.wording import Phrases
from tacitus.store import EventRow, PartyRow, Query
from tacitus.store.reading_pages import Reader, Who
from tacitus.web.faults import Fault
from tacitus.web.reading import needed, query_of, who_of, who_query
from tacitus.web.room import Room, room_of
from tacitus.web.situations import opening_query, words_of
from tacitus.web.templates import address, with_changes
from tacitus.web.timeline import tension_chart

SHOWN, MORE = 12, 200
JUMPS = 8
STEPS = ("since", "until", "unit")


@dataclass(frozen=True, slots=True, kw_only=True)
class Doings:
    """What somebody did and suffered, and what is said of it; the most prominent first."""

    did: tuple[Incident, ...]
    suffered: tuple[Incident, ...]
    told: tuple[Incident, ...]
    dyads: tuple[Dyad, ...]
    names: dict[str, str]


def actor(request: Request) -> Response:
    """One actor, or a whole side."""
    room, who = room_of(request), who_of(request)
    asked = query_of(request)
    with room.reader() as reader:
        rows = reader.actor_rows(who)
        if not rows:
            raise Fault(404, "not-found", "No page names this actor.")
        query = opening_query(room, reader, asked, who=who)
        shown = SHOWN if "all" not in request.query_params else MORE
        doings = room.kept(("doings", who, query, shown), lambda: _doings(room, reader, query, who, shown))
        said, claims = room.kept(("claims", who, shown), lambda: reader.claims_of(who, limit=shown))
        documents = reader.pages_of(who)
    entity = _knowledge(room).entities.get(rows[0].reference or "") if who.side is None else None
    return room.page(
        request,
        "actor.html",
        here="actors",
        who=who,
        rows=rows,
        title=doings.names.get(who.side, who.side) if who.side else rows[0].name,
        side=who.side or rows[0].country or rows[0].code or rows[0].name.lower(),
        entity=entity,
        doings=doings,
        said=said,
        claims=claims,
        documents=documents,
        chosen=query,
        fields=who_query(who),
        shown=shown,
        given={name: request.query_params[name] for name in request.query_params},
    )


def _doings(room: Room, reader: Reader, query: Query, who: Who, shown: int) -> Doings:
    """What somebody has part in, with words for what is shown of it."""
    found = room.kept(("doings", who, query), lambda: doings_of(reader.events_of(who, query=query, worded=False), who))
    lists = (found.did, found.suffered, found.told)
    of = words_of(reader, [incident for group in lists for incident in group[:shown]])
    did, suffered, told = (tuple(map(of, group)) for group in lists)
    return replace(found, did=did, suffered=suffered, told=told)


def doings_of(events: Iterable[EventRow], who: Who) -> Doings:
    """Events of somebody ordered by its part in them, without words. Only actual ones; those inside claims are told apart."""
    phrases = Phrases.load()
    actual = [event for event in events if event.status == "actual"]
    stated = [event for event in actual if event.claim is None]
    did = [event for event in stated if any(is_meant(party, who) for party in event.actors)]
    suffered = [event for event in stated if any(is_meant(party, who) for party in event.recipients)]
    incidents = fold(stated, phrases=phrases, worded=False)
    everybody = {side for event in stated for side in sides((*event.actors, *event.recipients))}
    return Doings(
        did=tuple(most_prominent(fold(did, phrases=phrases, worded=False))),
        suffered=tuple(most_prominent(fold(suffered, phrases=phrases, worded=False))),
        told=tuple(most_prominent(fold([event for event in actual if event.claim], phrases=phrases, worded=False))),
        dyads=tuple(dyads(incidents, names={side: side for side in everybody})),
        names=side_names(actual, phrases=phrases),
    )


def is_meant(party: PartyRow, who: Who) -> bool:
    """Whether a party is the actor."""
    if who.side is not None:
        return side_of(party) == who.side
    if who.reference is not None:
        return party.reference == who.reference
    return party.reference is None and party.name.lower() == (who.name or "").lower() and party.code == who.code


def pair(request: Request) -> Response:
    """Two sides over time: who acts on whom, where the level changes, what they say of each other."""
    room = room_of(request)
    first, second = needed(request, "a"), needed(request, "b")
    unit = "day" if request.query_params.get("unit") == "day" else "week"
    asked = query_of(request)
    with room.reader() as reader:
        query = opening_query(room, reader, asked, who=Who(side=first), with_=Who(side=second))
        events = room.kept(
            ("pair", first, second, query.since, query.until),
            lambda: reader.events_of(Who(side=first), with_=Who(side=second), query=query),
        )
        volume = {told[0]: told[1] for told in room.kept("days told", reader.lists.days_told)}

    def tension(step: str) -> Tension:
        key = ("tension", first, second, step, query.since, query.until)
        return room.kept(key, lambda: build_tension(events, first, second, unit=step, volume=volume))

    series = tension(unit)
    names = {first: first, second: second} | side_names(events, phrases=Phrases.load())
    given = {"a": first, "b": second} | {n: v for n, v in request.query_params.items() if n in STEPS}
    return room.page(
        request,
        "pair.html",
        here="actors",
        series=series,
        names=names,
        chosen=Query(since=query.since, until=query.until),
        chart=tension_chart(
            series,
            names=(names[first], names[second]),
            href=lambda step: address("/pair", **with_changes(given, since=step.first, until=step.last, unit="day")),
        ),
        jumps=jumps(tension("day"), limit=JUMPS),
        sayings=[(side, _sayings(events, side, other)) for side, other in ((first, second), (second, first))],
        given=given,
    )


def _sayings(events: Iterable[EventRow], side: str, other: str) -> list[EventRow]:
    """Events told by somebody of one side in which the other takes part."""
    return [
        event
        for event in events
        if event.speaker is not None
        and side_of(event.speaker) == side
        and any(side_of(party) == other for party in (*event.actors, *event.recipients))
    ]


def _knowledge(room: Room) -> Knowledge:
    return room.knowledge
