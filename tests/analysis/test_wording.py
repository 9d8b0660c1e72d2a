"""Clauses follow from the code and the names; the page's own words are quoted exactly."""

from __future__ import annotations

from pathlib import Path

import pytest

from tacitus.analysis.wording import Phrases
from tacitus.errors import DataError
from tacitus.ontology import load_ontology
from tests.factories import make_event_row, make_party

PHRASES = Phrases.load()
MALI, CHAD = make_party("Mali", "MLI"), make_party("Chad", "TCD")


@pytest.mark.parametrize(
    ("type_", "mode", "actors", "recipients", "clause"),
    [
        ("ACCUSE", None, [MALI], [CHAD], "Mali accused Chad"),
        ("ACCUSE", "disapprove", [MALI], [], "Mali voiced criticism"),
        ("ASSAULT", "aerial", [MALI], [CHAD], "Mali made an air attack on Chad"),
        ("ASSAULT", None, [], [CHAD], "Chad came under attack"),
        ("ASSAULT", None, [MALI, CHAD], [], "Mali and Chad fought"),
        ("CONSULT", None, [MALI, CHAD], [], "Mali and Chad conferred"),
        ("MOBILIZE", "troops", [MALI, CHAD], [], "Mali and Chad moved or readied troops"),
        ("RETREAT", "withdraw", [MALI], [], "Mali withdrew"),
        ("PROTEST", None, [], [], "somebody whom the text does not name protested"),
    ],
)
def test_clause(type_, mode, actors, recipients, clause) -> None:
    assert PHRASES.clause(make_event_row(type_, actors, recipients, mode=mode)) == clause


@pytest.mark.parametrize("type_", load_ontology().types)
def test_exchanging_the_parties_exchanges_the_clause(type_: str) -> None:
    for mode in (None, *load_ontology().types[type_].modes):
        there = PHRASES.clause(make_event_row(type_, [MALI], [CHAD], mode=mode))
        back = PHRASES.clause(make_event_row(type_, [CHAD], [MALI], mode=mode))
        assert back == there.replace("Mali", "\0").replace("Chad", "Mali").replace("\0", "Chad")


@pytest.mark.parametrize(
    ("name", "kind", "text", "told"),
    [
        ("United Nations", "organization", "U.N.", "the United Nations"),
        ("Ministry of Fisheries", "organization", "ministry", "the Ministry of Fisheries"),
        ("Chad", "place-as-actor", "Chad", "Chad"),
        ("Ana House", "person", "Ms. House", "Ana House"),
        ("the dockers", "group", "they", "the dockers"),
        ("The dockers", "group", "they", "the dockers"),
        ("spokesman", "person", "a spokesman", "a spokesman"),
        ("militants", "group", "They", "militants"),
    ],
)
def test_name(name: str, kind: str, text: str, told: str) -> None:
    assert PHRASES.name(make_party(name, "NOR", kind=kind, text=text)) == told


@pytest.mark.parametrize(
    ("sentence", "trigger", "type_", "words"),
    [
        (
            "Mali accused Chad of hiding rebels, but gave no proof.",
            "accused",
            "ACCUSE",
            "accused Chad of hiding rebels",
        ),
        ("Mali shelled the depot; nobody was hurt.", "shelled", "ASSAULT", "shelled the depot"),
        ("Mali met Mr. B. Okoye of Chad on Monday.", "met", "CONSULT", "met Mr. B. Okoye of Chad on Monday"),
        ("They struck and struck again.", "struck", "ASSAULT", "struck"),
        ("Mali shelled the depot, the army of Chad said.", "shelled", "ASSAULT", "shelled the depot"),
        ("Mali yielded.", "yielded", "RETREAT", "yielded"),
    ],
)
def test_quote_is_the_pages_own(sentence: str, trigger: str, type_: str, words: str) -> None:
    event = make_event_row(type_, [MALI], [CHAD], sentence_text=sentence, trigger_text=trigger)
    assert PHRASES.quote(event) == words
    assert words in sentence


def test_a_type_without_wording_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "phrases.toml"
    path.write_text(
        "[type.ASSAULT]\nact = 'attacked'\n[international]\n[article]\nfirst = []\nlast = []\n", encoding="utf-8"
    )
    with pytest.raises(DataError, match=r"phrases\.toml: no wording for the event type AGREE"):
        Phrases.load(path)
