"""Tension between two sides over time: scores of incidents, who acts on whom, against how much is reported at all, and where it changes.

What pages state themselves and what they only report somebody saying are two series, never one: a claim is not a fact, and most of what
a side suffers is first told by that side.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from tacitus.analysis.change_points import change_points
from tacitus.analysis.dyads import pairs_of
from tacitus.analysis.incidents import Incident, fold, most_prominent
from tacitus.analysis.wording import Phrases
from tacitus.errors import SettingsError
from tacitus.store import EventRow, Query, Store

UNITS = {"day": 1, "week": 7}
SHOWN = 3  # incidents that a change is put down to


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The incidents of one voice in a step. `score` is the sum of their scores, `there` and `back` its parts by who acts."""

    incidents: tuple[Incident, ...]
    score: float
    there: float
    back: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One day or week between the two: what at least one page states itself (`stated`), and what is only said by somebody (`claimed`).

    `volume` counts the stated incidents between any two sides in the store: `share` is the pair's part of them, None where there are none.
    """

    first: date
    last: date
    stated: Part
    claimed: Part
    volume: int

    @property
    def incidents(self) -> tuple[Incident, ...]:
        """Those that are stated; so are the figures."""
        return self.stated.incidents

    @property
    def score(self) -> float:
        return self.stated.score

    @property
    def there(self) -> float:
        return self.stated.there

    @property
    def back(self) -> float:
        return self.stated.back

    @property
    def share(self) -> float | None:
        return len(self.incidents) / self.volume if self.volume else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A new level of the score from `first` on: means a step before and after, and the incidents that made it."""

    first: date
    before: float
    after: float
    incidents: tuple[Incident, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tension:
    """The series of a pair. `types` counts stated incidents there and back, `claimed_types` those that are only said by somebody.

    `asymmetry`, -1 to 1: how much more of the stated conflict `first` does to `second` than it suffers from it; None without any conflict.
    `changes` are those of the stated series, `claimed_changes` those of the other.
    """

    first: str
    second: str
    unit: str
    steps: tuple[Step, ...]
    types: Mapping[str, tuple[int, int]]
    claimed_types: Mapping[str, tuple[int, int]]
    asymmetry: float | None
    claimed_asymmetry: float | None
    changes: tuple[Change, ...]
    claimed_changes: tuple[Change, ...]


def tension(
    store: Store, first: str, second: str, *, unit: str = "week", since: date | None = None, until: date | None = None
) -> Tension:
    """Read the incidents between two sides (codes, as in dyads) and order them in time. Raises SettingsError for another unit."""
    query = Query(since=since, until=until)
    return build_tension(store.events(query), first, second, unit=unit)


def build_tension(
    events: Sequence[EventRow],
    first: str,
    second: str,
    *,
    unit: str = "week",
    volume: Mapping[date, int] | None = None,
) -> Tension:
    """The same from rows. Exchanging the two sides exchanges `there` and `back` and turns the sign of the asymmetry.

    `volume`: how many stated incidents each day has, where `events` hold those of the pair alone.
    """
    if unit not in UNITS:
        raise SettingsError(f"{unit}: no such unit of time; there are {', '.join(UNITS)}")
    actual = [event for event in events if event.status == "actual"]
    dated = [i for i in fold(actual, phrases=Phrases.load()) if i.score is not None and i.day is not None]
    directions = {id(incident): _directions(incident, first, second) for incident in dated}
    between = [incident for incident in dated if any(directions[id(incident)])]
    counted = _volume(dated) if volume is None else volume
    steps = _steps(counted, between, directions, UNITS[unit])
    stated, claimed = [step.stated for step in steps], [step.claimed for step in steps]
    return Tension(
        first=first,
        second=second,
        unit=unit,
        steps=tuple(steps),
        types=_types((i for i in between if i.stated), directions),
        claimed_types=_types((i for i in between if not i.stated), directions),
        asymmetry=_asymmetry(stated),
        claimed_asymmetry=_asymmetry(claimed),
        changes=tuple(_changes(steps, stated)),
        claimed_changes=tuple(_changes(steps, claimed)),
    )


def _asymmetry(parts: Sequence[Part]) -> float | None:
    there, back = (
        sum(min(score, 0.0) for score in scores) for scores in ([p.there for p in parts], [p.back for p in parts])
    )
    return (there - back) / (there + back) if there + back else None


def _directions(incident: Incident, first: str, second: str) -> tuple[bool, bool]:
    pairs = pairs_of(incident)
    return (first, second) in pairs, (second, first) in pairs


def _volume(dated: Iterable[Incident]) -> Counter[date]:
    """Stated incidents between any two sides, by day."""
    return Counter(i.day for i in dated if i.day is not None and i.stated and pairs_of(i))


def _steps(
    counted: Mapping[date, int],
    between: Sequence[Incident],
    directions: Mapping[int, tuple[bool, bool]],
    length: int,
) -> list[Step]:
    if not between:
        return []
    days = [incident.day for incident in between if incident.day is not None]
    start = min(days) - timedelta(days=min(days).weekday() if length > 1 else 0)
    volume: Counter[int] = Counter()
    for day, number in counted.items():
        volume[(day - start).days // length] += number
    inside: dict[int, list[Incident]] = defaultdict(list)
    for incident in between:
        if incident.day is not None:
            inside[(incident.day - start).days // length].append(incident)
    return [
        _step(start + timedelta(days=n * length), length, inside[n], directions, volume[n])
        for n in range((max(days) - start).days // length + 1)
    ]


def _step(
    first: date, length: int, incidents: Sequence[Incident], directions: Mapping[int, tuple[bool, bool]], volume: int
) -> Step:
    return Step(
        first=first,
        last=first + timedelta(days=length - 1),
        stated=_part([incident for incident in incidents if incident.stated], directions),
        claimed=_part([incident for incident in incidents if not incident.stated], directions),
        volume=volume,
    )


def _part(incidents: Sequence[Incident], directions: Mapping[int, tuple[bool, bool]]) -> Part:
    return Part(
        incidents=tuple(incidents),
        score=sum(incident.score or 0.0 for incident in incidents),
        there=sum(incident.score or 0.0 for incident in incidents if directions[id(incident)][0]),
        back=sum(incident.score or 0.0 for incident in incidents if directions[id(incident)][1]),
    )


def _types(incidents: Iterable[Incident], directions: Mapping[int, tuple[bool, bool]]) -> dict[str, tuple[int, int]]:
    there, back = Counter[str](), Counter[str]()
    for incident in incidents:
        there[incident.type] += directions[id(incident)][0]
        back[incident.type] += directions[id(incident)][1]
    return {type_: (there[type_], back[type_]) for type_ in sorted(there.keys() | back.keys())}


def _changes(steps: Sequence[Step], parts: Sequence[Part]) -> list[Change]:
    """The levels of the score and the incidents of the new level that pull it away from the old one, the most prominent first."""
    series = [part.score for part in parts]
    bounds = [0, *change_points(series), len(series)]
    levels = [(start, end, sum(series[start:end]) / (end - start)) for start, end in pairwise(bounds) if end > start]
    found = []
    for (_, _, before), (start, end, after) in pairwise(levels):
        rises = after > before
        made = [i for part in parts[start:end] for i in part.incidents if ((i.score or 0.0) > 0) == rises]
        foremost = tuple(most_prominent(made)[:SHOWN])
        found.append(Change(first=steps[start].first, before=before, after=after, incidents=foremost))
    return found
