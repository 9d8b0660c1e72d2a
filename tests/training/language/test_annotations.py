"""Our own names: joined with trees, and the shipped ones against the treebank they stand off from."""

from __future__ import annotations

import json
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from training.language.annotations import FOLDER, SCHEME, add_own_names
from training.language.names import LABELS
from training.language.treebank import Document, Sentence, Word, read_treebank, spans


def marked(sentence: Sentence) -> list[tuple[str, str]]:
    """The names of a sentence, words joined by spaces."""
    forms = [word.form for word in sentence.words]
    return [(" ".join(forms[start:end]), label) for start, end, label in spans([w.name for w in sentence.words])]


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder in the place of the shipped annotations."""
    monkeypatch.setattr("training.language.annotations.FOLDER", tmp_path)
    return tmp_path


def treebank(document: str, *, trees: bool = True, name: str = "O", scheme: str | None = None) -> Document:
    """A document of two sentences whose last words are names by another scheme, or have none."""
    words = (Word("Obi", False, head=1), Word("left", False), Word("Lagos", False, head=1, name=name))
    sentences = [Sentence(f"{document}-{n}", words, trees=trees, names=scheme) for n in (1, 2)]
    return Document(document, sentences)


def test_names_of_ewt_train_are_ours(folder: Path) -> None:
    row = {"sentence": "weblog-x-1", "names": [[0, 1, "person"], [2, 3, "place"]]}
    (folder / "ewt.jsonl").write_text(json.dumps(row), encoding="utf-8")
    gum = treebank("GUM_news_x", name="B-place", scheme="gum")
    dev = treebank("weblog-y", trees=False, name="B-place", scheme="uner")
    unnamed = treebank("weblog-z", trees=False)
    ours, *others = add_own_names([treebank("weblog-x", name="B-person"), gum, dev, unnamed])
    assert [marked(sentence) for sentence in ours.sentences] == [[("Obi", "person"), ("Lagos", "place")], []]
    assert {sentence.names for sentence in ours.sentences} == {SCHEME}
    # other treebanks, and what is here for names alone, keep theirs: the file says nothing of them
    assert others == [gum, dev, unnamed]


# ---------------------------------------------------------------- the shipped annotations


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.jsonl")), ids=lambda path: path.stem)
def test_shipped_rows_are_well_formed(path: Path) -> None:
    found = rows(path)
    names = [name for row in found for name in row["names"]]
    assert {label for _, _, label in names} <= set(LABELS) and len(names) > 1_500
    for row in found:
        places = sorted((start, end) for start, end, _ in row["names"])
        assert all(start < end for start, end in places), row
        assert all(one[1] <= two[0] for one, two in pairwise(places)), row
    keys = Counter((row.get("sentence"), row.get("document"), row.get("start")) for row in found)
    assert max(keys.values()) == 1


@pytest.mark.shared
def test_shipped_names_of_ewt_fit_the_treebank(shared: Path) -> None:
    sizes = {
        sentence.id: len(sentence.words)
        for document in read_treebank(shared / "data/ud/en_train.conllu")
        for sentence in document.sentences
        if document.treebank == "ewt"
    }
    unfit = [
        row["sentence"]
        for row in rows(FOLDER / "ewt.jsonl")
        if any(end > sizes.get(row["sentence"], 0) for _, end, _ in row["names"])
    ]
    assert unfit == []
