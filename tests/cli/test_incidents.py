"""`tacitus incidents`, `storylines`, `tension` and `alerts` over a small database: what they print, as text and as JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tacitus.analysis.grouping import update_incidents
from tacitus.cli.main import cli
from tacitus.errors import SettingsError
from tacitus.store import open_store
from tests.corpus.factory import make_page

CHAD, NIGER = ("Chad", "TCD"), ("Niger", "NER")
PAGES = [
    make_page("one"),
    make_page("two", flags=("duplicate-of:one",)),
    make_page("three", dead=15),
    make_page("denial", status="negated", told_by=NIGER),
    make_page("talks", type="CONSULT", place="Abeche", day="2031-05-20", published="2031-05-21", told_by=NIGER),
    make_page("answer", actor=CHAD, recipient=("Mali", "MLI"), day="2031-05-08", published="2031-05-09"),
]


@pytest.fixture
def db(tmp_path: Path) -> Path:
    path = tmp_path / "world.duckdb"
    with open_store(path) as store:
        run = store.start_run(program="test", sources=[])
        store.add(PAGES, run=run)
        update_incidents(store, run=run)
    return path


def tacitus(*arguments: str, db: Path) -> Result:
    result = CliRunner().invoke(cli, [*arguments, "--db", str(db)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def listed(db: Path, *arguments: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in tacitus("incidents", "list", "--json", *arguments, db=db).stdout.splitlines()]


def test_the_list_counts_pages_publishers_and_copies(db: Path) -> None:
    attack, answer, talks = tacitus("incidents", "list", db=db).stdout.splitlines()
    assert attack.endswith("2031-05-06  ASSAULT   Gao · dead 12 to 15 · in 4 pages, 4 publishers, of which 1 copy")
    assert "ASSAULT   Gao · dead 12 · in 1 page" in answer
    assert talks.endswith("CONSULT   Abeche · in 1 page · only as said by somebody")


def test_the_list_as_json(db: Path) -> None:
    rows = listed(db)
    assert [(row["type"], row["documents"], row["independent"], row["publishers"]) for row in rows] == [
        ("ASSAULT", 4, 3, 4),
        ("ASSAULT", 1, 1, 1),
        ("CONSULT", 1, 1, 1),
    ]
    assert [len(listed(db, *bounds)) for bounds in (["--from", "2031-05-08"], ["--to", "2031-05-08"])] == [2, 2]
    assert [len(listed(db, "--least", least)) for least in ("3", "4")] == [1, 0]
    assert {row["change"] for row in listed(db, "--since", "0")} == {"new"}
    assert listed(db, "--since", "1") == []


def test_an_incident_is_shown_with_what_joined_its_reports(db: Path) -> None:
    incident = listed(db)[0]["incident"]
    shown = tacitus("incidents", "show", incident, db=db).stdout
    assert "denial/e1 denies: Mali attacked Chad in Gao on Tuesday" in shown
    assert "joined one/e1, probability" in shown or "joined" in shown
    assert "same_place             +" in shown and "both Gao, MLI" in shown
    facts = json.loads(tacitus("incidents", "show", incident, "--json", db=db).stdout)
    assert {report["document"] for report in facts["reported_by"]} == {"one", "two", "three", "denial"}
    assert [report["document"] for report in facts["reported_by"] if report["denies"]] == ["denial"]
    assert {"feature", "weight", "detail"} == facts["reported_by"][1]["because"][0].keys()


def test_merge_and_split_by_hand(db: Path) -> None:
    first, second = (row["incident"] for row in listed(db)[:2])
    assert f"{second} is now a part of {first}" in tacitus("incidents", "merge", first, second, db=db).stdout
    assert [(row["incident"], row["documents"]) for row in listed(db) if row["type"] == "ASSAULT"] == [(first, 5)]
    assert [(row["incident"], row["merged_into"]) for row in listed(db, "--since", "1") if row["withdrawn"]] == [
        (second, first)
    ]
    assert "put here by hand" in tacitus("incidents", "show", first, db=db).stdout
    told = tacitus("incidents", "split", first, "answer/e1", db=db).stdout
    assert f"what was split from {first}" in told
    assert sorted(row["documents"] for row in listed(db) if row["type"] == "ASSAULT") == [1, 4]
    history = tacitus("incidents", "show", first, db=db).stdout
    assert "merged by hand with" in history and "split by hand: " in history


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["show", "nothing"], "nothing: no such incident"),
        (["merge", "nothing", "other"], "nothing: no such incident"),
        (["split", "nothing", "one"], "one: write DOCUMENT/EVENT"),
        (["split", "nothing", "one/e1"], "nothing: no such incident"),
    ],
)
def test_what_is_not_there_is_named(db: Path, arguments: list[str], message: str) -> None:
    with pytest.raises(SettingsError, match=message):
        CliRunner().invoke(cli, ["incidents", *arguments, "--db", str(db)], catch_exceptions=False)


def test_update_reads_nothing_twice(db: Path) -> None:
    assert "0 pages read, 0 incidents new, changed or withdrawn" in tacitus("incidents", "update", db=db).stdout


def test_stories_are_groups_of_pages(db: Path) -> None:
    rows = [json.loads(line) for line in tacitus("incidents", "stories", db=db).stdout.splitlines()]
    assert sorted(page for row in rows for page in row["documents"]) == sorted(page.id for page in PAGES)


def test_storylines_say_what_links_them(db: Path) -> None:
    shown = tacitus("storylines", "--least", "2", "--actor", "MLI", db=db).stdout
    assert shown.startswith("1. 2031-05-06 to 2031-05-08, 2 incidents")
    assert "in 3 pages, 3 publishers, of which 1 copy" in shown
    assert "follows 1 (exchanged_parties +1.8: MLI, TCD" in shown


def test_tension_shows_both_voices(db: Path) -> None:
    lines = tacitus("tension", "MLI", "TCD", db=db).stdout.splitlines()
    assert lines[0].split("  ")[-1] == "only as said by somebody"
    assert lines[2].split() == ["2031-05-05", "2", "-18.0", "-9.0", "-9.0", "100%", "0", "+0.0", "+0.0", "+0.0"]
    assert lines[4].split() == ["2031-05-19", "0", "+0.0", "+0.0", "+0.0", "·", "1", "+2.5", "+2.5", "+0.0"]
    assert "no incidents between MLI and FRA" in tacitus("tension", "MLI", "FRA", db=db).stdout


def test_alerts_as_text_and_as_json(db: Path, tmp_path: Path) -> None:
    rules = tmp_path / "rules.toml"
    rules.write_text(
        '[[rule]]\nname = "talks"\ntype = "CONSULT"\n[[rule]]\nname = "own"\ntype = "CONSULT"\nvoice = "page"\n'
    )
    text = tacitus("alerts", str(rules), db=db).stdout.splitlines()
    assert text[0] == "[talks] new: it meets the rule" and len(text) == 2
    assert ", as Niger said · in 1 page · " in text[1] and text[1].endswith("(talks:1)")
    (alert,) = [
        json.loads(line) for line in tacitus("alerts", str(rules), "--format", "jsonl", db=db).stdout.splitlines()
    ]
    assert (alert["rule"], alert["incidents"][0]["voice"], alert["incidents"][0]["said_by"]) == (
        "talks",
        "claimed",
        ["Niger"],
    )
    assert tacitus("alerts", str(rules), "--since", "2", db=db).stdout == ""
