"""Measures and fits the event room by itself.

    python -m benchmarks.events code GOLD.jsonl [--folds 3,4] --kept OUT.jsonl > CODED.jsonl     then: score_events.py OUT.jsonl CODED.jsonl
    python -m benchmarks.events speed GOLD.jsonl                                      words/s of event decoding alone
    python -m benchmarks.events fit PLV.jsonl [--test-folds 3,4]                      weights of the confidence, and its calibration

`fold` is the field of the development sets: look at errors in some folds, report figures of the others. `fit` needs numpy and a set whose
records carry `source`, `target` and `root` (the type of the event between the marked parties, CONCEDE and RETREAT written YIELD); an
event counts when it shares a party with the marked pair, and is right when type, actor and recipient all are.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from tacitus.actors import Knowledge, find_actors
from tacitus.claims import ClaimLexicon, find_claims
from tacitus.events import Coding, EventLexicon, confidence, find_events
from tacitus.events import coding as room
from tacitus.language import LanguageModel
from tacitus.language.document import Parse
from tacitus.ontology import load_ontology
from tacitus.records import Article, Record

BATCH = 32
RIDGE = 1.0
BINS = 10

Item = dict[str, Any]


class Bench:
    """The rooms an event needs, without times and places, which do not touch type and parties."""

    def __init__(self) -> None:
        self.model = LanguageModel.load(threads=1)
        self.knowledge = Knowledge.load()
        self.claims = ClaimLexicon.load()
        self.lexicon = EventLexicon.load()
        self.seconds = 0.0
        self.words = 0

    def code(self, items: Sequence[Item]) -> Iterator[tuple[Item, Parse, Coding]]:
        """Each document with its coding; `seconds` and `words` count the event room's share."""
        for first in range(0, len(items), BATCH):
            batch = items[first : first + BATCH]
            for item, parse in zip(batch, self.model.parse([item["text"] for item in batch]), strict=True):
                yield item, parse, self._events(item, parse)

    def _events(self, item: Item, parse: Parse) -> Coding:
        article = Article(id=str(item["id"]), text=item["text"], published=item.get("published"))
        actors = find_actors(article, parse, knowledge=self.knowledge)
        claims = find_claims(article, parse, actors, lexicon=self.claims)
        start = time.process_time()
        coding = find_events(
            article,
            parse,
            actors=actors,
            claims=claims,
            places=(),
            times=(),
            lexicon=self.lexicon,
        )
        self.seconds += time.process_time() - start
        self.words += sum(len(sentence.tokens) for sentence in parse.sentences)
        return coding


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("code", "speed", "fit"))
    parser.add_argument("gold", type=Path)
    parser.add_argument("--folds", type=_numbers, default=None)
    parser.add_argument("--test-folds", type=_numbers, default=frozenset({3, 4}))
    parser.add_argument("--kept", type=Path, help="write the records of the chosen folds here")
    options = parser.parse_args(arguments)
    items = [json.loads(line) for line in options.gold.read_text(encoding="utf-8").splitlines()]
    if options.folds is not None:
        items = [item for item in items if item["fold"] in options.folds]
    if options.kept is not None:
        options.kept.write_text("".join(json.dumps(item) + "\n" for item in items), encoding="utf-8")
    {"code": _code, "speed": _speed, "fit": _fit}[options.what](items, options)


def _numbers(text: str) -> frozenset[int]:
    return frozenset(int(part) for part in text.split(","))


def _code(items: Sequence[Item], options: argparse.Namespace) -> None:
    for item, parse, coding in Bench().code(items):
        sentences = tuple(sentence.span for sentence in parse.sentences)
        record = Record(
            id=str(item["id"]), text=item["text"], sentences=sentences, actors=coding.actors, events=coding.events
        )
        print(json.dumps(record.to_dict()))


def _speed(items: Sequence[Item], options: argparse.Namespace) -> None:
    bench = Bench()
    events = sum(len(coding.events) for _, _, coding in bench.code(items))
    print(f"{bench.words} words, {events} events: {bench.words / bench.seconds:.0f} words/s of processor time")


# ---------------------------------------------------------------- confidence


def _fit(items: Sequence[Item], options: argparse.Namespace) -> None:
    rows = list(_examples(items))
    names = sorted({name for _, features, _ in rows for name in features})
    x = np.array([[1.0, *(features.get(name, 0.0) for name in names)] for _, features, _ in rows])
    y = np.array([right for _, _, right in rows])
    held_out = np.array([fold in options.test_folds for fold, _, _ in rows])
    trial = _logistic(x[~held_out], y[~held_out])
    error = _calibration_error(_probability(x[held_out], trial), y[held_out])
    print(
        f"# {len(y)} events, {y.mean():.2f} right; calibration error on the folds left out: {error:.3f}",
        file=sys.stderr,
    )
    print("[weights]")
    for name, weight in zip(["bias", *names], _logistic(x, y), strict=True):
        print(f"{name} = {weight:.2f}")


def _examples(items: Sequence[Item]) -> Iterator[tuple[int, dict[str, float], float]]:
    """(fold, features, right or not) of every event that shares a party with the marked pair."""
    seen: list[dict[str, float]] = []

    def noted(proposal: Any, *, status: str) -> float:
        seen.append(confidence.features(proposal, status=status))
        return 0.5

    room.confidence = noted
    for item, _, coding in Bench().code(items):
        for event, features in zip(coding.events, seen, strict=True):
            sides = (event.actors, event.actors if len(event.actors) > 1 and not event.recipients else event.recipients)
            met = [_meets(side, item[gold]) for side, gold in zip(sides, ("source", "target"), strict=True)]
            if any(met):
                type_ = _as_marked(event.cameo or "", event.type)
                yield item["fold"], features, float(all(met) and type_ == item["root"])
        seen.clear()


def _meets(side: Sequence[Any], gold: Sequence[dict[str, int]]) -> bool:
    return not gold or any(part.start < span["end"] and span["start"] < part.end for part in side for span in gold)


_ontology = cache(load_ontology)


def _as_marked(cameo: str, type_: str) -> str:
    known = _ontology().cameo.get(cameo)
    found = known.type if known is not None else type_
    return "YIELD" if found in ("CONCEDE", "RETREAT") else found


def _probability(x: np.ndarray, weights: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-x @ weights))


def _logistic(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Weights with ridge penalty, by Newton's method; the first column is the bias and is not penalised."""
    penalty = np.full(x.shape[1], RIDGE)
    penalty[0] = 1e-6
    weights = np.zeros(x.shape[1])
    for _ in range(100):
        p = _probability(x, weights)
        gradient = x.T @ (p - y) + penalty * weights
        weights = weights - np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + np.diag(penalty), gradient)
    return weights


def _calibration_error(p: np.ndarray, y: np.ndarray) -> float:
    parts = np.array_split(np.argsort(p), BINS)
    return float(sum(abs(p[part].mean() - y[part].mean()) * len(part) for part in parts) / len(p))


if __name__ == "__main__":
    main()
