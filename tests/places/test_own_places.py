"""Places of the user's own, from CSV files."""

from __future__ import annotations

from pathlib import Path

import pytest

from tacitus.errors import DataError
from tacitus.places import Gazetteer


def written(folder: Path, text: str) -> Path:
    path = folder / "my.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_they_are_found_by_all_their_names(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "name,lat,lon,country,feature,aliases\nCamp Juniper,12.5,24.5,SD,S.CMPRF,Juniper Camp|Camp J\nQuarry Hill,1,2,,,\n",
    )
    gazetteer = Gazetteer.load(own=[path])
    camp = gazetteer.candidates("Juniper Camp")[0]
    assert (camp.name, camp.country, camp.feature, camp.lat) == ("Camp Juniper", "SDN", "S.CMPRF", 12.5)
    assert any(entry.lat == 1 and entry.country is None for entry in gazetteer.candidates("Quarry Hill"))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name,lat\nA,1\n", "no column 'lon'"),
        ("name,lat,lon,colour\nA,1,2,red\n", "unknown column 'colour'"),
        ("name,lat,lon\nA,91,2\n", r"my\.csv:2: .*-90 to 90"),
        ("name,lat,lon\nA,north,2\n", r"my\.csv:2: could not convert"),
        ("name,lat,lon\nA,1\n", r"my\.csv:2: "),
        ("name,lat,lon,country\nA,1,2,ZZZ\n", "unknown country 'ZZZ'"),
        ("", "no column 'name'"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(DataError, match=message):
        Gazetteer.load(own=[written(tmp_path, text)])
