"""The commands as a user runs them: exit status, where output goes, what an error says."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tacitus.cli.main import cli

PAGE = "Skip to content\nHome » Army shells camp\n\nArmy shells camp\n\nLAMU, Kenya — The Kenyan army shelled a camp near Lamu on Monday.\n"


def tacitus(*arguments: str | Path, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "tacitus", *map(str, arguments)]
    return subprocess.run(command, input=stdin, capture_output=True, check=False)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pages")
    lines = [
        {
            "id": "k1",
            "text": "The Kenyan army shelled a camp near Lamu on Monday.",
            "published": "2024-05-08",
            "publisher": "Coast Daily",
        },
        {"id": "k2", "text": "“We condemn the attack,” Ugandan officials said in Kampala.", "published": "2024-05-09"},
    ]
    (folder / "pages.jsonl").write_text("\n".join(map(json.dumps, lines)) + "\nnot json\n", encoding="utf-8")
    path = folder / "world.duckdb"
    result = tacitus("code", folder / "pages.jsonl", "--db", path)
    assert result.returncode == 1, result.stderr.decode()
    assert b"pages.jsonl:3" in result.stderr, "the failure names the file and the line"
    return path


def test_records_go_to_standard_output_and_the_summary_does_not() -> None:
    result = tacitus("code", "-", stdin=json.dumps({"id": "a", "text": "The army shelled the town."}).encode())
    (line,) = result.stdout.splitlines()
    record = json.loads(line)
    assert (result.returncode, record["schema"], record["id"]) == (0, 1, "a")
    assert [event["type"] for event in record["events"]] == ["ASSAULT"]
    assert b"1 document" in result.stderr


def test_a_second_run_codes_only_what_is_new(database: Path) -> None:
    result = tacitus("code", database.with_name("pages.jsonl"), "--db", database)
    assert b"0 documents" in result.stderr and b"3 already stored" in result.stderr


@pytest.mark.parametrize("format_", ["text", "markdown", "html"])
def test_the_report_cites_its_documents(database: Path, format_: str) -> None:
    result = tacitus("report", "--db", database, "--format", format_)
    assert result.returncode == 0, result.stderr.decode()
    assert b"k1" in result.stdout and b"shelled" in result.stdout.lower()


def test_show_marks_the_text(database: Path) -> None:
    result = tacitus("show", "k1", "--db", database)
    assert result.returncode == 0 and b"ASSAULT" in result.stdout


def test_show_gives_json(database: Path) -> None:
    assert json.loads(tacitus("show", "k2", "--db", database, "--json").stdout)["id"] == "k2"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["show", "nobody", "--db", "DB"], "nobody: no such document"),
        (["report", "--db", "missing.duckdb"], "missing.duckdb: no such database"),
        (["code", "DB", "--workers", "0"], "--workers"),
        (["code", "x.txt", "--format", "parquet"], "--output"),
        (["cod"], "No such command"),
    ],
)
def test_unusable_arguments_exit_with_2(database: Path, arguments: list[str], message: str) -> None:
    result = tacitus(*(str(database) if argument == "DB" else argument for argument in arguments))
    assert result.returncode == 2 and message in result.stderr.decode()


def test_explain_says_why() -> None:
    result = tacitus("explain", "The Kenyan army shelled a camp near Lamu on Monday.", "--published", "2024-05-08")
    shown = result.stdout.decode()
    assert result.returncode == 0 and "ASSAULT" in shown and "shelled" in shown and "2024-05-06" in shown


def test_explain_knows_the_codes() -> None:
    result = tacitus("explain", "ASSAULT")
    assert b"-9" in result.stdout and b"drone" in result.stdout


def test_explain_draws_the_parse(tmp_path: Path) -> None:
    path = tmp_path / "tree.svg"
    result = tacitus("explain", 'Rebels shelled the "<old> town" & fled.', "--parse-svg", path)
    assert result.returncode == 0, result.stderr.decode()
    assert "┌── Rebels" in result.stdout.decode()
    words = [text.text for text in ElementTree.parse(path).iter("{http://www.w3.org/2000/svg}text")]
    assert {"Rebels", "shelled", "<", "&", "nsubj"} <= set(words)


@pytest.mark.parametrize(
    ("text", "path", "message"),
    [("Rebels fled.", "nowhere/tree.svg", "nowhere/tree.svg: cannot be written"), ("ASSAULT", "a.svg", "is a code")],
)
def test_explain_tells_why_it_cannot_draw(tmp_path: Path, text: str, path: str, message: str) -> None:
    result = tacitus("explain", text, "--parse-svg", tmp_path / path)
    assert result.returncode == 2 and message in result.stderr.decode()


@pytest.mark.parametrize("command", sorted(cli.commands))
def test_every_command_has_help_with_an_example(command: str) -> None:
    result = tacitus(command, "--help")
    assert result.returncode == 0 and f"tacitus {command} ".encode() in result.stdout.split(b"Example")[1]
