"""Conflict and cooperation over time, in days, weeks or months."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tacitus.analysis.incidents import Incident, most_prominent

DAYS_UP_TO = 31  # a period of a month at most is shown by days, half a year by weeks, a longer one by months
WEEKS_UP_TO = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """The incidents of `first` to `last`, inclusive: sums of negative and of positive scores, and the most prominent of each sign."""

    first: date
    last: date
    count: int
    conflict: float
    cooperation: float
    worst: Incident | None
    best: Incident | None

    @property
    def foremost(self) -> Incident | None:
        """The more prominent of the two."""
        return max(filter(None, (self.worst, self.best)), key=lambda incident: incident.prominence, default=None)

    @property
    def mean(self) -> float | None:
        """The mean score, -10 to +10; None without incidents."""
        return (self.conflict + self.cooperation) / self.count if self.count else None


def intensity(
    incidents: Iterable[Incident],
    *,
    since: date | None = None,
    until: date | None = None,
    over: Sequence[Interval] | None = None,
) -> list[Interval]:
    """The dated, scored incidents by interval, empty intervals included.

    Days outside `since` and `until` are left out; without bounds the incidents' own first and last day bound the period. `over`: the
    intervals to sort them into, instead of those that suit them.
    """
    dated = [
        (incident.day, incident)
        for incident in incidents
        if incident.day is not None
        and incident.score is not None
        and (since is None or since <= incident.day)
        and (until is None or incident.day <= until)
    ]
    if not dated and over is None:
        return []
    bounds = (
        [(interval.first, interval.last) for interval in over]
        if over is not None
        else _bounds(min(day for day, _ in dated), max(day for day, _ in dated))
    )
    inside: dict[date, list[Incident]] = defaultdict(list)
    starts = [first for first, _ in bounds]
    for day, incident in dated:
        inside[starts[bisect_right(starts, day) - 1]].append(incident)
    return [_interval(first, last, inside[first]) for first, last in bounds]


def unit(intervals: Sequence[Interval]) -> str:
    """What the intervals are: day, week or month."""
    length = (intervals[0].last - intervals[0].first).days
    return "day" if length == 0 else "week" if length == 6 else "month"


def _bounds(first: date, last: date) -> list[tuple[date, date]]:
    length = (last - first).days + 1
    if length <= DAYS_UP_TO:
        return [(first + timedelta(days=n), first + timedelta(days=n)) for n in range(length)]
    if length <= WEEKS_UP_TO:
        monday = first - timedelta(days=first.weekday())
        weeks = ((last - monday).days // 7) + 1
        return [(monday + timedelta(weeks=n), monday + timedelta(weeks=n, days=6)) for n in range(weeks)]
    months = []
    month = first.replace(day=1)
    while month <= last:
        following = (month + timedelta(days=32)).replace(day=1)
        months.append((month, following - timedelta(days=1)))
        month = following
    return months


def _interval(first: date, last: date, incidents: Sequence[Incident]) -> Interval:
    scores = [incident.score or 0.0 for incident in incidents]
    ordered = most_prominent(incidents)
    return Interval(
        first=first,
        last=last,
        count=len(incidents),
        conflict=sum(score for score in scores if score < 0),
        cooperation=sum(score for score in scores if score > 0),
        worst=next((incident for incident in ordered if (incident.score or 0.0) < 0), None),
        best=next((incident for incident in ordered if (incident.score or 0.0) >= 0), None),
    )
