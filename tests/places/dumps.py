"""Small dumps of GeoNames, made up for the tests, in the form of allCountries.zip."""

from __future__ import annotations

import zipfile
from pathlib import Path

COLUMNS = 19


def dump_line(
    geonameid: int,
    name: str,
    *,
    feature: str = "P.PPL",
    country: str = "SD",
    division: str = "47",
    others: str = "",
    lat: float = 13.0,
    lon: float = 25.0,
    population: int = 0,
) -> str:
    """One line of a dump."""
    cells = [""] * COLUMNS
    cells[:6] = [str(geonameid), name, name, others, str(lat), str(lon)]
    cells[6:8] = feature.split(".")
    cells[8], cells[10], cells[14] = country, division, str(population)
    return "\t".join(cells)


def write_dump(path: Path, *lines: str) -> Path:
    """A dump as a ZIP with one table in it, or as plain text, by the file's ending."""
    text = "".join(f"{line}\n" for line in lines)
    if path.suffix == ".zip":
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("readme.txt", "about\n")
            archive.writestr("XX.txt", text)
    else:
        path.write_text(text, encoding="utf-8")
    return path
