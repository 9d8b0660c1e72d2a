"""The reading side of the store: SQL to rows."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb

from tacitus.store.rows import ClaimRow, DocumentRow, EventRow, PartyRow, Query, UnknownActorRow

Connection = duckdb.DuckDBPyConnection

# Background does not happen on the day of the page that recalls it.
EVENT_DAY = "coalesce(e.day_from, CASE WHEN e.status NOT IN ('habitual', 'historical') THEN d.published_day END)"
ORIGIN = """coalesce((SELECT any_value(c.original) FROM copies c WHERE c.document = d.id),
    list_filter(d.flags, x -> starts_with(x, 'duplicate-of:'))[1][14:], d.id)"""
# Counted by the gaps between them: a pattern that finds each word takes a hundred times as long.
WORDS = "strlen(d.text) - strlen(replace(replace(d.text, ' ', ''), chr(10), '')) + (strlen(trim(d.text)) > 0)::BIGINT"
EVENTS = "FROM events e JOIN documents d ON d.id = e.document"
CHOSEN = "FROM chosen_events e JOIN chosen_pages d ON d.id = e.document"
CLAIMS = "FROM claims c JOIN documents d ON d.id = c.document LEFT JOIN actors a ON a.document = c.document AND a.actor = c.speaker"
PARTY = "{0}.actor, {0}.name, {0}.code, {0}.country, {0}.sectors, {0}.kind, {0}.reference"


@dataclass(frozen=True, slots=True)
class Condition:
    """A piece of SQL after WHERE, with the values of its question marks."""

    sql: str = "true"
    values: tuple[Any, ...] = ()

    def __and__(self, other: Condition) -> Condition:
        return Condition(f"{self.sql} AND {other.sql}", self.values + other.values)


def documents(connection: Connection, query: Query) -> list[DocumentRow]:
    """Pages of the period by day and id; a page without a date is in every period."""
    inside = _period("d.published_day", query)
    rows = connection.execute(
        f"""SELECT d.id, d.title, d.url, d.publisher, d.byline, d.published_day, d.flags, d.error_kind, d.error_message,
                {WORDS}
            FROM documents d WHERE d.published_day IS NULL OR ({inside.sql}) ORDER BY d.published_day NULLS LAST, d.id""",
        inside.values,
    ).fetchall()
    names = ("id", "title", "url", "publisher", "byline", "published", "flags", "error_kind", "error_message", "words")
    return [DocumentRow(**{**dict(zip(names, row, strict=True)), "flags": tuple(row[6] or ())}) for row in rows]


def events(connection: Connection, query: Query) -> list[EventRow]:
    """Events of the period and the parties asked for, by day, document and place in the text."""
    return events_where(connection, _period(EVENT_DAY, query) & _with_parties(query))


def events_where(connection: Connection, chosen: Condition) -> list[EventRow]:
    """Events `e` of pages `d` that meet a condition, in the same order."""
    _choose(connection, chosen)
    parties = _event_parties(connection)
    speakers = _speakers(connection)
    cursor = connection.execute(
        f"""SELECT e.document, e.event, e.type, e.mode, e.status, e.quad, e.score, e.goldstein, e.cameo, e.confidence, e.contexts,
                e.claim, e.sentence, coalesce(substr(d.text, s.start + 1, s."end" - s.start), '') AS sentence_text,
                substr(d.text, e.start + 1, e."end" - e.start) AS trigger_text,
                {EVENT_DAY} AS day_from, coalesce(e.day_to, {EVENT_DAY}) AS day_to,
                CASE WHEN {EVENT_DAY} IS NOT NULL THEN coalesce(e.day_basis, 'published') END AS day_basis,
                p.name AS place, p.country AS country_of_place, p.lat, p.lon,
                e.dead_low, e.dead_high, e.injured_low, e.injured_high, e.size_low, e.size_high,
                d.title, d.publisher, d.url, d.published_day AS published, r.incident, {ORIGIN} AS origin, e.review
            {CHOSEN}
            LEFT JOIN incident_reports r ON r.document = e.document AND r.event = e.event
            LEFT JOIN sentences s ON s.document = e.document AND s.sentence = e.sentence
            LEFT JOIN places p ON p.document = e.document AND p.place = e.place
            ORDER BY {EVENT_DAY} NULLS LAST, e.document, e.start, e.event"""
    )
    names = [column[0] for column in cursor.description or ()]
    found = []
    for row in cursor.fetchall():
        facts = dict(zip(names, row, strict=True))
        key = (facts["document"], facts["event"])
        facts["contexts"] = tuple(facts["contexts"] or ())
        found.append(
            EventRow(
                **facts,
                speaker=speakers.get(key),
                actors=parties[(*key, "actor")],
                recipients=parties[(*key, "recipient")],
            )
        )
    return found


def unknown_actors(connection: Connection, *, limit: int) -> list[UnknownActorRow]:
    """Names without a reference, those on the most pages first; the example is the first sentence that has the name."""
    rows = connection.execute(
        """WITH named AS (
                SELECT a.document, a.actor, a.name, a.kind, a.code, count(*) AS mentions, min(m.start) AS start
                FROM actors a JOIN mentions m ON m.document = a.document AND m.actor = a.actor AND m.kind = 'name'
                WHERE a.reference IS NULL GROUP BY ALL
            ), names AS (
                SELECT name, mode(kind) AS kind, mode(code) AS code, count(DISTINCT document) AS documents,
                    sum(mentions)::INTEGER AS mentions, min(struct_pack(document := document, start := start)) AS first
                FROM named GROUP BY name
            )
            SELECT n.name, n.kind, n.code, n.documents, n.mentions, substr(d.text, s.start + 1, s."end" - s.start)
            FROM names n JOIN documents d ON d.id = n.first.document
            LEFT JOIN sentences s ON s.document = d.id AND s.start <= n.first.start AND n.first.start < s."end"
            ORDER BY n.documents DESC, n.mentions DESC, n.name LIMIT ?""",
        [limit],
    ).fetchall()
    names = ("name", "kind", "code", "documents", "mentions", "example")
    return [UnknownActorRow(**dict(zip(names, row, strict=True))) for row in rows]


def claims(connection: Connection, query: Query) -> list[ClaimRow]:
    """Claims of the period whose speaker meets `query.actor`, by day, document and place in the text."""
    chosen = _period("d.published_day", query)
    if query.actor is not None:
        chosen &= _matches("a", query.actor)
    return claims_where(connection, chosen)


def claims_where(connection: Connection, chosen: Condition) -> list[ClaimRow]:
    """Claims `c` of pages `d` by speakers `a` that meet a condition, in the same order."""
    inside: dict[tuple[str, str], list[str]] = defaultdict(list)
    for document, claim, event in connection.execute(
        f"""SELECT e.document, e.claim, e.event FROM events e
        SEMI JOIN (SELECT c.document, c.claim {CLAIMS} WHERE {chosen.sql}) w ON w.document = e.document AND w.claim = e.claim
        ORDER BY e.document, e.start""",
        chosen.values,
    ).fetchall():
        inside[document, claim].append(event)
    rows = connection.execute(
        f"""SELECT {PARTY.format("a")}, substr(d.text, c.speaker_start + 1, c.speaker_end - c.speaker_start),
                c.document, c.claim, substr(d.text, c.cue_start + 1, c.cue_end - c.cue_start),
                list_transform(c.content, x -> substr(d.text, x."start" + 1, x."end" - x."start")), c.kind, c.sentence,
                substr(d.text, s.start + 1, s."end" - s.start), c.embedded_in, d.title, d.publisher, d.url, d.published_day,
                c.stance
            {CLAIMS} LEFT JOIN sentences s ON s.document = c.document AND s.sentence = c.sentence
            WHERE {chosen.sql} ORDER BY d.published_day NULLS LAST, c.document, c.sentence, c.cue_start, c.claim""",
        chosen.values,
    ).fetchall()
    return [_claim(row, inside) for row in rows]


def _claim(row: tuple[Any, ...], inside: dict[tuple[str, str], list[str]]) -> ClaimRow:
    (
        document,
        claim,
        cue,
        contents,
        kind,
        sentence,
        sentence_text,
        embedded_in,
        title,
        publisher,
        url,
        published,
        stance,
    ) = row[8:]
    return ClaimRow(
        document=document,
        claim=claim,
        speaker=_party(row[:7], row[7] or row[1]) if row[0] is not None else None,
        speaker_text=row[7],
        cue_text=cue,
        content_texts=tuple(contents or ()),
        kind=kind,
        sentence=sentence,
        sentence_text=sentence_text or "",
        embedded_in=embedded_in,
        events=tuple(inside.get((document, claim), ())),
        title=title,
        publisher=publisher,
        url=url,
        published=published,
        stance=stance,
    )


def _choose(connection: Connection, chosen: Condition) -> None:
    """Put the events that meet a condition, and their pages, aside: what follows is joined with few rows, and texts are read once."""
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE chosen_events AS SELECT e.* {EVENTS} WHERE {chosen.sql}""",
        chosen.values,
    )
    connection.execute(
        """CREATE OR REPLACE TEMP TABLE chosen_pages AS SELECT d.id, d.title, d.publisher, d.url, d.published_day, d.flags, d.text
        FROM documents d SEMI JOIN chosen_events e ON e.document = d.id"""
    )


def _event_parties(connection: Connection) -> dict[tuple[str, str, str], tuple[PartyRow, ...]]:
    rows = connection.execute(
        f"""SELECT q.document, q.event, q.side, substr(d.text, q.start + 1, q."end" - q.start), {PARTY.format("q")}
            {CHOSEN} JOIN parties q ON q.document = e.document AND q.event = e.event
            ORDER BY q.document, q.event, q.side, q.rank"""
    ).fetchall()
    found: dict[tuple[str, str, str], tuple[PartyRow, ...]] = defaultdict(tuple)
    for document, event, side, text, *party in rows:
        found[document, event, side] += (_party(party, text),)
    return found


def _speakers(connection: Connection) -> dict[tuple[str, str], PartyRow]:
    rows = connection.execute(
        f"""SELECT e.document, e.event, substr(d.text, c.speaker_start + 1, c.speaker_end - c.speaker_start), {PARTY.format("a")}
            {CHOSEN} JOIN claims c ON c.document = e.document AND c.claim = e.claim
            JOIN actors a ON a.document = c.document AND a.actor = c.speaker"""
    ).fetchall()
    return {(document, event): _party(party, text or party[1]) for document, event, text, *party in rows}


def _party(columns: Any, text: str) -> PartyRow:
    actor, name, code, country, sectors, kind, reference = columns
    return PartyRow(
        actor=actor,
        name=name,
        code=code,
        country=country,
        sectors=tuple(sectors or ()),
        kind=kind,
        reference=reference,
        text=text,
    )


def _period(day: str, query: Query) -> Condition:
    """The SQL expression of a day lies in the query's period."""
    condition = Condition()
    bounds: tuple[tuple[str, date | None], ...] = ((">=", query.since), ("<=", query.until))
    for sign, bound in bounds:
        if bound is not None:
            condition &= Condition(f"{day} {sign} ?", (bound,))
    return condition


def _with_parties(query: Query) -> Condition:
    """One party meets `actor`, another one meets `with_`."""
    same_event = "p.document = e.document AND p.event = e.event"
    if query.actor is not None and query.with_ is not None:
        both = _matches("p", query.actor) & _matches("q", query.with_)
        other = "q.document = e.document AND q.event = e.event AND q.actor <> p.actor"
        return Condition(
            f"EXISTS (SELECT 1 FROM parties p, parties q WHERE {same_event} AND {other} AND {both.sql})", both.values
        )
    wanted = query.actor if query.actor is not None else query.with_
    if wanted is None:
        return Condition()
    one = _matches("p", wanted)
    return Condition(f"EXISTS (SELECT 1 FROM parties p WHERE {same_event} AND {one.sql})", one.values)


def _matches(alias: str, wanted: str) -> Condition:
    """A code that begins so, in capitals; else part of a name, in any case."""
    sql = f"(starts_with(coalesce({alias}.code, ''), upper(?)) OR {alias}.country = upper(?) OR contains(lower({alias}.name), lower(?)))"
    return Condition(sql, (wanted, wanted, wanted))
