"""Train the model that finds the seams of a one-line page, and write `src/tacitus/data/ingest/gaps.tsv`.

    python -m training.pages.gaps FOLDER        FOLDER: the development set's pages/

Prints precision and recall of seams in five-fold cross-validation by page, then trains on all pages and writes the weights.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from tacitus.ingest.gaps import GapModel, gap_features, is_sentence_end
from tacitus.ingest.phrases import load_phrases
from tacitus.resources import data_path
from training.pages.corpus import Page, read_pages

MIN_PAGES = 5
"""A feature must occur on this many pages: rarer ones would memorise single sites."""
ROUNDS = 250
PENALTY = 3e-5
THRESHOLD = 0.5

Gaps = list[tuple[list[str], bool]]


def main(folder: Path) -> None:
    """Cross-validate, train on everything, write the weights."""
    pages = [page for page in read_pages(folder) if page.form == "blocks"]
    gaps = {page.source: page_gaps(page) for page in pages}
    for fold in range(5):
        model = train([gaps[s] for s in gaps if s % 5 != fold])
        print(f"fold {fold}: precision {measure(model, [gaps[s] for s in gaps if s % 5 == fold])}", flush=True)
    write(train(list(gaps.values())))


def page_gaps(page: Page) -> Gaps:
    """Every gap of the page put on one line that is no sentence end: its features and whether a line ended there."""
    lines = [line.split() for line in page.text.split("\n")]
    tokens = [token for line in lines for token in line]
    ends = set(np.cumsum([len(line) for line in lines]).tolist())
    phrases = load_phrases()
    return [
        (features, gap in ends)
        for gap, features in enumerate(gap_features(tokens, phrases=phrases), 1)
        if not is_sentence_end(tokens[gap - 1], tokens[gap])
    ]


def train(pages: Sequence[Gaps]) -> GapModel:
    """Logistic regression with an L2 penalty, full-batch Adam."""
    spread = Counter(feature for gaps in pages for feature in {f for features, _ in gaps for f in features})
    index = {f: i for i, f in enumerate(sorted(f for f, n in spread.items() if n >= MIN_PAGES))}
    rows, columns, labels = [], [], []
    for gaps in pages:
        for features, is_seam in gaps:
            known = [index[f] for f in features if f in index]
            rows.extend([len(labels)] * len(known))
            columns.extend(known)
            labels.append(is_seam)
    row, column, label = np.array(rows), np.array(columns), np.array(labels, dtype=float)
    weights = np.zeros(len(index))
    momentum, scale = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, ROUNDS + 1):
        score = np.bincount(row, weights[column], len(label))
        error = 1 / (1 + np.exp(-score)) - label
        gradient = np.bincount(column, error[row], len(weights)) / len(label) + PENALTY * weights
        momentum = 0.9 * momentum + 0.1 * gradient
        scale = 0.99 * scale + 0.01 * gradient**2
        weights -= 0.05 * (momentum / (1 - 0.9**step)) / (np.sqrt(scale / (1 - 0.99**step)) + 1e-8)
    return GapModel(weights={f: round(float(weights[i]), 3) for f, i in index.items()}, threshold=THRESHOLD)


def measure(model: GapModel, pages: Sequence[Gaps]) -> str:
    """Precision and recall of seams at the threshold."""
    right = found = true = 0
    for gaps in pages:
        for features, is_seam in gaps:
            is_cut = model.probability(features) >= model.threshold
            found += is_cut
            true += is_seam
            right += is_cut and is_seam
    return f"{right / max(found, 1):.3f} recall {right / max(true, 1):.3f}"


def write(model: GapModel) -> None:
    """Write the weights, strongest first, as a readable table."""
    rows = sorted(((f, w) for f, w in model.weights.items() if abs(w) >= 0.02), key=lambda row: -abs(row[1]))
    lines = [
        "# Seams of one-line pages: weight of each feature (see tacitus.ingest.gaps). Written by training/pages/gaps.py; do not edit."
    ]
    lines += ["feature\tweight", f"(threshold)\t{model.threshold}", *(f"{f}\t{w:.3f}" for f, w in rows)]
    data_path("ingest", "gaps.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
