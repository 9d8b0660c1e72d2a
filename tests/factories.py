"""Small records and rows for tests; every argument that does not matter to a test has a plain default."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from tacitus.records import Actor, Claim, Event, Mention, Participant, Record, Span
from tacitus.store import ClaimRow, DocumentRow, EventRow, PartyRow


def span_of(text: str, words: str) -> Span:
    """Where `words` stand in `text` for the first time; ValueError when they do not."""
    start = text.index(words)
    return Span(start, start + len(words))


def make_actor(
    id: str, text: str, *mentions: str, name: str | None = None, code: str | None = None, **fields: Any
) -> Actor:
    """An actor named by the given words of `text`."""
    spans = [span_of(text, words) for words in mentions]
    country, sector = (code[:3], code[3:]) if code else (None, "")
    return Actor(
        id=id,
        name=name or mentions[0],
        code=code,
        country=country,
        sectors=(sector,) if sector else (),
        mentions=tuple(Mention(start=span.start, end=span.end, kind="name") for span in spans),
        **fields,
    )


def make_event(
    id: str, text: str, trigger: str, *, actors: Sequence[Actor] = (), recipients: Sequence[Actor] = (), **fields: Any
) -> Event:
    """An event whose trigger is the given words; each party by its first mention."""
    facts = {"type": "ASSAULT", "sentence": 0, "score": -9.0, "quad": 4, **fields}
    return Event(id=id, trigger=span_of(text, trigger), actors=_parts(actors), recipients=_parts(recipients), **facts)


def make_claim(
    id: str, text: str, content: str, *, speaker: Actor | None = None, cue: str | None = None, **fields: Any
) -> Claim:
    """A claim with the given words as content."""
    facts = {"kind": "indirect", "sentence": 0, **fields}
    return Claim(
        id=id,
        speaker=speaker.id if speaker else None,
        speaker_span=speaker.mentions[0].span if speaker else None,
        cue=span_of(text, cue) if cue else None,
        content=(span_of(text, content),),
        **facts,
    )


def make_record(text: str, **fields: Any) -> Record:
    """A record of one sentence, unless `sentences` says otherwise."""
    facts = {"id": "doc", "sentences": (Span(0, len(text)),), **fields}
    return Record(text=text, **facts)


def make_party(name: str = "Norland", code: str | None = "NOR", **fields: Any) -> PartyRow:
    """A party of an event; `code` is split into country and sector."""
    facts = {
        "actor": "a1",
        "name": name,
        "code": code,
        "country": code[:3] if code else None,
        "sectors": (code[3:],) if code and code[3:] else (),
        "kind": "organization",
        "reference": None,
        "text": name,
        **fields,
    }
    return PartyRow(**facts)


PAGE = {"title": "A page", "publisher": "The Courier", "url": None, "published": date(2024, 5, 8)}


def make_event_row(
    type: str = "ASSAULT", actors: Sequence[PartyRow] = (), recipients: Sequence[PartyRow] = (), **fields: Any
) -> EventRow:
    """An actual event in the page's own voice on 8 May 2024."""
    figures = dict.fromkeys(("dead_low", "dead_high", "injured_low", "injured_high", "size_low", "size_high"))
    unknown = dict.fromkeys(
        ("mode", "goldstein", "cameo", "claim", "speaker", "place", "country_of_place", "lat", "lon")
    )
    facts = {
        **figures,
        **unknown,
        **PAGE,
        "document": "doc",
        "event": "e1",
        "type": type,
        "status": "actual",
        "quad": 4,
        "score": -9.0,
        "confidence": 0.8,
        "contexts": (),
        "sentence": 0,
        "sentence_text": "Troops shelled the town.",
        "trigger_text": "shelled",
        "day_from": date(2024, 5, 8),
        "day_to": date(2024, 5, 8),
        "day_basis": "text",
        "actors": tuple(actors),
        "recipients": tuple(recipients),
        **fields,
    }
    return EventRow(**facts)


def make_claim_row(words: str = "We shall rebuild.", speaker: PartyRow | None = None, **fields: Any) -> ClaimRow:
    """A direct quotation."""
    facts = {
        **PAGE,
        "document": "doc",
        "claim": "c1",
        "speaker": speaker,
        "speaker_text": speaker.text if speaker else None,
        "cue_text": "said",
        "content_texts": (words,),
        "kind": "direct",
        "sentence": 0,
        "sentence_text": words,
        "embedded_in": None,
        "stance": "asserts",
        "events": (),
        **fields,
    }
    return ClaimRow(**facts)


def make_document_row(id: str = "doc", **fields: Any) -> DocumentRow:
    """A coded page of 8 May 2024."""
    facts = {
        **PAGE,
        "id": id,
        "byline": None,
        "flags": (),
        "error_kind": None,
        "error_message": None,
        "words": 120,
        **fields,
    }
    return DocumentRow(**facts)


def _parts(actors: Sequence[Actor]) -> tuple[Participant, ...]:
    return tuple(
        Participant(actor=actor.id, start=actor.mentions[0].start, end=actor.mentions[0].end) for actor in actors
    )
