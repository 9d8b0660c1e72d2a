"""Our own names on the sentences of a treebank (``annotations/README.md``)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from training.language.treebank import Document, Sentence

FOLDER = Path(__file__).parent / "annotations"
SCHEME = "own"


def add_own_names(documents: Sequence[Document]) -> list[Document]:
    """EWT train with our names: every sentence of it is annotated, those that the file does not list have none.

    Sentences without trees are not of the train part, and keep the names they have.
    """
    listed = {row["sentence"]: row["names"] for row in _rows(FOLDER / "ewt.jsonl")}
    return [
        Document(d.id, [_marked(s, listed.get(s.id, ())) if s.trees else s for s in d.sentences])
        if d.treebank == "ewt"
        else d
        for d in documents
    ]


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def _marked(sentence: Sentence, names: Sequence[tuple[int, int, str]]) -> Sentence:
    words = [replace(word, name="O") for word in sentence.words]
    for start, end, label in names:
        for index in range(start, end):
            words[index] = replace(words[index], name=f"{'B' if index == start else 'I'}-{label}")
    return replace(sentence, words=tuple(words), names=SCHEME)
