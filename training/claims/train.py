"""Train the two models of the claims room: `python -m training.claims.train --gold train.jsonl --parses parses.pickle --out FOLDER`.

The gold file is PolNeAR's training part in this project's form (articles with `claims` of source, cue and content spans). Articles are
parsed with the shipped language model, so the weights fit its errors; train again after a new language model. What is parsed stays in
the file `--parses`: a stopped run goes on where it was. Only weights of lemmas, relations and word classes leave this script: no text.
The same articles and parses give the same table, to the byte.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from tacitus.claims.lexicon import ClaimLexicon, read_cues
from tacitus.claims.weights import MODELS, Weights
from tacitus.language import LanguageModel
from tacitus.language.document import Parse
from tacitus.resources import data_path
from training.claims.fit import CaseTable, Fitting, fit
from training.claims.instances import Cases, Coverage, collect
from training.claims.parses import ParsesError, ParsesFile

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


def read_articles(path: Path, limit: int | None = None) -> list[dict[str, Any]]:
    """The (first `limit`) articles of a JSON Lines file."""
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in islice((line for line in file if line.strip()), limit)]


def bare_lexicon() -> ClaimLexicon:
    """The cue lexicon before any weights exist."""
    empty: dict[str, dict[str, float]] = {name: {} for name in MODELS}
    return ClaimLexicon(read_cues(data_path("claims", "cues.toml")), Weights(empty, THRESHOLDS, "0"))


def collect_cases(
    articles: Sequence[Mapping[str, Any]],
    parses: Iterable[Parse],
    *,
    report: Callable[[int, int], None] = lambda *_: None,
) -> tuple[Cases, Coverage]:
    """Cases of all articles. `parses` may be longer, and may be read from a file one by one; `report` is told (done, all) at times."""
    cases, coverage, lexicon = {model: CaseTable() for model in MODELS}, Coverage(), bare_lexicon()
    done = 0
    for done, (article, parse) in enumerate(zip(articles, parses, strict=False), 1):
        collect(article, parse, lexicon, cases, coverage)
        if done % 100 == 0:
            report(done, len(articles))
    if done < len(articles):
        raise ParsesError(f"only {done} of {len(articles)} articles have parses")
    return cases, coverage


def train(cases: Cases, *, report: Callable[[str, int, float], None] = lambda *_: None) -> dict[str, dict[str, float]]:
    """Weights per model, the near-zero ones left out."""
    tables = {}
    for model in MODELS:

        def told(step: int, loss: float, model: str = model) -> None:
            report(model, step, loss)

        weights = fit(cases[model], OPTIONS[model], report=told)
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


def _tell(message: str) -> None:
    print(message, file=sys.stderr, flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument(
        "--parses", type=Path, required=True, help="kept between runs; what it lacks is parsed and added"
    )
    parser.add_argument("--out", type=Path, default=None, help="folder of the weights; without it nothing is fitted")
    parser.add_argument("--limit", type=int, default=None, help="only the first so many articles")
    parser.add_argument("--threads", type=int, default=None, help="cores for the language model; all of them if absent")
    options = parser.parse_args()
    articles = read_articles(options.gold, options.limit)
    model = LanguageModel.load(threads=options.threads)
    file = ParsesFile(options.parses, model.version)
    file.complete(articles, model, report=lambda done, all_: _tell(f"parsed {done} of {all_} articles"))
    if options.out is None:
        return
    parses = (parse for batch in file.read() for parse in batch.parses)
    cases, coverage = collect_cases(
        articles, parses, report=lambda done, all_: _tell(f"read {done} of {all_} articles")
    )
    _tell(
        f"{coverage.claims} claims, {coverage.reachable} with a candidate, "
        f"{coverage.covered} whose content phrases can cover; "
        + ", ".join(f"{len(table)} cases for {name}" for name, table in cases.items())
    )
    tables = train(cases, report=lambda name, step, loss: _tell(f"{name}: step {step}, loss {loss:.4f}"))
    write(tables, options.out, articles=len(articles), claims=coverage.claims, language_model=model.version)


if __name__ == "__main__":
    main()
