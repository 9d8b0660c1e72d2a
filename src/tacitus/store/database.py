"""The DuckDB file: opening it, writing batches of records, reading documents back.

A batch is one transaction: after a crash each document is there wholly or not at all. DuckDB allows one writing process at a time;
extensions are never downloaded.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Any

import duckdb

from tacitus.errors import StoreError
from tacitus.records import Record
from tacitus.review import Reviewed
from tacitus.store import queries
from tacitus.store.filling import empty, facts_of, fill, storable
from tacitus.store.incidents import Incidents
from tacitus.store.migration import check_schema
from tacitus.store.review_queue import ReviewQueue
from tacitus.store.reviews import Reviews
from tacitus.store.rows import ClaimRow, DocumentRow, EventRow, Query, ReadingRow, UnknownActorRow
from tacitus.store.stories import Stories
from tacitus.store.told import tidy
from tacitus.store.values import LISTED, among, listed, table, values
from tacitus.text import stable_hash

ACROSS = ("page_terms", "page_keys", "story_pages", "incident_reports", "pages_waiting")
UNWRITTEN = (duckdb.IOException, duckdb.TransactionException, duckdb.FatalException)
"""What DuckDB raises when a file cannot be written, or when that has happened before."""
DOCUMENT = {
    **dict.fromkeys(("id", "digest"), "VARCHAR"),
    "run": "INTEGER",
    **dict.fromkeys(("url", "publisher", "byline", "title", "published", "day", "language", "text"), "VARCHAR"),
    "flags": "VARCHAR[]",
    **dict.fromkeys(("error_kind", "error_message", "record"), "VARCHAR"),
}
CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}


def open_store(path: str | Path, *, read_only: bool = False) -> Store:
    """Open the store, making it when it is not there (unless `read_only`).

    Raises StoreError when the file is no DuckDB database, is in use by another writer, is missing, is of a newer schema, or
    of an older one and opened for reading only; opened for writing, an older one is brought up to date.
    """
    path = Path(path)
    if read_only and not path.exists():
        raise StoreError(f"{path}: no such database; make one with: tacitus code PAGES --db {path}")
    try:
        connection = duckdb.connect(str(path), read_only=read_only, config=CONFIG)
    except duckdb.IOException as err:
        if "lock" in str(err).lower():
            raise StoreError(f"{path}: in use by another process; wait until it has finished") from err
        raise StoreError(f"{path}: cannot be opened as a database: {err}") from err
    except duckdb.Error as err:
        raise StoreError(f"{path}: cannot be opened as a database: {err}") from err
    try:
        check_schema(connection, path, read_only=read_only)
    except BaseException:
        connection.close()
        raise
    return Store(connection, path)


class Store:
    """An open database. Use as a context manager, or call `close`."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, path: Path | None = None) -> None:
        self._connection = connection
        self.path = path
        self.stories = Stories(connection)
        self.incidents = Incidents(connection)
        self.reviews = Reviews(connection)
        self.review_queue = ReviewQueue(connection)

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; committed batches stay."""
        self._connection.close()

    def known(self, digests: Mapping[str, str]) -> set[str]:
        """Those ids of `digests` (id -> digest of the content) that are stored already with that very content."""
        if not digests:
            return set()
        where = among("id", digests)
        rows = self._connection.execute(f"SELECT id, digest FROM documents WHERE {where.sql}", where.values).fetchall()
        return {id_ for id_, digest in rows if digests[id_] == digest}

    def start_run(self, *, program: str, sources: Sequence[str]) -> int:
        """Note that a run begins; returns its number."""
        with self.transaction() as connection:
            number = int(_one(connection.execute("SELECT coalesce(max(run), 0) + 1 FROM runs")))
            connection.execute(
                "INSERT INTO runs (run, started, program, sources, coded, failed) VALUES (?, now()::TIMESTAMP, ?, ?, 0, 0)",
                [number, program, [storable(source) for source in sources]],
            )
        return number

    def finish_run(self, run: int) -> None:
        """Note that the run came to its end."""
        with self.transaction() as connection:
            connection.execute("UPDATE runs SET finished = now()::TIMESTAMP WHERE run = ?", [run])
            tidy(connection)

    def add(self, records: Sequence[Record], *, run: int) -> None:
        """Write a batch in one transaction; a document that is there already is replaced. Of equal ids the last one counts.

        The records are kept as they are; the tables of facts, which everything is read from, hold what people have put right in them.
        """
        latest = {record.id: record for record in records}
        if not latest:
            return
        with self.transaction() as connection:
            if replaced := self._stored(latest):
                self.stories.forget(replaced)
                self.incidents.forget(replaced)
                _delete(connection, replaced)
            self.stories.wait([record.id for record in latest.values() if record.error is None])
            facts = {id_: facts_of(record) for id_, record in latest.items()}
            _insert(connection, latest.values(), facts, run)
            reviewed = {one.record.id: one for one in self.reviews.lay_over(latest.values())}
            self.reviews.keep_marks(reviewed)
            right = {id_: facts_of(one.record) for id_, one in reviewed.items() if one.marks}
            fill(connection, facts | right)
            failed = sum(record.error is not None for record in latest.values())
            model = next((dict(record.model) for record in latest.values() if record.model), None)
            connection.execute(
                "UPDATE runs SET coded = coded + ?, failed = failed + ?, model = coalesce(?, model) WHERE run = ?",
                [len(latest) - failed, failed, json.dumps(model) if model else None, run],
            )

    def _stored(self, documents: Collection[str]) -> list[str]:
        """Those of these that are there already."""
        where = among("id", documents)
        rows = self._connection.execute(f"SELECT id FROM documents WHERE {where.sql}", where.values).fetchall()
        return [id_ for (id_,) in rows]

    def record(self, document: str) -> Record | None:
        """The record of one document as people left it, or None when it is not stored."""
        reviewed = self.reviewed(document)
        return reviewed.record if reviewed else None

    def machine_record(self, document: str) -> Record | None:
        """The record of one document exactly as the machine made it, or None when it is not stored."""
        return next(iter(self.reviews.machine_records([document])), None)

    def reviewed(self, document: str) -> Reviewed | None:
        """The record of one document with what became of the verdicts on it, or None when it is not stored."""
        return next(self.reviews.lay_over(self.reviews.machine_records([document])), None)

    def records(self) -> Iterator[Record]:
        """All records as people left them, in the order in which they were stored."""
        cursor = self._connection.cursor()
        cursor.execute("SELECT record, text FROM documents ORDER BY rowid")
        while rows := cursor.fetchmany(100):
            yield from (one.record for one in self.reviews.lay_over([_record(*row) for row in rows]))

    def documents(self, query: Query | None = None, *, of: Collection[str] | None = None) -> list[DocumentRow]:
        """The pages of the period, undated ones and failures included, by day and id; with `of` only failures and those of these ids."""
        return queries.documents(self._connection, query or Query(), of=of)

    def reading(self, query: Query | None = None) -> ReadingRow:
        """All pages of the period in figures."""
        return queries.reading(self._connection, query or Query())

    def events(self, query: Query | None = None, *, worded: bool = True) -> list[EventRow]:
        """The events that meet the query, by day, document and place in the text; without any words of theirs unless `worded`."""
        return queries.events(self._connection, query or Query(), worded=worded)

    def claims(self, query: Query | None = None, *, worded: bool = True) -> list[ClaimRow]:
        """The claims whose speaker meets the query's `actor`, by day, document and place in the text; likewise."""
        return queries.claims(self._connection, query or Query(), worded=worded)

    def unknown_actors(self, *, limit: int) -> list[UnknownActorRow]:
        """The names that no entry of the knowledge base was found for, those on the most pages first."""
        return queries.unknown_actors(self._connection, limit=limit)

    @contextmanager
    def transaction(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """All that is written inside is there wholly or not at all. Raises StoreError when the disk is full or fails."""
        self._connection.execute("BEGIN TRANSACTION")
        try:
            yield self._connection
            self._connection.execute("COMMIT")
        except UNWRITTEN as err:
            self._roll_back()
            raise StoreError(
                f"{self.path or 'the database'}: cannot be written: {err}; what was stored before stays: make room and start again"
            ) from err
        except BaseException:
            self._roll_back()
            raise

    def _roll_back(self) -> None:
        with suppress(duckdb.Error):  # after a failed COMMIT or a failed disk there is nothing left to roll back
            self._connection.execute("ROLLBACK")


def digest(*, text: str, title: str | None, published: str | None) -> str:
    """What tells whether a document's content has changed since it was stored."""
    return stable_hash(text, title, published)


def _delete(connection: duckdb.DuckDBPyConnection, ids: list[str]) -> None:
    connection.execute(f"DELETE FROM documents WHERE id IN {LISTED}", [listed(ids)])
    empty(connection, ids)
    for name in ACROSS:
        connection.execute(f"DELETE FROM {name} WHERE document IN {LISTED}", [listed(ids)])


def _insert(
    connection: duckdb.DuckDBPyConnection, records: Iterable[Record], facts: Mapping[str, str], run: int
) -> None:
    rows = [
        (
            record.id,
            digest(text=record.text, title=record.title, published=record.published),
            run,
            *(storable(v) for v in (record.url, record.publisher, record.byline, record.title, record.published)),
            (record.published or "")[:10],
            record.language,
            storable(record.text),
            list(record.flags),
            record.error.kind if record.error else None,
            storable(record.error.message) if record.error else None,
            facts[record.id],
        )
        for record in records
    ]
    connection.execute(
        f"""INSERT INTO documents SELECT * REPLACE (TRY_CAST(day AS DATE) AS day, record::JSON AS record) FROM {table(**DOCUMENT)}""",
        [values(rows, **DOCUMENT)],
    )


def _record(facts: str, text: str) -> Record:
    return Record.from_dict({**json.loads(facts), "text": text})


def _one(result: duckdb.DuckDBPyConnection) -> Any:
    row = result.fetchone()
    return row[0] if row else None
