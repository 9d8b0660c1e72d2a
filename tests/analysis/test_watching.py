"""Watch rules over small stores: what is new alerts once, and every alert says on whose word it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from tacitus.analysis.watching import Alert, Rule, evaluate, read_rules
from tacitus.errors import DataError, SettingsError
from tacitus.export.alerts import alert_to_dict, alert_to_text
from tacitus.ingest import article_from_dict
from tacitus.pipeline import Coder
from tacitus.store import Store
from tests.analysis.factory import add
from tests.corpus.factory import make_page

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
NIGER = ("Niger", "NER")
ATTACKS = Rule(name="attacks", types=frozenset({"ASSAULT"}))
STATED = Rule(name="stated", types=frozenset({"ASSAULT"}), voice="page")


def met(store: Store, run: int, *rules: Rule) -> list[tuple[str, str]]:
    return [(alert.rule, alert.change) for alert in evaluate(rules, store, run)]


def test_rules_tell_of_what_is_new(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "rules.toml"
    path.write_text(RULES)
    rules = read_rules(path)
    run = add(store, make_page("one"), make_page("two", type="CONSULT", place="Kidal"))
    first = evaluate(rules, store, run)
    later = make_page("three", type="CONSULT", place="Abeche", day="2031-05-20", published="2031-05-21")
    run = add(store, later, make_page("again"))
    assert [(alert.rule, alert.incidents[0].type) for alert in first] == [
        ("attacks", "ASSAULT"),
        ("first talks", "CONSULT"),
        ("worse", "ASSAULT"),
    ]
    assert evaluate(rules, store, run) == []  # the attack was known, the talks are not the first in 90 days
    assert evaluate(rules, store, run + 1) == []


def test_a_number_of_pages_alerts_once(store: Store) -> None:
    rule = Rule(name="borne out", least_documents=2)
    runs = [add(store, make_page(name)) for name in ("one", "two", "three")]
    assert [met(store, run, rule) for run in runs[2:]] == [[]]
    assert met(store, runs[1], rule) == [("borne out", "changed")]


def test_what_is_only_said_alerts_and_a_rule_may_ask_for_the_pages_own_word(store: Store) -> None:
    run = add(store, make_page("one", told_by=NIGER))
    assert met(store, run, ATTACKS, STATED) == [("attacks", "new")]
    run = add(store, make_page("two"))
    assert met(store, run, ATTACKS, STATED) == [("stated", "changed")]
    run = add(store, make_page("three", told_by=("Benin", "BEN")))
    assert met(store, run, ATTACKS, STATED) == []


def test_a_weekly_sum_says_how_much_of_it_is_only_said(store: Store) -> None:
    run = add(store, make_page("one"), make_page("two", place="Kidal", told_by=NIGER))
    rule = Rule(name="worse", between=("MLI", "TCD"), falls_by=5)
    (alert,) = evaluate([rule], store, run)
    assert "is -18.0 (-9.0 of it only as said by somebody), after a mean of +0.0 in 4 weeks" in alert.why
    (alert,) = evaluate([Rule(name="worse", between=("MLI", "TCD"), falls_by=5, voice="page")], store, run)
    assert "is -9.0, after" in alert.why


def test_quiet_days_look_far_enough_back(store: Store) -> None:
    add(store, make_page("one", day="2031-03-01", published="2031-03-02"))
    run = add(store, make_page("two", place="Kidal"))
    assert met(store, run, Rule(name="first", quiet_days=60)) == [("first", "new")]
    assert met(store, run, Rule(name="first", quiet_days=90)) == []


SHELLING = "Malian forces shelled a Chadian camp near Abeche on Tuesday, killing 12 soldiers"


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder()


def code(coder: Coder, store: Store, **texts: str) -> list[Alert]:
    """The alerts on attacks that these pages give."""
    rows = [
        {"id": id_, "text": text, "published": "2031-05-08", "publisher": f"The {id_}"} for id_, text in texts.items()
    ]
    return evaluate([ATTACKS], store, add(store, *coder.code_articles([article_from_dict(row) for row in rows])))


@pytest.mark.parametrize(
    ("text", "told", "voice", "standing"),
    [
        (f"{SHELLING}.", "", "page", "stated"),
        (f"{SHELLING}, Chadian police said.", ", as Chadian police said", "claimed", "alleged"),
        (f"The Malian army said {SHELLING}.", ", as the Malian army said", "claimed", "admitted"),
        (
            f"{SHELLING}, a United Nations spokesman said.",
            ", as a United Nations spokesman said",
            "claimed",
            "third-party",
        ),
    ],
)
def test_an_alert_says_on_whose_word_it_stands(
    coder: Coder, store: Store, text: str, told: str, voice: str, standing: str
) -> None:
    (alert,) = code(coder, store, Herald=text)
    line = alert_to_text(alert).splitlines()[1]
    assert f"{told} · in 1 page · " in line and ("said" in line) == bool(told)
    (incident,) = alert_to_dict(alert)["incidents"]
    assert (incident["voice"], incident["standing"]) == (voice, standing)
    assert (incident["stated"], incident["claimed"]) == ((1, 0) if voice == "page" else (0, 1))


def test_an_alert_keeps_the_pages_voice_and_claims_apart_and_names_who_denies(coder: Coder, store: Store) -> None:
    (alert,) = code(
        coder,
        store,
        Herald=f"{SHELLING}.",
        Courier=f"{SHELLING}, Chadian police said.",
        Observer="Mali denied on Thursday that Malian forces had shelled a Chadian camp near Abeche on Tuesday.",
    )
    line = alert_to_text(alert).splitlines()[1]
    assert "denied by Mali · in 2 pages, 2 publishers; 1 in its own voice, 1 as said by somebody" in line


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", r"holds no \[\[rule\]\]"),
        ("[[rule]]\ntype = 'ASSAULT'", "rule 1 has no name"),
        ("[[rule]]\nname = 'a'\ntype = 'WAR'", r"rule 1 \(a\): WAR: no such event type"),
        ("[[rule]]\nname = 'a'\nbetwen = ['MLI']", "unknown betwen"),
        ("[[rule]]\nname = 'a'\nbetween = ['A', 'B', 'C']", "one party or two"),
        ("[[rule]]\nname = 'a'\nvoice = 'police'", "voice must be one of any, page"),
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
    ("between", "is_met"),
    [(("MLI",), True), (("mli", "TCD"), True), (("Chad",), True), (("NER",), False), (("MLI", "NER"), False)],
)
def test_parties_of_a_rule(store: Store, between: tuple[str, ...], is_met: bool) -> None:
    run = add(store, make_page("one"))
    assert bool(evaluate([Rule(name="r", between=between)], store, run)) == is_met
