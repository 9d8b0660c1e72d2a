"""Who is what around a word: participles before nouns, causatives, counts without a noun, descriptions of others. Sentences of our own."""

from __future__ import annotations

import pytest

from tacitus.records import Event
from tests.events.conftest import Code


def told(text: str, event: Event) -> tuple[str, list[str], list[str]]:
    """Type, actors and recipients of an event, in the words of the text."""
    sides = ([part.span.of(text) for part in side] for side in (event.actors, event.recipients))
    return event.type, *sides


@pytest.mark.parametrize(
    ("text", "type_", "recipient"),
    [
        ("The kidnapped teachers were seen in a video.", "ASSAULT", "The kidnapped teachers"),
        ("Crowds mourned the slain president.", "ASSAULT", "the slain president"),
        ("Lawyers visited the arrested activists.", "COERCE", "the arrested activists"),
        ("The freed hostages were in tears.", "RETREAT", "The freed hostages"),
        # who describes them is somebody else
        ("Relatives of the jailed bloggers wept.", "COERCE", "the jailed bloggers"),
    ],
)
def test_a_participle_is_said_of_its_noun(by_lexicon: Code, text: str, type_: str, recipient: str) -> None:
    assert (type_, [], [recipient]) in [told(text, event) for event in by_lexicon(text).events]


@pytest.mark.parametrize(
    "text",
    [
        "Police looked for the wanted man.",
        "Settlers live in the occupied territories.",
        "The ship passed the disputed islands.",
        "He gave a reserved answer.",
        "The retired general grows roses.",
        # no past participle
        "The striking miners went home.",
    ],
)
def test_adjectives_are_no_deeds(code: Code, text: str) -> None:
    assert not [event for event in code(text).events if event.type in ("ASSAULT", "COERCE", "REQUEST")]


def test_who_has_it_done_acts(by_lexicon: Code) -> None:
    text = "The president had the general arrested."
    assert [told(text, event) for event in by_lexicon(text).events] == [("COERCE", ["The president"], ["the general"])]


def test_a_perfect_passive_has_no_causer(by_lexicon: Code) -> None:
    text = "The general had been arrested."
    assert [told(text, event) for event in by_lexicon(text).events] == [("COERCE", [], ["The general"])]


@pytest.mark.parametrize(
    ("text", "actors", "recipients"),
    [
        ("Thousands marched on the parliament.", ["Thousands"], ["the parliament"]),
        ("Police arrested dozens.", ["Police"], ["dozens"]),
        ("Dozens were arrested in the capital.", [], ["Dozens"]),
    ],
)
def test_a_bare_count_takes_part(code: Code, text: str, actors: list[str], recipients: list[str]) -> None:
    (event,) = code(text).events
    assert told(text, event)[1:] == (actors, recipients)


@pytest.mark.parametrize("text", ["Thousands of barrels were seized.", "The sale raised millions."])
def test_a_count_of_things_does_not(by_lexicon: Code, text: str) -> None:
    assert not any(told(text, event)[2] for event in by_lexicon(text).events)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rebels forced villagers to flee.", ("SANCTION", ["Rebels"], ["villagers"])),
        ("Guards forced prisoners to dig graves.", ("COERCE", ["Guards"], ["prisoners"])),
        ("Soldiers compelled the drivers to turn back.", ("COERCE", ["Soldiers"], ["the drivers"])),
        ("Police helped residents leave the village.", ("AID", ["Police"], ["residents"])),
        ("Police stopped protesters from reaching the square.", ("COERCE", ["Police"], ["protesters"])),
        ("Police prevented lawyers from meeting the detainees.", ("COERCE", ["Police"], ["lawyers"])),
        # the words of a pattern may stand in a gerund
        ("The junta prevented reporters from covering the trial.", ("COERCE", ["The junta"], ["reporters"])),
        ("The king permitted the party to hold a rally.", ("CONCEDE", ["The king"], ["the party"])),
    ],
)
def test_who_makes_others_do_something(by_lexicon: Code, text: str, expected: tuple[str, list[str], list[str]]) -> None:
    assert expected in [told(text, event) for event in by_lexicon(text).events]


def test_what_stands_after_a_gerund_is_its_object(by_lexicon: Code) -> None:
    text = "Police prevented lawyers from meeting the detainees."
    (meeting,) = [event for event in by_lexicon(text).events if event.type == "CONSULT"]
    assert (told(text, meeting), meeting.status) == (("CONSULT", ["lawyers", "the detainees"], []), "negated")


@pytest.mark.parametrize(
    "text",
    [
        "Rain forced organisers to cancel the match.",
        "Visitors forced the champions to defend.",
        "Injury kept the captain from playing.",
        "The minister was forced to withdraw the remark.",
        "Thousands were forced to flee.",
    ],
)
def test_what_only_brings_it_about_does_not(by_lexicon: Code, text: str) -> None:
    assert not by_lexicon(text).events
