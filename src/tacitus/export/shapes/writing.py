"""Rows of a shape written as CSV, JSON Lines, GeoJSON or Parquet, one at a time.

A file appears under its name when it is whole; until then it ends in `.part`. Absent values are empty cells, in JSON null or left out.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from tacitus.errors import SettingsError
from tacitus.export.shapes.common import degrees
from tacitus.export.shapes.table import Table
from tacitus.store.units import UnitRow
from tacitus.text import one_line

PARQUET = {"text": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE", "list": "VARCHAR[]", "nested": "JSON"}
ENDINGS = {"parquet": ".parquet", "jsonl": ".jsonl", "geojson": ".geojson"}


@dataclass
class Written:
    """A file in the making and how many rows it has."""

    path: Path
    rows: int = 0


Write = Callable[[UnitRow, Any], None]


@contextmanager
def opened(folder: Path, table: Table, *, format: str) -> Iterator[tuple[Written, Write]]:
    """What takes (unit, row) and writes the row. Raises SettingsError when the file cannot be written, naming it."""
    path = folder / f"{table.stem}{_ending(table, format)}"
    part = path.with_name(f"{path.name}.part")
    written = Written(path)
    try:
        with part.open("w", encoding="utf-8", errors="replace", newline="") as file:
            writer = {"csv": _csv, "geojson": _geojson}.get(format, _jsonl)
            with writer(file, table) as write:
                yield written, _counting(write, written)
        if format == "parquet":
            _to_parquet(part, table)
        part.replace(path)
    except OSError as err:
        raise SettingsError(f"{path}: cannot be written: {err.strerror or err}; what is finished stays") from err
    finally:
        part.unlink(missing_ok=True)


def _ending(table: Table, format: str) -> str:
    """The tables of a shape that share a stem are told apart by the word in their ending."""
    if format == "csv":
        return table.ending
    word = table.ending.removesuffix(".CSV") if table.ending.endswith(".CSV") else ""
    return word + ENDINGS[format]


def _counting(write: Write, written: Written) -> Write:
    def counted(unit: UnitRow, row: Any) -> None:
        write(unit, row)
        written.rows += 1

    return counted


@contextmanager
def _csv(file: TextIO, table: Table) -> Iterator[Write]:
    quoted = csv.writer(file, delimiter=table.delimiter, lineterminator="\n")
    if table.header:
        quoted.writerow([column.name for column in table.columns])

    def write(unit: UnitRow, row: Any) -> None:
        cells = [cell(column.fill(row)) if column.fill else "" for column in table.columns]
        if table.quoted:
            quoted.writerow(cells)
        else:  # the format knows no quotation marks, and readers would take one for such
            file.write(table.delimiter.join(cells).replace('"', "'") + "\n")

    yield write


def cell(value: Any) -> str:
    """A value as a text of one line: lists joined with semicolons, what is nested as JSON."""
    if value is None:
        return ""
    if isinstance(value, list) and not any(isinstance(item, dict) for item in value):
        return one_line(";".join(map(str, value))) if any(value) else ""
    if isinstance(value, (list, dict)):
        return json.dumps(value, ensure_ascii=False)
    return one_line(value) if isinstance(value, str) else str(value)


@contextmanager
def _jsonl(file: TextIO, table: Table) -> Iterator[Write]:
    def write(unit: UnitRow, row: Any) -> None:
        file.write(json.dumps(values(table, row), ensure_ascii=False) + "\n")

    yield write


def values(table: Table, row: Any) -> dict[str, Any]:
    """Column to value; of a sparse table only what there is, and the first four, which PLOVER requires."""
    found = {column.name: column.fill(row) if column.fill else None for column in table.columns}
    found = {name: None if value == "" else value for name, value in found.items()}
    if not table.sparse:
        return found
    required = [column.name for column in table.columns[:4]]
    return {name: value for name, value in found.items() if value is not None or name in required}


@contextmanager
def _geojson(file: TextIO, table: Table) -> Iterator[Write]:
    """A FeatureCollection, one Feature a line; longitude first; what has no place has no geometry."""
    file.write('{"type":"FeatureCollection","features":[')
    separator = "\n"

    def write(unit: UnitRow, row: Any) -> None:
        nonlocal separator
        located = unit.lat is not None and unit.lon is not None
        point = {"type": "Point", "coordinates": [degrees(unit.lon), degrees(unit.lat)]} if located else None
        feature = {"type": "Feature", "id": unit.unit, "geometry": point, "properties": values(table, row)}
        file.write(separator + json.dumps(feature, ensure_ascii=False))
        separator = ",\n"

    yield write
    file.write("\n]}\n")


def _to_parquet(part: Path, table: Table) -> None:
    """Turn JSON Lines into Parquet, in place."""
    import duckdb

    made = part.with_suffix(".parquet")
    types: dict[str, str] = {column.name: PARQUET[column.kind] for column in table.columns}
    try:
        with duckdb.connect() as connection:
            lines = connection.read_json(str(part), columns=types, format="newline_delimited")
            lines.write_parquet(str(made))
        made.replace(part)
    except duckdb.IOException as err:
        raise OSError(str(err)) from err
    finally:
        made.unlink(missing_ok=True)
