"""Measure the duplicate finder alone: quality on the development set, and time and memory over many generated documents.

    python -m benchmarks.duplicates                       # figures of the shipped limits, through the scorer of ../shared
    python -m benchmarks.duplicates --choose              # limits chosen on four fifths of the clusters, scored on the fifth, five times
    python -m benchmarks.duplicates --documents 1000000   # time, peak memory, and how many planted copies were found

Generated documents are drawn from a vocabulary with the frequencies of text (Zipf) and from stock phrases that recur in many of them; a
quarter are copies of earlier ones: the same words, cut short, some words replaced, or wrapped in other text.
"""

from __future__ import annotations

import argparse
import importlib.util
import itertools
import json
import random
import resource
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from tacitus.corpus.copies import CopyFinder, Limits
from tacitus.corpus.copies_spool import Page

GOLD = Path(__file__).resolve().parents[2] / "shared" / "gold"
FOLDS = 5
GRID = {
    "containment": (0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7),
    "per_name": (50, 100, 200, 400, 800),
    "update_days": (1, 3, 6, 14, 60),
}
"""Each limit is varied with the others as shipped: they act on different pairs."""
VOCABULARY = 60_000
PHRASES = 20_000
COPIES = 0.25
MEMORY_OF = 20_000
"""Documents back from which a copy is made."""


def main() -> None:
    """Measure what the arguments ask for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--choose", action="store_true")
    parser.add_argument("--documents", type=int)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    if arguments.documents:
        print(json.dumps(scale(arguments.documents, seed=arguments.seed), indent=1))
    elif arguments.choose:
        print(json.dumps(choose(), indent=1))
    else:
        print(json.dumps(quality(), indent=1))


def quality() -> dict[str, Any]:
    """The scorer's figures, in the order of the file and shuffled, and the look-alikes put together."""
    documents, gold = _load("syndication")
    figures = {}
    for order in ("as given", "shuffled"):
        figures[order] = {**_figures(gold, link(documents, Limits())), "look-alikes merged": _merged(documents, gold)}
        random.Random(1).shuffle(documents)
    for name in ("newsclusters", "ecbplus"):
        others, other_gold = _load(name)
        false = _scorer().score(other_gold, link(others, Limits()))["false pairs"]
        figures[f"{name}: copies across incidents"] = len(false)
    return figures


def choose() -> dict[str, Any]:
    """For each fold the limits that are best on the other folds, in the middle of equals, and their figures on the fold."""
    documents, gold = _load("syndication")
    clusters = sorted({row["cluster"] for row in gold})
    random.Random(1).shuffle(clusters)
    fold = {cluster: index % FOLDS for index, cluster in enumerate(clusters)}
    chosen: dict[str, list[float]] = {}
    counts = {}
    for name, values in GRID.items():
        for value in values:
            rows = link(documents, replace(Limits(), **{name: value}))
            counts[name, value] = _counts(gold, rows, fold)
            print(name, value, _f1(counts[name, value]), file=sys.stderr, flush=True)
        chosen[name] = [_middle(name, values, counts, without=index) for index in range(FOLDS)]
    unseen = []
    for index in range(FOLDS):
        limits = {name: values[index] for name, values in chosen.items()}
        rows = link(documents, replace(Limits(), **limits))
        unseen.append(_f1({index: _counts(gold, rows, fold)[index]}))
    return {"chosen": chosen, "pairwise F1 of the fold left out": unseen, "mean": statistics.mean(unseen)}


def _middle(name: str, values: Sequence[float], counts: dict[Any, Any], *, without: int) -> float:
    """Of the values that do best on the other folds the middle one."""
    scores = {
        value: _f1({fold: count for fold, count in counts[name, value].items() if fold != without}) for value in values
    }
    best = [value for value in values if scores[value] == max(scores.values())]
    return best[len(best) // 2]


def link(documents: Sequence[dict[str, Any]], limits: Limits) -> list[dict[str, Any]]:
    """The flags that a run of `tacitus code` over these documents gives."""
    with CopyFinder(limits=limits) as finder:
        return [
            {"id": row["id"], "flags": [f"duplicate-of:{copy.original}" for copy in finder.find(_page(row)).copies]}
            for row in documents
        ]


def _page(row: dict[str, Any]) -> Page:
    return Page(id=row["id"], published=row.get("published"), text=row["text"])


def _counts(gold: Any, rows: Any, fold: dict[str, int]) -> dict[int, list[int]]:
    """For each fold: pairs right, found, in the gold. A pair across folds counts in both."""
    cluster = {str(row["id"]): row["cluster"] for row in gold}
    scorer = _scorer()
    found = scorer.pairs(scorer.groups(rows, set(cluster)))
    true = {pair for pair in itertools.combinations(sorted(cluster), 2) if cluster[pair[0]] == cluster[pair[1]]}
    counts = {index: [0, 0, 0] for index in range(FOLDS)}
    for place, pairs in enumerate((found & true, found, true)):
        for pair in pairs:
            for index in {fold[cluster[id_]] for id_ in pair}:
                counts[index][place] += 1
    return counts


def _f1(counts: dict[int, list[int]]) -> float:
    right, found, true = (sum(column) for column in zip(*counts.values(), strict=True))
    return round(2 * right / (found + true), 4) if found + true else 1.0


def _figures(gold: Any, rows: Any) -> dict[str, Any]:
    result = _scorer().score(gold, rows)
    pairwise = {name: round(100 * result["pairwise"][name], 1) for name in ("precision", "recall", "f1")}
    return {"pairwise": pairwise, "b-cubed F1": round(100 * result["b-cubed"]["f1"], 1)}


def _merged(documents: Any, gold: Any) -> int:
    """Pairs of different look-alikes that were put together."""
    kinds = {str(row["id"]): row["kind"] for row in gold}
    false = _scorer().score(gold, link(documents, Limits()))["false pairs"]
    return sum(all(kinds[id_].startswith("look-alike") for id_ in pair) for pair in false)


def _load(name: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    folder = GOLD / "duplicates"
    return _lines(folder / f"{name}-dev.jsonl"), _lines(folder / f"{name}-dev.gold.jsonl")


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]


def _scorer() -> Any:
    spec = importlib.util.spec_from_file_location("score_duplicates", GOLD / "score_duplicates.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@dataclass(frozen=True)
class Planted:
    """A generated document, and the number of the one it is a copy of."""

    number: int
    text: str
    original: int | None


def scale(count: int, *, seed: int) -> dict[str, Any]:
    """Run the finder over `count` generated documents."""
    seconds, processor, planted, found, false, words = 0.0, 0.0, 0, 0, 0, 0
    with CopyFinder() as finder:
        for document in generate(count, seed=seed):
            page = Page(id=str(document.number), published=None, text=document.text)
            started, begun = time.perf_counter(), time.process_time()
            copies = finder.find(page).copies
            seconds += time.perf_counter() - started
            processor += time.process_time() - begun
            words += document.text.count(" ") + 1
            planted += document.original is not None
            found += document.original is not None and bool(copies)
            false += document.original is None and bool(copies)
            if document.number % 10_000 == 9_999:
                print(
                    f"{document.number + 1:,} {seconds:.0f} s, {processor:.0f} s of processor time, {_peak()} MB",
                    file=sys.stderr,
                    flush=True,
                )
    return {
        "documents": count,
        "words": words,
        "seconds": round(seconds, 1),
        "seconds of processor time": round(processor, 1),
        "documents/s": round(count / seconds),
        "peak memory, MB": _peak(),
        "planted copies": planted,
        "of them found": found,
        "others linked": false,
    }


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def generate(count: int, *, seed: int) -> Iterator[Planted]:
    """Documents of 80 to 900 words, 390 on average, a quarter of them copies."""
    rng = np.random.default_rng(seed)
    writer = _Writer(rng)
    recent: list[tuple[int, list[str]]] = []
    for number in range(count):
        if recent and rng.random() < COPIES:
            original, words = recent[rng.integers(len(recent))]
            yield Planted(number, " ".join(writer.copied(words)), original)
            continue
        words = writer.written(int(np.clip(rng.lognormal(5.8, 0.55), 80, 900)))
        if len(recent) < MEMORY_OF:
            recent.append((number, words))
        else:
            recent[rng.integers(MEMORY_OF)] = (number, words)
        yield Planted(number, " ".join(words), None)


class _Writer:
    """Draws text: single words and stock phrases, both with Zipf's frequencies."""

    def __init__(self, rng: np.random.Generator) -> None:
        self._rng = rng
        letters = np.array(list("etaoinshrdlucmfwygpbvk"))
        self._words = [
            "".join(rng.choice(letters, size=2 + int(rng.integers(3)) + index.bit_length() // 3))
            for index in range(VOCABULARY)
        ]
        self._of_words = self._cumulated(VOCABULARY)
        self._of_phrases = self._cumulated(PHRASES)
        self._phrases = [self._drawn(int(rng.integers(3, 10))) for _ in range(PHRASES)]

    def _cumulated(self, count: int) -> Any:
        shares = 1 / (np.arange(count) + 2.7)
        return np.cumsum(shares / shares.sum())

    def _drawn(self, count: int) -> list[str]:
        return [self._words[index] for index in np.searchsorted(self._of_words, self._rng.random(count) * 0.9999999)]

    def written(self, count: int) -> list[str]:
        """`count` words or a few more, two fifths of them in stock phrases; a capital now and then."""
        words: list[str] = []
        while len(words) < count:
            words += self._drawn(int(self._rng.integers(3, 15)))
            phrase = np.searchsorted(self._of_phrases, self._rng.random() * 0.9999999)
            words += self._phrases[phrase]
        return words

    def copied(self, words: list[str]) -> list[str]:
        """The same words, cut short, some replaced, or wrapped."""
        kind = self._rng.integers(4)
        if kind == 0:
            return words
        if kind == 1:
            return words[: max(60, int(len(words) * self._rng.uniform(0.3, 0.9)))]
        if kind == 2:
            swapped = self._rng.random(len(words)) < 0.06
            return [
                new if swap else old for old, new, swap in zip(words, self._drawn(len(words)), swapped, strict=True)
            ]
        return [*self._drawn(20), *words, *self._drawn(40)]


if __name__ == "__main__":
    main()
