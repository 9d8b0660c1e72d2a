"""Incidents as a reader sees them: the reports of each put together as the store has them, worded, with their figures and citations."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

from tacitus.analysis.basis import standing_of
from tacitus.analysis.wording import Phrases
from tacitus.store import EventRow, PartyRow

REPORTS_WEIGHT = 2.0  # twice as many reports count as much as two points of the score's ten


WORDLESS: dict[str, Any] = {"clause": "", "noun": "", "words": None, "said_by": (), "publishers": (), "citations": ()}


class Citation(NamedTuple):
    """Where a fact stands: the document's id and the sentence's number, counted from 1."""

    document: str
    sentence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """What one or several passages report. `clause` words it; `words` are the page's own, from the surest report.

    `day_basis` is "published" when only the page is dated. `said_by` names the speakers of the claims that tell it.
    `events` are all reports, the surest first. `id` is None for what is no incident in the store: announced or possible events.
    `documents` are pages, `independent` those that are no copies of one another; `denied_by` names who says that it did not happen.
    A page tells it in its own voice, or only reports that somebody says so: `stated` and `claimed` count the two apart.
    """

    id: str | None
    type: str
    mode: str | None
    quad: int | None
    score: float | None
    day: date | None
    day_basis: str | None
    clause: str
    noun: str
    words: str | None
    said_by: tuple[str, ...]
    place: str | None
    dead: tuple[int | None, int | None] | None
    injured: tuple[int | None, int | None] | None
    documents: int
    independent: int
    denied_by: tuple[str, ...]
    publishers: tuple[str, ...]
    citations: tuple[Citation, ...]
    events: tuple[EventRow, ...]

    @property
    def stated(self) -> int:
        """Pages that tell it in their own voice."""
        return len({event.document for event in self.events if event.claim is None})

    @property
    def claimed(self) -> int:
        """Pages that only report that somebody says so."""
        return self.documents - self.stated

    @property
    def standing(self) -> str:
        """On whose word it stands: a key of STANDINGS."""
        return standing_of(self.events)

    @property
    def prominence(self) -> float:
        """How far up a report shows it: the score's distance from 0 and the independent pages (logarithmic), times the confidence."""
        sureness = max((event.confidence for event in self.events if event.confidence is not None), default=1.0)
        return (abs(self.score or 0.0) + REPORTS_WEIGHT * math.log2(max(self.independent, 1))) * sureness


class Key(NamedTuple):
    """What near-identical reports have in common that are in no incident of the store."""

    type: str
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    day: date | None


def fold(
    events: Iterable[EventRow], *, phrases: Phrases, denials: Iterable[EventRow] = (), worded: bool = True
) -> list[Incident]:
    """One incident for all reports that the store has in one; `denials` say of some of them that they did not happen.

    What is in no incident of the store, announced and possible events above all, is folded when type, parties' codes and day are the same;
    without a day or without any party, within its document only. The result is in order of time, undated ones last, then of appearance.
    Unless `worded` they have no words yet: see `with_words`.
    """
    groups: dict[str | tuple[Key, str], list[EventRow]] = defaultdict(list)
    for event in events:
        groups[group_of(event)].append(event)
    denied: dict[str | tuple[Key, str], list[EventRow]] = defaultdict(list)
    for event in denials:
        denied[group_of(event)].append(event)
    found = [_incident(rows, denied[group], phrases, worded=worded) for group, rows in groups.items()]
    return sorted(found, key=lambda incident: incident.day or date.max)


def group_of(event: EventRow) -> str | tuple[Key, str]:
    """The incident an event belongs to: its id in the store, else what it has in common with others."""
    if event.incident is not None:
        return event.incident
    key = Key(event.type, _codes(event, event.actors), _codes(event, event.recipients), event.day_from)
    alone = key.day is None or not (key.actors or key.recipients)
    return key, event.document if alone else ""


def most_prominent(incidents: Iterable[Incident]) -> list[Incident]:
    """Most severe and most reported first; equal ones in order of time."""
    return sorted(incidents, key=lambda incident: -incident.prominence)


def citations(events: Iterable[EventRow]) -> tuple[Citation, ...]:
    """Each sentence once, in the order given."""
    return tuple(dict.fromkeys(Citation(event.document, event.sentence + 1) for event in events))


def with_words(incident: Incident, rows: Mapping[tuple[str, str], EventRow], *, phrases: Phrases) -> Incident:
    """An incident that was folded without words, with them, from its reports by document and id."""
    events = [rows[event.document, event.event] for event in incident.events]
    return replace(incident, events=tuple(events), **_words(events, phrases))


def _incident(rows: Sequence[EventRow], denials: Sequence[EventRow], phrases: Phrases, *, worded: bool) -> Incident:
    rows = sorted(rows, key=_sureness)
    first = rows[0]
    scores = [row.score for row in rows if row.score is not None and row.type == first.type]
    day, day_basis = _day(rows)
    return Incident(
        id=first.incident,
        type=first.type,
        mode=first.mode,
        quad=first.quad,
        score=sum(scores) / len(scores) if scores else None,
        day=day,
        day_basis=day_basis,
        place=next((row.place for row in rows if row.place), None),
        dead=_widest([(row.dead_low, row.dead_high) for row in rows]),
        injured=_widest([(row.injured_low, row.injured_high) for row in rows]),
        documents=len({row.document for row in rows}),
        independent=len({row.origin or row.document for row in rows}),
        denied_by=tuple(dict.fromkeys(_denier(row, phrases) for row in denials)),
        events=tuple(rows),
        **(_words(rows, phrases) if worded else WORDLESS),
    )


def _words(rows: Sequence[EventRow], phrases: Phrases) -> dict[str, Any]:
    """What an incident says of its reports, the surest first."""
    first = rows[0]
    return {
        "clause": phrases.clause(first),
        "noun": phrases.noun(first),
        "words": phrases.quote(first),
        "said_by": tuple(dict.fromkeys(phrases.name(row.speaker) for row in rows if row.speaker is not None)),
        "publishers": tuple(sorted({row.publisher for row in rows if row.publisher})),
        "citations": citations(rows),
    }


def _denier(event: EventRow, phrases: Phrases) -> str:
    """Who says that it did not happen: the speaker, else the page."""
    if event.speaker is not None:
        return phrases.name(event.speaker)
    return event.publisher or event.document if event.claim is None else "a source that is not identified"


def _day(rows: Sequence[EventRow]) -> tuple[date | None, str | None]:
    """The day most reports name; where none names one, that of the page which reported first."""
    named = Counter(row.day_from for row in rows if row.day_basis == "text" and row.day_from is not None)
    if named:
        return named.most_common(1)[0][0], "text"
    return min(((row.day_from or date.max, row.day_from, row.day_basis) for row in rows), key=lambda day: day[0])[1:]


def _sureness(event: EventRow) -> tuple[bool, bool, bool, float]:
    """What pages state themselves before what they quote, named parties before unnamed ones, then by confidence."""
    return (event.claim is not None, not event.actors, not event.recipients, -(event.confidence or 0.0))


def _codes(event: EventRow, parties: Iterable[PartyRow]) -> tuple[str, ...]:
    """Codes, else names; who has neither ("they", "the convoy") is the same only within one document."""
    return tuple(sorted({party.code or _own_name(event, party) for party in parties}))


def _own_name(event: EventRow, party: PartyRow) -> str:
    return (
        party.name.lower()
        if party.kind != "unknown" and party.name[:1].isupper()
        else f"{event.document}/{party.actor}"
    )


def _widest(figures: Iterable[tuple[int | None, int | None]]) -> tuple[int | None, int | None] | None:
    """The lowest and the highest figure of all reports; None when no report gives one."""
    given = [figure for figure in figures if figure != (None, None)]
    if not given:
        return None
    lows = [low for low, _ in given if low is not None]
    highs = [high for _, high in given if high is not None]
    open_ended = any(high is None for _, high in given)
    return (min(lows) if lows else None, None if open_ended or not highs else max(highs))
