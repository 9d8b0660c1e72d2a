"""The records that flow through the package, from a page to its coding.

Every offset counts Unicode code points of the article's `text`, half-open. Absent facts are None or an empty tuple, never a guess.
`Record.to_dict` gives exactly the output record of schema 1; `Record.from_dict` reads one back. Field names are those of the output.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from types import NoneType, UnionType
from typing import Any, NamedTuple, Union, get_args, get_origin, get_type_hints

SCHEMA = 1
STANCES = ("asserts", "denies", "doubts", "asks", "promises", "demands")
"""What a claim's speaker may do with what the claim reports."""


REVIEWS = ("accepted", "corrected", "added")
"""What a person may have said of a fact that stands; what was rejected does not stand. "added" are events that the machine did not find."""
RARE: dict[str, Any] = {"rare": True}
"""Of a field that is left out of the output where it is null."""


class Span(NamedTuple):
    """A stretch of the article text: code points `start` up to, but not including, `end`."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words of the span."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Whether `other` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """What stands at certain words of the text."""

    start: int
    end: int

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Why a document could not be coded. `kind` is a short stable word, `message` a sentence for the user."""

    kind: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Removed:
    """Boilerplate taken out of a page, and why."""

    text: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One document, cleaned and ready to be coded; or, when `error` is set, a document that could not be read.

    `published` is an ISO 8601 date or date-time as given; `published_basis` says where it came from (input · page · url · None).
    `text` of a failed document is empty.
    """

    id: str
    text: str = ""
    title: str | None = None
    published: str | None = None
    published_basis: str | None = None
    url: str | None = None
    publisher: str | None = None
    byline: str | None = None
    language: str | None = None
    removed: tuple[Removed, ...] = ()
    flags: tuple[str, ...] = ()
    error: Failure | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention(Marked):
    """One place where an actor is named. `kind`: name · nominal · pronoun."""

    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A distinct entity of the document that can act. `kind`: person · organization · group · place-as-actor · unknown.

    `country` is ISO 3166-1 alpha-3 or one of PLOVER's IGO UNO EUR NGO ISM IMG MNC; `sectors` are PLOVER's, primary first;
    `code` joins country and primary sector; `reference` is the id in the knowledge base.
    """

    id: str
    name: str
    kind: str = "unknown"
    country: str | None = None
    sectors: tuple[str, ...] = ()
    code: str | None = None
    reference: str | None = None
    mentions: tuple[Mention, ...] = ()
    review: str | None = field(default=None, metadata=RARE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """An actor's part in an event: its id and the words that put it there."""

    actor: str
    start: int
    end: int

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A count with its words. `low` and `high` bound it; either is None when the text leaves it open ("at least 12")."""

    low: int | None
    high: int | None
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class EventDate:
    """When an event took place: ISO dates, inclusive; `basis`: text · published · None."""

    from_: str | None = field(default=None, metadata={"name": "from"})
    to: str | None = None
    basis: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Factor:
    """A named part of a confidence; `weight` in log odds. The weights of all factors sum to the log odds of the whole."""

    name: str
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Who did what to whom (PLOVER). A reciprocal event has every party in `actors` and no `recipients`.

    `factors`: what made `confidence` as it is, "bias" first, then what moved it most. `review`, one of REVIEWS: a person looked at it;
    here, with actors and places, None and left out of the output where nobody did.
    """

    id: str
    type: str
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    actors: tuple[Participant, ...] = ()
    recipients: tuple[Participant, ...] = ()
    trigger: Span
    sentence: int
    status: str = "actual"
    claim: str | None = None
    date: EventDate | None = None
    place: int | None = None
    dead: Quantity | None = None
    injured: Quantity | None = None
    size: Quantity | None = None
    score: float | None = None
    quad: int | None = None
    cameo: str | None = None
    goldstein: float | None = None
    confidence: float | None = None
    because: tuple[str, ...] = ()
    instruments: tuple[Span, ...] = ()
    factors: tuple[Factor, ...] = ()
    review: str | None = field(default=None, metadata=RARE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Who said what. `speaker` is an actor id; `content` may be interrupted; `kind`: direct · indirect · mixed.

    `stance`, one of STANCES: what the speaker does with the content, where the cue makes it clear.
    """

    id: str
    speaker: str | None = None
    speaker_span: Span | None = None
    cue: Span | None = None
    content: tuple[Span, ...] = ()
    kind: str
    sentence: int
    embedded_in: str | None = None
    stance: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Place(Marked):
    """A toponym and, where resolved, its entry in GeoNames. `score` is the resolver's confidence, 0 to 1."""

    name: str
    geonameid: int | None = None
    lat: float | None = None
    lon: float | None = None
    feature: str | None = None
    country: str | None = None
    admin1: str | None = None
    score: float | None = None
    review: str | None = field(default=None, metadata=RARE)


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeValue(Marked):
    """A temporal expression: TIMEX3 `kind` (DATE · TIME · DURATION · SET) and `value`, and the days it covers, inclusive."""

    kind: str
    value: str | None = None
    from_: str | None = field(default=None, metadata={"name": "from"})
    to: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """The output for one document (schema 1)."""

    schema: int = SCHEMA
    id: str
    url: str | None = None
    publisher: str | None = None
    byline: str | None = None
    title: str | None = None
    published: str | None = None
    language: str | None = None
    text: str = ""
    removed: tuple[Removed, ...] = ()
    sentences: tuple[Span, ...] = ()
    actors: tuple[Actor, ...] = ()
    events: tuple[Event, ...] = ()
    claims: tuple[Claim, ...] = ()
    places: tuple[Place, ...] = ()
    times: tuple[TimeValue, ...] = ()
    flags: tuple[str, ...] = ()
    model: Mapping[str, str] = field(default_factory=dict)
    error: Failure | None = None

    def to_dict(self) -> dict[str, Any]:
        """The record as plain JSON values. `error` is left out when there is none."""
        plain: dict[str, Any] = _to_plain(self)
        if self.error is None:
            del plain["error"]
        return plain

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> Record:
        """Read back what `to_dict` gave; fields this version does not know are ignored.

        Raises KeyError or TypeError when a required field is missing.
        """
        record: Record = _from_plain(cls, plain)
        return record


@cache
def _fields(cls: type) -> tuple[tuple[str, str], ...]:
    """(attribute, output name) of a record class, in order."""
    return tuple((f.name, f.metadata.get("name", f.name)) for f in dataclasses.fields(cls))


@cache
def _rare(cls: type) -> frozenset[str]:
    """The attributes that are left out of the output where they are None."""
    return frozenset(f.name for f in dataclasses.fields(cls) if f.metadata.get("rare"))


@cache
def _hints(cls: type) -> dict[str, Any]:
    return get_type_hints(cls)


def output_types(cls: type) -> list[tuple[str, Any]]:
    """(output name, type) of each field of a record class or `Span`, in order; optional types without their None."""
    if cls is Span:
        return [("start", int), ("end", int)]
    return [(name, _required(_hints(cls)[attribute])) for attribute, name in _fields(cls)]


def _required(hint: Any) -> Any:
    """`T` of `T | None`, else the type as it is."""
    if get_origin(hint) in (Union, UnionType):
        (hint,) = (arg for arg in get_args(hint) if arg is not NoneType)
    return hint


def _to_plain(value: Any) -> Any:
    if isinstance(value, Span):
        return {"start": value.start, "end": value.end}
    if isinstance(value, tuple):
        return [_to_plain(item) for item in value]
    if isinstance(value, Mapping):
        return dict(value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        rare = _rare(type(value))
        return {
            name: _to_plain(given)
            for attribute, name in _fields(type(value))
            if (given := getattr(value, attribute)) is not None or attribute not in rare
        }
    return value


def _from_plain(hint: Any, plain: Any) -> Any:
    if plain is None:
        return None
    hint = _required(hint)
    if hint is Span:
        return Span(plain["start"], plain["end"])
    if get_origin(hint) is tuple:
        return tuple(_from_plain(get_args(hint)[0], item) for item in plain)
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        hints = _hints(hint)
        known = {attribute: plain[name] for attribute, name in _fields(hint) if name in plain}
        return hint(**{attribute: _from_plain(hints[attribute], item) for attribute, item in known.items()})
    return plain
