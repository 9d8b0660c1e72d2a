"""An index of places of the user's own, made from a dump of GeoNames: a SQLite file that answers a name in some ten microseconds.

SQLite and not DuckDB: single names are looked up, thousands a second, and nothing is summed up.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any

from tacitus.errors import StoreError
from tacitus.places.entry import PlaceRow
from tacitus.text import stable_hash

SCHEMA = 1
BATCH = 20_000  # places written at once
CACHE_KB = 65_536  # memory SQLite may take for its pages; sorting goes through temporary files
_TABLES = """
CREATE TABLE place (
  geonameid INTEGER PRIMARY KEY, name TEXT, lat REAL, lon REAL, feature TEXT, iso2 TEXT, division TEXT, population INTEGER
);
CREATE TABLE unsorted (key TEXT, geonameid INTEGER);
CREATE TABLE about (schema INTEGER, places INTEGER, names INTEGER, content TEXT);
"""
_SORTED = """
CREATE TABLE name (key TEXT, geonameid INTEGER, PRIMARY KEY (key, geonameid)) WITHOUT ROWID;
INSERT OR IGNORE INTO name SELECT key, geonameid FROM unsorted ORDER BY key, geonameid;
DROP TABLE unsorted;
"""
_FIND = """
SELECT place.geonameid, place.name, lat, lon, feature, iso2, division, population
FROM name JOIN place USING (geonameid) WHERE key = ? ORDER BY population DESC, geonameid
"""


class PlaceIndex:
    """An index opened for reading. It fulfils `tacitus.places.gazetteer.PlaceTable`."""

    def __init__(self, connection: sqlite3.Connection, *, version: str) -> None:
        self._connection = connection
        self.version = version

    def find(self, key: str) -> Sequence[PlaceRow]:
        """The places that bear a name, by its key; the most populous first."""
        try:
            return [PlaceRow(*row) for row in self._connection.execute(_FIND, (key,))]
        except UnicodeEncodeError:
            return []  # a lone surrogate: no name has one


def open_place_index(path: Path) -> PlaceIndex:
    """Open an index.

    Raises StoreError when the file is missing or none that `build_place_index` made.
    """
    if not path.is_file():
        raise StoreError(f"{path}: no such file; make it with: tacitus places build allCountries.zip --output {path}")
    try:
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, check_same_thread=False)
        schema, content = connection.execute("SELECT schema, content FROM about").fetchone()
    except (sqlite3.Error, TypeError) as err:
        raise StoreError(f"{path}: no index of places: {err}; make one with: tacitus places build") from err
    if schema != SCHEMA:
        raise StoreError(f"{path}: made by another version (schema {schema}, needed {SCHEMA}); build it again")
    return PlaceIndex(connection, version=content)


def build_place_index(places: Iterable[tuple[PlaceRow, Sequence[str]]], output: Path) -> tuple[int, int]:
    """Write an index of places and the keys of their names; how many of each. Memory stays bounded however many there are.

    The file appears under its name only when it is whole: a run that is killed leaves `OUTPUT.part` behind and nothing else.

    Raises StoreError when the file cannot be written.
    """
    part = output.with_name(output.name + ".part")
    try:
        part.unlink(missing_ok=True)
        with closing(sqlite3.connect(part)) as connection:
            counts = _fill(connection, places)
        part.replace(output)
    except (sqlite3.Error, OSError) as err:
        raise StoreError(f"{output}: cannot be written: {err}") from err
    return counts


def _fill(connection: sqlite3.Connection, places: Iterable[tuple[PlaceRow, Sequence[str]]]) -> tuple[int, int]:
    connection.executescript(
        f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA temp_store = FILE; PRAGMA cache_size = -{CACHE_KB};"
    )
    connection.executescript(_TABLES)
    digest = ""
    for batch in _batches(places):
        connection.executemany("INSERT OR REPLACE INTO place VALUES (?, ?, ?, ?, ?, ?, ?, ?)", map(_cells, batch))
        keys = ((key, place.geonameid) for place, names in batch for key in names)
        connection.executemany("INSERT INTO unsorted VALUES (?, ?)", keys)
        connection.commit()
        digest = stable_hash(digest, *(f"{place}{names}" for place, names in batch))
    connection.executescript(_SORTED)
    counts = [connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("place", "name")]
    connection.execute("INSERT INTO about VALUES (?, ?, ?, ?)", (SCHEMA, *counts, digest))
    connection.commit()
    return counts[0], counts[1]


def _cells(item: tuple[PlaceRow, Sequence[str]]) -> tuple[Any, ...]:
    row = item[0]
    return row.geonameid, row.name, row.lat, row.lon, row.feature, row.iso2, row.division, row.population


def _batches(places: Iterable[tuple[PlaceRow, Sequence[str]]]) -> Iterator[list[tuple[PlaceRow, Sequence[str]]]]:
    waiting = iter(places)
    while batch := list(islice(waiting, BATCH)):
        yield batch
