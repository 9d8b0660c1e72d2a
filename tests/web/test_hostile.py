"""Hostile pages are coded and shown like any other, and nothing in them runs: a few dozen of what `benchmarks.hostile` makes."""

from __future__ import annotations

from pathlib import Path

import pytest
from benchmarks.hostile import ATTACKS, Shown, documents, fill, is_text, look


def test_every_attack_is_coded_and_shown_as_text(tmp_path: Path) -> None:
    count = 2 * len(ATTACKS)
    wrong = sum(not is_text(document) for document in documents(count))
    assert fill(tmp_path / "hostile.duckdb", count) == wrong > 0
    pages, faults = look(tmp_path / "hostile.duckdb")
    assert pages > 2 * count and faults == []


@pytest.mark.parametrize(
    ("page", "fault"),
    [
        ("<p>a</p>", None),
        ("<p><script>x</script></p>", "<script>"),
        ("<p onclick='x'>a</p>", "p onclick=x"),
        ("<a href='javascript:1'>a</a>", "a href=javascript:1"),
        ("<a href='//evil.example/'>a</a>", "a href=//evil.example/"),
        ("<div><p></div>", "</div> out of place"),
        ("<p>\u202ea</p>", "unseen character 202e"),
    ],
)
def test_the_reader_of_pages_sees_what_must_not_be(page: str, fault: str | None) -> None:
    assert Shown(page).faults[:1] == ([fault] if fault else [])


def test_the_same_seed_makes_the_same_documents() -> None:
    assert list(documents(30)) == list(documents(30))
    assert [d["text"] for d in documents(30)] != [d["text"] for d in documents(30, seed=8)]
