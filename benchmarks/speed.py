"""Measure speed and memory on this machine: figures and, within one run, ratios.

    python -m benchmarks.speed [--results benchmarks/speed.json]

Pages and words a second end to end with 1 and 2 workers, the share of each stage, peak memory, the cold start of `tacitus explain`,
and the language model beside a bare spaCy CNN pipeline (tagger and parser, untrained: its weights do not change its speed).
The pages are the bundled demo corpus, repeated under new ids.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Any
from unittest.mock import patch

RESULTS = Path(__file__).with_name("speed.json")
REPEATS = 8


def main() -> None:
    """Measure all and write it down."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--results", type=Path, default=RESULTS)
    arguments = parser.parse_args()
    figures: dict[str, Any] = {"date": date.today().isoformat()}
    for name, figure in measure():
        figures[name] = figure
        print(f"{name}: {figure}", flush=True)
    arguments.results.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


def measure() -> Iterator[tuple[str, Any]]:
    """(name, figure) of everything, the memory of this process last."""
    yield "cold start of `tacitus explain`, s", cold_start()
    texts = [article.text for article in pages()] * 2
    ours, spacy = parse_speed(texts), spacy_speed(texts)
    yield "language model on one core, words/s", ours
    if spacy is not None:
        yield "spaCy CNN tagger and parser on one core, words/s", spacy
        yield "ratio to spaCy", round(ours / spacy, 2)
    one, shares = end_to_end(workers=1), stages()
    yield "end to end, 1 worker", one
    two = end_to_end(workers=2)
    yield "end to end, 2 workers", two
    yield "2 workers to 1", round(two["words/s"] / one["words/s"], 2)
    yield "share of each stage", shares
    yield "peak memory of the parent process, MB", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def pages(repeats: int = 1) -> list[Any]:
    """The demo corpus as articles, `repeats` times over under new ids."""
    from dataclasses import replace

    from tacitus.ingest import read_sources
    from tacitus.resources import data_path

    articles = list(read_sources([str(data_path("demo", "cuba-1962", "pages"))]))
    return [replace(article, id=f"{article.id}-{n}") for n in range(repeats) for article in articles]


def cold_start() -> float:
    """Seconds from the start of the process to the answer, the best of three."""
    command = [sys.executable, "-m", "tacitus", "explain", "The army shelled the town."]
    return round(min(_seconds(lambda: subprocess.run(command, check=True, capture_output=True)) for _ in range(3)), 2)


def parse_speed(texts: list[str]) -> float:
    """Words a second of the language model with one thread, after one pass to warm up."""
    from tacitus.language import LanguageModel

    model = LanguageModel.load(threads=1)
    model.parse(texts[:5])
    return round(_words(texts) / _seconds(lambda: model.parse(texts)))


def spacy_speed(texts: list[str]) -> float | None:
    """Words a second of a bare spaCy CNN tagger and parser, or None where spaCy is not installed."""
    try:
        import spacy
        from spacy.training import Example
    except ImportError:
        return None
    nlp = spacy.blank("en")
    nlp.add_pipe("tagger")
    nlp.add_pipe("parser")
    words = ["Rebels", "attacked", "the", "town"]
    gold = {"tags": ["NNS", "VBD", "DT", "NN"], "heads": [1, 1, 3, 1], "deps": ["nsubj", "ROOT", "det", "obj"]}
    nlp.initialize(lambda: [Example.from_dict(nlp.make_doc(" ".join(words)), gold)] * 8)
    list(nlp.pipe(texts[:5]))
    return round(_words(texts) / _seconds(lambda: list(nlp.pipe(texts))))


def end_to_end(*, workers: int) -> dict[str, float]:
    """Pages and words a second of the whole pipeline, the loading of the models left out."""
    from tacitus.engines import code_in_processes, code_serially
    from tacitus.settings import Settings

    articles = pages(REPEATS)
    settings = Settings(workers=workers, threads=1, batch=16)
    engine = code_serially if workers == 1 else code_in_processes
    records = engine(articles, settings=settings)
    warm = len(articles) // 4
    for _ in range(warm):
        next(records)
    rest = articles[warm:]
    seconds = _seconds(lambda: list(records))
    return {"pages/s": round(len(rest) / seconds, 1), "words/s": round(_words([a.text for a in rest]) / seconds)}


def stages() -> dict[str, float]:
    """Each stage's share of the processor time of coding the demo corpus with one thread.

    A clock is read around each stage: a profiler makes Python look slower than it is, and the language model, which is not Python, faster.
    """
    from tacitus.language import LanguageModel
    from tacitus.pipeline import Coder, coder
    from tacitus.settings import Settings

    spent: dict[str, float] = {}
    program, articles = Coder(Settings(threads=1)), pages()
    program.code_articles(articles)  # the lexicon makes its entries when their words are first met
    rooms = ("find_times", "find_places", "find_actors", "find_claims", "find_events")
    with ExitStack() as clocks:
        for home, name in ((LanguageModel, "parse"), *((coder, room) for room in rooms)):
            clocks.enter_context(patch.object(home, name, _clocked(getattr(home, name), name, spent)))
        started = time.process_time()
        program.code_articles(articles)
        whole = time.process_time() - started
    return {name: round(seconds / whole, 3) for name, seconds in spent.items()}


def _clocked(stage: Callable[..., Any], name: str, spent: dict[str, float]) -> Callable[..., Any]:
    def run(*arguments: Any, **named: Any) -> Any:
        started = time.process_time()
        try:
            return stage(*arguments, **named)
        finally:
            spent[name] = spent.get(name, 0.0) + time.process_time() - started

    return run


def _words(texts: list[str]) -> int:
    return sum(len(text.split()) for text in texts)


def _seconds(work: Any) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
