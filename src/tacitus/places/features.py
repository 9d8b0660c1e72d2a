"""What speaks for a candidate. Every feature is a number between -1 and about 1; their weights stand in `weights.toml`."""

from __future__ import annotations

import math
from collections.abc import Mapping

from tacitus.places.entry import Entry
from tacitus.places.names import name_key

AS_TOWN = 10  # a state or county is as well known as a town of a tenth of its inhabitants
POLITICAL = {"A.PCLI": "country", "A.ADM1": "division", "A.ADM2": "district", "P.PPLC": "capital"}
OWN: Mapping[str, str] = {
    "population": "logarithm of the inhabitants, ten million are 1",
    "lead": "how far the inhabitants fall behind those of the largest of the name (logarithm, negative)",
    "country": "a country",
    "division": "a state, a province",
    "district": "a county, a district",
    "capital": "the capital of a country",
    "region": "a region, a sea, a river, a camp: no settlement and no unit of administration",
    "own_name": "the name in the text is its main name and not an alternative",
    "contained": "the text says that it lies there: Paris, Texas",
    "outside": "the text says that it lies where no place of the name is known",
    "publisher_country": "the page's address is of its country",
    "publisher_division": "the page's address bears the name of its state or province",
}
CONTEXT: Mapping[str, str] = {
    "same_country": "share of the page's other names that lie in its country",
    "same_division": "share of them that lie in its state or province, doubled",
    "near": "how near the nearest of them is, on a scale of 100 km",
    "around": "share of them that are near",
    "near_first": "how near the first of them is: that of the dateline or of the first sentence",
    "country_named": "the page names its country",
    "division_named": "the page names its state or province",
}
FEATURES: Mapping[str, str] = {**OWN, **CONTEXT}


def own_features(entry: Entry, *, key: str, largest: int) -> dict[str, float]:
    """What the candidate says by itself. `largest`: the inhabitants of the largest place of the name."""
    kind = POLITICAL.get(entry.feature) or ("region" if entry.feature[0] != "P" else "")
    size = math.log10(inhabitants(entry) + 1)
    found = {
        "population": min(size / 7, 1.2),
        "own_name": float(name_key(entry.name) == key),
        "lead": (size - math.log10(largest + 1)) / 7,
    }
    if kind:
        found[kind] = 1.0
    return found


def inhabitants(entry: Entry) -> int:
    """Of a settlement or country; of the town that a region, a sea, a state or a county is as well known as."""
    if entry.feature in ("A.ADM1", "A.ADM2"):
        return entry.population // AS_TOWN
    return entry.population or entry.renown


def is_contained(entry: Entry, container: Entry) -> bool:
    """Whether a candidate lies in a country, division, district or region, as far as the gazetteer tells."""
    if container.feature == "A.PCLI":
        return entry.country == container.country and entry.feature != "A.PCLI"
    if container.feature == "A.ADM1":
        return entry.country == container.country and entry.admin1 == container.name and entry.feature != "A.ADM1"
    if container.feature == "A.ADM2":
        same = entry.country == container.country and entry.admin1 == container.admin1
        return same and entry.feature[0] == "P" and entry.km_to(container) < DISTRICT_KM
    return container.feature[0] in "LT" and entry.feature[0] == "P" and entry.km_to(container) < REGION_KM


DISTRICT_KM, REGION_KM = 80, 250  # from the middle of a district, of a region, to a town in it
