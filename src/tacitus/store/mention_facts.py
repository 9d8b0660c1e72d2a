"""Event mentions as incidents are made from them, read from the tables of facts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import replace

import duckdb

from tacitus.corpus.mentions import MentionId, Side, Spot
from tacitus.corpus.words import hashed, read_words
from tacitus.store.incident_columns import side_of, spot_of, told_of
from tacitus.store.incident_rows import Told
from tacitus.store.queries import EVENT_DAY
from tacitus.store.stories import stories_of
from tacitus.store.values import picked, table, values

ID = {"document": "VARCHAR", "event": "VARCHAR"}
TELLING = "('actual', 'negated')"  # what is announced, possible or background is no incident
TABLES = {"events": "document", "documents": "id", "places": "document", "sentences": "document"}
FACTS = f"""e.document, e.event, e.type, e.mode, e.quad, e.score, e.status = 'negated', e.claim IS NOT NULL,
    {EVENT_DAY}, coalesce(e.day_to, {EVENT_DAY}), CASE WHEN {EVENT_DAY} IS NOT NULL THEN coalesce(e.day_basis, 'published') END,
    e.dead_low, e.dead_high, e.injured_low, e.injured_high, d.published_day,
    list_filter(d.flags, x -> starts_with(x, 'duplicate-of:'))[1][14:],
    p.name, p.geonameid, p.feature, p.country, p.lat, p.lon, e.start, s.start, s."end" """
JOINS = """JOIN {documents} d ON d.id = e.document LEFT JOIN {places} p ON p.document = e.document AND p.place = e.place
    LEFT JOIN {sentences} s ON s.document = e.document AND s.sentence = e.sentence"""
NEARBY = """SELECT e.document, e.event, min(p.name), p.geonameid, min(p.feature), min(p.country), min(p.lat), min(p.lon)
    FROM {ids} w JOIN {events} e ON e.document = w.document AND e.event = w.event
    JOIN {sentences} s ON s.document = e.document AND s.sentence = e.sentence
    JOIN {places} p ON p.document = e.document AND p.start >= s.start AND p."end" <= s."end" AND starts_with(p.feature, 'P.')
    GROUP BY e.document, e.event, p.geonameid"""
"""The settlements that the sentences of some mentions name, each once."""

Connection = duckdb.DuckDBPyConnection


def read_told(connection: Connection, documents: Collection[str]) -> list[Told]:
    """All mentions in these pages of what happened or did not, by date of the page and place in the text."""
    if not documents:
        return []
    tables = {name: picked(connection, name, column, documents) for name, column in TABLES.items()}
    rows = connection.execute(
        f"""SELECT {FACTS} FROM {tables["events"]} e {JOINS.format(**tables)} WHERE e.status IN {TELLING}
        ORDER BY d.published_day NULLS LAST, e.document, e.start, e.event"""
    ).fetchall()
    sides = _sides(connection, documents)
    stories = stories_of(connection, documents)
    sentences = _sentences(connection, {(row[0], row[24], row[25]) for row in rows if row[24] is not None}, tables)
    found = [told_of(row, sides, stories.get(row[0]), sentences.get((row[0], row[24]), ())) for row in rows]
    nearby = _nearby(connection, [told.mention.id for told in found if told.place is None], tables)
    return [
        replace(told, mention=replace(told.mention, spot=nearby[told.mention.id]))
        if told.mention.id in nearby
        else told
        for told in found
    ]


def _sentences(
    connection: Connection, bounds: Collection[tuple[str, int, int]], tables: Mapping[str, str]
) -> dict[tuple[str, int], tuple[int, ...]]:
    """The terms of each of these sentences, by document and first character."""
    texts = dict(connection.execute(f"SELECT id, text FROM {tables['documents']}").fetchall())
    return {
        (document, start): tuple(hashed(word.term) for word in read_words(texts[document][start:end]))
        for document, start, end in bounds
    }


def _nearby(connection: Connection, ids: Collection[MentionId], tables: Mapping[str, str]) -> dict[MentionId, Spot]:
    """The only settlement that the sentence of each of these mentions names, where there is just one."""
    if not ids:
        return {}
    found: dict[MentionId, list[Spot | None]] = defaultdict(list)
    for document, event, *place in connection.execute(
        NEARBY.format(ids=table(**ID), **tables), [values(ids, **ID)]
    ).fetchall():
        found[MentionId(document, event)].append(spot_of(*place))
    return {id_: spots[0] for id_, spots in found.items() if len(spots) == 1 and spots[0] is not None}


def _sides(connection: Connection, documents: Collection[str]) -> dict[tuple[MentionId, str], tuple[Side, ...]]:
    parts, actors = (picked(connection, name, "document", documents) for name in ("participants", "actors"))
    rows = connection.execute(
        f"""SELECT q.document, q.event, q.side, a.name, a.kind, a.code, a.country, a.sectors, a.reference
        FROM {parts} q JOIN {actors} a ON a.document = q.document AND a.actor = q.actor ORDER BY q.document, q.event, q.side, q.rank"""
    ).fetchall()
    found: dict[tuple[MentionId, str], tuple[Side, ...]] = defaultdict(tuple)
    for document, event, side, *party in rows:
        found[MentionId(document, event), side] += (side_of(*party),)
    return found
