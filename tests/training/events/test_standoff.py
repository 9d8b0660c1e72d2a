"""Stand-off events and names: joined with their texts, and the shipped ones against the texts they stand off from."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from training.events.check import event_faults
from training.events.corpus import NAME_KINDS, CorpusError, Reference
from training.events.standoff import FOLDER, read_standoff

from tacitus.language.splitter import split_words
from tacitus.ontology import load_ontology

TEXT = "Rain fell. Customs officers in Mombasa seized two trucks, a clerk said."
START = TEXT.index("Customs")


def span(words: str) -> list[int]:
    return [TEXT.index(words), TEXT.index(words) + len(words)]


def row(**keys: Any) -> dict[str, Any]:
    return {
        "source": "news.jsonl",
        "document": "d1",
        "start": START,
        "end": len(TEXT),
        "names": [],
        "events": [],
    } | keys


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    rows = [{"id": "d0", "text": "Other words."}, {"id": "d1", "text": TEXT}]
    (tmp_path / "news.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return tmp_path


def write(folder: Path, found: dict[str, Any]) -> Path:
    (folder / "annotated").mkdir()
    (folder / "annotated/test.jsonl").write_text(json.dumps(found) + "\n", encoding="utf-8")
    return folder / "annotated"


def test_spans_count_in_the_sentence(gold: Path) -> None:
    event = {
        "trigger": [span("seized")],
        "type": "COERCE",
        "mode": "seize",
        "actors": [[span("Customs officers")]],
        "recipients": [[span("two trucks")]],
        "said_by": [span("a clerk")],
        "place": [span("Mombasa")],
    }
    folder = write(gold, row(names=[[*span("Mombasa"), "place"]], events=[event]))
    (sentence,) = read_standoff(gold, folder)
    (found,) = sentence.events

    def words(reference: Reference | None) -> list[str]:
        return [sentence.text[start:end] for start, end in (reference.spans if reference else ())]

    assert (sentence.id, sentence.text) == (f"d1-{START}", TEXT[START:])
    assert [(sentence.text[name.start : name.end], name.kind) for name in sentence.names] == [("Mombasa", "place")]
    assert (found.type, found.mode, found.status, found.is_claimed) == ("COERCE", "seize", "actual", True)
    assert [words(party) for party in (*found.actors, *found.recipients)] == [["Customs officers"], ["two trucks"]]
    assert (words(found.trigger), words(found.said_by), words(found.words["place"])) == (
        ["seized"],
        ["a clerk"],
        ["Mombasa"],
    )


def test_a_claim_of_nobody(gold: Path) -> None:
    folder = write(gold, row(events=[{"trigger": [span("seized")], "type": "COERCE", "said_by": "?"}]))
    (sentence,) = read_standoff(gold, folder)
    assert sentence.events[0].is_claimed and sentence.events[0].said_by is None


@pytest.mark.parametrize(
    ("found", "message"),
    [
        (row(document="d9"), f"d9-{START}: news.jsonl has no such document"),
        (row(names=[[0, 4, "person"]]), r"d1-11: \[\(0, 4\)\] is not in the sentence"),
        (row(events=[{"trigger": [[START, START]], "type": "COERCE"}]), "is not in the sentence"),
        (
            row(events=[{"trigger": [span("seized")], "type": "COERCE", "actors": [[[60, 99]]]}]),
            "is not in the sentence",
        ),
    ],
)
def test_a_text_that_changed_is_refused(gold: Path, found: dict[str, Any], message: str) -> None:
    with pytest.raises(CorpusError, match=message):
        list(read_standoff(gold, write(gold, found)))


# ---------------------------------------------------------------- the shipped annotations


@pytest.mark.shared
def test_shipped_annotations_fit_their_texts_and_the_guide(shared: Path) -> None:
    sentences = list(read_standoff(shared / "gold"))
    ontology = load_ontology()
    assert len(sentences) >= 3_800 and max(Counter(sentence.id for sentence in sentences).values()) == 1
    faults = [
        f"{sentence.id}: {fault}"
        for sentence in sentences
        for event in sentence.events
        for fault in event_faults(event, ontology)
    ]
    assert faults == []
    assert {name.kind for sentence in sentences for name in sentence.names} == set(NAME_KINDS)
    assert {event.type for sentence in sentences for event in sentence.events} == set(ontology.types)


@pytest.mark.shared
def test_shipped_names_and_triggers_are_words(shared: Path) -> None:
    for sentence in read_standoff(shared / "gold"):
        words = list(split_words(sentence.text, 0, len(sentence.text)))
        limits = {word.start for word in words}, {word.end for word in words}
        unfit = [n for n in sentence.names if n.start not in limits[0] or n.end not in limits[1]]
        assert unfit == [], sentence.id
        for event in sentence.events:
            assert any(word.start < b and a < word.end for a, b in event.trigger.spans for word in words), sentence.id


@pytest.mark.shared
def test_what_measures_is_not_annotated(shared: Path) -> None:
    folds = {}
    for name in ("plv_train", "cameo_class_train", "cameo_ner_train", "ipe_train_dev", "muc4_train_dev"):
        with (shared / f"gold/events/{name}.jsonl").open(encoding="utf-8") as file:
            folds |= {item["id"]: item["fold"] for item in map(json.loads, file)}
    for path in sorted(FOLDER.glob("*.jsonl")):
        documents = [json.loads(line)["document"] for line in path.read_text(encoding="utf-8").splitlines()]
        assert {folds[document] for document in documents if document in folds} <= {0, 1, 2}, path
