"""What a reviewer's form says, made into facts: types and days checked, parties and places taken from the page's own words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlsplit

from starlette.datastructures import FormData

from tacitus.actors import Entity, Knowledge
from tacitus.ontology import STATUSES, load_ontology
from tacitus.places.entry import Entry as PlaceEntry
from tacitus.records import Record, Span
from tacitus.review import ActorFacts, Count, EventFacts, Party, Spot
from tacitus.review.anchoring import nearest
from tacitus.review.facts import MAX_COUNT
from tacitus.web.faults import Fault

MAX_NAME, MAX_NOTE = 80, 1000  # characters
MAX_OTHERS = 30  # actors from elsewhere on the page that are offered
PART = re.compile(r"part-(\d{1,9})-(\d{1,9})")
BACK = ("/review", "/document", "/review/log")
"""Where a form may lead when it is done."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An actor of the page that may have part in an event, at the words nearest to it; `part`: actor · recipient · none, as it stands."""

    name: str
    code: str | None
    span: Span
    words: str
    part: str

    @property
    def field(self) -> str:
        return f"part-{self.span.start}-{self.span.end}"


def candidates(record: Record, sentence: int, facts: EventFacts) -> list[Candidate]:
    """The parties as they stand, and every other actor of the event's sentence and of the one before, in the order of the text."""
    sides = {party.span: side for side in ("actor", "recipient") for party in getattr(facts, f"{side}s")}
    by_span = {party.span: party for party in (*facts.actors, *facts.recipients)}
    found = [
        Candidate(party.who.name, party.who.code, span, party.words, sides[span]) for span, party in by_span.items()
    ]
    window = record.sentences[max(0, sentence - 1) : sentence + 1]
    for actor in record.actors:
        near = [m.span for m in actor.mentions if any(sentence.contains(m.span) for sentence in window)]
        if near and not any(span.overlaps(taken) for span in near for taken in by_span):
            span = max(near)
            found.append(Candidate(actor.name, actor.code, span, span.of(record.text), "none"))
    return sorted(found, key=lambda candidate: candidate.span)


def other_candidates(record: Record, sentence: int, near: list[Candidate]) -> list[Candidate]:
    """The page's other actors that are named, each at its words nearest to the event's sentence; in the order of the text."""
    here = record.sentences[sentence].start if sentence < len(record.sentences) else 0
    taken = [candidate.span for candidate in near]
    found = []
    for actor in record.actors:
        spans = [mention.span for mention in actor.mentions]
        named = [mention.span for mention in actor.mentions if mention.kind == "name"]
        if named and not any(span.overlaps(other) for span in spans for other in taken):
            span = min(named, key=lambda span: abs(span.start - here))
            found.append(Candidate(actor.name, actor.code, span, span.of(record.text), "none"))
    nearest_ones = sorted(found, key=lambda candidate: abs(candidate.span.start - here))[:MAX_OTHERS]
    return sorted(nearest_ones, key=lambda candidate: candidate.span)


def type_choices(current: EventFacts) -> list[tuple[str, str, list[str]]]:
    """Types with their gloss and "TYPE" and "TYPE/mode" for each mode; one of the user's own only where the event has it.

    Of an event that is being added no type stands yet ("").
    """
    types = load_ontology().types
    choices = [
        (name, kind.gloss, [name, *(f"{name}/{mode}" for mode in sorted(kind.modes))]) for name, kind in types.items()
    ]
    own = _joined(current.type, current.mode)
    return choices if not current.type or current.type in types else [(current.type, "", [own]), *choices]


def context_choices(current: EventFacts) -> list[str]:
    """The contexts of the ontology, and those of the user's own that the event has."""
    return sorted(load_ontology().contexts | set(current.contexts))


def event_facts(form: FormData, record: Record, near: int, shown: EventFacts) -> EventFacts:
    """What the form says of an event whose words begin at `near`. Raises Fault for what cannot be."""
    type_, _, mode = _text(form, "type").partition("/")
    if not type_:
        raise Fault(400, "request", "Choose a type.")
    if _joined(type_, mode) not in {value for _, _, values in type_choices(shown) for value in values}:
        raise Fault(400, "request", f"type: there is no {type_}/{mode}.")
    status = _text(form, "status")
    if status not in STATUSES:
        raise Fault(400, "request", f"status: one of {', '.join(STATUSES)} is expected.")
    first, last = _day(form, "from"), _day(form, "to")
    if first and last and first > last:
        raise Fault(400, "request", "The first day is later than the last.")
    basis = _text(form, "basis") or None
    if basis not in ("text", "published", None):
        raise Fault(400, "request", "basis: text or published is expected.")
    return EventFacts(
        type=type_,
        mode=mode or None,
        status=status,
        actors=_side(form, "actor", record, near, shown),
        recipients=_side(form, "recipient", record, near, shown),
        day_from=first,
        day_to=last or first,
        day_basis=basis if first else None,
        place=_place(form, record, near),
        dead=_count(form, "dead", record, near, shown),
        injured=_count(form, "injured", record, near, shown),
        size=_count(form, "size", record, near, shown),
        contexts=_contexts(form, shown),
        counted=True,
    )


def actor_of_entry(entity: Entity, knowledge: Knowledge, *, on: str | None) -> ActorFacts:
    """Who an entry of the knowledge base is on a day."""
    coding = knowledge.code(entity, on=on)
    return ActorFacts(
        name=entity.name,
        kind=coding.kind,
        country=coding.country,
        sectors=coding.sectors,
        code=coding.code,
        reference=coding.reference,
    )


def spot_of_entry(spot: Spot, entry: PlaceEntry) -> Spot:
    """The same words with another entry of the gazetteer."""
    return replace(
        spot,
        name=entry.name,
        geonameid=entry.geonameid,
        lat=entry.lat,
        lon=entry.lon,
        feature=entry.feature,
        country=entry.country,
        admin1=entry.admin1,
    )


def reviewer(form: FormData) -> str:
    """Who reviews. Raises Fault without a name."""
    name = " ".join(_text(form, "who").split())
    if not name or len(name) > MAX_NAME or not name.isprintable():
        raise Fault(400, "request", f"Say who you are: a name of up to {MAX_NAME} characters.")
    return name


def note_of(form: FormData) -> str | None:
    """What the reviewer wrote beside the verdict."""
    note = _text(form, "note")
    if len(note) > MAX_NOTE:
        raise Fault(400, "request", f"note: longer than {MAX_NOTE} characters.")
    return note or None


def back_of(form: FormData) -> str:
    """Where to go when it is done: only to pages of our own."""
    return own_page(_text(form, "back"))


def own_page(given: str) -> str:
    """An address, if it is one to which a form may lead; else the queue."""
    parts = urlsplit(given)
    return given if not parts.scheme and not parts.netloc and parts.path in BACK else "/review"


def _side(form: FormData, side: str, record: Record, near: int, shown: EventFacts) -> tuple[Party, ...]:
    """The parties ticked for a side, as the machine has them first, and those whose words were typed, "; " between several."""
    known = {party.span: party for party in (*shown.actors, *shown.recipients)}
    spans = [
        _field_span(name, record) for name, value in form.multi_items() if name.startswith("part-") and value == side
    ]
    spans += [_span(record, near, words) for words in _pieces(_text(form, f"{side}_words"))]
    found = [known.get(span) or replace(_party(record, span), by_hand=True) for span in dict.fromkeys(spans)]
    order = [party.span for party in getattr(shown, f"{side}s")]
    return tuple(sorted(found, key=lambda party: order.index(party.span) if party.span in order else len(order)))


def _field_span(name: str, record: Record) -> Span:
    """The words that a field like "part-10-17" is about."""
    match = PART.fullmatch(name)
    span = Span(int(match[1]), int(match[2])) if match else Span(0, 0)
    if not 0 <= span.start < span.end <= len(record.text):
        raise Fault(400, "request", f"{name[:40]}: there are no such words on the page.")
    return span


def _party(record: Record, span: Span) -> Party:
    """An actor of the page at these words, or nobody known by that name."""
    words = span.of(record.text)
    actor = next((a for a in record.actors if any(m.span.overlaps(span) for m in a.mentions)), None)
    who = ActorFacts.of(actor) if actor else ActorFacts(name=words)
    return Party(start=span.start, end=span.end, words=words, who=who)


def _span(record: Record, near: int, words: str) -> Span:
    """Where the page has these words, nearest to the event. Raises Fault when it has not: nothing is coded without its words."""
    start = nearest(record.text, words, near)
    if start is None:
        raise Fault(400, "request", f"The page does not have the words “{words}”. Copy them as they stand there.")
    return Span(start, start + len(words))


def _count(form: FormData, name: str, record: Record, near: int, shown: EventFacts) -> Count | None:
    """A number of people, from `name_low`, `name_high` and the words that tell it, `name_words`: none of them goes without the others."""
    low, high, words = _number(form, f"{name}_low"), _number(form, f"{name}_high"), _text(form, f"{name}_words")
    if low is None and high is None and not words:
        return None
    if low is None and high is None:
        raise Fault(400, "request", f"{name}: a number is missing beside the words “{words}”.")
    if not words:
        raise Fault(400, "request", f"{name}: give the words of the page that tell the number.")
    if low is not None and high is not None and low > high:
        raise Fault(400, "request", f"{name}: at least {low:,} is more than at most {high:,}.")
    before: Count | None = getattr(shown, name)
    span = before.span if before is not None and before.words == words else _span(record, near, words)
    return Count(start=span.start, end=span.end, words=words, low=low, high=high)


def _number(form: FormData, name: str) -> int | None:
    text = _text(form, name)
    if text and not (text.isascii() and text.isdigit() and int(text[:12]) <= MAX_COUNT):
        raise Fault(400, "request", f"{name}: a number from 0 to {MAX_COUNT:,} is expected.")
    return int(text) if text else None


def _contexts(form: FormData, shown: EventFacts) -> tuple[str, ...]:
    """The contexts that are ticked, as they stood first."""
    given = [str(value) for value in form.getlist("context")]
    if strangers := set(given) - set(context_choices(shown)):
        raise Fault(400, "request", f"context: there is no {min(strangers)[:40]}.")
    kept = [context for context in shown.contexts if context in given]
    return tuple(dict.fromkeys([*kept, *given]))


def _place(form: FormData, record: Record, near: int) -> Spot | None:
    if words := _text(form, "place_words"):
        span = _span(record, near, words)
        known = next((place for place in record.places if place.span.overlaps(span)), None)
        return Spot.of(known, record.text) if known else Spot(start=span.start, end=span.end, words=words, name=words)
    number = _text(form, "place")
    if not number:
        return None
    if not (number.isascii() and number.isdigit() and int(number[:6]) < len(record.places)):
        raise Fault(400, "request", "place: there is no such place on the page.")
    return Spot.of(record.places[int(number)], record.text)


def _pieces(text: str) -> Iterable[str]:
    return (piece for part in text.split(";") if (piece := part.strip()))


def _day(form: FormData, name: str) -> str | None:
    text = _text(form, name)
    try:
        return date.fromisoformat(text).isoformat() if text else None
    except ValueError as err:
        raise Fault(400, "request", f"{name}: a day is written like 1962-10-22.") from err


def _joined(type_: str, mode: str | None) -> str:
    return f"{type_}/{mode}" if mode else type_


def _text(form: FormData, name: str) -> str:
    return str(form.get(name) or "").strip()
