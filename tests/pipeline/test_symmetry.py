"""Sine ira et studio: exchange the names of two parties, and the coding is exchanged with them and nothing else."""

from __future__ import annotations

import re
from itertools import combinations

import pytest

from tacitus.pipeline import Coder
from tacitus.records import Event, Participant, Record

PARTIES = ("Russia", "Ukraine", "Israel", "Iran", "China", "India")
SENTENCES = (
    "{a} attacked {b} on Monday.",
    "{a} condemned {b} over the raid.",
    "Troops from {a} shelled a village in {b}.",
    "{a} rejected a proposal by {b}.",
    "{a} and {b} signed a trade agreement.",
    "{b} was accused by {a} of breaking the truce.",
    "Officials in {a} said {b} had withdrawn its forces.",
    "{a} has not attacked {b}.",
)


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder()


def shape(record: Record, names: dict[str, str]) -> list[tuple[object, ...]]:
    """The events with each party's name made a slot, so that codings of exchanged sentences can be compared."""
    return [_shape(event, record, names) for event in record.events]


def _shape(event: Event, record: Record, names: dict[str, str]) -> tuple[object, ...]:
    def words(part: Participant) -> str:
        return re.sub("|".join(names), lambda match: names[match.group()], part.span.of(record.text))

    actors, recipients = tuple(map(words, event.actors)), tuple(map(words, event.recipients))
    return (
        event.type,
        event.mode,
        event.status,
        event.claim,
        event.score,
        event.cameo,
        event.contexts,
        actors,
        recipients,
    )


@pytest.mark.parametrize("sentence", SENTENCES)
def test_exchanged_parties_exchange_the_coding(coder: Coder, sentence: str) -> None:
    pairs = [pair for one, other in combinations(PARTIES, 2) for pair in ((one, other), (other, one))]
    shapes = {
        pair: shape(
            coder.code(sentence.format(a=pair[0], b=pair[1]), published="2024-05-08"), {pair[0]: "A", pair[1]: "B"}
        )
        for pair in pairs
    }
    first = shapes[pairs[0]]
    assert first, "the sentence has an event"
    assert [pair for pair, other in shapes.items() if other != first] == []
