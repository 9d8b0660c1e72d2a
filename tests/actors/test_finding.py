"""Actors of short pages: what they are coded as, and which mentions are theirs. Sentences are invented."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tacitus.actors import Knowledge, find_actors
from tacitus.records import Actor, Article

if TYPE_CHECKING:
    from tacitus.language import LanguageModel


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return Knowledge.load()


def actors_of(
    text: str, *, model: LanguageModel, knowledge: Knowledge, published: str | None = None
) -> tuple[Actor, ...]:
    (parse,) = model.parse([text])
    return find_actors(Article(id="t", text=text, published=published), parse, knowledge=knowledge)


def words(actor: Actor, text: str) -> list[str]:
    return [mention.span.of(text) for mention in actor.mentions]


def actor_named(actors: tuple[Actor, ...], mention: str, text: str) -> Actor:
    return next(actor for actor in actors if mention in words(actor, text))


@pytest.mark.parametrize(
    ("text", "mention", "code", "sectors"),
    [
        ("The Kenyan army shelled the camp.", "The Kenyan army", "KENMIL", ("MIL",)),
        ("A Zambian opposition lawmaker was arrested.", "A Zambian opposition lawmaker", "ZMBOPP", ("OPP", "LEG")),
        ("The former defence minister criticised the plan.", "The former defence minister", "ELI", ("ELI",)),
        ("Unidentified gunmen attacked a bus.", "Unidentified gunmen", "UAF", ("UAF",)),
        ("Dozens of villagers fled the fighting.", "Dozens of villagers", "CVL", ("CVL",)),
        ("The army shelled the camp.", "The army", "MIL", ("MIL",)),
        ("Rwandan-backed rebels took the road.", "Rwandan-backed rebels", "REB", ("REB",)),
        ("The president of France met the bishops.", "The president of France", "FRAGOV", ("GOV",)),
        ("Uruguay's foreign ministry rejected the claim.", "Uruguay's foreign ministry", "URYGOV", ("GOV",)),
        ("The Peruvian police commander resigned.", "The Peruvian police commander", "PERCOP", ("COP",)),
        ("The NATO spokesman denied it.", "The NATO spokesman", "IGOMIL", ("MIL",)),
        ("Sunni militants attacked a convoy.", "Sunni militants", "UAF", ("UAF", "REL", "SOC")),
        ("Communist guerrillas attacked a convoy.", "Communist guerrillas", "REB", ("REB", "PTY")),
        ("South Korean workers went on strike.", "South Korean workers", "KORLAB", ("LAB",)),
    ],
)
def test_composition(
    text: str, mention: str, code: str, sectors: tuple[str, ...], model: LanguageModel, knowledge: Knowledge
) -> None:
    actor = actor_named(actors_of(text, model=model, knowledge=knowledge), mention, text)
    assert (actor.code, actor.sectors) == (code, sectors)


@pytest.mark.parametrize(
    ("text", "on", "code", "mentions"),
    [
        ("Amir Dar, a Libyan militia commander, said he would fight.", None, "LBYPRM", ["Amir Dar", "he"]),
        (
            "President Kennedy spoke for an hour. Kennedy said he was ready.",
            "1962-10-22",
            "USAGOV",
            ["President Kennedy", "Kennedy", "he"],
        ),
        (
            "Angela Merkel visited the port. Merkel praised its workers.",
            "2016-05-01",
            "DEUGOV",
            ["Angela Merkel", "Merkel"],
        ),
        ("Angela Merkel gave a speech.", "2023-05-01", "DEUELI", ["Angela Merkel"]),
        ("Amir Ben Dar, a Libyan militia commander, spoke. Ben Dar left.", None, "LBYPRM", ["Amir Ben Dar", "Ben Dar"]),
        ("Ana Ruiz, a nun from Peru, spoke.", None, "PERREL", ["Ana Ruiz", "a nun"]),
        ("Ana Ruiz, a spokeswoman for the Peruvian police, spoke.", None, "PERCOP", ["Ana Ruiz"]),
        ("Emmanuel Macron spoke. The president left.", "2022-05-01", "FRAGOV", ["Emmanuel Macron", "The president"]),
        (
            "Taliban fighters took the road. The movement denied it.",
            None,
            "AFGGOV",
            ["Taliban fighters", "The movement"],
        ),
        ("Hamas fighters fired rockets. Hamas denied it.", None, "PSEREB", ["Hamas fighters", "Hamas"]),
    ],
)
def test_people_and_groups(
    text: str, on: str | None, code: str, mentions: list[str], model: LanguageModel, knowledge: Knowledge
) -> None:
    actor = actor_named(actors_of(text, model=model, knowledge=knowledge, published=on), mentions[0], text)
    assert actor.code == code
    assert set(mentions) <= set(words(actor, text))


@pytest.mark.parametrize(
    ("text", "capital", "acts"),
    [
        ("Moscow rejected the offer.", "Moscow", True),
        ("The ministers met in Moscow.", "Moscow", False),
        ("The talks with Damascus failed.", "Damascus", True),
        ("Troops marched to Damascus.", "Damascus", False),
    ],
)
def test_a_capital_acts_or_is_a_place(
    text: str, capital: str, acts: bool, model: LanguageModel, knowledge: Knowledge
) -> None:
    found = [actor for actor in actors_of(text, model=model, knowledge=knowledge) if capital in words(actor, text)]
    assert bool(found) == acts
    assert all(actor.sectors == ("GOV",) for actor in found)


def test_an_office_that_two_may_hold_is_nobodys(model: LanguageModel, knowledge: Knowledge) -> None:
    text = "Emmanuel Macron met Joe Biden. The president left."
    actors = actors_of(text, model=model, knowledge=knowledge, published="2022-05-01")
    assert words(actor_named(actors, "The president", text), text) == ["The president"]


def test_the_country_is_the_subject_before(model: LanguageModel, knowledge: Knowledge) -> None:
    text = "Peru closed the border with Chile. The country cited security."
    actors = actors_of(text, model=model, knowledge=knowledge)
    assert actor_named(actors, "The country", text).country == "PER"


def test_members_of_a_list_are_apart(model: LanguageModel, knowledge: Knowledge) -> None:
    text = "Peru and Chile signed the treaty."
    assert [actor.code for actor in actors_of(text, model=model, knowledge=knowledge)] == ["PER", "CHL"]


def test_people_of_one_surname_are_apart(model: LanguageModel, knowledge: Knowledge) -> None:
    text = "Maria Otieno met Peter Otieno in the hall."
    assert len({actor.id for actor in actors_of(text, model=model, knowledge=knowledge) if actor.kind == "person"}) == 2


def test_ids_follow_the_text(model: LanguageModel, knowledge: Knowledge) -> None:
    text = "Peru thanked Chile. Chile praised Bolivia."
    assert [(actor.id, actor.country) for actor in actors_of(text, model=model, knowledge=knowledge)] == [
        ("a1", "PER"), ("a2", "CHL"), ("a3", "BOL"),
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["", "   ", "?", "\n\n", "He.", "的的的", "It is raining."])
def test_pages_without_actors(text: str, model: LanguageModel, knowledge: Knowledge) -> None:
    assert all(actor.country is None for actor in actors_of(text, model=model, knowledge=knowledge))


SYMMETRIC = [
    "{0} shelled {1}.",
    "The {2} army attacked {3} villagers near the border.",
    "{2} soldiers and {3} rebels clashed, and {0} accused {1} of breaking the truce.",
    "The {2} government said {3} militants had crossed the river.",
]
COUNTRIES = [
    ("Israel", "Israeli"),
    ("Iran", "Iranian"),
    ("Ukraine", "Ukrainian"),
    ("Russia", "Russian"),
    ("Kenya", "Kenyan"),
    ("Syria", "Syrian"),
]


@pytest.mark.parametrize("pattern", SYMMETRIC)
@pytest.mark.parametrize(("one", "two"), [(COUNTRIES[n], COUNTRIES[n + 1]) for n in range(0, len(COUNTRIES), 2)])
def test_exchanging_the_parties_exchanges_the_coding(
    pattern: str, one: tuple[str, str], two: tuple[str, str], model: LanguageModel, knowledge: Knowledge
) -> None:
    codes = []
    for first, second in ((one, two), (two, one)):
        text = pattern.format(first[0], second[0], first[1], second[1])
        swap = {knowledge.resolve(first[0]): "A", knowledge.resolve(second[0]): "B"}
        countries = {knowledge.code(entity, on=None).country: letter for entity, letter in swap.items() if entity}
        found = actors_of(text, model=model, knowledge=knowledge)
        codes.append(
            [(actor.kind, countries.get(actor.country), actor.sectors, len(actor.mentions)) for actor in found]
        )
    assert codes[0] == codes[1]
    assert {row[1] for row in codes[0]} == {"A", "B"}
