"""Nothing without its words; a claim is not a fact; bad input is named and the run goes on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tacitus.ontology import STATUSES, load_ontology
from tacitus.pipeline import Coder
from tacitus.records import Record
from tacitus.settings import Settings

PAGE = (
    "NAIROBI, Kenya — Gunmen killed at least 12 soldiers near Lamu on Monday, Kenyan officials said. “We will not negotiate,” "
    "President William Ruto said in a statement. He accused Uganda of arming the rebels.\n\nUganda's foreign minister denied it and "
    "called for talks. Thousands of protesters marched in Mombasa; police arrested 40 of them."
)
HOSTILE = st.lists(
    st.one_of(
        st.sampled_from(
            [
                *PAGE.split(" "),
                "“",
                "”",
                "\n\n",
                "\x00",
                "\ud800",
                "said",
                "that",
                "not",
                "(",
                "…",
                "'s",
                "12,000",
                "May",
            ]
        ),
        st.text(max_size=8),
    ),
    max_size=60,
).map(" ".join)


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder()


def spans(plain: Any) -> Iterator[dict[str, int]]:
    """Every span anywhere in a record."""
    if isinstance(plain, dict):
        if isinstance(plain.get("start"), int):
            yield plain
        for value in plain.values():
            yield from spans(value)
    elif isinstance(plain, list):
        for value in plain:
            yield from spans(value)


def check(record: Record) -> None:
    """What must hold for every record whatever the page."""
    plain = record.to_dict()
    assert all(0 <= span["start"] < span["end"] <= len(record.text) for span in spans(plain)), (
        "every span points into the text"
    )
    actors, claims = {actor.id for actor in record.actors}, {claim.id for claim in record.claims}
    assert len(actors) == len(record.actors) and all(actor.mentions for actor in record.actors)
    ontology = load_ontology()
    for event in record.events:
        ontology.check(event.type, event.mode, where=event.id)
        assert event.status in STATUSES and set(event.contexts) <= ontology.contexts
        assert {part.actor for part in event.actors + event.recipients} <= actors
        assert event.claim is None or event.claim in claims
        assert event.place is None or 0 <= event.place < len(record.places)
        assert record.sentences[event.sentence].contains(event.trigger) and event.because
        assert event.confidence is not None and 0 <= event.confidence <= 1
    for claim in record.claims:
        assert claim.speaker is None or claim.speaker in actors
        assert claim.embedded_in is None or claim.embedded_in in claims
    json.dumps(plain)


def test_a_whole_page(coder: Coder) -> None:
    record = coder.code(PAGE, published="2024-05-08")
    check(record)
    assert {event.type for event in record.events} >= {"ASSAULT", "ACCUSE", "PROTEST", "COERCE"}
    (killed,) = [event for event in record.events if event.trigger.of(record.text) == "killed"]
    assert killed.claim is not None, "officials say so, the page does not"
    assert killed.dead is not None and (killed.dead.low, killed.dead.high) == (12, None)
    assert killed.date is not None and killed.date.from_ == "2024-05-06"


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(text=HOSTILE, published=st.sampled_from([None, "2024-05-08", "not a date"]))
def test_hostile_pages(coder: Coder, text: str, published: str | None) -> None:
    record = coder.code(text, published=published)
    assert record.error is None and record.text == text
    check(record)


def test_the_same_page_gives_the_same_record_alone_and_in_company(coder: Coder) -> None:
    documents = [{"id": "a", "text": PAGE}, {"id": "b", "text": "Rain fell."}, {"id": "c", "text": PAGE * 3}]
    alone = [next(coder.stream([document])) for document in documents]
    assert list(coder.stream(documents)) == alone


def test_without_a_date_nothing_is_anchored_on_today(coder: Coder) -> None:
    record = coder.code(PAGE)
    assert all(time.from_ is None for time in record.times if time.span.of(record.text) == "Monday")
    assert "undated" in record.flags


def test_events_left_out_as_less_sure_are_counted() -> None:
    strict = Coder(Settings(min_confidence=1.0))
    record = strict.code("The army shelled the town.", published="2024-05-08")
    assert (record.events, [flag for flag in record.flags if flag.startswith("below-")]) == ((), ["below-confidence:1"])
