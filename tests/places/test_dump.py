"""A dump of GeoNames, read line by line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tacitus.errors import DataError
from tacitus.places.dump import Dump, load_kept

from .dumps import dump_line, write_dump


@pytest.mark.parametrize("ending", ["zip", "txt"])
def test_places_and_their_names(tmp_path: Path, ending: str) -> None:
    line = dump_line(7, "Um Sidr", others="Umm Sidr,أم سدر,XYZ", lat=14.5, lon=25.25, population=900)
    dump = Dump(write_dump(tmp_path / f"dump.{ending}", line))
    [(place, keys)] = dump
    assert (place.geonameid, place.name, place.lat, place.lon, place.feature) == (7, "Um Sidr", 14.5, 25.25, "P.PPL")
    assert (place.iso2, place.division, place.population) == ("SD", "47", 900)
    assert keys == ["um sidr", "umm sidr"]
    assert dump.read == dump.size > 0


@pytest.mark.parametrize(
    ("feature", "is_kept"),
    [
        ("P.PPL", True),
        ("S.CMPRF", True),
        ("H.STM", True),
        ("A.ADM3", True),
        ("A.PCLI", False),
        ("A.ADM1", False),
        ("S.HTL", False),
        ("H.WLL", False),
        ("P.PPLCH", False),
        (".", False),
    ],
)
def test_what_is_taken(feature: str, is_kept: bool) -> None:
    assert (feature in load_kept()) is is_kept


@pytest.mark.parametrize("broken", ["one cell", dump_line(1, "Here").replace("13.0", "north"), "\t".join("x" * 25)])
def test_a_broken_line_is_named(tmp_path: Path, broken: str) -> None:
    dump = Dump(write_dump(tmp_path / "dump.txt", dump_line(1, "Here"), broken))
    with pytest.raises(DataError, match=r"dump\.txt:2: "):
        list(dump)


def test_an_archive_without_a_table(tmp_path: Path) -> None:
    import zipfile

    path = tmp_path / "dump.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("picture.png", "")
    with pytest.raises(DataError, match="0 tables"):
        Dump(path)
