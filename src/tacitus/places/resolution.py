"""Decide which place each name of a page means: one sense per name and page, by a small log-linear model over readable features."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from tacitus.errors import DataError
from tacitus.places.entry import Entry
from tacitus.places.features import FEATURES, inhabitants, is_contained, own_features
from tacitus.places.page import Name, Page, vector
from tacitus.places.recognition import Toponym
from tacitus.places.words import load_place_words
from tacitus.resources import data_path, load_toml

MOST = 40  # candidates of one name that are weighed
ROWS = 2_000  # candidates weighed against each other at once: some 100 MB; a longer page is cut into pieces
SHORTEST_IN_ADDRESS = 5  # letters of a state's name that is looked for in an address
REACH = 40  # code points between a place and what it is said to lie in


@dataclass(frozen=True)
class Publisher:
    """What is known of where the page comes from: its address and publisher in lower case, and the country of its domain."""

    address: str = ""
    country: str | None = None


@dataclass(frozen=True)
class Weights:
    """The model: a weight for each feature; the score of "none of them"; the probability below which a name stays unresolved."""

    cut: float
    none: float
    weights: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Sense:
    """What a name means on the page, how probable that is, and what spoke for it: weight times value of each feature."""

    entry: Entry
    probability: float
    because: Mapping[str, float]


@cache
def load_weights() -> Weights:
    """The model of the package.

    Raises DataError when a weight is missing or unknown.
    """
    path = data_path("places", "weights.toml")
    raw = load_toml(path)
    weights = raw.get("weights", {})
    if set(weights) != set(FEATURES) or not all(isinstance(raw.get(name), float) for name in ("cut", "none")):
        raise DataError(f"{path}: needs cut, none and exactly these weights: {', '.join(FEATURES)}")
    return Weights(cut=raw["cut"], none=raw["none"], weights=weights)


def resolve(text: str, toponyms: Sequence[Toponym], *, publisher: Publisher, weights: Weights) -> dict[str, Sense]:
    """The sense of each name that has one, by the name's key."""
    best: dict[str, Sense] = {}
    row_weights = vector(weights.weights)
    for names in pieces(page_names(text, toponyms, publisher=publisher)):
        page = Page(names)
        features = page.features(weights=row_weights, none=weights.none)
        probable = page.probabilities(features, weights=row_weights, none=weights.none)
        for name, start in zip(names, page.starts.tolist(), strict=True):
            row = start + int(probable[start : start + len(name.candidates)].argmax())
            if probable[row] >= weights.cut:
                because = dict(zip(FEATURES, (features[row] * row_weights).tolist(), strict=True))
                best[name.key] = Sense(page.entries[row], float(probable[row]), because)
    return best


def pieces(names: Sequence[Name]) -> Iterator[list[Name]]:
    """The names in stretches that can be weighed against each other in bounded memory."""
    piece: list[Name] = []
    rows = 0
    for name in names:
        if piece and rows + len(name.candidates) > ROWS:
            yield piece
            piece, rows = [], 0
        piece.append(name)
        rows += len(name.candidates)
    if piece:
        yield piece


def page_names(text: str, toponyms: Sequence[Toponym], *, publisher: Publisher) -> list[Name]:
    """The distinct names of a page that have candidates, with the features that do not depend on each other."""
    mentions: dict[str, list[int]] = {}
    for number, toponym in enumerate(toponyms):
        if toponym.candidates:
            mentions.setdefault(toponym.key, []).append(number)
    containers = _containers(text, toponyms)
    names = []
    for key, numbers in mentions.items():
        inside = [entry for number in numbers for entry in containers.get(number, ())]
        candidates = _shortened(toponyms[numbers[0]].candidates, inside)
        largest = max(map(inhabitants, candidates))
        stated = _stated(candidates, inside)
        own = [
            {**own_features(entry, key=key, largest=largest), **said, **_published(entry, publisher)}
            for entry, said in zip(candidates, stated, strict=True)
        ]
        names.append(Name(key=key, candidates=candidates, own=own))
    return names


def _shortened(candidates: Sequence[Entry], containers: Sequence[Entry]) -> Sequence[Entry]:
    """The most populous candidates, and those that lie where the text says."""
    if len(candidates) <= MOST:
        return candidates
    stated = [entry for entry in candidates[MOST:] if any(is_contained(entry, container) for container in containers)]
    return [*candidates[:MOST], *stated[:MOST]]


def _stated(candidates: Sequence[Entry], containers: Sequence[Entry]) -> list[dict[str, float]]:
    """contained: the text says that the candidate lies there ("Paris, Texas"); outside: the text says so of no candidate known."""
    held = [any(is_contained(entry, container) for container in containers) for entry in candidates]
    if not any(held):
        return [{"outside": 1.0} if containers else {} for _ in candidates]
    return [{"contained": 1.0} if inside else {} for inside in held]


def _published(entry: Entry, publisher: Publisher) -> dict[str, float]:
    """publisher_country, publisher_division."""
    if entry.country is None or not publisher.address:
        return {}
    name = (entry.admin1 or "").lower().replace(" ", "")
    return {
        "publisher_country": float(publisher.country == entry.country),
        "publisher_division": float(len(name) >= SHORTEST_IN_ADDRESS and name in publisher.address),
    }


def _containers(text: str, toponyms: Sequence[Toponym]) -> dict[int, list[Entry]]:
    """For each toponym, the countries, divisions and regions that the words next to it put it in."""
    found: dict[int, list[Entry]] = {}
    for number in range(len(toponyms) - 1):
        inner, outer = toponyms[number], toponyms[number + 1]
        between = text[inner.end : outer.start]
        if len(between) > REACH or inner.key == outer.key:
            continue
        if _joins(between):
            if between.strip() == "," and _is_great(inner) and _is_in_list(text, toponyms, number):
                continue
            found.setdefault(number, []).extend(_possible(outer))
        elif re.fullmatch(r"['’]s?\s(?:\w+\s){0,3}", between):
            found.setdefault(number + 1, []).extend(_possible(inner))
    return found


def _is_great(toponym: Toponym) -> bool:
    """Whether a name needs no container: that of a country, a first-order division, a capital."""
    return any(entry.feature in ("A.PCLI", "A.ADM1", "P.PPLC") for entry in toponym.candidates)


def _is_in_list(text: str, toponyms: Sequence[Toponym], number: int) -> bool:
    """Whether this toponym and the next stand in a list: "Lima, Quito and Bogota", "Mexico, Canada"."""
    inner, outer = toponyms[number], toponyms[number + 1]
    if any(entry.feature == "A.PCLI" for entry in inner.candidates) and any(
        entry.feature == "A.PCLI" for entry in outer.candidates
    ):
        return True
    before = text[toponyms[number - 1].end : inner.start] if number else ""
    after = text[outer.end : toponyms[number + 2].start] if number + 2 < len(toponyms) else ""
    return bool(_LISTED.fullmatch(before) or _LISTED.fullmatch(after))


_LISTED = re.compile(r",\s+|,?\s+(?:and|or|&)\s+")


def _joins(between: str) -> bool:
    """Whether the words between two places put the first into the second: a comma, "in eastern"."""
    words = between.lower().replace(",", " , ").split()
    directions = load_place_words().directions
    rest = [
        word
        for word in words
        if word not in directions and word not in ("the", "province", "state", "region", "of", "city", "town")
    ]
    return rest in ([","], ["in"], [",", "in"], ["("]) or (not rest and words[:1] == [","])


def _possible(outer: Toponym) -> list[Entry]:
    return [
        entry
        for entry in outer.candidates
        if entry.feature in ("A.PCLI", "A.ADM1", "A.ADM2") or entry.feature[0] in "LT"
    ]
