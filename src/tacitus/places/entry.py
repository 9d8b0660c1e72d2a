"""A place of the gazetteer, and distances on the globe."""

from __future__ import annotations

import math
from dataclasses import dataclass

EARTH_KM = 6371.0088


@dataclass(frozen=True, slots=True)
class Entry:
    """A place. `feature` is GeoNames' class and code; `country` ISO alpha-3, None for the sea and for disputed places,
    which have several `claimants`.

    `renown`: the inhabitants of the town that a place without any is as well known as, where somebody thought it worth a row by hand.
    """

    name: str
    lat: float
    lon: float
    feature: str
    country: str | None = None
    admin1: str | None = None
    population: int = 0
    geonameid: int | None = None
    claimants: tuple[str, ...] = ()
    renown: int = 0

    def km_to(self, other: Entry) -> float:
        """Great-circle distance."""
        return distance_km(self.lat, self.lon, other.lat, other.lon)


def distance_km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Great-circle distance of two points in degrees (haversine)."""
    a, b, c, d = map(math.radians, (lat, lon, other_lat, other_lon))
    root = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(root)))


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place as a table of GeoNames has it: `iso2` and `division` are its country's and its first-order division's codes."""

    geonameid: int
    name: str
    lat: float
    lon: float
    feature: str
    iso2: str
    division: str
    population: int
