"""Who speaks in "according to ...": the actors room and the claims room together, on the shipped model. Sentences are invented."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tacitus.actors import Knowledge, find_actors
from tacitus.claims import ClaimLexicon, find_claims
from tacitus.language import LanguageModel
from tacitus.records import Article

Spoken = tuple[str | None, str]
"""The name of the speaker, as the text has it first, and the content of the claim."""


@pytest.fixture(scope="module")
def spoken(model: LanguageModel) -> Callable[[str], Spoken]:
    knowledge, lexicon = Knowledge.load(), ClaimLexicon.load()

    def first_claim(text: str) -> Spoken:
        article, (parse,) = Article(id="t", text=text), model.parse([text])
        actors = find_actors(article, parse, knowledge=knowledge)
        claim = find_claims(article, parse, actors, lexicon=lexicon)[0]
        names = {actor.id: actor.mentions[0].span.of(text) for actor in actors}
        return names.get(claim.speaker or ""), " … ".join(span.of(text) for span in claim.content)

    return first_claim


@pytest.mark.parametrize(
    ("source", "speaker"),
    [
        ("Kenya", "Kenya"),
        ("Kenya and Uganda", "Kenya"),
        ("both Kenya and Uganda", "Kenya"),
        ("Nairobi", "Nairobi"),
        ("the United States", "the United States"),
        ("him", "him"),
        ("the ministry", "the ministry"),
        ("figures from the ministry", "the ministry"),
        ("figures released by the ministry", "the ministry"),
        ("leading figures in the party", "leading figures"),
        ("several figures in the party", "several figures"),
        ("figures published on Sunday", None),
        ("a letter to the Security Council from Kenya's ambassador", "Kenya's ambassador"),
        ("a letter to the Security Council", None),
        ("a report on the army by Amnesty International", "Amnesty International"),
        ("a report on the army", None),
        ("a statement sent to Reuters by the ministry", "the ministry"),
        ("a complaint against the police", None),
        ("a statement on the ministry's website", "the ministry"),
        ("a report on state television", "state television"),
        ("an aide to the president", "an aide"),
        ("the envoy to Uganda", "the envoy"),
    ],
)
def test_who_speaks(spoken: Callable[[str], Spoken], source: str, speaker: str | None) -> None:
    assert spoken(f"According to {source}, the talks failed.") == (speaker, "the talks failed")


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("According to the governor, Ivan Bilyk, 12 people drowned.", "12 people drowned"),
        ("According to Ivan Bilyk, the governor of Tavria, 12 people drowned.", "12 people drowned"),
        (
            "According to the hospital, three men, two women and a child drowned.",
            "three men, two women and a child drowned",
        ),
        ("According to the mayor, houses, shops and a school burned.", "houses, shops and a school burned"),
        (
            "According to Kenya, Uganda, which it accuses of theft, armed the rebels.",
            "Uganda, which it accuses of theft, armed the rebels",
        ),
        ("According to police, residents, who had fled, returned.", "residents, who had fled, returned"),
        ("The bridge, according to Uganda, was mined.", "The bridge … was mined"),
    ],
)
def test_the_source_ends_where_the_clause_begins(spoken: Callable[[str], Spoken], text: str, content: str) -> None:
    assert spoken(text)[1] == content


def test_exchanged_parties_exchange_the_speaker(spoken: Callable[[str], Spoken]) -> None:
    first = spoken("According to Kenya, Uganda armed the rebels.")
    second = spoken("According to Uganda, Kenya armed the rebels.")
    assert (first, second) == (("Kenya", "Uganda armed the rebels"), ("Uganda", "Kenya armed the rebels"))


def test_a_city_that_is_only_a_place_is_no_speaker(spoken: Callable[[str], Spoken]) -> None:
    assert spoken("According to plans drawn up in Nairobi, troops will leave.")[0] is None


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The general, who said that he would leave, was seen on Monday.", "The general"),
        ("The women who told reporters that they had been beaten left the camp.", "The women"),
        ("Kenya, which says it wants peace, sent troops.", "Kenya"),
        ("The soldiers burned the village, which residents said was empty.", "residents"),
        ("The mayor, who was seen as an ally of those who said that the vote was void, fled.", None),
    ],
)
def test_a_relative_pronoun_speaks_for_its_noun(
    spoken: Callable[[str], Spoken], text: str, speaker: str | None
) -> None:
    assert spoken(text)[0] == speaker
