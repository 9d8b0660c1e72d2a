"""The output record: its names, its round trip, and what is left out."""

from __future__ import annotations

import json

from tacitus.records import (
    Actor,
    Claim,
    Event,
    EventDate,
    Failure,
    Mention,
    Participant,
    Quantity,
    Record,
    Span,
    TimeValue,
)

TEXT = "Rebels killed at least 12 soldiers on Monday, the army said."


def full_record() -> Record:
    rebels = Actor(
        id="a1",
        name="Rebels",
        kind="group",
        sectors=("REB",),
        code="REB",
        mentions=(Mention(start=0, end=6, kind="nominal"),),
    )
    event = Event(
        id="e1",
        type="ASSAULT",
        actors=(Participant(actor="a1", start=0, end=6),),
        trigger=Span(7, 13),
        sentence=0,
        claim="c1",
        date=EventDate(from_="2024-05-06", to="2024-05-06", basis="text"),
        dead=Quantity(low=12, high=None, span=Span(14, 25)),
        because=("verb kill",),
    )
    claim = Claim(
        id="c1", cue=Span(55, 59), speaker_span=Span(46, 54), content=(Span(0, 44),), kind="indirect", sentence=0
    )
    monday = TimeValue(start=38, end=44, kind="DATE", value="2024-05-06", from_="2024-05-06", to="2024-05-06")
    return Record(
        id="d1",
        text=TEXT,
        sentences=(Span(0, 60),),
        actors=(rebels,),
        events=(event,),
        claims=(claim,),
        times=(monday,),
    )


def test_a_record_survives_json() -> None:
    record = full_record()
    assert Record.from_dict(json.loads(json.dumps(record.to_dict()))) == record


def test_output_names_are_those_of_the_contract() -> None:
    plain = full_record().to_dict()
    assert plain["times"][0]["from"] == "2024-05-06"
    assert plain["events"][0]["date"] == {"from": "2024-05-06", "to": "2024-05-06", "basis": "text"}
    assert plain["events"][0]["dead"] == {"low": 12, "high": None, "span": {"start": 14, "end": 25}}
    assert plain["claims"][0]["content"] == [{"start": 0, "end": 44}]
    assert "error" not in plain


def test_a_failure_is_named() -> None:
    plain = Record(id="d2", error=Failure(kind="binary", message="photo.jpg: not a text file")).to_dict()
    assert plain["error"] == {"kind": "binary", "message": "photo.jpg: not a text file"}
    assert plain["events"] == [] and plain["title"] is None
