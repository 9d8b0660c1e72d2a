"""The event lexicon: which words can carry which event, and what must stand around them.

Read from `data/events/`: `lexicon/*.toml` (one file per PLOVER type), `classes.toml` (classes of nouns), `light.toml`, `exclude.toml`
and `complements.toml`. Everything is checked against the ontology when it is loaded; an error names file and entry.
What the user's own ontologies add comes before the package's entries of the same length.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from tacitus.errors import DataError
from tacitus.events.casualties import CasualtyWords
from tacitus.events.classes import NounClasses
from tacitus.events.contexts import ContextLexicon
from tacitus.events.cuts import ModelRules
from tacitus.events.entries import Entry, Pattern, Source, rank, read_excluded, read_groups
from tacitus.events.own import own_groups
from tacitus.events.status import StatusCues
from tacitus.ontology import Ontology, load_ontology, read_own_ontology
from tacitus.resources import data_path, load_toml

__all__ = ["Complement", "Entry", "EventLexicon", "Index", "Outcome", "Pattern"]


@dataclass(frozen=True)
class Outcome:
    """What a governed event makes of its governor: type, mode, CAMEO code (an "x" stands for the first two digits)."""

    type: str
    mode: str | None
    cameo: str


@dataclass(frozen=True)
class Complement:
    """One table of `complements.toml`."""

    default: Outcome
    by_cameo: Mapping[str, Outcome]
    by_word: Mapping[str, Outcome]

    def for_cameo(self, code: str) -> Outcome | None:
        """The outcome of the longest beginning of `code` that the table has."""
        return next((self.by_cameo[code[:n]] for n in range(len(code), 1, -1) if code[:n] in self.by_cameo), None)


Keys = Mapping[str, tuple[Entry, ...]]
"""The entries of one head lemma by key word, in the order in which they are tried (`rank`)."""
Index = Mapping[str, Keys]


class EntryIndex(Index):
    """Entries by head lemma, made when the lemma is first asked for."""

    def __init__(self, groups: Iterable[Source], part: str) -> None:
        self._part = part
        self._made: dict[str, Keys] = {}
        self._sources: dict[str, list[tuple[Source, str]]] = {}
        for group in groups:
            for which, lemma, text in group.heads():
                if which == part:
                    self._sources.setdefault(lemma, []).append((group, text))

    def __getitem__(self, lemma: str) -> Keys:
        made = self._made.get(lemma)
        if made is None:
            made = self._made[lemma] = self._make(self._sources[lemma])
        return made

    def _make(self, sources: Iterable[tuple[Source, str]]) -> Keys:
        keys: dict[str, list[Entry]] = {}
        for group, text in sources:
            for entry in group.entries(self._part, text):
                keys.setdefault(entry.pattern.key, []).append(entry)
        return {key: tuple(sorted(found, key=rank)) for key, found in keys.items()}

    def __contains__(self, lemma: object) -> bool:
        return lemma in self._sources

    def __iter__(self) -> Iterator[str]:
        return iter(self._sources)

    def __len__(self) -> int:
        return len(self._sources)


@dataclass(frozen=True)
class EventLexicon:
    """All that `find_events` needs besides the parse. `verbs` and `nouns` are indexed by head lemma, then by key word.

    `model` says how far the language model's reading is followed; None: the lexicon codes alone.
    """

    ontology: Ontology
    status: StatusCues
    contexts: ContextLexicon
    casualties: CasualtyWords
    verbs: Index
    nouns: Index
    classes: NounClasses
    light: Mapping[str, frozenset[str]]
    complements: Mapping[str, Complement]
    model: ModelRules | None

    @classmethod
    def load(cls, *, own: Sequence[Path] = ()) -> EventLexicon:
        """Read and check every file, the user's ontologies too. Raises DataError naming the file and the entry that is wrong."""
        plover = ontology = load_ontology()
        added = []
        for path in own:
            added.append(read_own_ontology(path, ontology=ontology))
            ontology = added[-1].laid_over(ontology)
        folder = data_path("events")
        classes = NounClasses.load(folder / "classes.toml")
        groups: list[Source] = [
            group
            for path in sorted((folder / "lexicon").glob("*.toml"))
            for group in read_groups(path, ontology=ontology, classes=classes)
        ]
        groups += read_excluded(folder / "exclude.toml")
        for ontology_file in added:
            groups += own_groups(ontology_file, ontology=ontology, classes=classes)
        return cls(
            ontology=ontology,
            status=StatusCues.load(),
            contexts=ContextLexicon.load(plover, own=[ontology_file.contexts for ontology_file in added]),
            casualties=CasualtyWords.load(),
            verbs=EntryIndex(groups, "verb"),
            nouns=EntryIndex(groups, "noun"),
            classes=classes,
            light={name: frozenset(table["verbs"]) for name, table in load_toml(folder / "light.toml").items()},
            complements=read_complements(folder / "complements.toml", ontology=ontology),
            model=ModelRules.load(),
        )

    @cached_property
    def size(self) -> int:
        """The number of different patterns that can carry an event."""
        patterns = {
            (entry.part, entry.pattern.words)
            for index in (self.verbs, self.nouns)
            for keys in index.values()
            for entries in keys.values()
            for entry in entries
            if entry.reason is None
        }
        return len(patterns)


def read_complements(path: Path, *, ontology: Ontology) -> dict[str, Complement]:
    """The tables of governed events, checked. Raises DataError naming the key that is wrong."""
    tables = {}
    for name, table in load_toml(path).items():

        def outcome(value: Sequence[str], *, name: str = name) -> Outcome:
            type_, mode, cameo = value
            ontology.check(type_, mode or None, where=f"{path}: [{name}]")
            if cameo.replace("x", "02") not in ontology.cameo:
                raise DataError(f"{path}: [{name}]: unknown CAMEO code {cameo!r}")
            return Outcome(type_, mode or None, cameo)

        tables[name] = Complement(
            default=outcome(table["default"]),
            by_cameo={key: outcome(value) for key, value in table.get("by_cameo", {}).items()},
            by_word={key: outcome(value) for key, value in table.get("by_word", {}).items()},
        )
    return tables
