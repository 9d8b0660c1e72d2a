"""The lexicon's proposals read over by a model whose heads are written by hand: real trees, chosen likelihoods."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest

from tacitus.actors import Knowledge, find_actors
from tacitus.errors import DataError
from tacitus.events import Coding, EventLexicon, find_events
from tacitus.events.cuts import Cuts, ModelRules
from tacitus.language import LanguageModel
from tacitus.ontology import load_ontology
from tacitus.records import Article
from tests.events.heads import SURE, Told, handmade

Coded = list[tuple[str, str | None, list[str], list[str]]]
Read = Callable[..., Coding]
"""Code a text whose one sentence the model reads as told; with `heads=False` the parse comes from elsewhere."""

STORMED = "Chad stormed Sudan."
HEXED = "Chad hexed Sudan."
DENIED = "Sudan was bombed on Monday, and Chad denied involvement."
SURPRISED = "The bombing by Chad surprised Sudan."
TALKS = "Chad and Mali held talks in Lima, and Sudan was pleased."


CUTS = Cuts(
    veto=0.05,
    retype=0.6,
    keeps=0.2,
    add=0.6,
    party=0.5,
    fill=0.6,
    swap=0.1,
    swapped=0.6,
    status=0.8,
    background=0.8,
    stance=0.8,
)
"""Of these tests: the shipped ones are fitted, and move."""


@pytest.fixture(scope="module")
def read(model: LanguageModel, lexicon: EventLexicon) -> Read:
    knowledge = Knowledge.load()
    assert lexicon.model is not None
    lexicon = replace(lexicon, model=replace(lexicon.model, cuts=CUTS))

    def coded(text: str, *told: Told, heads: bool = True) -> Coding:
        (parse,) = model.parse([text])
        (sentence,) = parse.sentences
        parse = replace(parse, sentences=[replace(sentence, heads=handmade(sentence, *told) if heads else {})])
        article = Article(id="test", text=text)
        actors = find_actors(article, parse, knowledge=knowledge)
        return find_events(article, parse, actors=actors, claims=(), places=(), times=(), lexicon=lexicon)

    return coded


def shown(text: str, coding: Coding) -> Coded:
    return [
        (
            event.type,
            event.mode,
            [part.span.of(text) for part in event.actors],
            [part.span.of(text) for part in event.recipients],
        )
        for event in coding.events
    ]


def test_without_heads_the_lexicon_speaks_alone(read: Read) -> None:
    for text, expected in {
        STORMED: [("ASSAULT", None, ["Chad"], ["Sudan"])],
        HEXED: [],
        DENIED: [("ASSAULT", "aerial", [], ["Sudan"])],
        SURPRISED: [("ASSAULT", "explosives", ["Chad"], [])],
        TALKS: [("CONSULT", None, ["Chad", "Mali"], [])],
    }.items():
        coding = read(text, heads=False)
        assert shown(text, coding) == expected
        assert not any("model" in line for event in coding.events for line in event.because)
        assert not any("model" in reason for _, reason in coding.rejected)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (STORMED, Told("stormed", {"ASSAULT": SURE}, ["Chad"], ["Sudan"])),
        (DENIED, Told("bombed", {"ASSAULT": SURE}, [], ["Sudan"])),
        (SURPRISED, Told("bombing", {"ASSAULT": SURE}, ["Chad"])),
        (TALKS, Told("talks", {"CONSULT": SURE}, ["Chad", "Mali"])),
        (HEXED, Told("hexed", {})),
    ],
)
def test_a_model_that_agrees_changes_nothing(read: Read, text: str, told: Told) -> None:
    alone, both = read(text, heads=False), read(text, told)
    assert shown(text, both) == shown(text, alone)
    assert [event.because for event in both.events] == [event.because for event in alone.events]
    assert [event.status for event in both.events] == [event.status for event in alone.events]


# ---------------------------------------------------------------- veto


@pytest.mark.parametrize("event", [0.0, 0.01])
def test_where_the_model_sees_no_event_there_is_none(read: Read, event: float) -> None:
    coding = read(STORMED, Told("stormed", {"ASSAULT": event}, ["Chad"], ["Sudan"]))
    assert coding.events == ()
    assert [(span.of(STORMED), reason) for span, reason in coding.rejected] == [
        ("stormed", f"ASSAULT by the lexicon, but no event as the model reads it ({event:.2f})")
    ]


def test_a_doubtful_event_stays(read: Read) -> None:
    told = Told("stormed", {"ASSAULT": 0.2, "COERCE": 0.1}, ["Chad"], ["Sudan"])
    assert shown(STORMED, read(STORMED, told)) == [("ASSAULT", None, ["Chad"], ["Sudan"])]


def test_one_word_of_the_pattern_is_enough(read: Read) -> None:
    """ "held talks": whether the model marks the verb or the noun, the lexicon's event is seen."""
    for word in ("held", "talks"):
        told = Told(word, {"CONSULT": SURE}, ["Chad", "Mali"])
        assert shown(TALKS, read(TALKS, told)) == [("CONSULT", None, ["Chad", "Mali"], [])]


# ---------------------------------------------------------------- another type


def test_another_type_is_taken_with_its_general_code(read: Read, lexicon: EventLexicon) -> None:
    coding = read(DENIED, Told("bombed", {"ACCUSE": 0.9, "ASSAULT": 0.02}, ["Chad"], ["Sudan"]))
    assert shown(DENIED, coding) == [("ACCUSE", None, ["Chad"], ["Sudan"])]  # the mode was ASSAULT's
    (event,) = coding.events
    assert event.cameo == lexicon.model.cameo["ACCUSE"] and event.quad == 3
    assert event.score == lexicon.ontology.score("ACCUSE", None)
    assert "ACCUSE, not ASSAULT, as the model reads 'bombed' (0.90)" in event.because


@pytest.mark.parametrize(
    "types",
    [
        pytest.param({"COERCE": 0.4, "ASSAULT": 0.1}, id="not likely enough"),
        pytest.param({"COERCE": 0.65, "ASSAULT": 0.3}, id="the lexicon's own type is likely too"),
        pytest.param({"COERCE": 0.1, "ASSAULT": 0.9}, id="less likely"),
    ],
)
def test_the_type_stays(read: Read, types: dict[str, float]) -> None:
    coding = read(STORMED, Told("stormed", types, ["Chad"], ["Sudan"]))
    assert shown(STORMED, coding) == [("ASSAULT", None, ["Chad"], ["Sudan"])]


# ---------------------------------------------------------------- parties


@pytest.mark.parametrize(
    ("text", "told", "expected", "line"),
    [
        pytest.param(
            DENIED,
            Told("bombed", {"ASSAULT": SURE}, ["Chad"], ["Sudan"]),
            ("ASSAULT", "aerial", ["Chad"], ["Sudan"]),
            "actor: as the model reads it",
            id="actor",
        ),
        pytest.param(
            SURPRISED,
            Told("bombing", {"ASSAULT": SURE}, ["Chad"], ["Sudan"]),
            ("ASSAULT", "explosives", ["Chad"], ["Sudan"]),
            "recipient: as the model reads it",
            id="recipient",
        ),
        pytest.param(
            DENIED,
            Told("bombed", {"ASSAULT": SURE}, ["Chad"], ["Sudan"], party=0.3),
            ("ASSAULT", "aerial", [], ["Sudan"]),
            None,
            id="not likely enough",
        ),
        pytest.param(
            DENIED,
            Told("bombed", {"ASSAULT": SURE}, ["Sudan"], ["Sudan"]),
            ("ASSAULT", "aerial", [], ["Sudan"]),
            None,
            id="a party stands on one side",
        ),
        pytest.param(
            TALKS,
            Told("talks", {"CONSULT": SURE}, ["Chad", "Mali"], ["Sudan"]),
            ("CONSULT", None, ["Chad", "Mali"], []),
            None,
            id="a reciprocal event has no other side",
        ),
    ],
)
def test_an_empty_side_is_filled(
    read: Read, text: str, told: Told, expected: tuple[Any, ...], line: str | None
) -> None:
    coding = read(text, told)
    assert shown(text, coding) == [expected]
    lines = [because for because in coding.events[0].because if "as the model reads it" in because]
    assert lines == ([line] if line else [])


@pytest.mark.parametrize(
    ("actors", "recipients", "expected"),
    [
        pytest.param(["Mali"], ["Sudan"], (["Mali"], ["Sudan"]), id="another actor"),
        pytest.param(["Chad"], ["Mali"], (["Chad"], ["Mali"]), id="another recipient"),
        pytest.param(["Chad", "Mali"], ["Sudan"], (["Chad"], ["Sudan"]), id="one actor more is no contradiction"),
        pytest.param([], ["Sudan"], (["Chad"], ["Sudan"]), id="nobody in the place of an unlikely party"),
    ],
)
def test_an_unlikely_party_gives_way(
    read: Read, actors: list[str], recipients: list[str], expected: tuple[list[str], list[str]]
) -> None:
    text = "Chad stormed Sudan, and Mali watched."
    coding = read(text, Told("stormed", {"ASSAULT": SURE}, actors, recipients))
    assert shown(text, coding) == [("ASSAULT", None, *expected)]


# ---------------------------------------------------------------- status


@pytest.mark.parametrize(
    ("text", "status", "expected"),
    [
        (STORMED, {"negated": 0.95, "actual": 0.05}, "negated"),
        (STORMED, {"hypothetical": 0.95, "actual": 0.05}, "hypothetical"),
        (STORMED, {"negated": 0.55, "actual": 0.45}, "actual"),
        ("Chad did not storm Sudan.", {"negated": 0.95, "actual": 0.05}, "negated"),
        ("Chad did not storm Sudan.", {"actual": 0.4, "negated": 0.3, "future": 0.3}, "negated"),
    ],
)
def test_another_status_is_taken_when_it_is_likely(
    read: Read, text: str, status: dict[str, float], expected: str
) -> None:
    verb = "storm" if "not" in text else "stormed"
    (event,) = read(text, Told(verb, {"ASSAULT": SURE}, ["Chad"], ["Sudan"], status)).events
    (alone,) = read(text, heads=False).events
    assert event.status == expected
    assert any(f"{expected} as the model reads it" in line for line in event.because) is (expected != alone.status)


# ---------------------------------------------------------------- events that no entry knows


def test_an_event_is_added(read: Read, lexicon: EventLexicon) -> None:
    coding = read(HEXED, Told("hexed", {"ACCUSE": SURE}, ["Chad"], ["Sudan"]))
    assert shown(HEXED, coding) == [("ACCUSE", None, ["Chad"], ["Sudan"])]
    (event,) = coding.events
    assert (event.id, event.trigger.of(HEXED), event.status) == ("e1", "hexed", "actual")
    assert event.cameo == lexicon.model.cameo["ACCUSE"]
    assert event.because[0] == "ACCUSE: 'hexed' as the model reads it (0.99)"


@pytest.mark.parametrize(
    ("type_", "mode", "cameo"),
    [
        pytest.param("COERCE", "arrest", "173", id="the lexicon has the word in this type"),
        pytest.param("ACCUSE", None, "110", id="in another type it has not"),
    ],
)
def test_an_added_event_has_the_words_own_code(read: Read, type_: str, mode: str | None, cameo: str) -> None:
    text = "Chad arrested lamps."  # a lamp cannot be arrested: the entry's condition fails
    (event,) = read(text, Told("arrested", {type_: SURE}, ["Chad"], [])).events
    assert (event.type, event.mode, event.cameo) == (type_, mode, cameo)
    assert "as the model reads it" in event.because[0]


@pytest.mark.parametrize(
    "told",
    [
        pytest.param(Told("hexed", {"ACCUSE": SURE}), id="nobody takes part"),
        pytest.param(Told("hexed", {"ACCUSE": SURE}, ["Chad"], ["Sudan"], party=0.2), id="parties not likely"),
        pytest.param(Told("hexed", {"ACCUSE": 0.3}, ["Chad"], ["Sudan"]), id="event not likely"),
    ],
)
def test_no_event_is_added(read: Read, told: Told) -> None:
    assert read(HEXED, told).events == ()


def test_one_side_is_enough(read: Read) -> None:
    coding = read(HEXED, Told("hexed", {"PROTEST": SURE}, [], ["Sudan"]))
    assert shown(HEXED, coding) == [("PROTEST", None, [], ["Sudan"])]


def test_an_added_event_is_told_in_the_order_of_the_text(read: Read) -> None:
    text = "Chad stormed Sudan after Mali hexed Peru and before Ghana jinxed Togo."
    coding = read(
        text,
        Told("jinxed", {"REJECT": SURE}, ["Ghana"], ["Togo"]),
        Told("stormed", {"ASSAULT": SURE}, ["Chad"], ["Sudan"]),
        Told("hexed", {"ACCUSE": SURE}, ["Mali"], ["Peru"]),
    )
    assert [(event.id, event.type) for event in coding.events] == [
        ("e1", "ASSAULT"),
        ("e2", "ACCUSE"),
        ("e3", "REJECT"),
    ]
    assert [actors[0] for _, _, actors, _ in shown(text, coding)] == ["Chad", "Mali", "Ghana"]


def test_the_words_of_an_event_are_not_added_again(read: Read) -> None:
    told = [Told(word, {"CONSULT": SURE}, ["Chad", "Mali"]) for word in ("held", "talks")]
    assert shown(TALKS, read(TALKS, *told)) == [("CONSULT", None, ["Chad", "Mali"], [])]


# ---------------------------------------------------------------- symmetry


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param("{a} stormed {b}.", Told("stormed", {"COERCE": 0.01}), id="veto"),
        pytest.param("{a} stormed {b}.", Told("stormed", {"COERCE": SURE}, ["{a}"], ["{b}"]), id="type"),
        pytest.param(
            "{b} was bombed on Monday, and {a} denied involvement.",
            Told("bombed", {"ASSAULT": SURE}, ["{a}"], ["{b}"]),
            id="filled actor",
        ),
        pytest.param(
            "The bombing by {a} surprised {b}.",
            Told("bombing", {"ASSAULT": SURE}, ["{a}"], ["{b}"]),
            id="filled recipient",
        ),
        pytest.param("{a} hexed {b}.", Told("hexed", {"ACCUSE": SURE}, ["{a}"], ["{b}"]), id="added"),
        pytest.param("{b} was hexed by {a}.", Told("hexed", {"ACCUSE": SURE}, ["{a}"], ["{b}"]), id="added, passive"),
        pytest.param("{a} stormed {b}.", Told("stormed", {"ASSAULT": SURE}, ["{b}"], ["{a}"]), id="contradicted"),
    ],
)
def test_names_do_not_decide(read: Read, text: str, told: Told) -> None:
    def coding(a: str, b: str) -> tuple[Any, ...]:
        sides = [[word.format(a=a, b=b) for word in side] for side in (told.actors, told.recipients)]
        filled = text.format(a=a, b=b)
        found = read(filled, replace(told, actors=sides[0], recipients=sides[1]))
        role = {a: "a", b: "b"}
        events = [
            (
                event.type,
                event.mode,
                event.cameo,
                event.status,
                event.confidence,
                tuple(_masked(line, role) for line in event.because),
                [role.get(part.span.of(filled)) for part in event.actors],
                [role.get(part.span.of(filled)) for part in event.recipients],
            )
            for event in found.events
        ]
        return events, [(span.of(filled), _masked(reason, role)) for span, reason in found.rejected]

    for one, two in (("Chad", "Sudan"), ("Israel", "Iran"), ("Peru", "Cuba")):
        assert coding(one, two) == coding(two, one)


# ---------------------------------------------------------------- the shipped cuts


def test_cuts_are_shares_and_every_type_has_a_code_of_its_own() -> None:
    rules, ontology = ModelRules.load(), load_ontology()
    cuts = {field.name: getattr(rules.cuts, field.name) for field in fields(Cuts)}
    assert all(0 < cut < 1 for cut in cuts.values()), cuts
    assert rules.cuts.veto < rules.cuts.add and rules.cuts.keeps < rules.cuts.retype
    assert set(rules.cameo) == set(ontology.types)
    assert {type_: ontology.cameo[code].type for type_, code in rules.cameo.items()} == {t: t for t in ontology.types}


@pytest.mark.parametrize(
    "text", ["[cuts]\nveto = 0.1\n[cameo]\n", "[cameo]\nAID = '070'\n", "[cuts]\nspeed = 1\n[cameo]\n", "cuts"]
)
def test_malformed_cuts_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    path = tmp_path / "model.toml"
    path.write_text(text, encoding="utf-8")
    monkeypatch.setattr("tacitus.events.cuts.data_path", lambda *parts: path)
    with pytest.raises(DataError, match=r"model\.toml"):
        ModelRules.load()


def _masked(line: str, role: Mapping[str, str]) -> str:
    """A line of evidence with the parties' names replaced by their places."""
    for name, place in role.items():
        line = line.replace(f"'{name}'", f"<{place}>")
    return line
