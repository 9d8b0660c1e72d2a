"""Our own stand-off annotations of names (``annotations/README.md``), joined with the texts they stand off from."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from tacitus.language.splitter import split_words
from training.language.treebank import Document, Sentence, Word

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


def news_documents(gold: Path) -> list[Document]:
    """The annotated news sentences, each a document of its own without a tree. `gold` is the folder of the development sets.

    Raises ValueError when a name does not begin and end with words of its sentence: the text has changed since.
    """
    rows: dict[str, list[dict[str, Any]]] = {}
    for row in _rows(FOLDER / "news.jsonl"):
        rows.setdefault(row["source"], []).append(row)
    documents = []
    for source, wanted in rows.items():
        ids = {row["document"] for row in wanted}
        texts = {found["id"]: found["text"] for found in _rows(gold / source) if found["id"] in ids}
        for row in wanted:
            name = f"news-{row['document']}-{row['start']}"
            documents.append(Document(name, [_sentence(name, texts[row["document"]], row)]))
    return documents


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


def _sentence(name: str, text: str, row: dict[str, Any]) -> Sentence:
    places = list(split_words(text, row["start"], row["end"]))
    words = tuple(Word(text[place.start : place.end], place.glued) for place in places)
    starts = {place.start: index for index, place in enumerate(places)}
    ends = {place.end: index + 1 for index, place in enumerate(places)}
    try:
        names = [(starts[start], ends[end], label) for start, end, label in row["names"]]
    except KeyError as err:
        raise ValueError(f"{name}: a name does not begin and end with words of the text ({err})") from err
    return _marked(Sentence(name, words, opens_paragraph=True, trees=False), names)
