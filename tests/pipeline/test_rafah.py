"""A whole stripped page, from the crude scraper's text to the record: what must be found and what must not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tacitus.ingest import read_sources
from tacitus.pipeline import Coder
from tacitus.records import Actor, Claim, Event, Record

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def record(shared: Path) -> Record:
    (article,) = read_sources([str(shared / "samples" / "rafah-page.txt")])
    return Coder().code_articles([article])[0]


def actor_of(record: Record, code: str, name: str = "") -> Actor:
    (found,) = [actor for actor in record.actors if actor.code == code and name in actor.name]
    return found


def codes(record: Record, event: Event, side: str) -> list[str | None]:
    actors = {actor.id: actor for actor in record.actors}
    return [actors[part.actor].code for part in getattr(event, side)]


def names(record: Record, event: Event, side: str) -> list[str]:
    actors = {actor.id: actor for actor in record.actors}
    return [actors[part.actor].name for part in getattr(event, side)]


def of_type(record: Record, type_: str, status: str = "actual") -> list[Event]:
    return [event for event in record.events if event.type == type_ and event.status == status]


def content(record: Record, claim: Claim) -> str:
    return " ".join(span.of(record.text) for span in claim.content)


def test_title_and_paragraphs_and_nothing_else(record: Record) -> None:
    assert record.title == "Netanyahu stands firm on Rafah offensive despite U.S. tensions"
    paragraphs = record.text.split("\n\n")
    assert len(paragraphs) == 7
    assert paragraphs[0].startswith("Israeli Prime Minister") and paragraphs[-1].endswith("further bloodshed.")
    assert "Skip to content" not in record.text and "»" not in record.text
    assert {"undated", "no-byline"} <= set(record.flags)


def test_netanyahu_is_one_actor_with_his_pronouns(record: Record) -> None:
    netanyahu = actor_of(record, "ISRGOV", "Netanyahu")
    words = [mention.span.of(record.text) for mention in netanyahu.mentions]
    assert sum("Netanyahu" in word for word in words) == 4
    assert {"his", "he", "He"} <= set(words)


def test_the_direct_quote_is_his(record: Record) -> None:
    (quote,) = [claim for claim in record.claims if claim.kind == "direct"]
    assert (
        content(record, quote)
        == "“Israel will continue to defend itself and its citizens from terrorist threats, no matter the cost.”"
    )
    assert quote.speaker == actor_of(record, "ISRGOV", "Netanyahu").id


def test_the_military_assaults_hamas_at_rafah(record: Record) -> None:
    assaults = [
        event
        for event in of_type(record, "ASSAULT")
        if "ISRMIL" in codes(record, event, "actors") and event.claim is None
    ]
    assert any("Hamas" in name for event in assaults for name in names(record, event, "recipients"))
    assert any(
        event.place is not None and record.places[event.place].span.of(record.text) == "Rafah" for event in assaults
    )


def test_hamas_militants_assault_civilians(record: Record) -> None:
    (event,) = [
        event
        for event in of_type(record, "ASSAULT")
        if "ISRCVL" in codes(record, event, "recipients") and event.claim is None
    ]
    assert ["Hamas" in name for name in names(record, event, "actors")] == [True]


def test_the_united_states_condemns_and_asks_for_a_ceasefire(record: Record) -> None:
    assert any(codes(record, event, "actors")[:1] in (["USA"], ["USAGOV"]) for event in of_type(record, "ACCUSE"))
    (request,) = of_type(record, "REQUEST")
    assert codes(record, request, "actors")[:1] in (["USA"], ["USAGOV"]) and request.mode == "yield"


def test_the_government_accuses_hamas_and_what_it_alleges_stays_a_claim(record: Record) -> None:
    (accusation,) = [event for event in of_type(record, "ACCUSE") if event.mode == "allege"]
    assert "ISRGOV" in codes(record, accusation, "actors") and "Hamas" in names(record, accusation, "recipients")[0]
    alleged = next(claim for claim in record.claims if "human shields" in content(record, claim))
    inside = [
        event for event in record.events if "shields" in record.text[event.trigger.start : event.trigger.end + 30]
    ]
    assert all(event.claim == alleged.id for event in inside if event.id != accusation.id)


def test_american_aid_is_habitual(record: Record) -> None:
    (aid,) = [event for event in record.events if event.type == "AID"]
    assert aid.status == "habitual"
    assert codes(record, aid, "actors")[0] in ("USA", "USAGOV") and codes(record, aid, "recipients")[0] in (
        "ISR",
        "ISRGOV",
    )


def test_what_did_not_happen_is_not_coded_as_actual(record: Record) -> None:
    assert of_type(record, "RETREAT") == [] and of_type(record, "CONCEDE") == [], (
        "no signs of backing down; whether a ceasefire can be reached"
    )
    assert of_type(record, "AGREE") == []
    assert [
        event.id
        for event in record.events
        if "IRN" in codes(record, event, "actors") + codes(record, event, "recipients")
    ] == []
