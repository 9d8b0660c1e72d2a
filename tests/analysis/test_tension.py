"""Tension, storylines and watch rules over rows and over a small store."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from tacitus.analysis.grouping import update_incidents
from tacitus.analysis.storylines import build_storylines
from tacitus.analysis.tension import build_tension
from tacitus.analysis.watching import Rule, evaluate, read_rules
from tacitus.errors import DataError, SettingsError
from tacitus.store import EventRow, open_store
from tests.corpus.factory import make_page
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


@pytest.mark.parametrize("rows", [[], [event(0, status="future")], [event(0, claim="c1")]])
def test_what_did_not_happen_makes_no_tension(rows: list[EventRow]) -> None:
    assert build_tension(rows, "MLI", "TCD").steps == ()


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


RULES = """
[[rule]]
name = "attacks"
type = "ASSAULT"
between = ["MLI", "TCD"]

[[rule]]
name = "first talks"
type = ["CONSULT", "AGREE"]
quiet_days = 90

[[rule]]
name = "worse"
between = ["MLI", "TCD"]
falls_by = 5
"""


def test_rules_tell_of_what_is_new(tmp_path: Path) -> None:
    path = tmp_path / "rules.toml"
    path.write_text(RULES)
    rules = read_rules(path)
    with open_store(tmp_path / "world.duckdb") as store:
        runs = []
        for pages in (
            [make_page("one"), make_page("two", type="CONSULT", place="Kidal")],
            [
                make_page("three", type="CONSULT", place="Abeche", day="2031-05-20", published="2031-05-21"),
                make_page("again"),
            ],
        ):
            runs.append(store.start_run(program="test", sources=[]))
            store.add(pages, run=runs[-1])
            update_incidents(store, run=runs[-1])
        first = evaluate(rules, store, runs[0])
        second = evaluate(rules, store, runs[1])
        assert evaluate(rules, store, runs[1] + 1) == []
    assert [(alert.rule, alert.incidents[0].type) for alert in first] == [
        ("attacks", "ASSAULT"),
        ("first talks", "CONSULT"),
        ("worse", "ASSAULT"),
    ]
    assert [alert.incidents[0].documents for alert in first[:1]] == [2]
    assert second == []  # the attack was known, the talks are not the first in 90 days


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", r"holds no \[\[rule\]\]"),
        ("[[rule]]\ntype = 'ASSAULT'", "rule 1 has no name"),
        ("[[rule]]\nname = 'a'\ntype = 'WAR'", r"rule 1 \(a\): WAR: no such event type"),
        ("[[rule]]\nname = 'a'\nbetwen = ['MLI']", "unknown betwen"),
        ("[[rule]]\nname = 'a'\nbetween = ['A', 'B', 'C']", "one party or two"),
        ("[[rule]]\nname = 'a'\nquiet_days = -1", "quiet_days must be a number above 0"),
        ("[[rule]]\nname = 'a'\nquiet_days = true", "quiet_days must be a number above 0"),
        ("[[rule]]\nname = 'a'\ntype = 3", "type must be a word"),
        ("[[rule]]\nname = 'a'\n[[rule]]\nname = 'a'", "the same name"),
    ],
)
def test_wrong_rules_are_named(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "rules.toml").write_text(text)
    with pytest.raises(SettingsError, match=message):
        read_rules(tmp_path / "rules.toml")
    with pytest.raises(DataError, match="no such file"):
        read_rules(tmp_path / "none.toml")


@pytest.mark.parametrize(
    ("between", "met"),
    [(("MLI",), True), (("mli", "TCD"), True), (("Chad",), True), (("NER",), False), (("MLI", "NER"), False)],
)
def test_parties_of_a_rule(tmp_path: Path, between: tuple[str, ...], met: bool) -> None:
    with open_store(tmp_path / "world.duckdb") as store:
        run = store.start_run(program="test", sources=[])
        store.add([make_page("one")], run=run)
        update_incidents(store, run=run)
        assert bool(evaluate([Rule(name="r", between=between)], store, run)) == met
