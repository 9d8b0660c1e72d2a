"""Exchange two parties' names, and the coding is exchanged with them and nothing else."""

from __future__ import annotations

from itertools import combinations

import pytest

from tests.events.conftest import Code

SENTENCES = [
    "{a} attacked {b} on Monday.",
    "{b} was attacked by {a}.",
    "{a} imposed sanctions on {b}.",
    "{a} accused {b} of violating the truce.",
    "{a} threatened to invade {b}.",
    "{a} urged {b} to withdraw its troops.",
    "{a} sent humanitarian aid to {b}.",
    "{a} released two soldiers of {b}.",
    "{a} condemned the attack by {b}.",
    "{a} refused to hold talks with {b}.",
    "{a} praised {b} for its efforts.",
    "{a} and {b} signed a peace treaty.",
    "{a}'s bombardment of {b} went on for days.",
]
PARTIES = ["Israel", "Iran", "Russia", "Ukraine", "Serbia", "Kosovo"]


def shape(code: Code, text: str, a: str, b: str) -> list[tuple[object, ...]]:
    """The coding with the names of the parties replaced by their places in the sentence."""
    role = {a: "a", b: "b"}
    return [
        (
            event.type,
            event.mode,
            event.cameo,
            event.status,
            event.score,
            event.confidence,
            tuple(role.get(part.span.of(text), "other") for part in event.actors),
            tuple(role.get(part.span.of(text), "other") for part in event.recipients),
        )
        for event in code(text).events
    ]


@pytest.mark.parametrize("sentence", SENTENCES)
def test_names_do_not_decide(code: Code, sentence: str) -> None:
    for one, two in combinations(PARTIES[:4], 2):
        there = shape(code, sentence.format(a=one, b=two), one, two)
        back = shape(code, sentence.format(a=two, b=one), two, one)
        assert there == back and there, sentence.format(a=one, b=two)
