"""The reading side of the store: SQL to rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

import duckdb

from tacitus.store.rows import ClaimRow, DocumentRow, EventRow, PartyRow, Query, ReadingRow, UnknownActorRow
from tacitus.store.values import FEW, LISTED, Condition, among, listed

Connection = duckdb.DuckDBPyConnection

# Background does not happen on the day of the page that recalls it.
EVENT_DAY = "coalesce(e.day_from, CASE WHEN e.status NOT IN ('habitual', 'historical') THEN d.published_day END)"
ORIGIN = """coalesce((SELECT any_value(c.original) FROM copies c WHERE c.document = d.id),
    list_filter(d.flags, x -> starts_with(x, 'duplicate-of:'))[1][14:], d.id)"""
IN_ORDER = "e.day NULLS LAST, e.document, e.start, e.event"
TOLD = """e.number, e.document, e.event, e.type, e.mode, e.status, e.quad, e.score, e.confidence, e.claim, e.sentence,
    e.day AS day_from, e.day_to, e.day_basis, e.place, e.place_country AS country_of_place, e.lat, e.lon, e.dead_low, e.dead_high,
    e.injured_low, e.injured_high, e.title, e.publisher, e.url, e.published, e.incident, e.review,
    coalesce(e.origin, e.document) AS origin"""
WORDED = "e.goldstein, e.cameo, e.sentence_text, e.trigger_text, e.size_low, e.size_high"
PARTIES = """e.contexts, e.speaker, e.speaker_actor, e.speaker_text,
    e.actors, list_transform(e.actor_words, x -> x.actor), list_transform(e.actor_words, x -> x.words),
    e.recipients, list_transform(e.recipient_words, x -> x.actor), list_transform(e.recipient_words, x -> x.words)"""
CLAIM = """c.document, c.claim, c.who, c.speaker, c.speaker_start, c.speaker_end, c.cue_start, c.cue_end, c.content, c.kind, c.sentence,
    c.sentence_start, c.sentence_end, c.embedded_in, c.day, c.stance"""
SCATTERED = 20_000  # rows whose numbers are listed in a statement
CLOSE = 300_000  # rows: between two numbers no further apart all are read
SPEAKER, ACTORS, RECIPIENTS = -9, -6, -3  # where the numbers of those stand in a row
BARE: dict[str, Any] = {
    **dict.fromkeys(("goldstein", "cameo", "size_low", "size_high")),
    "sentence_text": "",
    "trigger_text": "",
}
"""What events have that are read without their words."""


class _Claim(NamedTuple):
    """A row of CLAIM; positions in characters of the page's text."""

    document: str
    claim: str
    who: int | None
    speaker: str
    speaker_start: int | None
    speaker_end: int | None
    cue_start: int | None
    cue_end: int | None
    content: Sequence[Mapping[str, int]] | None
    kind: str
    sentence: int
    sentence_start: int | None
    sentence_end: int | None
    embedded_in: str | None
    day: date | None
    stance: str | None


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
    chosen = _period("e.day", query) & _with_parties(query)
    look = events_where if query.actor is None and query.with_ is None else scattered
    return look(connection, chosen, worded=worded)


def events_where(connection: Connection, chosen: Condition, *, worded: bool = True) -> list[EventRow]:
    """Events `e` of the table `told` that meet a condition, in the same order; without their words where only figures are asked for."""
    columns = f"{TOLD}, {WORDED}" if worded else TOLD
    cursor = connection.execute(
        f"SELECT {columns}, {PARTIES} FROM told e WHERE {chosen.sql} ORDER BY {IN_ORDER}", chosen.values
    )
    return _events(connection, cursor, worded=worded)


def scattered(connection: Connection, chosen: Condition, *, worded: bool = True) -> list[EventRow]:
    """The same for events of many days: what the condition names is read first, the rest of those few that meet it."""
    found = connection.execute(f"SELECT e.number FROM told e WHERE {chosen.sql}", chosen.values).fetchall()
    if len(found) > SCATTERED:
        return events_where(connection, chosen, worded=worded)
    return events_at(connection, [number for (number,) in found], worded=worded)


def events_at(connection: Connection, numbers: Collection[int], *, worded: bool = True) -> list[EventRow]:
    """The events of these numbers, in the same order: read in one go where they lie close together, else one by one."""
    if not numbers:
        return []
    first, last, listed_ = min(numbers), max(numbers), ", ".join(map(str, numbers))
    if len(numbers) <= FEW and last - first > CLOSE:
        return events_where(connection, Condition(f"e.number IN ({listed_})"), worded=worded)
    inside = f"e.number BETWEEN {first} AND {last} AND e.number IN (SELECT unnest([{listed_}]))"
    return events_where(connection, Condition(inside), worded=worded)


def _events(connection: Connection, cursor: Connection, *, worded: bool) -> list[EventRow]:
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
    found = events_at(connection, [row.number for row in rows if row.number is not None])
    return {(row.document, row.event): row for row in found}


def events_in(connection: Connection, incidents: Collection[str]) -> list[EventRow]:
    """The reports of these incidents, in the same order."""
    reports = among("incident", incidents)
    ids = set(
        connection.execute(
            f"SELECT document, event FROM incident_reports WHERE {reports.sql}", reports.values
        ).fetchall()
    )
    pages = among("document", {document for document, _ in ids})
    rows = connection.execute(f"SELECT number, document, event FROM told WHERE {pages.sql}", pages.values).fetchall()
    return events_at(connection, [number for number, *id_ in rows if tuple(id_) in ids])


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
    rows = connection.execute(
        f"SELECT {CLAIM} FROM claims c WHERE {chosen.sql} ORDER BY c.day NULLS LAST, c.document, c.sentence, c.cue_start, c.claim",
        chosen.values,
    ).fetchall()
    return _claims(connection, [_Claim(*row) for row in rows])


def claims_named(connection: Connection, keys: Collection[tuple[str, str]]) -> list[ClaimRow]:
    """The claims of these documents and ids, in the same order."""
    pages, wanted = among("c.document", {document for document, _ in keys}), set(keys)
    rows = connection.execute(f"SELECT {CLAIM} FROM claims c WHERE {pages.sql}", pages.values).fetchall()
    found = [claim for claim in map(_Claim._make, rows) if (claim.document, claim.claim) in wanted]
    return _claims(
        connection, sorted(found, key=lambda c: (c.day or date.max, c.document, c.sentence, c.cue_start or 0, c.claim))
    )


def _claims(connection: Connection, claims: Sequence[_Claim]) -> list[ClaimRow]:
    """With the words of their pages. Each table is asked by itself, for only then is an index used."""
    ids = {claim.document for claim in claims}
    pages, told = among("id", ids), among("document", ids)
    texts = {
        row[0]: row[1:]
        for row in connection.execute(
            f"SELECT id, text, title, publisher, url FROM documents WHERE {pages.sql}", pages.values
        ).fetchall()
    }
    inside: dict[tuple[str, str | None], list[str]] = defaultdict(list)
    rows = connection.execute(f"SELECT document, claim, event, start FROM told WHERE {told.sql}", told.values)
    for document, claim, event, _ in sorted(rows.fetchall(), key=lambda row: (row[0], row[3])):
        inside[document, claim].append(event)
    parties = _Parties(connection, {claim.who for claim in claims})
    return [_claim(claim, texts[claim.document], inside[claim.document, claim.claim], parties) for claim in claims]


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


def _claim(claim: _Claim, page: Sequence[Any], events: Sequence[str], parties: _Parties) -> ClaimRow:
    text, title, publisher, url = page
    spoken = text[claim.speaker_start : claim.speaker_end] if claim.speaker_start is not None else None
    return ClaimRow(
        document=claim.document,
        claim=claim.claim,
        speaker=parties.speaker(claim.who, claim.speaker, spoken),
        speaker_text=spoken,
        cue_text=text[claim.cue_start : claim.cue_end] if claim.cue_start is not None else None,
        content_texts=tuple(text[span["start"] : span["end"]] for span in claim.content or ()),
        kind=claim.kind,
        sentence=claim.sentence,
        sentence_text=text[claim.sentence_start : claim.sentence_end] if claim.sentence_start is not None else "",
        embedded_in=claim.embedded_in,
        events=tuple(events),
        title=title,
        publisher=publisher,
        url=url,
        published=claim.day,
        stance=claim.stance,
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
