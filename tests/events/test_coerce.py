"""Detentions, closures, expulsions and threats: what the lexicon alone makes of them, without a model's reading. Sentences of our own."""

from __future__ import annotations

import pytest

from tests.events.conftest import Code


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
def test_deed_and_code(by_lexicon: Code, text: str, type_: str, cameo: str) -> None:
    assert [(event.type, event.cameo) for event in by_lexicon(text).events] == [(type_, cameo)]


def test_an_order_to_people_stays_a_request(by_lexicon: Code) -> None:
    (event,) = by_lexicon("The sheriff ordered residents to leave the building.").events
    assert event.type == "REQUEST"


@pytest.mark.parametrize(
    ("text", "types"),
    [
        # a word of no class stands for people where a name or "who" says so
        ("Police arrested the chronicklist Ana Pires.", ["COERCE"]),
        ("Police arrested seventeen gozaks who tried to enter the shrine.", ["COERCE"]),
        ("Police arrested the gozaks on the roof.", []),
        # a look-alike's noun that hangs on another preposition is not meant
        ("Kenya's president met the king of Jordan under the condition of secrecy.", ["CONSULT"]),
        ("Sudan's president met all the requirements.", []),
    ],
)
def test_people_and_look_alikes(by_lexicon: Code, text: str, types: list[str]) -> None:
    assert [event.type for event in by_lexicon(text).events] == types
