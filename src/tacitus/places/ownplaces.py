"""Places of the user's own, from a CSV file: `name,lat,lon` and, as far as known, `country,admin1,feature,population,aliases`."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from tacitus.errors import DataError
from tacitus.places.entry import Entry

NEEDED = ("name", "lat", "lon")
COLUMNS = (*NEEDED, "country", "admin1", "feature", "population", "aliases", "geonameid")
RENOWN = 1_000_000  # inhabitants of the town that a place of the user's is as well known as on the user's pages
FEATURE = "L.LCTY"  # GeoNames' "locality": what a place of the user's is when the file does not say


def read_own_places(path: Path, *, countries: Mapping[str, str]) -> Iterator[tuple[Entry, Sequence[str]]]:
    """Each place with its other names, which are separated by "|". `countries`: ISO alpha-2 to alpha-3; the file may use either.

    Raises DataError naming file and line when a column or a value is wrong.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            table = csv.DictReader(file, restkey="")
            _check(path, table.fieldnames or ())
            for row in table:
                try:
                    yield _entry(row, countries), [name.strip() for name in (row.get("aliases") or "").split("|")]
                except (TypeError, ValueError) as err:
                    raise DataError(f"{path}:{table.line_num}: {err}") from err
    except (OSError, UnicodeDecodeError, csv.Error) as err:
        raise DataError(f"{path}: cannot be read as CSV in UTF-8: {err}") from err


def _check(path: Path, columns: Sequence[str]) -> None:
    missing = [name for name in NEEDED if name not in columns]
    unknown = [name for name in columns if name not in COLUMNS]
    if missing or unknown:
        wrong = f"no column {missing[0]!r}" if missing else f"unknown column {unknown[0]!r}"
        raise DataError(f"{path}:1: {wrong}; known are {', '.join(COLUMNS)}")


def _entry(row: Mapping[str, str], countries: Mapping[str, str]) -> Entry:
    lat, lon = float(row["lat"]), float(row["lon"])
    if not row["name"].strip() or not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise ValueError("a place needs a name, lat from -90 to 90 and lon from -180 to 180")
    country = (row.get("country") or "").strip().upper()
    if country and country not in countries and country not in countries.values():
        raise ValueError(f"unknown country {country!r}; ISO 3166-1 codes are known")
    return Entry(
        name=row["name"].strip(),
        lat=lat,
        lon=lon,
        feature=row.get("feature") or FEATURE,
        country=countries.get(country, country) or None,
        admin1=row.get("admin1") or None,
        population=int(row.get("population") or 0),
        renown=RENOWN,
        geonameid=int(row["geonameid"]) if row.get("geonameid") else None,
    )
