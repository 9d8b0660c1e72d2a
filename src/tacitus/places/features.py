"""What speaks for a candidate. Every feature is a number between 0 and about 1; their weights stand in `weights.toml`."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from tacitus.places.gazetteer import Entry
from tacitus.places.names import name_key

REGION_AS = 1_000_000  # inhabitants of the town that a region, a sea or a camp of our own table is as well known as
NEAR_KM = 100.0  # distance at which nearness has fallen to about a third
POLITICAL = {"A.PCLI": "country", "A.ADM1": "division", "P.PPLC": "capital"}
NAMES = (
    "population",
    "country",
    "division",
    "capital",
    "region",
    "own_name",
    "contained",
    "same_country",
    "same_division",
    "near",
    "publisher",
    "country_named",
    "division_named",
)


@dataclass(frozen=True, slots=True)
class Sense:
    """A candidate of another name of the page, and how probable it is for now."""

    entry: Entry
    probability: float


def own_features(entry: Entry, *, key: str) -> dict[str, float]:
    """What the candidate says by itself.

    population: logarithm of the inhabitants, 7 digits are 1 · country, division, capital, region: its kind ·
    own_name: the name in the text is its main name and not an alternative.
    """
    kind = POLITICAL.get(entry.feature) or ("region" if entry.feature[0] != "P" else "")
    people = entry.population or (REGION_AS if kind == "region" and entry.located else 0)
    found = {
        "population": min(math.log10(people + 1) / 7, 1.2),
        "own_name": float(name_key(entry.name) == key),
    }
    if kind:
        found[kind] = 1.0
    return found


def is_contained(entry: Entry, container: Entry) -> bool:
    """Whether a candidate lies in a country, division or disputed region, as far as the gazetteer tells."""
    if container.feature == "A.PCLI":
        return entry.country == container.country and entry.feature != "A.PCLI"
    if container.feature == "A.ADM1":
        return entry.country == container.country and entry.admin1 == container.name and entry.feature != "A.ADM1"
    return container.feature[0] in "LT" and entry.feature[0] == "P" and entry.km_to(container) < 250


def page_features(entry: Entry, others: Sequence[Sequence[Sense]]) -> dict[str, float]:
    """What the page's other names say, each name counting once.

    same_country: share of them in the candidate's country · same_division: the same for state or province, where the candidate
    is not one itself · near: how near the nearest of them is · country_named, division_named: the page names the very country, state.
    """
    if not others:
        return {}
    country = division = country_named = division_named = nearest = 0.0
    for senses in others:
        best = 0.0
        for sense in senses:
            same = entry.country is not None and sense.entry.country == entry.country
            if same:
                country += sense.probability
                if sense.entry.feature == "A.PCLI":
                    country_named = max(country_named, sense.probability)
                if entry.admin1 is not None and sense.entry.admin1 == entry.admin1:
                    division += sense.probability
                    if sense.entry.feature == "A.ADM1":
                        division_named = max(division_named, sense.probability)
            if (
                (same or sense.entry.country is None)
                and sense.entry.feature[0] != "A"
                and entry.located
                and sense.probability > 0.05
            ):
                best = max(best, sense.probability * math.exp(-entry.km_to(sense.entry) / NEAR_KM))
        nearest = max(nearest, best)
    size = len(others)
    return {
        "same_country": country / size,
        "same_division": min(division / size * 2, 1.0),
        "near": nearest,
        "country_named": country_named,
        "division_named": division_named,
    }
