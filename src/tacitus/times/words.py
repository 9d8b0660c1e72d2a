"""The words of the time grammar, read once from `data/times/words.toml`, and numbers written in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from tacitus.errors import DataError
from tacitus.resources import data_path, load_toml


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of time. A length of n is written with `designator` and n times `factor`; `time` units stand after the T."""

    name: str
    designator: str
    factor: int = 1
    time: bool = False


@dataclass(frozen=True)
class Words:
    """The tables of `words.toml`; all keys in lower case."""

    months: Mapping[str, int]
    month_abbreviations: Mapping[str, int]
    weekdays: Mapping[str, int]
    weekday_abbreviations: Mapping[str, int]
    seasons: Mapping[str, str]
    day_parts: Mapping[str, str]
    units: Mapping[str, Unit]  # singular and plural
    numbers: Mapping[str, int]
    ordinals: Mapping[str, int]
    decades: Mapping[str, int]
    references: Mapping[str, str]
    reference_adjectives: Mapping[str, str]
    set_adverbs: Mapping[str, str]
    holidays: Mapping[str, Mapping[str, int]]
    implicative: frozenset[str]
    future_auxiliaries: frozenset[str]
    future_adjectives: frozenset[str]
    reporting: frozenset[str]
    planning: frozenset[str]
    ahead: tuple[str, ...]
    count_nouns: frozenset[str]
    triggers: Mapping[str, Sequence[str]]  # by the kind of rule they set off
    openers: frozenset[str]


@cache
def load_words() -> Words:
    """The vocabulary of the package.

    Raises DataError when the file lacks a table or a unit.
    """
    path = data_path("times", "words.toml")
    raw = load_toml(path)
    try:
        return _words(raw)
    except (KeyError, TypeError) as err:
        raise DataError(f"{path}: missing or malformed entry: {err}") from err


def _words(raw: Mapping[str, Any]) -> Words:
    singular = {name: Unit(name, **entry) for name, entry in raw["unit"].items()}
    plural = {name: singular[unit] for name, unit in raw["unit_plural"].items()}
    tense = raw["tense"]
    return Words(
        months=raw["month"],
        month_abbreviations=raw["month_abbreviation"],
        weekdays=raw["weekday"],
        weekday_abbreviations=raw["weekday_abbreviation"],
        seasons=raw["season"],
        day_parts=raw["day_part"],
        units={**singular, **plural},
        numbers=raw["number"],
        ordinals=raw["ordinal"],
        decades=raw["decade"],
        references=raw["reference"],
        reference_adjectives=raw["reference_adjective"],
        set_adverbs=raw["set_adverb"],
        holidays=raw["holiday"],
        implicative=frozenset(tense["implicative"]),
        future_auxiliaries=frozenset(tense["future_auxiliaries"]),
        future_adjectives=frozenset(tense["future_adjectives"]),
        reporting=frozenset(tense["reporting"]),
        planning=frozenset(tense["planning"]),
        ahead=tuple(tense["ahead"]),
        count_nouns=frozenset(raw["count_nouns"]["words"]),
        triggers=raw["scan"]["triggers"],
        openers=frozenset(raw["scan"]["openers"]),
    )


def alternatives(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first; a blank in a word stands for any white space."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", r"\s{1,3}") for word in ordered) + ")"


def number_of(text: str) -> float | None:
    """The number that digits or words name ("three", "2 1/2", "twenty-four", "a hundred and ten"), or None.

    "half" alone is 0.5; "a couple of" is 2.
    """
    text = re.sub(r"[\s-]+", " ", text.lower().replace(",", "")).strip()
    if text.startswith(("a couple", "couple")):
        return 2
    if match := re.fullmatch(r"(\d+) (\d)/(\d)", text):
        return int(match[1]) + int(match[2]) / max(int(match[3]), 1)
    if text.endswith(("½", " 1/2", " and a half")):
        whole = number_of(re.sub(r"\s*(½|1/2|and a half)$", "", text))
        return None if whole is None else whole + 0.5
    if re.fullmatch(r"\d+(\.\d+)?", text):
        return float(text)
    return 0.5 if text in ("half", "half a", "half an") else _spelled(text)


def _spelled(text: str) -> float | None:
    """A whole number in words."""
    total, group = 0, 0
    numbers = load_words().numbers
    words = [word for word in text.split() if word not in ("and", "of")]
    for word in words:
        value = numbers.get(word)
        if value is None:
            return None
        if value >= 1000:
            total, group = total + max(group, 1) * value, 0
        elif value >= 100 or word == "dozen":
            group = max(group, 1) * value
        else:
            group += value
    return total + group if words else None


def ordinal_of(text: str) -> int | None:
    """The number of "8th" or "eighth", or None."""
    if match := re.match(r"\d+", text):
        return int(match[0])
    return load_words().ordinals.get(re.sub(r"\s+", "-", text.lower()))


def is_vague(text: str) -> bool:
    """Whether a quantity names no number ("several", "a few", "many")."""
    return bool(re.search(r"\b(?:several|few|many|some|numerous|various|number)\b", text.lower()))


def length_value(count: float | None, unit: Unit) -> str:
    """The TIMEX3 value of a length: P3D, PT5H30M, P2Y6M; a vague count is X."""
    letter = unit.designator
    prefix = "PT" if unit.time else "P"
    if count is None:
        return f"{prefix}X{ {10: 'DE', 100: 'CE'}.get(unit.factor, letter) }"
    count *= unit.factor
    whole, half = int(count), count - int(count)
    smaller = {"Y": "6M", "H": "30M", "M": "30S" if unit.time else "", "D": "T12H"}.get(letter, "")
    if half == 0.5 and smaller:
        return f"{prefix}{whole}{letter}{smaller}" if whole else f"{prefix if unit.time else 'P'}{smaller}"
    return f"{prefix}{whole}{letter}" if half == 0 else f"{prefix}{count:g}{letter}"
