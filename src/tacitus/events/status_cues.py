"""The words that decide an event's status, read from `data/events/aspects/status.toml` and `governors.toml`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from tacitus.errors import DataError
from tacitus.ontology import STATUSES
from tacitus.resources import data_path, load_toml

SAME = "same"
ANY = "*"


@dataclass(frozen=True, slots=True, kw_only=True)
class Governor:
    """A class of governing words. `status` and `negated` are what it makes of the governed event, `SAME` hands on its own status.

    `present` and `past` go before `status` when the governor stands in that tense, `unreal` when it has not happened itself.
    """

    name: str
    status: str
    negated: str
    present: str | None = None
    past: str | None = None
    unreal: str | None = None
    words: frozenset[str] = frozenset()
    nouns: frozenset[str] = frozenset()
    complements: frozenset[str] = frozenset()
    indefinite_only: bool = False
    past_only: bool = False
    for_time: bool = False
    only: frozenset[str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Age:
    """A named war or age and the year it ended."""

    phrase: str
    end: int


@dataclass(frozen=True)
class StatusCues:
    """All cue words of the status room. `words["negation.adverbs"]` is the set of that list in the file."""

    words: Mapping[str, frozenset[str]]
    ages: tuple[Age, ...]
    background_days: int
    verbs: Mapping[str, tuple[Governor, ...]] = field(repr=False)
    nouns: Mapping[str, tuple[Governor, ...]] = field(repr=False)

    @classmethod
    def load(cls) -> StatusCues:
        """Read and check the two files.

        Raises DataError naming the file and the entry that is wrong.
        """
        path = data_path("events", "aspects", "status.toml")
        plain = load_toml(path)
        classes = _read_governors(data_path("events", "aspects", "governors.toml"))
        historical = plain.get("historical", {})
        return cls(
            words=_word_lists(path, plain),
            ages=tuple(Age(phrase=age["phrase"], end=age["end"]) for age in historical.pop("age", [])),
            background_days=int(historical.get("days", 365)),
            verbs=_by_word(classes, "words"),
            nouns=_by_word(classes, "nouns"),
        )

    def governors(self, keys: Sequence[str], *, noun: bool) -> tuple[Governor, ...]:
        """The classes that one of the `keys` (lemma, lemma with particle) belongs to: by key, then in file order."""
        table = self.nouns if noun else self.verbs
        return tuple(governor for key in (*keys, ANY) for governor in table.get(key, ()))


def _word_lists(path: Path, plain: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    lists = {}
    for section, table in plain.items():
        for name, words in table.items():
            if name in ("age", "days"):
                continue
            if not isinstance(words, list) or not all(isinstance(word, str) and word == word.lower() for word in words):
                raise DataError(f"{path}: {section}.{name} must be a list of lower-case words")
            lists[f"{section}.{name}"] = frozenset(words)
    return lists


def _read_governors(path: Path) -> list[Governor]:
    known = {item.name for item in fields(Governor)}
    classes = []
    for entry in load_toml(path).get("class", []):
        name = entry.get("name", "?")
        if unknown := set(entry) - known:
            raise DataError(f"{path}: class {name!r}: unknown key {sorted(unknown)[0]!r}")
        for key in ("status", "negated"):
            if entry.get(key) not in (*STATUSES, SAME):
                raise DataError(f"{path}: class {name!r}: {key} must be a status or {SAME!r}, not {entry.get(key)!r}")
        sets = {key: frozenset(entry.get(key, ())) for key in ("words", "nouns", "complements")}
        if not sets["complements"] or not (sets["words"] or sets["nouns"]):
            raise DataError(f"{path}: class {name!r} needs complements and words or nouns")
        only = frozenset(entry["only"]) if "only" in entry else None
        classes.append(Governor(**{**entry, **sets, "only": only}))
    return classes


def _by_word(classes: list[Governor], attribute: str) -> dict[str, tuple[Governor, ...]]:
    table: dict[str, tuple[Governor, ...]] = {}
    for governor in classes:
        for word in getattr(governor, attribute):
            table[word] = (*table.get(word, ()), governor)
    return table
