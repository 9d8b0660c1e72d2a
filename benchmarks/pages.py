"""How long the reading room takes for each of its pages, and how heavy they are, over a database of any size.

    python -m benchmarks.pages world.duckdb [--looks 20] [--results benchmarks/pages.json]

Make the database with `python -m benchmarks.scale store --db world.duckdb`. Each page is asked for with as many different parties, days and
ids, so that what is kept from one answer does not serve the next; the first answer of all is told apart, because it opens the database.
Times are of the server, in this process: of the wall, and of the processor, which a busy machine does not change.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import duckdb
from starlette.testclient import TestClient

from tacitus.web import RoomSettings, create_app
from tacitus.web.room import Room

HOST = "http://127.0.0.1"
AIM_MS, AIM_KB = 300, 300


@dataclass(frozen=True, slots=True)
class World:
    """What there is to ask for."""

    documents: list[str]
    sides: list[str]
    references: list[str]
    incidents: list[str]
    days: list[date]


def main() -> None:
    """Ask, and write the figures down."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("db", type=Path)
    parser.add_argument("--looks", type=int, default=20)
    parser.add_argument("--search", action="store_true", help="also search, when all pages are indexed")
    parser.add_argument("--results", type=Path)
    chosen = parser.parse_args()
    world = read_world(chosen.db)
    begun = time.monotonic()
    app = create_app(RoomSettings(db=chosen.db))
    opened = time.monotonic() - begun
    print(f"opened in {opened:.1f} s", flush=True)
    # Not as a context: the search index is not begun in the background, where it would take the processor from the pages.
    client = TestClient(app, base_url=HOST, follow_redirects=False)
    indexed = index(app.state.room) if chosen.search else None
    found = {}
    for name, queries in asked(world, chosen.looks, search=chosen.search):
        found[name] = measure(client, queries)
        figures = "  ".join(f"{key} {value:>8}" for key, value in found[name].items())
        print(f"{name:24} {figures}", flush=True)
    app.state.room.close()
    if chosen.results:
        results = {
            "opened_s": round(opened, 1),
            "indexed_s": indexed,
            "pages": found,
            "aims": {"p95_ms": AIM_MS, "kb": AIM_KB},
        }
        chosen.results.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")


def index(room: Room) -> float:
    """Seconds until all pages can be searched."""
    begun = time.monotonic()
    while left := room.unindexed(patience=60.0):
        print(f"{left:,} pages to index", flush=True)
    return round(time.monotonic() - begun, 1)


def read_world(db: Path) -> World:
    """A few hundred of each."""

    def column(sql: str) -> list[Any]:
        return [row[0] for row in connection.execute(sql).fetchall()]

    with duckdb.connect(str(db), read_only=True) as connection:
        return World(
            documents=column("SELECT id FROM documents ORDER BY hash(id) LIMIT 300"),
            sides=column(
                "SELECT country FROM actors WHERE country IS NOT NULL GROUP BY country ORDER BY count(*) DESC LIMIT 60"
            ),
            references=column("SELECT DISTINCT reference FROM actors WHERE reference IS NOT NULL ORDER BY 1 LIMIT 60"),
            incidents=column("SELECT incident FROM incidents ORDER BY hash(incident) LIMIT 300"),
            days=column("SELECT DISTINCT published_day FROM documents WHERE published_day IS NOT NULL ORDER BY 1"),
        )


def asked(world: World, looks: int, *, search: bool) -> Iterator[tuple[str, list[tuple[str, dict[str, Any]]]]]:
    """Page to the addresses it is asked for with."""
    chance = random.Random(3)
    days = [chance.choice(world.days) for _ in range(looks)]
    weeks = [{"since": day.isoformat(), "until": (day + timedelta(days=6)).isoformat()} for day in days]
    sides = [chance.sample(world.sides, 2) for _ in range(looks)]
    ids = chance.sample(world.documents, min(looks, len(world.documents)))
    told = chance.sample(world.incidents, min(looks, len(world.incidents)))
    yield "situation, as opened", [("/", {})]
    yield "situation, a day", [("/", {"since": day.isoformat(), "until": day.isoformat()}) for day in days]
    yield "situation, a week", [("/", week) for week in weeks]
    yield "situation, a pair", [("/", {"actor": a, "with": b}) for a, b in sides]
    yield "documents", [("/documents", {"page": str(n + 1)}) for n in range(looks)]
    yield "documents by title", [("/documents", {"title": f"Page {n}7"}) for n in range(looks)]
    yield "document", [("/document", {"id": id_}) for id_ in ids]
    yield "actors", [("/actors", {"page": str(n + 1)}) for n in range(looks)]
    yield "actors by name", [("/actors", {"q": a}) for a, _ in sides]
    yield (
        "actor",
        [("/actor", {"ref": ref}) for ref in chance.sample(world.references, min(looks, len(world.references)))],
    )
    yield "pair", [("/pair", {"a": a, "b": b}) for a, b in sides]
    yield "incidents", [("/incidents", week) for week in weeks]
    yield "incidents of a party", [("/incidents", {"actor": a}) for a, _ in sides]
    yield "incident", [("/incident", {"id": id_}) for id_ in told]
    yield "events", [("/events", {"page": str(n + 1)}) for n in range(looks)]
    yield "events of a party", [("/events", {"actor": a, "with": b}) for a, b in sides]
    yield "statements", [("/statements", week) for week in weeks]
    yield "API incidents", [("/api/incidents", week) for week in weeks]
    if search:
        yield "search", [("/search", {"q": f"rebels near qasr{n * 7}"}) for n in range(looks)]


def measure(client: TestClient, queries: list[tuple[str, dict[str, Any]]]) -> dict[str, Any]:
    """Milliseconds of the wall and of the processor, and the heaviest answer in KB."""
    wall, used, weights = [], [], []
    for path, query in queries:
        begun, started = time.perf_counter(), time.process_time()
        answer = client.get(path, params=query)
        wall.append((time.perf_counter() - begun) * 1000)
        used.append((time.process_time() - started) * 1000)
        weights.append(len(answer.content) / 1024)
        assert answer.status_code == 200, f"{path} {query}: {answer.status_code}"
    return {
        "median_ms": round(median(wall)),
        "p95_ms": round(_p95(wall)),
        "processor_p95_ms": round(_p95(used)),
        "kb": round(max(weights)),
    }


def _p95(values: list[float]) -> float:
    return quantiles(values, n=20, method="inclusive")[-1] if len(values) > 1 else values[0]


if __name__ == "__main__":
    main()
