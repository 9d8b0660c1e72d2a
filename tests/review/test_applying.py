"""What people say is laid over the machine's record: what they put right is right, what follows from it too, and the rest stays."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from tacitus.errors import DataError
from tacitus.records import Quantity, Record, Span
from tacitus.review import ActorFacts, Count, Entry, EventFacts, Party, Spot, new_entry, review_record
from tacitus.review.entries import undo_entry
from tests.review.conftest import TEXT, event_of, rejection, verdict


def reviewed(record: Record, *entries: Entry) -> Record:
    return review_record(record, entries).record


def event(record: Record, id_: str):  # type: ignore[no-untyped-def]
    return next(event for event in record.events if event.id == id_)


def test_a_page_that_nobody_reviewed_is_the_machines(coded: Record) -> None:
    assert review_record(coded, []).record is coded


def test_an_accepted_event_stands_as_it_is_and_is_sure(coded: Record) -> None:
    entry = verdict(coded, "COERCE")
    found, old = event(reviewed(coded, entry), event_of(coded, "COERCE")), event(coded, event_of(coded, "COERCE"))
    assert (entry.verdict, found.review, found.confidence, found.factors) == ("accepted", "accepted", 1.0, ())
    assert found.because[-1].startswith("accepted by hand (ann, ")
    assert (found.type, found.mode, found.actors, found.cameo) == (old.type, old.mode, old.actors, old.cameo)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"type": "SANCTION", "mode": None}, {"type": "SANCTION", "mode": None, "quad": 4, "cameo": "160"}),
        ({"type": "PROTEST", "mode": "strike"}, {"type": "PROTEST", "mode": "strike", "cameo": "140"}),
        ({"status": "negated"}, {"status": "negated", "cameo": "173"}),
        ({"recipients": ()}, {"recipients": ()}),
        ({"day_from": None, "day_to": None, "day_basis": None}, {"date": None}),
        ({"place": None}, {"place": None}),
    ],
)
def test_what_is_put_right_in_an_event_is_right(
    coded: Record, changes: dict[str, object], expected: dict[str, object]
) -> None:
    entry = verdict(coded, "COERCE", **changes)
    found = event(reviewed(coded, entry), event_of(coded, "COERCE"))
    assert {name: getattr(found, name) for name in expected} == expected
    assert (entry.verdict, found.review) == ("corrected", "corrected")
    assert found.because[-1].startswith("corrected by hand (ann, ")
    others = [e for e in reviewed(coded, entry).events if e.id != found.id]
    assert others == [e for e in coded.events if e.id != found.id]


def test_a_rejected_event_is_gone_and_comes_back_when_that_is_undone(coded: Record) -> None:
    entry = rejection(coded, "event", event_of(coded, "COERCE"))
    assert [e.type for e in reviewed(coded, entry).events] == ["ASSAULT", "ACCUSE"]
    undo = undo_entry(entry, who="bob")
    assert reviewed(coded, entry, undo) == coded
    assert [e.type for e in reviewed(coded, entry, undo, undo_entry(undo, who="ann")).events] == ["ASSAULT", "ACCUSE"]


def test_the_last_word_counts_and_the_others_are_listed(coded: Record) -> None:
    first = verdict(coded, "COERCE", who="ann", at="2024-06-01T00:00:00+00:00", type="SANCTION", mode=None)
    last = verdict(coded, "COERCE", who="bob", at="2024-06-02T00:00:00+00:00")
    found = review_record(coded, [last, first])
    assert event(found.record, event_of(coded, "COERCE")).type == "COERCE"
    assert [(mark.entry.who, mark.state) for mark in found.marks] == [("ann", "superseded"), ("bob", "applied")]


def test_a_party_the_machine_did_not_see_is_read_from_its_words(coded: Record) -> None:
    start = TEXT.index("Police in Lagos")
    words = Party(
        start=start, end=start + 15, words="Police in Lagos", who=ActorFacts(name="Police in Lagos"), by_hand=True
    )
    elsewhere = replace(words, start=0, end=4, words="Nobody here")
    entry = verdict(coded, "ACCUSE", recipients=(words,))
    found = reviewed(coded, entry)
    (part,) = event(found, event_of(coded, "ACCUSE")).recipients
    assert (part.actor, part.span.of(TEXT)) == ("a5", "Police in Lagos"), "the actor whose words these hold"
    lost = review_record(coded, [verdict(coded, "ACCUSE", recipients=(elsewhere,))])
    assert lost.record.events == coded.events
    assert (lost.marks[0].state, lost.marks[0].why) == ("lost", "the words 'Nobody here' are not on the page any more")


def test_words_that_are_no_actor_yet_become_one(coded: Record) -> None:
    span = Span(TEXT.index("the attack"), TEXT.index("the attack") + 10)
    party = Party(start=span.start, end=span.end, words="the attack", who=ActorFacts(name="Norland"), by_hand=True)
    found = reviewed(coded, verdict(coded, "ACCUSE", recipients=(party,)))
    (part,) = event(found, event_of(coded, "ACCUSE")).recipients
    added = next(actor for actor in found.actors if actor.id == part.actor)
    assert (added.name, added.review, part.span) == ("Norland", "corrected", span)


def test_an_actor_is_who_people_say_it_is_everywhere_on_the_page(coded: Record) -> None:
    kenya = next(actor.id for actor in coded.actors if actor.name == "Kenya")
    who = ActorFacts(
        name="Kenya's foreign ministry", kind="organization", country="KEN", sectors=("GOV",), code="KENGOV"
    )
    found = reviewed(coded, new_entry(coded, subject="actor", item=kenya, becomes=who, who="ann"))
    actor = next(actor for actor in found.actors if actor.id == kenya)
    assert (actor.name, actor.code, actor.review) == ("Kenya's foreign ministry", "KENGOV", "corrected")
    assert event(found, event_of(coded, "ACCUSE")).actors[0].actor == kenya


def test_two_actors_that_are_one_are_joined_in_events_and_mentions(coded: Record) -> None:
    ids = {actor.name: actor for actor in coded.actors}
    troops, police = ids["Norwegian troops"], ids["Police"]
    same = replace(ActorFacts.of(troops), merged_with=troops.mentions[0].span)
    entry = new_entry(coded, subject="actor", item=police.id, becomes=same, who="ann")
    found = reviewed(coded, entry)
    assert entry.changed == ("merged",)
    assert event(found, event_of(coded, "COERCE")).actors[0].actor == troops.id
    joined = next(actor for actor in found.actors if actor.id == troops.id)
    assert {m.span for m in joined.mentions} == {m.span for m in (*troops.mentions, *police.mentions)}
    assert police.id not in {actor.id for actor in found.actors}
    back = replace(ActorFacts.of(police), merged_with=police.mentions[0].span)
    circle = review_record(coded, [entry, new_entry(coded, subject="actor", item=troops.id, becomes=back, who="bob")])
    assert [mark.state for mark in circle.marks] == ["applied", "lost"]


def test_who_is_no_party_takes_part_in_nothing_and_says_nothing(coded: Record) -> None:
    mayor = next(actor.id for actor in coded.actors if actor.name == "the mayor")
    police = next(actor.id for actor in coded.actors if actor.name == "Police")
    accepted = verdict(coded, "COERCE")
    found = reviewed(coded, accepted, rejection(coded, "actor", mayor), rejection(coded, "actor", police))
    assert coded.claims[0].speaker == mayor and found.claims[0].speaker is None
    assert event(found, event_of(coded, "COERCE")).actors == ()


def test_a_place_has_the_entry_people_choose_or_is_none(coded: Record) -> None:
    number = next(n for n, place in enumerate(coded.places) if place.name == "Odessa")
    said = Spot.of(coded.places[number], TEXT)
    ukraine = replace(said, country="UKR", geonameid=698740, lat=46.48, lon=30.73, admin1="Odessa")
    entry = new_entry(coded, subject="place", item=str(number), becomes=ukraine, who="ann")
    place = reviewed(coded, entry).places[number]
    assert (place.country, place.geonameid, place.review, entry.changed) == ("UKR", 698740, "corrected", ("entry",))
    assert coded.places[number].country == "USA", "the machine's own is not touched"
    gone = reviewed(coded, rejection(coded, "place", "0"))
    lagos = event(gone, event_of(coded, "COERCE")).place
    assert lagos is not None and gone.places[lagos].name == "Lagos", "places are numbered anew"


def test_an_entry_comes_back_from_json_as_it_was(coded: Record) -> None:
    entries = [verdict(coded, kind) for kind in ("ASSAULT", "COERCE")]
    entries += [rejection(coded, "place", "1"), rejection(coded, "actor", "a1")]
    entries.append(undo_entry(entries[0], who="bob"))
    assert [Entry.from_dict(json.loads(json.dumps(entry.to_dict()))) for entry in entries] == entries


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        (("verdict",), "maybe", "'maybe' is unknown"),
        (("anchor", "span", "start"), -1, "no stretch of text"),
        (("becomes", "status"), "sometimes", "status: one of actual"),
        (("becomes", "day_from"), "May", "no day like"),
        (("becomes", "actors"), [3], "an object is expected"),
        (("said", "type"), 7, "str is expected"),
        (("at",), "yesterday", "no moment"),
        (("who",), "x" * 3000, "longer than"),
    ],
)
def test_a_wrong_entry_is_refused_and_told_why(
    coded: Record, path: tuple[str, ...], value: object, message: str
) -> None:
    plain = json.loads(json.dumps(verdict(coded, "COERCE").to_dict()))
    inner = plain
    for name in path[:-1]:
        inner = inner[name]
    inner[path[-1]] = value
    with pytest.raises(DataError, match=message):
        Entry.from_dict(plain)


def test_what_is_not_there_cannot_be_reviewed(coded: Record) -> None:
    with pytest.raises(DataError, match="page: has no event 'e99'"):
        rejection(coded, "event", "e99")
    assert EventFacts.of(coded.events[0], coded).type == coded.events[0].type


DEAD = Count(start=TEXT.index("12"), end=TEXT.index("12") + 2, words="12", low=12, high=14)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"dead": DEAD}, {"dead": Quantity(low=12, high=14, span=DEAD.span)}),
        ({"dead": None}, {"dead": None}),
        ({"injured": replace(DEAD, low=None)}, {"injured": Quantity(low=None, high=14, span=DEAD.span)}),
        ({"size": DEAD}, {"size": Quantity(low=12, high=14, span=DEAD.span)}),
        ({"contexts": ("military", "territory")}, {"contexts": ("military", "territory")}),
    ],
)
def test_numbers_and_contexts_are_put_right(
    coded: Record, changes: dict[str, object], expected: dict[str, object]
) -> None:
    entry = verdict(coded, "ASSAULT", **changes)
    found = event(reviewed(coded, entry), event_of(coded, "ASSAULT"))
    assert {name: getattr(found, name) for name in expected} == expected
    assert (entry.verdict, entry.changed) == ("corrected", tuple(changes))
    assert Entry.from_dict(json.loads(json.dumps(entry.to_dict()))) == entry


def test_an_entry_that_does_not_speak_of_numbers_leaves_the_machines(coded: Record) -> None:
    old = next(e for e in coded.events if e.type == "ASSAULT")
    assert old.dead is not None and old.dead.low == 12
    first_form = replace(verdict(coded, "ASSAULT", dead=None, contexts=("health",)), said=None)
    said, becomes = (replace(EventFacts.of(old, coded), dead=None, contexts=(), counted=False) for _ in range(2))
    entry = replace(first_form, said=said, becomes=replace(becomes, status="negated"))
    found = event(reviewed(coded, entry), old.id)
    assert (found.status, found.dead, found.contexts, entry.changed) == ("negated", old.dead, old.contexts, ("status",))


def test_a_number_whose_words_are_gone_is_no_number(coded: Record) -> None:
    found = review_record(coded, [verdict(coded, "ASSAULT", dead=replace(DEAD, words="thirteen"))])
    assert (found.marks[0].state, found.record.events) == ("lost", coded.events)
