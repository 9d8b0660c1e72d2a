"""The situation page's facts: what a period holds, the pairs that changed in it, and where it happened."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from tacitus.analysis import Dyad, Incident, Interval, Situation
from tacitus.analysis.dyads import dyads
from tacitus.analysis.intensity import intensity
from tacitus.analysis.parties import side_names, sides
from tacitus.analysis.situation import build_situation
from tacitus.analysis.spots import Spot, spots
from tacitus.analysis.wording import Phrases
from tacitus.store import Query
from tacitus.store.reading_pages import Reader
from tacitus.web.room import Room

AT_ONCE = (
    20_000  # events: a period with more takes seconds to put in order, so a large database opens on its last month
)
MONTH = 31  # days
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
    """A situation with what pages show beside it. `names`: how to name each side."""

    situation: Situation
    names: dict[str, str]
    changes: tuple[Change, ...]
    middle: date | None
    spots: tuple[Spot, ...]
    unplaced: int

    @property
    def day_before(self) -> date | None:
        """The last day of the first half."""
        return self.middle - timedelta(days=1) if self.middle else None


def opening_query(reader: Reader, query: Query) -> Query:
    """The query, with a first day where none was asked for and everything at once would be too much."""
    if query.since or query.until or reader.number_of_events(query) <= AT_ONCE:
        return query
    _, last = reader.days()
    since = last - timedelta(days=MONTH - 1) if last else None
    return Query(actor=query.actor, with_=query.with_, since=since)


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
    events = reader.events(query)
    found = build_situation(reader.documents(query), events, reader.claims(query), query=query)
    names = side_names(events, phrases=Phrases.load())
    middle, changed = changes(found)
    where = spots(found.incidents)
    return View(
        situation=found,
        names=names,
        changes=tuple(changed),
        middle=middle,
        spots=tuple(where[:MAX_SPOTS]),
        unplaced=len(found.incidents) - sum(spot.count for spot in where),
    )


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
