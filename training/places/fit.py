"""Fit the weights of the resolver of places, with cross-validated figures.

    python -m training.places.fit ../shared/gold/places/lgl.jsonl ../shared/gold/places/geowebnews-dev.jsonl [--write]

A listwise softmax over the candidates of each name and over "none of them", by gradient ascent with a pull towards small weights.
The features of context depend on the weights themselves, so fitting and weighing alternate. Folds are of documents, each corpus
dealt out evenly. With --write the weights fitted on all documents go to src/tacitus/data/places/weights.toml.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from tacitus.places import Gazetteer
from tacitus.places.features import FEATURES
from tacitus.places.page import Array, vector
from training.places.cases import Case, Document, read_documents

FOLDS = 5
ALTERNATIONS = 3  # weigh, fit, weigh again: figures no longer move after three
STEPS, RATE = 500, 0.06
PULL = 0.00002  # weight of the squared weights against the mean log-likelihood of a name
CUT = 0.2  # a best candidate less probable than this is left unresolved; where wrong and unresolved names balance
OUTPUT = Path(__file__).resolve().parents[2] / "src" / "tacitus" / "data" / "places" / "weights.toml"
HEAD = """# Weights of the resolver: the score of a candidate is the sum of weight times feature; scores become probabilities (softmax)
# over all candidates of a name. What each feature means: src/tacitus/places/features.py. Fitted by `python -m training.places.fit`.
"""


@dataclass(frozen=True)
class Model:
    """Weights in the order of FEATURES, and the score of "none of them"."""

    weights: Array
    none: float


@dataclass(frozen=True)
class Table:
    """Names as rows of candidates, all names of some documents below each other; `starts` is where each begins."""

    features: Array
    right: Array
    starts: Array
    owner: Array
    importance: Array


def main() -> None:
    """Cross-validate, fit on all, report, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="+", type=Path)
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    gazetteer = Gazetteer.load()
    documents = [document for path in arguments.sets for document in read_documents(path, gazetteer=gazetteer)]
    report(f"{FOLDS} folds of documents", list(cross_validated(documents)))
    model = fit(documents)
    report("fitted on all", [(document, model) for document in documents])
    text = as_toml(model)
    print(text)
    if arguments.write:
        OUTPUT.write_text(text, encoding="utf-8")


def cross_validated(documents: Sequence[Document]) -> Iterator[tuple[Document, Model]]:
    """Each document with a model that was fitted without its fold."""
    for fold in range(FOLDS):
        model = fit([document for number, document in enumerate(documents) if number % FOLDS != fold])
        yield from ((document, model) for number, document in enumerate(documents) if number % FOLDS == fold)


def fit(documents: Sequence[Document]) -> Model:
    """The weights under which the right candidates are most probable."""
    model = Model(vector(dict.fromkeys(FEATURES, 0.0) | {"population": 5.0}), 1.0)
    for _ in range(ALTERNATIONS):
        model = _ascend(_table(documents, model), model)
    return model


def _table(documents: Sequence[Document], model: Model) -> Table:
    features, right, sizes, importance = [], [], [], []
    for document in documents:
        for case in document.cases:
            found = case.page.features(weights=model.weights, none=model.none)
            for number, (start, share) in enumerate(zip(case.page.starts, case.right, strict=True)):
                if case.mentions[number]:
                    features.append(found[start : start + len(share)])
                    right.append(share >= 0.5)
                    sizes.append(len(share))
                    importance.append(np.sqrt(case.mentions[number]))
    starts = np.concatenate(([0], np.cumsum(sizes)))[:-1].astype(int)
    owner = np.repeat(np.arange(len(sizes)), sizes)
    weight = np.array(importance) / np.sum(importance)
    return Table(np.vstack(features), np.concatenate(right), starts, owner, weight)


def _ascend(table: Table, model: Model) -> Model:
    """Adam on the mean log-likelihood; where no candidate is right, "none" is."""
    point = np.append(model.weights, model.none)
    first = second = np.zeros_like(point)
    nothing = ~np.logical_or.reduceat(table.right, table.starts)
    for step in range(1, STEPS + 1):
        gradient = _gradient(table, point, nothing) - PULL * np.append(point[:-1], 0)
        first, second = 0.9 * first + 0.1 * gradient, 0.99 * second + 0.01 * gradient**2
        rate = RATE * (1 - step / (STEPS + 1))
        point = point + rate * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-9)
    return Model(point[:-1], float(point[-1]))


def _gradient(table: Table, point: Array, nothing: Array) -> Array:
    scores, none = table.features @ point[:-1], point[-1]
    top = np.maximum(np.maximum.reduceat(scores, table.starts), none)
    powers = np.exp(scores - top[table.owner])
    empty = np.exp(none - top)
    total = np.add.reduceat(powers, table.starts) + empty
    wanted = np.where(table.right, powers, 0)
    mass = np.add.reduceat(wanted, table.starts) + np.where(nothing, empty, 0)
    pull = wanted / np.maximum(mass, 1e-300)[table.owner] - powers / total[table.owner]
    gradient = table.features.T @ (pull * table.importance[table.owner])
    return np.append(gradient, np.sum(table.importance * (nothing - empty / total)))


def report(what: str, judged: Sequence[tuple[Document, Model]]) -> None:
    """Accuracy over all gold mentions with coordinates; one without a candidate or below the cut is wrong."""
    counts: dict[str, Counter[str]] = {}
    for document, model in judged:
        tally = counts.setdefault(document.corpus, Counter())
        tally["gold"] += document.lost
        tally["unlisted"] += document.unlisted
        for case in document.cases:
            _judge(case, model, tally)
    for corpus, tally in counts.items():
        gold = tally["gold"]
        listed = gold - tally["unlisted"]
        print(
            f"{what}: {corpus}: {gold:.0f} names, accuracy@161 km {tally['right'] / gold:.4f}; of those GeoNames has "
            f"{tally['right'] / listed:.4f}; of those with a right candidate {tally['right'] / tally['known']:.4f} "
            f"({tally['known'] / gold:.4f} of all); unresolved {tally['unresolved'] / gold:.4f}; country of those resolved "
            f"{tally['country'] / tally['resolved']:.4f}"
        )


def _judge(case: Case, model: Model, tally: Counter[str]) -> None:
    found = case.page.features(weights=model.weights, none=model.none)
    probable = case.page.probabilities(found, weights=model.weights, none=model.none)
    for start, right, country, mentions in zip(
        case.page.starts, case.right, case.countries, case.mentions, strict=True
    ):
        best = int(probable[start : start + len(right)].argmax())
        tally["gold"] += mentions
        tally["known"] += right.max(initial=0) * mentions
        if probable[start + best] < CUT:
            tally["unresolved"] += mentions
        else:
            tally["resolved"] += mentions
            tally["right"] += right[best] * mentions
            tally["country"] += country[best] * mentions


def as_toml(model: Model) -> str:
    """The file of weights."""
    lines = [f"{name} = {weight:.2f}" for name, weight in zip(FEATURES, model.weights, strict=True)]
    none = f'none = {model.none:.2f}  # the score of "a place the gazetteer does not know"'
    cut = f"cut = {CUT}  # a best candidate less probable than this leaves the name unresolved"
    return "\n".join((HEAD + none, cut, "", "[weights]", *lines)) + "\n"


if __name__ == "__main__":
    main()
