"""Copies of one text in the store: what the finder knows is kept here, so that a later run compares with what was read before.

The original of a family is the earliest page of those that hold at least `WHOLE` of the longest one's words (undated ones last, then the
longest): whatever the order in which pages were read, the same page is the original.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import duckdb
import numpy as np

from tacitus.corpus.copies import CopyFinder, Found, relation
from tacitus.corpus.copies_spool import Page
from tacitus.store import told
from tacitus.store.database import Store
from tacitus.store.values import LISTED, listed, table, values

WHOLE = 0.7
SLICE = 5000
"""Rows read at once."""
SIGNED = 500
"""Pages whose signatures are made and written at once, for pages that have none yet."""
SIGNATURE = {"number": "INTEGER", "document": "VARCHAR", "family": "INTEGER", "words": "INTEGER", "prints": "UBIGINT[]"}
COPY = {"document": "VARCHAR", "original": "VARCHAR", "kind": "VARCHAR", "similarity": "DOUBLE"}

_MEMBERS = f"""
    WITH members AS (
        SELECT s.document, s.family, s.words, d.published, max(s.words) OVER (PARTITION BY s.family) AS longest
        FROM signatures s JOIN documents d ON d.id = s.document WHERE s.family::VARCHAR IN {LISTED}
    ), originals AS (
        SELECT family, first(document ORDER BY published NULLS LAST, words DESC, document) AS original
        FROM members WHERE words >= ? * longest GROUP BY family
    )
    SELECT m.document, o.original, c.original
    FROM members m JOIN originals o USING (family) LEFT JOIN copies c ON c.document = m.document
"""


class Copies:
    """The copies of an open store."""

    def __init__(self, store: Store) -> None:
        self._connection: duckdb.DuckDBPyConnection = store._connection

    def finder(self) -> CopyFinder:
        """A finder that knows every page of the store. Pages without signature (of older versions, of a killed run) get theirs now."""
        base = self._one("SELECT coalesce(max(number) + 1, 0) FROM signatures")
        finder = CopyFinder(base=base, earlier=self)
        for start in range(0, base, SLICE):
            for number, family, prints in self._connection.execute(
                "SELECT number, family, prints FROM signatures WHERE number BETWEEN ? AND ? AND prints IS NOT NULL",
                [start, start + SLICE - 1],
            ).fetchall():
                finder.remember(number, group=family, prints=np.array(prints, dtype=np.uint64))
        while pages := list(self._unsigned()):
            self.add({page.id: finder.find(page) for page in pages})
        return finder

    def page(self, number: int) -> Page | None:
        """The page of that number, or None when it was replaced."""
        row = self._connection.execute(
            "SELECT d.id, d.published, d.text FROM signatures s JOIN documents d ON d.id = s.document WHERE s.number = ?",
            [number],
        ).fetchone()
        return Page(id=row[0], published=row[1], text=row[2]) if row else None

    def add(self, found: Mapping[str, Found]) -> None:
        """Keep what was found of stored documents, by id, in one transaction; of a document that was there before the old is dropped."""
        if not found:
            return
        self._connection.execute("BEGIN TRANSACTION")
        try:
            self._replace(found)
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")

    def _replace(self, found: Mapping[str, Found]) -> None:
        ids = list(found)
        families = {one.group for one in found.values()}
        families |= {
            row[0] for row in self._rows(f"SELECT family FROM signatures WHERE document IN {LISTED}", listed(ids))
        }
        for name in ("signatures", "copies"):
            self._connection.execute(f"DELETE FROM {name} WHERE document IN {LISTED}", [listed(ids)])
        self._connection.execute(
            f"INSERT INTO signatures FROM {table(**SIGNATURE)}", [values(map(_row, ids, found.values()), **SIGNATURE)]
        )
        for one in found.values():
            if one.merged:
                self._connection.execute(
                    f"UPDATE signatures SET family = ? WHERE family::VARCHAR IN {LISTED}",
                    [one.group, listed(one.merged)],
                )
        self._relate(list(families))

    def _relate(self, families: list[int]) -> None:
        """Bring the copies of these families up to date; only pages whose original is another than before are compared."""
        changed = [
            row[:2]
            for row in self._rows(_MEMBERS, listed(families), WHOLE)
            if (row[1] if row[1] != row[0] else None) != row[2]
        ]
        if not changed:
            return
        self._connection.execute(f"DELETE FROM copies WHERE document IN {LISTED}", [listed(row[0] for row in changed)])
        originals: dict[str, Page] = {}
        rows = []
        for document, original in changed:
            if document != original:
                if original not in originals:
                    originals[original] = self._document(original)
                copy = relation(self._document(document), originals[original])
                rows.append((document, copy.original, copy.kind, copy.similarity))
        self._connection.execute(f"INSERT INTO copies FROM {table(**COPY)}", [values(rows, **COPY)])
        told.relate(self._connection, [row[0] for row in changed])

    def _document(self, id_: str) -> Page:
        ((published, text),) = self._rows("SELECT published, text FROM documents WHERE id = ?", id_)
        return Page(id=id_, published=published, text=text)

    def _unsigned(self) -> Iterator[Page]:
        rows = self._connection.execute(
            f"""SELECT id, published, text FROM documents d WHERE error_kind IS NULL AND text <> ''
                AND NOT EXISTS (SELECT 1 FROM signatures s WHERE s.document = d.id) ORDER BY rowid LIMIT {SIGNED}"""
        ).fetchall()
        return (Page(id=id_, published=published, text=text) for id_, published, text in rows)

    def _rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        return self._connection.execute(query, list(values)).fetchall()

    def _one(self, query: str) -> int:
        ((value,),) = self._rows(query)
        return int(value)


def _row(id_: str, found: Found) -> list[Any]:
    prints = found.prints.tolist() if found.prints is not None else None
    return [found.number, id_, found.group, found.words, prints]
