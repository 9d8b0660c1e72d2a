"""The store's log of verdicts, and the facts that readers see: the machine's records with the verdicts laid over."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import duckdb

from tacitus.corpus.mentions import MentionId
from tacitus.records import Event, Record
from tacitus.review import Entry, EventFacts, Mark, Reviewed, review_record, with_added
from tacitus.store.filling import empty, facts_of, fill, storable
from tacitus.store.values import LISTED, among, listed, table, values

REVIEW = dict.fromkeys(("entry", "made", "who", "document", "subject", "verdict", "body"), "VARCHAR")
MARK = dict.fromkeys(
    ("document", "entry", "made", "who", "subject", "item", "verdict", "state", "why", "type", "day_from"), "VARCHAR"
) | {"confidence": "DOUBLE", "parties": "VARCHAR"}
BATCH = 200
"""Pages that are made anew at once."""


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What entries did: the documents they are on; the event mentions that are others now, because anything by which incidents are put
    together has changed, or they are gone or came back; and those that tell of the same with other numbers."""

    documents: set[str]
    changed: set[MentionId]
    recounted: set[MentionId]


class Reviews:
    """Reads and writes the log, and lays it over records; the caller opens the transaction."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def ids(self) -> set[str]:
        """The ids of all entries that were taken in."""
        return {row[0] for row in self._connection.execute("SELECT entry FROM reviews").fetchall()}

    def add(self, entries: Iterable[Entry]) -> None:
        """Take entries into the log, which must not be there yet."""
        rows = [(e.id, e.at, e.who, e.document, e.subject, e.verdict, json.dumps(e.to_dict())) for e in entries]
        self._connection.execute(
            f"INSERT INTO reviews SELECT {', '.join(REVIEW)} FROM {table(**REVIEW)}", [storable(values(rows, **REVIEW))]
        )

    def entries(self, documents: Collection[str] | None = None) -> dict[str, list[Entry]]:
        """The entries on these documents, or on all, those that were taken back too; by document, the earliest first."""
        where, given = ("true", []) if documents is None else (f"document IN {LISTED}", [listed(documents)])
        found: dict[str, list[Entry]] = defaultdict(list)
        for document, body in self._connection.execute(
            f"SELECT document, body FROM reviews WHERE {where} ORDER BY made, entry", given
        ).fetchall():
            found[document].append(Entry.from_dict(json.loads(body)))
        return found

    def lay_over(self, records: Iterable[Record]) -> Iterator[Reviewed]:
        """The records as people left them, and what became of each verdict."""
        batch = list(records)
        entries = self.entries([record.id for record in batch])
        return (review_record(record, entries.get(record.id, ())) for record in batch)

    def keep_marks(self, reviewed: Mapping[str, Reviewed]) -> None:
        """Note what became of the verdicts on these documents."""
        self._connection.execute(f"DELETE FROM review_marks WHERE document IN {LISTED}", [listed(reviewed)])
        rows = [_mark(document, mark) for document, one in reviewed.items() for mark in one.marks]
        names = ", ".join("from_json(parties, '[\"VARCHAR\"]')" if name == "parties" else name for name in MARK)
        if rows:
            self._connection.execute(
                f"INSERT INTO review_marks SELECT {names} FROM {table(**MARK)}", [storable(values(rows, **MARK))]
            )

    def take_in(self, entries: Sequence[Entry]) -> TakenIn:
        """Add entries, and make the facts of their documents anew."""
        documents = sorted({entry.document for entry in entries})
        before = {one.record.id: one.record for one in self._current(documents)}
        self.add(entries)
        changed: set[MentionId] = set()
        recounted: set[MentionId] = set()
        for start in range(0, len(documents), BATCH):
            batch = [before[id_] for id_ in documents[start : start + BATCH] if id_ in before]
            after = {one.record.id: one for one in self._current([record.id for record in batch])}
            self.keep_marks(after)
            empty(self._connection, after)
            fill(self._connection, {id_: facts_of(one.record) for id_, one in after.items()})
            for record in batch:
                now = after[record.id].record
                changed |= {MentionId(record.id, event) for event in changed_events(record, now)}
                recounted |= {MentionId(record.id, event) for event in recounted_events(record, now)}
        self.keep_marks({id_: _homeless(entries, id_) for id_ in documents if id_ not in before})
        return TakenIn(set(before), changed, recounted - changed)

    def machine_records(self, documents: Collection[str]) -> list[Record]:
        """The records exactly as the machine made them."""
        where = among("id", documents)
        rows = self._connection.execute(
            f"SELECT record, text FROM documents WHERE {where.sql} ORDER BY id", where.values
        ).fetchall()
        return [Record.from_dict({**json.loads(facts), "text": text}) for facts, text in rows]

    def reviewable(self, document: str) -> Record | None:
        """The machine's record of a document and the events that people added: what there is to review."""
        machine = next(iter(self.machine_records([document])), None)
        return with_added(machine, self.entries([document]).get(document, ())) if machine is not None else None

    def _current(self, documents: Collection[str]) -> Iterator[Reviewed]:
        return self.lay_over(self.machine_records(documents))


def changed_events(before: Record, after: Record) -> set[str]:
    """The events that are not the same in both records, in anything by which incidents are put together."""
    old, new = ({event.id: _seen(record, event) for event in record.events} for record in (before, after))
    return {id_ for id_ in old.keys() | new.keys() if old.get(id_) != new.get(id_)}


def recounted_events(before: Record, after: Record) -> set[str]:
    """The events of both records whose numbers are not the same."""
    old = {event.id: (event.dead, event.injured) for event in before.events}
    return {event.id for event in after.events if old.get(event.id, ()) not in ((), (event.dead, event.injured))}


def _seen(record: Record, event: Event) -> tuple[object, ...]:
    actors = {
        actor.id: (actor.name, actor.code, actor.country, actor.sectors, actor.reference) for actor in record.actors
    }
    sides = [[actors.get(part.actor) for part in side] for side in (event.actors, event.recipients)]
    place = record.places[event.place] if event.place is not None and event.place < len(record.places) else None
    where = (place.name, place.geonameid, place.country, place.lat, place.lon) if place else None
    return event.type, event.mode, event.status, event.score, event.date, where, *sides


def _homeless(entries: Iterable[Entry], document: str) -> Reviewed:
    """Verdicts on a page that is not in this database: kept, and listed as lost until it is."""
    marks = [
        Mark(e, None, "lost", "its page is not in this database") for e in entries if e.document == document and e.facts
    ]
    return Reviewed(Record(id=document), tuple(marks))


def _mark(document: str, mark: Mark) -> tuple[object, ...]:
    entry, judged = mark.entry, mark.entry.facts
    facts = judged if isinstance(judged, EventFacts) else None
    parties = [party.who for party in (*facts.actors, *facts.recipients)] if facts else []
    return (
        document,
        entry.id,
        entry.at,
        entry.who,
        entry.subject,
        mark.item,
        entry.verdict,
        mark.state,
        mark.why,
        facts.type if facts else None,
        facts.day_from if facts else None,
        mark.confidence,
        json.dumps([f"{who.code or who.country or ''} {who.name}" for who in parties]),
    )
