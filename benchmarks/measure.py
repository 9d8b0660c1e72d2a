"""Measure quality on the development sets beside the checkout, with the scorers that lie there.

    python -m benchmarks.measure [--only NAME ...] [--results benchmarks/results.json]

Codes every set with the shipped models and lexicons, runs its scorer, and writes the headline figures to `results.json`, each with
the command that gives it. `docs/quality.md` shows them beside the peers' figures (`python -m benchmarks.quality`).
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

SHARED = Path(__file__).resolve().parents[2] / "shared"
GOLD = SHARED / "gold"
RESULTS = Path(__file__).with_name("results.json")


@dataclass(frozen=True, kw_only=True)
class Benchmark:
    """One development set: what is coded, which scorer judges, and where its headline figures stand in the scorer's JSON.

    `figures` maps our name to the path of keys. `pages` are files coded in the order of the gold (joined with --order).
    `folds`: score only the items of these folds.
    """

    name: str
    scorer: str
    gold: str
    figures: dict[str, str]
    pages: str | None = None
    options: Sequence[str] = ()
    folds: Sequence[int] = ()

    @property
    def command(self) -> str:
        source = self.pages or self.gold
        options = "".join(f" {option}" for option in self.options)
        gold = f"<(items of folds {', '.join(map(str, self.folds))} of {self.gold})" if self.folds else self.gold
        return f"tacitus code {source} -o out.jsonl; python {self.scorer}{options} {gold} out.jsonl"


MEASURED = (3, 4)  # folds of the event sets that nothing was learnt from, and whose errors nobody read
MARKED_PAIR = {
    "root macro-F1": "plv_train > root > macro_f1",
    "quad macro-F1": "plv_train > quad > macro_f1",
    "binary macro-F1": "plv_train > binary > macro_f1",
    "end to end pair F1": "plv_train > end_to_end > strict > f1_pair",
}
QUOTES = {
    "claims F1": "claims, overlap > f1",
    "who-said-what F1": "who-said-what > f1",
    "direct found": "by kind > direct > recall",
    "indirect found": "by kind > indirect > recall",
    "speaker right, given the claim": "speaker accuracy | match",
}
TIMES = {
    "strict F1": "strict > f1",
    "relaxed F1": "relaxed > f1",
    "value F1": "value > f1",
    "resolved": "resolved from/to, of all calendar gold",
}
PLACES = {
    "recognition F1, overlap": "recognition, overlap > f1",
    "end to end F1@161 km": "end to end @161 km > f1",
    "resolution accuracy@161 km": "resolution > accuracy@161 km",
    "country right": "resolution > country right | recognised",
}
PAGES = {"F1": "f1", "precision": "precision", "recall": "recall", "pages exact": "accuracy"}

BENCHMARKS = (
    Benchmark(
        name="pages, HTML",
        scorer="score_pages.py",
        gold="pages/html-dev.gold.jsonl",
        pages="pages/html-dev.jsonl.gz",
        figures=PAGES,
    ),
    Benchmark(
        name="pages, stripped text",
        scorer="score_pages.py",
        gold="pages/text-dev.gold.jsonl",
        pages="pages/text-dev",
        options=("--order",),
        figures=PAGES,
    ),
    Benchmark(
        name="events, PLV train",
        scorer="score_events.py",
        gold="events/plv_train.jsonl",
        folds=MEASURED,
        figures=MARKED_PAIR,
    ),
    Benchmark(
        name="events, PLV train by CAMEO",
        scorer="score_events.py",
        gold="events/plv_train.jsonl",
        options=("--by-cameo",),
        folds=MEASURED,
        figures=MARKED_PAIR,
    ),
    Benchmark(
        name="events, cameo_class",
        scorer="score_events.py",
        gold="events/cameo_class_train.jsonl",
        folds=MEASURED,
        figures={
            "quad macro-F1": "cameo_class > quad0 > macro_f1",
            "false alarms": "cameo_class > false_alarm > share",
        },
    ),
    Benchmark(
        name="events, IndiaPoliceEvents",
        scorer="score_events.py",
        gold="events/ipe_train_dev.jsonl",
        folds=MEASURED,
        figures={
            "sentences macro-F1": "ipe > sentences > macro_f1",
            "documents macro-F1": "ipe > documents > macro_f1",
            "false alarms": "ipe > false_alarm > share",
        },
    ),
    Benchmark(
        name="events, MUC-4",
        scorer="score_events.py",
        gold="events/muc4_train_dev.jsonl",
        folds=MEASURED,
        figures={
            "F1 without weapons": "muc4_train > micro_without_weapon > f1",
            "recall": "muc4_train > micro_without_weapon > recall",
        },
    ),
    Benchmark(
        name="actors, ngec",
        scorer="score_events.py",
        gold="events/ngec_actor_dev.jsonl",
        figures={"country": "ngec_actor > country > share", "first sector": "ngec_actor > sector > share"},
    ),
    Benchmark(name="claims, PolNeAR dev", scorer="score_claims.py", gold="claims/dev.jsonl", figures=QUOTES),
    Benchmark(
        name="places, GeoWebNews dev", scorer="score_places.py", gold="places/geowebnews-dev.jsonl", figures=PLACES
    ),
    Benchmark(
        name="places, GeoWebNews dev, adjectives optional",
        scorer="score_places.py",
        gold="places/geowebnews-dev.jsonl",
        options=("--adjectives", "optional"),
        figures=PLACES,
    ),
    Benchmark(name="places, LGL", scorer="score_places.py", gold="places/lgl.jsonl", figures=PLACES),
    Benchmark(name="times, TimeBank", scorer="score_times.py", gold="times/timebank.jsonl", figures=TIMES),
    Benchmark(name="times, AQUAINT", scorer="score_times.py", gold="times/aquaint.jsonl", figures=TIMES),
    Benchmark(name="times, WikiWars dev", scorer="score_times.py", gold="times/wikiwars-dev.jsonl", figures=TIMES),
    Benchmark(
        name="pronouns, GAP validation",
        scorer="score_coref.py",
        gold="coref/gap-validation.jsonl",
        figures={"F1": "overall > f1", "both decisions right": "examples with both decisions right", "bias": "bias"},
    ),
)


def main() -> None:
    """Measure what was asked for and write it down."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", nargs="+", metavar="WORD", help="benchmarks whose name has one of these words")
    parser.add_argument("--results", type=Path, default=RESULTS)
    arguments = parser.parse_args()
    if not GOLD.is_dir():
        sys.exit(f"no development sets at {GOLD.parent.name}/gold beside the checkout")
    results = json.loads(arguments.results.read_text(encoding="utf-8")) if arguments.results.exists() else {}
    for name, entry in measure(arguments.only):
        results[name] = entry
        figures = "  ".join(f"{key} {value:.3f}" for key, value in entry["figures"].items() if value is not None)
        print(f"{name}: {figures}", flush=True)
        arguments.results.write_text(
            json.dumps(results, indent=1, ensure_ascii=False, sort_keys=True) + "\n", encoding="utf-8"
        )


def measure(only: Sequence[str] | None = None) -> Iterator[tuple[str, dict[str, Any]]]:
    """(name, {"command", "date", "figures"}) of each benchmark; a source that two benchmarks share is coded once."""
    with tempfile.TemporaryDirectory() as folder:
        for benchmark in BENCHMARKS:
            if only and not any(word.lower() in benchmark.name.lower() for word in only):
                continue
            coded = Path(folder) / (benchmark.pages or benchmark.gold).replace("/", "-").removesuffix(".gz")
            if not coded.exists():
                code(GOLD / (benchmark.pages or benchmark.gold), coded)
            figures = score(benchmark, coded)
            yield benchmark.name, {"command": benchmark.command, "date": date.today().isoformat(), "figures": figures}


def code(source: Path, output: Path) -> None:
    """Code a set into a file of records. Only id, text, title, published and the page's facts reach the coder, never the gold."""
    from tacitus.engines import code_in_processes
    from tacitus.export import write_records
    from tacitus.ingest import read_sources
    from tacitus.settings import Settings

    settings = Settings(workers=os.cpu_count() or 1)
    write_records(code_in_processes(read_sources([str(source)]), settings=settings), output, format="jsonl")


def score(benchmark: Benchmark, coded: Path) -> dict[str, float | None]:
    """Run the scorer and pick the headline figures."""
    gold = GOLD / benchmark.gold
    if benchmark.folds:
        gold = coded.with_suffix(".gold")
        items = (GOLD / benchmark.gold).read_text(encoding="utf-8").splitlines(keepends=True)
        gold.write_text(
            "".join(item for item in items if json.loads(item)["fold"] in benchmark.folds), encoding="utf-8"
        )
    command = [
        sys.executable,
        str(GOLD / benchmark.scorer),
        *benchmark.options,
        str(gold),
        str(coded),
        "--json",
    ]
    scored = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return {name: pick(scored, path) for name, path in benchmark.figures.items()}


def pick(scored: Any, path: str) -> float | None:
    """The figure at a path of keys; KeyError names the key that is not there."""
    for key in path.split(" > "):
        scored = scored[key]
    return None if scored is None else round(float(scored), 4)


if __name__ == "__main__":
    main()
