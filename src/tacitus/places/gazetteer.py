"""The gazetteer: settlements of 500 inhabitants and more, countries, first-order divisions, and what the press names besides.

Settlements come from GeoNames in one compressed file made by `tools/build_gazetteer.py`; the rest stands in readable tables.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from tacitus.errors import DataError
from tacitus.places.names import name_key
from tacitus.resources import data_path, load_tsv

COUNTRY_COLUMNS = ("iso2", "iso3", "geonameid", "name", "aliases", "lat", "lon", "capital", "population")
DIVISION_COLUMNS = ("country", "code", "seat", "name", "aliases", "geonameid", "lat", "lon")
COUNTY_COLUMNS = ("name", "states")
SUPPLEMENT_COLUMNS = ("name", "aliases", "feature", "country", "lat", "lon", "geonameid")
SAME_KM = 25.0  # two entries of one name this near are one place
EARTH_KM = 6371.0088
CACHE = 50_000  # names whose candidates are remembered, about 20 MB
GENERIC_DOMAINS = frozenset({"co", "tv", "io", "me", "ai", "fm", "la", "cc", "ws", "to", "ly", "gg", "am", "st", "is"})
_TOP_LEVEL = re.compile(r"^(?:[a-z]+://)?[^/\s:?#]+\.([a-z]{2})(?=[/:?#\s]|$)")
_NEWLINE = 10


@dataclass(frozen=True, slots=True)
class Entry:
    """A place. `feature` is GeoNames' class and code; `country` ISO alpha-3, None for the sea and for disputed places.

    `located` is False where lat and lon are only those of the state it lies in: good for comparing, not to be told.
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
    located: bool = True

    def km_to(self, other: Entry) -> float:
        """Great-circle distance."""
        return distance_km(self.lat, self.lon, other.lat, other.lon)


def distance_km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Great-circle distance of two points in degrees (haversine)."""
    a, b, c, d = map(math.radians, (lat, lon, other_lat, other_lon))
    root = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(root)))


class _Lines:
    """Lines of a text kept as bytes: no string object for each of half a million names."""

    def __init__(self, array: Any) -> None:
        self._bytes = array.tobytes()
        ends = np.flatnonzero(array == _NEWLINE)
        self._starts = np.concatenate(([0], ends + 1)).astype(np.int32)
        self._ends = np.concatenate((ends, [len(array)])).astype(np.int32)

    def __len__(self) -> int:
        return len(self._starts)

    def __getitem__(self, index: int) -> bytes:
        line: bytes = self._bytes[self._starts[index] : self._ends[index]]
        return line

    def find(self, line: bytes) -> int | None:
        """The index of a line, the lines being in order; None when it is not there."""
        low, high = 0, len(self._starts)
        while low < high:
            middle = (low + high) // 2
            if self[middle] < line:
                low = middle + 1
            else:
                high = middle
        return low if low < len(self) and self[low] == line else None


class Settlements:
    """The table of settlements: arrays, one place a row."""

    def __init__(self, arrays: Mapping[str, Any]) -> None:
        self.ids = np.cumsum(arrays["ids"])
        self.lat, self.lon = arrays["lat"], arrays["lon"]
        self.population, self.division = arrays["population"], arrays["division"]
        self.divisions = arrays["divisions"].tobytes().decode().split("\n")
        self._names, self._keys = _Lines(arrays["names"]), _Lines(arrays["keys"])
        self._bearers = arrays["bearers"]
        self._first = np.concatenate(([0], np.cumsum(arrays["counts"], dtype=np.int64)))

    @classmethod
    def load(cls, path: Path) -> Settlements:
        """Read the file that the build tool wrote.

        Raises DataError when it is missing or damaged.
        """
        try:
            with np.load(path) as arrays:
                return cls({name: arrays[name] for name in arrays.files})
        except FileNotFoundError as err:
            raise DataError(f"{path}: no such file; make it with tools/build_gazetteer.py") from err
        except (KeyError, ValueError, OSError) as err:
            raise DataError(f"{path}: not a table of settlements: {err}") from err

    def find(self, key: str) -> Sequence[int]:
        """The rows of the places that bear a name."""
        index = self._keys.find(key.encode("utf-8", "surrogatepass"))
        if index is None:
            return ()
        rows: Sequence[int] = self._bearers[self._first[index] : self._first[index + 1]].tolist()
        return rows

    def name(self, row: int) -> str:
        """The name GeoNames has."""
        return self._names[row].decode()

    def division_of(self, row: int) -> str:
        """ "CC.code" of the first-order division."""
        code: str = self.divisions[self.division[row]]
        return code

    @cached_property
    def centres(self) -> Mapping[str, tuple[float, float, int]]:
        """The middle of the places of each division, and their inhabitants."""
        size = np.bincount(self.division, minlength=len(self.divisions))
        lat = np.bincount(self.division, weights=self.lat, minlength=len(self.divisions)) / np.maximum(size, 1) / 1000
        lon = np.bincount(self.division, weights=self.lon, minlength=len(self.divisions)) / np.maximum(size, 1) / 1000
        people = np.bincount(self.division, weights=self.population, minlength=len(self.divisions))
        return {
            code: (float(a), float(b), int(n)) for code, a, b, n in zip(self.divisions, lat, lon, people, strict=True)
        }


class Gazetteer:
    """Names to places. Build it with `load`; it is read-only afterwards and may be shared."""

    def __init__(self, settlements: Settlements, countries: Sequence[Mapping[str, str]]) -> None:
        self._settlements = settlements
        self._iso3 = {row["iso2"]: row["iso3"] for row in countries}
        self._capitals = {self._largest(row["capital"], row["iso2"]) for row in countries if row["capital"]}
        self._division_names: dict[str, str] = {}
        self._states: dict[str, Entry] = {}
        self._counties: dict[str, tuple[str, Sequence[str]]] = {}
        self._named: dict[str, list[Entry]] = defaultdict(list)
        self._cache: dict[str, tuple[Entry, ...]] = {}

    @classmethod
    def load(cls) -> Gazetteer:
        """The gazetteer of the package, in about a fifth of a second.

        Raises DataError when a file is missing or a row is wrong.
        """
        countries = load_tsv(data_path("places", "countries.tsv"), COUNTRY_COLUMNS)
        gazetteer = cls(Settlements.load(data_path("places", "settlements.npz")), countries)
        gazetteer._add_divisions(load_tsv(data_path("places", "admin1.tsv"), DIVISION_COLUMNS))
        gazetteer._add_countries(countries)
        counties = load_tsv(data_path("places", "counties.tsv"), COUNTY_COLUMNS)
        gazetteer._counties = {name_key(row["name"]): (row["name"], row["states"].split()) for row in counties}
        gazetteer._add_supplement(load_tsv(data_path("places", "supplement.tsv"), SUPPLEMENT_COLUMNS))
        return gazetteer

    def candidates(self, name: str) -> tuple[Entry, ...]:
        """All places that bear a name, however it is accented or spelled with hyphens; the most populous first."""
        key = name_key(name)
        found = self._cache.get(key)
        if found is None:
            if len(self._cache) >= CACHE:
                self._cache.clear()
            found = self._cache[key] = self._look_up(key)
        return found

    def country_of_domain(self, address: str) -> str | None:
        """The country of the top-level domain of an address; None for generic ones and those that are used as such (.tv, .co)."""
        match = _TOP_LEVEL.search(address.lower())
        if match is None or match[1] in GENERIC_DOMAINS:
            return None
        return self._iso3.get({"uk": "GB"}.get(match[1], match[1].upper()))

    def _look_up(self, key: str) -> tuple[Entry, ...]:
        if not key:
            return ()
        named = [*self._named.get(key, []), *self._counties_of(key)]
        settled = [self._entry(row) for row in self._settlements.find(key)]
        kept = [entry for entry in named if entry.geonameid is not None or not _is_double(entry, settled)]
        ids = {entry.geonameid for entry in kept if entry.geonameid is not None}
        kept += [entry for entry in settled if entry.geonameid not in ids]
        return tuple(sorted(kept, key=lambda entry: -entry.population))

    def _entry(self, row: int) -> Entry:
        table = self._settlements
        division = table.division_of(row)
        iso2, name = division[:2], table.name(row)
        return Entry(
            name=name,
            lat=float(table.lat[row]) / 1000,
            lon=float(table.lon[row]) / 1000,
            feature="P.PPLC" if row in self._capitals else "P.PPL",
            country=self._iso3.get(iso2),
            admin1=self._division_names.get(division),
            population=int(table.population[row]),
            geonameid=int(table.ids[row]),
        )

    def _add(self, entry: Entry, aliases: Iterable[str]) -> None:
        for key in {name_key(name) for name in (entry.name, *aliases)} - {""}:
            self._named[key].append(entry)

    def _add_divisions(self, rows: Iterable[Mapping[str, str]]) -> None:
        for row in rows:
            code = f"{row['country']}.{row['code']}" if row["code"] else self._division_of_seat(row)
            self._division_names.setdefault(code, row["name"])
            lat, lon, people = self._settlements.centres[code]
            entry = Entry(
                name=row["name"],
                lat=float(row["lat"] or round(lat, 2)),
                lon=float(row["lon"] or round(lon, 2)),
                feature="A.ADM1",
                country=self._iso3[row["country"]],
                admin1=row["name"],
                population=people,
                geonameid=int(row["geonameid"]) if row["geonameid"] else None,
            )
            self._states[code] = entry
            self._add(entry, _listed(row["aliases"]))

    def _counties_of(self, key: str) -> list[Entry]:
        """The counties of the United States that bear a name, each standing where its state is."""
        name, codes = self._counties.get(key, ("", ()))
        states = [self._states[f"US.{code}"] for code in codes]
        return [
            replace(state, name=name, feature="A.ADM2", population=0, geonameid=None, located=False) for state in states
        ]

    def _largest(self, name: str, iso2: str) -> int | None:
        """The row of the largest place of that name in the country."""
        table = self._settlements
        rows = [row for row in table.find(name_key(name)) if table.division_of(row)[:2] == iso2]
        return max(rows, key=lambda row: int(table.population[row]), default=None)

    def _division_of_seat(self, row: Mapping[str, str]) -> str:
        """The division that the largest place of that name in the country lies in."""
        seat = self._largest(row["seat"], row["country"])
        if seat is None:
            where = f"{data_path('places', 'admin1.tsv')}:{row['']}"
            raise DataError(f"{where}: no settlement {row['seat']!r} in {row['country']}")
        return self._settlements.division_of(seat)

    def _add_countries(self, rows: Iterable[Mapping[str, str]]) -> None:
        middles: dict[str, list[tuple[float, float, int]]] = defaultdict(list)
        for code, centre in self._settlements.centres.items():
            middles[code[:2]].append(centre)
        for row in rows:
            middle = middles.get(row["iso2"]) or [(0.0, 0.0, 0)]
            entry = Entry(
                name=row["name"],
                lat=float(row["lat"]) if row["lat"] else round(sum(lat for lat, _, _ in middle) / len(middle), 2),
                lon=float(row["lon"]) if row["lon"] else round(sum(lon for _, lon, _ in middle) / len(middle), 2),
                feature="A.PCLI",
                country=row["iso3"],
                population=int(row["population"]),
                geonameid=int(row["geonameid"]),
            )
            self._add(entry, _listed(row["aliases"]))

    def _add_supplement(self, rows: Iterable[Mapping[str, str]]) -> None:
        path = data_path("places", "supplement.tsv")
        for row in rows:
            claimants = tuple(_listed(row["country"]))
            try:
                entry = Entry(
                    name=row["name"],
                    lat=float(row["lat"]),
                    lon=float(row["lon"]),
                    feature=row["feature"],
                    country=claimants[0] if len(claimants) == 1 else None,
                    geonameid=int(row["geonameid"]) if row["geonameid"] else None,
                    claimants=claimants,
                )
            except ValueError as err:
                raise DataError(f"{path}:{row['']}: {err}") from err
            self._add(self._with_population(entry), _listed(row["aliases"]))

    def _with_population(self, entry: Entry) -> Entry:
        """A supplement row that repeats a settlement under another spelling takes over what the table knows of it."""
        if entry.geonameid is None or not entry.feature.startswith("P."):
            return entry
        same = [self._entry(row) for row in self._settlements.find(name_key(entry.name))]
        known = next((other for other in same if other.geonameid == entry.geonameid), None)
        return entry if known is None else replace(entry, population=known.population, admin1=known.admin1)


def _listed(cell: str) -> list[str]:
    return [part.strip() for part in cell.split("|") if part.strip()]


def _is_double(entry: Entry, others: Iterable[Entry]) -> bool:
    """Whether the table of settlements has the place already."""
    return entry.feature.startswith("P.") and any(entry.km_to(other) < SAME_KM for other in others)
