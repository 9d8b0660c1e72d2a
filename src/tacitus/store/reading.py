"""Reading while somebody writes: a private copy of the database file, taken again when the file has changed.

DuckDB lets one process write, and while it does nobody else may open the file, not even for reading; an open reader in turn keeps every
writer out. So whoever reads for hours reads a copy. What makes a copy whole although the writer goes on: blocks that the file's header
refers to are never overwritten before the next header, and the log beside the file only grows until then. A copy whose header is the
same before and after copying is therefore the state of the last checkpoint, with the log's committed batches on top; any other is thrown
away. The copy is opened and its log replayed before anybody sees it.
"""

from __future__ import annotations

import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from tacitus.errors import StoreError
from tacitus.store.database import Store, open_store
from tacitus.store.reading_pages import Reader

HEADERS = 3 * 4096  # bytes: DuckDB's main header and its two database headers, the later of which counts
INDEXED = (
    ("documents", "id"),
    ("incidents", "incident"),
    ("incident_reports", "incident"),
    ("incident_reports", "document"),
    ("claims", "document"),
    ("told", "document"),
    ("told", "number"),
)
"""Columns by which pages look rows up. The database itself has no indexes: after a run was killed, replaying its log has left rows out of
them. The copy is never taken up again after its process has ended."""
TRIES = 5
PATIENCE = 2.0  # seconds at least between two copies; a database that takes long to copy is copied less often
SHARE = 20  # copying takes at most one part in so many of the time


@dataclass(frozen=True, slots=True)
class Stamp:
    """What tells that the file or its log has changed: times in nanoseconds and sizes in bytes."""

    parts: tuple[int, ...]

    @classmethod
    def of(cls, path: Path) -> Stamp:
        parts: list[int] = []
        for file in (path, _log(path)):
            try:
                stat = file.stat()
            except FileNotFoundError:
                continue
            parts += [stat.st_mtime_ns, stat.st_size]
        return cls(tuple(parts))


class ReadingCopy:
    """A copy of a database that keeps up with it. `reader` gives one of its own to each caller, in any thread.

    `prepare` is called with every new copy before anybody reads it, and may write to it.
    `taken`: when the copy was made. `behind`: why it could not be made again although the file has changed, or None.
    """

    def __init__(self, source: Path, *, prepare: Callable[[Store], object] | None = None) -> None:
        if not source.exists():
            raise StoreError(f"{source}: no such database; make one with: tacitus code PAGES --db {source}")
        self.source = source
        self.behind: str | None = None
        self._folder = tempfile.TemporaryDirectory(prefix="tacitus-reading-")
        self._prepare = prepare
        self._number = self._amended = 0
        self._swap = threading.Lock()
        self._copying = threading.Lock()
        self._pause = PATIENCE
        try:
            self._renew()
        except BaseException:
            self._folder.cleanup()
            raise

    def close(self) -> None:
        """Remove the copy."""
        with self._copying, self._swap:
            self._connection.close()
            self._folder.cleanup()

    @property
    def version(self) -> tuple[int, ...]:
        """Another one for every state of the database: what is kept of a copy is kept under it."""
        return (*self._stamp.parts, self._amended)

    @contextmanager
    def reader(self) -> Iterator[Reader]:
        """A store to read from, as of the last copy."""
        with self._swap:
            cursor = self._connection.cursor()
        try:
            yield Reader(cursor)
        finally:
            cursor.close()

    @contextmanager
    def writing(self) -> Iterator[Store]:
        """The database itself, for a moment, to write to; then the copy is made again. Raises StoreError while another process writes.

        No copying goes on meanwhile: closing a file that this process also holds open for writing would give up its lock.
        """
        with self._copying:
            with open_store(self.source) as store:
                yield store
            self._renew()

    def amend(self, act: Callable[[Store], object]) -> None:
        """Write to the copy, not to the database; what was kept of the copy is out of date then."""
        with self._copying:
            with closing(self._connection.cursor()) as cursor:
                act(Store(cursor))
            self._amended += 1

    def keep_up(self, *, wait: bool = False) -> None:
        """See whether the file has changed, and copy it again in the background (or at once with `wait`)."""
        if Stamp.of(self.source) == self._stamp or (not wait and time.monotonic() < self._due):
            return
        if wait:
            self._try_again()
        elif not self._copying.locked():
            threading.Thread(target=self._try_again, daemon=True).start()

    def _try_again(self) -> None:
        with self._copying:
            if Stamp.of(self.source) == self._stamp:
                return
            try:
                self._renew()
            except StoreError as err:  # the old copy is still good; the reader is told
                self.behind = str(err)
                self._due = time.monotonic() + self._pause

    def _renew(self) -> None:
        """Copy, open, and put the new copy in the place of the old one."""
        begun = time.monotonic()
        self._number += 1
        target = Path(self._folder.name) / f"{self._number}.duckdb"
        stamp = copy_database(self.source, target)
        store = open_store(target)
        for table, column in INDEXED:
            store._connection.execute(f"CREATE INDEX {table}_by_{column} ON {table} ({column})")
        if self._prepare is not None:
            self._prepare(store)
        connection = store._connection
        with self._swap:
            old = getattr(self, "_connection", None)
            self._connection, self._stamp, self.taken, self.behind = connection, stamp, datetime.now(), None
        self._pause = max(PATIENCE, SHARE * (time.monotonic() - begun))
        self._due = time.monotonic() + self._pause
        if old is not None:
            old.close()
            _remove(Path(self._folder.name) / f"{self._number - 1}.duckdb")


def copy_database(source: Path, target: Path) -> Stamp:
    """Copy a database that may be in use; returns what it looked like. Raises StoreError when no whole copy can be had."""
    reason: Exception | None = None
    for _ in range(TRIES):
        _remove(target)
        try:
            stamp = Stamp.of(source)
            before = _headers(source)
            shutil.copyfile(source, target)
            if _log(source).exists():
                shutil.copyfile(_log(source), _log(target))
            if _headers(source) == before:
                duckdb.connect(str(target)).close()  # replays the log; a torn copy does not open
                return stamp
        except (duckdb.Error, OSError) as err:
            reason = err
        time.sleep(0.05)
    _remove(target)
    why = f": {reason}" if reason else "; it changes too fast"
    raise StoreError(f"{source}: no whole copy could be made for reading{why}") from reason


def _headers(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(HEADERS)


def _log(path: Path) -> Path:
    return path.with_name(path.name + ".wal")


def _remove(path: Path) -> None:
    path.unlink(missing_ok=True)
    _log(path).unlink(missing_ok=True)
