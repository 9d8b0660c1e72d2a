"""A list on a screen and as a file: which slice of it is asked for, and its rows flat, the same for both."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Generic, TypeVar

from starlette.requests import Request
from starlette.responses import Response

from tacitus.records import output_types
from tacitus.web.faults import Fault
from tacitus.web.reading import number_of
from tacitus.web.templates import shown

Row = TypeVar("Row")
Flat = dict[str, Any]
AT_MOST = 100_000  # rows of a file
FORMS = {"csv": "text/csv", "parquet": "application/vnd.apache.parquet", "geojson": "application/geo+json"}
"""The files a list can be had as, with their media types."""
PARQUET = {str: "VARCHAR", int: "BIGINT", float: "DOUBLE", bool: "BOOLEAN", date: "DATE"}
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would compute
JOINED = "; "


@dataclass(frozen=True, slots=True)
class Slice:
    """Rows asked for: `number` counts screens of the list from 1; `limit` rows are read after `offset`."""

    number: int
    limit: int
    offset: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection(Generic[Row]):
    """The rows of a slice, and how many the whole list has."""

    rows: Sequence[Row]
    total: int
    number: int
    last: int


def slice_of(request: Request, *, size: int) -> Slice:
    """The screen asked for with `page`; all rows, at most AT_MOST, with `rows=all` (files only)."""
    if request.query_params.get("rows") == "all" and "form" in request.path_params:
        return Slice(1, AT_MOST, 0)
    number = number_of(request, "page", default=1)
    return Slice(number, size, (number - 1) * size)


def selection(rows: Sequence[Row], *, total: int, of: Slice) -> Selection[Row]:
    """Rows with their place in the list."""
    return Selection(rows=rows, total=total, number=of.number, last=max(1, -(-total // of.limit)))


def flat(row: Any) -> Flat:
    """A row of the store as columns: parties as codes and names, tuples of words joined."""
    found: Flat = {}
    for field in dataclasses.fields(row):
        value = getattr(row, field.name)
        if field.name in ("actors", "recipients"):
            stem = field.name[:-1]
            found[f"{stem}_codes"] = JOINED.join(party.code or "" for party in value)
            found[f"{stem}_names"] = JOINED.join(party.name for party in value)
        elif field.name == "speaker":
            found |= {"speaker": value.name if value else None, "speaker_code": value.code if value else None}
        else:
            found[field.name] = JOINED.join(map(str, value)) if isinstance(value, tuple) else value
    return found


def columns_of(row: type) -> dict[str, type]:
    """The columns that `flat` makes of a row class, with the types of their values."""
    found: dict[str, type] = {}
    for name, kind in output_types(row):
        if name in ("actors", "recipients"):
            found |= {f"{name[:-1]}_codes": str, f"{name[:-1]}_names": str}
        elif name == "speaker":
            found |= {"speaker": str, "speaker_code": str}
        else:
            found[name] = kind if kind in PARQUET else str
    return found


def file_of(rows: Sequence[Flat], *, name: str, form: str, columns: Mapping[str, type]) -> Response:
    """The rows as a file to take along. Raises Fault for another form."""
    writers: dict[str, Callable[[Sequence[Flat], Mapping[str, type]], bytes]] = {
        "csv": as_csv,
        "parquet": as_parquet,
        "geojson": as_geojson,
    }
    if form not in writers:
        raise Fault(404, "not-found", f"There are files of the forms {', '.join(FORMS)}.")
    made = Response(writers[form](rows, columns), media_type=FORMS[form])
    made.headers["content-disposition"] = f'attachment; filename="{name}.{form}"'
    return made


def as_csv(rows: Sequence[Flat], columns: Mapping[str, type]) -> bytes:
    """Comma-separated values, one row a line, in UTF-8."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(columns), lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: _cell(row[name]) for name in columns} for row in rows)
    return text.getvalue().encode("utf-8", "replace")


def as_geojson(rows: Sequence[Flat], columns: Mapping[str, type]) -> bytes:
    """A feature a row; what has no place has no geometry, so that nothing on screen is missing."""
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [row["lon"], row["lat"]]}
            if row.get("lat") is not None
            else None,
            "properties": {name: _plain(row[name]) for name in columns if name not in ("lat", "lon")},
        }
        for row in rows
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def as_parquet(rows: Sequence[Flat], columns: Mapping[str, type]) -> bytes:
    """Parquet with typed columns, made by DuckDB."""
    import duckdb

    types: dict[str, str] = {name: PARQUET[kind] for name, kind in columns.items()}
    with tempfile.TemporaryDirectory(prefix="tacitus-list-") as folder, duckdb.connect() as connection:
        lines, made = Path(folder) / "rows.json", Path(folder) / "rows.parquet"
        with lines.open("w", encoding="utf-8") as file:
            for row in rows:
                file.write(json.dumps({name: _plain(row[name]) for name in columns}) + "\n")
        connection.read_json(str(lines), columns=types, format="newline_delimited").write_parquet(str(made))
        return made.read_bytes()


def _plain(value: Any) -> Any:
    """A JSON value; lone surrogates, which no file can hold, are replaced."""
    if isinstance(value, date):
        return value.isoformat()
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value


def _cell(value: Any) -> Any:
    """Text on one line; what a spreadsheet would take for a formula gets an apostrophe before it."""
    if not isinstance(value, str):
        return value
    text = " ".join(str(shown(value)).split())
    return f"'{text}" if text.startswith(FORMULA) else text
