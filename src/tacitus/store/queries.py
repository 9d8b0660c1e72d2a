"""The reading side of the store: SQL to rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any

import duckdb

from tacitus.store.rows import ClaimRow, DocumentRow, EventRow, PartyRow, Query, ReadingRow, UnknownActorRow
from tacitus.store.values import LISTED, Condition, among, listed, table, values

Connection = duckdb.DuckDBPyConnection

# Background does not happen on the day of the page that recalls it.
EVENT_DAY = "coalesce(e.day_from, CASE WHEN e.status NOT IN ('habitual', 'historical') THEN d.published_day END)"
ORIGIN = """coalesce((SELECT any_value(c.original) FROM copies c WHERE c.document = d.id),
    list_filter(d.flags, x -> starts_with(x, 'duplicate-of:'))[1][14:], d.id)"""
IN_ORDER = "e.day NULLS LAST, e.document, e.start, e.event"
TOLD = """e.document, e.event, e.type, e.mode, e.status, e.quad, e.score, e.confidence, e.claim, e.sentence, e.day AS day_from, e.day_to,
    e.day_basis, e.place, e.place_country AS country_of_place, e.lat, e.lon, e.dead_low, e.dead_high, e.injured_low, e.injured_high,
    e.title, e.publisher, e.url, e.published, e.incident, coalesce(e.origin, e.document) AS origin, e.review"""
WORDED = "e.goldstein, e.cameo, e.sentence_text, e.trigger_text, e.size_low, e.size_high"
PARTIES = """e.contexts, e.speaker, e.speaker_actor, e.speaker_text,
    e.actors, list_transform(e.actor_words, x -> x.actor), list_transform(e.actor_words, x -> x.words),
    e.recipients, list_transform(e.recipient_words, x -> x.actor), list_transform(e.recipient_words, x -> x.words)"""
SPEAKER, ACTORS, RECIPIENTS = -9, -6, -3  # where the numbers of those stand in a row
BARE: dict[str, Any] = {
    **dict.fromkeys(("goldstein", "cameo", "size_low", "size_high")),
    "sentence_text": "",
    "trigger_text": "",
}
"""What events have that are read without their words."""


def documents(connection: Connection, query: Query, *, of: Collection[str] | None = None) -> list[DocumentRow]:
    """Pages of the period by day and id; a page without a date is in every period. With `of` these ids only, and failures."""
    inside = _pages_of(query)
    if of is not None:
        inside &= Condition(f"(p.error_kind IS NOT NULL OR p.document IN {LISTED})", (listed(of),))
    rows = connection.execute(
        f"""SELECT p.document, p.title, p.url, p.publisher, p.byline, p.day, p.flags, p.error_kind, p.error_message, p.words
            FROM pages p WHERE {inside.sql} ORDER BY p.day NULLS LAST, p.document""",
        inside.values,
    ).fetchall()
    names = ("id", "title", "url", "publisher", "byline", "published", "flags", "error_kind", "error_message", "words")
    return [DocumentRow(**{**dict(zip(names, row, strict=True)), "flags": tuple(row[6] or ())}) for row in rows]


def reading(connection: Connection, query: Query) -> ReadingRow:
    """Figures of the same pages."""
    inside = _pages_of(query)
    row = connection.execute(
        f"""SELECT count(*) FILTER (coded), count(*) FILTER (NOT coded), count(DISTINCT nullif(publisher, '')) FILTER (coded),
                coalesce(sum(words) FILTER (coded), 0)::BIGINT, min(day) FILTER (coded), max(day) FILTER (coded)
            FROM (SELECT p.*, p.error_kind IS NULL AS coded FROM pages p WHERE {inside.sql})""",
        inside.values,
    ).fetchall()[0]
    return ReadingRow(**dict(zip(("documents", "failed", "publishers", "words", "first", "last"), row, strict=True)))


def _pages_of(query: Query) -> Condition:
    inside = _period("p.day", query)
    return Condition(f"(p.day IS NULL OR ({inside.sql}))", inside.values)


def events(connection: Connection, query: Query, *, worded: bool = True) -> list[EventRow]:
    """Events of the period and the parties asked for, by day, document and place in the text."""
    return events_where(connection, _period("e.day", query) & _with_parties(query), worded=worded)


def events_where(connection: Connection, chosen: Condition, *, worded: bool = True) -> list[EventRow]:
    """Events `e` of the table `told` that meet a condition, in the same order; without their words where only figures are asked for."""
    columns = f"{TOLD}, {WORDED}" if worded else TOLD
    cursor = connection.execute(
        f"SELECT {columns}, {PARTIES} FROM told e WHERE {chosen.sql} ORDER BY {IN_ORDER}", chosen.values
    )
    names = [column[0] for column in cursor.description or ()][: SPEAKER - 1]
    rows = cursor.fetchall()
    wanted = {who for row in rows for n in (ACTORS, RECIPIENTS) for who in row[n] or ()} | {
        row[SPEAKER] for row in rows
    }
    parties = _Parties(connection, wanted)
    bare = {} if worded else BARE
    return [
        EventRow(
            **dict(zip(names, row, strict=False)),
            **bare,
            contexts=tuple(row[SPEAKER - 1] or ()),
            speaker=parties.speaker(*row[SPEAKER:ACTORS]),
            actors=parties.listed(*row[ACTORS:RECIPIENTS]),
            recipients=parties.listed(*row[RECIPIENTS:]),
        )
        for row in rows
    ]


class _Parties:
    """Those who take part in some events, each made once."""

    def __init__(self, connection: Connection, wanted: Iterable[int | None]) -> None:
        numbers = ", ".join(str(who) for who in wanted if who is not None)
        rows = connection.execute(
            f"""SELECT who, name, code, country, sectors, kind, reference FROM everybody
            WHERE who IN (SELECT unnest([{numbers}]::INTEGER[]))"""
        ).fetchall()
        self._known = {row[0]: (row[1], *row[2:]) for row in rows}
        self._made: dict[tuple[int, str, str | None], PartyRow] = {}

    def party(self, who: int, actor: str, text: str | None) -> PartyRow:
        """One of them, under its id in the document and with its words."""
        key = who, actor, text
        if key not in self._made:
            known = self._known[who]
            self._made[key] = _party((actor, *known), known[0] if text is None else text)
        return self._made[key]

    def speaker(self, who: int | None, actor: str, text: str | None) -> PartyRow | None:
        """Who says it, if anybody is known to."""
        return None if who is None else self.party(who, actor, text or None)

    def listed(self, who: Sequence[int] | None, actors: Sequence[str], texts: Sequence[str]) -> tuple[PartyRow, ...]:
        """Several of them, in their order."""
        return tuple(map(self.party, who, actors, texts)) if who else ()


def worded(connection: Connection, rows: Collection[EventRow]) -> dict[tuple[str, str], EventRow]:
    """These events, which were read without their words, with them; by document and id."""
    if not rows:
        return {}
    days = [row.day_from for row in rows if row.day_from is not None]
    undated = "e.day IS NULL OR " if len(days) < len(rows) else ""
    keys = {"document": "VARCHAR", "event": "VARCHAR"}
    wanted = f"({undated}e.day BETWEEN ? AND ?) AND (e.document, e.event) IN (SELECT w.document, w.event FROM {table(**keys)} w)"
    given = values(((row.document, row.event) for row in rows), **keys)
    chosen = Condition(wanted, (min(days, default=None), max(days, default=None), given))
    return {(row.document, row.event): row for row in events_where(connection, chosen)}


def numbered(keys: Sequence[tuple[int, date | None, Any, Any]]) -> Condition:
    """Events `e` of these numbers and days: the table lies in the order of days, so that few of its rows are looked at."""
    if not keys:
        return Condition("false")
    days = [day for _, day, *_ in keys if day is not None]
    numbers = f"e.number IN (SELECT unnest([{', '.join(str(number) for number, *_ in keys)}]))"
    undated = "e.day IS NULL OR " if len(days) < len(keys) else ""
    return Condition(
        f"({undated}e.day BETWEEN ? AND ?) AND {numbers}", (min(days, default=None), max(days, default=None))
    )


def events_in(connection: Connection, incidents: Collection[str]) -> list[EventRow]:
    """The reports of these incidents, in the same order."""
    reports = among("incident", incidents)
    ids = set(
        connection.execute(
            f"SELECT document, event FROM incident_reports WHERE {reports.sql}", reports.values
        ).fetchall()
    )
    pages = among("document", {document for document, _ in ids})
    rows = connection.execute(
        f"SELECT number, day, document, event FROM told WHERE {pages.sql}", pages.values
    ).fetchall()
    return events_where(connection, numbered([row for row in rows if row[2:] in ids]))


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


def claims(connection: Connection, query: Query, *, worded: bool = True) -> list[ClaimRow]:
    """Claims of the period whose speaker meets `query.actor`, by day, document and place in the text."""
    chosen = _period("c.day", query) & spoken_by(query.actor)
    return claims_where(connection, chosen) if worded else _bare_claims(connection, chosen)


def spoken_by(actor: str | None) -> Condition:
    """The speaker of a claim `c` is such an actor; anybody for None."""
    return one_of("c.who", _matches("a", actor)) if actor is not None else Condition()


def one_of(column: str, actor: Condition) -> Condition:
    """A column points to somebody of `everybody a` who meets a condition."""
    return Condition(f"{column} IN (SELECT a.who FROM everybody a WHERE {actor.sql})", actor.values)


def claims_where(connection: Connection, chosen: Condition) -> list[ClaimRow]:
    """Claims `c` that meet a condition, in the same order."""
    connection.execute(f"CREATE OR REPLACE TEMP TABLE chosen_claims AS FROM claims c WHERE {chosen.sql}", chosen.values)
    ids = [id_ for (id_,) in connection.execute("SELECT DISTINCT document FROM chosen_claims").fetchall()]
    pages, told = among("id", ids), among("document", ids)
    inside: dict[tuple[str, str], list[str]] = defaultdict(list)
    for document, claim, event in connection.execute(
        f"""SELECT e.document, e.claim, e.event FROM (SELECT * FROM told WHERE {told.sql}) e
        SEMI JOIN chosen_claims w ON w.document = e.document AND w.claim = e.claim ORDER BY e.document, e.start""",
        told.values,
    ).fetchall():
        inside[document, claim].append(event)
    rows = connection.execute(
        f"""SELECT c.speaker, a.name, a.code, a.country, a.sectors, a.kind, a.reference,
                substr(d.text, c.speaker_start + 1, c.speaker_end - c.speaker_start),
                c.document, c.claim, substr(d.text, c.cue_start + 1, c.cue_end - c.cue_start),
                list_transform(c.content, x -> substr(d.text, x."start" + 1, x."end" - x."start")), c.kind, c.sentence,
                substr(d.text, c.sentence_start + 1, c.sentence_end - c.sentence_start), c.embedded_in, d.title, d.publisher, d.url, c.day,
                c.stance
            FROM chosen_claims c JOIN (SELECT * FROM documents WHERE {pages.sql}) d ON d.id = c.document
            LEFT JOIN everybody a ON a.who = c.who ORDER BY c.day NULLS LAST, c.document, c.sentence, c.cue_start, c.claim""",
        pages.values,
    ).fetchall()
    return [_claim(row, inside) for row in rows]


def _bare_claims(connection: Connection, chosen: Condition) -> list[ClaimRow]:
    """Claims that meet a condition without any words, and in no order."""
    rows = connection.execute(
        f"SELECT c.document, c.claim, c.speaker, c.who, c.kind, c.sentence, c.stance, c.day FROM claims c WHERE {chosen.sql}",
        chosen.values,
    ).fetchall()
    parties = _Parties(connection, {row[3] for row in rows})
    nothing = dict.fromkeys(("speaker_text", "cue_text", "embedded_in", "title", "publisher", "url"))
    return [
        ClaimRow(
            document=document,
            claim=claim,
            speaker=parties.party(who, actor, None) if who is not None else None,
            content_texts=(),
            kind=kind,
            sentence=sentence,
            sentence_text="",
            stance=stance,
            events=(),
            published=day,
            **nothing,
        )
        for document, claim, actor, who, kind, sentence, stance, day in rows
    ]


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
    """Of an event `e` of `told` one party meets `actor`, another one meets `with_`."""
    wanted = [_matches("a", actor) for actor in (query.actor, query.with_) if actor is not None]
    if not wanted:
        return Condition()
    if len(wanted) == 1:
        one = one_of("p.who", wanted[0]) & _period("p.day", query)
        return Condition(f"e.number IN (SELECT p.number FROM parts p WHERE {one.sql})", one.values)
    first, second = wanted
    inside = _period("p.day", query)
    return Condition(
        f"""e.number IN (SELECT p.number FROM parts p
            JOIN (SELECT who, {first.sql} AS one, {second.sql} AS other FROM everybody a WHERE one OR other) k ON k.who = p.who
            WHERE {inside.sql} GROUP BY p.number HAVING bool_or(k.one) AND bool_or(k.other) AND count(DISTINCT p.actor) > 1)""",
        first.values + second.values + inside.values,
    )


def _matches(alias: str, wanted: str) -> Condition:
    """A code that begins so, in capitals; else part of a name, in any case."""
    sql = f"(starts_with(coalesce({alias}.code, ''), upper(?)) OR {alias}.country = upper(?) OR contains(lower({alias}.name), lower(?)))"
    return Condition(sql, (wanted, wanted, wanted))
