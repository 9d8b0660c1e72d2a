"""Parties across the sentence boundary: where the page says who, and null where it does not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.events.conftest import Code

PARTIES = [
    # the author of what is condemned
    ("Israel bombed the depot. Iran condemned the attack.", ["Iran"], ["Israel"]),
    ("Rebels attacked the convoy near Gao. The army condemned the attack.", ["The army"], ["Rebels"]),
    ("Chad shelled the port. The talks went on. Sudan condemned this attack.", ["Sudan"], ["Chad"]),
    ("Chad raided the port. Sudan praised the raid.", ["Sudan"], ["Chad"]),
    # nobody is told, or it cannot be told which is meant
    ("Israel bombed the depot. Iran condemned the visit.", ["Iran"], []),
    ("The depot was bombed. Iran condemned the attack.", ["Iran"], []),
    ("Israel bombed the depot. Egypt shelled the port. Iran condemned the attack.", ["Iran"], []),
    ("Israel did not bomb the depot. Iran condemned the attack.", ["Iran"], []),
    ("Israel bombed the depot. Israel condemned the attack.", ["Israel"], []),
    ("Israel bombed the depot. Iran condemned the attack in Paris.", ["Iran"], []),
    ("Israel bombed the depot. It rained. It snowed. Iran condemned the attack.", ["Iran"], []),
    # an arrest has the one force named near by for its agent
    ("Police raided the market. Twenty traders were arrested.", ["Police"], ["Twenty traders"]),
    ("Twenty traders were arrested, police said.", ["police"], ["Twenty traders"]),
    ("Police and troops raided the market. Twenty traders were arrested.", [], ["Twenty traders"]),
    ("Traders closed the market. Twenty traders were arrested.", [], ["Twenty traders"]),
    ("Police raided the market. It rained. It snowed. Twenty traders were arrested.", ["Police"], ["Twenty traders"]),
    ("Police raided the market. Troops looked on. It rained. It snowed. Ten men were arrested.", [], ["Ten men"]),
    ("A captain made a speech. It rained. It snowed. Twenty traders were arrested.", [], ["Twenty traders"]),
    # an officer speaks for the force
    (
        "Police raided the market, Inspector Ada Okoye said. Twenty traders were arrested.",
        ["Police"],
        ["Twenty traders"],
    ),
    # so has an arrest of which nobody tells who was taken, and tear gas
    ("Police raided the market. Two arrests were made.", ["Police"], []),
    ("Police raided the market. Those arrested include a baker.", ["Police"], []),
    ("A constable was arrested.", [], ["A constable"]),
    ("Police raided the market. Customs officers arrested twenty traders.", ["Customs officers"], ["twenty traders"]),
    # who did what is told again by a noun with an article alone
    ("Gunmen attacked the market. Two students were killed in the attack.", ["Gunmen"], ["Two students"]),
    ("Soldiers shelled the town. Two students were killed in the raid.", [], ["Two students"]),
    ("Gunmen attacked the market. Two students were killed in an attack.", [], ["Two students"]),
    ("Gunmen attacked the port. Pirates attacked the pier. Two men were killed in the attack.", [], ["Two men"]),
    # those who are freed are those who were taken
    ("Police arrested four students. They were freed.", [], ["four students"]),
    ("Soldiers detained the farmers. They were released.", [], ["the farmers"]),
]


@pytest.mark.parametrize(("text", "actors", "recipients"), PARTIES, ids=[text for text, _, _ in PARTIES])
def test_parties_of_the_last_event(code: Code, text: str, actors: list[str], recipients: list[str]) -> None:
    coding = code(text)
    event = next(event for event in coding.events if event.sentence == text.count(".") - 1)
    names = {actor.id: [mention.span.of(text) for mention in actor.mentions] for actor in coding.actors}
    for wanted, side in ((actors, event.actors), (recipients, event.recipients)):
        assert len(wanted) == len(side), event.because
        assert all(any(word in names[part.actor] for part in side) for word in wanted), event.because


def test_it_says_which_event_is_recalled(code: Code) -> None:
    event = code("Israel bombed the depot. Iran condemned the attack.").events[-1]
    assert "recipient 'Israel': who did what 'attack' recalls ('bombed' before)" in event.because


def test_it_says_why_the_police_are_the_agent(code: Code) -> None:
    event = code("Police raided the market. Twenty traders were arrested.").events[-1]
    assert "actor 'Police': the only force named before, and the act has no other agent" in event.because


@pytest.mark.parametrize(
    "text",
    [
        "Police raided the market. No arrests were made.",
        "It rained. Two arrests were made.",
        "The government could not arrest the decline of the currency, police said.",
    ],
)
def test_arrests_of_nobody_by_nobody_are_none(code: Code, text: str) -> None:
    assert not [event for event in code(text).events if event.mode == "arrest"]


def test_it_is_symmetric(code: Code) -> None:
    text = "{} bombed the depot. {} condemned the attack."
    for one, two in (("Israel", "Iran"), ("Russia", "Ukraine")):
        there, back = code(text.format(one, two)), code(text.format(two, one))
        assert [len(event.recipients) for event in there.events] == [len(event.recipients) for event in back.events]


FLOORS = [("across.jsonl", 0.5, 0.8), ("across_fresh.jsonl", 0.5, 0.8)]
"""Texts of our own (the second written after the rules were made), the share with both sides right, and the share of parties that are
right among those given. The language model is trained anew now and then: the floors lie well under what was measured."""


@pytest.mark.parametrize(("name", "complete", "precise"), FLOORS)
def test_texts_of_two_and_three_sentences(code: Code, name: str, complete: float, precise: float) -> None:
    golds = [json.loads(line) for line in (Path(__file__).parent / "gold" / name).read_text("utf-8").splitlines()]
    right = given = correct = 0
    for gold in golds:
        coding = code(gold["text"])
        last = max((event.sentence for event in coding.events), default=0)
        event = next((one for one in coding.events if (one.sentence, one.type) == (last, gold["type"])), None)
        if event is None:
            continue
        names = {
            actor.id: {actor.name, *(mention.span.of(gold["text"]) for mention in actor.mentions)}
            for actor in coding.actors
        }
        sides = [(gold["actors"], event.actors), (gold["recipients"], event.recipients)]
        hits = [sum(any(word in names[part.actor] for word in wanted) for part in side) for wanted, side in sides]
        right += all(len(wanted) == len(side) == hit for (wanted, side), hit in zip(sides, hits, strict=True))
        given += sum(len(side) for _, side in sides)
        correct += sum(hits)
    assert len(golds) == 30
    assert right / len(golds) >= complete, right
    assert correct / given >= precise, (correct, given)
