"""Windows of running text, and batches of them as tensors."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import torch
from torch import Tensor

from tacitus.language.lemma import lemma_script
from tacitus.language.pieces import CLS, SEP, WordPieces, word_type
from tacitus.ontology import STATUSES, load_ontology
from training.language.names import TAGS, allowed_tags
from training.language.treebank import Document, EventLabels, Sentence, Word

IGNORE = -100
MASK = 103  # of the base model's vocabulary: a word that is not shown
TRIGGERS = ("O", *load_ontology().types)
UNKNOWN = dict.fromkeys(("upos", "feats", "lemma", "head", "relation"), IGNORE)
"""Of a word without a tree."""
LEARNT = ("start", *UNKNOWN, "allowed", "trigger")
MAX_PIECES = 400  # of a window in training; longer sentences (very few) are left out


@dataclass(frozen=True)
class Labels:
    """The label sets, fixed by the training data. Order is their number in the graph."""

    upos: tuple[str, ...]
    feats: tuple[str, ...]
    lemma: tuple[str, ...]
    relation: tuple[str, ...]
    name: tuple[str, ...] = TAGS
    trigger: tuple[str, ...] = TRIGGERS
    status: tuple[str, ...] = STATUSES

    @classmethod
    def of(cls, documents: Sequence[Document], *, lemmas: int) -> Labels:
        """Labels in the order of their frequency; of lemma scripts the `lemmas` most frequent."""
        counts = {field: Counter[str]() for field in ("upos", "feats", "lemma", "relation")}
        for document in documents:
            for sentence in document.sentences:
                for word in sentence.words if sentence.trees else ():
                    counts["upos"][word.upos] += 1
                    counts["feats"][word.feats] += 1
                    counts["lemma"][lemma_script(word.form, word.lemma)] += 1
                    counts["relation"][word.deprel] += 1
        most = {"lemma": lemmas}
        order = {
            field: tuple(label for label, _ in count.most_common(most.get(field))) for field, count in counts.items()
        }
        return cls(**order)

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def windows(document: Document, *, longest: int, generator: random.Random) -> Iterator[list[Sentence]]:
    """The document cut into runs of sentences: single ones, whole paragraphs, or runs across paragraphs, at most `longest` words."""
    sentences, start = document.sentences, 0
    while start < len(sentences):
        dice, end, size = generator.random(), start + 1, len(sentences[start].words)
        limit = 0 if dice < 0.25 else longest if dice < 0.85 else generator.randint(longest // 4, longest)
        while end < len(sentences) and size + len(sentences[end].words) <= limit:
            if dice < 0.7 and sentences[end].opens_paragraph:
                break
            size += len(sentences[end].words)
            end += 1
        yield sentences[start:end]
        start = end


class Vectoriser:
    """Windows to tensors."""

    def __init__(self, labels: Labels, pieces: WordPieces) -> None:
        self._pieces = pieces
        self.labels = labels
        self._numbers = {
            field: {label: n for n, label in enumerate(values)} for field, values in labels.as_dict().items()
        }

    def length(self, window: Sequence[Sentence]) -> int:
        """Pieces of the window, with the two special ones."""
        return 2 + sum(len(ids) for s in window for ids in self._pieces.encode([w.form for w in s.words]))

    def batch(self, batch: Sequence[Sequence[Sentence]]) -> dict[str, Tensor]:
        rows = [self._row(window) for window in batch]
        width = {key: max(len(row[key]) for row in rows) for key in rows[0]}
        pads = {"pieces": 0, "types": 0, "first": 0, "sentence": -1, "allowed": [1.0] * len(TAGS)}
        return self._events(batch) | {
            key: torch.tensor([row[key] + [pads.get(key, IGNORE)] * (width[key] - len(row[key])) for row in rows])
            for key in rows[0]
        }

    def _events(self, batch: Sequence[Sequence[Sentence]]) -> dict[str, Tensor]:
        """`event` (row, trigger, status, claimed), `role` (event, word, 0 actor or 1 recipient)."""
        events: list[list[int]] = []
        roles: list[list[int]] = []
        for row, window in enumerate(batch):
            offsets = _offsets(window)
            for sentence in window:
                offset = offsets[sentence.id]
                for event in sentence.events or ():
                    roles += _roles(event, len(events), offsets)
                    events.append([row, event.trigger + offset, STATUSES.index(event.status), int(event.claimed)])
        found = {"event": (events, 4), "role": (roles, 3)}
        return {key: torch.tensor(rows, dtype=torch.long).view(-1, size) for key, (rows, size) in found.items()}

    def _row(self, window: Sequence[Sentence]) -> dict[str, list[Any]]:
        """Of each piece its number and type; of each word the rest: `first` is its first piece, the others are what is to be learnt."""
        row: dict[str, list[Any]] = {key: [] for key in ("pieces", "types", "first", "sentence", *LEARNT)}
        row["pieces"], row["types"], row["first"] = [CLS], [0], [0]
        for index, sentence in enumerate(window):
            offset = len(row["sentence"])
            encoded = self._pieces.encode([word.form for word in sentence.words])
            encoded = [(MASK,) if w.hidden else ids for w, ids in zip(sentence.words, encoded, strict=True)]
            for position, (word, ids) in enumerate(zip(sentence.words, encoded, strict=True)):
                row["first"].append(len(row["pieces"]))
                row["pieces"].extend(ids)
                row["types"].extend([word_type(word.form, glued=word.glued)] * len(ids))
                row["sentence"].append(index)
                row["start"].append(float(position == 0) if sentence.trees else float(IGNORE))
                for key, number in self._tree(word, offset).items() if sentence.trees else UNKNOWN.items():
                    row[key].append(number)
                allowed = allowed_tags(word, sentence.names)
                row["allowed"].append([float(tag in allowed) for tag in range(len(TAGS))])
            row["trigger"].extend(_triggers(sentence))
        row["pieces"].append(SEP)
        row["types"].append(0)
        return row

    def _tree(self, word: Word, offset: int) -> dict[str, int]:
        """The numbers of what the treebank says of a word; its head counts in the window, from 1, and 0 is the root."""
        labels = {
            "upos": word.upos,
            "feats": word.feats,
            "lemma": lemma_script(word.form, word.lemma),
            "relation": word.deprel,
        }
        numbers = {key: self._numbers[key].get(label, IGNORE) for key, label in labels.items()}
        return numbers | {"head": 0 if word.head < 0 else word.head + offset + 1}


def _triggers(sentence: Sentence) -> list[int]:
    if sentence.events is None:
        return [IGNORE] * len(sentence.words)
    found = [0] * len(sentence.words)
    for event in sentence.events:
        found[event.trigger] = TRIGGERS.index(event.type)
    return found


def _offsets(window: Sequence[Sentence]) -> dict[str, int]:
    offsets, size = {}, 0
    for sentence in window:
        offsets[sentence.id] = size
        size += len(sentence.words)
    return offsets


def _roles(event: EventLabels, number: int, offsets: dict[str, int]) -> list[list[int]]:
    """The parties that stand in this window."""
    return [
        [number, word + offsets[sentence], role]
        for role, parties in enumerate((event.actors, event.recipients))
        for sentence, word in parties
        if sentence in offsets
    ]


def batches(
    found: list[list[Sentence]], vectoriser: Vectoriser, *, pieces: int, generator: random.Random
) -> Iterator[list[list[Sentence]]]:
    """Windows of like length together, at most `pieces` pieces with padding; in random order."""
    generator.shuffle(found)
    sized = [(vectoriser.length(window), window) for window in found]
    sized = [entry for entry in sized if entry[0] <= MAX_PIECES]
    made: list[list[list[Sentence]]] = []
    pool = 2000
    for start in range(0, len(sized), pool):
        batch: list[list[Sentence]] = []
        for length, window in sorted(sized[start : start + pool], key=lambda entry: entry[0]):
            if batch and length * (len(batch) + 1) > pieces:
                made.append(batch)
                batch = []
            batch.append(window)
        if batch:
            made.append(batch)
    generator.shuffle(made)
    yield from made
