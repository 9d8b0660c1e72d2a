"""The log of verdicts in a file of its own beside the database: SQLite, so that it can be written while a run holds the database.

It only grows. The database takes in what it has not yet; where the file was lost, what the database has is written back into it.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from tacitus.errors import DataError, StoreError
from tacitus.review import Entry

FORM = 1
SCHEMA = "CREATE TABLE IF NOT EXISTS entries (entry TEXT PRIMARY KEY, made TEXT NOT NULL, body TEXT NOT NULL)"
PATIENCE = 30.0  # seconds to wait for somebody else who is writing


class Journal:
    """The file `NAME.review.sqlite` of the database NAME. Safe to use from several threads and processes."""

    def __init__(self, database: Path) -> None:
        self.path = database.with_name(database.name + ".review.sqlite")

    def add(self, entries: Iterable[Entry]) -> int:
        """Write entries, all or none; returns how many were not there yet. On return they are on disk."""
        rows = [(entry.id, entry.at, json.dumps(entry.to_dict(), ensure_ascii=False)) for entry in entries]
        if not rows:
            return 0
        with self._opened() as db:
            version = db.execute("PRAGMA user_version").fetchone()[0]
            if version not in (0, FORM):
                raise StoreError(f"{self.path}: form {version} is of a newer version of tacitus; update tacitus")
            db.execute(SCHEMA)
            db.execute(f"PRAGMA user_version = {FORM}")
            before = db.total_changes
            db.executemany("INSERT OR IGNORE INTO entries VALUES (?, ?, ?)", rows)
            return db.total_changes - before

    def ids(self) -> set[str]:
        """The ids of all entries."""
        if not self.path.exists():
            return set()
        with self._opened() as db:
            db.execute(SCHEMA)
            return {row[0] for row in db.execute("SELECT entry FROM entries")}

    def entries(self, ids: Collection[str] | None = None) -> list[Entry]:
        """These entries, or all, the earliest first. Raises StoreError for one that cannot be read."""
        if not self.path.exists():
            return []
        with self._opened() as db:
            db.execute(SCHEMA)
            rows = db.execute("SELECT entry, body FROM entries ORDER BY made, entry").fetchall()
        try:
            return [Entry.from_dict(json.loads(body)) for id_, body in rows if ids is None or id_ in ids]
        except (ValueError, DataError) as err:
            raise StoreError(f"{self.path}: an entry cannot be read: {err}") from err

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        try:
            with closing(sqlite3.connect(self.path, timeout=PATIENCE)) as db, db:
                yield db
        except sqlite3.Error as err:
            raise StoreError(f"{self.path}: the log of reviews cannot be used: {err}") from err
