"""Folding near-identical reports: the same type between parties of the same codes on the same day is one incident."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from tacitus.analysis.wording import Phrases
from tacitus.store import EventRow, PartyRow

REPORTS_WEIGHT = 2.0  # twice as many reports count as much as two points of the score's ten


class Citation(NamedTuple):
    """Where a fact stands: the document's id and the sentence's number, counted from 1."""

    document: str
    sentence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """What one or several passages report. `clause` words it; `words` are the page's own, from the surest report.

    `day_basis` is "published" when only the page is dated. `said_by` names the speakers of the claims that tell it.
    `events` are all reports, the surest first.
    """

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
    publishers: tuple[str, ...]
    citations: tuple[Citation, ...]
    events: tuple[EventRow, ...]

    @property
    def prominence(self) -> float:
        """How far up a report shows it: the score's distance from 0 and the number of documents (logarithmic), times the confidence."""
        sureness = max((event.confidence for event in self.events if event.confidence is not None), default=1.0)
        return (abs(self.score or 0.0) + REPORTS_WEIGHT * math.log2(max(self.documents, 1))) * sureness


class Key(NamedTuple):
    """What near-identical reports have in common."""

    type: str
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    day: date | None


def fold(events: Iterable[EventRow], *, phrases: Phrases) -> list[Incident]:
    """One incident for all reports of the same type, parties' codes and day.

    Reports without a day or without any party are folded within their document only. Reciprocal parties have no order.
    The result is in order of time, undated ones last, then of first appearance.
    """
    groups: dict[tuple[Key, str], list[EventRow]] = defaultdict(list)
    for event in events:
        key = key_of(event)
        alone = key.day is None or not (key.actors or key.recipients)
        groups[key, event.document if alone else ""].append(event)
    found = [_incident(rows, phrases) for rows in groups.values()]
    return sorted(found, key=lambda incident: incident.day or date.max)


def key_of(event: EventRow) -> Key:
    """The incident an event belongs to."""
    return Key(event.type, _codes(event, event.actors), _codes(event, event.recipients), event.day_from)


def most_prominent(incidents: Iterable[Incident]) -> list[Incident]:
    """Most severe and most reported first; equal ones in order of time."""
    return sorted(incidents, key=lambda incident: -incident.prominence)


def citations(events: Iterable[EventRow]) -> tuple[Citation, ...]:
    """Each sentence once, in the order given."""
    return tuple(dict.fromkeys(Citation(event.document, event.sentence + 1) for event in events))


def _incident(rows: Sequence[EventRow], phrases: Phrases) -> Incident:
    rows = sorted(rows, key=_sureness)
    first = rows[0]
    scores = [row.score for row in rows if row.score is not None]
    return Incident(
        type=first.type,
        mode=first.mode,
        quad=first.quad,
        score=sum(scores) / len(scores) if scores else None,
        day=first.day_from,
        day_basis="text" if any(row.day_basis == "text" for row in rows) else first.day_basis,
        clause=phrases.clause(first),
        noun=phrases.noun(first),
        words=phrases.quote(first),
        said_by=tuple(dict.fromkeys(phrases.name(row.speaker) for row in rows if row.speaker is not None)),
        place=next((row.place for row in rows if row.place), None),
        dead=_widest([(row.dead_low, row.dead_high) for row in rows]),
        injured=_widest([(row.injured_low, row.injured_high) for row in rows]),
        documents=len({row.document for row in rows}),
        publishers=tuple(sorted({row.publisher for row in rows if row.publisher})),
        citations=citations(rows),
        events=tuple(rows),
    )


def _sureness(event: EventRow) -> tuple[bool, bool, float]:
    """Named parties before unnamed ones, then by confidence."""
    return (not event.actors, not event.recipients, -(event.confidence or 0.0))


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
