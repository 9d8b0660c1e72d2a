"""Bombs, shells, blows and killings: what the lexicon alone makes of them, without a model's reading. Sentences of our own."""

from __future__ import annotations

import pytest

from tests.events.conftest import Code


@pytest.mark.parametrize(
    ("text", "trigger", "mode", "cameo"),
    [
        # a weapon's noun leaves the event to the verb, and tells its kind
        ("A bomb exploded near the embassy.", "exploded", "explosives", "183"),
        ("A roadside bomb hit an army convoy near Halmar.", "hit", "explosives", "1833"),
        ("Rockets landed on a settlement in Ruritania.", "landed", "heavy-weapons", "194"),
        # who kills, and how, decides the code
        ("Soldiers killed three farmers.", "killed", None, "190"),
        ("Burglars strangled the shopkeeper.", "strangled", None, "1823"),
        ("Rebels massacred the villagers of Halmar.", "massacred", None, "202"),
        # nouns that no class lists are hurt as well
        ("Police killed two devotees.", "killed", None, "180"),
        ("Guerrillas used the villagers as human shields.", "used the villagers as human shields", "abduct", "184"),
        ("Gunmen seized the mayor's daughter at her school.", "seized", "abduct", "181"),
        ("Rebels violated the ceasefire agreement.", "violated the ceasefire agreement", None, "196"),
    ],
)
def test_what_kind_of_assault(by_lexicon: Code, text: str, trigger: str, mode: str | None, cameo: str) -> None:
    (event,) = by_lexicon(text).events
    assert (event.type, event.mode, event.cameo) == ("ASSAULT", mode, cameo)
    assert event.trigger.of(text) == trigger


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Nine people were killed in a bus crash near Halmar.", id="an accident in the phrase"),
        pytest.param("Nine people were killed by a bear.", id="an animal"),
        pytest.param("Ruritania beat Zembla in the final.", id="two names"),
        pytest.param("Sweden will fight for bronze.", id="a medal"),
    ],
)
def test_no_assault(by_lexicon: Code, text: str) -> None:
    assert [event.type for event in by_lexicon(text).events] == []


def test_people_are_beaten_whoever_they_are(by_lexicon: Code) -> None:
    (event,) = by_lexicon("Policemen beat the lawyer Ahmed Khan outside the court.").events
    assert (event.type, event.mode) == ("ASSAULT", "beat")


def test_agentless_seizure_is_no_abduction(by_lexicon: Code) -> None:
    """Who lays hold of somebody makes it an abduction: where nobody is named, that is not known."""
    assert all(event.mode != "abduct" for event in by_lexicon("A lorry was seized on Monday.").events)
