"""The cue lexicon: which words attribute, what kind of act they are, and what they do with what is reported."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from tacitus.claims.stance import StanceTable
from tacitus.claims.weights import Weights
from tacitus.errors import DataError
from tacitus.language.document import Token
from tacitus.resources import data_path, load_toml, model_path

SPEECH_ACTS = frozenset(["say", "answer", "deny", "accuse", "ask", "order", "warn", "promise", "threaten"])
"""The classes of cues that speak, where others think, want, decide."""
PARTS_OF_SPEECH = frozenset({"VERB", "NOUN", "ADJ", "ADV", "ADP"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """One sense of a cue lemma: `cls` its class, `stance` what it does with the content, `frames` where the content stands."""

    cls: str
    stance: str
    frames: frozenset[str]


@dataclass(frozen=True)
class ClaimLexicon:
    """Cues by (part of speech, lemma), and the weights that tell a cue from the same word used otherwise.

    `physical` are the lemmas whose plain sense is a bodily act; `stances` says which stance a claim has.
    """

    cues: Mapping[tuple[str, str], tuple[Cue, ...]]
    weights: Weights
    physical: frozenset[str] = frozenset()
    stances: StanceTable = field(default_factory=StanceTable)

    @classmethod
    def load(cls, *, cues: Path | None = None, weights: Path | None = None) -> ClaimLexicon:
        """The lexicon of the package, or the same forms read from other files.

        Raises DataError naming the file and the entry that is wrong.
        """
        cue_path = cues or data_path("claims", "cues.toml")
        physical = frozenset(load_toml(cue_path).get("physical", []))
        return cls(
            read_cues(cue_path),
            Weights.load(weights or model_path("claims", "weights.tsv")),
            physical,
            StanceTable.load(cue_path),
        )

    def senses(self, pos: str, lemma: str) -> tuple[Cue, ...]:
        """The senses of a lemma, the first one first; empty when it is no known cue."""
        return self.cues.get((pos, lemma), ())

    def stance(self, pos: str, lemma: str) -> str | None:
        """What a cue of this lemma does with what it reports, or None for an unknown one."""
        senses = self.senses(pos, lemma)
        return senses[0].stance if senses else None

    def stances_of(self, token: Token) -> tuple[str, ...]:
        """What each sense of a word does with what it reports, the first sense first; empty when it is no known cue."""
        return tuple(sense.stance for sense in self.senses(token.upos, token.lemma.lower()))

    def classes(self, token: Token) -> tuple[str, ...]:
        """The classes of a word; ("none",) when it is no known cue."""
        return self._classes.get((token.upos, token.lemma.lower()), ("none",))

    @cached_property
    def _classes(self) -> dict[tuple[str, str], tuple[str, ...]]:
        return {key: tuple(sense.cls for sense in senses) for key, senses in self.cues.items()}

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word worth asking about, as `tree.lexical` writes it: the lexicon's, and those the weights know as cues."""
        learned = {name[2:] for name in self.weights.tables["cue"] if name.startswith("L=") and "|" not in name}
        return frozenset(f"{lemma}/{pos[0]}" for pos, lemma in self.cues) | learned

    @property
    def version(self) -> str:
        """The version of the weights, for the record's `model` field."""
        return self.weights.version


def read_cues(path: Path) -> dict[tuple[str, str], tuple[Cue, ...]]:
    """Read `cues.toml`. Raises DataError on an unknown stance or part of speech, or a key that is missing."""
    data = load_toml(path)
    stances = frozenset(data.get("stances", []))
    found: dict[tuple[str, str], tuple[Cue, ...]] = {}
    for number, entry in enumerate(data.get("cue", []), 1):
        cue, pos = _read_entry(path, number, entry, stances)
        for lemma in str(entry["lemmas"]).split():
            known = found.get((pos, lemma), ())
            if all(other.cls != cue.cls for other in known):
                found[pos, lemma] = (*known, cue)
    if not found:
        raise DataError(f"{path}: no [[cue]] entries")
    return found


def _read_entry(path: Path, number: int, entry: Mapping[str, Any], stances: frozenset[str]) -> tuple[Cue, str]:
    missing = {"class", "stance", "pos", "frames", "lemmas"} - entry.keys()
    if missing:
        raise DataError(f"{path}: cue entry {number} lacks {', '.join(sorted(missing))}")
    if entry["stance"] not in stances:
        raise DataError(f"{path}: cue entry {number} ({entry['class']}): unknown stance {entry['stance']!r}")
    if entry["pos"] not in PARTS_OF_SPEECH:
        raise DataError(f"{path}: cue entry {number} ({entry['class']}): unknown part of speech {entry['pos']!r}")
    return Cue(cls=entry["class"], stance=entry["stance"], frames=frozenset(entry["frames"])), entry["pos"]
