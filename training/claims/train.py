"""Train the two models of the claims room: `python -m training.claims.train --gold train.jsonl --out src/tacitus/models/claims`.

The gold file is PolNeAR's training part in this project's form (articles with `claims` of source, cue and content spans). Articles are
parsed with the shipped language model, so the weights fit its errors; train again after a new language model. Only weights of lemmas,
relations and word classes leave this script: no text.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import pickle
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tacitus.claims.lexicon import ClaimLexicon, read_cues
from tacitus.claims.weights import MODELS, Weights
from tacitus.language import LanguageModel
from tacitus.language.document import Parse
from tacitus.resources import data_path
from training.claims.fit import Fitting, fit
from training.claims.instances import Cases, Coverage, collect

SMALLEST = 0.15  # weights nearer to zero are left out of the table
# `cue` may lie anywhere between .36 and .5 with the same F1; `nested` keeps only the surest claims within claims; `word` saves time
THRESHOLDS = {
    "cue": 0.42,
    "content": 0.5,
    "source": 0.15,
    "nested": 0.98,
    "word": -2.0,
}
OPTIONS = {
    "cue": Fitting(penalty=1.0),
    "content": Fitting(penalty=1.0),
    "source": Fitting(penalty=1.0),
}


def read_articles(path: Path) -> list[dict[str, Any]]:
    """The articles of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def parses_of(articles: Sequence[dict[str, Any]], cache: Path | None) -> list[Parse]:
    """Parse the articles, or read the parses from a file of an earlier run."""
    if cache is not None and cache.exists():
        parses: list[Parse] = pickle.loads(cache.read_bytes())
        return parses
    parses = LanguageModel.load().parse([article["text"] for article in articles])
    if cache is not None:
        cache.write_bytes(pickle.dumps(parses))
    return parses


def bare_lexicon() -> ClaimLexicon:
    """The cue lexicon before any weights exist."""
    empty: dict[str, dict[str, float]] = {name: {} for name in MODELS}
    return ClaimLexicon(read_cues(data_path("claims", "cues.toml")), Weights(empty, THRESHOLDS, "0"))


def collect_cases(articles: Sequence[dict[str, Any]], parses: Sequence[Parse]) -> tuple[Cases, Coverage]:
    """Cases of all articles."""
    cases, coverage, lexicon = Cases(), Coverage(), bare_lexicon()
    for group, (article, parse) in enumerate(zip(articles, parses, strict=True)):
        collect(article, parse, group, lexicon, cases, coverage)
    return cases, coverage


def train(cases: Cases) -> dict[str, dict[str, float]]:
    """Weights per model, the near-zero ones left out."""
    tables = {}
    for model in MODELS:
        weights = fit(cases.features[model], cases.labels[model], OPTIONS[model])
        tables[model] = {name: round(weight, 3) for name, weight in weights.items() if abs(weight) >= SMALLEST}
    return tables


def write(
    tables: dict[str, dict[str, float]], folder: Path, *, articles: int, claims: int, language_model: str
) -> None:
    """The table and its manifest."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = [f"{model}\t{name}\t{weight}" for model in MODELS for name, weight in sorted(tables[model].items())]
    table = "\n".join(["model\tfeature\tweight", *rows]) + "\n"
    (folder / "weights.tsv").write_text(table, encoding="utf-8")
    manifest = {
        "version": hashlib.sha256(table.encode()).hexdigest()[:12],
        "kind": "logistic regression on features of the parse",
        "thresholds": THRESHOLDS,
        "features": {model: len(tables[model]) for model in MODELS},
        "training_data": "PolNeAR 1.0.0, training part (networkdynamics/PolNeAR); its data come without a stated licence, the articles are "
        "their publishers'. The table holds weights of lemmas, relations and word classes, and no text.",
        "articles": articles,
        "claims": claims,
        "language_model": language_model,
    }
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--parses", type=Path, default=None, help="keep the parses here between runs")
    options = parser.parse_args()
    articles = read_articles(options.gold)
    cases, coverage = collect_cases(articles, parses_of(articles, options.parses))
    print(
        f"{coverage.claims} claims, {coverage.reachable} with a candidate, {coverage.covered} whose content phrases can cover"
    )
    tables = train(cases)
    write(
        tables, options.out, articles=len(articles), claims=coverage.claims, language_model=LanguageModel.load().version
    )


if __name__ == "__main__":
    main()
