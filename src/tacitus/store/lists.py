"""Lists a screen long: events, claims and incidents that meet a filter, with how many there are; ordered and cut by the database."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import duckdb

from tacitus.store.incident_rows import IncidentRow
from tacitus.store.incidents import Incidents
from tacitus.store.queries import _period, _with_parties, claims_named, events_at, spoken_by
from tacitus.store.rows import ClaimRow, EventRow, Query
from tacitus.store.values import Condition

VOICES = {
    "page": Condition("e.claim IS NULL"),
    "claimed": Condition("e.claim IS NOT NULL"),
}
"""Who states an event: the page itself, or somebody it quotes."""
ORDERS = {
    "reports": "i.independent DESC, abs(coalesce(i.score, 0)) DESC, i.incident",
    "severity": "abs(coalesce(i.score, 0)) DESC, i.independent DESC, i.incident",
    "latest": "i.day_from DESC NULLS LAST, i.incident",
    "earliest": "i.day_from NULLS LAST, i.incident",
}
"""How incidents may be put in order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventFilter:
    """Which events: period and parties, and each of these where it is not None. `voice`: one of VOICES."""

    query: Query = field(default_factory=Query)
    type: str | None = None
    status: str | None = None
    voice: str | None = None
    place: str | None = None

    @property
    def condition(self) -> Condition:
        """Of events `e` of the table `told`."""
        condition = _period("e.day", self.query) & _with_parties(self.query)
        condition &= _equal("e.type", self.type) & _equal("e.status", self.status)
        condition &= VOICES[self.voice] if self.voice else Condition()
        if self.place is not None:
            condition &= Condition("lower(e.place) = lower(?)", (self.place,))
        return condition


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimFilter:
    """Which claims: the page's period, who speaks (`query.actor`), direct or indirect, and what the speaker does with the content."""

    query: Query = field(default_factory=Query)
    kind: str | None = None
    stance: str | None = None

    @property
    def condition(self) -> Condition:
        condition = _period("c.day", self.query) & _equal("c.kind", self.kind) & _equal("c.stance", self.stance)
        return condition & spoken_by(self.query.actor)


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentFilter:
    """Which incidents that stand: period, parties of their reports, type, place; `least` independent reports; how they are ordered."""

    query: Query = field(default_factory=Query)
    type: str | None = None
    place: str | None = None
    least: int = 1
    order: str = "reports"

    @property
    def condition(self) -> Condition:
        condition = Condition("i.withdrawn IS NULL") & _equal("i.type", self.type)
        for sql, bound in (
            ("coalesce(i.day_to, i.day_from) >= ?", self.query.since),
            ("i.day_from <= ?", self.query.until),
        ):
            condition &= Condition(sql, (bound,)) if bound is not None else Condition()
        if self.place is not None:
            condition &= Condition("lower(i.place) = lower(?)", (self.place,))
        if self.least > 1:
            condition &= Condition("i.independent >= ?", (self.least,))
        parties = _with_parties(Query(actor=self.query.actor, with_=self.query.with_))
        if parties.values:
            condition &= Condition(f"i.incident IN (SELECT e.incident FROM told e WHERE {parties.sql})", parties.values)
        return condition


class Lists:
    """Reads lists; `limit` None takes all there is."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def number_of_events(self, chosen: EventFilter) -> int:
        """How many events there are."""
        return self._count("FROM told e", chosen.condition)

    def events(self, chosen: EventFilter, *, limit: int, offset: int = 0) -> list[EventRow]:
        """Events, the latest first, undated ones last; within a page of news in the order of its text."""
        where = chosen.condition
        keys = self._rows(
            f"""SELECT e.number, e.document, e.event FROM told e WHERE {where.sql}
                ORDER BY e.day DESC NULLS LAST, e.document, e.start, e.event LIMIT ? OFFSET ?""",
            (*where.values, limit, offset),
        )
        rows = {(row.document, row.event): row for row in events_at(self._connection, [key[0] for key in keys])}
        return [rows[key[1:]] for key in keys]

    def number_of_claims(self, chosen: ClaimFilter) -> int:
        """How many claims there are."""
        return self._count("FROM claims c", chosen.condition)

    def claims(self, chosen: ClaimFilter, *, limit: int, offset: int = 0) -> list[ClaimRow]:
        """Claims, the latest page first, within a page in the order of its text."""
        where = chosen.condition
        keys = self._rows(
            f"""SELECT c.document, c.claim FROM claims c WHERE {where.sql}
                ORDER BY c.day DESC NULLS LAST, c.document, c.sentence, c.cue_start, c.claim LIMIT ? OFFSET ?""",
            (*where.values, limit, offset),
        )
        rows = {(row.document, row.claim): row for row in claims_named(self._connection, keys)}
        return [rows[key] for key in keys]

    def number_of_incidents(self, chosen: IncidentFilter) -> int:
        """How many incidents there are."""
        return self._count("FROM incidents i", chosen.condition)

    def incidents(self, chosen: IncidentFilter, *, limit: int, offset: int = 0) -> list[IncidentRow]:
        """Incidents in the order asked for."""
        where = chosen.condition
        keys = self._rows(
            f"SELECT i.incident FROM incidents i WHERE {where.sql} ORDER BY {ORDERS[chosen.order]} LIMIT ? OFFSET ?",
            (*where.values, limit, offset),
        )
        ids = [key for (key,) in keys]
        rows = {row.incident: row for row in Incidents(self._connection).rows(ids)} if ids else {}
        return [rows[id_] for id_ in ids]

    def days_told(self) -> list[tuple[date, int, float, float]]:
        """Day, number of incidents that pages state themselves, sum of their negative and of their positive scores."""
        return self._rows(
            """SELECT day_from, count(*), coalesce(sum(score) FILTER (score < 0), 0), coalesce(sum(score) FILTER (score > 0), 0)
                FROM incidents WHERE withdrawn IS NULL AND own_voice AND status = 'actual' AND day_from IS NOT NULL
                GROUP BY day_from ORDER BY day_from"""
        )

    def _count(self, source: str, where: Condition) -> int:
        return int(self._rows(f"SELECT count(*) {source} WHERE {where.sql}", where.values)[0][0])

    def _rows(self, sql: str, values: tuple[Any, ...] = ()) -> list[Any]:
        return self._connection.execute(sql, list(values)).fetchall()


def _equal(column: str, value: str | None) -> Condition:
    return Condition(f"{column} = ?", (value,)) if value is not None else Condition()
