"""What is to be reviewed next, and the log of what was: reading only."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

import duckdb

from tacitus.corpus.mentions import MentionId
from tacitus.review import Entry, Mark
from tacitus.store.incident_rows import TAKEN_OUT
from tacitus.store.queries import _period, _with_parties
from tacitus.store.rows import Query
from tacitus.store.values import Condition, among

STATES = ("applied", "superseded", "lost", "undone", "undo")
"""What may have become of an entry of the log."""
ORDERS = {
    "unsure": "sure NULLS FIRST",
    "sure": "sure DESC NULLS LAST",
    "latest": "day DESC NULLS LAST",
    "page": "published",
}
"""How a queue may be ordered."""
MACHINE = """(SELECT document, item, any_value(type) AS type, any_value(confidence) AS confidence FROM review_marks
    WHERE subject = 'event' AND item IS NOT NULL GROUP BY document, item)"""
"""What the machine said of events that somebody reviewed: the tables of facts have what people said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueFilter:
    """Which events: of a type, of parties and days; those that `who` has not reviewed, or without `who` those that nobody has."""

    type: str | None = None
    query: Query = field(default_factory=Query)
    order: str = "unsure"
    who: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LogFilter:
    """Which entries of the log: of a person, on a document, on facts of a kind, with a verdict, in a state. None asks for nothing."""

    who: str | None = None
    document: str | None = None
    subject: str | None = None
    verdict: str | None = None
    state: str | None = None

    @property
    def condition(self) -> Condition:
        """The condition on a row of the log."""
        found = Condition()
        for name in ("who", "document", "subject", "verdict", "state"):
            if (value := getattr(self, name)) is not None:
                found &= Condition(f"{name} = ?", (value,))
        return found


@dataclass(frozen=True, slots=True)
class LogRow:
    """An entry of the log. `state`: applied · superseded · lost · undone; of what takes another entry back "undo". `item`: the event, actor
    or place that it is on in the page's present coding, where it is on any."""

    entry: Entry
    state: str
    why: str | None
    item: str | None

    def to_dict(self) -> dict[str, Any]:
        """The entry with what became of it, as JSON values."""
        return {**self.entry.to_dict(), "state": self.state, "why": self.why, "item": self.item}


class ReviewQueue:
    """Reads what reviewing asks for."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def next(self, chosen: QueueFilter, *, skip: int = 0) -> tuple[int, MentionId | None]:
        """How many events wait, and the first of them after `skip`."""
        source = _waiting(chosen)
        order = ORDERS.get(chosen.order, ORDERS["unsure"])
        total = self._connection.execute(f"SELECT count(*) FROM ({source.sql})", source.values).fetchall()[0][0]
        rows = self._connection.execute(
            f"SELECT document, event FROM ({source.sql}) ORDER BY {order}, document, start, event LIMIT 1 OFFSET ?",
            [*source.values, skip],
        ).fetchall()
        return int(total), MentionId(*rows[0]) if rows else None

    def marks(self, *, state: str | None = None, document: str | None = None, subject: str | None = None) -> list[Mark]:
        """What became of the verdicts in force, the earliest first."""
        wanted = {"m.state": state, "m.document": document, "m.subject": subject}
        where = Condition()
        for column, value in wanted.items():
            where &= Condition(f"{column} = ?", (value,)) if value is not None else Condition()
        return self._marks(where)

    def marks_on(self, mentions: Collection[MentionId]) -> dict[MentionId, list[Mark]]:
        """The verdicts in force on these events, the earliest first."""
        pages = among("m.document", {id_.document for id_ in mentions})
        found: dict[MentionId, list[Mark]] = defaultdict(list)
        for mark in self._marks(pages & Condition("m.subject = 'event' AND m.item IS NOT NULL")):
            id_ = MentionId(mark.entry.document, mark.item or "")
            if id_ in mentions:
                found[id_].append(mark)
        return dict(found)

    def taken_out(self, incident: str) -> list[Mark]:
        """The verdicts that count by which reports of an incident are not its reports any more, the earliest first."""
        left = "SELECT detail FROM incident_changes WHERE incident = ? AND change = ?"
        return self._marks(Condition(f"m.state = 'applied' AND m.entry IN ({left})", (incident, TAKEN_OUT)))

    def _marks(self, where: Condition) -> list[Mark]:
        rows = self._connection.execute(
            f"""SELECT r.body, m.item, m.state, m.why, m.confidence FROM review_marks m JOIN reviews r ON r.entry = m.entry
            WHERE {where.sql} ORDER BY m.made, m.entry""",
            where.values,
        ).fetchall()
        return [Mark(Entry.from_dict(json.loads(body)), *rest) for body, *rest in rows]

    def log(self, chosen: LogFilter, *, limit: int, offset: int = 0) -> list[LogRow]:
        """The log, the latest first."""
        where = chosen.condition
        rows = self._connection.execute(
            f"SELECT body, state, why, item FROM ({_LOG}) WHERE {where.sql} ORDER BY made DESC, entry DESC LIMIT ? OFFSET ?",
            [*where.values, limit, offset],
        ).fetchall()
        return [LogRow(Entry.from_dict(json.loads(body)), *rest) for body, *rest in rows]

    def counts(self, chosen: LogFilter) -> dict[str, int]:
        """How many such entries of the log are in each state."""
        where = chosen.condition
        rows = self._connection.execute(
            f"SELECT state, count(*) FROM ({_LOG}) WHERE {where.sql} GROUP BY state ORDER BY ALL", where.values
        ).fetchall()
        return dict(rows)

    def entry(self, id_: str) -> Entry | None:
        """An entry of the log by its id, or by the beginning of it where only one begins so."""
        rows = self._connection.execute(
            "SELECT body FROM reviews WHERE starts_with(entry, ?) ORDER BY entry LIMIT 2", [id_]
        ).fetchall()
        return Entry.from_dict(json.loads(rows[0][0])) if id_ and len(rows) == 1 else None

    def reviewed_pages(self) -> list[str]:
        """The documents that anybody reviewed anything of."""
        return [
            row[0] for row in self._connection.execute("SELECT DISTINCT document FROM reviews ORDER BY ALL").fetchall()
        ]

    def people(self) -> list[tuple[str, int]]:
        """Who reviewed, and how much, busiest first."""
        rows = self._connection.execute(
            "SELECT who, count(*) FROM reviews WHERE verdict <> 'undone' GROUP BY who ORDER BY count(*) DESC, who"
        )
        return [(who, count) for who, count in rows.fetchall()]


_LOG = """SELECT r.body, r.entry, r.made, r.who, r.document, r.subject, r.verdict, m.why, m.item,
    CASE WHEN r.verdict = 'undone' THEN 'undo' ELSE coalesce(m.state, 'undone') END AS state
FROM reviews r LEFT JOIN review_marks m ON m.entry = r.entry"""


def _waiting(chosen: QueueFilter) -> Condition:
    """SQL for the events that wait: document, event, how sure the machine was, days, and place in the text."""
    seen = "EXISTS (SELECT 1 FROM review_marks w WHERE w.document = {0} AND w.item = {1} AND w.subject = 'event' AND w.who = ?)"
    unseen = Condition("e.review IS NULL")
    if chosen.who is not None:
        unseen = Condition(f"NOT {seen.format('e.document', 'e.event')}", (chosen.who,))
    where = unseen & _period("e.day", chosen.query) & _with_parties(chosen.query)
    if chosen.type is not None:
        where &= Condition("coalesce(m.type, e.type) = ?", (chosen.type,))
    standing = Condition(
        f"""SELECT e.document, e.event, coalesce(m.confidence, e.confidence) AS sure, e.day, e.published, e.start
        FROM told e LEFT JOIN {MACHINE} m ON m.document = e.document AND m.item = e.event
        WHERE {where.sql}""",
        where.values,
    )
    return standing if chosen.who is None else _union(standing, _rejected(chosen, seen))


def _rejected(chosen: QueueFilter, seen: str) -> Condition:
    """Events that somebody else rejected: they stand no more, but a second person may see them."""
    day = "coalesce(m.day_from, d.published_day)"
    where = Condition(f"NOT {seen.format('m.document', 'm.item')}", (chosen.who,)) & _period(day, chosen.query)
    for party in (chosen.query.actor, chosen.query.with_):
        if party is not None:
            named = "len(list_filter(m.parties, x -> starts_with(x, upper(?)) OR contains(lower(x), lower(?)))) > 0"
            where &= Condition(named, (party, party))
    if chosen.type is not None:
        where &= Condition("m.type = ?", (chosen.type,))
    return Condition(
        f"""SELECT DISTINCT m.document, m.item AS event, m.confidence AS sure, {day} AS day, d.published_day AS published, 0 AS start
        FROM review_marks m JOIN documents d ON d.id = m.document
        WHERE m.subject = 'event' AND m.verdict = 'rejected' AND m.state = 'applied' AND {where.sql}""",
        where.values,
    )


def _union(one: Condition, other: Condition) -> Condition:
    both: Sequence[Any] = (*one.values, *other.values)
    return Condition(f"{one.sql} UNION ALL {other.sql}", tuple(both))
