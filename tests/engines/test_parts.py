"""Files as parts: each gives one Parquet file, is marked when finished, and is not coded again unless it has changed."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from tacitus.engines import code_parts_on_ray
from tacitus.engines.parts import Summary, code_part, parts_of
from tacitus.errors import SettingsError
from tacitus.export import write_parquet
from tacitus.records import Failure, Record
from tacitus.settings import Settings


def records_of(source: str) -> Iterator[Record]:
    """A stand-in for the coder: a record a line."""
    for number, line in enumerate(Path(source).read_text(encoding="utf-8").splitlines()):
        error = Failure(kind="json", message=f"{source}:{number + 1}: not JSON") if line == "bad" else None
        yield Record(id=f"{Path(source).name}:{number}", text=line, error=error)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in (("in/a.jsonl", "one two\nbad"), ("in/b/a.jsonl", "three"), ("in/.hidden", "x")):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (tmp_path / "out").mkdir()
    return tmp_path


def test_parts_are_files_each_once(folder: Path) -> None:
    parts = parts_of([str(folder / "in"), str(folder / "in" / "*.jsonl")], folder / "out")
    assert [part.source.relative_to(folder / "in").as_posix() for part in parts] == ["a.jsonl", "b/a.jsonl"]
    assert len({part.target for part in parts}) == 2, "files of one name in two folders do not meet"
    with pytest.raises(SettingsError, match="no such file"):
        parts_of([str(folder / "nowhere" / "*.warc")], folder / "out")


def test_a_finished_part_is_marked_and_a_changed_one_is_not_finished(folder: Path) -> None:
    part = parts_of([str(folder / "in" / "a.jsonl")], folder / "out")[0]
    summary = code_part(part, code=records_of, write=write_parquet)
    assert (summary.documents, summary.words, summary.failed) == (2, 3, 1) and "a.jsonl:2" in summary.failures[0]
    assert duckdb.sql(f"SELECT count(*) FROM read_parquet('{part.target}')").fetchall() == [(2,)]
    assert part.is_finished() and json.loads(part.mark.read_text())["documents"] == 2
    os.utime(part.source, ns=(1, 1))
    assert not part.is_finished()


@pytest.mark.parametrize("killed_after", ["records", "file", "mark"])
def test_what_was_killed_is_done_again_wholly(folder: Path, killed_after: str) -> None:
    part = parts_of([str(folder / "in" / "a.jsonl")], folder / "out")[0]

    def killed(records: Iterator[Record], path: Path) -> None:
        path.write_text("half a file")
        raise KeyboardInterrupt

    if killed_after == "records":
        with pytest.raises(KeyboardInterrupt):
            code_part(part, code=records_of, write=killed)
    else:
        code_part(part, code=records_of, write=write_parquet)
        part.mark.write_text("" if killed_after == "mark" else "{}")
    assert not part.is_finished()
    assert code_part(part, code=records_of, write=write_parquet) == Summary(
        source=str(part.source), documents=2, words=3, failed=1, failures=(f"{part.source}:2: not JSON",)
    )
    assert part.is_finished()


@pytest.mark.filterwarnings(
    "ignore::ResourceWarning", "ignore::FutureWarning", "ignore::DeprecationWarning"
)  # Ray's own
def test_ray_does_what_is_not_finished(folder: Path) -> None:
    pytest.importorskip("ray", reason="Ray is not installed: pip install 'tacitus[ray]'")
    lines = ['{"id": "a", "text": "The Kenyan army shelled a camp near Lamu."}', "not json"]
    (folder / "in" / "a.jsonl").write_text("\n".join(lines), encoding="utf-8")
    parts = parts_of([str(folder / "in" / "a.jsonl")], folder / "out")
    try:
        (summary,) = code_parts_on_ray(parts, settings=Settings(workers=2), write=write_parquet)
    except Exception as err:
        if "timed out during startup" not in str(err):
            raise
        pytest.skip(f"Ray does not start on this machine: {err}")
    assert (summary.documents, summary.events, summary.failed) == (2, 1, 1) and "a.jsonl:2" in summary.failures[0]
    assert duckdb.sql(f"SELECT id, events[1].type FROM read_parquet('{parts[0].target}') LIMIT 1").fetchall() == [
        ("a", "ASSAULT")
    ]
    assert parts[0].is_finished()
