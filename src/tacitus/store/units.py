"""What leaves the store for other programs: events, or incidents with the report that tells them best, as a stream in bounded memory.

The keys of all units are put in order first (DuckDB spills what does not fit); then slices of them are joined with their facts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from operator import itemgetter
from typing import Any

import duckdb

from tacitus.store.database import Store
from tacitus.store.queries import ORIGIN, _period, _with_parties
from tacitus.store.rows import PartyRow, Query
from tacitus.store.values import Condition

SLICE = 50_000  # units joined at once: few enough for some hundred MB, many enough that a slice pays for its scan
MAX_SOURCES = 100  # pages named with an incident; the figures count all of them
PARTY = """struct_pack(side := q.side, rank := q.rank, actor := q.actor, name := q.name, code := q.code, country := q.country,
    sectors := q.sectors, kind := q.kind, reference := q.reference, "start" := q."start", "end" := q."end")"""
PAGE = "struct_pack(publisher := d.publisher, title := d.title, url := d.url, published := d.published_day)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Which events are asked for, and as what.

    `statuses`, `types`: None takes all. `deadly`: only with at least one death. `own_voice`: not what a page only reports somebody
    saying. `by_incident`: one unit an incident (an event in none is its own), else one an event.
    """

    query: Query = field(default_factory=Query)
    min_confidence: float = 0.0
    own_voice: bool = False
    statuses: tuple[str, ...] | None = None
    types: tuple[str, ...] | None = None
    deadly: bool = False
    by_incident: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRow:
    """A page that tells of a unit."""

    publisher: str | None
    title: str | None
    url: str | None
    published: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRow:
    """An event, or an incident, with the facts of the report that tells it best.

    `incident`: the incident it belongs to, or its own id. `dead_low` … span all its reports; `reports` counts event mentions, `pages`
    pages, `publishers` their publishers, `independent` pages that are no copies of one another. `trigger_start` and the parties' offsets
    count in the page's text, `length` characters long. `coded` is when the run that read the page began.
    """

    unit: str
    incident: str
    document: str
    event: str
    type: str
    mode: str | None
    contexts: tuple[str, ...]
    status: str
    quad: int | None
    score: float | None
    cameo: str | None
    goldstein: float | None
    confidence: float | None
    review: str | None
    claim: str | None
    speaker: str | None
    speaker_code: str | None
    sentence: int
    sentence_text: str
    sentence_start: int | None
    sentence_end: int | None
    trigger_text: str
    trigger_start: int
    day_from: date | None
    day_to: date | None
    day_basis: str | None
    place: str | None
    place_text: str | None
    geonameid: int | None
    feature: str | None
    place_country: str | None
    admin1: str | None
    lat: float | None
    lon: float | None
    dead_low: int | None
    dead_high: int | None
    injured_low: int | None
    injured_high: int | None
    size_low: int | None
    size_high: int | None
    reports: int
    pages: int
    publishers: int
    independent: int
    first_published: date | None
    last_published: date | None
    title: str | None
    publisher: str | None
    url: str | None
    language: str | None
    published: date | None
    length: int
    coded: datetime | None
    program: str | None
    sources: tuple[SourceRow, ...]
    people: tuple[str, ...]
    organizations: tuple[str, ...]
    locations: tuple[str, ...]
    actors: tuple[tuple[PartyRow, int], ...]
    recipients: tuple[tuple[PartyRow, int], ...]


class Units:
    """The units of a choice, in order of day and id. Iterate once; `left_out` tells why events are missing. Closed by the `with`."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, choice: Choice) -> None:
        self._cursor = connection.cursor()  # temporary tables belong to it alone
        self._choice = choice
        self.left_out = self._count_left_out()

    def __enter__(self) -> Units:
        return self

    def __exit__(self, *_: object) -> None:
        self._cursor.close()

    def __iter__(self) -> Iterator[UnitRow]:
        self._order()
        (number,) = self._cursor.execute("SELECT count(*) FROM units").fetchall()[0]
        sql = _slice_sql(by_incident=self._choice.by_incident)
        for start in range(0, number, SLICE):
            self._cursor.execute(
                "CREATE OR REPLACE TEMP TABLE slice AS SELECT * FROM units WHERE n >= ? AND n < ?",
                [start, start + SLICE],
            )
            self._cursor.execute(sql)
            names = [column[0] for column in self._cursor.description or ()]
            while rows := self._cursor.fetchmany(1000):
                yield from (_unit(dict(zip(names, row, strict=True))) for row in rows)

    def _count_left_out(self) -> dict[str, int]:
        """Reason to number of events that the query asks for and this choice leaves out; an event counts under its first reason."""
        asked = _asked(self._choice)
        reasons = _reasons(self._choice)
        cases = " ".join(f"WHEN NOT ({condition.sql}) THEN '{reason}'" for reason, condition in reasons)
        if not reasons:
            return {}
        rows = self._cursor.execute(
            f"""SELECT CASE {cases} END AS reason, count(*) FROM told e WHERE {asked.sql}
            GROUP BY reason HAVING reason IS NOT NULL ORDER BY 1""",
            (*(value for _, condition in reasons for value in condition.values), *asked.values),
        ).fetchall()
        return dict(rows)

    def _order(self) -> None:
        """Make the tables `members` (which events are in which unit) and `units` (in order, with the event that leads each)."""
        chosen = _asked(self._choice)
        for _, condition in _reasons(self._choice):
            chosen &= condition
        own = "e.document || ':' || e.event"
        unit = f"coalesce(e.incident, {own})" if self._choice.by_incident else own
        self._cursor.execute(
            f"""CREATE OR REPLACE TEMP TABLE members AS
            SELECT {unit} AS unit, coalesce(e.incident, {own}) AS incident, e.document, e.event, e.day AS day_from,
                e.day_to, e.confidence
            FROM told e WHERE {chosen.sql}""",
            chosen.values,
        )
        self._cursor.execute(_UNITS_BY_INCIDENT if self._choice.by_incident else _UNITS_BY_EVENT)


_UNITS_BY_EVENT = """CREATE OR REPLACE TEMP TABLE units AS
    SELECT *, row_number() OVER (ORDER BY day_from NULLS LAST, unit) - 1 AS n FROM members"""

# The report that tells an incident best is of the incident's type and the surest.
_UNITS_BY_INCIDENT = """CREATE OR REPLACE TEMP TABLE units AS
    SELECT unit, incident, best.document AS document, best.event AS event, day_from, day_to,
        row_number() OVER (ORDER BY day_from NULLS LAST, unit) - 1 AS n
    FROM (
        SELECT m.unit, m.unit AS incident, min(struct_pack(
                other_type := i.type IS NOT NULL AND i.type <> e.type, unsure := 1 - coalesce(m.confidence, 0),
                document := m.document, event := m.event)) AS best,
            coalesce(any_value(i.day_from), min(m.day_from)) AS day_from, coalesce(any_value(i.day_to), max(m.day_to)) AS day_to
        FROM members m JOIN events e ON e.document = m.document AND e.event = m.event LEFT JOIN incidents i ON i.incident = m.unit
        GROUP BY m.unit
    )"""

_FIGURES_OF_EVENT = f"""SELECT s.unit, e.dead_low, e.dead_high, e.injured_low, e.injured_high, e.size_low, e.size_high,
        1 AS reports, 1 AS pages, (d.publisher IS NOT NULL)::INTEGER AS publishers, 1 AS independent, d.published_day AS first_published,
        d.published_day AS last_published, [{PAGE}] AS sources
    FROM slice s JOIN events e ON e.document = s.document AND e.event = s.event JOIN documents d ON d.id = s.document"""

# The most that is told, where one report leaves open how many ("at least 12"), is what another one bounds, or as far as it goes.
_RANGES = ", ".join(
    f"min(e.{name}_low) AS {name}_low, max(greatest(e.{name}_low, e.{name}_high)) AS {name}_high"
    for name in ("dead", "injured", "size")
)
_FIGURES_OF_INCIDENT = f"""SELECT unit, * EXCLUDE (unit, told), list_transform(told[1:{MAX_SOURCES}], x -> x.page) AS sources FROM (
        SELECT m.unit, {_RANGES}, count(*) AS reports,
            count(DISTINCT d.id) AS pages, count(DISTINCT d.publisher) AS publishers, count(DISTINCT {ORIGIN}) AS independent,
            min(d.published_day) AS first_published, max(d.published_day) AS last_published,
            list_sort(list(DISTINCT struct_pack(published := d.published_day, id := d.id, page := {PAGE}))) AS told
        FROM slice s JOIN members m ON m.unit = s.unit JOIN events e ON e.document = m.document AND e.event = m.event
        JOIN documents d ON d.id = m.document GROUP BY m.unit
    )"""


def _slice_sql(*, by_incident: bool) -> str:
    """All facts of the units of the table `slice`, in order."""
    words = 'substr(d.text, {0}."start" + 1, {0}."end" - {0}."start")'
    with_words = (
        'list_transform({0}, x -> struct_insert(x, text := substr(d.text, x."start" + 1, x."end" - x."start")))'
    )
    return f"""WITH figures AS ({_FIGURES_OF_INCIDENT if by_incident else _FIGURES_OF_EVENT}),
        sides AS (
            SELECT q.document, q.event, list({PARTY}) AS parties
            FROM slice s JOIN parties q ON q.document = s.document AND q.event = s.event GROUP BY q.document, q.event
        ),
        named AS (
            SELECT a.document, list_sort(list(DISTINCT a.name) FILTER (a.kind = 'person')) AS people,
                list_sort(list(DISTINCT a.name) FILTER (a.kind = 'organization')) AS organizations
            FROM actors a SEMI JOIN slice s ON s.document = a.document WHERE a.kind IN ('person', 'organization') GROUP BY a.document
        ),
        located AS (
            SELECT p.document, list_sort(list(DISTINCT p.name)) AS locations
            FROM places p SEMI JOIN slice s ON s.document = p.document GROUP BY p.document
        )
        SELECT s.unit, s.incident, e.document, e.event, e.type, e.mode, e.contexts, e.status, e.quad, e.score, e.cameo, e.goldstein,
            e.confidence, e.review, e.claim, a.name AS speaker, a.code AS speaker_code, e.sentence,
            coalesce({words.format("t")}, '') AS sentence_text, t."start" AS sentence_start, t."end" AS sentence_end,
            {words.format("e")} AS trigger_text, e."start" AS trigger_start, s.day_from, s.day_to,
            CASE WHEN s.day_from IS NOT NULL THEN coalesce(e.day_basis, 'published') END AS day_basis, p.name AS place,
            {words.format("p")} AS place_text, p.geonameid, p.feature, p.country AS place_country, p.admin1, p.lat, p.lon,
            f.* EXCLUDE (unit), d.title, d.publisher, d.url, d.language, d.published_day AS published, length(d.text) AS length,
            r.started AS coded, r.program, n.people, n.organizations, l.locations,
            {with_words.format("w.parties")} AS parties
        FROM slice s JOIN events e ON e.document = s.document AND e.event = s.event JOIN documents d ON d.id = s.document
        JOIN figures f ON f.unit = s.unit LEFT JOIN runs r ON r.run = d.run
        LEFT JOIN sentences t ON t.document = e.document AND t.sentence = e.sentence
        LEFT JOIN places p ON p.document = e.document AND p.place = e.place
        LEFT JOIN claims c ON c.document = e.document AND c.claim = e.claim
        LEFT JOIN actors a ON a.document = c.document AND a.actor = c.speaker
        LEFT JOIN sides w ON w.document = e.document AND w.event = e.event
        LEFT JOIN named n ON n.document = e.document LEFT JOIN located l ON l.document = e.document
        ORDER BY s.n"""


def _asked(choice: Choice) -> Condition:
    return _period("e.day", choice.query) & _with_parties(choice.query)


def _reasons(choice: Choice) -> list[tuple[str, Condition]]:
    """What an event must meet, and why it is left out when it does not."""
    reasons = []
    if choice.statuses is not None:
        reasons.append(("not actual", Condition("e.status IN (SELECT unnest(?::VARCHAR[]))", (list(choice.statuses),))))
    if choice.own_voice:
        reasons.append(("only said by somebody", Condition("e.claim IS NULL")))
    if choice.min_confidence > 0:
        reasons.append(("less sure", Condition("coalesce(e.confidence, 0) >= ?", (choice.min_confidence,))))
    if choice.types is not None:
        reasons.append(("of another type", Condition("e.type IN (SELECT unnest(?::VARCHAR[]))", (list(choice.types),))))
    if choice.deadly:
        reasons.append(("no deaths told", Condition("coalesce(e.dead_low, e.dead_high, 0) > 0")))
    return reasons


def _unit(facts: dict[str, Any]) -> UnitRow:
    for name in ("contexts", "people", "organizations", "locations"):
        facts[name] = tuple(facts[name] or ())
    facts["sources"] = tuple(SourceRow(**source) for source in facts["sources"] or ())
    parties = sorted(
        facts.pop("parties") or (), key=itemgetter("rank")
    )  # sorting each in the database takes ten times as long
    for side in ("actor", "recipient"):
        facts[f"{side}s"] = tuple(_party(party) for party in parties if party["side"] == side)
    return UnitRow(**facts)


def _party(facts: dict[str, Any]) -> tuple[PartyRow, int]:
    """A party and where its words stand."""
    known = {name: facts[name] for name in ("actor", "name", "code", "country", "kind", "reference", "text")}
    return PartyRow(**known, sectors=tuple(facts["sectors"] or ())), facts["start"]


def units_of(store: Store, choice: Choice) -> Units:
    """What an open store holds of a choice."""
    return Units(store._connection, choice)
