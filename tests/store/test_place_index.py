"""The index of places made from a dump."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from tacitus.errors import StoreError
from tacitus.places import Gazetteer
from tacitus.places.entry import PlaceRow
from tacitus.store import build_place_index, open_place_index


def row(geonameid: int, name: str, *, population: int = 0, feature: str = "P.PPL") -> tuple[PlaceRow, Sequence[str]]:
    place = PlaceRow(
        geonameid=geonameid,
        name=name,
        lat=13.0,
        lon=25.0,
        feature=feature,
        iso2="SD",
        division="47",
        population=population,
    )
    return place, [name.lower(), "both"]


def test_names_find_their_places_the_largest_first(tmp_path: Path) -> None:
    path = tmp_path / "my.sqlite"
    assert build_place_index([row(1, "Small", population=5), row(2, "Large", population=50)], path) == (2, 4)
    index = open_place_index(path)
    assert [place.name for place in index.find("both")] == ["Large", "Small"]
    assert index.find("small") == [row(1, "Small", population=5)[0]]
    assert index.find("nowhere") == index.find("\ud800") == []


def test_the_gazetteer_runs_on_it(tmp_path: Path) -> None:
    path = tmp_path / "my.sqlite"
    build_place_index([row(1, "Jebel Test", feature="T.MT")], path)
    gazetteer = Gazetteer.load(table=open_place_index(path))
    found = gazetteer.candidates("Jebel Test")[0]
    assert (found.country, found.feature, found.geonameid) == ("SDN", "T.MT", 1)
    assert gazetteer.candidates("France")[0].feature == "A.PCLI"
    assert gazetteer.version != Gazetteer.load().version


def test_a_build_that_fails_leaves_no_index(tmp_path: Path) -> None:
    def broken() -> Iterator[tuple[PlaceRow, Sequence[str]]]:
        yield row(1, "Here")
        raise OSError("disk gone")

    with pytest.raises(StoreError, match="disk gone"):
        build_place_index(broken(), tmp_path / "my.sqlite")
    assert not (tmp_path / "my.sqlite").exists()
    assert build_place_index([row(1, "Here")], tmp_path / "my.sqlite") == (1, 2)


@pytest.mark.parametrize("content", [b"", b"no database at all, but long enough to be looked at" * 20])
def test_other_files_are_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "other"
    path.write_bytes(content)
    with pytest.raises(StoreError, match="no index of places"):
        open_place_index(path)
    with pytest.raises(StoreError, match="no such file"):
        open_place_index(tmp_path / "missing")


def test_memory_does_not_grow_with_the_dump(tmp_path: Path) -> None:
    tracemalloc.start()
    build_place_index((row(number, f"Place {number}") for number in range(1, 60_001)), tmp_path / "my.sqlite")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 25_000_000  # a batch of 20,000 places takes some 15 MB; all of them at once would take over 30
