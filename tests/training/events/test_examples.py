"""Entries of the corpus as training documents: spans become head words, each in its own sentence."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from training.events.corpus import read_articles, read_sentences
from training.events.examples import TOGETHER, corpus_documents, is_kept
from training.language.treebank import Document, EventLabels, Sentence

from tacitus.language import LanguageModel

ENTRIES: list[tuple[str, dict[str, Any]]] = [
    (
        "Customs officers in Mombasa seized two trucks from a Ruritanian dealer.",
        {
            "trigger": "seized",
            "type": "COERCE",
            "actors": ["Customs officers"],
            "recipients": ["a Ruritanian dealer"],
        },
    ),
    (
        "The mayor of Strelsau broke off talks with the dockers' union.",
        {
            "trigger": "broke off",
            "type": "REJECT",
            "actors": ["The mayor of Strelsau"],
            "recipients": ["the dockers' union"],
        },
    ),
    (
        "Pirates reportedly shot a Greek helicopter down.",
        {
            "trigger": "shot … down",
            "type": "ASSAULT",
            "actors": ["Pirates"],
            "recipients": ["a Greek helicopter"],
            "said_by": "?",
        },
    ),
    (
        "Chad will not release the three pilots.",
        {
            "trigger": "release",
            "type": "RETREAT",
            "status": "negated",
            "actors": ["Chad"],
            "recipients": ["the three pilots"],
        },
    ),
]
HEADS = {  # head words of trigger, actors and recipients
    "Customs": ("seized", ["officers"], ["dealer"]),
    "The": ("broke", ["mayor"], ["union"]),
    "Pirates": ("shot", ["Pirates"], ["helicopter"]),
    "Chad": ("release", ["Chad"], ["pilots"]),
}


def trained_ids(count: int, prefix: str = "t-") -> list[str]:
    """Ids of entries that are not kept from training."""
    found = (f"{prefix}{number}" for number in range(1000))
    return [identifier for identifier in found if not is_kept(identifier)][:count]


def write(path: Path, rows: list[dict[str, Any]]) -> None:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


def spoken(sentence: Sentence, event: EventLabels, document: Document) -> tuple[str, list[str], list[str]]:
    """The words that the numbers of the labels stand for."""
    forms = {s.id: [word.form for word in s.words] for s in document.sentences}
    sides = [[forms[where][number] for where, number in side] for side in (event.actors, event.recipients)]
    return forms[sentence.id][event.trigger], sides[0], sides[1]


@pytest.fixture(scope="module")
def documents(model: LanguageModel, tmp_path_factory: pytest.TempPathFactory) -> list[Document]:
    folder = tmp_path_factory.mktemp("corpus")
    ids = trained_ids(len(ENTRIES))
    rows = [
        {"id": identifier, "text": text, "events": [found]}
        for identifier, (text, found) in zip(ids, ENTRIES, strict=True)
    ]
    rows[0]["names"] = [["Mombasa", "place"], ["Ruritanian", "demonym"]]
    write(folder / "sentences-test.jsonl", rows)
    return list(corpus_documents(model, folder))


def test_entries_share_documents(documents: list[Document]) -> None:
    assert [len(document.sentences) for document in documents] == [TOGETHER, len(ENTRIES) - TOGETHER]
    assert not any(sentence.trees for document in documents for sentence in document.sentences)


def test_parties_are_words_of_their_own_sentence(documents: list[Document]) -> None:
    """A reference of an entry is to the entry, wherever it stands in its training document."""
    for document in documents:
        for sentence in document.sentences:
            (event,) = sentence.events or ()
            assert spoken(sentence, event, document) == HEADS[sentence.words[0].form]
            assert {where for where, _ in (*event.actors, *event.recipients)} == {sentence.id}


def test_labels_of_events_and_names(documents: list[Document]) -> None:
    found = {sentence.words[0].form: sentence for document in documents for sentence in document.sentences}
    labels = {
        first: (event.type, event.status, event.claimed)
        for first, sentence in found.items()
        for event in sentence.events or ()
    }
    assert labels == {
        "Customs": ("COERCE", "actual", False),
        "The": ("REJECT", "actual", False),
        "Pirates": ("ASSAULT", "actual", True),
        "Chad": ("RETREAT", "negated", False),
    }
    assert {word.form: word.name for word in found["Customs"].words if word.name != "O"} == {
        "Mombasa": "B-place",
        "Ruritanian": "B-demonym",
    }
    assert [word.form for word in found["Pirates"].words if word.glued] == ["."]


def test_sentences_of_an_article_stay_together(model: LanguageModel, tmp_path: Path) -> None:
    (identifier,) = trained_ids(1, "t-a")
    sentences = [
        {"text": "The militia detained two welders in Lodz.", "paragraph": True, "names": [["Lodz", "place"]]},
        {
            "text": "They were freed on Sunday, a priest said.",
            "events": [
                {"trigger": "freed", "type": "RETREAT", "actors": ["@0:The militia"], "recipients": ["They"]},
            ],
        },
    ]
    write(
        tmp_path / "articles-test.jsonl",
        [{"id": identifier, "title": "Freed", "published": "1987-06-14", "sentences": sentences}],
    )
    (document,) = corpus_documents(model, tmp_path)
    first, second = document.sentences
    (event,) = second.events or ()
    assert (first.events, first.opens_paragraph, second.opens_paragraph) == ((), True, False)
    assert spoken(second, event, document) == ("freed", ["militia"], ["They"])
    assert event.actors[0][0] == first.id and event.recipients[0][0] == second.id


def test_what_is_kept_for_measuring_is_not_trained_on(model: LanguageModel, tmp_path: Path) -> None:
    ids = [f"t-{number}" for number in range(40)]
    write(
        tmp_path / "sentences-test.jsonl",
        [{"id": identifier, "text": "Rain fell.", "events": []} for identifier in ids],
    )
    trained = {sentence.id for document in corpus_documents(model, tmp_path) for sentence in document.sentences}
    kept = {identifier for identifier in ids if is_kept(identifier)}
    assert kept and trained == set(ids) - kept


def test_one_entry_in_ten_is_kept() -> None:
    kept = [is_kept(sentence.id) for sentence in read_sentences()]
    assert 0.08 < sum(kept) / len(kept) < 0.12
    assert any(is_kept(article.id) for article in read_articles())
