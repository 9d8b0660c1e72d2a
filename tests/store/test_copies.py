"""Copies in the store: families over runs, whatever the order, and what happens when pages are replaced."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from pathlib import Path

import pytest

from tacitus.records import Record
from tacitus.store import Store, open_store
from tacitus.store.copies import Copies
from tests.corpus.test_copies import STORY, TEMPLATES, paragraphs
from tests.factories import make_record

WHOLE = ("whole", "2024-05-09", STORY)
SHORT = ("short", "2024-05-07", paragraphs(0, 1))
AGAIN = ("again", "2024-05-08", STORY)
OTHER = ("other", "2024-05-08", TEMPLATES[0])


def records(pages: Iterable[tuple[str, str | None, str]]) -> list[Record]:
    return [make_record(text, id=id_, published=published) for id_, published, text in pages]


def run(store: Store, *pages: tuple[str, str | None, str], is_killed: bool = False) -> None:
    """Read the pages in one run; a killed one stores the pages and not what was found of them."""
    from tacitus.corpus.copies_spool import Page

    copies = Copies(store)
    number = store.start_run(program="test", sources=["x"])
    with copies.finder() as finder:
        for record in records(pages):
            found = finder.find(Page(id=record.id, published=record.published, text=record.text))
            store.add([record], run=number)
            if not is_killed:
                copies.add({record.id: found})


def copies_of(store: Store) -> dict[str, tuple[str, str]]:
    rows = store._connection.execute("SELECT document, original, kind FROM copies ORDER BY document").fetchall()
    return {document: (original, kind) for document, original, kind in rows}


@pytest.fixture
def store(tmp_path: Path) -> Iterable[Store]:
    with open_store(tmp_path / "world.duckdb") as opened:
        yield opened


@pytest.mark.parametrize(
    "order", list(itertools.permutations((WHOLE, SHORT, AGAIN, OTHER))), ids=lambda pages: "-".join(p[0] for p in pages)
)
def test_the_original_is_the_earliest_whole_page_in_any_order(
    order: tuple[tuple[str, str, str], ...], store: Store
) -> None:
    run(store, *order, OTHER)
    assert copies_of(store) == {"short": ("again", "truncated"), "whole": ("again", "verbatim")}


@pytest.mark.parametrize("split", [1, 2, 3])
def test_a_later_run_compares_with_what_was_read_before(split: int, tmp_path: Path) -> None:
    pages = (SHORT, OTHER, WHOLE, AGAIN)
    with open_store(tmp_path / "world.duckdb") as store:
        run(store, *pages[:split])
    with open_store(tmp_path / "world.duckdb") as store:
        run(store, *pages[split:])
        assert copies_of(store) == {"short": ("again", "truncated"), "whole": ("again", "verbatim")}


def test_what_a_killed_run_left_is_made_up_for(store: Store) -> None:
    run(store, SHORT, WHOLE, is_killed=True)
    assert copies_of(store) == {}
    run(store, AGAIN)
    assert {document: original for document, (original, _) in copies_of(store).items()} == {
        "short": "again",
        "whole": "again",
    }


def test_a_page_coded_again_stays_in_its_family(store: Store) -> None:
    run(store, WHOLE, SHORT, AGAIN)
    before = copies_of(store)
    for page in (WHOLE, AGAIN, SHORT):
        run(store, page)
        assert copies_of(store) == before


def test_a_page_whose_text_has_changed_leaves_its_family(store: Store) -> None:
    run(store, WHOLE, SHORT, AGAIN)
    run(store, ("again", "2024-05-08", TEMPLATES[1]))
    assert copies_of(store) == {"short": ("whole", "truncated")}
    run(store, ("third", "2024-05-10", TEMPLATES[1]))
    assert copies_of(store)["third"] == ("again", "verbatim")


def test_undated_pages_are_no_originals_of_dated_ones(store: Store) -> None:
    run(store, ("undated", None, STORY), WHOLE)
    assert copies_of(store) == {"undated": ("whole", "verbatim")}


def test_each_page_is_a_copy_of_one_at_most(store: Store) -> None:
    pages = [(f"p{n}", f"2024-05-{n + 1:02}", STORY.replace("12", str(n + 12))) for n in range(6)]
    run(store, *pages[::2])
    run(store, *pages[1::2])
    found = copies_of(store)
    assert sorted(found) == [f"p{n}" for n in range(1, 6)]
    assert {original for original, _ in found.values()} == {"p0"}
