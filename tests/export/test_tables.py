"""Records as files: JSON Lines, Parquet and CSV hold the same facts."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import duckdb
import pytest

from tacitus.errors import SettingsError
from tacitus.export import write_records
from tacitus.records import Record
from tests.store.test_database import record


def test_json_lines_hold_whole_records(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    write_records([record("d1"), record("d2")], path, format="jsonl")
    assert [Record.from_dict(json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()] == [
        record("d1"),
        record("d2"),
    ]


def test_csv_has_one_row_an_event(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    write_records([record(), Record(id="empty")], path, format="csv")
    with path.open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["type"], row["actor_codes"], row["recipient_names"]) == ("ASSAULT", "KENREB", "soldiers")
    assert (row["speaker"], row["dead_low"], row["dead_high"], row["date_from"]) == (
        "the Ugandan army",
        "12",
        "",
        "2024-05-06",
    )


@pytest.mark.parametrize("records", [[record()], [Record(id="empty")], []])
def test_parquet_has_one_schema_whatever_is_in_it(tmp_path: Path, records: list[Record]) -> None:
    path = tmp_path / "out.parquet"
    write_records(records, path, format="parquet")
    rows = duckdb.sql(f"SELECT id, events, times, model FROM read_parquet('{path}')")
    assert str(rows.types[1]).startswith('STRUCT(id VARCHAR, "type" VARCHAR')
    assert [row[0] for row in rows.fetchall()] == [one.id for one in records]


def test_a_lone_surrogate_is_escaped(capsys: pytest.CaptureFixture[str]) -> None:
    write_records([Record(id="d", text="odd \ud800 text")], None, format="jsonl")
    assert json.loads(capsys.readouterr().out)["text"] == "odd \ud800 text"


def test_parquet_needs_a_file() -> None:
    with pytest.raises(SettingsError, match="--output"):
        write_records([], None, format="parquet")


@pytest.mark.parametrize("format", ["jsonl", "csv"])
def test_a_full_disk_is_named(tmp_path: Path, format: str) -> None:
    (tmp_path / "out").symlink_to("/dev/full")
    with pytest.raises(SettingsError, match="out: cannot be written: No space left"):
        write_records([record()] * 200, tmp_path / "out", format=format)
