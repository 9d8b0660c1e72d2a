"""The network at run time: windows of words in, scores out, and what they say about sentences, words, trees and names."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from tacitus.errors import DataError
from tacitus.language.lemma import apply_script
from tacitus.language.pieces import CLS, SEP, WordPieces, word_type
from tacitus.language.tree import best_heads
from tacitus.resources import load_tsv, model_path

Floats = NDArray[np.float32]
Integers = NDArray[np.int64]

MOST_PIECES = 500  # of one window; the encoder has 512 positions
_OUTPUTS = ("upos", "feats", "lemma", "name", "start", "arc", "relation_dependant", "relation_head")
ROOM_OUTPUTS = ("trigger", "status", "claimed", "role_trigger", "role_word")
"""Heads for other rooms: log odds of event types, statuses and of standing in a claim; vectors whose products tell the parties."""
_ROWS = 8  # of one matrix product: small enough that BLAS does not wake its threads, whose waiting costs more than the product
_IMPOSSIBLE = np.float32(-1e4)


@dataclass(frozen=True, slots=True)
class Window:
    """A run of words; `glued` tells which follow the word before without white space."""

    forms: Sequence[str]
    glued: Sequence[bool]


@dataclass(frozen=True, slots=True)
class Labels:
    """The label sets of the manifest; `feats` as mappings, shared by all tokens."""

    upos: tuple[str, ...]
    feats: tuple[dict[str, str], ...]
    lemma: tuple[str, ...]
    relation: tuple[str, ...]
    name: tuple[str, ...]

    @classmethod
    def of(cls, manifest: dict[str, Any]) -> Labels:
        labels = manifest["labels"]
        feats = tuple(dict(pair.split("=", 1) for pair in label.split("|") if pair) for label in labels["feats"])
        return cls(
            tuple(labels["upos"]), feats, tuple(labels["lemma"]), tuple(labels["relation"]), tuple(labels["name"])
        )


@dataclass(frozen=True, slots=True)
class Word:
    """What the network says of one word; `head` counts within the sentence, -1 for the root."""

    lemma: str
    upos: str
    feats: dict[str, str]
    head: int
    deprel: str


class Analysis:
    """The scores of one window. Sentence limits are chosen first (`starts`), then each sentence is read with `words`."""

    def __init__(self, network: Network, window: Window, scores: dict[str, NDArray[Any]]) -> None:
        self._network, self._window, self._scores = network, window, scores

    @property
    def starts(self) -> list[float]:
        """Per word, the log odds that a sentence begins with it."""
        odds: list[float] = self._scores["start"].tolist()
        return odds

    def words(self, start: int, end: int) -> list[Word]:
        """The words of the sentence `[start, end)`, one tree."""
        labels, scores = self._network.labels, self._scores
        arcs = np.concatenate([scores["arc"][start:end, :1], scores["arc"][start:end, start + 1 : end + 1]], 1)
        heads = best_heads(arcs)
        relations = self._relations(start, end, heads)
        upos, feats = scores["upos"][start:end].tolist(), scores["feats"][start:end].tolist()
        lemmas = scores["lemma"][start:end].tolist()
        return [
            Word(
                self._network.lemma(form, labels.upos[upos[index]], lemmas[index]),
                labels.upos[upos[index]],
                labels.feats[feats[index]],
                heads[index],
                labels.relation[relations[index]],
            )
            for index, form in enumerate(self._window.forms[start:end])
        ]

    def _relations(self, start: int, end: int, heads: list[int]) -> list[int]:
        dependants = self._scores["relation_dependant"][start:end]
        places = np.array([0 if head < 0 else start + head + 1 for head in heads])
        scores = self._network.relation_scores(dependants, self._scores["relation_head"][places])
        root = self._network.labels.relation.index("root")
        scores[:, root] = np.where(places == 0, -_IMPOSSIBLE, _IMPOSSIBLE)
        relations: list[int] = scores.argmax(1).tolist()
        return relations

    def heads(self, start: int, end: int) -> dict[str, Floats]:
        """The rows of the words `[start, end)` in the outputs meant for other rooms."""
        return {name: self._scores[name][start:end] for name in self._network.room_outputs}

    def names(self, starts: Sequence[int]) -> list[tuple[int, int, str]]:
        """Names as (first word, past the last, label); none crosses one of the sentence `starts`."""
        scores = self._scores["name"].copy()
        scores[np.ix_(list(starts), self._network.inside_tags)] += _IMPOSSIBLE
        tags = self._network.best_tags(scores)
        return _chunks([self._network.labels.name[tag] for tag in tags])


def _chunks(tags: Sequence[str]) -> list[tuple[int, int, str]]:
    found: list[tuple[int, int, str]] = []
    for index, tag in enumerate(tags):
        if tag[0] == "B":
            found.append((index, index + 1, tag[2:]))
        elif tag[0] == "I" and found:
            found[-1] = (found[-1][0], index + 1, found[-1][2])
    return found


class Network:
    """The ONNX graph with its labels and vocabulary."""

    def __init__(
        self,
        session: onnxruntime.InferenceSession,
        pieces: WordPieces,
        manifest: dict[str, Any],
        lemmas: dict[tuple[str, str], str],
    ) -> None:
        self._session, self._pieces, self._lemmas = session, pieces, lemmas
        self.labels = Labels.of(manifest)
        self.version: str = manifest["version"]
        feeds = self._feeds(Window(["a"], [False]), [(100,)])
        weight, self._bias = session.run(["relation_weight", "relation_bias"], feeds)
        self._weight = np.ascontiguousarray(weight.T)
        self.inside_tags = [number for number, tag in enumerate(self.labels.name) if tag[0] == "I"]
        self._moves = _moves(self.labels.name)
        available = {output.name for output in session.get_outputs()}
        self.room_outputs = tuple(name for name in ROOM_OUTPUTS if name in available)
        self._outputs = (*_OUTPUTS, *self.room_outputs)

    @classmethod
    def load(cls, *, threads: int | None = None, folder: Path | None = None) -> Network:
        """The network that the package brings. Raises DataError when a file is missing or not the one its manifest names."""
        folder = folder or model_path()
        manifest = read_manifest(folder)
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        if threads is not None:
            options.intra_op_num_threads = threads
        onnxruntime.disable_telemetry_events()
        session = onnxruntime.InferenceSession(
            str(folder / "language.onnx"), options, providers=["CPUExecutionProvider"]
        )
        rows = load_tsv(folder / "language.lemmas.tsv", ("form", "upos", "lemma"))
        lemmas = {(row["form"], row["upos"]): row["lemma"] for row in rows}
        return cls(session, WordPieces.load(folder / "language.vocab.txt"), manifest, lemmas)

    def analyse(self, windows: Sequence[Window]) -> list[Analysis]:
        """The analyses of the windows, in their order.

        Each is read by itself: eight-bit arithmetic scales by what is read together, so in a batch a window's scores would hang on its
        company, and on CPUs a batch is not faster.

        Raises ValueError for a window of more than `MOST_PIECES` words: the encoder has no place for them.
        """
        longest = max((len(window.forms) for window in windows), default=0)
        if longest > MOST_PIECES:
            raise ValueError(f"a window of {longest} words; at most {MOST_PIECES} can be read at once")
        return [self._analysis(window) for window in windows]

    def _analysis(self, window: Window) -> Analysis:
        results = self._session.run(list(self._outputs), self._feeds(window, self._pieces.encode(window.forms)))
        return Analysis(self, window, {name: row[0] for name, row in zip(self._outputs, results, strict=True)})

    @staticmethod
    def _feeds(window: Window, encoded: Sequence[tuple[int, ...]]) -> dict[str, Integers]:
        pieces, types, first = _row(window, encoded)
        return {"pieces": np.array([pieces]), "types": np.array([types]), "first": np.array([first])}

    def lemma(self, form: str, upos: str, scripts: Sequence[int]) -> str:
        """The lemma that the treebanks give the word, else what the first script gives that can be applied."""
        known = self._lemmas.get((form.lower(), upos))
        if known:
            return known
        applied = (apply_script(self.labels.lemma[number], form) for number in scripts)
        return next((lemma for lemma in applied if lemma), form.lower())

    def relation_scores(self, dependants: Floats, heads: Floats) -> Floats:
        """Scores of every relation for pairs of relation vectors: one layer over their sum and their product."""
        half = dependants.shape[1] // 2
        added = np.maximum(dependants[:, :half] + heads[:, :half], 0)
        multiplied = dependants[:, half:] * heads[:, half:]
        pairs = np.concatenate([added, multiplied], 1)
        parts = [pairs[start : start + _ROWS] @ self._weight for start in range(0, len(pairs), _ROWS)]
        scores: Floats = np.concatenate(parts) + self._bias
        return scores

    def best_tags(self, scores: Floats) -> list[int]:
        """The best sequence of tags in which every I- follows its B- or I- (Viterbi, where the greedy one does not)."""
        greedy = scores.argmax(1)
        if greedy[0] not in self.inside_tags and not self._moves[greedy[:-1], greedy[1:]].any():
            tags: list[int] = greedy.tolist()
            return tags
        best = scores[0].copy()
        best[self.inside_tags] += _IMPOSSIBLE
        back = np.zeros(scores.shape, np.int64)
        for index in range(1, len(scores)):
            paths = best[:, None] + self._moves
            back[index] = paths.argmax(0)
            best = paths.max(0) + scores[index]
        tags = [int(best.argmax())]
        for index in range(len(scores) - 1, 0, -1):
            tags.append(int(back[index, tags[-1]]))
        return tags[::-1]


def _row(window: Window, encoded: Sequence[tuple[int, ...]]) -> tuple[list[int], list[int], list[int]]:
    """Piece ids, type ids, and the place of each word's first piece; the root reads at the first piece of all."""
    pieces, types, first = [CLS], [0], [0]
    if sum(map(len, encoded)) > MOST_PIECES:  # odd words only: cut them to what fits
        most = max(1, MOST_PIECES // len(encoded))
        encoded = [ids[:most] for ids in encoded]
    for form, glued, ids in zip(window.forms, window.glued, encoded, strict=True):
        first.append(len(pieces))
        pieces.extend(ids)
        types.extend([word_type(form, glued=glued)] * len(ids))
    return [*pieces, SEP], [*types, 0], first


def _moves(tags: Sequence[str]) -> Floats:
    """Cost of going from one tag to the next: I- only goes on what it is inside of."""
    moves = np.zeros((len(tags), len(tags)), np.float32)
    for old, before in enumerate(tags):
        for new, after in enumerate(tags):
            if after[0] == "I" and before[2:] != after[2:]:
                moves[old, new] = _IMPOSSIBLE
    return moves


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest, after its files were found to be those it names."""
    path = folder / "language.json"
    try:
        manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as err:
        raise DataError(f"{path}: no such file; the package is incomplete, install it again") from err
    except ValueError as err:
        raise DataError(f"{path}: not valid JSON: {err}") from err
    for name, digest in manifest["sha256"].items():
        file = folder / name
        if not file.exists():
            raise DataError(f"{file}: no such file; the package is incomplete, install it again")
        if hashlib.sha256(file.read_bytes()).hexdigest() != digest:
            raise DataError(f"{file}: not the file that {path.name} names; install the package again")
    return manifest
