"""Where incidents happened: places with coordinates, and how they score there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from tacitus.analysis.incidents import Incident


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A place with what happened there: number of incidents and their mean score."""

    name: str
    country: str | None
    lat: float
    lon: float
    count: int
    score: float


def spots(incidents: Iterable[Incident]) -> list[Spot]:
    """Places with coordinates, those of most incidents first."""
    groups: dict[tuple[str, str | None, float, float], list[float]] = defaultdict(list)
    for incident in incidents:
        row = next((r for r in incident.events if r.place and r.lat is not None and r.lon is not None), None)
        if row is not None and row.place and row.lat is not None and row.lon is not None:
            groups[row.place, row.country_of_place, row.lat, row.lon].append(incident.score or 0.0)
    found = [
        Spot(name=name, country=country, lat=lat, lon=lon, count=len(scores), score=sum(scores) / len(scores))
        for (name, country, lat, lon), scores in groups.items()
    ]
    return sorted(found, key=lambda spot: (-spot.count, spot.name))
