"""The gazetteer: settlements of 500 inhabitants and more, countries, first-order divisions, and what the press names besides.

Settlements come from GeoNames in one compressed file made by `tools/build_gazetteer.py`; the rest stands in readable tables.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from tacitus.errors import DataError
from tacitus.places.entry import Entry, PlaceRow
from tacitus.places.names import name_key
from tacitus.places.ownplaces import read_own_places
from tacitus.places.settlements import Settlements
from tacitus.resources import data_digest, data_path, load_tsv

COUNTRY_COLUMNS = ("iso2", "iso3", "geonameid", "name", "aliases", "lat", "lon", "capital", "population")
DIVISION_COLUMNS = ("country", "code", "seat", "name", "aliases", "geonameid", "lat", "lon")
PEOPLE_COLUMNS = ("words", "places")
SUPPLEMENT_COLUMNS = ("name", "aliases", "feature", "country", "lat", "lon", "geonameid")
SAME_KM = 25.0  # two entries of one name this near are one place
COUNTIES = ("county", "parish")
RENOWN = 1_000_000  # inhabitants of the town that a region, a sea, a camp of our own table is as well known as
CACHE = 50_000  # names whose candidates are remembered, about 20 MB
GENERIC_DOMAINS = frozenset({"co", "tv", "io", "me", "ai", "fm", "la", "cc", "ws", "to", "ly", "gg", "am", "st", "is"})
_TOP_LEVEL = re.compile(r"^(?:[a-z]+://)?[^/\s:?#]+\.([a-z]{2})(?=[/:?#\s]|$)")


class PlaceTable(Protocol):
    """A larger table of places that takes the place of the package's settlements: an index of a GeoNames dump."""

    def find(self, key: str) -> Sequence[PlaceRow]:
        """The places that bear a name, by its key."""

    @property
    def version(self) -> str:
        """What the record's `model.gazetteer` says of it."""


class Gazetteer:
    """Names to places. Build it with `load`; it is read-only afterwards and may be shared."""

    def __init__(
        self, settlements: Settlements, countries: Sequence[Mapping[str, str]], *, table: PlaceTable | None = None
    ) -> None:
        self._settlements, self._table = settlements, table
        self._iso3 = {row["iso2"]: row["iso3"] for row in countries}
        self._capitals = {self._largest(row["capital"], row["iso2"]) for row in countries if row["capital"]}
        self._division_names: dict[str, str] = {}
        self._named: dict[str, list[Entry]] = defaultdict(list)
        self._peoples: dict[str, Sequence[str]] = {}
        self._cache: dict[str, tuple[Entry, ...]] = {}

    @classmethod
    def load(cls, *, table: PlaceTable | None = None, own: Sequence[Path] = ()) -> Gazetteer:
        """The gazetteer of the package, in about a fifth of a second; with a larger `table` instead of its settlements, and with places of
        the user's `own` (CSV files).

        Raises DataError when a file is missing or a row is wrong.
        """
        countries = load_tsv(data_path("places", "countries.tsv"), COUNTRY_COLUMNS)
        gazetteer = cls(Settlements.load(data_path("places", "settlements.npz")), countries, table=table)
        gazetteer._add_divisions(load_tsv(data_path("places", "admin1.tsv"), DIVISION_COLUMNS))
        gazetteer._add_countries(countries)
        gazetteer._add_supplement(load_tsv(data_path("places", "supplement.tsv"), SUPPLEMENT_COLUMNS))
        for row in load_tsv(data_path("places", "peoples.tsv"), PEOPLE_COLUMNS):
            gazetteer._peoples.update(dict.fromkeys(map(name_key, _listed(row["words"])), _listed(row["places"])))
        for path in own:
            for entry, aliases in read_own_places(path, countries=gazetteer._iso3):
                gazetteer._add(entry, aliases)
        return gazetteer

    @property
    def version(self) -> str:
        """What the record's `model.gazetteer` says: the state of the package's tables, and of the larger one where there is one."""
        package = data_digest("places")
        return package if self._table is None else f"{package}+{self._table.version}"

    def candidates(self, name: str) -> tuple[Entry, ...]:
        """All places that bear a name, however it is accented or spelled with hyphens; the most populous first."""
        key = name_key(name)
        found = self._cache.get(key)
        if found is None:
            if len(self._cache) >= CACHE:
                self._cache.clear()
            found = self._cache[key] = self._look_up(key)
        return found

    def homes(self, people: str) -> tuple[Entry, ...]:
        """The countries and regions that an adjective or the name of a people stands for; nothing for other words."""
        return tuple(
            entry
            for place in self._peoples.get(name_key(people), ())
            for entry in self.candidates(place)
            if entry.feature[0] != "P" and entry.feature != "A.ADM2"
        )

    def country_of_domain(self, address: str) -> str | None:
        """The country of the top-level domain of an address; None for generic ones and those that are used as such (.tv, .co)."""
        match = _TOP_LEVEL.search(address.lower())
        if match is None or match[1] in GENERIC_DOMAINS:
            return None
        return self._iso3.get({"uk": "GB"}.get(match[1], match[1].upper()))

    def _look_up(self, key: str) -> tuple[Entry, ...]:
        if not key:
            return ()
        named = self._named.get(key, [])
        settled = self._settled(key)
        kept = [entry for entry in named if entry.geonameid is not None or not _is_double(entry, settled)]
        ids = {entry.geonameid for entry in kept if entry.geonameid is not None}
        kept += [entry for entry in settled if entry.geonameid not in ids]
        return tuple(sorted(kept, key=lambda entry: -entry.population))

    def _settled(self, key: str) -> list[Entry]:
        """The settlements and districts of a name, from the user's table where there is one."""
        if self._table is None:
            rows = [*self._settlements.find(key), *self._counties(key)]
            return [self._entry(row) for row in dict.fromkeys(rows)]
        return [
            Entry(
                name=row.name,
                lat=row.lat,
                lon=row.lon,
                feature=row.feature,
                country=self._iso3.get(row.iso2),
                admin1=self._division_names.get(f"{row.iso2}.{row.division}"),
                population=row.population,
                geonameid=row.geonameid,
            )
            for row in self._table.find(key)
        ]

    def _counties(self, key: str) -> list[int]:
        """The rows of the counties of the United States that are called so for short: "Gwinnett", "Gwinnett Co."."""
        stem, table = key.removesuffix(" co"), self._settlements
        rows = [row for kind in COUNTIES for row in table.find(f"{stem} {kind}")]
        return [row for row in rows if row >= table.districts and table.division_of(row).startswith("US.")]

    def _entry(self, row: int) -> Entry:
        table = self._settlements
        division = table.division_of(row)
        is_district = row >= table.districts
        return Entry(
            name=table.name(row),
            lat=float(table.lat[row]) / 1000,
            lon=float(table.lon[row]) / 1000,
            feature="A.ADM2" if is_district else "P.PPLC" if row in self._capitals else "P.PPL",
            country=self._iso3.get(division[:2]),
            admin1=self._division_names.get(division),
            population=int(table.population[row]),
            geonameid=None if is_district else int(table.ids[row]),
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
            self._add(entry, _listed(row["aliases"]))

    def _largest(self, name: str, iso2: str) -> int | None:
        """The row of the largest place of that name in the country."""
        table = self._settlements
        rows = [
            row for row in table.find(name_key(name)) if row < table.districts and table.division_of(row)[:2] == iso2
        ]
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
                    renown=0 if row["feature"].startswith("P.") else RENOWN,
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
