"""The model's event heads as probabilities, from outputs written by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tacitus.events.reading import Reading, type_names
from tacitus.language.document import Sentence, Token
from tacitus.ontology import STATUSES, load_ontology
from tests.events.heads import ROLE, SURE, Told, handmade

TEXT = "Rebels shelled Zenda and met envoys ."


def plain(text: str = TEXT) -> Sentence:
    """Words without a tree: nothing here reads one."""
    tokens, start = [], 0
    for index, form in enumerate(text.split()):
        tokens.append(Token(index, start, start + len(form), form, form.lower(), "X", index - 1, "dep", {}))
        start += len(form) + 1
    return Sentence(0, 0, len(text), tokens)


def reading(*told: Told, text: str = TEXT) -> Reading:
    bare = plain(text)
    return Reading(Sentence(0, 0, bare.end, bare.tokens, heads=handmade(bare, *told)))


def token(form: str) -> Token:
    return next(token for token in plain().tokens if token.text == form)


SHELLED = Told("shelled", {"ASSAULT": 0.7, "THREATEN": 0.2}, actors=["Rebels"], recipients=["Zenda"])
MET = Told("met", {"CONSULT": 0.5}, actors=["Rebels", "envoys"])


def test_a_parse_from_elsewhere_has_no_reading() -> None:
    assert not Reading(plain()).is_known
    assert reading().is_known


def test_types_are_in_the_order_of_the_ontology() -> None:
    assert type_names() == tuple(load_ontology().types) and len(type_names()) == 16
    assert STATUSES == ("actual", "negated", "future", "hypothetical", "habitual", "historical")


@pytest.mark.parametrize(
    ("words", "type_", "expected"),
    [
        (["shelled"], "ASSAULT", 0.7),
        (["shelled"], "THREATEN", 0.2),
        (["shelled"], "AID", 0.0),
        (["met"], "CONSULT", 0.5),
        (["Rebels"], "ASSAULT", 0.0),
        # of the words of one pattern the highest counts
        (["Rebels", "shelled", "met"], "ASSAULT", 0.7),
        (["met", "shelled"], "CONSULT", 0.5),
    ],
)
def test_probability(words: list[str], type_: str, expected: float) -> None:
    found = reading(SHELLED, MET).probability([token(form) for form in words], type_)
    assert found == pytest.approx(expected, abs=1e-5)


@pytest.mark.parametrize(
    ("words", "trigger", "type_", "probability", "event"),
    [
        (["shelled"], "shelled", "ASSAULT", 0.7, 0.9),
        (["met", "envoys"], "met", "CONSULT", 0.5, 0.5),
        (["met", "shelled"], "shelled", "ASSAULT", 0.7, 0.95),
    ],
)
def test_the_word_most_like_a_trigger(
    words: list[str], trigger: str, type_: str, probability: float, event: float
) -> None:
    sight = reading(SHELLED, MET).seen([token(form) for form in words])
    assert (sight.token.text, sight.type) == (trigger, type_)
    assert (sight.probability, sight.event) == pytest.approx((probability, event), abs=1e-5)


def test_an_event_of_a_doubtful_type_counts_before_a_type_that_is_none() -> None:
    doubtful = Told("shelled", {"ASSAULT": 0.3, "THREATEN": 0.3, "COERCE": 0.3})
    sight = reading(doubtful, Told("met", {"CONSULT": 0.6})).seen([token("met"), token("shelled")])
    assert sight.token.text == "shelled" and sight.event == pytest.approx(0.96, abs=1e-5)  # that one of the two is


@pytest.mark.parametrize(
    ("cut", "expected"), [(0.95, []), (0.85, ["shelled"]), (0.6, ["shelled"]), (0.4, ["shelled", "met"])]
)
def test_triggers(cut: float, expected: list[str]) -> None:
    assert [sight.token.text for sight in reading(MET, SHELLED).triggers(cut)] == expected


@pytest.mark.parametrize("status", STATUSES)
def test_status(status: str) -> None:
    other = "actual" if status != "actual" else "future"
    found = reading(Told("shelled", {"ASSAULT": SURE}, status={status: 0.8, other: 0.2}))
    name, likely = found.status(token("shelled"))
    assert name == status and likely == pytest.approx(0.8, abs=1e-4)


@pytest.mark.parametrize(
    ("told", "trigger", "cut", "expected"),
    [
        (SHELLED, "shelled", 0.5, [("Rebels", "actor"), ("Zenda", "recipient")]),
        (MET, "met", 0.5, [("Rebels", "actor"), ("envoys", "actor")]),
        (SHELLED, "met", 0.6, []),  # of the other trigger nothing was said
        (Told("shelled", {"ASSAULT": SURE}, ["Rebels"], party=0.55), "shelled", 0.5, [("Rebels", "actor")]),
        (Told("shelled", {"ASSAULT": SURE}, ["Rebels"], party=0.55), "shelled", 0.6, []),
    ],
)
def test_roles(told: Told, trigger: str, cut: float, expected: list[tuple[str, str]]) -> None:
    found = reading(told).roles(token(trigger), cut)
    assert [(role.token.text, "actor" if role.actor > role.recipient else "recipient") for role in found] == expected
    assert all(max(role.actor, role.recipient) == pytest.approx(told.party, abs=1e-3) for role in found)


VECTORS = arrays(np.float32, (3, 2 * (ROLE + 1)), elements=st.floats(-1, 1, width=32))


@settings(deadline=None, max_examples=25)
@given(triggers=VECTORS, words=VECTORS)
def test_a_role_reads_its_own_half_of_the_vectors(
    triggers: np.ndarray[tuple[int, int], np.dtype[np.float32]],
    words: np.ndarray[tuple[int, int], np.dtype[np.float32]],
) -> None:
    bare = plain("Chad bombed Mali")
    heads = handmade(bare) | {"role_trigger": triggers, "role_word": words}
    found = Reading(Sentence(0, 0, bare.end, bare.tokens, heads=heads)).roles(bare.tokens[1], 0.0)
    for place, role in enumerate(found):
        odds = [
            float(triggers[1, half].astype(float) @ words[place, half].astype(float))
            for half in (slice(0, ROLE + 1), slice(ROLE + 1, None))
        ]
        expected = [1 / (1 + np.exp(-odd)) for odd in odds]
        assert (role.actor, role.recipient) == pytest.approx(expected, abs=1e-4)


@pytest.mark.parametrize(("odds", "likely"), [(-500.0, 0.0), (500.0, 1.0), (0.0, 0.5)])
def test_odds_may_be_as_long_as_they_like(odds: float, likely: float) -> None:
    bare = plain("Chad bombed Mali")
    heads = handmade(bare)
    heads["role_trigger"][1, [ROLE, -1]] = odds
    heads["role_trigger"][1, :ROLE] = 0
    found = Reading(Sentence(0, 0, bare.end, bare.tokens, heads=heads)).roles(bare.tokens[1], 0.0)
    assert [(role.actor, role.recipient) for role in found] == [(likely, likely)] * 3
