"""The record that readers see: the machine's, with what people said of it laid over. The machine's own is never changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from tacitus.events.cuts import ModelRules
from tacitus.events.voice import innermost_claim
from tacitus.ontology import Ontology, load_ontology
from tacitus.records import Actor, Event, EventDate, Mention, Participant, Place, Quantity, Record, Span
from tacitus.review.additions import attach_added
from tacitus.review.anchoring import Found, attach, nearest
from tacitus.review.entries import BY_HAND, Entry, in_force
from tacitus.review.facts import COUNTS, ENTRY, ActorFacts, Count, EventFacts, Party, Spot, differences

MISSED = "the machine did not find it"
LATER_WORD = "a later verdict counts"
IN_A_CIRCLE = "the two were merged the other way round before"
NO_SENTENCE = "no sentence of the page holds the words {!r:.60} any more"
LOST_PARTY = "the words {!r:.60} are not on the page any more"


@dataclass(frozen=True, slots=True)
class Mark:
    """What became of a verdict: `state` applied · superseded · lost, and `why`; `item` is the fact it belongs to, None where it was lost.

    `confidence` is what the machine gave the event, for a queue of what it was least sure of.
    """

    entry: Entry
    item: str | None
    state: str
    why: str | None = None
    confidence: float | None = None

    @property
    def by_hand(self) -> bool:
        """Whether it is on an event that a person added and the machine has not."""
        return self.item is not None and self.item.startswith(BY_HAND)


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A record as people left it, and what became of each verdict on it."""

    record: Record
    marks: tuple[Mark, ...] = ()


class _LostWords(Exception):
    """Words that a verdict stands on are gone."""


@dataclass(slots=True)
class _Page:
    """A record while verdicts are laid over it."""

    machine: Record
    actors: dict[str, Actor]
    places: list[Place | None]
    events: dict[str, Event]
    moved_to: dict[str, str] = field(default_factory=dict)
    """Actors that were merged with another one."""

    def root(self, actor: str) -> str:
        while actor in self.moved_to:
            actor = self.moved_to[actor]
        return actor


def review_record(record: Record, entries: Iterable[Entry]) -> Reviewed:
    """Lay verdicts over the machine's record: places, actors, then events, whose parties so are who people say they are.

    Of several verdicts on one fact the latest counts. A rejected fact is left out; every other one bears `review`. Nothing is dropped
    silently: each verdict in force has its mark.
    """
    standing = in_force(entries)
    if not standing or record.error is not None:
        return Reviewed(record, tuple(Mark(entry, None, "lost", "the page could not be coded") for entry in standing))
    added = [entry for entry in standing if entry.by_hand]
    found = attach(record, [entry for entry in standing if not entry.by_hand]) | attach_added(record, added)
    page = _page(record)
    marks: list[Mark] = []
    for subject in ("place", "actor", "event"):
        marks += _lay(page, [entry for entry in standing if entry.subject == subject], found)
    return Reviewed(_assembled(page), tuple(marks))


def with_added(record: Record, entries: Iterable[Entry]) -> Record:
    """What there is to review: the machine's record and the events that people added, each as it was first told."""
    added = [entry for entry in in_force(entries) if entry.by_hand]
    found = attach_added(record, added)
    page = _page(record)
    for entry in added:
        where, facts = found[entry.id], entry.facts
        if where.item is not None and where.item.startswith(BY_HAND) and where.item not in page.events:
            with suppress(_LostWords):  # listed as lost
                _on_event(page, replace(entry, verdict="added", said=None, becomes=facts), where)
    places = tuple(place for place in page.places if place is not None)
    return replace(record, actors=tuple(page.actors.values()), events=tuple(page.events.values()), places=places)


def _page(record: Record) -> _Page:
    return _Page(
        machine=record,
        actors={actor.id: actor for actor in record.actors},
        places=list(record.places),
        events={event.id: event for event in record.events},
    )


def _lay(page: _Page, entries: Sequence[Entry], found: dict[str, Found]) -> list[Mark]:
    """Lay the verdicts on one kind of fact over the page, in order; of those on one fact only the last."""
    last = {found[entry.id].item: entry.id for entry in entries if found[entry.id].item is not None}
    act = {"place": _on_place, "actor": _on_actor, "event": _on_event}
    marks = []
    for entry in entries:
        where = found[entry.id]
        sure = _confidence(page.machine, where.item) if entry.subject == "event" else None
        if where.item is None:
            marks.append(Mark(entry, None, "lost", where.why))
        elif last[where.item] != entry.id:
            marks.append(Mark(entry, where.item, "superseded", LATER_WORD, sure))
        else:
            try:
                act[entry.subject](page, entry, where)
                marks.append(Mark(entry, where.item, "applied", None, sure))
            except _LostWords as err:
                marks.append(Mark(entry, where.item, "lost", str(err), sure))
    return marks


def _confidence(record: Record, item: str | None) -> float | None:
    return next((event.confidence for event in record.events if event.id == item), None)


def _on_place(page: _Page, entry: Entry, where: Found) -> None:
    number = int(where.item or 0)
    place, becomes = page.machine.places[number], entry.becomes
    if not isinstance(becomes, Spot):
        page.places[number] = None
        return
    known = {name: getattr(becomes, name) for name in ENTRY}
    page.places[number] = replace(place, **known, score=1.0, review=entry.verdict)


def _on_actor(page: _Page, entry: Entry, where: Found) -> None:
    id_, becomes = where.item or "", entry.becomes
    if not isinstance(becomes, ActorFacts):
        page.actors.pop(id_, None)
        return
    if becomes.merged_with is not None:
        other = _other_actor(page, becomes.merged_with, where.moved, becomes.name)
        if page.root(other) == id_:
            raise _LostWords(IN_A_CIRCLE)
        page.moved_to[id_] = other
        return
    if id_ in page.actors:
        page.actors[id_] = replace(page.actors[id_], **_identity(becomes), review=entry.verdict)


def _other_actor(page: _Page, span: Span, moved: int, name: str) -> str:
    there = Span(span.start + moved, span.end + moved)
    named = (a.id for a in page.machine.actors if any(m.span.overlaps(there) for m in a.mentions))
    other = next(named, None)
    if other is None:
        raise _LostWords(LOST_PARTY.format(name))
    return other


def _on_event(page: _Page, entry: Entry, where: Found) -> None:
    id_, becomes = where.item or "", entry.becomes
    if not isinstance(becomes, EventFacts):
        page.events.pop(id_, None)
        return
    for given in _words_of(becomes):
        _placed(page.machine.text, given.span, given.words, where.moved)  # all or nothing
    event = page.events.get(id_) or _missed(page.machine, entry, where)
    actors = tuple(part for party in becomes.actors if (part := _part(page, party, where.moved)))
    recipients = tuple(part for party in becomes.recipients if (part := _part(page, party, where.moved)))
    dated = becomes.day_from or becomes.day_to
    page.events[id_] = replace(
        event,
        **_coding(event, becomes),
        **_counted(page, entry, where.moved),
        status=becomes.status,
        actors=actors,
        recipients=recipients,
        date=EventDate(from_=becomes.day_from, to=becomes.day_to, basis=becomes.day_basis) if dated else None,
        place=_place(page, becomes.place, where.moved),
        confidence=1.0,
        factors=(),
        because=(*event.because, _because(entry)),
        review=_standing_as(page, entry, event),
    )


def _words_of(facts: EventFacts) -> list[Party | Spot | Count]:
    """Everything in an event that has words of its own."""
    others = (facts.place, *(getattr(facts, name) for name in COUNTS))
    return [*facts.actors, *facts.recipients, *(given for given in others if given is not None)]


def _missed(machine: Record, entry: Entry, where: Found) -> Event:
    """An event that the machine did not find, with nothing but its words; inside a claim it is the claim's, as the machine's are."""
    assert where.item is not None and entry.anchor is not None
    span = _placed(machine.text, entry.anchor.span, entry.anchor.words, where.moved)
    sentence = next((n for n, stretch in enumerate(machine.sentences) if stretch.contains(span)), None)
    if sentence is None:
        raise _LostWords(NO_SENTENCE.format(entry.anchor.words))
    claim = innermost_claim(machine.claims, span)
    claimed = claim.id if claim is not None else None
    return Event(id=where.item, type="", trigger=span, sentence=sentence, claim=claimed, because=(MISSED,))


def _standing_as(page: _Page, entry: Entry, event: Event) -> str:
    """What people did to an event that stands: a word of `records.REVIEWS`. What the machine came to find after them was not added."""
    if event.id.startswith(BY_HAND):
        return "added"
    if entry.verdict != "added":
        return entry.verdict
    assert entry.becomes is not None
    return "corrected" if differences(EventFacts.of(event, page.machine), entry.becomes) else "accepted"


def _counted(page: _Page, entry: Entry, moved: int) -> dict[str, Any]:
    """Numbers and contexts as a person judged them; those of entries that do not speak of them stay the machine's."""
    facts = entry.becomes
    if not isinstance(facts, EventFacts) or not facts.counted:
        return {}
    found: dict[str, Any] = {"contexts": facts.contexts}
    for name in COUNTS:
        count: Count | None = getattr(facts, name)
        if count is None:
            found[name] = None
        else:
            span = _placed(page.machine.text, count.span, count.words, moved)
            found[name] = Quantity(low=count.low, high=count.high, span=span)
    return found


def _coding(event: Event, becomes: EventFacts) -> dict[str, Any]:
    """Type and mode with what follows from them. A type put right has the CAMEO code of the type as such, or none outside PLOVER."""
    if (event.type, event.mode) == (becomes.type, becomes.mode):
        return {"type": event.type, "mode": event.mode}
    ontology, codes = _codebook()
    facts: dict[str, Any] = {"type": becomes.type, "mode": becomes.mode}
    kind = ontology.types.get(becomes.type)
    if kind is None:
        return {**facts, "score": None, "quad": None, "cameo": None, "goldstein": None}
    cameo = codes.get(becomes.type)
    return {
        **facts,
        "score": kind.score if becomes.mode is None else kind.modes.get(becomes.mode, kind.score),
        "quad": kind.quad,
        "cameo": cameo,
        "goldstein": ontology.goldstein(cameo) if cameo else None,
    }


@cache
def _codebook() -> tuple[Ontology, Mapping[str, str]]:
    """PLOVER, and the CAMEO code of each type as such."""
    return load_ontology(), ModelRules.load().cameo


def _because(entry: Entry) -> str:
    """The line that tells a reader of the record that a person decided, and what."""
    if not entry.changed:
        return f"{entry.verdict} by hand ({entry.who}, {entry.at[:10]})"
    old, new = entry.said, entry.becomes
    words = [
        f"{name} {getattr(old, name) or 'none'} → {getattr(new, name) or 'none'}"
        if name in ("type", "mode", "status")
        else name
        for name in entry.changed
    ]
    return f"corrected by hand ({entry.who}, {entry.at[:10]}): {', '.join(words)}"


def _part(page: _Page, party: Party, moved: int) -> Participant | None:
    """A party in this record: the actor named at its words, else a new one; None where people said that these words name no party."""
    span = _placed(page.machine.text, party.span, party.words, moved)
    actor = _actor_at(page.machine.actors, span)
    if actor is not None:
        root = page.root(actor)
        if root in page.actors:
            return Participant(actor=root, start=span.start, end=span.end)
        if not party.by_hand:
            return None
    added = next((a.id for a in page.actors.values() if a.id.startswith("hand") and a.mentions[0].span == span), None)
    if added is None:
        added = f"hand{sum(id_.startswith('hand') for id_ in page.actors) + 1}"
        mention = Mention(start=span.start, end=span.end, kind="name" if party.words[:1].isupper() else "nominal")
        page.actors[added] = Actor(id=added, **_identity(party.who), mentions=(mention,), review="corrected")
    return Participant(actor=added, start=span.start, end=span.end)


def _actor_at(actors: Iterable[Actor], span: Span) -> str | None:
    """The actor named at a span: by just these words, else by those that share most of them."""
    shared = [
        (mention.span == span, min(mention.end, span.end) - max(mention.start, span.start), actor.id)
        for actor in actors
        for mention in actor.mentions
        if mention.span.overlaps(span)
    ]
    return max(shared)[2] if shared else None


def _place(page: _Page, spot: Spot | None, moved: int) -> int | None:
    if spot is None:
        return None
    span = _placed(page.machine.text, spot.span, spot.words, moved)
    for number, place in enumerate(page.places):
        if place is not None and place.span.overlaps(span):
            return number
    if any(place.span.overlaps(span) for place in page.machine.places):
        return None  # a person said that these words name no place
    known = {name: getattr(spot, name) for name in ENTRY}
    page.places.append(Place(start=span.start, end=span.end, **known, score=1.0, review="corrected"))
    return len(page.places) - 1


def _placed(text: str, span: Span, words: str, moved: int) -> Span:
    start = nearest(text, words, span.start + moved)
    if start is None:
        raise _LostWords(LOST_PARTY.format(words))
    return Span(start, start + len(words))


def _identity(who: ActorFacts) -> dict[str, Any]:
    return {name: getattr(who, name) for name in ("name", "kind", "country", "sectors", "code", "reference")}


def _assembled(page: _Page) -> Record:
    """The page put together again: merged actors joined, places numbered anew, and nobody named who is not there."""
    kept = [number for number, place in enumerate(page.places) if place is not None]
    numbers = {old: new for new, old in enumerate(kept)}
    events = tuple(_settled(page, event, numbers) for event in page.events.values())
    claims = tuple(replace(claim, speaker=_standing(page, claim.speaker)) for claim in page.machine.claims)
    places = tuple(place for place in page.places if place is not None)
    return replace(page.machine, actors=_joined(page), events=events, claims=claims, places=places)


def _settled(page: _Page, event: Event, numbers: dict[int, int]) -> Event:
    return replace(
        event,
        actors=_parts(page, event.actors),
        recipients=_parts(page, event.recipients),
        place=numbers.get(event.place) if event.place is not None else None,
    )


def _parts(page: _Page, parts: tuple[Participant, ...]) -> tuple[Participant, ...]:
    """The parties that stand, each once: the parts of actors that were merged become one."""
    found: dict[str, Participant] = {}
    for part in parts:
        actor = _standing(page, part.actor)
        if actor is not None:
            found.setdefault(actor, replace(part, actor=actor))
    return tuple(found.values())


def _standing(page: _Page, actor: str | None) -> str | None:
    root = page.root(actor) if actor is not None else None
    return root if root in page.actors else None


def _joined(page: _Page) -> tuple[Actor, ...]:
    """The actors with the mentions of those that were merged into them."""
    mentions: dict[str, set[Mention]] = {}
    for actor in page.actors.values():
        mentions.setdefault(page.root(actor.id), set()).update(actor.mentions)
    merged = {page.root(id_) for id_ in page.moved_to}
    return tuple(
        replace(
            actor,
            mentions=tuple(sorted(mentions[actor.id], key=lambda mention: (mention.start, mention.end))),
            review="corrected" if actor.id in merged else actor.review,
        )
        for actor in page.actors.values()
        if actor.id not in page.moved_to
    )
