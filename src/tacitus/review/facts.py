"""What is said of an event, an actor or a place, by the machine or by a person: plain facts that outlive the coding they were made on.

Parties and places are known by their words and offsets in the page, never by ids of a record, which another coding gives anew.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from tacitus.errors import DataError
from tacitus.ontology import STATUSES
from tacitus.records import Actor, Event, Marked, Participant, Place, Quantity, Record, Span

BASES = ("text", "published")
KINDS = ("person", "organization", "group", "place-as-actor", "unknown")
MAX_TEXT = 2000  # characters of a name or of words in a file from elsewhere
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorFacts:
    """Who an actor is, as the output record says it. `merged_with`: where another actor of the page is named that is the same one."""

    name: str
    kind: str = "unknown"
    country: str | None = None
    sectors: tuple[str, ...] = ()
    code: str | None = None
    reference: str | None = None
    merged_with: Span | None = None

    @classmethod
    def of(cls, actor: Actor) -> ActorFacts:
        return cls(
            name=actor.name,
            kind=actor.kind,
            country=actor.country,
            sectors=actor.sectors,
            code=actor.code,
            reference=actor.reference,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Party(Marked):
    """An actor's part in an event: the words that put it there, and who it is. `by_hand`: a person read it in the words."""

    words: str
    who: ActorFacts
    by_hand: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot(Marked):
    """A place named in the page, and its entry in the gazetteer."""

    words: str
    name: str
    geonameid: int | None = None
    lat: float | None = None
    lon: float | None = None
    feature: str | None = None
    country: str | None = None
    admin1: str | None = None

    @classmethod
    def of(cls, place: Place, text: str) -> Spot:
        facts = {name: getattr(place, name) for name in ENTRY}
        return cls(start=place.start, end=place.end, words=place.span.of(text), **facts)


ENTRY = ("name", "geonameid", "lat", "lon", "feature", "country", "admin1")
"""What a place takes from its entry in the gazetteer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """A number of people and the words that tell it; `low` and `high` bound it, either is None where the words leave it open."""

    start: int
    end: int
    words: str
    low: int | None = None
    high: int | None = None

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)

    @classmethod
    def of(cls, quantity: Quantity | None, text: str) -> Count | None:
        if quantity is None:
            return None
        start, end = quantity.span
        return cls(start=start, end=end, words=quantity.span.of(text), low=quantity.low, high=quantity.high)


COUNTS = ("dead", "injured", "size")
"""The numbers that an event may have."""
MAX_COUNT = 2_000_000_000  # people; more could not be stored


@dataclass(frozen=True, slots=True, kw_only=True)
class EventFacts:
    """What a person can put right in an event. Days are ISO dates; `day_basis`: text · published · None.

    `counted`: numbers and contexts were looked at as well; in entries of the first form, which had none, they were not.
    """

    type: str
    mode: str | None = None
    status: str = "actual"
    actors: tuple[Party, ...] = ()
    recipients: tuple[Party, ...] = ()
    day_from: str | None = None
    day_to: str | None = None
    day_basis: str | None = None
    place: Spot | None = None
    dead: Count | None = None
    injured: Count | None = None
    size: Count | None = None
    contexts: tuple[str, ...] = ()
    counted: bool = False

    @classmethod
    def of(cls, event: Event, record: Record) -> EventFacts:
        place = record.places[event.place] if event.place is not None and event.place < len(record.places) else None
        return cls(
            type=event.type,
            mode=event.mode,
            status=event.status,
            actors=_parties(event.actors, record),
            recipients=_parties(event.recipients, record),
            day_from=event.date.from_ if event.date else None,
            day_to=event.date.to if event.date else None,
            day_basis=event.date.basis if event.date else None,
            place=Spot.of(place, record.text) if place else None,
            dead=Count.of(event.dead, record.text),
            injured=Count.of(event.injured, record.text),
            size=Count.of(event.size, record.text),
            contexts=event.contexts,
            counted=True,
        )


Facts = EventFacts | ActorFacts | Spot


def differences(said: Facts, becomes: Facts) -> tuple[str, ...]:
    """What a person put right: type, mode, status, actors, recipients, date, place, dead, injured, size, contexts of an event; who or
    merged of an actor; entry of a place."""
    if isinstance(said, EventFacts) and isinstance(becomes, EventFacts):
        one, other = said_in_parts(said), said_in_parts(becomes)
        return tuple(name for name in one if name in other and one[name] != other[name])
    if isinstance(said, ActorFacts) and isinstance(becomes, ActorFacts):
        if becomes.merged_with is not None:
            return ("merged",)
        return ("who",) if dataclasses.replace(said, merged_with=None) != becomes else ()
    if isinstance(said, Spot) and isinstance(becomes, Spot):
        return ("entry",) if any(getattr(said, name) != getattr(becomes, name) for name in ENTRY) else ()
    raise TypeError("facts of two kinds cannot be compared")


def said_in_parts(facts: EventFacts) -> dict[str, object]:
    """What is said of an event, part by part, so that two people or a person and the machine can be compared."""
    parts: dict[str, object] = {name: getattr(facts, name) for name in ("type", "mode", "status")}
    parts |= {side: {party.span for party in getattr(facts, side)} for side in ("actors", "recipients")}
    parts |= {"date": (facts.day_from, facts.day_to or facts.day_from, facts.day_basis)}
    parts |= {"place": facts.place and facts.place.span}
    if facts.counted:
        parts |= {name: getattr(facts, name) for name in COUNTS} | {"contexts": set(facts.contexts)}
    return parts


def to_plain(facts: Facts) -> dict[str, Any]:
    """The facts as JSON values."""
    return _plain(facts)  # type: ignore[no-any-return]


def from_plain(plain: object, *, subject: str) -> Facts:
    """Facts on an event, an actor or a place. Raises DataError that says which field is wrong."""
    readers: dict[str, Callable[[Mapping[str, Any]], Facts]] = {"event": _event, "actor": _actor, "place": _spot}
    return readers[subject](_table(plain, subject))


def field(plain: Mapping[str, Any], name: str, type_: type[Value]) -> Value:
    """A field that must be there. Raises DataError when it is not, or is of another type; a text must be short."""
    value = plain.get(name)
    if type_ is float and isinstance(value, int):
        value = float(value)
    if not isinstance(value, type_) or (isinstance(value, bool) and type_ is not bool):
        raise DataError(f"{name}: {type_.__name__} is expected, not {value!r:.80}")
    if isinstance(value, str) and len(value) > MAX_TEXT:
        raise DataError(f"{name}: longer than {MAX_TEXT} characters")
    return value


def optional(plain: Mapping[str, Any], name: str, type_: type[Value]) -> Value | None:
    """A field that may be absent or null."""
    return field(plain, name, type_) if plain.get(name) is not None else None


def _parties(parts: tuple[Participant, ...], record: Record) -> tuple[Party, ...]:
    actors = {actor.id: actor for actor in record.actors}
    return tuple(
        Party(start=part.start, end=part.end, words=part.span.of(record.text), who=ActorFacts.of(actors[part.actor]))
        for part in parts
        if part.actor in actors
    )


def _plain(value: Any) -> Any:
    if isinstance(value, Span):
        return {"start": value.start, "end": value.end}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if dataclasses.is_dataclass(value):
        given = {f.name: getattr(value, f.name) for f in dataclasses.fields(value)}
        return {name: _plain(item) for name, item in given.items() if not (item is None or item is False or item == ())}
    return value


def _table(plain: object, what: str) -> Mapping[str, Any]:
    if not isinstance(plain, Mapping):
        raise DataError(f"{what}: an object is expected")
    return plain


def _list(plain: Mapping[str, Any], name: str) -> list[Any]:
    return optional(plain, name, list) or []


def span_of(plain: object, what: str) -> Span:
    """A stretch of text. Raises DataError when it is none."""
    table = _table(plain, what)
    span = Span(field(table, "start", int), field(table, "end", int))
    if not 0 <= span.start < span.end:
        raise DataError(f"{what}: {span.start} to {span.end} is no stretch of text")
    return span


def _one_of(value: str, known: tuple[str, ...], name: str) -> str:
    if value not in known:
        raise DataError(f"{name}: one of {', '.join(known)} is expected, not {value!r:.80}")
    return value


def _day(plain: Mapping[str, Any], name: str) -> str | None:
    day = optional(plain, name, str)
    try:
        return date.fromisoformat(day).isoformat() if day else None
    except ValueError as err:
        raise DataError(f"{name}: {day!r:.40} is no day like 1962-10-22") from err


def _event(plain: Mapping[str, Any]) -> EventFacts:
    basis = optional(plain, "day_basis", str)
    return EventFacts(
        type=field(plain, "type", str),
        mode=optional(plain, "mode", str),
        status=_one_of(optional(plain, "status", str) or "actual", STATUSES, "status"),
        actors=tuple(_party(_table(party, "actors")) for party in _list(plain, "actors")),
        recipients=tuple(_party(_table(party, "recipients")) for party in _list(plain, "recipients")),
        day_from=_day(plain, "day_from"),
        day_to=_day(plain, "day_to"),
        day_basis=_one_of(basis, BASES, "day_basis") if basis else None,
        place=_spot(_table(plain["place"], "place")) if plain.get("place") is not None else None,
        dead=_count(plain, "dead"),
        injured=_count(plain, "injured"),
        size=_count(plain, "size"),
        contexts=_words(plain, "contexts"),
        counted=optional(plain, "counted", bool) or False,
    )


def _count(plain: Mapping[str, Any], name: str) -> Count | None:
    if plain.get(name) is None:
        return None
    table = _table(plain[name], name)
    span, low, high = span_of(table, name), optional(table, "low", int), optional(table, "high", int)
    if any(number is not None and not 0 <= number <= MAX_COUNT for number in (low, high)):
        raise DataError(f"{name}: {low!r:.40} to {high!r:.40} is no number of people")
    return Count(start=span.start, end=span.end, words=field(table, "words", str), low=low, high=high)


def _words(plain: Mapping[str, Any], name: str) -> tuple[str, ...]:
    words = _list(plain, name)
    if not all(isinstance(word, str) and len(word) <= MAX_TEXT for word in words):
        raise DataError(f"{name}: a list of words is expected")
    return tuple(words)


def _party(plain: Mapping[str, Any]) -> Party:
    span = span_of(plain, "party")
    who = _actor(_table(plain.get("who"), "who"))
    by_hand = optional(plain, "by_hand", bool) or False
    return Party(start=span.start, end=span.end, words=field(plain, "words", str), who=who, by_hand=by_hand)


def _actor(plain: Mapping[str, Any]) -> ActorFacts:
    merged = plain.get("merged_with")
    return ActorFacts(
        name=field(plain, "name", str),
        kind=_one_of(optional(plain, "kind", str) or "unknown", KINDS, "kind"),
        country=optional(plain, "country", str),
        sectors=_words(plain, "sectors"),
        code=optional(plain, "code", str),
        reference=optional(plain, "reference", str),
        merged_with=span_of(merged, "merged_with") if merged is not None else None,
    )


def _spot(plain: Mapping[str, Any]) -> Spot:
    span = span_of(plain, "place")
    return Spot(
        start=span.start,
        end=span.end,
        words=field(plain, "words", str),
        name=field(plain, "name", str),
        geonameid=optional(plain, "geonameid", int),
        lat=optional(plain, "lat", float),
        lon=optional(plain, "lon", float),
        feature=optional(plain, "feature", str),
        country=optional(plain, "country", str),
        admin1=optional(plain, "admin1", str),
    )
