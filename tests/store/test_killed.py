"""Killed while it commits, or on a disk that is full: batches are whole or absent, none is lost, none stands twice."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from tacitus.store import open_store
from tests.store.test_database import record

BATCH = 20
ROOM = 400_000  # bytes: a few batches
WRITER = """
import resource, sys
from tacitus.errors import StoreError
from tacitus.store import open_store
from tests.store.test_database import record
path, first, room = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
if room:
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
with open_store(path) as store:
    run = store.start_run(program="test", sources=[])
    for batch in range(first, first + 10_000):
        try:
            store.add([record(f"d{batch}-{n}") for n in range(20)], run=run)
        except StoreError as err:
            sys.exit(str(err))
        print(batch, flush=True)
"""


def write(database: Path, *, first: int, room: int = 0) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WRITER, str(database), str(first), str(room)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def stored(database: Path) -> dict[int, int]:
    """Batch to number of its documents; every document has all its rows, once."""
    with open_store(database) as store:
        ids = [record.id for record in store.records()]
        assert len(set(ids)) == len(ids) == len(store.events()) == len(store.claims())
    batches = [int(id_[1:].split("-")[0]) for id_ in ids]
    return {batch: batches.count(batch) for batch in batches}


@pytest.mark.parametrize("delay", [0.0, 0.03, 0.11])
def test_killed_while_it_commits(tmp_path: Path, delay: float) -> None:
    database = tmp_path / "world.duckdb"
    first = 0
    for _ in range(2):
        with write(database, first=first) as process:
            assert process.stdout is not None
            told = [int(process.stdout.readline()) for _ in range(3)]
            time.sleep(delay)
            process.kill()
            told += [int(line) for line in process.stdout if line.strip()]
        found = stored(database)
        assert set(told) <= set(found), "what was told to be stored is stored"
        assert set(found.values()) == {BATCH} and max(found) <= told[-1] + 1, (
            "and at most the one under way beside it, whole"
        )
        first = max(found) + 1


def test_a_full_disk_is_told_and_loses_nothing(tmp_path: Path) -> None:
    pytest.importorskip("resource", reason="limits on files are of Unix")
    database = tmp_path / "world.duckdb"
    with write(database, first=0, room=ROOM) as process:
        out, errors = process.communicate(timeout=120)
    told = [int(line) for line in out.splitlines()]
    assert process.returncode == 1 and told
    assert "world.duckdb: cannot be written" in errors and "make room" in errors
    assert stored(database) == dict.fromkeys(told, BATCH)
    with open_store(database) as store:
        store.add([record("after")], run=store.start_run(program="test", sources=[]))
    assert len(stored_ids(database)) == len(told) * BATCH + 1


def stored_ids(database: Path) -> set[str]:
    with open_store(database, read_only=True) as store:
        return {record.id for record in store.records()}
