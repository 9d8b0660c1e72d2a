"""The store: what goes in comes out, batches are whole or absent, other files are refused by name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import pytest

from tacitus.errors import StoreError
from tacitus.records import (
    Actor,
    Claim,
    Event,
    EventDate,
    Failure,
    Mention,
    Participant,
    Place,
    Quantity,
    Record,
    Span,
    TimeValue,
)
from tacitus.store import Query, Store, open_store
from tacitus.store.database import digest

TEXT = "Kenyan rebels killed at least 12 soldiers in Lamu on Monday, the Ugandan army said. “We mourn them,” it added."


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


def party(actor: str, words: str) -> Participant:
    return Participant(actor=actor, start=span(words).start, end=span(words).end)


def actor(id_: str, words: str, code: str) -> Actor:
    mention = Mention(start=span(words).start, end=span(words).end, kind="nominal")
    return Actor(
        id=id_, name=words, kind="group", country=code[:3], sectors=(code[3:],), code=code, mentions=(mention,)
    )


def record(id_: str = "d1", published: str | None = "2024-05-08") -> Record:
    event = Event(
        id="e1",
        type="ASSAULT",
        contexts=("military",),
        actors=(party("a1", "Kenyan rebels"),),
        recipients=(party("a2", "soldiers"),),
        trigger=span("killed"),
        sentence=0,
        claim="c1",
        date=EventDate(from_="2024-05-06", to="2024-05-06", basis="text"),
        place=0,
        dead=Quantity(low=12, high=None, span=span("at least 12")),
        score=-9.0,
        quad=4,
        cameo="190",
        goldstein=-10.0,
        confidence=0.7,
        because=("verb 'killed'",),
    )
    return Record(
        id=id_,
        title="Twelve die in Lamu",
        published=published,
        text=TEXT,
        sentences=(Span(0, TEXT.index("“") - 1), Span(TEXT.index("“"), len(TEXT))),
        actors=(
            actor("a1", "Kenyan rebels", "KENREB"),
            actor("a2", "soldiers", "KENMIL"),
            actor("a3", "the Ugandan army", "UGAMIL"),
        ),
        events=(event,),
        claims=(
            Claim(
                id="c1",
                speaker="a3",
                speaker_span=span("the Ugandan army"),
                cue=span("said"),
                content=(Span(0, span(", the Ugandan").start),),
                kind="indirect",
                sentence=0,
            ),
        ),
        places=(
            Place(start=span("Lamu").start, end=span("Lamu").end, name="Lamu", lat=-2.27, lon=40.9, country="KEN"),
        ),
        times=(
            TimeValue(
                start=span("Monday").start, end=span("Monday").end, kind="DATE", from_="2024-05-06", to="2024-05-06"
            ),
        ),
        model={"program": "test"},
    )


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(tmp_path / "world.duckdb")


def add(store: Store, *records: Record) -> None:
    store.add(records, run=store.start_run(program="test", sources=["pages/"]))


def test_a_record_comes_back_whole(store: Store) -> None:
    add(store, record(), Record(id="bad", error=Failure(kind="binary", message="photo.jpg: not text")))
    assert list(store.records()) == [
        record(),
        Record(id="bad", error=Failure(kind="binary", message="photo.jpg: not text")),
    ]
    assert store.record("d1") == record() and store.record("nobody") is None


def test_coding_a_document_again_replaces_it(store: Store) -> None:
    add(store, record())
    add(store, replace(record(), events=()))
    assert store.events() == [] and len(list(store.records())) == 1


def test_an_event_row_is_joined_with_its_page_parties_and_speaker(store: Store) -> None:
    add(store, record())
    (event,) = store.events()
    assert (event.type, event.trigger_text, event.dead_low, event.dead_high) == ("ASSAULT", "killed", 12, None)
    assert event.sentence_text.startswith("Kenyan rebels killed")
    assert (event.day_from, event.day_basis, event.place) == (date(2024, 5, 6), "text", "Lamu")
    assert [(p.code, p.text) for p in event.actors + event.recipients] == [
        ("KENREB", "Kenyan rebels"),
        ("KENMIL", "soldiers"),
    ]
    assert event.speaker is not None and event.speaker.code == "UGAMIL"


def test_a_claim_row_has_the_pages_own_words(store: Store) -> None:
    add(store, record())
    (claim,) = store.claims()
    assert claim.content_texts == ("Kenyan rebels killed at least 12 soldiers in Lamu on Monday",)
    assert (claim.cue_text, claim.speaker_text, claim.events) == ("said", "the Ugandan army", ("e1",))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (Query(actor="KEN"), 1),
        (Query(actor="ken"), 1),
        (Query(actor="UGA"), 0),
        (Query(actor="KENREB", with_="KENMIL"), 1),
        (Query(actor="KENREB", with_="KENREB"), 0),
        (Query(actor="soldiers"), 1),
        (Query(with_="soldiers"), 1),
        (Query(since=date(2024, 5, 6), until=date(2024, 5, 6)), 1),
        (Query(since=date(2024, 5, 7)), 0),
        (Query(until=date(2024, 5, 5)), 0),
        (Query(actor="' OR 1=1 --"), 0),
    ],
)
def test_queries(store: Store, query: Query, found: int) -> None:
    add(store, record())
    assert len(store.events(query)) == found


def test_known_compares_the_content(store: Store) -> None:
    add(store, record())
    same = digest(text=TEXT, title="Twelve die in Lamu", published="2024-05-08")
    other = digest(text=TEXT + " More.", title="Twelve die in Lamu", published="2024-05-08")
    assert store.known({"d1": same, "d2": same}) == {"d1"}
    assert store.known({"d1": other}) == set()


@pytest.mark.parametrize("text", ["a\x00b", "lone \ud800 surrogate", "\U0001f600 𝔘nicode", ""])
def test_hostile_text_keeps_its_length(store: Store, text: str) -> None:
    add(store, Record(id="d", text=text))
    back = store.record("d")
    assert back is not None and len(back.text) == len(text)


def test_a_batch_is_whole_or_absent(store: Store) -> None:
    broken = replace(record("d2"), flags=(object(),))  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        add(store, record("d1"), broken)
    assert list(store.records()) == []


def test_other_files_are_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "notes.duckdb").write_text("these are my notes, long enough to be no database at all " * 100)
    with pytest.raises(StoreError, match=r"notes\.duckdb"):
        open_store(tmp_path / "notes.duckdb")
    with duckdb.connect(str(tmp_path / "other.duckdb")) as other:
        other.execute("CREATE TABLE sales (amount INTEGER)")
    with pytest.raises(StoreError, match="not one of Tacitus"):
        open_store(tmp_path / "other.duckdb")
    with pytest.raises(StoreError, match="tacitus code"):
        open_store(tmp_path / "none.duckdb", read_only=True)
