"""Measure the store, the export and the coder at size: figures, and a plot of memory.

    python -m benchmarks.scale store [--documents 1000000] [--events 5000000] [--db scale.duckdb] [--results benchmarks/scale.json]
    python -m benchmarks.scale memory [--documents 50000] [--results benchmarks/memory.json]
    python -m benchmarks.scale plot [--results benchmarks/memory.json] [--output docs/memory.svg]
    python -m benchmarks.scale engines [--documents 240] [--rounds 3] [--results benchmarks/engines.json]
    python -m benchmarks.scale all [--db scale.duckdb]     # engines, memory, plot, and store, one after the other

`store` fills a database with made-up documents by SQL alone, in bounded memory (an existing --db is measured as it is), and times what
reads it. `memory` codes documents made of the demo corpus' sentences and notes the memory of all processes as it goes. `engines` codes
the same documents with one worker, two, and Ray on two processors, in turns; only ratios within a round are told, and their median.
The documents are drawn by a fixed rule of their number: the same call makes the same database.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.scale_plot import draw
from benchmarks.scale_store import fill

FOLDER = Path(__file__).parent
MEMORY_LIMIT = "2GB"  # of DuckDB while it fills and reads
FILES = {"engines": "engines.json", "memory": "memory.json", "plot": "memory.json", "store": "scale.json"}
STEPS = 100  # points of the plot of memory
WEEK = (date(2024, 3, 4), date(2024, 3, 10))


def main() -> None:
    """Do what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("store", "memory", "plot", "engines", "all"))
    parser.add_argument("--documents", type=int)
    parser.add_argument("--events", type=int)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--db", type=Path)
    parser.add_argument("--results", type=Path)
    parser.add_argument("--output", type=Path, default=FOLDER.parent / "docs" / "memory.svg")
    given = parser.parse_args()
    for what in ("engines", "memory", "plot", "store") if given.what == "all" else (given.what,):
        measure(what, given)


def measure(what: str, given: argparse.Namespace) -> None:
    """Measure one thing and write it down."""
    alone = given if given.what != "all" else argparse.Namespace(documents=None, events=None, results=None)
    results = alone.results or FOLDER / FILES[what]
    if what == "plot":
        draw(json.loads(results.read_text(encoding="utf-8")), given.output)
        return
    if what == "store":
        documents = alone.documents or 1_000_000
        figures = measure_store(documents=documents, events=alone.events or 5 * documents, database=given.db)
    elif what == "engines":
        figures = measure_engines(documents=alone.documents or 240, rounds=given.rounds)
    else:
        figures = measure_memory(documents=alone.documents or 50_000, workers=given.workers)
    results.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


def measure_engines(*, documents: int, rounds: int) -> dict[str, Any]:
    """Documents a second of one worker, two, and Ray on two processors, the starting of each left out; and their ratios, round by round."""
    from benchmarks.speed import pages
    from tacitus.engines import code_in_processes, code_serially
    from tacitus.engines.cluster import code_on_ray
    from tacitus.settings import Settings

    engines = {
        "1 worker": (code_serially, 1),
        "2 workers": (code_in_processes, 2),
        "Ray, 2 processors": (code_on_ray, 2),
    }
    articles = pages(-(-documents * 2 // len(pages())))
    speeds: dict[str, list[float]] = {name: [] for name in engines}
    for n in range(rounds):
        for name, (engine, workers) in engines.items():
            records = engine(
                iter(articles[: documents + documents // 4]), settings=Settings(workers=workers, threads=1, batch=8)
            )
            for _ in range(documents // 4):
                next(records)
            seconds, _ = _timed(lambda left=records: list(left))
            speeds[name].append(round(documents / seconds, 2))
            print(f"round {n + 1}, {name}: {speeds[name][-1]} documents/s", flush=True)
    one, two, ray = speeds.values()
    return {
        "date": date.today().isoformat(),
        "documents": documents,
        "documents/s": speeds,
        "2 workers to 1, median of rounds": round(median(b / a for a, b in zip(one, two, strict=True)), 2),
        "Ray to 2 workers, median of rounds": round(median(c / b for b, c in zip(two, ray, strict=True)), 2),
    }


def measure_store(*, documents: int, events: int, database: Path | None) -> dict[str, Any]:
    """Seconds of each query over a store of that size, of the wall and of the processor, the size of the file, and the peak memory of this
    process."""
    figures: dict[str, Any] = {
        "date": date.today().isoformat(),
        "documents": documents,
        "events": events,
        "processors": os.cpu_count(),
    }
    with tempfile.TemporaryDirectory() as folder:
        path = database or Path(folder) / "scale.duckdb"
        if not path.exists():
            figures["filling, s"] = _timed(lambda: fill(path, documents=documents, events=events, memory=MEMORY_LIMIT))[
                0
            ]
        figures["file, MB"] = path.stat().st_size >> 20
        for name, work in queries(path, Path(folder)):
            used = time.process_time()
            seconds, found = _timed(work)
            used = round(time.process_time() - used, 2)
            figures[name] = {"s": seconds, "processor, s": used, "rows": found, "peak memory so far, MB": _peak()}
            print(f"{name}: {seconds} s, of the processor {used} s, {found:,} rows, {_peak():,} MB", flush=True)
    return figures


def queries(path: Path, folder: Path) -> Iterator[tuple[str, Callable[[], int]]]:
    """(what it is called, what to time; it returns a number of rows), the heaviest on memory last."""
    from tacitus.analysis import situation
    from tacitus.export.shapes import write_shape
    from tacitus.store import Query, open_store
    from tacitus.store.units import Choice

    week = Query(since=WEEK[0], until=WEEK[1])
    with open_store(path, read_only=True) as store:
        store._connection.execute(f"SET memory_limit = '{MEMORY_LIMIT}'")
        last = f"d{store._connection.execute('SELECT count(*) - 1 FROM documents').fetchall()[0][0]}"

        def export(shape: str, query: Query) -> Callable[[], int]:
            return lambda: sum(
                f.rows for f in write_shape(store, folder, shape=shape, wanted=Choice(query=query)).files
            )

        yield "one document by its id", lambda: len([store.record(last)])
        yield (
            "which of 32 documents are stored",
            lambda: len(store.known({f"d{n}": "" for n in range(32)}) or range(32)),
        )
        yield "events of a week", lambda: len(store.events(week))
        yield (
            "events of one actor in a week",
            lambda: len(store.events(Query(actor="C07MIL", since=WEEK[0], until=WEEK[1]))),
        )
        yield "events between two actors, all years", lambda: len(store.events(Query(actor="C07MIL", with_="C11GOV")))
        yield "claims of a week", lambda: len(store.claims(week))
        yield "unknown actors", lambda: len(store.unknown_actors(limit=30))
        yield "incidents of a week", lambda: len(store.incidents.rows(since=WEEK[0], until=WEEK[1]))
        yield "report on a week", lambda: len(situation(store, week).incidents)
        yield (
            "report on two actors, all years",
            lambda: len(situation(store, Query(actor="C07MIL", with_="C11GOV")).incidents),
        )
        yield "export of a week, GDELT's shape", export("gdelt", week)
        yield "export of all, GDELT's shape", export("gdelt", Query())
        yield "export of all, our own shape", export("tacitus", Query())


def measure_memory(*, documents: int, workers: int) -> dict[str, Any]:
    """Memory of this process and of all it started, MB, after each hundredth of the documents (proportional set size: shared once)."""
    from benchmarks.speed import pages
    from tacitus.engines import code_in_processes, code_serially
    from tacitus.records import Article
    from tacitus.settings import Settings

    sentences = [line for article in pages() for line in article.text.split("\n") if len(line) > 80]

    def made() -> Iterator[Article]:
        for n in range(documents):
            text = "\n".join(sentences[(n * 7 + k * (1 + n % 5)) % len(sentences)] for k in range(2))
            yield Article(id=f"d{n}", text=text, published="1962-10-24")

    engine = code_serially if workers == 1 else code_in_processes
    points = []
    started = time.perf_counter()
    for number, _ in enumerate(engine(made(), settings=Settings(workers=workers, threads=1)), 1):
        if number % max(1, documents // STEPS) == 0:
            points.append([number, memory_of(os.getpid())])
            print(f"{number:,} documents: {points[-1][1]:,} MB", flush=True)
    seconds = round(time.perf_counter() - started, 1)
    return {
        "date": date.today().isoformat(),
        "documents": documents,
        "workers": workers,
        "s": seconds,
        "documents, MB": points,
    }


def memory_of(pid: int) -> int:
    """MB that a process and those below it hold; what several share counts once (Linux)."""
    from tests.engines.workers import descendants

    total = 0
    for process in (pid, *descendants(pid)):
        try:
            lines = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="utf-8").splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total >> 10


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    started = time.perf_counter()
    found = work()
    return round(time.perf_counter() - started, 2), found


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10


if __name__ == "__main__":
    main()
