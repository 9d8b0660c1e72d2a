"""Events that people added: each has an id of its own for ever, and is found by its words whatever the machine makes of the page.

Where two people added the same event it is one; where the machine comes to find it, it is the machine's. The same is what is told by words
in common, of one type, and without parties that contradict each other: two attacks told by one verb stay two.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tacitus.records import Event, Record, Span
from tacitus.review.anchoring import NO_WORDS, Found, moved_by
from tacitus.review.entries import BY_HAND, Entry, coding_of
from tacitus.review.facts import EventFacts

TAKEN_BACK = "whoever added it took that back"


@dataclass(frozen=True, slots=True)
class _Told:
    """An event by what it is known by."""

    item: str
    type: str
    trigger: Span
    actors: tuple[Span, ...]
    recipients: tuple[Span, ...]

    @classmethod
    def of(cls, event: Event) -> _Told:
        sides = (tuple(part.span for part in side) for side in (event.actors, event.recipients))
        return cls(event.id, event.type, event.trigger, *sides)

    @classmethod
    def by(cls, item: str, facts: EventFacts, trigger: Span, *, moved: int) -> _Told:
        def there(start: int, end: int) -> Span:
            return Span(start + moved, end + moved)

        sides = (tuple(there(*party.span) for party in side) for side in (facts.actors, facts.recipients))
        return cls(item, facts.type, there(*trigger), *sides)

    def is_same(self, other: _Told) -> bool:
        """Whether both tell of one event."""
        alike = self.type == other.type and self.trigger.overlaps(other.trigger)
        return alike and _agree(self.actors, other.actors) and _agree(self.recipients, other.recipients)


def find_same(record: Record, trigger: Span, facts: EventFacts) -> str | None:
    """The event of a record, by its id, that is the same as what somebody is about to add."""
    told = _Told.by("", facts, trigger, moved=0)
    return next((event.id for event in record.events if told.is_same(_Told.of(event))), None)


def attach_added(record: Record, entries: Iterable[Entry]) -> dict[str, Found]:
    """For each entry (by id) on an event that a person added, that event in the machine's record as it is now."""
    groups: dict[str, list[Entry]] = defaultdict(list)
    for entry in sorted(entries, key=lambda entry: (entry.at, entry.id)):
        if entry.anchor is not None:
            groups[entry.anchor.item].append(entry)
    coding = coding_of(record)
    machine = [_Told.of(event) for event in record.events if not event.id.startswith(BY_HAND)]
    kept: list[_Told] = []
    found: dict[str, Found] = {}
    for item, group in groups.items():
        shifts = {entry.id: moved_by(record.text, entry.anchor) for entry in group if entry.anchor is not None}
        told = _last_told(item, group, shifts)
        if told is None:
            why = NO_WORDS if any(entry.becomes for entry in group) else TAKEN_BACK
            found |= {entry.id: Found(None, 0, why) for entry in group}
            continue
        seen = any(entry.anchor is not None and entry.anchor.coding == coding for entry in group)
        others = kept if seen else [*machine, *kept]  # who had this coding before them saw that it is another event
        same = next((other for other in others if told.is_same(other)), told)
        if same is told:
            kept.append(told)
        elif same in machine:
            machine.remove(same)
        found |= {id_: _found(same.item, shift) for id_, shift in shifts.items()}
    return found


def _last_told(item: str, group: Sequence[Entry], shifts: dict[str, int | None]) -> _Told | None:
    """The event as it was last told by somebody who holds that there is one, where its words are on the page."""
    for entry in reversed(group):
        shift = shifts[entry.id]
        if isinstance(entry.becomes, EventFacts) and entry.anchor is not None and shift is not None:
            return _Told.by(item, entry.becomes, entry.anchor.span, moved=shift)
    return None


def _found(item: str, shift: int | None) -> Found:
    return Found(None, 0, NO_WORDS) if shift is None else Found(item, shift)


def _agree(one: Sequence[Span], other: Sequence[Span]) -> bool:
    """Whether the parties of a side may be the same: the fewer are among the more."""
    fewer, more = sorted((one, other), key=len)
    return all(any(span.overlaps(there) for there in more) for span in fewer)
