"""Learning curve of the trigger head: ``python -m training.events.curve CHECKPOINT GOLD [--epochs 12]``.

The encoder of CHECKPOINT stays as it is (give one that has not learnt events yet); a new trigger head learns on an eighth, a quarter,
a half and all of what is annotated, and is measured on the entries kept from training. What counts is how the figures rise, not how high
they are: the shipped model's encoder learns with its heads. Printed as JSON, one object a share.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import json
import random
from collections.abc import Sequence
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from tacitus.language import LanguageModel
from tacitus.language.pieces import WordPieces
from training.events.examples import corpus_documents, standoff_documents
from training.language.batches import TRIGGERS, Labels, Vectoriser, batches
from training.language.model import EVENT, WIDTH, Parser
from training.language.train import base_folder
from training.language.treebank import Document

SHARES = (0.125, 0.25, 0.5, 1.0)
WORDS = 4096  # in one step of the head


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("gold", type=Path, help="the folder of the development sets")
    parser.add_argument("--epochs", type=int, default=12, help="over all that is annotated; of a share as many steps")
    options = parser.parse_args()
    network, labels = encoder_of(options.checkpoint)
    vectoriser = Vectoriser(labels, WordPieces.load(base_folder() / "vocab.txt"))
    model = LanguageModel.load()
    learnt, kept = (
        [*corpus_documents(model, kept=kept), *standoff_documents(model, options.gold, kept=kept)]
        for kept in (False, True)
    )
    x, y = encoded(network, vectoriser, kept)
    result = {}
    for share in SHARES:
        part = [document for document in learnt if _number(document.id) < share]
        head = trained(*encoded(network, vectoriser, part), steps=_steps(learnt, options.epochs))
        sentences = sum(len(document.sentences) for document in part)
        result[str(share)] = {"sentences": sentences} | scores(head, x, y)
        print(json.dumps({str(share): result[str(share)]}), flush=True)


def encoder_of(checkpoint: Path) -> tuple[Parser, Labels]:
    """A checkpoint's network, whose event heads, if it has none, are new; and its labels."""
    state = torch.load(checkpoint, weights_only=False, map_location="cpu")
    labels = Labels(**state["labels"])
    sizes = {"triggers": len(labels.trigger), "statuses": len(labels.status)} | state["sizes"]
    network = Parser(**sizes, dropout=0.0)
    network.load_state_dict(state["model"], strict=False)
    return network.eval(), labels


def _number(identifier: str) -> float:
    """A fixed number of 0 to 1 for a document."""
    return int(hashlib.sha256(identifier.encode()).hexdigest()[:8], 16) / 16**8


def _steps(documents: Sequence[Document], epochs: int) -> int:
    words = sum(len(sentence.words) for document in documents for sentence in document.sentences)
    return epochs * words // WORDS


def encoded(network: Parser, vectoriser: Vectoriser, documents: Sequence[Document]) -> tuple[Tensor, Tensor]:
    """Vectors [words, WIDTH] and the number of each word's trigger label."""
    windows = [list(document.sentences) for document in documents]
    single = [[sentence] for window in windows for sentence in window]
    vectors, labels = [], []
    for batch in batches(single, vectoriser, pieces=4000, generator=random.Random(1)):
        made = vectoriser.batch(batch)
        with torch.no_grad():
            out = network(made["pieces"], made["types"], made["first"])["vectors"]
        learnt = made["trigger"] >= 0
        vectors.append(out[learnt])
        labels.append(made["trigger"][learnt])
    return torch.cat(vectors), torch.cat(labels)


def trained(x: Tensor, y: Tensor, *, steps: int) -> nn.Module:
    """A trigger head as the model has it, learnt in `steps` steps."""
    torch.manual_seed(1)
    head = nn.Sequential(nn.Linear(WIDTH, EVENT), nn.GELU(), nn.Dropout(0.25), nn.Linear(EVENT, len(TRIGGERS)))
    optimiser = torch.optim.AdamW(head.parameters(), lr=1e-3, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, 2e-3, total_steps=steps)
    rows = itertools.chain.from_iterable(torch.randperm(len(x)).split(WORDS) for _ in itertools.count())
    for row in itertools.islice(rows, steps):
        loss = F.cross_entropy(head(x[row]), y[row])
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        schedule.step()
    return head.eval()


def scores(head: nn.Module, x: Tensor, y: Tensor) -> dict[str, float]:
    """Of the entries kept from training: the share of annotated triggers whose likeliest type is the right one."""
    with torch.no_grad():
        found = head(x[y > 0])[:, 1:].argmax(1) + 1
    return {"type right at the annotated triggers": round(float((found == y[y > 0]).float().mean()), 3)}


if __name__ == "__main__":
    main()
