"""Who did what to whom, as the shipped model and lexicon see it. Sentences of our own."""

from __future__ import annotations

import pytest

from tacitus.records import Event
from tests.events.conftest import Code


def words(text: str, event: Event, side: str) -> list[str]:
    return [part.span.of(text) for part in getattr(event, side)]


def bare(phrases: list[str]) -> list[str]:
    return [phrase.removeprefix("the ").removeprefix("The ") for phrase in phrases]


@pytest.mark.parametrize(
    ("text", "type_", "mode", "actors", "recipients"),
    [
        # active, passive, reduced relative, relative
        ("The army shelled the town of Halmar.", "ASSAULT", "heavy-weapons", ["army"], ["town"]),
        ("The harbour was bombed by Ruritanian jets.", "ASSAULT", "aerial", ["Ruritanian jets"], ["harbour"]),
        ("Police arrested two students in Lagos.", "COERCE", "arrest", ["Police"], ["two students"]),
        ("Two students were detained by police.", "COERCE", "arrest", ["police"], ["Two students"]),
        # event nouns
        ("Chad denounced the bombardment of Adre by Sudan.", "ASSAULT", "heavy-weapons", ["Sudan"], ["Adre"]),
        ("Rebels launched a rocket attack on the airport.", "ASSAULT", "heavy-weapons", ["Rebels"], ["airport"]),
        ("Kenya imposed sanctions on Eritrea.", "SANCTION", "discontinue", ["Kenya"], ["Eritrea"]),
        # reciprocal: everybody acts
        ("Peru and Ecuador held talks in Lima.", "CONSULT", None, ["Peru", "Ecuador"], []),
        ("Egypt signed a trade agreement with Jordan.", "SUPPORT", None, ["Egypt", "Jordan"], []),
        ("Soldiers clashed with guerrillas near the border.", "ASSAULT", None, ["Soldiers", "guerrillas"], []),
        # one type beats a type with a status
        ("Turkey threatened to bomb Greece.", "THREATEN", "violence", ["Turkey"], ["Greece"]),
        ("Japan promised to send food aid to Laos.", "AGREE", None, ["Japan"], ["Laos"]),
        ("Mali refused to release the hostages.", "REJECT", "yield", ["Mali"], ["hostages"]),
        ("Ghana will send relief supplies to Togo.", "AGREE", None, ["Ghana"], ["Togo"]),
        # what is asked decides the mode
        ("Bolivia urged Chile to withdraw its troops.", "REQUEST", "yield", ["Bolivia"], ["Chile"]),
        ("Canada called for an immediate ceasefire.", "REQUEST", "yield", ["Canada"], []),
        ("Nepal asked India for help.", "REQUEST", "assist", ["Nepal"], ["India"]),
        # ... and what is to be ended or avoided is given way in
        ("Turkey called on Syria to end the shelling of the town.", "REQUEST", "yield", ["Turkey"], ["Syria"]),
        ("Tonga promised to avoid a war with Samoa.", "CONCEDE", None, ["Tonga"], ["Samoa"]),
        ("Sudan refused to stop the bombardment of Juba.", "REJECT", "yield", ["Sudan"], ["Juba"]),
        # the rest of the types
        ("Sweden criticized Belarus.", "ACCUSE", "disapprove", ["Sweden"], ["Belarus"]),
        ("Niger accused Benin of attacking its border posts.", "ACCUSE", "allege", ["Niger"], ["Benin"]),
        ("Britain expelled three Syrian diplomats.", "SANCTION", "expel", ["Britain"], ["three Syrian diplomats"]),
        ("Norway donated 3 million dollars to Malawi.", "AID", None, ["Norway"], ["Malawi"]),
        ("The rebels released the hostages.", "RETREAT", "release", ["rebels"], ["hostages"]),
        ("The governor apologized to the miners.", "CONCEDE", None, ["governor"], ["miners"]),
        (
            "Thousands of farmers marched against the government.",
            "PROTEST",
            "demo",
            ["Thousands of farmers"],
            ["government"],
        ),
        ("Algeria deployed tanks along the border.", "MOBILIZE", "weapons", ["Algeria"], ["border"]),
        ("The two countries held joint exercises.", "COOPERATE", None, ["two countries"], []),
        # what is handed over to one another takes no part
        ("Ghana and Togo exchanged prisoners on Friday.", "RETREAT", "release", ["Ghana", "Togo"], []),
    ],
)
def test_one_event(
    code: Code, text: str, type_: str, mode: str | None, actors: list[str], recipients: list[str]
) -> None:
    found = [event for event in code(text).events if event.type == type_]
    assert len(found) == 1, code(text)
    (event,) = found
    assert event.mode == mode
    assert bare(words(text, event, "actors")) == actors
    assert bare(words(text, event, "recipients")) == recipients


@pytest.mark.parametrize(
    "text",
    [
        "The two firms struck a deal.",
        "The film bombed at the box office.",
        "The bank fights inflation.",
        "He declined to comment.",
        "The museum charges a fee.",
        "The doctor treats heart attacks.",
        "The company released its annual report.",
        "She visited the website.",
        "The weather was fine on Sunday.",
    ],
)
def test_look_alikes_are_no_events(code: Code, text: str) -> None:
    assert [event.type for event in code(text).events] == []


@pytest.mark.parametrize(
    ("text", "types"),
    [
        ("The army shelled the town, killing 12 people.", ["ASSAULT"]),
        ("Gunmen carried out an attack that killed 12 people.", ["ASSAULT"]),
        ("Peru launched an investigation into the police.", ["ACCUSE"]),
        ("Sudan threatened to attack Chad.", ["THREATEN"]),
    ],
)
def test_one_event_is_told_once(code: Code, text: str, types: list[str]) -> None:
    assert [event.type for event in code(text).events] == types


def test_coordinated_parties_are_separate_participants(code: Code) -> None:
    text = "France, Italy and Spain condemned Syria and Iran."
    (event,) = code(text).events
    assert words(text, event, "actors") == ["France", "Italy", "Spain"]
    assert words(text, event, "recipients") == ["Syria", "Iran"]


def test_a_participant_without_a_mention_becomes_an_actor_of_no_country(code: Code) -> None:
    text = "The army shelled the village."
    coding = code(text)
    (event,) = coding.events
    (village,) = [actor for actor in coding.actors if actor.id == event.recipients[0].actor]
    assert village.name == "the village" and village.country is None


WHY = [
    (
        "The army shelled the town.",
        [
            "ASSAULT/heavy-weapons: the verb 'shelled' ('shell' in the lexicon)",
            "actor 'The army': subject of 'shelled'",
            "recipient 'the town': object of 'shelled'",
            "status actual: nothing negates, conditions or shifts 'shelled'",
            "context military: 'army'",
        ],
    ),
    (
        "The town was shelled by rebels.",
        [
            "ASSAULT/heavy-weapons: the verb 'shelled' ('shell' in the lexicon)",
            "actor 'rebels': who does it in the passive 'shelled'",
            "recipient 'The town': whom the passive 'shelled' is said of",
            "status actual: nothing negates, conditions or shifts 'shelled'",
            "context military: 'shelled'",
        ],
    ),
    (
        "Rebels did not attack the convoy.",
        [
            "ASSAULT: the verb 'attack' ('attack' in the lexicon)",
            "actor 'Rebels': subject of 'attack'",
            "recipient 'the convoy': object of 'attack'",
            "status negated: 'not' negates 'attack'",
        ],
    ),
    (
        "The minister was arrested.",
        [
            "COERCE/arrest: the verb 'arrested' ('arrest' in the lexicon)",
            "actor: nobody is named",
            "recipient 'The minister': whom the passive 'arrested' is said of",
            "status actual: nothing negates, conditions or shifts 'arrested'",
        ],
    ),
    (
        "Russia condemned the attack by Ukraine.",
        [
            "ACCUSE/disapprove: the verb 'condemned' ('condemn' in the lexicon)",
            "actor 'Russia': subject of 'condemned'",
            "recipient 'Ukraine': object of 'condemned', by way of 'attack'",
            "status actual: nothing negates, conditions or shifts 'condemned'",
        ],
    ),
    (
        "Russia threatened to attack Ukraine.",
        [
            "THREATEN/violence: the verb 'threatened' ('threaten' in the lexicon), about 'attack' (ASSAULT)",
            "actor 'Russia': subject of 'threatened'",
            "recipient 'Ukraine': recipient of what 'threatened' is about, object of 'attack'",
            "status actual: nothing negates, conditions or shifts 'threatened'",
        ],
    ),
]


@pytest.mark.parametrize(("text", "lines"), WHY, ids=[text for text, _ in WHY])
def test_every_event_says_why(code: Code, text: str, lines: list[str]) -> None:
    assert list(code(text).events[0].because) == lines


def test_a_full_clause_after_a_noun_is_no_passive(code: Code) -> None:
    text = "The spokesman denied reports that the army had bombed the camp."
    lines = [line for event in code(text).events for line in event.because]
    assert "actor 'the army': subject of 'bombed'" in lines and "recipient 'the camp': object of 'bombed'" in lines


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("The bank fought inflation.", "'fight inflation': struggle in a figure of speech"),
        ("The raid was long.", "'raid' could be ASSAULT, but nobody is named who takes part"),
        ("Villagers fled.", "'flee' could be RETREAT/withdraw, but the subject 'Villagers' is not of the kind 'soldierly'"),
        ("Russia threatened to attack Ukraine.", "what 'threatened' is about, and no event beside it"),
        ("Troops shelled the town, killing ten villagers.", "tells of the same event as 'shelled'"),
    ],
)  # fmt: skip
def test_what_is_refused_says_why_in_plain_words(code: Code, text: str, reason: str) -> None:
    assert reason in [told for _, told in code(text).rejected]


def test_what_was_not_coded_says_why(code: Code) -> None:
    text = "He declined to comment."
    assert [(span.of(text), reason.partition(":")[2].strip()) for span, reason in code(text).rejected] == [
        ("declined", "legal or official wording, not the act")
    ]


def test_scores_codes_and_spans_are_whole(code: Code) -> None:
    text = "Rebels attacked a convoy near Goma. Uganda later condemned the attack."
    coding = code(text)
    actors = {actor.id for actor in coding.actors}
    for event in coding.events:
        assert event.score is not None and event.quad in (1, 2, 3, 4) and event.cameo and event.goldstein is not None
        assert 0 < (event.confidence or 0) < 1
        assert {part.actor for part in event.actors + event.recipients} <= actors
        assert event.trigger.of(text).strip()


def test_whose_is_no_part_of_a_party(by_lexicon: Code) -> None:
    text = "The major whose plane was shot down over Chad by rebels was buried on Sunday."
    (event,) = [event for event in by_lexicon(text).events if event.type == "ASSAULT"]
    assert [text[part.start : part.end] for part in event.recipients] == ["plane"], event.because
