"""Train the model that tells article from furniture, and write `src/tacitus/data/ingest/layout.tsv`.

    python -m training.pages.layout FOLDER [--final]      FOLDER: the development set's pages/

Five-fold cross-validation by page (all forms of a page in one fold) on the pages as they are given; prints the scorer's figures.
With --final trains on all pages and writes the weights.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from tacitus.ingest.features import size_of
from tacitus.ingest.gaps import GapModel, load_gap_model
from tacitus.ingest.headline import find_headline
from tacitus.ingest.layout import ALLOWED, BODY, ENDS, STARTS, STATES, LayoutModel, evidence, mask_steps
from tacitus.ingest.phrases import load_phrases
from tacitus.ingest.stripped import choose_body, lay_out
from tacitus.resources import data_path
from training.pages import gaps as gap_training
from training.pages.corpus import WORD, Page, read_given, read_pages

FOLDS = 5
MIN_PAGES = 6
"""A feature must occur on this many source pages: rarer ones would memorise single sites."""
ROUNDS = 35
MAX_PIECES = 700
"""Longer pages are left out of training: they are few, and would outweigh the others."""
GROUP = 64
SEED = 7
PENALTY = 0.5
THRESHOLD = 0.5
MINUS = -1e9


@dataclass(frozen=True)
class Example:
    """One form of a page, cut and described. `states`: the true state of each piece, -1 where a piece is part article."""

    source: int
    pieces: list[str]
    table: list[list[str]]
    states: np.ndarray
    page: Page


def describe(page: Page, *, gaps: GapModel) -> Example:
    """Cut and describe the page; a piece is body when at least half of its words are."""
    outline = lay_out(page.text, phrases=load_phrases(), gaps=gaps)
    shares, at = [], 0
    for piece in outline.pieces:
        size = len(WORD.findall(piece))
        shares.append(sum(page.is_body[at : at + size]) / size if size else -1.0)
        at += size
    is_body = [share >= 0.5 for share in shares]
    if not any(is_body):
        return Example(page.source, outline.pieces, outline.features, np.zeros(len(shares), dtype=int), page)
    first, last = is_body.index(True), len(is_body) - 1 - is_body[::-1].index(True)
    states = [1 if b else 0 if i < first else 3 if i > last else 2 for i, b in enumerate(is_body)]
    return Example(page.source, outline.pieces, outline.features, np.array(states), page)


def train(examples: Sequence[Example], *, rounds: int = ROUNDS, penalty: float = PENALTY) -> LayoutModel:
    """Maximum likelihood of the true states, L2 penalty, Adam over small groups of pages."""
    spread: dict[str, set[int]] = defaultdict(set)
    for example in examples:
        for row in example.table:
            for feature in row:
                spread[feature].add(example.source)
    index = {f: i for i, f in enumerate(sorted(f for f, s in spread.items() if len(s) >= MIN_PAGES))}
    batches = [Batch(group, index) for group in _groups(examples)]
    order = np.random.default_rng(SEED)
    weights = np.zeros((len(index), len(STATES)))
    steps = np.zeros((len(STATES), len(STATES)))
    parameters = [weights, steps]
    moments = [(np.zeros_like(p), np.zeros_like(p)) for p in parameters]
    total = rounds * len(batches)
    for step in range(1, total + 1):
        if step % len(batches) == 1 or len(batches) == 1:
            order.shuffle(batches)
        gradients = batches[step % len(batches)].gradient(weights, steps)
        rate = 0.08 * (1 - (step - 1) / total)
        for p, g, (m, v) in zip(parameters, gradients, moments, strict=True):
            slope = g + penalty / len(batches) * p
            m[:] = 0.9 * m + 0.1 * slope
            v[:] = 0.99 * v + 0.01 * slope**2
            p -= rate * (m / (1 - 0.9**step)) / (np.sqrt(v / (1 - 0.99**step)) + 1e-8)
    table = {f: weights[i].round(3) for f, i in index.items()}
    return LayoutModel(weights=table, steps=mask_steps(steps.round(3)), threshold=THRESHOLD)


def _groups(examples: Sequence[Example]) -> list[Sequence[Example]]:
    """Pages of like length together, at most `GROUP` of them, so that little padding is computed."""
    ordered = sorted((e for e in examples if 0 < len(e.pieces) <= MAX_PIECES), key=lambda e: len(e.pieces))
    return [ordered[i : i + GROUP] for i in range(0, len(ordered), GROUP)]


class Batch:
    """Pages of like length, padded, with their features as index arrays."""

    def __init__(self, examples: Sequence[Example], index: dict[str, int]) -> None:
        self.size = len(examples)
        self.length = max(len(e.pieces) for e in examples)
        cells, columns = [], []
        self.mask = np.zeros((self.size, self.length), dtype=bool)
        self.gold = np.zeros((self.size, self.length), dtype=int)
        self.share = np.zeros(self.size)
        self.evidence = np.ones((self.size, self.length))
        for b, example in enumerate(examples):
            self.mask[b, : len(example.pieces)] = True
            self.gold[b, : len(example.pieces)] = example.states
            self.share[b] = 1 / np.sqrt(len(example.pieces))
            self.evidence[b, : len(example.pieces)] = evidence([size_of(piece) for piece in example.pieces])
            for t, row in enumerate(example.table):
                known = [index[f] for f in row if f in index]
                cells.extend([b * self.length + t] * len(known))
                columns.extend(known)
        self.cells, self.columns = np.array(cells), np.array(columns)

    def gradient(self, weights: np.ndarray, steps: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Gradient of the negative log-likelihood for the feature weights and the steps."""
        n = self.size * self.length
        scores = np.stack([np.bincount(self.cells, weights[self.columns, s], n) for s in range(len(STATES))], axis=1)
        chances, pairs = self.expectations(
            scores.reshape(self.size, self.length, -1) * self.evidence[..., None], mask_steps(steps)
        )
        gold = np.eye(len(STATES))[self.gold] * self.mask[..., None]
        error = ((chances - gold) * (self.share[:, None] * self.evidence)[..., None]).reshape(n, -1)
        dw = np.stack(
            [np.bincount(self.columns, error[self.cells, s], len(weights)) for s in range(len(STATES))], axis=1
        )
        true = np.einsum("btx,bty,b->xy", gold[:, :-1], gold[:, 1:], self.share)
        return dw, (pairs - true) * (mask_steps(np.zeros_like(steps)) == 0)

    def expectations(self, scores: np.ndarray, steps: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """State marginals (page, piece, state) and expected step counts, weighted by page."""
        start = np.array([0.0 if s in STARTS else MINUS for s in STATES])
        stop = np.array([0.0 if s in ENDS else MINUS for s in STATES])
        forward, backward = np.zeros_like(scores), np.zeros_like(scores)
        forward[:, 0] = scores[:, 0] + start
        for t in range(1, self.length):
            move = _logsum(forward[:, t - 1, :, None] + steps[None], axis=1) + scores[:, t]
            forward[:, t] = np.where(self.mask[:, t, None], move, forward[:, t - 1])
        backward[:, -1] = stop
        for t in range(self.length - 2, -1, -1):
            move = _logsum(steps[None] + (scores[:, t + 1] + backward[:, t + 1])[:, None, :], axis=2)
            backward[:, t] = np.where(self.mask[:, t + 1, None], move, stop)
        whole = _logsum(forward[:, -1] + stop, axis=1)
        chances = np.exp(forward + backward - whole[:, None, None]) * self.mask[..., None]
        later = (scores + backward)[:, 1:, None, :]
        joint = forward[:, :-1, :, None] + steps + later - whole[:, None, None, None]
        pairs = np.einsum("btxy,bt->xy", np.exp(np.minimum(joint, 0)), self.share[:, None] * self.mask[:, 1:])
        return chances, pairs


def _logsum(values: np.ndarray, axis: int) -> np.ndarray:
    top = values.max(axis=axis, keepdims=True)
    return np.log(np.exp(values - top).sum(axis=axis)) + top.squeeze(axis)


def extract(model: LayoutModel, example: Example, *, threshold: float = THRESHOLD) -> str:
    """The article as the model and the rules see it, as at run time."""
    phrases = load_phrases()
    chances = model.body_chances(example.table, [size_of(piece) for piece in example.pieces])
    headline = find_headline(example.pieces, phrases=phrases)
    title = headline.title if headline else None
    kept = choose_body(example.pieces, chances, threshold=threshold, title=title, phrases=phrases)
    return "\n".join(piece for piece, keep in zip(example.pieces, kept, strict=True) if keep)


def page_score(body: str, text: str) -> tuple[float | None, float | None]:
    """Precision and recall of runs of four words, as `score_pages.py` counts them."""
    gold, ours = _runs(body), _runs(text)
    both = sum((gold & ours).values())
    return (both / sum(ours.values()) if ours else None, both / sum(gold.values()) if gold else None)


def _runs(text: str) -> Counter[tuple[str, ...]]:
    words = WORD.findall(text)
    return Counter(tuple(words[i : i + 4]) for i in range(max(1, len(words) - 3))) if words else Counter()


def summarise(rows: Sequence[tuple[str, float | None, float | None]]) -> str:
    """F1, precision and recall over all pages and for each style."""
    out = []
    for style in ("all", *sorted({row[0] for row in rows})):
        mine = [row for row in rows if style in ("all", row[0])]
        p = np.mean([row[1] for row in mine if row[1] is not None])
        r = np.mean([row[2] for row in mine if row[2] is not None])
        out.append(f"{style}: F1 {2 * p * r / (p + r):.4f} P {p:.4f} R {r:.4f} ({len(mine)})")
    return "  ".join(out)


def write(model: LayoutModel) -> None:
    """Write the weights, strongest first, as a readable table."""
    rows = sorted(model.weights.items(), key=lambda item: -float(np.abs(item[1]).max()))
    lines = [
        "# Article or furniture: weight of each feature for each state (tacitus.ingest.layout). Written by training/pages/layout.py."
    ]
    lines.append("\t".join(("feature", *STATES)))
    lines.append("\t".join(["(threshold)"] + [str(model.threshold if i == BODY else 0) for i in range(len(STATES))]))
    for a, values in zip(STATES, model.steps, strict=True):
        lines.append(
            "\t".join(
                [f"(from {a})", *(f"{v if (a, b) in ALLOWED else 0:.3f}" for b, v in zip(STATES, values, strict=True))]
            )
        )
    lines += ["\t".join([f, *(f"{v:.3f}" for v in values)]) for f, values in rows if np.abs(values).max() >= 0.01]
    data_path("ingest", "layout.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def main(folder: Path, *, final: bool) -> None:
    """Cross-validate; with `final`, train on everything and write the weights."""
    pages, given = read_pages(folder), read_given(folder)
    blocks = {page.source: gap_training.page_gaps(page) for page in pages if page.form == "blocks"}
    described = [describe(page, gaps=load_gap_model()) for page in pages if page.form != "line"]
    lines = [page for page in pages if page.form == "line"]

    @cache
    def gaps_without(*folds: int) -> GapModel:
        return gap_training.train([blocks[s] for s in blocks if s % FOLDS not in folds])

    def cut_lines(*held_out: int) -> list[Example]:
        """One-line pages outside the fold, each cut by a gap model that has seen neither the fold nor the page, as at run time."""
        outside = [page for page in lines if page.source % FOLDS not in held_out]
        return [describe(page, gaps=gaps_without(*sorted({*held_out, page.source % FOLDS}))) for page in outside]

    rows = []
    for fold in range(FOLDS):
        model = train([example for example in described if example.source % FOLDS != fold] + cut_lines(fold))
        held = [describe(page, gaps=gaps_without(fold)) for page in given if page.source % FOLDS == fold]
        rows += [(e.page.form, *page_score(e.page.body, extract(model, e))) for e in held]
        print(f"fold {fold}: {summarise(rows)}", flush=True)
    if final:
        gap_training.write(gaps_without())
        write(train(described + cut_lines()))


if __name__ == "__main__":
    main(Path(sys.argv[1]), final="--final" in sys.argv[2:])
