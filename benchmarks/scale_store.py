"""A store of any size filled with made-up documents, by SQL alone and a slice at a time."""

from __future__ import annotations

from pathlib import Path

from tacitus.store import open_store
from tacitus.store.told import tell_all

SLICE = 20_000  # documents to a transaction
DAYS = 1461  # four years from 1 January 2022
COUNTRIES = 60
ACTORS = 4  # of each document
REPORTS_OF_INCIDENT = 4  # event mentions: an event meets that of the same rank in the documents beside its own
SENTENCE = (
    "'Day {n}: forces of C' || lpad(({n} % 60)::VARCHAR, 2, '0') || ' shelled the rebels near Qasr' || ({n} % 997)"
)
LENGTH = 96  # characters that each sentence is padded to, so that offsets are simple
TYPES = "['ASSAULT', 'ASSAULT', 'PROTEST', 'CONSULT', 'ACCUSE', 'REQUEST', 'AGREE', 'THREATEN', 'AID', 'COERCE']"
QUADS = "[4, 4, 4, 1, 3, 3, 1, 3, 2, 4]"
SCORES = "[-9.0, -9.0, -5.0, 2.5, -3.0, 0.0, 2.5, -3.5, 10.0, -7.0]"
CAMEO = "['190', '194', '141', '040', '112', '020', '057', '130', '070', '173']"
STATUSES = (
    "['actual', 'actual', 'actual', 'actual', 'actual', 'actual', 'future', 'negated', 'hypothetical', 'historical']"
)


def fill(path: Path, *, documents: int, events: int, memory: str) -> None:
    """Make a database of so many documents and events. Memory grows with them only where DuckDB may take it, up to its limit."""
    each = max(1, events // documents)
    with open_store(path) as store:
        connection = store._connection
        connection.execute(f"SET memory_limit = '{memory}'")
        run = store.start_run(program="tacitus scale", sources=["made up"])
        for start in range(0, documents, SLICE):
            with store.transaction():
                bounds = {"start": start, "stop": min(start + SLICE, documents), "run": run, "each": each}
                for statement in _statements():
                    connection.execute(statement.format(**bounds))
        with store.transaction():
            tell_all(connection)
        store.finish_run(run)


def _statements() -> list[str]:
    """One a table; the fields in braces are filled for each slice."""
    numbers = "(SELECT range AS n, 'd' || range AS id FROM range({start}, {stop}))"
    day = f"DATE '2022-01-01' + (n * {DAYS} // 1000003 % {DAYS} + n % {DAYS})::INTEGER % {DAYS}"
    event = f"(SELECT n, id, k, n * 13 + k * 7 AS x FROM {numbers}, (SELECT range AS k FROM range({{each}})))"
    country = "'C' || lpad((({0}) % 60)::VARCHAR, 2, '0')"
    words = SENTENCE.replace("{n}", "(n * 31 + k)")
    text = (
        f"(SELECT string_agg(rpad({words}, {LENGTH - 1}, '.'), ' ' ORDER BY k) FROM (SELECT range AS k FROM range(25)))"
    )
    sectors = "['MIL', 'GOV', 'REB', 'CVL']"
    return [
        f"""INSERT INTO documents (id, digest, run, url, publisher, title, published, published_day, language, text, flags, record)
            SELECT id, md5(id), {{run}}, 'https://news.example/' || n, 'Paper ' || (n % 500), 'Page ' || n, ({day})::VARCHAR, {day}, 'en',
                {text}, [], '{{{{"schema": 1, "id": "' || id || '"}}}}' FROM {numbers}""",
        f"""INSERT INTO sentences SELECT id, k, k * {LENGTH}, k * {LENGTH} + {LENGTH - 1}
            FROM {numbers}, (SELECT range AS k FROM range(25))""",
        f"""INSERT INTO actors (document, actor, name, kind, country, sectors, code, reference) SELECT id, 'a' || k,
                CASE WHEN k = 3 THEN 'Movement ' || (n % 9973) ELSE {country.format("n + k * 4")} || ' forces' END,
                'organization', {country.format("n + k * 4")}, [{sectors}[k + 1]], {country.format("n + k * 4")} || {sectors}[k + 1],
                CASE WHEN k < 3 THEN 'r' || (n + k * 4) % 60 END
            FROM {numbers}, (SELECT range AS k FROM range({ACTORS}))""",
        f"""INSERT INTO mentions SELECT id, 'a' || k, m * {LENGTH * 4} + 10, m * {LENGTH * 4} + 19, 'name'
            FROM {numbers}, (SELECT range AS k FROM range({ACTORS})), (SELECT range AS m FROM range(3))""",
        f"""INSERT INTO events (document, event, type, contexts, status, claim, sentence, "start", "end", day_from, day_to, day_basis,
                place, dead_low, dead_high, score, quad, cameo, goldstein, confidence, because)
            SELECT id, 'e' || k, {TYPES}[x % 10 + 1], ['military'], {STATUSES}[x % 11 % 10 + 1], CASE WHEN x % 3 = 0 THEN 'c0' END, k % 25,
                k % 25 * {LENGTH} + 25, k % 25 * {LENGTH} + 32, {day}, {day}, 'text', 0, CASE WHEN x % 10 < 2 THEN x % 20 END,
                CASE WHEN x % 10 < 2 THEN x % 20 + 3 END, {SCORES}[x % 10 + 1], {QUADS}[x % 10 + 1], {CAMEO}[x % 10 + 1], -5.0,
                0.4 + x % 60 / 100, ['verb ''shelled''']
            FROM {event}""",
        f"""INSERT INTO participants SELECT id, 'e' || k, side, 0, 'a' || (x + (side = 'recipient')::INTEGER) % {ACTORS},
                k % 25 * {LENGTH} + 8, k % 25 * {LENGTH} + 18
            FROM {event}, (SELECT unnest(['actor', 'recipient']) AS side)""",
        f"""INSERT INTO claims (document, claim, speaker, speaker_start, speaker_end, cue_start, cue_end, content, kind, sentence)
            SELECT id, 'c' || k, 'a' || k, 8, 18, 25, 32, [struct_pack("start" := 0, "end" := {LENGTH - 1})], 'indirect', k
            FROM {numbers}, (SELECT range AS k FROM range(3))""",
        f"""INSERT INTO places (document, place, "start", "end", name, geonameid, lat, lon, feature, country, admin1, score)
            SELECT id, 0, 60, 68, 'Qasr' || (n % 997), 100000 + n % 997, n % 120 - 60, n % 350 - 175, 'P.PPL',
                {country.format("n")}, NULL, 0.9
            FROM {numbers}""",
        f"INSERT INTO times SELECT id, 80, 86, 'DATE', NULL, {day}, {day} FROM {numbers}",
        f"""INSERT INTO incident_reports (incident, document, event, denies, run, hand)
            SELECT 'i' || (n // {REPORTS_OF_INCIDENT}) || '-' || k, id, 'e' || k, false, {{run}}, false FROM {event} WHERE k % 2 = 0""",
        f"""INSERT INTO incidents (incident, type, types, quad, score, status, own_voice, day_from, day_to, day_basis, reports, documents,
                independent, first_published, last_published, created, changed)
            SELECT 'i' || (n // {REPORTS_OF_INCIDENT}) || '-' || k, {TYPES}[x % 10 + 1], [{TYPES}[x % 10 + 1]], {QUADS}[x % 10 + 1],
                {SCORES}[x % 10 + 1], 'actual', true, {day}, {day}, 'text', {REPORTS_OF_INCIDENT}, {REPORTS_OF_INCIDENT},
                {REPORTS_OF_INCIDENT}, {day}, {day}, {{run}}, {{run}}
            FROM {event} WHERE k % 2 = 0 AND n % {REPORTS_OF_INCIDENT} = 0""",
    ]
