"""The store's tables of incidents: event mentions out, incidents with their reports in, and what changed from run to run."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import duckdb

from tacitus.corpus.mentions import EventMention, Key, MentionId
from tacitus.corpus.summary import Report, Summary
from tacitus.store import told
from tacitus.store.incident_columns import columns_of, packed, report_row_of, unpacked
from tacitus.store.incident_rows import TAKEN_OUT, ChangeRow, Decision, IncidentRow, ReportRow, Told
from tacitus.store.mention_facts import ID, read_told
from tacitus.store.queries import events_where
from tacitus.store.rows import EventRow
from tacitus.store.stories import FEATURES, plain
from tacitus.store.values import LISTED, Condition, among, listed, picked, table, values
from tacitus.text import one_line

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
REPORT |= {"because": "VARCHAR", "hand": "BOOLEAN", "facts": "VARCHAR"}

DECISION = {"decision": "INTEGER", "run": "INTEGER", "command": "VARCHAR", "same": "BOOLEAN", **ID}
DECISION |= {"other_document": "VARCHAR", "other_event": "VARCHAR"}


class Incidents:
    """Reads event mentions, reads and writes incidents; the caller opens the transaction."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def pending(self, documents: Collection[str]) -> list[Told]:
        """The mentions of these pages that are in no incident yet, by date of the page and place in the text."""
        rows = self._connection.execute(
            f"SELECT document, event FROM incident_reports WHERE document IN {LISTED}", [listed(documents)]
        ).fetchall()
        there = {MentionId(*row) for row in rows}
        return [one for one in read_told(self._connection, documents) if one.mention.id not in there]

    def mentions(self, ids: Collection[MentionId]) -> list[EventMention]:
        """These mentions, which are in incidents, by date of the page and place in the text."""
        rows = picked(self._connection, "incident_reports", "document", {id_.document for id_ in ids})
        _, kept = self._kept(rows)
        return [one.mention for one in self._told(set(ids), kept)]

    def _kept(self, rows: str) -> tuple[dict[MentionId, str], dict[MentionId, str]]:
        """The incident of each of these rows, and what was kept with those where it was."""
        found = self._connection.execute(f"SELECT document, event, incident, facts FROM {rows}").fetchall()
        incident_of = {MentionId(*row[:2]): row[2] for row in found}
        return incident_of, {MentionId(*row[:2]): row[3] for row in found if row[3] is not None}

    def _told(self, ids: Collection[MentionId], kept: Mapping[MentionId, str]) -> list[Told]:
        """What these mentions say, as it was kept with their reports, else as the tables of facts have it."""
        found = [unpacked(id_, kept[id_]) for id_ in ids if id_ in kept]
        rest = {id_ for id_ in ids if id_ not in kept}
        read = [one for one in read_told(self._connection, {id_.document for id_ in rest}) if one.mention.id in rest]
        self._keep(read)
        return sorted([*found, *read], key=lambda one: one.order)

    def _keep(self, read: Sequence[Told]) -> None:
        """Keep what was read of mentions whose reports lack it: those of older versions, and those moved by hand."""
        if read:
            columns = ID | {"facts": "VARCHAR"}
            rows = values(((*one.mention.id, packed(one)) for one in read), **columns)
            self._connection.execute(
                f"""UPDATE incident_reports r SET facts = w.facts FROM {table(**columns)} w
                WHERE r.document = w.document AND r.event = w.event""",
                [rows],
            )

    def reread(self, ids: Collection[MentionId]) -> None:
        """Keep no longer what these reports said: it is read anew from the tables of facts when it is asked for."""
        self._connection.execute(
            f"""UPDATE incident_reports r SET facts = NULL FROM {table(**ID)} w
            WHERE r.document = w.document AND r.event = w.event""",
            [values(ids, **ID)],
        )

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
        rows = picked(self._connection, "incident_reports", "incident", incidents)
        found = self._connection.execute(
            f"""SELECT document, event, incident FROM {rows}
            QUALIFY row_number() OVER (PARTITION BY incident ORDER BY score IS NULL DESC, run DESC, document, event) <= ? ORDER BY ALL""",
            [limit],
        ).fetchall()
        return {MentionId(document, event): incident for document, event, incident in found}

    def incidents_of(self, ids: Collection[MentionId]) -> dict[MentionId, str]:
        """The incident of each of these mentions that is in one."""
        rows = self._connection.execute(
            f"""SELECT r.document, r.event, r.incident FROM incident_reports r
            JOIN {table(**ID)} w
                ON w.document = r.document AND w.event = r.event""",
            [values(ids, **ID)],
        ).fetchall()
        return {MentionId(document, event): incident for document, event, incident in rows}

    def assign(self, rows: Sequence[ReportRow], *, run: int, facts: Mapping[MentionId, Told] | None = None) -> None:
        """Put reports into incidents, with what they say where it is at hand."""
        texts = {id_: packed(one) for id_, one in (facts or {}).items()}
        filled = [
            (r.incident, *r.id, r.denies, r.score, *(r.to or (None, None)), plain(r.because), r.hand, texts.get(r.id))
            for r in rows
        ]
        self._connection.execute(
            f"""INSERT INTO incident_reports SELECT incident, document, event, denies, {int(run)}, score, to_document, to_event,
                from_json(because, '{FEATURES}'), hand, facts FROM {table(**REPORT)}""",
            [values(filled, **REPORT)],
        )
        told.assign(self._connection, {row.id: row.incident for row in rows})

    def unassign(self, ids: Collection[MentionId]) -> None:
        """Take reports out of their incidents."""
        self._connection.execute(
            f"DELETE FROM incident_reports r USING {table(**ID)} w WHERE r.document = w.document AND r.event = w.event",
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
        rows = picked(self._connection, "incident_reports", "incident", incidents)
        incident_of, kept = self._kept(rows)
        pages = {id_.document for id_ in incident_of}
        copies = self._connection.execute(
            f"SELECT document, min(original) FROM copies WHERE document IN {LISTED} GROUP BY document", [listed(pages)]
        ).fetchall()
        original = dict(copies)
        found: dict[str, list[Report]] = defaultdict(list)
        for one in self._told(incident_of, kept):
            id_ = one.mention.id
            found[incident_of[id_]].append(one.report(original.get(id_.document)))
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

    def forget(self, documents: Collection[str]) -> None:
        """Keep what the reports of these pages told, which are about to be deleted with their pages."""
        rows = picked(self._connection, "incident_reports", "document", documents)
        incident_of, kept = self._kept(rows)
        columns = {"incident": "VARCHAR", **ID, "facts": "VARCHAR"}
        lost = [(incident_of[one.mention.id], *one.mention.id, packed(one)) for one in self._told(incident_of, kept)]
        self._connection.execute(
            f"INSERT INTO incident_reports_lost FROM {table(**columns)}", [values(lost, **columns)]
        )

    def lost(self, incidents: Collection[str], documents: Collection[str]) -> list[tuple[str, EventMention]]:
        """What was told of incidents that have no report any more, because their pages were coded again: of these, or in these pages."""
        if not self._connection.execute("SELECT 1 FROM incident_reports_lost LIMIT 1").fetchall():
            return []
        rows = self._connection.execute(
            f"""SELECT w.incident, w.document, w.event, w.facts FROM incident_reports_lost w
            WHERE w.facts IS NOT NULL AND (w.incident IN {LISTED} OR w.document IN {LISTED})
            AND w.incident IN (SELECT incident FROM incidents WHERE withdrawn IS NULL)
            AND w.incident NOT IN (SELECT incident FROM incident_reports) ORDER BY ALL""",
            [listed(incidents), listed(documents)],
        ).fetchall()
        return [(row[0], unpacked(MentionId(*row[1:3]), row[3]).mention) for row in rows]

    def take_orphans(self) -> list[str]:
        """Incidents that stand but have lost a report since the last time this was asked."""
        if not self._connection.execute("SELECT 1 FROM incident_reports_lost LIMIT 1").fetchall():
            return []
        rows = self._connection.execute(
            """SELECT i.incident FROM incidents i SEMI JOIN incident_reports_lost w ON w.incident = i.incident
            LEFT JOIN (
                SELECT r.incident, count(*) AS reports FROM incident_reports r SEMI JOIN incident_reports_lost w ON w.incident = r.incident
                GROUP BY r.incident
            ) r ON r.incident = i.incident
            WHERE i.withdrawn IS NULL AND i.reports <> coalesce(r.reports, 0) ORDER BY ALL"""
        ).fetchall()
        self._connection.execute("DELETE FROM incident_reports_lost")
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
            FROM incident_changes c JOIN incidents i USING (incident) WHERE c.run > ? AND c.change <> ? GROUP BY incident
            HAVING NOT (any_value(i.withdrawn) IS NOT NULL AND any_value(i.created) > ?) ORDER BY change, incident""",
            [since, since, TAKEN_OUT, since],
        ).fetchall()
        return [ChangeRow(*row) for row in rows]

    def rows(
        self, incidents: Collection[str] | None = None, *, since: date | None = None, until: date | None = None
    ) -> list[IncidentRow]:
        """Incidents by day: these, else all that stand and whose days meet the period."""
        chosen = "incidents WHERE withdrawn IS NULL AND coalesce(day_to >= ?, true) AND coalesce(day_from <= ?, true)"
        given: list[Any] = [since, until]
        if incidents is not None:
            where = among("incident", incidents)
            chosen, given = f"incidents WHERE {where.sql}", list(where.values)
        rows = self._connection.execute(
            f"SELECT {INCIDENT} FROM {chosen} ORDER BY day_from NULLS LAST, incident", given
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
