"""Detentions, closures, expulsions and threats: what the lexicon alone makes of them, without a model's reading. Sentences of our own."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tacitus.actors import Knowledge, find_actors
from tacitus.events import Coding, EventLexicon, find_events
from tacitus.language import LanguageModel
from tacitus.records import Article
from tests.events.conftest import Code


@pytest.fixture(scope="module")
def read(model: LanguageModel, lexicon: EventLexicon) -> Code:
    knowledge, alone = Knowledge.load(), replace(lexicon, model=None)

    def coded(text: str) -> Coding:
        article = Article(id="test", text=text)
        (parse,) = model.parse([text])
        actors = find_actors(article, parse, knowledge=knowledge)
        return find_events(article, parse, actors=actors, claims=(), places=(), times=(), lexicon=alone)

    return coded


@pytest.mark.parametrize(
    ("text", "type_", "cameo"),
    [
        # an authority's order for the deed is the deed
        ("A court ordered the detention of the former minister.", "COERCE", "173"),
        ("The government ordered the closure of three radio stations.", "COERCE", "172"),
        # what the verb makes of its object belongs to the pattern
        ("A judge found the company guilty of fraud.", "SANCTION", "116"),
        ("Police ordered all bars shut until Monday.", "COERCE", "172"),
        # who is sent away decides the code
        ("Ruritania expelled the weapons inspectors.", "SANCTION", "1662"),
        ("Ruritania expelled thirteen aid agencies.", "SANCTION", "1663"),
        # what is cut off does, too
        ("Ruritania froze military aid to Zembla.", "SANCTION", "1622"),
        ("Qatar suspended its mediation between the two sides.", "SANCTION", "165"),
        # what is threatened
        ("The minister threatened to cut aid to Zambia.", "THREATEN", "1311"),
        ("Rebels threatened to walk out of the talks.", "THREATEN", "134"),
    ],
)
def test_deed_and_code(read: Code, text: str, type_: str, cameo: str) -> None:
    assert [(event.type, event.cameo) for event in read(text).events] == [(type_, cameo)]


def test_an_order_to_people_stays_a_request(read: Code) -> None:
    (event,) = read("The sheriff ordered residents to leave the building.").events
    assert event.type == "REQUEST"
