"""`tacitus review`: the log, agreement, training data out, other people's reviews in."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from training.events.standoff import read_standoff

import tacitus.cli as cli_package
from tacitus.cli.main import cli
from tacitus.records import Record, Span
from tacitus.review import EventFacts, added_entry, new_entry
from tacitus.store import open_store
from tacitus.store.journal import Journal
from tests.web.conftest import TEXT, shelling


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["review", *arguments])


def say(record: Record, event: str, *, who: str = "ann", whole: bool = True, **changes: object) -> None:
    (found,) = (one for one in record.events if one.id == event)
    becomes = replace(EventFacts.of(found, record), **changes)
    return new_entry(record, subject="event", item=event, becomes=becomes, who=who, whole=whole)


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """One page: its attack put right by one person and accepted by another before, its threat rejected, its accusation accepted."""
    path, machine = tmp_path / "world.duckdb", shelling()
    with open_store(path) as store:
        store.add([machine], run=store.start_run(program="test", sources=["pages/"]))
    entries = [
        say(machine, "e1", who="bob"),
        say(machine, "e1", who="ann", mode="heavy-weapons"),
        new_entry(machine, subject="event", item="e2", becomes=None, who="ann"),
        say(machine, "e3", whole=False),
    ]
    Journal(path).add(entries)
    return path


def test_what_was_reviewed_is_training_data(db: Path, tmp_path: Path) -> None:
    output = tmp_path / "out" / "reviewed.jsonl"
    output.parent.mkdir()
    result = run("export", "--db", str(db), "--with-text", "--output", str(output))
    assert (result.exit_code, result.stderr) == (0, "3 lines\n")
    attack, threat, accusation = [json.loads(line) for line in output.read_text(encoding="utf-8").splitlines()]
    assert attack["text"] == TEXT.split("\n")[0]
    assert attack["names"] == [[0, 7, "organization"], [16, 24, "place"]]
    assert attack["events"] == [
        {
            "trigger": [[8, 15]],
            "type": "ASSAULT",
            "mode": "heavy-weapons",
            "actors": [[[0, 7]]],
            "place": [[16, 24]],
            "time": [[28, 34]],
        }
    ]
    assert (attack["complete"], threat["complete"], accusation["complete"]) == (True, False, False)
    start = TEXT.index("answer")
    assert (threat["events"], threat["rejected"]) == ([], [{"trigger": [[start, start + 6]], "type": "THREATEN"}])
    (sentence,) = read_standoff(tmp_path, output.parent)
    assert (sentence.text, [(event.type, event.mode) for event in sentence.events]) == (
        attack["text"],
        [("ASSAULT", "heavy-weapons")],
    )


@pytest.mark.parametrize("form", ["training", "log"])
def test_reviews_of_two_people_are_brought_together(db: Path, tmp_path: Path, form: str) -> None:
    file, other = tmp_path / "reviewed.jsonl", tmp_path / "other.duckdb"
    run("export", "--db", str(db), "--as", form, "--output", str(file))
    with open_store(other) as store:
        store.add([shelling()], run=1)
    mine = new_entry(shelling(), subject="event", item="e3", becomes=None, who="cleo")
    Journal(other).add([mine])
    assert run("import", str(file), "--db", str(other)).output == "4 entries read, 4 of them new\n"
    assert run("import", str(file), "--db", str(other)).output == "4 entries read, 0 of them new\n"
    with open_store(other, read_only=True) as store:
        assert [(row.event, row.mode) for row in store.events()] == [("e1", "heavy-weapons")]
    assert "ann and cleo: same type 0% (0% to 79%) of 1" in run("agreement", "--db", str(other)).output


def test_agreement_is_told_by_type_and_between_people(db: Path) -> None:
    lines = run("agreement", "--db", str(db)).output.splitlines()
    assert [line.split("reviewed")[0].split() for line in lines[:-1]] == [
        ["ACCUSE", "1"],
        ["ASSAULT", "1"],
        ["THREATEN", "1"],
        ["all", "3"],
    ]
    assert "1 accepted, 1 corrected, 1 rejected; all right 33% (6% to 79%) of 3" in lines[3]
    assert lines[-1].startswith("ann and bob: same type 100% (21% to 100%) of 1")
    rows = [json.loads(line) for line in run("agreement", "--db", str(db), "--json").output.splitlines()]
    assert (rows[1]["corrected_in"], rows[-1]["people"]) == ({"mode": 1}, ["ann", "bob"])


def test_a_verdict_is_taken_back_by_the_beginning_of_its_id(db: Path) -> None:
    (line,) = [line for line in run("log", "--db", str(db)).output.splitlines() if "rejected" in line]
    assert "event “answer” of d1 · applied" in line
    assert run("undo", line[:8], "--db", str(db), "--who", "bob").exit_code == 0
    with open_store(db, read_only=True) as store:
        assert "THREATEN" in {row.type for row in store.events()}
    assert run("log", "--db", str(db), "--state", "undone").output.startswith(line[:8])


def test_a_missed_event_goes_the_whole_way(db: Path, tmp_path: Path) -> None:
    """Told in the log and in agreement, exported, brought into another database under the same id, taken back there."""
    start = TEXT.index("killing")
    killing = EventFacts(type="ASSAULT", mode="primitive", counted=True)
    Journal(db).add([added_entry(shelling(), trigger=Span(start, start + 7), becomes=killing, who="ann", whole=True)])
    (line,) = [line for line in run("log", "--db", str(db)).output.splitlines() if " · added · " in line]
    assert "event “killing” of d1 · applied" in line
    agreement = run("agreement", "--db", str(db)).output.splitlines()
    assert agreement[1].endswith("1 that it missed were added") and "1 reviewed" in agreement[1]
    file, other = tmp_path / "reviewed.jsonl", tmp_path / "other.duckdb"
    run("export", "--db", str(db), "--with-text", "--output", str(file))
    attack = json.loads(file.read_text(encoding="utf-8").splitlines()[0])
    assert [event.get("mode") for event in attack["events"]] == ["heavy-weapons", "primitive"] and attack["complete"]
    with open_store(other) as store:
        store.add([shelling()], run=1)
    assert run("import", str(file), "--db", str(other)).output == "5 entries read, 5 of them new\n"
    ids = []
    for path in (db, other):
        with open_store(path, read_only=True) as store:
            ids += [row.event for row in store.events() if row.review == "added"]
    assert len(ids) == 2 and len(set(ids)) == 1
    assert run("undo", line[:8], "--db", str(other), "--who", "bob").exit_code == 0
    with open_store(other, read_only=True) as store:
        assert ids[0] not in {row.event for row in store.events()}


@pytest.mark.parametrize("line", ["no json", "[1]", '{"review": [{"verdict": "maybe"}]}'])
def test_a_file_of_something_else_is_refused_whole(db: Path, tmp_path: Path, line: str) -> None:
    file = tmp_path / "strange.jsonl"
    file.write_text("\n" + line, encoding="utf-8")
    result = run("import", str(file), "--db", str(db))
    assert result.exit_code != 0 and "strange.jsonl:2: " in str(result.exception)
    assert len(Journal(db).ids()) == 4


@pytest.mark.parametrize("module", sorted(Path(cli_package.__file__).parent.glob("*.py")), ids=lambda path: path.stem)
def test_no_command_reads_past_what_people_said(module: Path) -> None:
    """Commands that only read open the database with `open_reviewed`, which takes in what waits; `import` only looks for it."""
    plain = re.findall(r"open_store\([^)]*read_only=True\)(?!\.close)", module.read_text(encoding="utf-8"))
    assert plain == []
