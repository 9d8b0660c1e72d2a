"""The words of killing, wounding, crowds and numbers, read from `data/events/aspects/casualties.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from tacitus.errors import DataError
from tacitus.events.quantities import NumberWords
from tacitus.resources import data_path, load_toml

BOUNDS = ("at_least", "more_than", "at_most", "less_than", "about")
HARM_LISTS = ("verbs", "subject_verbs", "adjectives", "nouns", "tolls")


@dataclass(frozen=True, kw_only=True)
class HarmWords:
    """How one kind of harm is told: verbs by what their victims are to them, adjectives, nouns, tolls."""

    verbs: frozenset[str] = frozenset()
    subject_verbs: frozenset[str] = frozenset()
    adjectives: frozenset[str] = frozenset()
    nouns: frozenset[str] = frozenset()
    tolls: frozenset[str] = frozenset()

    @cached_property
    def all(self) -> frozenset[str]:
        """The words of all five lists."""
        return self.verbs | self.subject_verbs | self.adjectives | self.nouns | self.tolls


@dataclass(frozen=True, slots=True, kw_only=True)
class CasualtyWords:
    """All word lists of the casualty room. `lists["crowd.certain"]` is the set of that list in the file."""

    numbers: NumberWords
    dead: HarmWords
    injured: HarmWords
    lists: Mapping[str, frozenset[str]]

    @classmethod
    def load(cls) -> CasualtyWords:
        """Read and check the file.

        Raises DataError naming the file and the section that is wrong.
        """
        path = data_path("events", "aspects", "casualties.toml")
        plain = load_toml(path)
        try:
            return cls(
                numbers=_numbers(plain),
                dead=_harm(plain["dead"]),
                injured=_harm(plain["injured"]),
                lists={
                    f"{section}.{name}": frozenset(plain[section][name])
                    for section in ("both", "victims", "unreal", "crowd")
                    for name in plain[section]
                },
            )
        except (KeyError, TypeError, ValueError, AttributeError) as err:
            raise DataError(f"{path}: a section is missing or of the wrong form: {err}") from err


def _numbers(plain: Mapping[str, Any]) -> NumberWords:
    numbers = plain["numbers"]
    if unknown := set(plain["bounds"]) - set(BOUNDS):
        raise ValueError(f"unknown bound {sorted(unknown)[0]!r}")
    return NumberWords(
        units=numbers["units"],
        multipliers=numbers["multipliers"],
        open=numbers["open"],
        exact=numbers["exact"],
        bounds={phrase: kind for kind, phrases in plain["bounds"].items() for phrase in phrases},
        after={phrase: kind for kind, phrases in plain["after"].items() for phrase in phrases},
        measures=frozenset(plain["victims"]["measures"]),
    )


def _harm(section: Mapping[str, Any]) -> HarmWords:
    if unknown := set(section) - set(HARM_LISTS):
        raise ValueError(f"unknown list {sorted(unknown)[0]!r}")
    return HarmWords(**{name: frozenset(words) for name, words in section.items()})
