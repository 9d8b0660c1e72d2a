"""Rows for browsing: pages by date, with what was found in them; who takes part, over all pages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from tacitus.store.database import Store
from tacitus.store.lists import Lists
from tacitus.store.queries import (
    _period,
    _with_parties,
    claims_named,
    claims_where,
    events_in,
    one_of,
    scattered,
    worded,
)
from tacitus.store.rows import ClaimRow, EventRow, Query
from tacitus.store.values import Condition, among

SIDE = "coalesce({0}.country, {0}.code, lower({0}.name))"


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRow:
    """A page in a list, with how many events and claims it holds; `error` is why it could not be coded."""

    id: str
    title: str | None
    publisher: str | None
    published: date | None
    error: str | None
    events: int
    claims: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFilter:
    """Which pages: words of the title in any case, a publisher, first and last day. None asks for nothing."""

    title: str | None = None
    publisher: str | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """An actor across pages: the knowledge base's `reference`; or, for those who have none, `name` and `code`; or a whole `side`
    (its country, else its code, else its name in small letters)."""

    reference: str | None = None
    name: str | None = None
    code: str | None = None
    side: str | None = None

    def condition(self, alias: str) -> Condition:
        """The actor in a row of `actors` or `parties` under this alias."""
        if self.side is not None:
            return Condition(f"{SIDE.format(alias)} = ?", (self.side,))
        if self.reference is not None:
            return Condition(f"{alias}.reference = ?", (self.reference,))
        same = f"{alias}.reference IS NULL AND lower({alias}.name) = lower(?) AND {alias}.code IS NOT DISTINCT FROM ?"
        return Condition(same, (self.name, self.code))


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorRow:
    """An actor over all pages that name it, with the numbers of pages, and of events it has part in."""

    name: str
    code: str | None
    country: str | None
    kind: str
    reference: str | None
    documents: int

    @property
    def who(self) -> Who:
        return Who(reference=self.reference) if self.reference else Who(name=self.name, code=self.code)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageContent:
    """What a page is searched by. `claims` and `events`: id, who speaks or takes part, and the words."""

    id: str
    title: str | None
    publisher: str | None
    published: date | None
    text: str
    claims: tuple[tuple[str, str, str], ...]
    events: tuple[tuple[str, str, str], ...]


class Reader(Store):
    """A store with what browsing asks for beside it."""

    @property
    def lists(self) -> Lists:
        """Lists of events, claims and incidents."""
        return Lists(self._connection)

    def pages(self, chosen: PageFilter, *, limit: int, offset: int = 0) -> list[PageRow]:
        """Pages, the latest first, undated ones last."""
        where = _page_condition(chosen)
        rows = self._connection.execute(
            f"""SELECT d.document, d.title, d.publisher, d.day, d.error_message FROM pages d WHERE {where.sql}
                ORDER BY d.day DESC NULLS LAST, d.document LIMIT ? OFFSET ?""",
            [*where.values, limit, offset],
        ).fetchall()
        names = ("id", "title", "publisher", "published", "error")
        events, claims = (self._on_pages(table, [row[0] for row in rows]) for table in ("told", "claims"))
        return [
            PageRow(**dict(zip(names, row, strict=True)), events=events.get(row[0], 0), claims=claims.get(row[0], 0))
            for row in rows
        ]

    def _on_pages(self, table: str, documents: Collection[str]) -> dict[str, int]:
        where = among("document", documents)
        return dict(
            self._connection.execute(
                f"SELECT document, count(*) FROM {table} WHERE {where.sql} GROUP BY document", where.values
            ).fetchall()
        )

    def number_of_pages(self, chosen: PageFilter) -> int:
        """How many pages meet the filter."""
        where = _page_condition(chosen)
        return self._number(f"SELECT count(*) FROM pages d WHERE {where.sql}", where)

    def _number(self, sql: str, where: Condition) -> int:
        return int(self._connection.execute(sql, where.values).fetchall()[0][0])

    def publishers(self, *, limit: int = 200) -> list[str]:
        """Publishers, those of the most pages first."""
        rows = self._connection.execute(
            "SELECT publisher FROM pages WHERE publisher IS NOT NULL GROUP BY publisher ORDER BY count(*) DESC, publisher LIMIT ?",
            [limit],
        )
        return [row[0] for row in rows.fetchall()]

    def digests(self, documents: list[str]) -> dict[str, str]:
        """Those digests of several pages."""
        where = among("id", documents)
        return dict(
            self._connection.execute(f"SELECT id, digest FROM documents WHERE {where.sql}", where.values).fetchall()
        )

    def page_stamps(self) -> dict[str, str]:
        """Id to what changes when a page is coded again, or anything on it is reviewed."""
        rows = self._connection.execute(
            """SELECT d.id, d.digest || '/' || d.run || coalesce('/' || r.entries, '') FROM documents d
            LEFT JOIN (SELECT document, count(*) AS entries FROM reviews GROUP BY document) r ON r.document = d.id"""
        )
        return dict(rows.fetchall())

    def page_contents(self, ids: Sequence[str]) -> list[PageContent]:
        """What these pages are searched by."""
        claims, events = self._claims_on(ids), self._events_on(ids)
        wanted = among("id", ids)
        rows = self._connection.execute(
            f"SELECT id, title, publisher, published_day, text FROM documents WHERE {wanted.sql}", wanted.values
        ).fetchall()
        return [
            PageContent(
                id=id_,
                title=title,
                publisher=publisher,
                published=published,
                text=text or "",
                claims=tuple(claims[id_]),
                events=tuple(events[id_]),
            )
            for id_, title, publisher, published, text in rows
        ]

    def _claims_on(self, documents: Collection[str]) -> dict[str, list[tuple[str, str, str]]]:
        found: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
        for claim in claims_where(self._connection, among("c.document", documents)):
            speaker = claim.speaker.name if claim.speaker else claim.speaker_text or ""
            found[claim.document].append((claim.claim, speaker, " … ".join(claim.content_texts)))
        return found

    def _events_on(self, documents: Collection[str]) -> dict[str, list[tuple[str, str, str]]]:
        where = among("document", documents)
        rows = self._connection.execute(
            f"""SELECT document, event, type, list_concat(actors, recipients), sentence_text FROM told
                WHERE {where.sql} ORDER BY document, "start", event""",
            where.values,
        ).fetchall()
        wanted = ", ".join(map(str, {who for row in rows for who in row[3] or ()}))
        names = dict(
            self._connection.execute(
                f"SELECT who, name FROM everybody WHERE who IN (SELECT unnest([{wanted}]::INTEGER[]))"
            ).fetchall()
        )
        found: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
        for document, event, type_, parties, sentence in rows:
            who = ", ".join(dict.fromkeys(names[party] for party in parties or ()))
            found[document].append((event, f"{type_} {who}", sentence))
        return found

    def days(self) -> tuple[date | None, date | None]:
        """The first and the last day of the pages."""
        first, last = self._connection.execute("SELECT min(day), max(day) FROM pages").fetchall()[0]
        return first, last

    def days_of_events(
        self, query: Query, *, who: Who | None = None, with_: Who | None = None
    ) -> list[tuple[date | None, int]]:
        """Day and number of the events that meet the query and in which these take part, in order of time; undated ones under None."""
        where = _with_parties(query)
        if who is not None:
            where &= one_of("e.who", who.condition("a"))
        if with_ is not None:
            where &= _takes_part(with_, query)
        rows, number = ("parts", "count(DISTINCT e.number)") if where.values else ("told", "count(*)")
        where &= _period("e.day", query)
        return self._connection.execute(
            f"SELECT e.day, {number} FROM {rows} e WHERE {where.sql} GROUP BY e.day ORDER BY e.day NULLS LAST",
            where.values,
        ).fetchall()

    def actors(self, *, words: str | None = None, limit: int, offset: int = 0) -> list[ActorRow]:
        """Actors over all pages, those on the most pages first; `words` stand in the name in any case, or begin the code."""
        where = _named(words)
        rows = self._connection.execute(
            f"""SELECT arg_max(a.name, a.documents), a.code, arg_max(a.country, a.documents), arg_max(a.kind, a.documents), a.reference,
                    sum(a.documents)::INTEGER AS documents
                FROM everybody a WHERE {where.sql}
                GROUP BY a.reference, CASE WHEN a.reference IS NULL THEN lower(a.name) END, a.code
                ORDER BY documents DESC, 1, a.code LIMIT ? OFFSET ?""",
            [*where.values, limit, offset],
        )
        return [_actor(row) for row in rows.fetchall()]

    def number_of_actors(self, *, words: str | None = None) -> int:
        """How many such actors there are."""
        where = _named(words)
        rows = self._connection.execute(
            f"""SELECT count(*) FROM (SELECT 1 FROM everybody a WHERE {where.sql}
                GROUP BY a.reference, CASE WHEN a.reference IS NULL THEN lower(a.name) END, a.code)""",
            [*where.values],
        )
        return int(rows.fetchall()[0][0])

    def events_of(
        self, who: Who, *, with_: Who | None = None, query: Query | None = None, worded: bool = True
    ) -> list[EventRow]:
        """The events in which somebody takes part; with somebody else, if asked for. Without their words where only figures are."""
        query = query or Query()
        chosen = _period("e.day", query) & _takes_part(who, query)
        if with_ is not None:
            chosen &= _takes_part(with_, query)
        return scattered(self._connection, chosen, worded=worded)

    def worded(self, rows: Collection[EventRow]) -> dict[tuple[str, str], EventRow]:
        """These events, which were read without their words, with them; by document and id."""
        return worded(self._connection, rows)

    def events_in(self, incidents: Sequence[str]) -> list[EventRow]:
        """The reports of these incidents, by day, document and place in the text."""
        return events_in(self._connection, incidents)

    def claims_of(self, who: Who, *, limit: int) -> tuple[int, list[ClaimRow]]:
        """How much somebody said, and the latest of it, the latest first."""
        said = one_of("c.who", who.condition("a")) & Condition("len(c.content) > 0")
        total = self._number(f"SELECT count(*) FROM claims c WHERE {said.sql}", said)
        keys = self._connection.execute(
            f"""SELECT c.document, c.claim FROM claims c WHERE {said.sql}
                ORDER BY c.day DESC NULLS FIRST, c.document DESC, c.sentence DESC, c.cue_start DESC, c.claim DESC LIMIT ?""",
            [*said.values, limit],
        ).fetchall()
        return total, claims_named(self._connection, keys)[::-1]

    def actor_rows(self, who: Who, *, limit: int = 20) -> list[ActorRow]:
        """The names and codes under which somebody stands on the pages, the most frequent first."""
        where = who.condition("a")
        rows = self._connection.execute(
            f"""SELECT a.name, a.code, arg_max(a.country, a.documents), arg_max(a.kind, a.documents), arg_max(a.reference, a.documents),
                    sum(a.documents)::INTEGER AS documents
                FROM everybody a WHERE {where.sql} GROUP BY a.name, a.code ORDER BY documents DESC, a.name, a.code LIMIT ?""",
            [*where.values, limit],
        )
        return [_actor(row) for row in rows.fetchall()]

    def pages_of(self, who: Who) -> int:
        """On how many pages somebody is named."""
        where = one_of("a.who", who.condition("a"))
        return self._number(f"SELECT count(DISTINCT a.document) FROM actors a WHERE {where.sql}", where)


def _named(words: str | None) -> Condition:
    where = Condition("a.kind <> 'unknown'")
    if words:
        where &= Condition("(contains(lower(a.name), lower(?)) OR starts_with(a.code, upper(?)))", (words, words))
    return where


def _actor(row: tuple[Any, ...]) -> ActorRow:
    name, code, country, kind, reference, documents = row
    return ActorRow(name=name, code=code, country=country, kind=kind, reference=reference, documents=documents)


def _takes_part(who: Who, query: Query) -> Condition:
    """Somebody has part in an event `e` of the period."""
    part = one_of("p.who", who.condition("a")) & _period("p.day", query)
    return Condition(f"e.number IN (SELECT p.number FROM parts p WHERE {part.sql})", part.values)


def _page_condition(chosen: PageFilter) -> Condition:
    parts: tuple[tuple[str, Any], ...] = (
        ("contains(lower(d.title), lower(?))", chosen.title),
        ("d.publisher = ?", chosen.publisher),
        ("d.day >= ?", chosen.since),
        ("d.day <= ?", chosen.until),
    )
    condition = Condition()
    for sql, value in parts:
        if value is not None:
            condition &= Condition(sql, (value,))
    return condition
