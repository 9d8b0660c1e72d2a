"""Events that people added: they stand with the machine's own, outlive every coding, and are never there twice."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from tacitus.errors import DataError
from tacitus.records import Event, Participant, Record, Span
from tacitus.review import ActorFacts, Entry, EventFacts, Party, added_entry, new_entry, review_record, with_added
from tacitus.review.additions import find_same
from tacitus.review.agreement import Share, by_pair, by_type
from tacitus.review.annotations import annotated
from tacitus.review.entries import coding_of, undo_entry
from tests.review.conftest import TEXT, event_of, rejection, verdict
from tests.review.test_anchoring import LEAD, renamed, shifted


def party(words: str) -> Party:
    start = TEXT.index(words)
    return Party(start=start, end=start + len(words), words=words, who=ActorFacts(name=words), by_hand=True)


TROOPS, PEOPLE = party("Norwegian troops"), party("12 people")
KILLED = EventFacts(type="ASSAULT", status="actual", actors=(TROOPS,), recipients=(PEOPLE,), counted=True)


def add(
    record: Record,
    facts: EventFacts = KILLED,
    *,
    words: str = "killing",
    who: str = "ann",
    at: str = "",
    whole: bool = False,
) -> Entry:
    start = record.text.index(words)
    entry = added_entry(record, trigger=Span(start, start + len(words)), becomes=facts, who=who, whole=whole)
    return replace(entry, at=at) if at else entry


def by_hand(record: Record) -> list[Event]:
    return [event for event in record.events if event.id.startswith("hand-")]


def test_an_added_event_stands_beside_the_machines_and_is_coded_whole(coded: Record) -> None:
    entry = add(coded)
    found = review_record(coded, [entry])
    (event,) = by_hand(found.record)
    assert entry.anchor is not None and event.id == entry.anchor.item
    assert (event.trigger.of(TEXT), event.sentence, event.review, event.confidence) == ("killing", 0, "added", 1.0)
    assert (event.score, event.quad, event.cameo) == (-9.0, 4, "190")
    assert event.because[0] == "the machine did not find it" and event.because[1].startswith("added by hand (ann, ")
    assert event.claim == coded.claims[0].id, "what stands in a statement is the speaker's"
    assert [part.span.of(TEXT) for part in (*event.actors, *event.recipients)] == ["Norwegian troops", "12 people"]
    assert tuple(e for e in found.record.events if e.id != event.id) == coded.events
    assert [(mark.item, mark.state) for mark in found.marks] == [(event.id, "applied")]


@pytest.mark.parametrize("recoded", [lambda r: r, renamed, lambda r: shifted(r, LEAD), lambda r: replace(r, events=())])
def test_it_survives_every_coding_under_its_id(coded: Record, recoded) -> None:  # type: ignore[no-untyped-def]
    entry, anew = add(coded), recoded(coded)
    (event,) = by_hand(review_record(anew, [entry]).record)
    assert (event.id, event.trigger.of(anew.text)) == (entry.anchor and entry.anchor.item, "killing")
    assert [part.span.of(anew.text) for part in event.actors] == ["Norwegian troops"]


def test_without_its_sentence_it_is_listed_as_lost(coded: Record) -> None:
    anew = replace(coded, text=TEXT.replace("killing", "sparing"))
    found = review_record(anew, [add(coded)])
    assert (by_hand(found.record), found.marks[0].state) == ([], "lost")
    assert found.marks[0].why == "its sentence is not on the page any more"


def test_it_is_gone_when_it_is_taken_back(coded: Record) -> None:
    entry = add(coded)
    assert review_record(coded, [entry, undo_entry(entry, who="bob")]).record == coded


def found_by_machine(record: Record, entry: Entry, **changes: object) -> Record:
    """The next coding of the page, in which the machine finds the event too."""
    (event,) = by_hand(review_record(record, [entry]).record)
    anew = replace(event, id="e99", review=None, claim=None, because=("found",), confidence=0.5, **changes)
    return replace(record, events=(*record.events, anew))


@pytest.mark.parametrize(
    ("changes", "review"), [({}, "accepted"), ({"recipients": ()}, "corrected"), ({"status": "future"}, "corrected")]
)
def test_what_the_machine_comes_to_find_is_there_once_and_as_people_said(
    coded: Record, changes: dict[str, object], review: str
) -> None:
    entry = add(coded)
    found = review_record(
        found_by_machine(replace(coded, actors=review_record(coded, [entry]).record.actors), entry, **changes), [entry]
    )
    assert by_hand(found.record) == []
    (event,) = (event for event in found.record.events if event.id == "e99")
    assert (event.review, event.status, len(event.recipients)) == (review, "actual", 1)
    assert [(mark.item, mark.state) for mark in found.marks] == [("e99", "applied")]


def test_another_event_told_by_the_same_words_stays_another(coded: Record) -> None:
    entry, start = add(coded), TEXT.index("the mayor")
    other = found_by_machine(coded, entry, recipients=(Participant(actor="a3", start=start, end=start + 9),))
    assert {"e99", entry.anchor and entry.anchor.item} <= {
        event.id for event in review_record(other, [entry]).record.events
    }
    assert find_same(other, Span(*entry.anchor.span), KILLED) is None  # type: ignore[union-attr]
    assert find_same(other, Span(*entry.anchor.span), replace(KILLED, recipients=())) == "e99"  # type: ignore[union-attr]


def test_two_people_who_added_one_event_added_it_once(coded: Record) -> None:
    first = add(coded, who="ann", at="2024-06-01T00:00:00+00:00")
    second = add(coded, replace(KILLED, recipients=(), status="negated"), who="bob", at="2024-06-02T00:00:00+00:00")
    found = review_record(coded, [second, first])
    (event,) = by_hand(found.record)
    assert (event.id, event.status) == (first.anchor and first.anchor.item, "negated"), "the latest counts"
    assert [(mark.entry.who, mark.state) for mark in found.marks] == [("ann", "superseded"), ("bob", "applied")]
    assert [(row.same_type, row.same_all) for row in by_pair(found.marks)] == [(Share(1, 1), Share(0, 1))]


def judged(record: Record, entry: Entry, *, who: str = "bob", **changes: object) -> Entry:
    """What somebody says of an event that another one added; None of it is right where `rejected`."""
    base = with_added(record, [entry])
    (event,) = by_hand(base)
    becomes = None if changes.pop("rejected", False) else replace(EventFacts.of(event, base), **changes)
    return new_entry(base, subject="event", item=event.id, becomes=becomes, who=who)


def test_a_second_person_judges_what_was_added(coded: Record) -> None:
    entry = add(coded)
    assert review_record(coded, [entry, judged(coded, entry, rejected=True)]).record == coded
    corrected = judged(coded, entry, type="PROTEST")
    assert (corrected.verdict, corrected.changed) == ("corrected", ("type",))
    (event,) = by_hand(review_record(renamed(coded), [entry, corrected]).record)
    assert (event.type, event.review) == ("PROTEST", "added")
    assert [e.type for e in by_hand(with_added(coded, [entry, corrected]))] == ["ASSAULT"], "as it was first told"


def test_it_stands_as_long_as_anybody_holds_it(coded: Record) -> None:
    entry = add(coded)
    back, accepted = undo_entry(entry, who="ann"), judged(coded, entry)
    assert len(by_hand(review_record(coded, [entry, back, accepted]).record)) == 1
    left = review_record(coded, [entry, back, judged(coded, entry, rejected=True)])
    assert [(mark.state, mark.why) for mark in left.marks] == [("lost", "whoever added it took that back")]


def test_what_is_reviewed_with_additions_is_of_the_machines_coding(coded: Record) -> None:
    stranger = replace(KILLED, actors=(party("the attack"),))
    base = with_added(coded, [add(coded, stranger)])
    assert len(base.actors) > len(coded.actors) and coding_of(base) == coding_of(coded)
    assert with_added(coded, []) == coded


def test_an_addition_comes_back_from_json_and_only_under_an_id_of_its_own(coded: Record) -> None:
    plain = json.loads(json.dumps(add(coded).to_dict()))
    assert Entry.from_dict(plain).to_dict() == plain
    plain["anchor"]["item"] = "e1"
    with pytest.raises(DataError, match="begins with hand-"):
        Entry.from_dict(plain)
    with pytest.raises(DataError, match="an event can be added"):
        Entry.from_dict({**plain, "subject": "place"})


def test_words_outside_every_sentence_carry_no_event(coded: Record) -> None:
    with pytest.raises(DataError, match="no sentence holds"):
        added_entry(coded, trigger=Span(len(TEXT) - 1, len(TEXT) + 3), becomes=KILLED, who="ann")


def test_additions_are_counted_as_missed_by_the_machine(coded: Record) -> None:
    entry = add(coded)
    marks = review_record(coded, [entry, judged(coded, entry), verdict(coded, "COERCE")]).marks
    rows = {row.type: row for row in by_type(marks)}
    assert (rows["ASSAULT"].added, rows["ASSAULT"].reviewed) == (1, 0)
    assert (rows["all"].added, rows["all"].reviewed, rows["all"].accepted) == (1, 1, 1)
    rejected = review_record(coded, [entry, judged(coded, entry, rejected=True)]).marks
    assert by_type(rejected) == []


@pytest.mark.parametrize(("whole", "pairs"), [(True, [Share(1, 2)]), (False, [Share(1, 1)])])
def test_who_said_that_nothing_was_missed_disagrees_with_who_added_something(
    coded: Record, whole: bool, pairs: list[Share]
) -> None:
    """Both accepted the shelling; one said besides that the sentence has no other event, or said nothing of that."""
    bob = replace(verdict(coded, "ASSAULT", who="bob"), whole=whole)
    marks = review_record(coded, [add(coded), verdict(coded, "ASSAULT", who="ann"), bob]).marks
    assert [row.same_type for row in by_pair(marks)] == pairs


def lines(record: Record, *entries: Entry) -> list[dict[str, object]]:
    reviewed = review_record(record, entries)
    return list(annotated(record, reviewed, entries, is_demonym=lambda words: False))


def test_additions_are_training_data(coded: Record) -> None:
    entry = add(coded, whole=True, at="2024-06-02T00:00:00+00:00")
    accepted = replace(verdict(coded, "ASSAULT"), at="2024-06-01T00:00:00+00:00", whole=True)
    (line,) = lines(coded, accepted, entry)
    assert [event["trigger"] for event in line["events"]] == [[[17, 24]], [[55, 62]]]  # type: ignore[attr-defined]
    assert (line["complete"], line["rejected"]) == (True, [])
    (line,) = lines(coded, accepted, replace(entry, whole=False))
    assert line["complete"] is False, "who added the last did not say that there is no other"
    (line,) = lines(coded, entry, judged(coded, entry, rejected=True))
    assert (line["events"], line["rejected"], len(line["review"])) == ([], [], 2)  # type: ignore[arg-type]


def test_a_rejection_of_the_machines_event_leaves_an_addition_alone(coded: Record) -> None:
    found = review_record(coded, [add(coded), rejection(coded, "event", event_of(coded, "ASSAULT"))])
    assert [event.type for event in found.record.events] == ["ACCUSE", "COERCE", "ASSAULT"]


@pytest.mark.parametrize(("day", "same_type"), [("2024-06-01", [Share(0, 1)]), ("2024-06-03", [])])
def test_who_added_the_last_event_of_a_sentence_denies_what_is_added_later(
    coded: Record, day: str, same_type: list[Share]
) -> None:
    shelling = replace(KILLED, type="PROTEST", recipients=())
    ann = add(coded, who="ann", whole=True, at=f"{day}T00:00:00+00:00")
    bob = add(coded, shelling, words="said", who="bob", at="2024-06-02T00:00:00+00:00")
    assert [row.same_type for row in by_pair(review_record(coded, [ann, bob]).marks)] == same_type
