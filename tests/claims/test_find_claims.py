"""Who said what, end to end on small texts: the shipped language model, lexicon and weights."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from tacitus.claims import ClaimLexicon, find_claims
from tacitus.language import LanguageModel
from tacitus.records import Actor, Article, Claim, Mention


@pytest.fixture(scope="session")
def lexicon() -> ClaimLexicon:
    return ClaimLexicon.load()


@dataclass(frozen=True)
class Coder:
    model: LanguageModel
    lexicon: ClaimLexicon

    def claims(self, text: str, actors: tuple[Actor, ...] = ()) -> tuple[Claim, ...]:
        (parse,) = self.model.parse([text])
        return find_claims(Article(id="t", text=text), parse, actors, lexicon=self.lexicon)


@pytest.fixture(scope="session")
def coder(model: LanguageModel, lexicon: ClaimLexicon) -> Coder:
    return Coder(model, lexicon)


def words_of(text: str, claim: Claim) -> str:
    return " … ".join(span.of(text) for span in claim.content)


# text, speaker, cue, words the content holds, words it does not hold, kind
CLAIMS = [
    (
        "The foreign minister said that the border would stay closed.",
        "The foreign minister",
        "said",
        "that the border would stay closed",
        "minister",
        "indirect",
    ),
    (
        "“The bridge will stay open,” General Haddad said on Monday.",
        "General Haddad",
        "said",
        "“The bridge will stay open,”",
        "Haddad",
        "direct",
    ),
    (
        "President Amara Okafor said the talks were “a waste of time” for both sides.",
        "President Amara Okafor",
        "said",
        "“a waste of time”",
        "Okafor",
        "mixed",
    ),
    (
        "According to the Red Cross, the hospital has no water.",
        "the Red Cross",
        "According to",
        "the hospital has no water",
        "Red Cross",
        "indirect",
    ),
    (
        "The army accused the rebels of hiding weapons in schools.",
        "The army",
        "accused",
        "of hiding weapons in schools",
        "army",
        "indirect",
    ),
    (
        "The government plans to close the camp in May.",
        "The government",
        "plans",
        "to close the camp in May",
        "government",
        "indirect",
    ),
    (
        "The spokesman denied that soldiers had fired on the crowd.",
        "The spokesman",
        "denied",
        "that soldiers had fired on the crowd",
        "spokesman",
        "indirect",
    ),
    (
        "The rebels threatened to blow up the dam.",
        "The rebels",
        "threatened",
        "to blow up the dam",
        "rebels",
        "indirect",
    ),
    (
        "“We will not leave,” said Fatima Noor, a teacher in the town.",
        "Fatima Noor",
        "said",
        "“We will not leave,”",
        "teacher",
        "direct",
    ),
]


@pytest.mark.parametrize(("text", "speaker", "cue", "content", "outside", "kind"), CLAIMS)
def test_claim(coder: Coder, text: str, speaker: str, cue: str, content: str, outside: str, kind: str) -> None:
    (claim,) = coder.claims(text)
    assert claim.speaker_span is not None
    assert claim.speaker_span.of(text).startswith(speaker)
    assert claim.cue is not None
    assert cue in claim.cue.of(text)
    assert content in words_of(text, claim)
    assert outside not in words_of(text, claim)
    assert claim.kind == kind


def test_interrupted_quote_is_one_claim(coder: Coder) -> None:
    text = "“The road is open,” Colonel Mensah said. “It will stay open as long as I command here.”"
    (claim,) = coder.claims(text)
    assert [span.of(text) for span in claim.content] == [
        "“The road is open,”",
        "“It will stay open as long as I command here.”",
    ]
    assert claim.kind == "direct"


def test_quote_of_several_sentences_is_taken_whole(coder: Coder) -> None:
    text = "“The siege is over. The people are free. We thank the guard,” Mayor Lindqvist said."
    (claim,) = coder.claims(text)
    assert words_of(text, claim) == "“The siege is over. The people are free. We thank the guard,”"


def test_speech_goes_on_in_the_next_paragraph(coder: Coder) -> None:
    text = (
        "“The first convoy left at dawn and has reached the river,” Captain Rossi said.\n\n"
        "“The second one is waiting for the fog to lift.”\n\nThe town was quiet on Tuesday."
    )
    claims = coder.claims(text)
    assert words_of(text, claims[0]).endswith("“The second one is waiting for the fog to lift.”")


def test_colon_attributes_a_quotation(coder: Coder) -> None:
    text = "Minister Haddad: “We have asked for more time and for more observers.”"
    (claim,) = coder.claims(text)
    assert claim.speaker_span is not None
    assert claim.speaker_span.of(text) == "Minister Haddad"
    assert words_of(text, claim) == "“We have asked for more time and for more observers.”"


def test_dash_and_name_attribute_a_pull_quote(coder: Coder) -> None:
    text = "The town was quiet.\n\n“Nobody here wants to see another winter of war.” — Olena Kravets"
    claims = coder.claims(text)
    assert claims[-1].speaker_span is not None
    assert claims[-1].speaker_span.of(text) == "Olena Kravets"


def test_hearsay_has_no_speaker(coder: Coder) -> None:
    text = "It is said that the general has left the country."
    for claim in coder.claims(text):
        assert claim.speaker is None
        assert claim.speaker_span is None or claim.speaker_span.of(text) == "It"


@pytest.mark.parametrize(
    "text",
    [
        "The army attacked the town on Sunday.",
        "Missiles hit the harbour and the market.",
        "Police fired tear gas at the crowd.",
        "The company built a bridge over the river.",
        "Rain fell on the hills.",
    ],
)
def test_deeds_are_no_claims(coder: Coder, text: str) -> None:
    assert coder.claims(text) == ()


def test_pronoun_resolves_to_the_actor(coder: Coder) -> None:
    text = "Prime Minister Sato arrived late. He said that the treaty was dead."
    actor = Actor(
        id="a1",
        name="Sato",
        kind="person",
        mentions=(Mention(start=0, end=19, kind="name"), Mention(start=34, end=36, kind="pronoun")),
    )
    other = Actor(id="a2", name="treaty", mentions=(Mention(start=47, end=57, kind="nominal"),))
    (claim,) = coder.claims(text, (other, actor))
    assert claim.speaker == "a1"


def test_exchanging_the_parties_exchanges_nothing_else(coder: Coder) -> None:
    text = "Kenya accused Uganda of arming the rebels, and Uganda denied that it had sent weapons."
    swapped = text.replace("Kenya", "#").replace("Uganda", "Kenya").replace("#", "Uganda")

    def shape(text: str) -> list[tuple[str | None, str]]:
        claims = coder.claims(text)
        return [(claim.cue and claim.cue.of(text), claim.kind) for claim in claims]

    assert shape(text) == shape(swapped)


def test_claims_are_numbered_in_text_order_and_lie_in_the_text(coder: Coder) -> None:
    text = "Officials said the road was closed. The mayor wants to reopen it. “Soon,” he said, “it will be open again.”"
    claims = coder.claims(text)
    assert [claim.id for claim in claims] == [f"c{number}" for number in range(1, len(claims) + 1)]
    starts = [min([claim.content[0].start, *([claim.cue.start] if claim.cue else [])]) for claim in claims]
    assert starts == sorted(starts)
    for claim in claims:
        for span in claim.content:
            assert 0 <= span.start < span.end <= len(text)


@pytest.mark.parametrize("text", ["", "\n\n", "“", "“”", '"' * 50, ": “", "“x” —", "said", "“Go,” said", "said: “"])
def test_scraps_are_no_trouble(coder: Coder, text: str) -> None:
    for claim in coder.claims(text):
        assert claim.content
