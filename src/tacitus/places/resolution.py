"""Decide which place each name of a page means: one sense per name and page, by a small log-linear model over readable features."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from tacitus.errors import DataError
from tacitus.places.features import NAMES, POLITICAL, Sense, is_contained, own_features, page_features
from tacitus.places.gazetteer import Entry
from tacitus.places.recognition import Toponym, load_place_words
from tacitus.resources import data_path, load_toml

MOST = 40  # candidates of one name that are weighed
ROUNDS = 2  # the page's other names are first weighed by themselves, then by each other
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


@cache
def load_weights() -> Weights:
    """The model of the package.

    Raises DataError when a weight is missing or unknown.
    """
    path = data_path("places", "weights.toml")
    raw = load_toml(path)
    weights = raw.get("weights", {})
    if set(weights) != set(NAMES) or not all(isinstance(raw.get(name), float) for name in ("cut", "none")):
        raise DataError(f"{path}: needs cut, none and exactly these weights: {', '.join(NAMES)}")
    return Weights(cut=raw["cut"], none=raw["none"], weights=weights)


@dataclass
class Name:
    """One name of the page with all its mentions: its candidates and what speaks for each."""

    key: str
    candidates: Sequence[Entry]
    own: list[dict[str, float]]

    def senses(self, features: Sequence[Mapping[str, float]], model: Weights) -> list[Sense]:
        """The candidates with their probabilities, which leave room for a place that the gazetteer does not know."""
        weights = model.weights
        scores = [sum(weights[name] * value for name, value in feature.items()) for feature in features]
        top = max(model.none, *scores)
        powers = [math.exp(score - top) for score in scores]
        total = sum(powers) + math.exp(model.none - top)
        return [Sense(entry, power / total) for entry, power in zip(self.candidates, powers, strict=True)]


def resolve(text: str, toponyms: Sequence[Toponym], *, publisher: Publisher, weights: Weights) -> dict[str, Sense]:
    """The sense of each name that has one, by the name's key."""
    names = page_names(text, toponyms, publisher=publisher)
    features = weigh(names, weights)
    best = {}
    for name, found in zip(names, features, strict=True):
        sense = max(name.senses(found, weights), key=lambda sense: sense.probability)
        if sense.probability >= weights.cut:
            best[name.key] = sense
    return best


def weigh(names: Sequence[Name], weights: Weights) -> list[list[dict[str, float]]]:
    """The features of every candidate of every name, those of the page taken from the other names' probable senses."""
    features = [list(name.own) for name in names]
    for _ in range(ROUNDS):
        senses = [name.senses(found, weights) for name, found in zip(names, features, strict=True)]
        likely = [[sense for sense in found if sense.probability > 0.02] for found in senses]
        features = [
            [
                {**own, **page_features(entry, likely[:number] + likely[number + 1 :])}
                for own, entry in zip(name.own, name.candidates, strict=True)
            ]
            for number, name in enumerate(names)
        ]
    return features


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
        own = [
            {**own_features(entry, key=key), **_stated(entry, inside), **_published(entry, publisher)}
            for entry in candidates
        ]
        names.append(Name(key=key, candidates=candidates, own=own))
    return names


def _shortened(candidates: Sequence[Entry], containers: Sequence[Entry]) -> Sequence[Entry]:
    """The most populous candidates, and those that lie where the text says."""
    if len(candidates) <= MOST:
        return candidates
    stated = [entry for entry in candidates[MOST:] if any(is_contained(entry, container) for container in containers)]
    return [*candidates[:MOST], *stated[:MOST]]


def _stated(entry: Entry, containers: Sequence[Entry]) -> dict[str, float]:
    """contained: the text says that it lies there ("Paris, Texas")."""
    return {"contained": 1.0} if any(is_contained(entry, container) for container in containers) else {}


def _published(entry: Entry, publisher: Publisher) -> dict[str, float]:
    """publisher: the page's address or publisher is of the candidate's country or bears the name of its state."""
    if entry.country is None or not publisher.address:
        return {}
    name = (entry.admin1 or "").lower().replace(" ", "")
    named = len(name) >= SHORTEST_IN_ADDRESS and name in publisher.address
    return {"publisher": 1.0} if named or publisher.country == entry.country else {}


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
    return any(entry.feature in POLITICAL for entry in toponym.candidates)


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
    return [entry for entry in outer.candidates if entry.feature in ("A.PCLI", "A.ADM1") or entry.feature[0] in "LT"]
