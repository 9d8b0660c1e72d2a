"""Read a development set of places into cases: the names of each page, their candidates, and which of them are right.

The gold's own spans are the toponyms, so that the weights learn to choose among candidates and not what the recogniser misses.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from tacitus.places import Gazetteer
from tacitus.places.entry import Entry, distance_km
from tacitus.places.names import name_key
from tacitus.places.page import Array, Page
from tacitus.places.recognition import Toponym, people_key
from tacitus.places.resolution import Publisher, page_names, pieces
from tacitus.places.words import candidates_of

RIGHT_KM = 161.0  # a hundred miles, the field's measure


@dataclass(frozen=True)
class Case:
    """One page, or a piece of a long one. For each name: `right`, the share of its gold mentions that each candidate is right for;
    `countries`, the same for the candidate's country; `mentions`, how many mentions it has."""

    page: Page
    right: Sequence[Array]
    countries: Sequence[Array]
    mentions: Array


@dataclass(frozen=True)
class Document:
    """The cases of one document, and the gold mentions that have no candidate at all: `unlisted` those of them that GeoNames does not have
    either (shops, stadiums, addresses). `corpus`: the file's name."""

    corpus: str
    cases: Sequence[Case]
    lost: int
    unlisted: int


def read_documents(path: Path, *, gazetteer: Gazetteer) -> Iterator[Document]:
    """Every document of a development set."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield _document(json.loads(line), corpus=path.stem, gazetteer=gazetteer)


def _document(raw: Mapping[str, Any], *, corpus: str, gazetteer: Gazetteer) -> Document:
    gold = sorted((t for t in raw["toponyms"] if t["class"] == "name"), key=lambda t: int(t["start"]))
    toponyms = [_toponym(mention, gazetteer) for mention in gold]
    mentions: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    lost = unlisted = 0
    for mention, toponym in zip(gold, toponyms, strict=True):
        if mention["lat"] is None:
            continue  # not in the gold's gazetteer: nothing can be right or wrong
        lost += not toponym.candidates
        unlisted += not toponym.candidates and mention["geonameid"] is None
        mentions[toponym.key].append(mention)
    address = " ".join(part for part in (raw.get("url"), raw.get("publisher")) if part).lower()
    publisher = Publisher(address=address, country=gazetteer.country_of_domain(address))
    names = page_names(raw["text"], toponyms, publisher=publisher)
    return Document(corpus, [_case(Page(piece), mentions) for piece in pieces(names)], lost, unlisted)


def _toponym(mention: Mapping[str, Any], gazetteer: Gazetteer) -> Toponym:
    name = mention["name"]
    homes = gazetteer.homes(name)
    key = people_key(name, homes) if homes else name_key(name)
    candidates = homes or candidates_of(name, gazetteer=gazetteer)
    return Toponym(start=mention["start"], end=mention["end"], name=name, key=key, candidates=candidates)


def _case(page: Page, mentions: Mapping[str, Sequence[Mapping[str, Any]]]) -> Case:
    right, countries, counts = [], [], []
    for name in page.names:
        gold = mentions.get(name.key, ())
        right.append(np.array([_share(gold, entry, _is_near) for entry in name.candidates]))
        countries.append(np.array([_share(gold, entry, _is_in) for entry in name.candidates]))
        counts.append(len(gold))
    return Case(page, right, countries, np.array(counts))


def _share(gold: Sequence[Mapping[str, Any]], entry: Entry, test: Any) -> float:
    return sum(bool(test(entry, mention)) for mention in gold) / len(gold) if gold else 0.0


def _is_near(entry: Entry, mention: Mapping[str, Any]) -> bool:
    return distance_km(entry.lat, entry.lon, mention["lat"], mention["lon"]) <= RIGHT_KM


def _is_in(entry: Entry, mention: Mapping[str, Any]) -> bool:
    return mention["country"] is None or entry.country == mention["country"]
