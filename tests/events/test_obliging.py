"""Demands told by "must" and "should", and orders that are the act itself. Sentences of our own."""

from __future__ import annotations

import pytest

from tacitus.actors import Knowledge, find_actors
from tacitus.claims import ClaimLexicon, find_claims
from tacitus.events import Coding, EventLexicon, find_events
from tacitus.language import LanguageModel
from tacitus.records import Article
from tests.events.conftest import Code


@pytest.fixture(scope="module")
def said(model: LanguageModel, lexicon: EventLexicon) -> Code:
    """As `code`, with the claims found."""
    knowledge, cues = Knowledge.load(), ClaimLexicon.load()

    def coded(text: str) -> Coding:
        article = Article(id="test", text=text)
        (parse,) = model.parse([text])
        actors = find_actors(article, parse, knowledge=knowledge)
        claims = find_claims(article, parse, actors, lexicon=cues)
        return find_events(article, parse, actors=actors, claims=claims, places=(), times=(), lexicon=lexicon)

    return coded


@pytest.mark.parametrize(
    ("text", "mode", "cameo", "actor", "recipient"),
    [
        ("The minister said the rebels must disarm.", "yield", "1056", "The minister", "the rebels"),
        ("Ghana said Togo must stop shelling the border villages.", "yield", "1056", "Ghana", "Togo"),
        ("Togo said Ghana must stop shelling the border villages.", "yield", "1056", "Togo", "Ghana"),
        ("Peru said Chile should release the fishermen.", "yield", "0253", "Peru", "Chile"),
    ],
)
def test_what_another_must_do_is_the_speakers_demand(
    said: Code, text: str, mode: str, cameo: str, actor: str, recipient: str
) -> None:
    (event,) = said(text).events
    assert (event.type, event.mode, event.cameo, event.status) == ("REQUEST", mode, cameo, "actual")
    assert [part.span.of(text) for part in event.actors] == [actor]
    assert [part.span.of(text) for part in event.recipients] == [recipient]
    assert event.claim is None


@pytest.mark.parametrize(
    "text",
    [
        "The rebels must release the hostages.",  # nobody says so
        "Ghana said it must release the fishermen.",  # of oneself
        "Ghana said Togo should not release the fishermen.",
        "Ghana said Togo must have shelled the border villages.",  # a guess
    ],
)
def test_no_demand(said: Code, text: str) -> None:
    assert "REQUEST" not in {event.type for event in said(text).events if event.status == "actual"}


@pytest.mark.parametrize(
    ("text", "type_", "cameo"),
    [
        ("The judge ordered nine former ministers jailed on Monday.", "COERCE", "173"),
        ("The president ordered the army to release the hostages.", "REQUEST", "1053"),
        ("The president ordered troops to the border with Chad.", "MOBILIZE", "154"),
    ],
)
def test_an_order(code: Code, text: str, type_: str, cameo: str) -> None:
    (event,) = code(text).events
    assert (event.type, event.cameo) == (type_, cameo)


@pytest.mark.parametrize(
    ("text", "type_", "cameo"),
    [
        ("India and Pakistan agreed to a ceasefire on Friday.", "CONCEDE", "0356"),
        ("Peru and Chile have agreed a landmark trade deal.", "AGREE", "057"),
        ("Greece asked Norway for peacekeepers.", "REQUEST", "0234"),
        ("Gabon demanded the release of two sailors.", "REQUEST", "1053"),
        ("Mali's junta promised a referendum.", "AGREE", "0344"),
        ("Sudan offered talks to the rebels.", "AGREE", "036"),
    ],
)
def test_what_is_asked_or_promised_gives_the_code(code: Code, text: str, type_: str, cameo: str) -> None:
    (event,) = code(text).events
    assert (event.type, event.cameo) == (type_, cameo)
