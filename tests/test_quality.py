"""The page of figures is what the measurements say."""

from __future__ import annotations

from benchmarks.measure import BENCHMARKS, pick
from benchmarks.quality import PAGE, render


def test_the_page_is_written_from_the_figures() -> None:
    assert PAGE.read_text(encoding="utf-8") == render(), "run: python -m benchmarks.quality"


def test_benchmarks_have_names_of_their_own() -> None:
    assert len({benchmark.name for benchmark in BENCHMARKS}) == len(BENCHMARKS)


def test_a_figure_is_picked_by_its_path() -> None:
    assert pick({"a": {"b": 0.123456}}, "a > b") == 0.1235
