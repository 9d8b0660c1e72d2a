"""The situation: what the store holds about a period and its parties, ordered for a reader. No wording of sections, no layout."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from tacitus.analysis.dyads import Dyad, dyads
from tacitus.analysis.incidents import Incident, fold, group_of, most_prominent
from tacitus.analysis.intensity import Interval, intensity
from tacitus.analysis.parties import side_names
from tacitus.analysis.questions import Question, questions
from tacitus.analysis.sources import Caveat, Source, caveats, sources
from tacitus.analysis.statements import Allegation, Speaker, allegations, speakers
from tacitus.analysis.wording import Phrases
from tacitus.store import ClaimRow, DocumentRow, EventRow, Query, ReadingRow, Store

BEFORE_FIRST_PAGE = 7  # days: news of the week before
OPEN = ("future", "hypothetical", "negated")


@dataclass(frozen=True, slots=True, kw_only=True)
class Volume:
    """How much was read and coded. `first` and `last` are the days of the pages. `left_out` events are less sure than `min_confidence`."""

    documents: int
    failed: int
    publishers: int
    words: int
    first: date | None
    last: date | None
    events: int
    actual_own_voice: int
    actual_claimed: int
    claims: int
    left_out: int = 0
    min_confidence: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """Everything a report shows. `incidents` are actual events in the pages' own voice, the most prominent first. `names`: of each side."""

    query: Query
    volume: Volume
    incidents: tuple[Incident, ...]
    allegations: tuple[Allegation, ...]
    speakers: tuple[Speaker, ...]
    dyads: tuple[Dyad, ...]
    intervals: tuple[Interval, ...]
    questions: tuple[Question, ...]
    caveats: tuple[Caveat, ...]
    sources: tuple[Source, ...]
    names: Mapping[str, str]


def situation(store: Store, query: Query, *, min_confidence: float = 0.0, worded: bool = True) -> Situation:
    """Read what `query` asks for and order it. An empty store gives an empty situation.

    Events less sure than `min_confidence` count nowhere; the volume tells how many they are. One without a confidence is kept.
    Unless `worded` its incidents have no words yet: see `build_situation`.
    """
    events, claims = store.events(query, worded=worded), store.claims(query, worded=worded)
    about_some = query.actor is not None or query.with_ is not None
    documents = store.documents(query, of=_told_in(events, claims) if about_some else None)
    return build_situation(
        documents,
        events,
        claims,
        query=query,
        min_confidence=min_confidence,
        worded=worded,
        reading=store.reading(query),
    )


def build_situation(
    documents: Sequence[DocumentRow],
    events: Sequence[EventRow],
    claims: Sequence[ClaimRow],
    *,
    query: Query,
    min_confidence: float = 0.0,
    worded: bool = True,
    reading: ReadingRow | None = None,
) -> Situation:
    """The same from rows. Pure: the same rows give the same situation, and exchanging two parties exchanges them in it.

    About some parties a situation rests on failures and the pages that have their events and claims: others may be left out of `documents`
    when `reading` has the figures of all. Unless `worded` the incidents in it have no words yet (`incidents.with_words`), which takes most
    of the time.
    """
    phrases = Phrases.load()
    coded = len(events)
    events = [event for event in events if event.confidence is None or event.confidence >= min_confidence]
    used = _used(documents, events, claims) if query.actor or query.with_ else documents
    reading = reading or _reading(documents)
    names = side_names(events, phrases=phrases)
    actual = _with_status(events, "actual")
    own_voice = [event for event in actual if event.claim is None]
    told = [event for event in actual if event.claim is not None]
    denials = _with_status(events, "negated")
    stated = {group_of(event) for event in own_voice}
    incidents = fold([e for e in actual if group_of(e) in stated], phrases=phrases, denials=denials, worded=worded)
    still_open = _still_open(events, phrases=phrases, worded=worded)
    return Situation(
        query=query,
        volume=replace(
            _volume(reading, events, claims, own_voice=len(own_voice), told=len(told)),
            left_out=coded - len(events),
            min_confidence=min_confidence,
        ),
        incidents=tuple(most_prominent(incidents)),
        allegations=tuple(allegations(told, own_voice, denials, phrases=phrases, worded=worded)),
        speakers=tuple(speakers(claims, phrases=phrases)),
        dyads=tuple(dyads(incidents, names=names)),
        intervals=tuple(intensity(incidents, since=query.since or _start(reading), until=query.until)),
        questions=tuple(questions(still_open, incidents)),
        caveats=tuple(caveats(used, events, claims)),
        sources=tuple(sources(used, events, claims)),
        names=names,
    )


def _still_open(events: Sequence[EventRow], *, phrases: Phrases, worded: bool) -> list[Incident]:
    """What is announced or possible, and what somebody denies and nobody says."""
    happened = {group_of(event) for event in _with_status(events, "actual")}
    return [
        incident
        for status in OPEN
        for incident in fold(
            [e for e in _with_status(events, status) if status != "negated" or group_of(e) not in happened],
            phrases=phrases,
            worded=worded,
        )
    ]


def _start(reading: ReadingRow) -> date | None:
    """Where a series begins unless asked otherwise: what a page recalls from long before all pages is no part of the period."""
    return reading.first - timedelta(days=BEFORE_FIRST_PAGE) if reading.first else None


def _used(
    documents: Sequence[DocumentRow], events: Sequence[EventRow], claims: Sequence[ClaimRow]
) -> Sequence[DocumentRow]:
    """The pages that an event or claim comes from, and those that failed: about the parties asked for the others say nothing."""
    ids = _told_in(events, claims)
    return [page for page in documents if page.id in ids or page.error_kind is not None]


def _told_in(events: Sequence[EventRow], claims: Sequence[ClaimRow]) -> set[str]:
    return {event.document for event in events} | {claim.document for claim in claims}


def _with_status(events: Sequence[EventRow], status: str) -> list[EventRow]:
    return [event for event in events if event.status == status]


def _reading(documents: Sequence[DocumentRow]) -> ReadingRow:
    read = [page for page in documents if page.error_kind is None]
    days = [page.published for page in read if page.published is not None]
    return ReadingRow(
        documents=len(read),
        failed=len(documents) - len(read),
        publishers=len({page.publisher for page in read if page.publisher}),
        words=sum(page.words for page in read),
        first=min(days, default=None),
        last=max(days, default=None),
    )


def _volume(
    reading: ReadingRow, events: Sequence[EventRow], claims: Sequence[ClaimRow], *, own_voice: int, told: int
) -> Volume:
    return Volume(
        documents=reading.documents,
        failed=reading.failed,
        publishers=reading.publishers,
        words=reading.words,
        first=reading.first,
        last=reading.last,
        events=len(events),
        actual_own_voice=own_voice,
        actual_claimed=told,
        claims=len(claims),
    )
