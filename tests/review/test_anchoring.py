"""After recoding, a verdict finds its event again by words, type and parties, or is listed as lost."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tacitus.records import Event, Mention, Participant, Record, Span
from tacitus.review import review_record
from tests.review.conftest import TEXT, event_of, rejection, verdict

LEAD = "Oslo, May 8. "


def shifted(record: Record, by: str) -> Record:
    """The same coding of the page with words before it."""
    n = len(by)

    def moved(item):  # type: ignore[no-untyped-def]
        return replace(item, start=item.start + n, end=item.end + n)

    def event(old: Event) -> Event:
        return replace(
            old,
            trigger=Span(old.trigger.start + n, old.trigger.end + n),
            actors=tuple(moved(part) for part in old.actors),
            recipients=tuple(moved(part) for part in old.recipients),
        )

    actors = tuple(replace(a, mentions=tuple(moved(m) for m in a.mentions)) for a in record.actors)
    return replace(
        record,
        text=by + record.text,
        sentences=tuple(Span(s.start + n, s.end + n) for s in record.sentences),
        actors=actors,
        places=tuple(moved(place) for place in record.places),
        events=tuple(event(old) for old in record.events),
        claims=(),
    )


def renamed(record: Record) -> Record:
    """Another coding of the same page: other ids, in another order."""
    events = tuple(replace(event, id=f"n{n}") for n, event in enumerate(reversed(record.events)))
    return replace(record, events=events)


@pytest.mark.parametrize(
    "recoded", [renamed, lambda record: shifted(record, LEAD), lambda r: renamed(shifted(r, LEAD))]
)
def test_a_correction_survives_another_coding(coded: Record, recoded) -> None:  # type: ignore[no-untyped-def]
    entries = [
        verdict(coded, "COERCE", type="SANCTION", mode=None),
        rejection(coded, "event", event_of(coded, "ASSAULT")),
    ]
    found = review_record(recoded(coded), entries)
    assert [mark.state for mark in found.marks] == ["applied", "applied"]
    assert sorted(event.type for event in found.record.events) == ["ACCUSE", "SANCTION"]
    sanction = next(event for event in found.record.events if event.type == "SANCTION")
    assert [part.span.of(found.record.text) for part in sanction.actors] == ["Police"]


def test_a_verdict_whose_event_is_found_no_more_is_listed_as_lost(coded: Record) -> None:
    without = replace(coded, events=tuple(event for event in coded.events if event.type != "COERCE"))
    found = review_record(without, [verdict(coded, "COERCE")])
    assert [(mark.state, mark.item, mark.why) for mark in found.marks] == [
        ("lost", None, "the machine finds no such event there any more")
    ]
    assert found.record.events == without.events


def test_a_verdict_whose_words_are_gone_is_listed_as_lost(coded: Record) -> None:
    text = TEXT.replace("arrested two students", "met two students..")
    found = review_record(replace(coded, text=text), [verdict(coded, "COERCE")])
    assert [(mark.state, mark.why) for mark in found.marks] == [("lost", "its sentence is not on the page any more")]


def test_a_verdict_follows_its_event_to_other_words_only_with_type_and_party(coded: Record) -> None:
    old = next(event for event in coded.events if event.type == "COERCE")
    there = TEXT.index("on Tuesday")
    elsewhere = replace(old, id="x", trigger=Span(there, there + 2))
    rest = tuple(event for event in coded.events if event.type != "COERCE")
    entry = verdict(coded, "COERCE", status="negated")
    same = review_record(replace(coded, events=(*rest, elsewhere)), [entry])
    assert [event.status for event in same.record.events if event.id == "x"] == ["negated"]
    for other in (replace(elsewhere, type="SANCTION"), replace(elsewhere, actors=(), recipients=())):
        assert review_record(replace(coded, events=(*rest, other)), [entry]).marks[0].state == "lost"


def test_a_rejection_never_falls_on_the_event_beside_it(coded: Record) -> None:
    """Two readings of one verb, one accepted and one rejected; the next coding has only one of them left."""
    old = next(event for event in coded.events if event.type == "COERCE")
    students = Participant(actor="a6", start=143, end=155)
    twin = replace(old, id="twin", actors=(students,), recipients=())
    both = replace(coded, events=(*coded.events, twin))
    entries = [verdict(both, "COERCE"), rejection(both, "event", "twin")]
    assert [mark.state for mark in review_record(both, entries).marks] == ["applied", "applied"]
    after = review_record(renamed(coded), entries)
    assert [(mark.entry.verdict, mark.state) for mark in after.marks] == [("accepted", "applied"), ("rejected", "lost")]
    assert "COERCE" in {event.type for event in after.record.events}


def test_two_people_under_two_codings_speak_of_one_event(coded: Record) -> None:
    later = renamed(coded)
    entries = [
        verdict(coded, "COERCE", who="ann", at="2024-06-01T00:00:00+00:00"),
        verdict(later, "COERCE", who="bob", at="2024-06-02T00:00:00+00:00", status="negated"),
    ]
    found = review_record(later, entries)
    assert [(mark.entry.who, mark.state, mark.item) for mark in found.marks] == [
        ("ann", "superseded", "n0"),
        ("bob", "applied", "n0"),
    ]


def test_actors_and_places_are_found_again_by_their_words(coded: Record) -> None:
    entries = [rejection(coded, "actor", "a5"), rejection(coded, "place", "1")]
    anew = shifted(coded, LEAD)
    anew = replace(
        anew,
        actors=tuple(
            replace(a, id=a.id.replace("a", "b"), mentions=(*a.mentions, Mention(start=0, end=4, kind="name")))
            for a in anew.actors
        ),
        places=anew.places[1:],
    )
    found = review_record(anew, entries)
    assert {mark.item for mark in found.marks} == {"b5", "0"}
    assert "Odessa" not in {place.name for place in found.record.places}
    assert "b5" not in {actor.id for actor in found.record.actors}
