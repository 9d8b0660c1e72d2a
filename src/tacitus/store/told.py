"""What readers look up: events with all that is told of them, who takes part, and everybody who is named, made from the other tables.

Rows of a page are written with its facts, and change when its incidents or copies do. `tell_all` makes them anew from the other tables.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import duckdb

from tacitus.corpus.mentions import MentionId
from tacitus.store.scripts import statements
from tacitus.store.values import LISTED, among, listed, picked, table, values

Connection = duckdb.DuckDBPyConnection
ID = {"document": "VARCHAR", "event": "VARCHAR"}
FACTS = ("events", "participants", "actors", "claims", "places", "sentences")
ALL = {**{name: name for name in (*FACTS, "documents", "copies")}, "reports": "incident_reports", "temporary": ""}
FRESH = {**{name: f"fresh_{name}" for name in (*FACTS, "documents", "copies", "reports")}, "temporary": "TEMP"}
PAGES_TOLD, EVENTS_TOLD = "told_pages.sql", "told_events.sql"
SLICE = 400_000  # events told at once, with their pages' sentences, parties and texts
NEAR = 20_000  # rows that are named one by one
TIDY_ABOVE = 200_000  # rows out of order: fewer are read in a moment
TIDY_SHARE = 2  # so many times the rows out of order are in order: then writing all anew pays
ORIGIN = "coalesce(c.original, list_filter(d.flags, x -> starts_with(x, 'duplicate-of:'))[1][14:])"


def tell(connection: Connection, documents: Collection[str]) -> None:
    """Write what is told of these pages, whose facts lie in the temporary tables FRESH, which are completed; older rows must be gone."""
    for name, source, column in (
        ("documents", "documents", "id"),
        ("copies", "copies", "document"),
        ("reports", "incident_reports", "document"),
    ):
        columns = "* EXCLUDE (rowid, record)" if name == "documents" else "* EXCLUDE (rowid)"
        rows = picked(connection, source, column, documents)
        connection.execute(f"CREATE OR REPLACE TEMP TABLE {FRESH[name]} AS SELECT {columns} FROM {rows}")
    for script in (PAGES_TOLD, EVENTS_TOLD):
        _run(connection, script, FRESH)
    for name in ("documents", "copies", "reports"):
        connection.execute(f"DROP TABLE {FRESH[name]}")


def tell_all(connection: Connection) -> None:
    """Make everything anew, in order. All facts are read, so it takes minutes where there are millions; memory is that of a slice."""
    for name in ("everybody", "pages", "told", "parts"):
        connection.execute(f"DELETE FROM {name}")
    _run(connection, PAGES_TOLD, ALL)
    (events,) = connection.execute("SELECT count(*) FROM events").fetchall()[0]
    slices = events // SLICE + 1
    for number in range(slices):
        _run(connection, EVENTS_TOLD, {name: _slice(name, table, number, slices) for name, table in ALL.items()})
    if slices > 1:
        _put_in_order(connection)
    else:
        _note_order(connection)


def _slice(name: str, table: str, number: int, slices: int) -> str:
    """SQL for the rows of the pages of one slice."""
    if slices == 1 or not table:
        return table
    return f"(SELECT * FROM {table} WHERE hash({'id' if name == 'documents' else 'document'}) % {slices} = {number})"


def untell(connection: Connection, documents: Collection[str]) -> None:
    """Take out what is told of these pages, whose actors must still be there."""
    connection.execute(
        f"""UPDATE everybody SET documents = everybody.documents - n.documents
        FROM (SELECT who, count(DISTINCT document) AS documents FROM actors WHERE document IN {LISTED} GROUP BY who) n
        WHERE n.who = everybody.who""",
        [listed(documents)],
    )
    connection.execute("DELETE FROM everybody WHERE documents = 0")
    connection.execute(f"DELETE FROM pages WHERE document IN {LISTED}", [listed(documents)])
    where = among("document", documents)
    gone = connection.execute(f"DELETE FROM told WHERE {where.sql} RETURNING number", where.values).fetchall()
    if gone:
        connection.execute(f"DELETE FROM parts WHERE number IN ({', '.join(str(number) for (number,) in gone)})")


def tidy(connection: Connection) -> None:
    """Put the rows in the order of days again where so many came out of order that it pays."""
    ordered = connection.execute("SELECT TRY_CAST(value AS INTEGER) FROM meta WHERE key = 'told in order'").fetchall()
    last = (ordered[0][0] if ordered else None) or 0
    (after,) = connection.execute("SELECT count(*) FROM told WHERE number > ?", [last]).fetchall()[0]
    if after < max(TIDY_ABOVE, last // TIDY_SHARE):
        return
    _put_in_order(connection)


def _put_in_order(connection: Connection) -> None:
    """Number all rows anew in the order of days, and write them so."""
    connection.execute(
        """CREATE OR REPLACE TEMP TABLE renumbered AS
        SELECT number AS old, row_number() OVER (ORDER BY day NULLS LAST, document, "start", event) AS number FROM told"""
    )
    for name in ("told", "parts"):
        connection.execute(
            f"""CREATE OR REPLACE TABLE {name} AS SELECT t.* REPLACE (n.number AS number)
            FROM {name} t JOIN renumbered n ON n.old = t.number ORDER BY n.number"""
        )
    connection.execute("DROP TABLE renumbered")
    _note_order(connection)


def assign(connection: Connection, incidents: Mapping[MentionId, str | None]) -> None:
    """Note the incident of these mentions, or that they are in none."""
    rows = [(*id_, incident) for id_, incident in incidents.items()]
    _update(connection, "incident", rows, **ID, value="VARCHAR")


def relate(connection: Connection, documents: Collection[str]) -> None:
    """Note which pages these are copies of, or that they are none."""
    where = among("d.id", documents)
    rows = connection.execute(
        f"SELECT d.id, {ORIGIN} FROM documents d LEFT JOIN copies c ON c.document = d.id WHERE {where.sql}",
        where.values,
    ).fetchall()
    _update(connection, "origin", rows, document="VARCHAR", value="VARCHAR")


def _update(connection: Connection, column: str, rows: Sequence[Sequence[str | None]], **columns: str) -> None:
    """Set a column of the rows that a page, or a page and an event, name."""
    if not rows:
        return
    where = among("document", {str(row[0]) for row in rows})
    found = connection.execute(f"SELECT rowid FROM told WHERE {where.sql}", where.values).fetchall()
    same = " AND ".join(f"told.{name} = w.{name}" for name in columns if name != "value")
    if len(found) <= NEAR:  # the database goes straight to them; else it reads the whole columns
        same += f" AND told.rowid IN ({', '.join(str(row) for (row,) in found) or -1})"
    connection.execute(
        f"UPDATE told SET {column} = w.value FROM {table(**columns)} w WHERE {same}", [values(rows, **columns)]
    )


def _run(connection: Connection, script: str, names: Mapping[str, str]) -> None:
    for statement in statements(script):
        connection.execute(statement.format(**names))


def _note_order(connection: Connection) -> None:
    connection.execute("DELETE FROM meta WHERE key = 'told in order'")
    connection.execute("INSERT INTO meta SELECT 'told in order', coalesce(max(number), 0) FROM told")
