"""The store's tables of pages as their words show them, and of the stories they tell."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import duckdb

from tacitus.corpus.features import Feature
from tacitus.corpus.pages import Profile
from tacitus.corpus.words import Background, Telling
from tacitus.store.values import LISTED, at, listed, picked, table, values

Keys = Mapping[tuple[str, date | None], Iterable[int]]
"""The keys of pages, given with their dates."""
KEYS = {"key": "UINTEGER", "published": "DATE", "document": "VARCHAR"}
FEATURES = '[{"feature": "VARCHAR", "weight": "DOUBLE", "detail": "VARCHAR"}]'


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRow:
    """A page whose words have not been read yet."""

    document: str
    title: str | None
    text: str
    published: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryRow:
    """A page in a story; what joined it to `to_document`, or nothing where it founded the story."""

    story: str
    document: str
    published: date | None
    score: float | None = None
    to_document: str | None = None
    because: tuple[Feature, ...] = ()


class Stories:
    """Reads and writes page profiles and stories; the caller opens the transaction."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def pending(self, *, limit: int) -> list[PageRow]:
        """Pages that have no profile yet, by date, undated ones last; failures never get one."""
        waiting = [row[0] for row in self._connection.execute("SELECT document FROM pages_waiting").fetchall()]
        if not waiting:
            return []
        pages = picked(self._connection, "documents", "id", waiting)
        found = self._connection.execute(
            f"SELECT rowid FROM {pages} ORDER BY published_day NULLS LAST, id LIMIT ?", [limit]
        ).fetchall()
        rows = self._connection.execute(
            f"""SELECT id, title, text, published_day FROM {at("documents", [row for (row,) in found])}
            ORDER BY published_day NULLS LAST, id"""
        ).fetchall()
        return [PageRow(document=row[0], title=row[1], text=row[2], published=row[3]) for row in rows]

    def wait(self, documents: Collection[str]) -> None:
        """Note pages whose words are to be read."""
        self._connection.execute(f"INSERT INTO pages_waiting SELECT * FROM {LISTED}", [listed(documents)])

    def add(self, profiles: Sequence[Profile]) -> None:
        """Keep the profiles and count their terms."""
        columns = {"document": "VARCHAR", "published": "DATE", "terms": "VARCHAR"}
        rows = [(profile.document, profile.published, profile.packed().hex()) for profile in profiles]
        self._connection.execute(
            f"INSERT INTO page_terms SELECT document, published, unhex(terms) FROM {table(**columns)}",
            [values(rows, **columns)],
        )
        self._count(Counter(term for profile in profiles for term in profile.terms.tolist()))
        self._connection.execute(
            f"DELETE FROM pages_waiting WHERE document IN {LISTED}", [listed(profile.document for profile in profiles)]
        )

    def forget(self, documents: Collection[str]) -> None:
        """Take back what `add` counted for pages that are about to be replaced; their rows are deleted with them."""
        counts = Counter(term for profile in self.profiles(documents) for term in profile.terms.tolist())
        if counts:
            self._count({term: -count for term, count in counts.items()})

    def add_keys(self, keys: Keys) -> None:
        """The keys under which pages are found again."""
        self._connection.execute(
            f"INSERT INTO page_keys SELECT key, published, document FROM {table(**KEYS)}", [values(_rows(keys), **KEYS)]
        )

    def telling(self, terms: Collection[int]) -> Telling:
        """How much these terms tell, by the pages read so far and the background."""
        pages = self._connection.execute("SELECT count(*) FROM page_terms").fetchall()[0][0]
        rows = self._connection.execute(
            f"SELECT term, documents FROM term_documents WHERE term IN (SELECT term FROM {table(term='UINTEGER')})",
            [values(((term,) for term in terms), term="UINTEGER")],
        ).fetchall()
        return Telling(pages, dict(rows), Background.load())

    def candidates(self, keys: Keys, *, window: int, shared: int, limit: int) -> list[tuple[str, str]]:
        """For each page the others, at most so many, that have at least `shared` keys in common with it within `window` days.

        Those with most come first.
        """
        return self._connection.execute(
            f"""SELECT w.document, k.document FROM {table(**KEYS)} w JOIN page_keys k ON k.key = w.key AND k.document <> w.document
                AND (w.published IS NULL OR k.published IS NULL OR abs(k.published - w.published) <= ?)
            GROUP BY w.document, k.document HAVING count(*) >= ?
            QUALIFY row_number() OVER (PARTITION BY w.document ORDER BY count(*) DESC, k.document) <= ?
            ORDER BY w.document, count(*) DESC, k.document""",
            [values(_rows(keys), **KEYS), window, shared, limit],
        ).fetchall()

    def profiles(self, documents: Collection[str]) -> list[Profile]:
        """The kept profiles of these pages."""
        kept = picked(self._connection, "page_terms", "document", documents)
        rows = self._connection.execute(f"SELECT document, published, terms FROM {kept} ORDER BY document").fetchall()
        return [Profile.unpacked(*row) for row in rows]

    def stories_of(self, documents: Collection[str]) -> dict[str, str]:
        """The story of each of these pages that is in one."""
        return stories_of(self._connection, documents)

    def members(self, stories: Collection[str], *, limit: int) -> dict[str, str]:
        """Page to story: of each of these stories the page that founded it and the latest ones, at most so many."""
        rows = self._connection.execute(
            f"""SELECT document, story FROM story_pages WHERE story IN {LISTED}
            QUALIFY row_number() OVER (PARTITION BY story ORDER BY score IS NULL DESC, published DESC NULLS LAST, document) <= ?
            ORDER BY document""",
            [listed(stories), limit],
        ).fetchall()
        return dict(rows)

    def put(self, rows: Sequence[StoryRow], *, run: int) -> None:
        """Put pages into stories."""
        columns = {
            "story": "VARCHAR",
            "document": "VARCHAR",
            "published": "DATE",
            "score": "DOUBLE",
            "to_document": "VARCHAR",
        }
        columns |= {"because": "VARCHAR"}
        filled = [(r.story, r.document, r.published, r.score, r.to_document, plain(r.because)) for r in rows]
        self._connection.execute(
            f"""INSERT INTO story_pages SELECT story, document, published, {int(run)}, score, to_document,
                from_json(because, '{FEATURES}') FROM {table(**columns)}""",
            [values(filled, **columns)],
        )

    def pages(self) -> dict[str, list[str]]:
        """All stories with their pages, in order."""
        rows = self._connection.execute(
            "SELECT story, list(document ORDER BY published NULLS LAST, document) FROM story_pages GROUP BY story ORDER BY story"
        ).fetchall()
        return dict(rows)

    def story(self, document: str) -> list[StoryRow]:
        """The pages of the story that a page belongs to, with what joined each."""
        rows = self._connection.execute(
            """SELECT story, document, published, score, to_document, because FROM story_pages
            WHERE story IN (SELECT story FROM story_pages WHERE document = ?) ORDER BY published NULLS LAST, document""",
            [document],
        ).fetchall()
        names = ("story", "document", "published", "score", "to_document")
        return [StoryRow(**dict(zip(names, row[:5], strict=True)), because=features(row[5])) for row in rows]

    def _count(self, terms: Mapping[int, int]) -> None:
        columns = {"term": "UINTEGER", "documents": "INTEGER"}
        self._connection.execute(
            f"CREATE OR REPLACE TEMP TABLE counted AS FROM {table(**columns)}", [values(terms.items(), **columns)]
        )
        self._connection.execute(
            "UPDATE term_documents t SET documents = t.documents + c.documents FROM counted c WHERE c.term = t.term"
        )
        self._connection.execute(
            "INSERT INTO term_documents SELECT * FROM counted c WHERE NOT EXISTS (SELECT 1 FROM term_documents t WHERE t.term = c.term)"
        )
        self._connection.execute("DROP TABLE counted")


def stories_of(connection: duckdb.DuckDBPyConnection, documents: Collection[str]) -> dict[str, str]:
    """The story of each of these pages that is in one."""
    rows = connection.execute(
        f"SELECT document, story FROM story_pages WHERE document IN {LISTED} ORDER BY ALL", [listed(documents)]
    ).fetchall()
    return dict(rows)


def plain(because: Iterable[Feature]) -> str:
    """Features as a JSON text, which `from_json(..., FEATURES)` reads."""
    return json.dumps([feature._asdict() for feature in because])


def features(because: Sequence[Mapping[str, object]] | None) -> tuple[Feature, ...]:
    """Features as the database gives them."""
    return tuple(Feature(**item) for item in because or ())  # type: ignore[arg-type]


def _rows(keys: Keys) -> list[tuple[int, date | None, str]]:
    return [(key, published, document) for (document, published), terms in keys.items() for key in terms]
