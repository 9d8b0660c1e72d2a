"""The schema of the store: numbered SQL files, and how a database is brought from one version to the next.

`schema/1.sql` makes the tables of version 1, `schema/2.sql` adds to them, and so on. A new database runs all of them, an older one those
above its version, in one transaction: it is of the old version or of the new one, never between. What is made from other tables is made
anew.
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from pathlib import Path

import duckdb

from tacitus.errors import StoreError
from tacitus.store.scripts import statements
from tacitus.store.told import tell_all

Connection = duckdb.DuckDBPyConnection


def check_schema(connection: Connection, path: Path, *, read_only: bool) -> None:
    """Make or migrate the tables. Raises StoreError when the file is not one of ours, is newer, or is older and opened for reading only."""
    tables = {
        row[0] for row in connection.execute("SELECT table_name FROM duckdb_tables() WHERE NOT temporary").fetchall()
    }
    if not tables and not read_only:
        _upgrade(connection, above=0)
    elif "meta" not in tables:
        raise StoreError(f"{path}: a DuckDB database, but not one of Tacitus")
    else:
        _bring_up_to_date(connection, path, read_only=read_only)


@cache
def versions() -> tuple[int, ...]:
    """The versions there are, in order."""
    folder = resources.files("tacitus.store").joinpath("schema")
    return tuple(sorted(int(file.name.removesuffix(".sql")) for file in folder.iterdir() if file.name.endswith(".sql")))


def _bring_up_to_date(connection: Connection, path: Path, *, read_only: bool) -> None:
    version, newest = _version(connection), versions()[-1]
    if version is None or version > newest:
        raise StoreError(f"{path}: has schema {version}, this version reads schema {newest}; update tacitus")
    if version < newest and read_only:
        raise StoreError(
            f"{path}: has schema {version}, this version reads schema {newest}; "
            f"bring it up to date with: tacitus incidents update --db {path}"
        )
    if version < newest:
        _upgrade(connection, above=version)


def _version(connection: Connection) -> int | None:
    row = connection.execute("SELECT TRY_CAST(value AS INTEGER) FROM meta WHERE key = 'schema'").fetchone()
    return row[0] if row else None


def _upgrade(connection: Connection, *, above: int) -> None:
    connection.execute("BEGIN TRANSACTION")
    try:
        for version in versions():
            if version > above:
                for statement in statements(f"schema/{version}.sql"):
                    connection.execute(statement)
        if above:
            tell_all(connection)
        connection.execute("DELETE FROM meta WHERE key = 'schema'")
        connection.execute("INSERT INTO meta VALUES ('schema', ?)", [str(versions()[-1])])
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")
