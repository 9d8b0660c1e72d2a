"""All engines give the same records in the same order, whatever happens to their workers."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator

import pytest

from tacitus.engines import code_in_processes, code_serially
from tacitus.records import Article, Failure, Record
from tacitus.settings import Settings

TEXTS = (
    "The Kenyan army shelled a camp near Lamu on Monday.",
    "",
    "Peru and Chile signed a trade agreement in Lima, officials said.",
    "“We reject the proposal,” the Norwegian minister said.",
)


def articles(count: int = 12) -> list[Article]:
    readable = [Article(id=f"d{n}", text=TEXTS[n % len(TEXTS)], published="2024-05-08") for n in range(count)]
    return [*readable, Article(id="bad", error=Failure(kind="binary", message="bad: not a text file"))]


@pytest.fixture(scope="module")
def serial() -> list[Record]:
    return list(code_serially(articles(), settings=Settings(batch=4)))


def test_serial_keeps_order_and_failures(serial: list[Record]) -> None:
    assert [record.id for record in serial] == [article.id for article in articles()]
    assert [record.id for record in serial if record.error] == ["bad"]


def test_processes_agree_with_serial(serial: list[Record]) -> None:
    assert list(code_in_processes(articles(), settings=Settings(workers=2, batch=3))) == serial


def test_a_killed_worker_loses_nothing(serial: list[Record]) -> None:
    def killing() -> Iterator[Article]:
        for number, article in enumerate(articles()):
            if number == 6:
                next(iter(multiprocessing.active_children())).kill()
            yield article

    assert list(code_in_processes(killing(), settings=Settings(workers=2, batch=1))) == serial
