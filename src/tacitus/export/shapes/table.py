"""A shape as a table: which columns, in which order, and how each is filled from a unit of the store.

A column without `fill` stays empty: what we cannot know is not guessed. Kinds: text, integer, number, list (of texts), nested (JSON).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from tacitus.store.units import Choice, UnitRow

Fill = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `fill` takes the row that `Table.rows` makes of a unit."""

    name: str
    kind: str = "text"
    fill: Fill | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One file of a shape. `stem` and `ending` make its name; `ending`, `delimiter`, `header`, `quoted` are of its text form.

    `rows`: what becomes of a unit, one row unless said otherwise; rows are passed to the fills. `sparse`: in JSON, fields without a
    value are left out instead of null.
    """

    stem: str
    columns: tuple[Column, ...]
    ending: str = ".csv"
    delimiter: str = ","
    header: bool = True
    quoted: bool = True
    sparse: bool = False
    by_incident: bool = False
    rows: Callable[[UnitRow], Iterable[Any]] = lambda unit: (unit,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A data format that others read. `marks_status`: it can say that an event did not happen, or not yet; others get actual events only.

    `types`, `deadly`: what alone has a place in it. `formats`: in which it can be written, the usual one first.
    """

    name: str
    tables: tuple[Table, ...]
    marks_status: bool = False
    types: tuple[str, ...] | None = None
    deadly: bool = False
    formats: tuple[str, ...] = field(default=("csv", "parquet", "jsonl", "geojson"))

    def choice(self, table: Table, wanted: Choice) -> Choice:
        """What of `wanted` has a place in a table of this shape."""
        return Choice(
            query=wanted.query,
            min_confidence=wanted.min_confidence,
            own_voice=wanted.own_voice,
            statuses=None if self.marks_status and not table.by_incident else ("actual",),
            types=self.types,
            deadly=self.deadly,
            by_incident=table.by_incident,
        )


def columns(*given: tuple[str, str, Fill | None] | tuple[str, Fill | None] | str) -> tuple[Column, ...]:
    """Columns from short forms: a name alone stays empty; (name, fill) is text; (name, kind, fill)."""
    made = []
    for short in given:
        if isinstance(short, str):
            made.append(Column(short))
        elif len(short) == 2:
            made.append(Column(short[0], "text", short[1]))
        else:
            made.append(Column(*short))
    return tuple(made)
