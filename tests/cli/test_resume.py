"""A run that is killed with SIGKILL and started again loses nothing and codes nothing twice."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from tacitus.store import open_store

SENTENCES = (
    "The Kenyan army shelled a camp near Lamu on Monday.",
    "Peru and Chile signed a trade agreement in Lima, officials said.",
    "The Norwegian minister rejected the proposal of the Danish government.",
)
DOCUMENTS = 160
A_BATCH = 100_000  # bytes of the log that the schema alone does not reach and a batch surpasses


def write_pages(path: Path) -> None:
    """Documents long enough that the run is still going when it is killed."""
    with path.open("w", encoding="utf-8") as file:
        for number in range(DOCUMENTS):
            text = " ".join(SENTENCES[(number + shift) % 3] for shift in range(12))
            file.write(json.dumps({"id": f"d{number}", "text": text, "published": "2024-05-08"}) + "\n")


def start(pages: Path, database: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tacitus", "code", str(pages), "--db", str(database), "--quiet"]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def wait_for_first_batch(database: Path, process: subprocess.Popen[bytes]) -> None:
    """Until the write-ahead log has grown by a batch and stood still: that batch is committed, and the run goes on."""
    log = Path(f"{database}.wal")
    deadline = time.monotonic() + 120
    sizes = [0] * 5
    while process.poll() is None and time.monotonic() < deadline:
        sizes = [*sizes[1:], log.stat().st_size if log.exists() else 0]
        if sizes[0] > A_BATCH and len(set(sizes)) == 1:
            return
        time.sleep(0.02)
    raise AssertionError(f"the run ended or stored nothing: {process.stderr.read() if process.stderr else ''!r}")


def test_killed_and_started_again(tmp_path: Path) -> None:
    pages, database = tmp_path / "pages.jsonl", tmp_path / "world.duckdb"
    write_pages(pages)
    process = start(pages, database)
    wait_for_first_batch(database, process)
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    with open_store(database) as store:
        before = [record.id for record in store.records()]
    assert 0 < len(before) < DOCUMENTS, "the kill came too early or too late to show anything"

    again = start(pages, database)
    _, errors = again.communicate(timeout=300)
    assert again.returncode == 0, errors.decode()
    with open_store(database) as store:
        ids = [record.id for record in store.records()]
        runs = store._connection.execute("SELECT coded, finished IS NOT NULL FROM runs ORDER BY run").fetchall()
    assert sorted(ids) == sorted(f"d{number}" for number in range(DOCUMENTS)), "each document once"
    assert runs == [(len(before), False), (DOCUMENTS - len(before), True)], "what was stored before was not coded again"
