"""The names of one page against each other: what the probable senses of the others say for a candidate, in arrays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from tacitus.places.entry import EARTH_KM, Entry
from tacitus.places.features import CONTEXT, FEATURES, OWN

NEAR_KM = 100.0  # distance at which nearness has fallen to about a third
LIKELY = 0.05  # a sense of another name less probable than this draws no candidate to it
ROUNDS = 2  # the page's other names are first weighed by themselves, then by each other
Array = np.ndarray[Any, Any]


@dataclass(frozen=True)
class Name:
    """One name of the page with all its mentions: its candidates, and what speaks for each without regard to the other names."""

    key: str
    candidates: Sequence[Entry]
    own: Sequence[dict[str, float]]


class Page:
    """Some names of a page in text order. A row is a candidate of a name; the rows of a name stand together."""

    def __init__(self, names: Sequence[Name]) -> None:
        self.names = names
        self.entries = [entry for name in names for entry in name.candidates]
        sizes = [len(name.candidates) for name in names]
        self.starts = np.concatenate(([0], np.cumsum(sizes)))[:-1].astype(int)
        self.owner = np.repeat(np.arange(len(names)), sizes)
        self.own = np.array([[own.get(feature, 0.0) for feature in OWN] for name in names for own in name.own])
        self._relate()

    def _relate(self) -> None:
        """Which rows share a country and a division, and how near they are; a row is not related to those of its own name."""
        entries = self.entries
        foreign = self.owner[:, None] != self.owner[None, :]
        country, division = _numbers([e.country for e in entries]), _numbers([_division(e) for e in entries])
        self._same_country = foreign & (country[:, None] == country) & (country >= 0)
        self._same_division = foreign & (division[:, None] == division) & (division >= 0)
        self._is_country = np.array([e.feature == "A.PCLI" for e in entries])
        self._is_division = np.array([e.feature == "A.ADM1" for e in entries])
        is_point = ~(self._is_country | self._is_division)  # states and countries are too wide to be near to
        self._near = np.where(foreign & is_point, np.exp(-_kilometres(entries) / NEAR_KM), 0)

    def probabilities(self, features: Array, *, weights: Array, none: float) -> Array:
        """Of each row: softmax over the candidates of its name and over "a place the gazetteer does not know"."""
        scores = features[:, : len(weights)] @ weights[: features.shape[1]]
        top = np.maximum(np.maximum.reduceat(scores, self.starts), none)
        powers = np.exp(scores - top[self.owner])
        totals = np.add.reduceat(powers, self.starts) + np.exp(none - top)
        result: Array = powers / totals[self.owner]
        return result

    def features(self, *, weights: Array, none: float) -> Array:
        """All features of each row, in the order of FEATURES; those of context by the senses that the weights make probable."""
        features = self.own
        for _ in range(ROUNDS):
            probable = self.probabilities(features, weights=weights, none=none)
            features = np.hstack((self.own, self._context(probable)))
        return features

    def _context(self, probable: Array) -> Array:
        """The features of context, in the order of CONTEXT."""
        others = len(self.names) - 1
        if others == 0:
            return np.zeros((len(self.entries), len(CONTEXT)))
        likely = np.where(probable > LIKELY, probable, 0)
        near = np.maximum.reduceat(self._near * likely, self.starts, axis=1)
        first = np.where(self.owner == 0, near[:, 1], near[:, 0])
        found = {
            "same_country": (self._same_country @ probable) / others,
            "same_division": np.minimum((self._same_division @ probable) / others * 2, 1),
            "near": near.max(axis=1),
            "around": near.sum(axis=1) / others,
            "near_first": first,
            "country_named": (self._same_country * (likely * self._is_country)).max(axis=1),
            "division_named": (self._same_division * (likely * self._is_division)).max(axis=1),
        }
        return np.stack([found[name] for name in CONTEXT], axis=1)


def vector(weights: Mapping[str, float]) -> Array:
    """Weights in the order of FEATURES."""
    return np.array([weights[name] for name in FEATURES])


def _division(entry: Entry) -> str | None:
    return f"{entry.country}.{entry.admin1}" if entry.country and entry.admin1 else None


def _numbers(labels: Sequence[str | None]) -> Array:
    """A number for each distinct label; -1 for none."""
    known: dict[str, int] = {}
    return np.array([-1 if label is None else known.setdefault(label, len(known)) for label in labels])


def _kilometres(entries: Sequence[Entry]) -> Array:
    """Great-circle distances between all rows, from chords."""
    lat, lon = np.radians([[e.lat for e in entries], [e.lon for e in entries]])
    points = np.stack((np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)), axis=1)
    chords = np.sqrt(np.clip(2 - 2 * points @ points.T, 0, 4))
    result: Array = 2 * EARTH_KM * np.arcsin(chords / 2)
    return result
