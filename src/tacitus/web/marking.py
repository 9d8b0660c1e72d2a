"""A document's text cut where something begins or ends, each piece with all that was found in it. Nothing is left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tacitus.records import Event, Record, Span
from tacitus.text import one_line

KINDS = {
    "actor": "actors",
    "event": "events",
    "claim": "statements",
    "place": "places",
    "time": "times",
}
"""What is marked, with the word for it in the legend."""


BEFORE, AFTER = 300, 200  # characters shown round a sentence


@dataclass(frozen=True, slots=True)
class Mark:
    """Something found: its kind (a key of KINDS), where it stands, what to say about it, and the event that it is the word of."""

    kind: str
    span: Span
    note: str
    event: str | None = None
    part: str | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text over which nothing begins or ends. `classes` are names for the style sheet; `event` an event to choose here."""

    text: str
    classes: str
    note: str
    event: str | None


def paragraphs(record: Record, *, chosen: Event | None) -> list[list[Piece]]:
    """The text's lines that have words, in pieces, with the parts of the chosen event; the style sheet hides what is not wanted."""
    marks = list(find_marks(record))
    marks += list(_parts(chosen)) if chosen else []
    lines, start = [], 0
    for line in record.text.split("\n"):
        if line.strip():
            lines.append(Span(start, start + len(line)))
        start += len(line) + 1
    found, inside = [], sorted(marks, key=lambda mark: mark.span)
    for line_ in lines:
        found.append(list(_pieces(record.text, line_, [mark for mark in inside if mark.span.overlaps(line_)])))
    return found


def event_pieces(record: Record, stretch: Span, *, event: Event) -> list[Piece]:
    """A stretch of the text with nothing but the parts of one event marked in it."""
    return list(_pieces(record.text, stretch, [mark for mark in _parts(event) if mark.span.overlaps(stretch)]))


def surroundings(record: Record, sentence: Span) -> tuple[str, str]:
    """What stands before and after a sentence, cut between words."""
    before = record.text[max(0, sentence.start - BEFORE) : sentence.start]
    after = record.text[sentence.end : sentence.end + AFTER]
    if sentence.start > BEFORE and (cut := before.find(" ")) >= 0:
        before = f"…{before[cut:]}"
    if sentence.end + AFTER < len(record.text) and (cut := after.rfind(" ")) >= 0:
        after = f"{after[:cut]} …"
    return before, after


def sentence_pieces(record: Record, sentence: Span, events: Sequence[Event]) -> list[Piece]:
    """A sentence with the words of some events marked in it."""
    marks = [Mark("event", event.trigger, f"{event.type}, {event.status}", event.id) for event in events]
    return list(_pieces(record.text, sentence, [mark for mark in marks if mark.span.overlaps(sentence)]))


def find_marks(record: Record) -> Iterator[Mark]:
    """Everything found in the document that has words, the widest kind first."""
    names = {actor.id: one_line(actor.name) for actor in record.actors}
    for claim in record.claims:
        who = names.get(claim.speaker or "", "somebody who could not be identified")
        for span in claim.content:
            yield Mark("claim", span, f"said by {who} ({claim.kind})")
    for actor in record.actors:
        label = f"{one_line(actor.name)} ({actor.code})" if actor.code else one_line(actor.name)
        for mention in actor.mentions:
            yield Mark("actor", mention.span, label)
    for place in record.places:
        where = f", {place.country}" if place.country else "" if place.geonameid else ", not resolved"
        yield Mark("place", place.span, f"{one_line(place.name)}{where}")
    for time in record.times:
        days = " to ".join(dict.fromkeys(filter(None, (time.from_, time.to))))
        yield Mark("time", time.span, days or time.value or time.kind)
    for event in record.events:
        yield Mark("event", event.trigger, f"{event.type}, {event.status}", event.id)


def _parts(event: Event) -> Iterator[Mark]:
    yield Mark("event", event.trigger, event.type, event.id, "chosen")
    for party in event.actors:
        yield Mark("actor", party.span, "actor of the chosen event", part="doer")
    for party in event.recipients:
        yield Mark("actor", party.span, "recipient of the chosen event", part="sufferer")


def _pieces(text: str, line: Span, marks: list[Mark]) -> Iterator[Piece]:
    """One sweep over the line: what is open between two borders belongs to the piece between them."""
    borders = sorted({line.start, line.end, *(b for m in marks for b in m.span if line.start < b < line.end)})
    opening = iter(sorted(marks, key=lambda mark: mark.span.start))
    following = next(opening, None)
    active: list[Mark] = []
    for start, end in pairwise(borders):
        while following is not None and following.span.start <= start:
            active.append(following)
            following = next(opening, None)
        active = [mark for mark in active if mark.span.end > start]
        yield _piece(text[start:end], active)


def _piece(text: str, active: list[Mark]) -> Piece:
    kinds = Counter(mark.kind for mark in active)
    parts = [mark.part for mark in active if mark.part]
    event = next((mark.event for mark in reversed(active) if mark.event), None)
    notes = dict.fromkeys(mark.note for mark in active)
    return Piece(text, " ".join([*kinds, *dict.fromkeys(parts)]), "; ".join(notes), event)
