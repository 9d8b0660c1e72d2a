"""Full-text search beside the database: one SQLite file with FTS5 tables over pages, statements and events.

DuckDB's own full-text extension must be downloaded; SQLite's is part of Python. The index is brought up to date a batch at a time: pages
that are new or were coded again are put in, those that are gone are taken out; a killed update goes on where it stopped. It runs beside
the searches, which find what is in the index so far.
"""

from __future__ import annotations

import re
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from tacitus.errors import StoreError
from tacitus.store.reading_pages import Reader

FORM = 2  # of the file; another one is built anew
PATIENCE = 2.0  # seconds a search waits for the index to be up to date
ITEMS = 20  # bits: a page's claims and events have the page's number, so many bits higher, and their own as row numbers
BATCH = 20_000  # pages to a transaction; each batch of many reads the tables once, so few large ones are faster
MAX_TERMS = 16  # of a query; the rest is left out
KINDS = {"texts": "pages", "claims": "statements", "events": "events"}
"""What is searched, with the words for it."""
TERM = re.compile(r"\"([^\"]+)\"|(\w+)")
SCHEMA = """
CREATE TABLE pages (id INTEGER PRIMARY KEY, document TEXT UNIQUE, stamp TEXT, published TEXT, title TEXT, publisher TEXT);
CREATE VIRTUAL TABLE texts USING fts5 (title, body, tokenize = 'unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE claims USING fts5 (speaker, body, item UNINDEXED, tokenize = 'unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE events USING fts5 (parties, body, item UNINDEXED, tokenize = 'unicode61 remove_diacritics 2');
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A hit: the page, the claim or event in it (`item`), who speaks or takes part, and the words round the hit; hits stand between
    U+E000 and U+E001, which are taken out of the text itself."""

    document: str
    title: str | None
    publisher: str | None
    published: date | None
    item: str | None
    who: str | None
    snippet: str


class SearchIndex:
    """The index file of one database. Safe to use from several threads."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._version: tuple[int, ...] | None = None
        self._left = 0
        self._stopped = threading.Event()
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="search-index")
        self._running: Future[None] | None = None
        self._prepare()

    def close(self) -> None:
        """Let an update that runs come to the end of its batch."""
        self._stopped.set()
        self._worker.shutdown(cancel_futures=True)

    def keep_up(
        self,
        reading: Callable[[], AbstractContextManager[Reader]],
        *,
        version: tuple[int, ...],
        patience: float = PATIENCE,
    ) -> int:
        """Bring the index up to date in a thread of its own; wait so many seconds at most. Returns how many pages cannot be searched yet:
        one at least until that is known."""
        with self._lock:
            if version == self._version:
                return 0
            if self._running is None or self._running.done():
                self._running = self._worker.submit(self._update, reading, version)
            running = self._running
        try:
            running.result(timeout=patience)
        except TimeoutError:
            return max(self._left, 1)
        return 0

    def _update(self, reading: Callable[[], AbstractContextManager[Reader]], version: tuple[int, ...]) -> None:
        with reading() as reader:
            self.update(reader, version=version)

    def update(self, reader: Reader, *, version: tuple[int, ...]) -> None:
        """Bring the index up to date; what is there of this version of the database is not looked at again."""
        current = reader.page_stamps()
        with self._opened() as db:
            known = dict(db.execute("SELECT document, stamp FROM pages"))
            gone = [id_ for id_ in known if id_ not in current]
            new = [id_ for id_, stamp in current.items() if known.get(id_) != stamp]
            for batch in _batches(gone):
                _take_out(db, batch)
            self._left = len(new)
            for batch in _batches(new):
                if self._stopped.is_set():
                    return
                _take_out(db, [id_ for id_ in batch if id_ in known])
                _put_in(db, reader, batch, current)
                self._left -= len(batch)
        self._version = version

    def search(
        self,
        words: str,
        *,
        kind: str,
        limit: int,
        offset: int = 0,
        since: date | None = None,
        until: date | None = None,
    ) -> tuple[int, list[Found]]:
        """How many hits there are, and some of them, the best first. Words are joined by and; "..." is a phrase."""
        query = fts_query(words)
        if not query:
            return 0, []
        join = "p.id = f.rowid" if kind == "texts" else f"p.id = f.rowid >> {ITEMS}"
        where, values = [f"{kind} MATCH ?"], [query]
        for sign, bound in ((">=", since), ("<=", until)):
            if bound is not None:
                where.append(f"p.published {sign} ?")
                values.append(bound.isoformat())
        source = f"FROM {kind} f JOIN pages p ON {join} WHERE {' AND '.join(where)}"
        columns = "NULL, NULL" if kind == "texts" else "f.item, " + ("f.speaker" if kind == "claims" else "f.parties")
        with self._opened() as db:
            total = db.execute(f"SELECT count(*) {source}", values).fetchone()[0]
            rows = db.execute(
                f"""SELECT p.document, p.title, p.publisher, p.published, {columns}, snippet({kind}, 1, char(57344), char(57345), ' … ', 40)
                {source} ORDER BY bm25({kind}), p.document LIMIT ? OFFSET ?""",
                [*values, limit, offset],
            ).fetchall()
        return total, [_found(row) for row in rows]

    def _prepare(self) -> None:
        with self._opened() as db:
            if db.execute("PRAGMA user_version").fetchone()[0] == FORM:
                return
            for table in ("pages", *KINDS):
                db.execute(f"DROP TABLE IF EXISTS {table}")
            db.executescript(SCHEMA)
            db.execute(f"PRAGMA user_version = {FORM}")

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        try:
            with closing(sqlite3.connect(self._path, timeout=30)) as db, db:
                yield db
        except sqlite3.Error as err:
            raise StoreError(
                f"{self._path}: the search index cannot be used: {err}; delete the file to build it anew"
            ) from err


def fts_query(words: str) -> str:
    """A query that FTS5 cannot misread: every word and phrase in quotation marks, the last word as a beginning; "" without any word."""
    terms = []
    for phrase, word in TERM.findall(words)[:MAX_TERMS]:
        inner = " ".join(re.findall(r"\w+", phrase)) if phrase else word
        if inner:
            terms.append((inner, bool(word)))
    if not terms:
        return ""
    quoted = [f'"{term}"' for term, _ in terms]
    return " ".join(quoted) + ("*" if terms[-1][1] else "")


def _put_in(db: sqlite3.Connection, reader: Reader, ids: Sequence[str], stamps: dict[str, str]) -> None:
    for page in reader.page_contents(ids):
        cursor = db.execute(
            "INSERT INTO pages (document, stamp, published, title, publisher) VALUES (?, ?, ?, ?, ?)",
            [
                page.id,
                stamps[page.id],
                page.published.isoformat() if page.published else None,
                page.title,
                page.publisher,
            ],
        )
        number = cursor.lastrowid or 0
        db.execute(
            "INSERT INTO texts (rowid, title, body) VALUES (?, ?, ?)", [number, page.title or "", _plain(page.text)]
        )
        first = number << ITEMS
        for kind, who, items in (("claims", "speaker", page.claims), ("events", "parties", page.events)):
            rows = [(first + n, name, _plain(words), item) for n, (item, name, words) in enumerate(items)]
            db.executemany(f"INSERT INTO {kind} (rowid, {who}, body, item) VALUES (?, ?, ?, ?)", rows)
    db.commit()


def _take_out(db: sqlite3.Connection, ids: Sequence[str]) -> None:
    marks = ", ".join("?" * len(ids))
    numbers = [row[0] for row in db.execute(f"SELECT id FROM pages WHERE document IN ({marks})", list(ids))]
    for number in numbers:
        db.execute("DELETE FROM texts WHERE rowid = ?", [number])
        for table in ("claims", "events"):
            db.execute(f"DELETE FROM {table} WHERE rowid >= ? AND rowid < ?", [number << ITEMS, (number + 1) << ITEMS])
    db.execute(f"DELETE FROM pages WHERE document IN ({marks})", list(ids))
    db.commit()


def _plain(text: str) -> str:
    """The text without the two marks that stand round hits."""
    return text.replace("\ue000", " ").replace("\ue001", " ").replace("\0", " ")


def _batches(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(ids), BATCH):
        yield ids[start : start + BATCH]


def _found(row: tuple[Any, ...]) -> Found:
    document, title, publisher, published, item, who, snippet = row
    return Found(
        document=document,
        title=title,
        publisher=publisher,
        published=date.fromisoformat(published) if published else None,
        item=item,
        who=who or None,
        snippet=snippet or "",
    )
