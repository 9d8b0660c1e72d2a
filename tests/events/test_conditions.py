"""What tells the senses of a word apart, and what a measure, an omission or an accident comes to. Sentences of our own."""

from __future__ import annotations

import pytest

from tests.events.conftest import Code


@pytest.mark.parametrize(
    ("text", "type_", "cameo"),
    [
        ("A curfew was imposed in the capital.", "COERCE", "1723"),
        ("Martial law was declared.", "COERCE", "1724"),
        ("A state of emergency was declared in three provinces.", "COERCE", "1724"),
        ("Emergency rule was lifted.", "CONCEDE", "0814"),
        ("The ban on rallies was lifted.", "CONCEDE", "0811"),
        ("Sanctions were imposed.", "SANCTION", "163"),
    ],
)
def test_a_measure_needs_nobody(by_lexicon: Code, text: str, type_: str, cameo: str) -> None:
    (event,) = by_lexicon(text).events
    assert (event.type, event.cameo, event.actors, event.recipients) == (type_, cameo, (), ())


@pytest.mark.parametrize("text", ["The siege goes on.", "There was an attack.", "They had talks about a curfew."])
def test_other_events_of_nobody_are_not_told(by_lexicon: Code, text: str) -> None:
    assert not [event for event in by_lexicon(text).events if not event.actors and not event.recipients]


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        ("Ruritania and Zembla exchanged prisoners.", 2),
        ("Ruritania swapped ten prisoners with Zembla.", 2),
        ("Ruritania and Zembla carried out a prisoner exchange.", 2),
    ],
)
def test_prisoners_exchanged_are_a_release(by_lexicon: Code, text: str, parties: int) -> None:
    (event,) = by_lexicon(text).events
    assert (event.type, event.mode, event.cameo, len(event.actors)) == ("RETREAT", "release", "0841", parties)


def test_other_things_exchanged_are_cooperation(by_lexicon: Code) -> None:
    (event,) = by_lexicon("Ruritania and Zembla exchanged territory.").events
    assert event.type == "COOPERATE"


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The police failed to protect the minority.", "negated"),
        ("Police neglected to protect the shopkeepers.", "negated"),
        ("The soldiers made no attempt to save the migrants.", "negated"),
        ("The police did nothing to stop the killings.", "negated"),
        ("The officers failed to intervene.", "negated"),
        ("The police did not fail to protect the minority.", "actual"),
        ("If the police fail to protect the voters, the poll will be a farce.", "hypothetical"),
    ],
)
def test_what_was_not_done_for_others(code: Code, text: str, status: str) -> None:
    assert [(event.type, event.status) for event in code(text).events] == [("AID", status)]


@pytest.mark.parametrize(
    "text",
    [
        "The goalkeeper failed to save the penalty.",
        "The government failed to stop inflation.",
        "Police stood by and did nothing.",
        "Fans looked on as the team trained.",
    ],
)
def test_other_omissions_are_no_events(code: Code, text: str) -> None:
    assert not code(text).events


@pytest.mark.parametrize(
    ("text", "types"),
    [
        ("At least 20 people were killed when their bus overturned near the capital.", []),
        ("Nine people were killed when a storm passed over the island.", []),
        ("Six people were killed after a ferry sank.", []),
        ("Five villagers were killed when soldiers opened fire.", ["ASSAULT"]),
        ("Three soldiers were killed when a bomb exploded under their truck.", ["ASSAULT"]),
        ("Two pilots were killed when rebels shot down their helicopter.", ["ASSAULT"]),
    ],
)
def test_what_befell_things_is_an_accident(code: Code, text: str, types: list[str]) -> None:
    assert [event.type for event in code(text).events] == types


@pytest.mark.parametrize(
    ("text", "types"),
    [
        ("The hosts ambushed their guests 5-0 in Halmar.", []),
        ("Ruritania ambushed the visitors, 24-18.", []),
        ("Ruritania ambushed the rebels 5 times.", ["ASSAULT"]),
        # houses of parliament count votes
        ("The senate rejected the treaty 52-48.", ["REJECT"]),
    ],
)
def test_a_score_tells_of_a_match(code: Code, text: str, types: list[str]) -> None:
    assert [event.type for event in code(text).events] == types


@pytest.mark.parametrize(
    ("text", "types"),
    [
        ("He asked the waiter for the bill.", []),
        ("Guests are advised to leave their keys at the desk.", []),
        ("The envoy asked the rebels for a ceasefire.", ["REQUEST"]),
        # a particle with a phrase of its own is a preposition
        ("Demonstrators marched on the presidential palace.", ["PROTEST"]),
        ("The band marched on through the rain.", []),
        # an owner is not the thing itself
        ("Critics called it a mistake.", []),
        ("Ruritania called its ambassador home from Zembla.", ["SANCTION"]),
        ("The firm called off its sale of a mill.", []),
    ],
)
def test_look_alikes(by_lexicon: Code, text: str, types: list[str]) -> None:
    assert [event.type for event in by_lexicon(text).events] == types
