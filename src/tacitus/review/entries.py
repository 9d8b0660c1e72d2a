"""One person's word on one fact of a page: a line in a log that only grows. To take a word back is another line."""

from __future__ import annotations

import dataclasses
import json
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from tacitus.errors import DataError
from tacitus.records import Record, Span
from tacitus.review.facts import (
    ActorFacts,
    EventFacts,
    Facts,
    Spot,
    differences,
    field,
    from_plain,
    optional,
    span_of,
    to_plain,
)
from tacitus.text import stable_hash

SUBJECTS = ("event", "actor", "place")
VERDICTS = ("accepted", "corrected", "rejected", "added", "undone")
BY_HAND = "hand-"
"""How the ids of events begin that people added; the machine's are numbered (e1, e2, ...), so the two never meet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """Where the fact stood: the machine's `item` of that subject in a coding, its words, and the sentence round them.

    `item` is an event's or actor's id, or a place's number; it is good only as long as `coding` is the page's present one. The id of an
    event that a person added is good for ever.
    """

    coding: str
    item: str
    span: Span
    words: str
    sentence: str
    sentence_start: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Who said when what of which fact. `at` is UTC, ISO 8601.

    `verdict`: accepted · corrected · rejected, with what the machine `said` and what it `becomes` (None where rejected); added, an event
    that the machine has not, with what it `becomes`; or undone, which takes back the entry `undoes` and has neither. `whole`: the person
    says that its sentence holds no event that is not found or added.
    """

    id: str
    at: str
    who: str
    document: str
    subject: str
    verdict: str
    anchor: Anchor | None = None
    said: Facts | None = None
    becomes: Facts | None = None
    undoes: str | None = None
    note: str | None = None
    whole: bool = False

    @property
    def by_hand(self) -> bool:
        """Whether it is on an event that a person added."""
        return self.subject == "event" and self.anchor is not None and self.anchor.item.startswith(BY_HAND)

    @property
    def facts(self) -> Facts | None:
        """What was judged: the machine's, or of an event that a person added that person's."""
        return self.said if self.said is not None else self.becomes

    @property
    def changed(self) -> tuple[str, ...]:
        """What was put right, in the words of `differences`."""
        return differences(self.said, self.becomes) if self.said is not None and self.becomes is not None else ()

    def to_dict(self) -> dict[str, Any]:
        """The entry as JSON values; what is absent is left out."""
        plain: dict[str, Any] = {
            f.name: value
            for f in dataclasses.fields(self)
            if (value := getattr(self, f.name)) is not None and value is not False
        }
        if self.anchor is not None:
            plain["anchor"] = {**dataclasses.asdict(self.anchor), "span": self.anchor.span._asdict()}
        plain |= {name: to_plain(facts) for name in ("said", "becomes") if (facts := getattr(self, name)) is not None}
        return plain

    @classmethod
    def from_dict(cls, plain: object) -> Entry:
        """Read back what `to_dict` gave. Raises DataError that says what is wrong."""
        if not isinstance(plain, Mapping):
            raise DataError("an object is expected")
        subject, verdict = field(plain, "subject", str), field(plain, "verdict", str)
        if subject not in SUBJECTS or verdict not in VERDICTS:
            raise DataError(f"subject {subject!r:.40} with verdict {verdict!r:.40} is unknown")
        needed = {
            "accepted": ("said", "becomes"),
            "corrected": ("said", "becomes"),
            "rejected": ("said",),
            "added": ("becomes",),
            "undone": (),
        }
        if verdict == "added" and subject != "event":
            raise DataError(f"an event can be added, not this: {subject}")
        given = {name: from_plain(plain.get(name), subject=subject) for name in needed[verdict]}
        entry = cls(
            id=field(plain, "id", str),
            at=_moment(field(plain, "at", str)),
            who=field(plain, "who", str),
            document=field(plain, "document", str),
            subject=subject,
            verdict=verdict,
            anchor=None if verdict == "undone" else _anchor(plain.get("anchor")),
            undoes=field(plain, "undoes", str) if verdict == "undone" else None,
            note=optional(plain, "note", str),
            whole=optional(plain, "whole", bool) or False,
            **given,
        )
        if verdict == "added" and not entry.by_hand:
            raise DataError(f"the id of an added event begins with {BY_HAND}")
        return entry


def new_entry(
    record: Record,
    *,
    subject: str,
    item: str,
    becomes: Facts | None,
    who: str,
    note: str | None = None,
    whole: bool = False,
) -> Entry:
    """A verdict on a fact of the machine's `record`, given now; None for `becomes` rejects it. Raises DataError when it is not there."""
    said, span = said_of(record, subject, item)
    verdict = "rejected" if becomes is None else "corrected" if differences(said, becomes) else "accepted"
    return Entry(
        id=uuid.uuid4().hex,
        at=now(),
        who=who,
        document=record.id,
        subject=subject,
        verdict=verdict,
        anchor=_anchored(record, item, span),
        said=said,
        becomes=becomes,
        note=note,
        whole=whole,
    )


def added_entry(
    record: Record, *, trigger: Span, becomes: EventFacts, who: str, note: str | None = None, whole: bool = False
) -> Entry:
    """An event that the machine missed, told by these words of the page. Raises DataError where no sentence holds them."""
    if not any(sentence.contains(trigger) for sentence in record.sentences):
        raise DataError(f"{record.id}: no sentence holds {trigger.start} to {trigger.end}")
    id_ = uuid.uuid4().hex
    return Entry(
        id=id_,
        at=now(),
        who=who,
        document=record.id,
        subject="event",
        verdict="added",
        anchor=_anchored(record, BY_HAND + id_[:12], trigger),
        becomes=becomes,
        note=note,
        whole=whole,
    )


def undo_entry(entry: Entry, *, who: str, note: str | None = None) -> Entry:
    """Takes an entry back."""
    return Entry(
        id=uuid.uuid4().hex,
        at=now(),
        who=who,
        document=entry.document,
        subject=entry.subject,
        verdict="undone",
        undoes=entry.id,
        note=note,
    )


def in_force(entries: Iterable[Entry]) -> list[Entry]:
    """The verdicts that nobody has taken back, the earliest first; an undo that was itself undone takes nothing back."""
    ordered = sorted(entries, key=lambda entry: (entry.at, entry.id))
    undone: set[str] = set()
    for entry in reversed(ordered):
        if entry.undoes is not None and entry.id not in undone:
            undone.add(entry.undoes)
    return [entry for entry in ordered if entry.undoes is None and entry.id not in undone]


def said_of(record: Record, subject: str, item: str) -> tuple[Facts, Span]:
    """What a record says of one of its facts, and where. Raises DataError when it has no such fact."""
    said: Facts
    if subject == "event" and (event := next((e for e in record.events if e.id == item), None)):
        said = EventFacts.of(event, record)
        return said, event.trigger
    if subject == "actor" and (actor := next((a for a in record.actors if a.id == item and a.mentions), None)):
        said = ActorFacts.of(actor)
        return said, min(actor.mentions, key=lambda mention: (mention.kind != "name", mention.start)).span
    if subject == "place" and item.isascii() and item.isdigit() and int(item) < len(record.places):
        said = Spot.of(record.places[int(item)], record.text)
        return said, said.span
    raise DataError(f"{record.id}: has no {subject} {item!r:.80}")


def coding_of(record: Record) -> str:
    """What tells whether a page's facts are still those of the same coding; what people added to them (`with_added`) is none of it."""
    plain = record.to_dict()
    facts = [[one for one in plain[name] if one.get("review") is None] for name in ("actors", "events", "places")]
    return stable_hash(record.text, json.dumps(facts, sort_keys=True))


def now() -> str:
    """This moment, UTC, to the microsecond: entries of one person are in order."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


def _anchored(record: Record, item: str, span: Span) -> Anchor:
    sentence = next((s for s in record.sentences if s.start <= span.start < s.end), span)
    return Anchor(
        coding=coding_of(record),
        item=item,
        span=span,
        words=span.of(record.text),
        sentence=sentence.of(record.text),
        sentence_start=sentence.start,
    )


def _anchor(plain: object) -> Anchor:
    if not isinstance(plain, Mapping):
        raise DataError("anchor: an object is expected")
    return Anchor(
        coding=field(plain, "coding", str),
        item=field(plain, "item", str),
        span=span_of(plain.get("span"), "anchor"),
        words=field(plain, "words", str),
        sentence=str(plain.get("sentence", "")),
        sentence_start=field(plain, "sentence_start", int),
    )


def _moment(text: str) -> str:
    try:
        return datetime.fromisoformat(text).astimezone(UTC).isoformat(timespec="microseconds")
    except (ValueError, OverflowError) as err:
        raise DataError(f"at: {text!r:.40} is no moment like 2024-05-08T12:00:00+00:00") from err
