"""Verdicts as training data: sentences with their events, in the stand-off form of the annotated corpus (`training/events/standoff`).

A line is a sentence: `document`, `start`, `end`, `names` and `events` as there, all offsets counting in the document's text. Added are
`rejected`, what the machine took for events and is none; `complete`, whether every event of the sentence is in it; `review`, the log
entries that it was made from, so that the file can be read in again; and `text` where it is asked for. Names are the machine's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from tacitus.records import Claim, Event, Record, Span
from tacitus.review.applying import Mark, Reviewed, with_added
from tacitus.review.entries import Entry
from tacitus.review.facts import EventFacts

NAME_KINDS = {"person": "person", "organization": "organization", "group": "group", "place-as-actor": "place"}


def annotated(
    machine: Record,
    reviewed: Reviewed,
    entries: Sequence[Entry],
    *,
    is_demonym: Callable[[str], bool],
    source: str | None = None,
    with_text: bool = False,
) -> Iterator[dict[str, Any]]:
    """The sentences of a page that people reviewed anything in; `entries` are all of the page, undone ones too.

    `source` names the file that holds the text; `with_text` puts the sentence itself into the line. Verdicts that lost their fact stand
    on a line of their own, which has no `events`.
    """
    marks: dict[int | None, list[Mark]] = defaultdict(list)
    judged = with_added(machine, entries)
    for mark in reviewed.marks:
        marks[_sentence_of(judged, mark)].append(mark)
    lost = marks.pop(None, [])
    written: set[str] = set()
    for number in sorted(number for number in marks if number is not None):
        span = machine.sentences[number]
        row: dict[str, Any] = {"source": source, "document": machine.id, "start": span.start, "end": span.end}
        row["names"] = names_in(machine, span, is_demonym=is_demonym)
        row["events"] = [
            _event(reviewed.record, event) for event in reviewed.record.events if _is_vouched(event, number)
        ]
        row["rejected"] = [_rejected(machine, mark) for mark in marks[number] if _is_no_event(mark)]
        row["complete"] = _is_complete(machine, number, marks[number])
        if with_text:
            row["text"] = span.of(machine.text)
        told = _log(marks[number], entries)
        written |= {entry["id"] for entry in told}
        yield {**row, "review": told}
    rest = [entry.to_dict() for entry in entries if entry.id not in written]
    if rest:
        yield {"source": source, "document": machine.id, "lost": len(lost), "review": rest}


def names_in(record: Record, sentence: Span, *, is_demonym: Callable[[str], bool]) -> list[list[Any]]:
    """The names of a sentence as the corpus has them, longest first where two begin together; one inside another is left out."""
    found = [
        (mention.span, NAME_KINDS[actor.kind])
        for actor in record.actors
        if actor.kind in NAME_KINDS
        for mention in actor.mentions
        if mention.kind == "name"
    ]
    found += [(place.span, "place") for place in record.places]
    names: list[list[Any]] = []
    last = -1
    for span, kind in sorted(found, key=lambda name: (name[0].start, -name[0].end)):
        if sentence.contains(span) and span.start >= last:
            names.append([span.start, span.end, "demonym" if is_demonym(span.of(record.text)) else kind])
            last = span.end
    return names


def _sentence_of(record: Record, mark: Mark) -> int | None:
    """The sentence of the fact that a verdict is on; None where that was lost."""
    if mark.item is None:
        return None
    if mark.entry.subject == "event":
        return next((event.sentence for event in record.events if event.id == mark.item), None)
    if mark.entry.subject == "place":
        start = record.places[int(mark.item)].start
    else:
        actor = next(actor for actor in record.actors if actor.id == mark.item)
        start = min(actor.mentions, key=lambda mention: (mention.kind != "name", mention.start)).start
    return next((n for n, span in enumerate(record.sentences) if span.start <= start < span.end), None)


def _is_vouched(event: Event, sentence: int) -> bool:
    return event.sentence == sentence and event.review is not None


def _is_no_event(mark: Mark) -> bool:
    rejected = mark.entry.subject == "event" and mark.entry.verdict == "rejected" and mark.state == "applied"
    return rejected and not mark.by_hand


def _is_complete(machine: Record, sentence: int, marks: Iterable[Mark]) -> bool:
    """Every event that was found has a verdict that counts, and a person said, after the last was added, that there is no other."""
    judged = [mark for mark in marks if mark.entry.subject == "event" and mark.state == "applied"]
    found = {event.id for event in machine.events if event.sentence == sentence}
    last = max((mark.entry.at for mark in judged if mark.entry.verdict == "added"), default="")
    whole = any(mark.entry.whole and mark.entry.at >= last for mark in judged)
    return found == {mark.item for mark in judged if not mark.by_hand} and whole


def _event(record: Record, event: Event) -> dict[str, Any]:
    row: dict[str, Any] = {"trigger": [list(event.trigger)], "type": event.type}
    if event.mode is not None:
        row["mode"] = event.mode
    if event.status != "actual":
        row["status"] = event.status
    for side in ("actors", "recipients"):
        parts = [part.span for part in getattr(event, side) if record.sentences[event.sentence].contains(part.span)]
        if parts:
            row[side] = [[list(span)] for span in parts]
    claim = next((claim for claim in record.claims if claim.id == event.claim), None)
    if claim is not None:
        row["said_by"] = _said_by(claim, record.sentences[event.sentence])
    row |= {name: [list(span)] for name, span in _words(record, event).items()}
    if event.contexts:
        row["contexts"] = list(event.contexts)
    if event.instruments:
        row["instruments"] = [[list(span)] for span in event.instruments]
    return row


def _said_by(claim: Claim, sentence: Span) -> list[list[int]] | str:
    inside = claim.speaker_span is not None and sentence.contains(claim.speaker_span)
    return [list(claim.speaker_span)] if inside and claim.speaker_span else "?"


def _words(record: Record, event: Event) -> dict[str, Span]:
    """The words of numbers, place and time that stand in the event's own sentence."""
    quantities = {name: getattr(event, name) for name in ("dead", "injured", "size")}
    found = {name: quantity.span for name, quantity in quantities.items() if quantity is not None}
    if event.place is not None:
        found["place"] = record.places[event.place].span
    if event.date is not None and event.date.basis == "text":
        spans = [time.span for time in record.times if time.from_ == event.date.from_]
        meant = [span for span in spans if record.sentences[event.sentence].contains(span)]
        found |= {"time": meant[-1]} if meant else {}
    return {name: span for name, span in found.items() if record.sentences[event.sentence].contains(span)}


def _rejected(machine: Record, mark: Mark) -> dict[str, Any]:
    event = next(event for event in machine.events if event.id == mark.item)
    assert isinstance(mark.entry.said, EventFacts)
    return {"trigger": [list(event.trigger)], "type": event.type}


def _log(marks: Iterable[Mark], entries: Iterable[Entry]) -> list[dict[str, Any]]:
    """The entries of some marks."""
    wanted = {mark.entry.id for mark in marks}
    return [entry.to_dict() for entry in entries if entry.id in wanted]
