"""Tension and storylines over rows."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tacitus.analysis.storylines import build_storylines
from tacitus.analysis.tension import build_tension
from tacitus.errors import SettingsError
from tacitus.store import EventRow
from tests.factories import make_event_row, make_party

MALI, CHAD, NIGER = (
    make_party("Mali", "MLI"),
    make_party("Chad", "TCD", actor="a2"),
    make_party("Niger", "NER", actor="a3"),
)
MONDAY = date(2031, 5, 5)


def event(week: int = 0, *, actor=MALI, recipient=CHAD, day: int = 0, **fields) -> EventRow:
    when = MONDAY + timedelta(weeks=week, days=day)
    number = fields.pop("number", 0)
    facts = {
        "document": f"d{week}-{day}-{number}",
        "incident": f"i{week}-{day}-{number}",
        "day_from": when,
        "day_to": when,
    }
    return make_event_row(fields.pop("type", "ASSAULT"), [actor], [recipient], **{**facts, **fields})


def test_the_series_has_every_week_and_counts_incidents_not_reports() -> None:
    rows = [event(0), event(0, incident="i0-0-0", document="again"), event(2, score=-7.0)]
    found = build_tension(rows, "MLI", "TCD")
    assert [(step.first, len(step.incidents), step.score) for step in found.steps] == [
        (MONDAY, 1, -9.0),
        (MONDAY + timedelta(weeks=1), 0, 0.0),
        (MONDAY + timedelta(weeks=2), 1, -7.0),
    ]


def test_directions_types_and_asymmetry() -> None:
    rows = [event(0), event(0, day=1), event(1, actor=CHAD, recipient=MALI, score=-6.0, type="COERCE")]
    found = build_tension(rows, "MLI", "TCD")
    assert (found.steps[0].there, found.steps[0].back, found.steps[1].back) == (-18.0, 0.0, -6.0)
    assert found.types == {"ASSAULT": (2, 0), "COERCE": (0, 1)}
    assert found.asymmetry == pytest.approx(0.5)
    back = build_tension(rows, "TCD", "MLI")
    assert [(step.there, step.back) for step in back.steps] == [(step.back, step.there) for step in found.steps]
    assert back.asymmetry == pytest.approx(-0.5)


def test_the_share_of_all_news_is_the_baseline() -> None:
    rows = [event(0), *(event(0, actor=NIGER, recipient=CHAD, number=n) for n in (1, 2, 3))]
    assert build_tension(rows, "MLI", "TCD").steps[0].share == pytest.approx(0.25)


def test_a_change_names_the_incidents_that_made_it() -> None:
    rows = [event(week, type="CONSULT", score=2.5, quad=1) for week in range(8)]
    rows += [event(week, number=n) for week in range(8, 14) for n in range(3)]
    (change,) = build_tension(rows, "MLI", "TCD").changes
    assert change.first == MONDAY + timedelta(weeks=8)
    assert (change.before, change.after) == (2.5, -27.0)
    assert {incident.type for incident in change.incidents} == {"ASSAULT"}


@pytest.mark.parametrize("rows", [[], [event(0, status="future")], [event(0, status="negated", claim="c1")]])
def test_what_did_not_happen_makes_no_tension(rows: list[EventRow]) -> None:
    assert build_tension(rows, "MLI", "TCD").steps == ()


def test_what_is_only_said_is_a_series_of_its_own() -> None:
    said = event(0, claim="c1", speaker=CHAD, number=1, score=-7.0, type="COERCE")
    confirmed = event(0, claim="c1", speaker=CHAD, document="elsewhere")
    found = build_tension([event(0), said, confirmed], "MLI", "TCD")
    (step,) = found.steps
    assert (step.score, step.claimed.score, step.claimed.there, step.volume) == (-9.0, -7.0, -7.0, 1)
    assert [incident.claimed for incident in step.incidents] == [1], "the page's word and the claim are one incident"
    assert (found.types, found.claimed_types) == ({"ASSAULT": (1, 0)}, {"COERCE": (1, 0)})
    assert (found.asymmetry, found.claimed_asymmetry) == (1.0, 1.0)


def test_a_series_of_claims_changes_by_itself() -> None:
    rows = [event(week, type="CONSULT", score=2.5, quad=1) for week in range(14)]
    rows += [event(week, number=n, claim="c1") for week in range(8, 14) for n in range(1, 4)]
    found = build_tension(rows, "MLI", "TCD")
    (change,) = found.claimed_changes
    assert found.changes == ()
    assert (change.first, change.before, change.after) == (MONDAY + timedelta(weeks=8), 0.0, -27.0)


def test_an_unknown_unit_is_refused() -> None:
    with pytest.raises(SettingsError, match="fortnight: no such unit"):
        build_tension([], "MLI", "TCD", unit="fortnight")


def test_a_storyline_links_an_attack_with_the_answer_and_what_refers_to_it() -> None:
    attack = event(0, place="Gao")
    answer = event(
        0, day=2, actor=CHAD, recipient=MALI, document="d0-0-0", sentence_text="Chad struck after the attack."
    )
    elsewhere = event(0, day=3, actor=NIGER, recipient=make_party("Benin", "BEN"), place="Dosso")
    (line,) = build_storylines([attack, answer, elsewhere])
    assert [step.follows for step in line.steps] == [None, 0]
    comparison = line.steps[1].comparison
    assert comparison is not None
    assert {"exchanged_parties", "same_pages", "reference"} <= {feature.feature for feature in comparison.features}


@pytest.mark.parametrize("days", [40, 365])
def test_a_storyline_ends_when_nothing_follows(days: int) -> None:
    assert build_storylines([event(0, place="Gao"), event(0, day=days, place="Gao")]) == []


def test_a_storyline_of_a_war_is_bounded() -> None:
    lines = build_storylines([event(0, day=day, place="Gao", number=day) for day in range(90)])
    assert max(len(line.steps) for line in lines) <= 60
