"""The situation page's facts: what a period holds, the pairs that changed in it, and where it happened."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from tacitus.analysis import Dyad, Incident, Interval, Situation
from tacitus.analysis.dyads import dyads
from tacitus.analysis.incidents import with_words as worded
from tacitus.analysis.intensity import intensity
from tacitus.analysis.parties import sides
from tacitus.analysis.situation import situation
from tacitus.analysis.spots import Spot, spots
from tacitus.analysis.wording import Phrases
from tacitus.store import Query
from tacitus.store.reading_pages import Reader, Who
from tacitus.web.room import Room

AT_ONCE = 2_000  # events: what opens of itself must be there in a moment, so a large database opens on its last days
MOST = 20_000  # events: a period with more takes many seconds to put in order; its last days are shown, and the page says so
MAX_SPOTS = 150  # the most frequent places; more dots cannot be told apart


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What `actor` did to `recipient` (sides) in the first and in the second half of a period."""

    actor: str
    recipient: str
    before: Dyad | None
    after: Dyad | None

    @property
    def size(self) -> float:
        """How much the sum of scores moved."""
        totals = [dyad.score * dyad.count if dyad else 0.0 for dyad in (self.before, self.after)]
        return totals[1] - totals[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A situation with what pages show beside it."""

    situation: Situation
    changes: tuple[Change, ...]
    middle: date | None
    spots: tuple[Spot, ...]
    unplaced: int

    @property
    def day_before(self) -> date | None:
        """The last day of the first half."""
        return self.middle - timedelta(days=1) if self.middle else None


def opening_query(
    room: Room, reader: Reader, query: Query, *, who: Who | None = None, with_: Who | None = None
) -> Query:
    """The query; where it holds more events (of these actors) than can be put in order, its last days.

    What is asked for may hold more than what opens of itself.
    """
    return room.kept(("opening", query, who, with_), lambda: _last_days(_days(room, reader, query, who, with_), query))


def _days(
    room: Room, reader: Reader, query: Query, who: Who | None, with_: Who | None
) -> list[tuple[date | None, int]]:
    """Day and number of events; those of everybody are counted once for all periods."""
    if query.actor or query.with_ or who or with_:
        return reader.days_of_events(query, who=who, with_=with_)
    days = room.kept("days of events", lambda: reader.days_of_events(Query()))
    first, last = query.since or date.min, query.until or date.max
    bounded = query.since or query.until
    return [(day, number) for day, number in days if (first <= day <= last if day else not bounded)]


def _last_days(days: Sequence[tuple[date | None, int]], query: Query) -> Query:
    most = MOST if query.since or query.until else AT_ONCE
    dated = [(day, number) for day, number in days if day is not None]
    if sum(number for _, number in days) <= most or not dated:
        return query
    since, seen = dated[-1][0], 0
    for day, number in reversed(dated):
        seen += number
        if seen > most:
            break
        since = day
    return replace(query, since=since)


def view_of(room: Room, reader: Reader, query: Query, *, place: str | None = None) -> View:
    """Read and order; kept until the database changes. With a place, what happened there."""
    whole = room.kept(("situation", query), lambda: build_view(reader, query))
    return whole if place is None else room.kept(("situation", query, place), lambda: narrowed(whole, place))


def narrowed(view: View, place: str) -> View:
    """The incidents, pairs, questions and the course of one place. The map keeps all places, so that one can go on to another."""
    found = view.situation
    incidents = tuple(at_place(found.incidents, place))
    here = replace(
        found,
        incidents=incidents,
        allegations=tuple(a for a in found.allegations if at_place([a.incident], place)),
        questions=tuple(q for q in found.questions if at_place([q.incident], place)),
        intervals=_same_intervals(found.intervals, incidents),
    )
    middle, changed = changes(here)
    return replace(view, situation=here, changes=tuple(changed), middle=middle, unplaced=0)


def _same_intervals(intervals: Sequence[Interval], incidents: Sequence[Incident]) -> tuple[Interval, ...]:
    """The same days as before, so that the course of one place can be laid beside that of all."""
    if not intervals:
        return ()
    first, last = intervals[0].first, intervals[-1].last
    inside = {interval.first: interval for interval in intensity(incidents, since=first, until=last, over=intervals)}
    return tuple(inside[interval.first] for interval in intervals)


def build_view(reader: Reader, query: Query) -> View:
    """Read and order, without the words of events and incidents: `with_words` reads those that are shown."""
    found = situation(reader, query, worded=False)
    middle, changed = changes(found)
    where = spots(found.incidents)
    return View(
        situation=found,
        changes=tuple(changed),
        middle=middle,
        spots=tuple(where[:MAX_SPOTS]),
        unplaced=len(found.incidents) - sum(spot.count for spot in where),
    )


def with_words(reader: Reader, view: View, shown: Iterable[Incident]) -> View:
    """The view with words for these of its incidents."""
    of = words_of(reader, shown)
    found = view.situation
    situation = replace(
        found,
        incidents=tuple(map(of, found.incidents)),
        allegations=tuple(replace(a, incident=of(a.incident)) for a in found.allegations),
        questions=tuple(replace(q, incident=of(q.incident)) for q in found.questions),
        intervals=tuple(
            replace(i, worst=of(i.worst) if i.worst else None, best=of(i.best) if i.best else None)
            for i in found.intervals
        ),
    )
    return replace(view, situation=situation)


def words_of(reader: Reader, shown: Iterable[Incident]) -> Callable[[Incident], Incident]:
    """What gives an incident that was folded without words with them, if it is one of these, whose words are read at once."""
    chosen = {id(incident): incident for incident in shown}
    rows = reader.worded([event for incident in chosen.values() for event in incident.events])
    phrases = Phrases.load()
    made = {key: worded(incident, rows, phrases=phrases) for key, incident in chosen.items()}
    return lambda incident: made.get(id(incident), incident)


def changes(found: Situation) -> tuple[date | None, list[Change]]:
    """The first day of the period's second half, and all pairs, those that changed most first."""
    first = found.intervals[0].first if found.intervals else None
    last = found.intervals[-1].last if found.intervals else None
    if first is None or last is None or first == last:
        return None, []
    middle = first + (last - first) / 2 + timedelta(days=1)
    dated = [incident for incident in found.incidents if incident.day is not None and first <= incident.day <= last]
    halves = [_by_pair(i for i in dated if i.day and (i.day >= middle) is late) for late in (False, True)]
    pairs = sorted(halves[0].keys() | halves[1].keys())
    found_ = [Change(actor=a, recipient=b, before=halves[0].get((a, b)), after=halves[1].get((a, b))) for a, b in pairs]
    return middle, sorted(found_, key=lambda change: -abs(change.size))


def at_place(incidents: Sequence[Incident], place: str | None) -> list[Incident]:
    """The incidents at a place; all without one."""
    return [i for i in incidents if place is None or any(row.place == place for row in i.events)]


def _by_pair(incidents: Iterable[Incident]) -> dict[tuple[str, str], Dyad]:
    chosen = list(incidents)
    everybody = [party for i in chosen for row in i.events for party in (*row.actors, *row.recipients)]
    return {(d.actor, d.recipient): d for d in dyads(chosen, names={side: side for side in sides(everybody)})}
