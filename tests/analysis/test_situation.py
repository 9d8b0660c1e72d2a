"""What the rows of the store become: folded incidents, standings, dyads, intervals, open questions, sources."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest

from tacitus.analysis import build_situation, unit
from tacitus.analysis.basis import standing_of
from tacitus.analysis.incidents import Citation, fold
from tacitus.analysis.wording import Phrases
from tacitus.store import Query
from tests.factories import make_claim_row, make_document_row, make_event_row, make_party

PHRASES = Phrases.load()
MALI, CHAD, NIGER = (
    make_party("Mali", "MLI"),
    make_party("Chad", "TCD", actor="a2"),
    make_party("Niger", "NER", actor="a3"),
)
DAY = date(2024, 5, 8)


def situation_of(*events, claims=(), documents=()):
    return build_situation(list(documents), list(events), list(claims), query=Query())


def test_reports_of_one_incident_are_folded_and_all_cited() -> None:
    events = [
        make_event_row(actors=[MALI], recipients=[CHAD], document="one", publisher="Post"),
        make_event_row(actors=[MALI], recipients=[CHAD], document="two", publisher="Herald", sentence=4),
        make_event_row(actors=[CHAD], recipients=[MALI], document="two", sentence=5),
        make_event_row(actors=[MALI], recipients=[CHAD], document="two", day_from=DAY + timedelta(days=1)),
    ]
    incidents = fold(events, phrases=PHRASES)
    assert [len(incident.events) for incident in incidents] == [2, 1, 1]
    assert incidents[0].documents == 2
    assert incidents[0].publishers == ("Herald", "Post")
    assert incidents[0].citations == (Citation("one", 1), Citation("two", 5))


def test_undated_and_nameless_reports_are_not_folded_across_documents() -> None:
    undated = [make_event_row(actors=[MALI], document=name, day_from=None, day_basis=None) for name in ("one", "two")]
    nobody = [make_event_row(document=name) for name in ("one", "two")]
    they = [make_event_row(actors=[make_party("they", None, kind="unknown")], document=name) for name in ("one", "two")]
    assert [len(fold(rows, phrases=PHRASES)) for rows in (undated, nobody, they)] == [2, 2, 2]


def test_figures_of_several_reports_are_widened() -> None:
    rows = [
        make_event_row(actors=[MALI], dead_low=3, dead_high=3),
        make_event_row(actors=[MALI], dead_low=5, dead_high=8),
    ]
    assert fold(rows, phrases=PHRASES)[0].dead == (3, 8)


def test_the_most_severe_and_most_reported_come_first() -> None:
    mild = make_event_row("ACCUSE", [MALI], [CHAD], score=-3.0, quad=3)
    told_often = [make_event_row("SANCTION", [MALI], [NIGER], score=-6.0, document=f"d{n}") for n in range(8)]
    severe = make_event_row("ASSAULT", [CHAD], [MALI], score=-9.0)
    found = situation_of(mild, severe, *told_often)
    assert [incident.type for incident in found.incidents] == ["SANCTION", "ASSAULT", "ACCUSE"]


@pytest.mark.parametrize("status", ["negated", "future", "hypothetical", "habitual", "historical"])
def test_only_actual_events_count(status: str) -> None:
    found = situation_of(make_event_row(actors=[MALI], recipients=[CHAD], status=status))
    assert not found.incidents
    assert not found.dyads
    assert not found.intervals


def test_what_is_claimed_is_not_what_happened() -> None:
    told = make_event_row(actors=[MALI], recipients=[CHAD], claim="c1", speaker=CHAD)
    found = situation_of(told)
    assert not found.incidents
    assert not found.dyads
    assert [allegation.standing for allegation in found.allegations] == ["alleged"]


@pytest.mark.parametrize(
    ("speakers", "standing"),
    [
        ([CHAD], "alleged"),
        ([MALI], "admitted"),
        ([MALI, CHAD], "agreed"),
        ([NIGER], "third-party"),
        ([CHAD, NIGER], "alleged"),
        ([None], "unattributed"),
    ],
)
def test_standing(speakers, standing: str) -> None:
    rows = [make_event_row(actors=[MALI], recipients=[CHAD], claim="c1", speaker=speaker) for speaker in speakers]
    assert standing_of(rows) == standing


def test_an_allegation_that_a_page_states_itself_is_marked() -> None:
    stated = make_event_row(actors=[MALI], recipients=[CHAD], document="one")
    told = make_event_row(actors=[MALI], recipients=[CHAD], document="two", claim="c1", speaker=CHAD)
    assert [allegation.is_reported for allegation in situation_of(stated, told).allegations] == [True]


def test_dyads_count_directions_and_leave_out_one_side_alone() -> None:
    found = situation_of(
        make_event_row(actors=[MALI], recipients=[CHAD]),
        make_event_row("AID", [NIGER], [CHAD], score=10.0, quad=2),
        make_event_row("CONSULT", [MALI, CHAD], score=2.5, quad=1),
        make_event_row("COERCE", [make_party("the police", "MLICOP")], [make_party("students", "MLIEDU")], score=-7.0),
    )
    assert [(dyad.actor, dyad.recipient, dyad.count) for dyad in found.dyads] == [
        ("Mali", "Chad", 2),
        ("Chad", "Mali", 1),
        ("Niger", "Chad", 1),
    ]
    assert found.dyads[0].quads == (1, 0, 0, 1)
    assert found.dyads[0].score == pytest.approx(-3.25)


def test_exchanging_two_parties_exchanges_them_in_the_situation() -> None:
    def build(first, second):
        return situation_of(
            make_event_row(actors=[first], recipients=[second]),
            make_event_row("THREATEN", [second], [first], score=-3.5, quad=3, claim="c1", speaker=first),
        )

    there, back = build(MALI, CHAD), build(CHAD, MALI)
    swap = {"Mali": "Chad", "Chad": "Mali"}
    assert [(swap[d.actor], swap[d.recipient], d.score) for d in there.dyads] == [
        (d.actor, d.recipient, d.score) for d in back.dyads
    ]
    assert [a.standing for a in there.allegations] == [a.standing for a in back.allegations]


@pytest.mark.parametrize(("length", "name"), [(3, "day"), (90, "week"), (400, "month")])
def test_intervals_fit_the_period(length: int, name: str) -> None:
    rows = [
        make_event_row(actors=[MALI], day_from=DAY),
        make_event_row(actors=[MALI], day_from=DAY + timedelta(days=length)),
    ]
    intervals = situation_of(*rows).intervals
    assert unit(intervals) == name
    assert sum(interval.count for interval in intervals) == 2
    assert all(after.first == before.last + timedelta(days=1) for before, after in pairwise(intervals))


def test_a_threat_carried_out_is_no_open_question() -> None:
    threat = make_event_row("THREATEN", [MALI], [CHAD], score=-3.5, quad=3)
    other = make_event_row("THREATEN", [NIGER], [CHAD], score=-3.5, quad=3)
    attack = make_event_row("ASSAULT", [MALI], [CHAD], day_from=DAY + timedelta(days=3))
    found = situation_of(threat, other, attack)
    assert [(question.kind, question.incident.clause) for question in found.questions] == [
        ("threat", "Niger threatened Chad")
    ]


def test_a_speaker_is_one_across_pages() -> None:
    full = make_party("President Awa Keita", "MLIGOV", kind="person")
    short = make_party("Keita", "MLIGOV", kind="person")
    other = make_party("Keita", "TCDGOV", kind="person")
    claims = [
        make_claim_row("Yes.", full),
        make_claim_row("No.", short, document="two", kind="indirect"),
        make_claim_row("Eh.", other),
    ]
    found = situation_of(claims=claims)
    assert [(speaker.name, speaker.code, len(speaker.statements)) for speaker in found.speakers] == [
        ("President Awa Keita", "MLIGOV", 2),
        ("Keita", "TCDGOV", 1),
    ]


def test_sources_are_numbered_by_date_and_failures_are_caveats() -> None:
    documents = [
        make_document_row("late", published=date(2024, 6, 1)),
        make_document_row("early", published=date(2024, 4, 1), flags=("undated", "no-byline")),
        make_document_row("broken", error_kind="empty", error_message="broken: holds no text", published=None),
        make_document_row("torn", error_kind="empty", error_message="torn: holds no text", published=None),
    ]
    found = situation_of(make_event_row(document="elsewhere"), documents=documents)
    assert [(source.label, source.id) for source in found.sources] == [
        ("d1", "early"),
        ("d2", "elsewhere"),
        ("d3", "late"),
    ]
    assert [caveat.documents for caveat in found.caveats] == [("broken", "torn"), ("early",), ("early",)]
    assert found.caveats[0].text == "2 pages could not be coded: holds no text"
    assert found.volume.failed == 2


def test_an_empty_store_gives_an_empty_situation() -> None:
    found = situation_of()
    assert (found.volume.documents, found.incidents, found.sources) == (0, (), ())


def test_the_foremost_statements_are_direct_or_tell_events() -> None:
    claims = [
        make_claim_row("that it would rain for a very long time", MALI, kind="indirect"),
        make_claim_row("that rebels had shelled it", MALI, kind="indirect", events=("e1",)),
        make_claim_row("No.", MALI),
    ]
    (speaker,) = situation_of(claims=claims).speakers
    assert [statement.words for statement in speaker.foremost(2)] == ["that rebels had shelled it", "No."]
    assert len(speaker.foremost(9)) == 3


def test_a_role_is_one_speaker_within_a_page_only() -> None:
    spokesman = make_party("a spokesman", None, kind="person")
    premier = make_party("The Premier", "GOV", kind="person")
    claims = [
        make_claim_row(words, speaker, document=page)
        for speaker in (spokesman, premier)
        for page, words in (("one", "Yes."), ("one", "No."), ("two", "Yes."))
    ]
    assert [len(speaker.statements) for speaker in situation_of(claims=claims).speakers] == [2, 2, 1, 1]


def test_a_report_about_parties_lists_only_the_pages_it_uses() -> None:
    documents = [make_document_row("doc"), make_document_row("other", flags=("undated",))]
    found = build_situation(documents, [make_event_row(actors=[MALI])], [], query=Query(actor="MLI"))
    assert [source.id for source in found.sources] == ["doc"]
    assert found.caveats == ()
    assert found.volume.documents == 2


def test_events_less_sure_than_asked_for_count_nowhere_and_are_counted() -> None:
    sure, unsure, unknown = (
        make_event_row(actors=[MALI], recipients=[CHAD], event=f"e{n}", document=f"d{n}", confidence=confidence)
        for n, confidence in enumerate((0.5, 0.49, None))
    )
    found = build_situation((), [sure, unsure, unknown], (), query=Query(), min_confidence=0.5)
    assert (found.volume.events, found.volume.left_out, found.volume.actual_own_voice) == (2, 1, 2)
    assert [event.document for incident in found.incidents for event in incident.events] == ["d0", "d2"]
