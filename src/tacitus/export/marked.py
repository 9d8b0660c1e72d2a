"""A document's sentences with marks at what was found in them, and one-line descriptions of the finds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tacitus.export.plain_text import clean
from tacitus.records import Actor, Claim, Event, Participant, Quantity, Record, Span
from tacitus.text import one_line

STYLES = {"actor": "36", "event": "1;33", "dim": "2", "strong": "1"}  # ANSI: cyan, bold yellow, faint, bold


@dataclass(frozen=True, slots=True)
class Paint:
    """Puts ANSI colours on text, or leaves it alone."""

    color: bool

    def __call__(self, text: str, style: str) -> str:
        return f"\x1b[{STYLES[style]}m{text}\x1b[0m" if self.color and text else text


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a mention or a trigger stands, and how it is written around the words."""

    span: Span
    opening: str
    closing: str


def marked_sentence(record: Record, sentence: Span, *, paint: Paint) -> str:
    """The sentence on one line: actors as "[the army]a2", triggers as "*shelled*e1". Nothing of the text is left out."""
    marks = [mark for mark in _marks(record, paint) if sentence.contains(mark.span)]
    insertions: list[tuple[int, int, int, str]] = []
    for mark in marks:  # at one place: closings before openings, the shorter span closes first, the longer opens first
        length = mark.span.end - mark.span.start
        insertions.append((mark.span.start, 1, -length, mark.opening))
        insertions.append((mark.span.end, 0, length, mark.closing))
    parts, position = [], sentence.start
    for offset, _, _, text in sorted(insertions):
        parts += [clean(record.text[position:offset]), text]
        position = offset
    parts.append(clean(record.text[position : sentence.end]))
    return one_line("".join(parts))


def event_line(record: Record, event: Event, *, paint: Paint) -> str:
    """ "e1 ASSAULT/aerial  a1 the air force (XYZMIL) > a2 the town  8 May 2024 …"."""
    actors = {actor.id: actor for actor in record.actors}
    kind = f"{event.type}/{event.mode}" if event.mode else event.type
    sides = (
        f"{_parties(event.actors, actors)} > {_parties(event.recipients, actors)}"
        if event.recipients
        else _parties(event.actors, actors)
    )
    facts = [
        event.status if event.status != "actual" else "",
        f"told in {event.claim}" if event.claim else "",
        _when(event),
        _where(record, event),
        *(
            f"{name} {_range(count)}"
            for name, count in (("dead", event.dead), ("injured", event.injured), ("size", event.size))
            if count
        ),
        f"score {event.score:+g}" if event.score is not None else "",
        f"CAMEO {event.cameo}" if event.cameo else "",
        ", ".join(event.contexts),
        f"confidence {event.confidence:.2f}" if event.confidence is not None else "",
    ]
    return f"{event.id} {paint(kind, 'event')}: {sides}  " + paint(" · ".join(fact for fact in facts if fact), "dim")


def claim_line(record: Record, claim: Claim, *, paint: Paint) -> str:
    """ "c1 direct, a3 the governor, cue “said”: “…”"."""
    actors = {actor.id: actor for actor in record.actors}
    speaker = _actor(actors[claim.speaker]) if claim.speaker in actors else "speaker unknown"
    cue = f", cue “{words(record, claim.cue)}”" if claim.cue else ""
    inside = f", inside {claim.embedded_in}" if claim.embedded_in else ""
    content = " … ".join(words(record, span) for span in claim.content)
    return f"{claim.id} {paint(claim.kind, 'strong')}, {speaker}{cue}{inside}: {content}"


def actor_lines(record: Record, *, paint: Paint) -> list[str]:
    """One line an actor: id, code, name, kind, its different wordings, the knowledge base's id."""
    lines = []
    for actor in record.actors:
        wordings = dict.fromkeys(words(record, mention.span) for mention in actor.mentions)
        facts = [actor.kind, "/".join(actor.sectors), actor.reference or "", "named as: " + ", ".join(wordings)]
        lines.append(
            f"{actor.id} {paint(_actor(actor, id_=False), 'actor')}  {paint(' · '.join(fact for fact in facts if fact), 'dim')}"
        )
    return lines


def place_lines(record: Record) -> list[str]:
    """One line a place: the name, and the GeoNames entry where it was resolved."""
    lines = []
    for place in record.places:
        found = f" = GeoNames {place.geonameid}, {place.country}" if place.geonameid is not None else " (not resolved)"
        at = f" ({place.lat:.2f}, {place.lon:.2f})" if place.lat is not None and place.lon is not None else ""
        lines.append(clean(place.name) + found + at)
    return lines


def time_lines(record: Record) -> list[str]:
    """One line a temporal expression: the words, kind and value, and the days it covers."""
    lines = []
    for time in record.times:
        days = (
            f", {time.from_} to {time.to}"
            if time.from_ and time.to and time.from_ != time.to
            else f", {time.from_}"
            if time.from_
            else ""
        )
        lines.append(f"{words(record, time.span)} = {time.kind} {time.value or '?'}{days}")
    return lines


def words(record: Record, span: Span) -> str:
    """The words of a span on one line, safe for a terminal."""
    return clean(one_line(span.of(record.text)))


def _marks(record: Record, paint: Paint) -> Iterable[Mark]:
    for actor in record.actors:
        for mention in actor.mentions:
            yield Mark(mention.span, paint("[", "actor"), paint(f"]{actor.id}", "actor"))
    for event in record.events:
        yield Mark(event.trigger, paint("*", "event"), paint(f"*{event.id}", "event"))


def _actor(actor: Actor, *, id_: bool = True) -> str:
    code = f" ({actor.code})" if actor.code else ""
    return (f"{actor.id} " if id_ else "") + clean(one_line(actor.name)) + code


def _parties(parties: Iterable[Participant], actors: Mapping[str, Actor]) -> str:
    return (
        ", ".join(_actor(actors[party.actor]) if party.actor in actors else party.actor for party in parties)
        or "(nobody named)"
    )


def _when(event: Event) -> str:
    if event.date is None or event.date.from_ is None:
        return ""
    end = f" to {event.date.to}" if event.date.to and event.date.to != event.date.from_ else ""
    return (
        event.date.from_
        + end
        + (f" (from the {event.date.basis})" if event.date.basis == "text" else " (date of the page)")
    )


def _where(record: Record, event: Event) -> str:
    if event.place is None or not 0 <= event.place < len(record.places):
        return ""
    place = record.places[event.place]
    return f"at {clean(place.name)}" + (f", {place.country}" if place.country else "")


def _range(count: Quantity) -> str:
    if count.low == count.high:
        return str(count.low)
    return f"{count.low if count.low is not None else '?'} to {count.high if count.high is not None else '?'}"
