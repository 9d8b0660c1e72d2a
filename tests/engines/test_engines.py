"""All engines give the same records in the same order, whatever happens to their workers."""

from __future__ import annotations

import importlib.util
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from tacitus.engines import code_in_processes, code_on_ray, code_serially
from tacitus.engines.processes import Pool
from tacitus.errors import DataError
from tacitus.pipeline import batches
from tacitus.records import Article, Failure, Record
from tacitus.settings import Settings
from tests.engines.workers import FragileWorkers, descendants

Engine = Callable[..., Iterator[Record]]
TEXTS = (
    "The Kenyan army shelled a camp near Lamu on Monday.",
    "",
    "Peru and Chile signed a trade agreement in Lima, officials said.",
    "“We reject the proposal,” the Norwegian minister said.",
)
linux = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks for processes in /proc")


def articles(count: int = 12) -> list[Article]:
    readable = [Article(id=f"d{n}", text=TEXTS[n % len(TEXTS)], published="2024-05-08") for n in range(count)]
    return [*readable, Article(id="bad", error=Failure(kind="binary", message="bad: not a text file"))]


def code_with_own_models(articles: Iterable[Article], *, settings: Settings) -> Iterator[Record]:
    """Workers that load a coder each, as where processes cannot be forked."""
    from tacitus.engines.processes import _Spawner

    with Pool(settings, source=_Spawner(settings)) as pool:
        for batch in batches(articles, size=settings.batch):
            yield from pool.submit(batch).result()


def code_on_local_ray(articles: Iterable[Article], *, settings: Settings) -> Iterator[Record]:
    if importlib.util.find_spec("ray") is None:
        pytest.skip("Ray is not installed: pip install 'tacitus[ray]'")
    records = code_on_ray(articles, settings=settings)
    try:
        yield next(records)
    except Exception as err:
        if "timed out during startup" not in str(err):
            raise
        pytest.skip(f"Ray does not start on this machine: {err}")
    yield from records


@pytest.fixture(scope="module")
def serial() -> list[Record]:
    return list(code_serially(articles(), settings=Settings(batch=4)))


def test_serial_keeps_order_and_failures(serial: list[Record]) -> None:
    assert [record.id for record in serial] == [article.id for article in articles()]
    assert [record.id for record in serial if record.error] == ["bad"]


@pytest.mark.filterwarnings(
    "ignore::ResourceWarning", "ignore::FutureWarning", "ignore::DeprecationWarning"
)  # Ray's own
@pytest.mark.parametrize("engine", [code_in_processes, code_with_own_models, code_on_local_ray])
def test_all_engines_agree(serial: list[Record], engine: Engine) -> None:
    assert list(engine(articles(), settings=Settings(workers=2, batch=3, threads=1))) == serial


@linux
def test_a_killed_worker_loses_nothing(serial: list[Record]) -> None:
    killed = []

    def killing() -> Iterator[Article]:
        for number, article in enumerate(articles()):
            if number == 8:
                _, *workers = descendants(os.getpid())[-3:]  # the forge stands above its workers
                killed.append(workers[0])
                os.kill(workers[0], signal.SIGKILL)
            yield article

    assert list(code_in_processes(killing(), settings=Settings(workers=2, batch=1, threads=1))) == serial
    assert killed


def test_a_document_that_kills_its_worker_is_lost_alone_and_named() -> None:
    texts = ["fine", "deadly", "fine", "indigestible", "fine", "fine", "deadly", "fine"]
    given = [Article(id=f"d{number}", text=text, url="u") for number, text in enumerate(texts)]
    source = FragileWorkers()
    with Pool(Settings(workers=2), source=source) as pool:
        futures = [pool.submit(batch) for batch in batches(given, size=3)]
        records = [record for future in futures for record in future.result()]
    assert [record.id for record in records] == [article.id for article in given]
    assert {record.id: record.error.message for record in records if record.error} == {
        "d1": "d1: the worker process died while coding this document",
        "d3": "d3: ValueError: cannot chew this",
        "d6": "d6: the worker process died while coding this document",
    }
    assert all(record.url == "u" and record.error.kind == "crash" for record in records if record.error)
    assert source.started == 6, "two workers, and a new one after each of four deaths"


def test_a_coder_that_cannot_be_loaded_is_told(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text("nonsense = ")
    with pytest.raises(DataError, match=r"mine\.toml"):
        list(code_in_processes(articles(), settings=Settings(workers=2, threads=1, actors=(tmp_path / "mine.toml",))))


@linux
def test_nothing_is_left_running_when_the_parent_is_killed() -> None:
    script = (
        "from tacitus.engines import code_in_processes as c\n"
        "from tacitus.settings import Settings\n"
        "from tacitus.records import Article\n"
        "import itertools\n"
        "endless = (Article(id=str(n), text='The army shelled the town.') for n in itertools.count())\n"
        "if __name__ == '__main__':\n"
        "    for record in c(endless, settings=Settings(workers=2, batch=2, threads=1)):\n"
        "        print(record.id, flush=True)\n"
    )
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None and process.stdout.readline() == b"0\n"
        below = descendants(process.pid)
        assert len(below) >= 3, "a forge and two workers"
        process.kill()
    deadline = time.monotonic() + 20
    while any(Path(f"/proc/{pid}").exists() for pid in below) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert [pid for pid in below if Path(f"/proc/{pid}").exists()] == []
