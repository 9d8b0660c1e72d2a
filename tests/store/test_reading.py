"""Copies of a database that another process is writing to are whole, and a copy keeps up with its original."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from tacitus.errors import StoreError
from tacitus.records import Record
from tacitus.store import open_store
from tacitus.store.reading import ReadingCopy, copy_database

WRITER = """
import sys, time
from tacitus.records import Record, Span
from tacitus.store import open_store
with open_store(sys.argv[1]) as store:
    run = store.start_run(program="test", sources=[])
    store._connection.execute("SET checkpoint_threshold = '64KB'")
    end, n = time.time() + float(sys.argv[2]), 0
    while time.time() < end:
        batch = [Record(id=f"{n}-{i}", text="word " * 400, sentences=(Span(0, 4),)) for i in range(5)]
        store.add(batch, run=run)
        n += 1
        print(n, flush=True)
"""


def test_copies_under_a_writer_are_whole(tmp_path: Path) -> None:
    path = tmp_path / "world.duckdb"
    with open_store(path):
        pass
    seen = []
    command = [sys.executable, "-c", WRITER, str(path), "4"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None and writer.stdout.readline()
        with pytest.raises(StoreError, match="another process"):
            open_store(path, read_only=True)
        while writer.poll() is None:
            copy_database(path, tmp_path / "copy.duckdb")
            with open_store(tmp_path / "copy.duckdb") as store:
                ids = [record.id.split("-")[0] for record in store.records()]
            assert len(ids) == 5 * len(set(ids)), "a batch is there wholly or not at all"
            seen.append(len(ids))
    assert writer.returncode == 0, "the writer was not disturbed"
    assert seen == sorted(seen) and seen[-1] > 0


def test_a_copy_keeps_up_and_keeps_no_one_out(tmp_path: Path) -> None:
    path = tmp_path / "world.duckdb"
    with open_store(path):
        pass
    copy = ReadingCopy(path)
    before = copy.version
    with copy.reader() as reader, open_store(path) as store:
        store.add([Record(id="new", text="word")], run=store.start_run(program="test", sources=[]))
        assert reader.record("new") is None
    copy.keep_up(wait=True)
    with copy.reader() as reader:
        assert reader.record("new") is not None
    assert copy.version != before
    copy.close()


def test_what_is_no_database_gives_a_clear_error(tmp_path: Path) -> None:
    path = tmp_path / "world.duckdb"
    path.write_bytes(b"no database" * 4096)
    with pytest.raises(StoreError, match="no whole copy"):
        ReadingCopy(path)


def test_the_last_good_copy_stays_when_the_next_cannot_be_made(tmp_path: Path) -> None:
    path = tmp_path / "world.duckdb"
    with open_store(path) as store:
        store.add([Record(id="old", text="word")], run=store.start_run(program="test", sources=[]))
    copy = ReadingCopy(path)
    time.sleep(0.01)
    path.write_bytes(b"gone" * 4096)
    copy.keep_up(wait=True)
    with copy.reader() as reader:
        assert reader.record("old") is not None
    assert copy.behind is not None and "no whole copy" in copy.behind
    copy.close()
