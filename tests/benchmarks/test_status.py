"""What the status score counts."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from benchmarks.corpus import Text
from benchmarks.status import Pair, half_of, pairs, scores
from training.events.corpus import read_sentences

ROW = {
    "id": "x-3",
    "text": "Chad did not bomb the port, but may yet shell it.",
    "names": [["Chad", "place"]],
    "events": [
        {"trigger": "bomb", "type": "ASSAULT", "actors": ["Chad"], "status": "negated"},
        {"trigger": "shell", "type": "ASSAULT", "actors": ["Chad"], "status": "hypothetical"},
    ],
}


def found_in(folder: Path, *events: tuple[str, str, str]) -> list[Pair]:
    (folder / "sentences-x.jsonl").write_text(json.dumps(ROW) + "\n", encoding="utf-8")
    sentence = next(iter(read_sentences(folder)))
    start = {word: sentence.text.index(word) for word, _, _ in events}
    coded: Any = SimpleNamespace(
        events=[
            SimpleNamespace(
                type=type_, status=status, trigger=SimpleNamespace(start=start[word], end=start[word] + len(word))
            )
            for word, type_, status in events
        ]
    )
    return list(pairs(Text(sentence.id, [sentence], None), coded))


def test_what_is_missed_counts_apart(tmp_path: Path) -> None:
    told = scores(found_in(tmp_path, ("bomb", "ASSAULT", "negated")))
    assert (told["events"], told["found"], told["status"], told["told_as_actual"]) == (2, 1, 1.0, 0.0)
    assert told["confusion"]["hypothetical"] == {"missed": 1}


def test_what_did_not_happen_told_as_actual(tmp_path: Path) -> None:
    told = scores(found_in(tmp_path, ("bomb", "ASSAULT", "actual"), ("shell", "THREATEN", "actual")))
    assert (told["status"], told["told_as_actual"], told["told_as_actual_of_its_type"]) == (0.0, 1.0, 1.0)


def test_the_event_of_the_annotated_type_goes_first(tmp_path: Path) -> None:
    (first, _) = found_in(tmp_path, ("bomb", "COERCE", "actual"), ("bomb", "ASSAULT", "negated"))
    assert first.found is not None and first.found.status == "negated"


def test_halves_go_by_number() -> None:
    assert [half_of("status-12"), half_of("status-13")] == ["even", "odd"]
