"""Many values for one statement, handed over as one JSON text; and rows found by many ids without reading the rest of a large table.

DuckDB's Python module looks at each value of a list by itself, and is thousands of times slower at it than its reader of JSON.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb

FEW = 2_000
"""Ids that are looked up one by one where the column has an index, as in the copy that the reading room reads; of more the database reads
the whole column, which is faster then."""


@dataclass(frozen=True, slots=True)
class Condition:
    """A piece of SQL after WHERE, with the values of its question marks."""

    sql: str = "true"
    values: tuple[Any, ...] = ()

    def __and__(self, other: Condition) -> Condition:
        return Condition(f"{self.sql} AND {other.sql}", self.values + other.values)


def among(column: str, ids: Collection[str]) -> Condition:
    """The column has one of these ids. DuckDB uses an index for a list of values (no table of them) that is the only condition."""
    if len(ids) > FEW:
        return Condition(f"{column} IN {LISTED}", (listed(ids),))
    return Condition(f"{column} IN ({', '.join('?' * len(ids))})" if ids else "false", tuple(ids))


def table(**columns: str) -> str:
    """SQL for a table with these columns (name to type), filled from the text that `values` makes: one question mark."""
    form = ", ".join(f'"{name}": "{type_}"' for name, type_ in columns.items())
    return f"(SELECT r.* FROM (SELECT unnest(from_json(?, '[{{{form}}}]')) AS r))"


def values(rows: Iterable[Sequence[Any]], **columns: str) -> str:
    """The rows, with values in the order of the columns, as `table` wants them."""
    return json.dumps([dict(zip(columns, row, strict=True)) for row in rows], default=str)


LISTED = """(SELECT unnest(from_json(?, '["VARCHAR"]')))"""
"""SQL for what stands after IN, filled from the text that `listed` makes."""


def listed(items: Iterable[str | int]) -> str:
    """The items as LISTED wants them."""
    return json.dumps([str(item) for item in items])


def picked(connection: duckdb.DuckDBPyConnection, name: str, column: str, ids: Iterable[str]) -> str:
    """SQL for the rows of a table that have one of these ids in a column.

    Looking the ids up reads that column alone; then the database goes straight to the rows, where with any other condition it would read
    the texts of all pages first.
    """
    found = connection.execute(f"SELECT rowid FROM {name} WHERE {column} IN {LISTED}", [listed(ids)]).fetchall()
    return at(name, [row for (row,) in found])


def at(name: str, rows: Iterable[int]) -> str:
    """SQL for the rows of a table with these numbers."""
    numbers = ", ".join(map(str, rows))
    return f"(SELECT rowid, * FROM {name} WHERE {f'rowid IN ({numbers})' if numbers else 'false'})"
