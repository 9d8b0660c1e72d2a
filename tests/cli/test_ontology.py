"""Types of one's own on the command line: checked, coded, stored, exported, reported, explained."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.cli.test_commands import tacitus

OWN = """
[type.EVICTION]
refines = "COERCE"
score = -6
gloss = "drives people out of their homes"
examples = ["Soldiers evicted the farmers.", { text = "Farmers were evicted.", status = "actual" }]
counterexamples = ["The doctor evicted the virus."]

[type.HARVEST]
quad = 2
score = 3

[[entry]]
type = "EVICTION"
verbs = ["evict"]

[[entry]]
type = "HARVEST"
verbs = ["bring in harvest"]
frame = "subj <> with"

[[exclude]]
reason = "a virus is no tenant"
verbs = ["evict virus"]
"""
PAGES = [
    {"id": "one", "published": "2024-05-08", "text": "Kenyan soldiers evicted Ugandan farmers on Monday. Nobody was hurt."},
    {"id": "two", "published": "2024-05-09", "text": "Kenya and Uganda brought in the harvest. Kenya will evict Uganda."},
]  # fmt: skip


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("own") / "my.toml"
    path.write_text(OWN)
    return path


def test_check_says_that_all_is_right(own: Path) -> None:
    result = tacitus("ontology", "check", own)
    assert result.returncode == 0, result.stderr.decode()
    assert result.stdout.decode() == f"{own}: 2 types, 0 contexts, 2 groups of words, 3 of 3 examples as expected\n"


def test_check_tells_what_was_coded_instead(own: Path, tmp_path: Path) -> None:
    path = tmp_path / "wrong.toml"
    path.write_text(
        OWN.replace(
            'counterexamples = ["',
            'counterexamples = ["The council evicted tenants.", "',
        ).replace('status = "actual"', 'status = "future"')
    )
    result = tacitus("ontology", "check", path)
    first, second, last = result.stdout.decode().splitlines()
    assert result.returncode == 1
    assert first.endswith("[type.EVICTION]: example 2: “Farmers were evicted.”: “evicted” is actual, not future")
    assert "counterexample 1: “The council evicted tenants.”: is coded as EVICTION, and should not be" in second
    assert "2 of 4 examples as expected" in last


def test_pages_are_coded_stored_exported_and_reported(own: Path, tmp_path: Path) -> None:
    pages, db, table = tmp_path / "pages.jsonl", tmp_path / "world.duckdb", tmp_path / "out.csv"
    pages.write_text("\n".join(map(json.dumps, PAGES)))
    result = tacitus("code", pages, "--db", db, "--ontology", own)
    assert result.returncode == 0, result.stderr.decode()
    record = json.loads(tacitus("show", "one", "--db", db, "--json").stdout)
    assert [event["type"] for event in record["events"]] == ["EVICTION"] and record["model"]["ontology"]
    assert b"EVICTION" in tacitus("show", "one", "--db", db).stdout
    for format_ in ("text", "markdown", "html"):
        report = tacitus("report", "--db", db, "--format", format_)
        assert report.returncode == 0, report.stderr.decode()
        assert b"EVICTION" in report.stdout and b"HARVEST" in report.stdout and b"evicted" in report.stdout
    assert tacitus("code", pages, "--output", table, "--ontology", own).returncode == 0
    with table.open(newline="", encoding="utf-8") as file:
        assert {row["type"] for row in csv.DictReader(file)} == {"EVICTION", "HARVEST"}


def test_explain_knows_the_type(own: Path) -> None:
    shown = tacitus("explain", "EVICTION", "--ontology", own).stdout.decode()
    assert "drives people out of their homes" in shown and "a kind of COERCE" in shown


def test_a_wrong_file_stops_before_coding(tmp_path: Path) -> None:
    path = tmp_path / "wrong.toml"
    path.write_text("[type.EVICTION]\n")
    result = tacitus("code", "-", "--ontology", path, stdin=b'{"id": "a", "text": "x"}')
    assert (result.returncode, result.stdout) == (2, b"")
    assert "wrong.toml:1: [type.EVICTION]: needs `quad`" in result.stderr.decode()


def test_a_verb_dictionary_is_converted_and_what_is_left_out_is_told(tmp_path: Path) -> None:
    verbs, made = tmp_path / "verbs.txt", tmp_path / "my.toml"
    verbs.write_text("--- MITHER [190] ---\nMITHER {MITHERS}\n- * FOX [---]\n- AGREED TO * [057]\n", encoding="utf-8")
    result = tacitus("ontology", "import", verbs, "--output", made)
    assert result.returncode == 0
    told, counts = result.stderr.decode().splitlines()
    assert told.startswith("left out: verbs.txt:4: - AGREED TO * [057]: words before the verb")
    assert counts == "patterns: 2, in the package already: 0, left out: 1"
    page = b'{"id": "a", "text": "Rebels mithered the village."}'
    (event,) = json.loads(tacitus("code", "-", "--ontology", made, stdin=page).stdout)["events"]
    assert (event["type"], event["cameo"]) == ("ASSAULT", "190")
