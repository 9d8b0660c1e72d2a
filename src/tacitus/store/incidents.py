"""The store's tables of incidents: event mentions out, incidents with their reports in, and what changed from run to run."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import duckdb

from tacitus.corpus.mentions import EventMention, Key, MentionId, Side, Spot
from tacitus.corpus.summary import Report, Summary
from tacitus.store import told
from tacitus.store.incident_columns import columns_of, mention_of, report_of, report_row_of, side_of, spot_of
from tacitus.store.incident_rows import ChangeRow, Decision, IncidentRow, ReportRow
from tacitus.store.queries import EVENT_DAY, ORIGIN, events_where
from tacitus.store.rows import EventRow
from tacitus.store.stories import FEATURES, plain
from tacitus.store.values import LISTED, Condition, among, listed, picked, table, values
from tacitus.text import one_line

TOLD = "('actual', 'negated')"  # what is announced, possible or background is no incident
ID = {"document": "VARCHAR", "event": "VARCHAR"}
IDS = table(**ID)
FACTS = f"""e.document, e.event, e.type, e.mode, e.quad, e.score, e.status = 'negated', e.claim IS NOT NULL,
    {EVENT_DAY}, coalesce(e.day_to, {EVENT_DAY}), CASE WHEN {EVENT_DAY} IS NOT NULL THEN coalesce(e.day_basis, 'published') END,
    e.dead_low, e.dead_high, e.injured_low, e.injured_high, d.published_day, {ORIGIN},
    p.name, p.geonameid, p.feature, p.country, p.lat, p.lon, e.start, substr(d.text, s.start + 1, s."end" - s.start)"""
JOINS = """JOIN {documents} d ON d.id = e.document LEFT JOIN {places} p ON p.document = e.document AND p.place = e.place
    LEFT JOIN {sentences} s ON s.document = e.document AND s.sentence = e.sentence"""
NEARBY = """SELECT e.document, e.event, min(p.name), p.geonameid, min(p.feature), min(p.country), min(p.lat), min(p.lon)
    FROM {ids} w JOIN {events} e ON e.document = w.document AND e.event = w.event
    JOIN {sentences} s ON s.document = e.document AND s.sentence = e.sentence
    JOIN {places} p ON p.document = e.document AND p.start >= s.start AND p."end" <= s."end" AND starts_with(p.feature, 'P.')
    GROUP BY e.document, e.event, p.geonameid"""
"""The settlements that the sentences of some mentions name, each once."""
INCIDENT = """incident, type, types, mode, quad, score, status, own_voice, day_from, day_to, day_basis, place, geonameid, country, lat, lon,
    dead_low, dead_high, injured_low, injured_high, reports, documents, independent, first_published, last_published, created, changed,
    withdrawn, merged_into"""
SAVED = {name.strip(): "VARCHAR" for name in INCIDENT.split(",")[:-2]}
"""The columns of an incident that are written; the database casts them."""
KEY = {"key": "UINTEGER", "day_from": "DATE", "day_to": "DATE", "strength": "INTEGER"}
REPORT = {
    "incident": "VARCHAR",
    **ID,
    "denies": "BOOLEAN",
    "score": "DOUBLE",
    "to_document": "VARCHAR",
    "to_event": "VARCHAR",
}
REPORT |= {"because": "VARCHAR", "hand": "BOOLEAN"}

DECISION = {"decision": "INTEGER", "run": "INTEGER", "command": "VARCHAR", "same": "BOOLEAN", **ID}
DECISION |= {"other_document": "VARCHAR", "other_event": "VARCHAR"}


class Incidents:
    """Reads event mentions, reads and writes incidents; the caller opens the transaction."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def pending(self, documents: Collection[str]) -> list[EventMention]:
        """The mentions of these pages that are in no incident yet, by date of the page and place in the text."""
        rows = self._connection.execute(
            f"""SELECT e.document, e.event FROM {self._picked(documents)["events"]} e WHERE e.status IN {TOLD}
            AND NOT EXISTS (SELECT 1 FROM incident_reports r WHERE r.document = e.document AND r.event = e.event)"""
        ).fetchall()
        return self.mentions([MentionId(*row) for row in rows])

    def mentions(self, ids: Collection[MentionId]) -> list[EventMention]:
        """These mentions, by date of the page and place in the text."""
        tables = self._picked({id_.document for id_ in ids})
        rows = self._connection.execute(
            f"""SELECT {FACTS} FROM {IDS} w JOIN {tables["events"]} e ON e.document = w.document AND e.event = w.event
            {JOINS.format(**tables)} ORDER BY d.published_day NULLS LAST, e.document, e.start, e.event""",
            [values(ids, **ID)],
        ).fetchall()
        sides = self._sides(ids)
        stories = self._stories({id_.document for id_ in ids})
        found = [mention_of(row, sides, stories.get(row[0])) for row in rows]
        nearby = self._nearby([mention.id for mention in found if mention.spot is None], tables)
        return [replace(mention, spot=nearby.get(mention.id, mention.spot)) for mention in found]

    def candidates(
        self, keys: Mapping[MentionId, Iterable[Key]], *, enough: int, limit: int
    ) -> dict[MentionId, list[str]]:
        """For each mention the incidents, at most so many, with which it shares blocks that add up to `enough` on days that meet."""
        rows = [(*key, *id_) for id_, blocks in keys.items() for key in blocks]
        columns = KEY | ID
        found: dict[MentionId, list[str]] = defaultdict(list)
        for document, event, incident in self._connection.execute(
            f"""SELECT w.document, w.event, k.incident FROM {table(**columns)} w JOIN incident_keys k
                ON k.key = w.key AND k.day_from <= w.day_to AND k.day_to >= w.day_from
            GROUP BY w.document, w.event, k.incident HAVING sum(greatest(w.strength, k.strength)) >= ?
            QUALIFY row_number() OVER (
                PARTITION BY w.document, w.event ORDER BY sum(greatest(w.strength, k.strength)) DESC, k.incident
            ) <= ? ORDER BY w.document, w.event, k.incident""",
            [values(rows, **columns), enough, limit],
        ).fetchall():
            found[MentionId(document, event)].append(incident)
        return found

    def members(self, incidents: Collection[str], *, limit: int) -> dict[MentionId, str]:
        """Mention to incident: of each of these the report that founded it and the latest ones, at most so many."""
        rows = self._connection.execute(
            f"""SELECT document, event, incident FROM incident_reports WHERE incident IN {LISTED}
            QUALIFY row_number() OVER (PARTITION BY incident ORDER BY score IS NULL DESC, run DESC, document, event) <= ? ORDER BY ALL""",
            [listed(incidents), limit],
        ).fetchall()
        return {MentionId(document, event): incident for document, event, incident in rows}

    def incidents_of(self, ids: Collection[MentionId]) -> dict[MentionId, str]:
        """The incident of each of these mentions that is in one."""
        rows = self._connection.execute(
            f"""SELECT r.document, r.event, r.incident FROM incident_reports r
            JOIN {IDS} w
                ON w.document = r.document AND w.event = r.event""",
            [values(ids, **ID)],
        ).fetchall()
        return {MentionId(document, event): incident for document, event, incident in rows}

    def assign(self, rows: Sequence[ReportRow], *, run: int) -> None:
        """Put reports into incidents."""
        filled = [
            (r.incident, *r.id, r.denies, r.score, *(r.to or (None, None)), plain(r.because), r.hand) for r in rows
        ]
        self._connection.execute(
            f"""INSERT INTO incident_reports SELECT incident, document, event, denies, {int(run)}, score, to_document, to_event,
                from_json(because, '{FEATURES}'), hand FROM {table(**REPORT)}""",
            [values(filled, **REPORT)],
        )
        told.assign(self._connection, {row.id: row.incident for row in rows})

    def unassign(self, ids: Collection[MentionId]) -> None:
        """Take reports out of their incidents."""
        self._connection.execute(
            f"DELETE FROM incident_reports r USING {IDS} w WHERE r.document = w.document AND r.event = w.event",
            [values(ids, **ID)],
        )
        told.assign(self._connection, dict.fromkeys(ids))

    def add_keys(self, keys: Mapping[str, Iterable[Key]]) -> None:
        """Blocks in which incidents are found; those they have already are not added again."""
        columns = KEY | {"incident": "VARCHAR"}
        rows = [(*key, incident) for incident, blocks in keys.items() for key in blocks]
        self._connection.execute(
            f"""INSERT INTO incident_keys SELECT key, day_from, day_to, strength, incident FROM {table(**columns)}
            EXCEPT SELECT key, day_from, day_to, strength, incident FROM incident_keys WHERE incident IN {LISTED}""",
            [values(rows, **columns), listed(keys)],
        )

    def drop_keys(self, incidents: Collection[str]) -> None:
        """Incidents that are not to be found any more, or whose blocks are about to be added anew."""
        self._connection.execute(f"DELETE FROM incident_keys WHERE incident IN {LISTED}", [listed(incidents)])

    def reports(self, incidents: Collection[str]) -> dict[str, list[Report]]:
        """All reports of these incidents in the order in which the pages appeared, for their summary."""
        reports = picked(self._connection, "incident_reports", "incident", incidents)
        pages = self._connection.execute(f"SELECT DISTINCT document FROM {reports}").fetchall()
        tables = self._picked([page for (page,) in pages])
        rows = self._connection.execute(
            f"""SELECT r.incident, {FACTS} FROM {reports} r
            JOIN {tables["events"]} e ON e.document = r.document AND e.event = r.event {JOINS.format(**tables)}
            ORDER BY d.published_day NULLS LAST, e.document, e.start, e.event"""
        ).fetchall()
        found: dict[str, list[Report]] = defaultdict(list)
        for incident, *facts in rows:
            found[incident].append(report_of(facts))
        return found

    def save(self, summaries: Mapping[str, Summary], *, run: int) -> None:
        """Write these incidents' facts; those that are new get their row. What was withdrawn and has reports again stands again."""
        if not summaries:
            return
        known = self._connection.execute(
            f"SELECT incident, created FROM incidents WHERE incident IN {LISTED}", [listed(summaries)]
        ).fetchall()
        created = dict(known)
        self._connection.execute(f"DELETE FROM incidents WHERE incident IN {LISTED}", [listed(created)])
        rows = [(id_, *columns_of(summary), created.get(id_, run), run) for id_, summary in summaries.items()]
        names = ", ".join("string_split(types, ' ')" if name == "types" else name for name in SAVED)
        self._connection.execute(
            f"INSERT INTO incidents SELECT {names}, NULL, NULL FROM {table(**SAVED)}", [values(rows, **SAVED)]
        )

    def withdraw(self, incidents: Collection[str], *, run: int, merged_into: str | None = None) -> None:
        """Note that these have no report any more."""
        self._connection.execute(
            f"""UPDATE incidents SET withdrawn = ?, changed = ?, merged_into = ?, reports = 0, documents = 0, independent = 0
            WHERE incident IN {LISTED}""",
            [run, run, merged_into, listed(incidents)],
        )
        self.drop_keys(incidents)

    def orphans(self) -> list[str]:
        """Incidents that stand but have lost a report, because its page was coded again or taken away."""
        rows = self._connection.execute(
            """SELECT i.incident FROM incidents i
            LEFT JOIN (SELECT incident, count(*) AS reports FROM incident_reports GROUP BY incident) r USING (incident)
            WHERE i.withdrawn IS NULL AND i.reports <> coalesce(r.reports, 0) ORDER BY ALL"""
        ).fetchall()
        return [row[0] for row in rows]

    def log(self, changes: Iterable[ChangeRow]) -> None:
        """Note what happened to incidents."""
        columns = {"run": "INTEGER", "incident": "VARCHAR", "change": "VARCHAR", "detail": "VARCHAR"}
        rows = [(change.run, change.incident, change.change, change.detail) for change in changes]
        self._connection.execute(
            f"INSERT INTO incident_changes SELECT run, incident, change, detail FROM {table(**columns)}",
            [values(rows, **columns)],
        )

    def changes(self, *, since: int) -> list[ChangeRow]:
        """What happened to each incident after run `since`, in one word: new, changed, or withdrawn; what came and went is left out."""
        rows = self._connection.execute(
            """SELECT max(run), incident, CASE WHEN any_value(i.withdrawn) IS NOT NULL THEN 'withdrawn'
                WHEN any_value(i.created) > ? THEN 'new' ELSE 'changed' END AS change, arg_max(c.detail, c.run)
            FROM incident_changes c JOIN incidents i USING (incident) WHERE c.run > ? GROUP BY incident
            HAVING NOT (any_value(i.withdrawn) IS NOT NULL AND any_value(i.created) > ?) ORDER BY change, incident""",
            [since, since, since],
        ).fetchall()
        return [ChangeRow(*row) for row in rows]

    def rows(
        self, incidents: Collection[str] | None = None, *, since: date | None = None, until: date | None = None
    ) -> list[IncidentRow]:
        """Incidents by day: these, else all that stand and whose days meet the period."""
        where = "withdrawn IS NULL AND coalesce(day_to >= ?, true) AND coalesce(day_from <= ?, true)"
        given: list[Any] = [since, until]
        if incidents is not None:
            chosen = among("incident", incidents)
            where, given = chosen.sql, list(chosen.values)
        rows = self._connection.execute(
            f"SELECT {INCIDENT} FROM incidents WHERE {where} ORDER BY day_from NULLS LAST, incident", given
        ).fetchall()
        names = [name.strip() for name in INCIDENT.split(",")]
        return [IncidentRow(**{**dict(zip(names, row, strict=True)), "types": tuple(row[2] or ())}) for row in rows]

    def events(self, *, since: date) -> list[EventRow]:
        """All reports and denials of the incidents that stand and did not end before that day; those without a day too."""
        standing = """e.incident IN (SELECT i.incident FROM incidents i
            WHERE i.withdrawn IS NULL AND coalesce(i.day_to >= ?, true))"""
        return events_where(self._connection, Condition(standing, (since,)))

    def publishers(self, incidents: Collection[str]) -> dict[str, int]:
        """How many publishers are known to tell of each of these."""
        rows = self._connection.execute(
            f"""SELECT r.incident, count(DISTINCT d.publisher) FROM incident_reports r JOIN documents d ON d.id = r.document
            WHERE r.incident IN {LISTED} GROUP BY r.incident""",
            [listed(incidents)],
        ).fetchall()
        return dict(rows)

    def report_rows(self, incidents: Collection[str]) -> list[ReportRow]:
        """What joined each report of these incidents, founders first."""
        where = among("incident", incidents)
        rows = self._connection.execute(
            f"""SELECT incident, document, event, denies, score, to_document, to_event, because, hand, run FROM incident_reports
            WHERE {where.sql} ORDER BY incident, score IS NOT NULL, run, document, event""",
            where.values,
        ).fetchall()
        return [report_row_of(row) for row in rows]

    def sentences(self, incident: str) -> dict[MentionId, str]:
        """The sentence of each report of an incident."""
        rows = self._connection.execute(
            """SELECT r.document, r.event, substr(d.text, s.start + 1, s."end" - s.start) FROM incident_reports r
            JOIN events e ON e.document = r.document AND e.event = r.event JOIN documents d ON d.id = r.document
            JOIN sentences s ON s.document = e.document AND s.sentence = e.sentence WHERE r.incident = ?""",
            [incident],
        ).fetchall()
        return {MentionId(document, event): one_line(text) for document, event, text in rows}

    def history(self, incident: str) -> list[ChangeRow]:
        """Everything that happened to an incident, in order."""
        rows = self._connection.execute(
            "SELECT run, incident, change, detail FROM incident_changes WHERE incident = ? ORDER BY run", [incident]
        ).fetchall()
        return [ChangeRow(*row) for row in rows]

    def decide(self, decisions: Sequence[Decision], *, run: int) -> None:
        """Note what a person decided."""
        last = self._connection.execute("SELECT coalesce(max(decision), 0) FROM incident_decisions").fetchall()[0][0]
        rows = [(last + n, run, d.command, d.same, *d.one, *d.other) for n, d in enumerate(decisions, 1)]
        self._connection.execute(
            f"INSERT INTO incident_decisions SELECT decision, now()::TIMESTAMP, * EXCLUDE (decision) FROM {table(**DECISION)}",
            [values(rows, **DECISION)],
        )

    def decisions(self) -> list[Decision]:
        """Everything decided by hand, the earliest first."""
        rows = self._connection.execute(
            "SELECT command, same, document, event, other_document, other_event FROM incident_decisions ORDER BY decision"
        ).fetchall()
        return [Decision(row[0], row[1], MentionId(*row[2:4]), MentionId(*row[4:6])) for row in rows]

    def _picked(self, documents: Collection[str]) -> dict[str, str]:
        """SQL for what the tables of facts hold of these pages."""
        columns = {"events": "document", "documents": "id", "places": "document", "sentences": "document"}
        return {name: picked(self._connection, name, column, documents) for name, column in columns.items()}

    def _nearby(self, ids: Collection[MentionId], tables: Mapping[str, str]) -> dict[MentionId, Spot]:
        """The only settlement that the sentence of each of these mentions names, where there is just one."""
        found: dict[MentionId, list[Spot | None]] = defaultdict(list)
        for document, event, *place in self._connection.execute(
            NEARBY.format(ids=IDS, **tables), [values(ids, **ID)]
        ).fetchall():
            found[MentionId(document, event)].append(spot_of(*place))
        return {id_: spots[0] for id_, spots in found.items() if len(spots) == 1 and spots[0] is not None}

    def _sides(self, ids: Collection[MentionId]) -> dict[tuple[MentionId, str], tuple[Side, ...]]:
        documents = {id_.document for id_ in ids}
        parts, actors = (picked(self._connection, name, "document", documents) for name in ("participants", "actors"))
        rows = self._connection.execute(
            f"""SELECT q.document, q.event, q.side, a.name, a.kind, a.code, a.country, a.sectors, a.reference FROM {IDS} w
            JOIN {parts} q ON q.document = w.document AND q.event = w.event JOIN {actors} a ON a.document = q.document AND a.actor = q.actor
            ORDER BY q.document, q.event, q.side, q.rank""",
            [values(ids, **ID)],
        ).fetchall()
        found: dict[tuple[MentionId, str], tuple[Side, ...]] = defaultdict(tuple)
        for document, event, side, *party in rows:
            found[MentionId(document, event), side] += (side_of(*party),)
        return found

    def _stories(self, documents: Collection[str]) -> dict[str, str]:
        rows = self._connection.execute(
            f"SELECT document, story FROM story_pages WHERE document IN {LISTED}", [listed(documents)]
        ).fetchall()
        return dict(rows)
