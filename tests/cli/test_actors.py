"""`tacitus actors`: look-ups, checks, imports; and files of one's own where pages are coded."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tacitus.records import Record
from tacitus.store import open_store
from tests.cli.test_commands import tacitus
from tests.factories import make_actor, make_record

OWN = (
    '[[organization]]\nname = "Harbour Front"\naliases = ["HBF"]\nkind = "group"\ncountry = "AGO"\nsectors = ["REB"]\n'
)


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "my.toml"
    path.write_text(OWN, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("arguments", "shown"),
    [
        (["Wagner Group", "--on", "2022-06-01"], ["organization/wagner-group", "RUS"]),
        (["Petr Fiala", "--on", "2024-01-01"], ["person/petr-fiala", "CZEGOV on 2024-01-01", "prime minister"]),
        (["Petr Fiala", "--on", "2026-06-01"], ["CZEELI"]),
        (["gunmen"], ["role noun", "UAF"]),
    ],
)
def test_find(arguments: list[str], shown: list[str]) -> None:
    result = tacitus("actors", "find", *arguments)
    assert result.returncode == 0
    assert all(part in result.stdout.decode() for part in shown)


def test_find_tells_what_is_near() -> None:
    result = tacitus("actors", "find", "Fiala Petr")
    assert (result.returncode, result.stdout) == (1, b"")
    assert "Petr Fiala" in result.stderr.decode()


def test_find_reads_a_file_of_ones_own(own: Path) -> None:
    assert tacitus("actors", "find", "HBF").returncode == 1
    assert "AGOREB" in tacitus("actors", "find", "HBF", "--actors", own).stdout.decode()


def test_check(own: Path) -> None:
    own.write_text(OWN + '[[organization]]\nname = "Hamas"\ncountry = "PSE"\n', encoding="utf-8")
    result = tacitus("actors", "check", own)
    assert result.returncode == 0
    assert result.stdout.decode().splitlines() == [
        "replaces organization/hamas",
        f"{own}: 2 entries and 0 role nouns, all right",
    ]


def test_check_names_the_fault(own: Path) -> None:
    own.write_text(OWN.replace("AGO", "QQQ"), encoding="utf-8")
    result = tacitus("actors", "check", own)
    assert result.returncode == 2
    assert "organization 1 (Harbour Front): unknown country 'QQQ'" in result.stderr.decode()


def test_pages_are_coded_with_a_file_of_ones_own(own: Path) -> None:
    page = json.dumps({"id": "a", "text": "Harbour Front fighters shelled the port of Luanda."}).encode()
    coded = json.loads(tacitus("code", "-", "--actors", own, stdin=page).stdout)
    assert ("organization/harbour-front", "AGOREB") in [(one["reference"], one["code"]) for one in coded["actors"]]
    plain = json.loads(tacitus("code", "-", stdin=page).stdout)
    assert coded["model"].items() - plain["model"].items() == {("actors", coded["model"]["actors"])}


def test_a_wrong_file_stops_before_coding(own: Path) -> None:
    own.write_text("[[actor]]\n", encoding="utf-8")
    result = tacitus("explain", "The army shelled the town.", "--actors", own)
    assert result.returncode == 2
    assert "unknown table 'actor'" in result.stderr.decode()


def test_unknown_names_by_frequency(tmp_path: Path) -> None:
    def page(id_: str, text: str, *names: str, reference: str | None = None) -> Record:
        actors = [
            make_actor(f"a{n}", text, name, code="AGO", kind="person", reference=reference)
            for n, name in enumerate(names)
        ]
        return make_record(text, id=id_, actors=tuple(actors))

    records = [
        page("one", "Oda Nim met Bel Ruk.", "Oda Nim", "Bel Ruk"),
        page("two", "Bel Ruk spoke.", "Bel Ruk"),
        page("three", "Known One spoke.", "Known One", reference="person/known-one"),
    ]
    with open_store(tmp_path / "world.duckdb") as store:
        store.add(records, run=store.start_run(program="test", sources=["test"]))
    result = tacitus("actors", "unknown", "--db", tmp_path / "world.duckdb")
    assert result.stdout.decode().splitlines() == [
        "2\t2\tBel Ruk\tperson\tAGO\tOda Nim met Bel Ruk.",
        "1\t1\tOda Nim\tperson\tAGO\tOda Nim met Bel Ruk.",
    ]


def test_import(tmp_path: Path) -> None:
    source, output = tmp_path / "own.actors.txt", tmp_path / "my.toml"
    source.write_text("HARBOUR_FRONT_ [AGOREB]\n+HBF_\nWANDERERS_ [GYP]\nROWER [~LAB]\n", encoding="utf-8")
    result = tacitus("actors", "import", source, "--output", output)
    assert result.returncode == 0
    told = result.stderr.decode()
    assert "left out: own.actors.txt:3: Wanderers: 'GYP'" in told
    assert "organizations: 1, persons: 0, role nouns: 1, left out: 1" in told
    assert tacitus("actors", "check", output).returncode == 0
