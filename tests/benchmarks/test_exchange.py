"""The exchange test itself: slots, names and places in the text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from benchmarks.exchange import Slots, exchanged, fill, pairs_for, slots_of
from training.events.corpus import Sentence, read_sentences

TEXT = "A Chilean envoy met Peru's president."


@pytest.fixture
def chile(tmp_path: Path) -> Sentence:
    return sentence(tmp_path, TEXT, [["Chilean", "demonym"], ["Peru", "place"]], "A Chilean envoy", "Peru's president")


def sentence(folder: Path, text: str, names: list[list[str]], actor: str, recipient: str) -> Sentence:
    event = {"trigger": "met", "type": "CONSULT", "mode": "meet", "actors": [actor], "recipients": [recipient]}
    row = {"id": "x-1", "text": text, "names": names, "events": [event]}
    (folder / "sentences-x.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    return next(iter(read_sentences(folder)))


def test_the_parties_names_are_the_slots(chile: Sentence) -> None:
    slots = slots_of(chile)
    assert slots is not None
    assert [TEXT[name.start : name.end] for name in slots[1:]] == ["Chilean", "Peru"]


def test_names_of_two_kinds_are_no_slots(tmp_path: Path) -> None:
    names = [["Kim", "person"], ["NATO", "organization"]]
    assert slots_of(sentence(tmp_path, "Kim met NATO.", names, "Kim", "NATO")) is None


def test_adjective_and_country_change_their_form_with_the_slot(chile: Sentence) -> None:
    slots = slots_of(chile)
    assert slots is not None
    for pair in pairs_for(slots):
        back = exchanged(slots, pair)
        assert back[0] != pair[0] and exchanged(slots, back) == pair


@pytest.mark.parametrize(
    ("pair", "text"),
    [
        (("Iraqi", "Kenya"), "An Iraqi envoy met Kenya's president."),
        (("Kenyan", "Iraq"), "A Kenyan envoy met Iraq's president."),
        (("Ukrainian", "Chad"), "A Ukrainian envoy met Chad's president."),
    ],
)
def test_the_article_follows_the_name_and_places_stay(chile: Sentence, pair: tuple[str, str], text: str) -> None:
    slots = Slots(chile, *chile.names)
    filled = fill(slots, pair)
    assert filled.text == text
    assert filled.place(text.index(pair[0])) == "slot 0"
    assert filled.place(text.index(pair[1]) + 1) == "slot 1"
    assert filled.place(text.index("met")) == str(TEXT.index("met"))
    assert filled.place(text.index("president")) == str(TEXT.index("president"))
