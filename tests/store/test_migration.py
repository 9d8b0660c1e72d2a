"""The schema: a database of an older version is brought up to date whole or not at all, and a newer one is refused."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from tacitus.errors import StoreError
from tacitus.store import open_store
from tacitus.store.migration import versions
from tacitus.store.scripts import statements

Columns = list[tuple[str, str, str]]


def make_old(path: Path, *, version: int) -> Path:
    """A database as that version made it, with one document in it."""
    with duckdb.connect(str(path)) as connection:
        for number in versions():
            if number <= version:
                for statement in statements(f"schema/{number}.sql"):
                    connection.execute(statement)
        connection.execute("INSERT INTO meta VALUES ('schema', ?)", [str(version)])
        connection.execute("INSERT INTO documents (id, text, record) VALUES ('old', 'Words.', '{\"id\": \"old\"}')")
    return path


def columns(path: Path) -> Columns:
    with duckdb.connect(str(path), read_only=True) as connection:
        return connection.execute(
            "SELECT table_name, column_name, data_type FROM duckdb_columns() ORDER BY ALL"
        ).fetchall()


def version_of(path: Path) -> list[tuple[str]]:
    with duckdb.connect(str(path), read_only=True) as connection:
        return connection.execute("SELECT value FROM meta WHERE key = 'schema'").fetchall()


@pytest.mark.parametrize("version", versions()[:-1])
def test_an_older_database_becomes_like_a_new_one_and_keeps_its_documents(tmp_path: Path, version: int) -> None:
    old = make_old(tmp_path / "old.duckdb", version=version)
    with open_store(old) as store:
        assert [record.id for record in store.records()] == ["old"]
    open_store(tmp_path / "new.duckdb").close()
    assert columns(old) == columns(tmp_path / "new.duckdb")
    assert version_of(old) == version_of(tmp_path / "new.duckdb") == [(str(versions()[-1]),)]


def test_an_older_database_is_not_migrated_for_reading(tmp_path: Path) -> None:
    old = make_old(tmp_path / "old.duckdb", version=1)
    with pytest.raises(
        StoreError, match=rf"old\.duckdb: has schema 1.*schema {versions()[-1]}.*tacitus incidents update --db"
    ):
        open_store(old, read_only=True)
    assert version_of(old) == [("1",)]


def test_a_migration_that_fails_leaves_the_database_as_it_was(tmp_path: Path) -> None:
    old = make_old(tmp_path / "old.duckdb", version=1)
    with duckdb.connect(str(old)) as connection:
        connection.execute("CREATE TABLE incident_changes (in_the_way VARCHAR)")
    before = columns(old)
    with pytest.raises(duckdb.CatalogException):
        open_store(old)
    assert (columns(old), version_of(old)) == (before, [("1",)])


@pytest.mark.parametrize("version", ["99", "next"])
def test_a_newer_database_is_refused(tmp_path: Path, version: str) -> None:
    path = tmp_path / "new.duckdb"
    open_store(path).close()
    with duckdb.connect(str(path)) as connection:
        connection.execute("UPDATE meta SET value = ? WHERE key = 'schema'", [version])
    with pytest.raises(StoreError, match=r"new\.duckdb: .*update tacitus"):
        open_store(path)
