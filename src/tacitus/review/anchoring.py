"""Finding the facts that people spoke of in the page's present coding.

Under the coding they were made on, verdicts find their fact by its id. Under another one an event is looked for by the words that carry it,
its type and its parties; actors and places by their words. Of one coding no two facts may come to be the same: what was two events then
and is one now leaves one verdict without its event, rather than let a rejection fall on the wrong one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tacitus.records import Event, Record, Span
from tacitus.review.entries import Anchor, Entry, coding_of
from tacitus.review.facts import EventFacts

NO_WORDS = "its sentence is not on the page any more"
NO_FACT = "the machine finds no such {} there any more"


@dataclass(frozen=True, slots=True)
class Found:
    """The item a verdict belongs to now, and how far its words have moved; or why there is none."""

    item: str | None
    moved: int = 0
    why: str | None = None


@dataclass(frozen=True, slots=True)
class _Claim:
    """A verdict's claim on an item of the record: how well the two fit."""

    fit: tuple[int, ...]
    item: str
    of: str


def attach(record: Record, entries: Iterable[Entry]) -> dict[str, Found]:
    """For each entry (by id) its fact in the machine's record."""
    coding = coding_of(record)
    groups: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.anchor is not None:
            groups[entry.subject, entry.anchor.coding].append(entry)
    found: dict[str, Found] = {}
    for (subject, made_on), group in groups.items():
        if made_on == coding:
            found |= {entry.id: Found(entry.anchor.item) for entry in group if entry.anchor is not None}
        else:
            found |= _matched(record, subject, group)
    return found


def moved_by(text: str, anchor: Anchor) -> int | None:
    """How far the anchor's sentence has moved in the page's present text; None when it is gone. Of several the nearest counts."""
    sentence, start = anchor.sentence or anchor.words, anchor.sentence_start if anchor.sentence else anchor.span.start
    place = nearest(text, sentence, start)
    return None if place is None else place - start


def nearest(text: str, words: str, start: int) -> int | None:
    """Where in a text these words stand, nearest to an offset."""
    if not words:
        return None
    if text.startswith(words, start):
        return start
    before, after = text.rfind(words, 0, max(0, start) + len(words)), text.find(words, max(0, start))
    places = [place for place in (before, after) if place >= 0]
    return min(places, key=lambda place: abs(place - start), default=None)


def _matched(record: Record, subject: str, entries: Sequence[Entry]) -> dict[str, Found]:
    """Verdicts of one other coding, each fact of it to one of the record's, the best fitting first."""
    by_item: dict[str, list[Entry]] = defaultdict(list)
    found: dict[str, Found] = {}
    for entry in entries:
        assert entry.anchor is not None
        by_item[entry.anchor.item].append(entry)
    claims: list[_Claim] = []
    moved: dict[str, int | None] = {}
    for item, group in by_item.items():
        anchor = group[0].anchor
        assert anchor is not None
        moved[item] = shift = moved_by(record.text, anchor)
        if shift is not None:
            span = Span(anchor.span.start + shift, anchor.span.end + shift)
            claims += [_Claim(fit, other, item) for other, fit in _candidates(record, group[0], span, shift)]
    taken = _best(claims)
    for item, group in by_item.items():
        shift = moved[item]
        why = NO_WORDS if shift is None else NO_FACT.format(subject) if item not in taken else None
        found |= {entry.id: Found(taken.get(item), shift or 0, why) for entry in group}
    return found


def _best(claims: Iterable[_Claim]) -> dict[str, str]:
    """Old item to new item, one to one."""
    taken: dict[str, str] = {}
    for claim in sorted(claims, key=lambda claim: (claim.fit, claim.item), reverse=True):
        if claim.of not in taken and claim.item not in taken.values():
            taken[claim.of] = claim.item
    return taken


def _candidates(record: Record, entry: Entry, span: Span, shift: int) -> Iterable[tuple[str, tuple[int, ...]]]:
    match entry.subject:
        case "event":
            for event in record.events:
                if fit := _fit(record, event, entry, span, shift):
                    yield event.id, fit
        case "actor":
            for actor in record.actors:
                shared = max((_shared(mention.span, span) for mention in actor.mentions), default=0)
                if shared:
                    exact = any(mention.span == span for mention in actor.mentions)
                    yield actor.id, (int(exact), shared)
        case _:
            for number, place in enumerate(record.places):
                if shared := _shared(place.span, span):
                    yield str(number), (int(place.span == span), shared)


def _fit(record: Record, event: Event, entry: Entry, span: Span, shift: int) -> tuple[int, ...] | None:
    """How well an event fits a verdict: same words, same type, parties in common. None when it is another event.

    Other words of the same sentence are the same event only with its type and a party: "launched an offensive" read at its noun.
    """
    said = entry.said
    assert isinstance(said, EventFacts)
    spans = [party.span for party in (*said.actors, *said.recipients)]
    old = {Span(start + shift, end + shift) for start, end in spans}
    new = [part.span for part in (*event.actors, *event.recipients)]
    parties = sum(any(_shared(one, other) for other in new) for one in old)
    same_type, shared = event.type == said.type, _shared(event.trigger, span)
    if not shared:
        inside = event.sentence < len(record.sentences) and record.sentences[event.sentence].contains(span)
        if not (inside and same_type and parties):
            return None
    return int(shared > 0), int(event.trigger == span), int(same_type), parties, shared


def _shared(one: Span, other: Span) -> int:
    """Code points that two spans have in common."""
    return max(0, min(one.end, other.end) - max(one.start, other.start))
