"""The event lexicon: which words can carry which event, and what must stand around them.

Read from `data/events/`: `lexicon/*.toml` (one file per PLOVER type), `classes.toml` (classes of nouns), `light.toml`, `exclude.toml`
and `complements.toml`. Everything is checked against the ontology when it is loaded; an error names file and entry.

A pattern is a string of lemmas. The first word of a verb's pattern is the verb ("be critical": the predicate), the rest must stand among
its dependants; the head of a noun's pattern is its last word, or the one before a preposition ("declaration of war").
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from tacitus.errors import DataError
from tacitus.events.casualties import CasualtyWords
from tacitus.events.classes import NounClasses
from tacitus.events.contexts import ContextLexicon
from tacitus.events.cuts import ModelRules
from tacitus.events.frames import SLOTS, Frame, parse_frame
from tacitus.events.status import StatusCues
from tacitus.ontology import Ontology, load_ontology
from tacitus.resources import data_path, load_toml

PREPOSITIONS = frozenset(
    [
        "of",
        "for",
        "on",
        "in",
        "at",
        "to",
        "with",
        "from",
        "by",
        "into",
        "between",
        "against",
        "over",
        "under",
        "near",
        "about",
        "upon",
        "toward",
        "towards",
        "outside",
        "off",
        "as",
    ]
)
KEYS = frozenset(
    {
        "cameo",
        "mode",
        "verbs",
        "nouns",
        "objects",
        "frame",
        "noun_frame",
        "complement",
        "require",
        "content",
        "weak",
        "modes",
        "cameos",
    }
)
QUESTIONS = frozenset({"plural subj", "light", "clause", "complement"})
"""What `require` may ask for besides slots: several subjects, a light verb, a clause complement, a known event in what is governed."""
COMPLEMENTS = ("request", "promise", "plan", "threat", "threat_only", "refuse", "accuse")


@dataclass(frozen=True, slots=True)
class Pattern:
    """The words of an entry, lemmas in lower case; `words[head]` is the trigger's head.

    `combined`: a verb with one of a list of objects."""

    words: tuple[str, ...]
    head: int
    combined: bool = False

    @property
    def key(self) -> str:
        """The word, besides the head, that the pattern is found by; "" for a single word."""
        if len(self.words) == 1:
            return ""
        return self.words[-1] if self.head != len(self.words) - 1 else self.words[-2]

    @property
    def is_clausal(self) -> bool:
        """Whether its words may stand in an infinitive ("agree to meet")."""
        return not self.combined and "to" in self.words[1:-1]

    @property
    def others(self) -> tuple[str, ...]:
        return self.words[: self.head] + self.words[self.head + 1 :]

    def __str__(self) -> str:
        return " ".join(self.words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One lexical entry: a pattern, what it stands for, its argument frame and its conditions.

    `conditions` maps a slot, with the suffix `_not` or `_if` where it forbids or only applies when the slot is filled, to class names or
    "=lemma". `complement` names the table of `complements.toml` that what is governed is looked up in. A `weak` noun needs an actor and
    either a recipient or a light verb. `reason` is set for look-alikes that are no event.
    """

    pattern: Pattern
    part: str
    type: str
    mode: str | None
    cameo: str
    frame: Frame
    complement: str | None = None
    require: tuple[tuple[str, ...], ...] = ()
    content: tuple[str, ...] = ()
    conditions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    weak: bool = False
    reason: str | None = None
    order: int = 0

    @property
    def name(self) -> str:
        """How the entry is shown to a reader: "ASSAULT/aerial"."""
        return f"{self.type}/{self.mode}" if self.mode else self.type


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


Index = Mapping[str, Mapping[str, tuple[Entry, ...]]]


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
    def load(cls) -> EventLexicon:
        """Read and check every file. Raises DataError naming the file and the entry that is wrong."""
        ontology = load_ontology()
        folder = data_path("events")
        classes = NounClasses.load(folder / "classes.toml")
        entries = [
            entry
            for path in sorted((folder / "lexicon").glob("*.toml"))
            for entry in read_entries(path, ontology=ontology, classes=classes)
        ]
        entries += read_excluded(folder / "exclude.toml")
        return cls(
            ontology=ontology,
            status=StatusCues.load(),
            contexts=ContextLexicon.load(ontology),
            casualties=CasualtyWords.load(),
            verbs=_index(entries, "verb"),
            nouns=_index(entries, "noun"),
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


def read_entries(path: Path, *, ontology: Ontology, classes: NounClasses) -> Iterator[Entry]:
    """The entries of one type's file, checked. Raises DataError naming the file and the group that is wrong."""
    data = load_toml(path)
    for number, group in enumerate(data["entry"], 1):
        where = f"{path}: entry {number} ({', '.join(group.get('verbs', group.get('nouns', []))[:2])} ...)"
        _check_group(group, where=where, classes=classes)
        yield from _expand(group, data, ontology=ontology, where=where)


def _check_group(group: Mapping[str, Any], *, where: str, classes: NounClasses) -> None:
    if "cameo" not in group or not (group.get("verbs") or group.get("nouns")):
        raise DataError(f"{where}: a group needs `cameo` and `verbs` or `nouns`")
    for key, value in group.items():
        if key not in KEYS and not _is_condition(key):
            raise DataError(f"{where}: unknown key {key!r}")
        if _is_condition(key):
            unknown = [name for name in value if not name.startswith("=") and not classes.knows(name)]
            if unknown:
                raise DataError(f"{where}: {key} names unknown classes {unknown}; a single lemma is written '=lemma'")
    if group.get("complement") not in (None, *COMPLEMENTS):
        raise DataError(f"{where}: unknown complement {group['complement']!r}; there are {', '.join(COMPLEMENTS)}")
    for key in ("modes", "cameos"):
        strangers = set(group.get(key, ())) - set(group.get("verbs", ())) - set(group.get("nouns", ()))
        if not group.get("objects") and strangers:
            raise DataError(f"{where}: {key} names {sorted(strangers)}, which the group does not list")


def _is_condition(key: str) -> bool:
    slot, _, suffix = key.partition("_")
    return (slot in {"object", "subject", "clause", "beyond"} or slot in PREPOSITIONS) and suffix in {
        "",
        "not",
        "if",
        "class",
    }


def _expand(group: Mapping[str, Any], data: Mapping[str, Any], *, ontology: Ontology, where: str) -> Iterator[Entry]:
    """The entries of a group; what they share is made once, there are tens of thousands."""
    weak = frozenset(group.get("weak", ()))
    modes, cameos = group.get("modes", {}), group.get("cameos", {})
    frames = {
        part: parse_frame(group.get(key, data[f"{part}_frame"]), where=where)
        for part, key in (("verb", "frame"), ("noun", "noun_frame"))
    }
    require = tuple(tuple(slot.strip() for slot in line.split("|")) for line in group.get("require", ()))
    content = tuple(slot.strip() for slot in group.get("content", "").split("|") if slot.strip())
    unknown = {slot for line in (*require, content) for slot in line} - SLOTS - QUESTIONS
    if unknown:
        raise DataError(f"{where}: `require` or `content` names unknown slots {sorted(unknown)}")
    conditions = {name: tuple(value) for name, value in group.items() if _is_condition(name)}
    for mode in {group.get("mode"), *modes.values()} - {"none"}:
        ontology.check(data["type"], mode, where=where)
    for cameo in {group["cameo"], *cameos.values()}:
        if cameo not in ontology.cameo:
            raise DataError(f"{where}: unknown CAMEO code {cameo!r}")
    for part, pattern, key in _patterns(group):
        mode = modes.get(key, group.get("mode"))
        yield Entry(
            pattern=pattern,
            part=part,
            type=data["type"],
            mode=None if mode == "none" else mode,
            cameo=cameos.get(key, group["cameo"]),
            frame=frames[part],
            complement=group.get("complement"),
            require=require,
            content=content,
            conditions=conditions,
            weak=key in weak,
        )


def _patterns(group: Mapping[str, Any]) -> Iterator[tuple[str, Pattern, str]]:
    """(part of speech, pattern, the string that names it in `modes`, `cameos` and `weak`)."""
    for verb in group.get("verbs", ()):
        if group.get("objects"):
            head = verb_pattern(verb)
            for noun in group["objects"]:
                yield "verb", Pattern((*head.words, *split_words(noun)), head.head, True), noun
        else:
            yield "verb", verb_pattern(verb), verb
    for noun in group.get("nouns", ()):
        yield "noun", noun_pattern(noun), noun


def split_words(text: str) -> tuple[str, ...]:
    """As UD splits them: "cease-fire" is two words (the hyphen between them is not looked at)."""
    return tuple(word for word in text.lower().replace("-", " ").split() if word)


def verb_pattern(text: str) -> Pattern:
    """ "open fire" is headed by its first word, "be critical" by its second: UD makes the copula a dependant."""
    words = split_words(text)
    if words[0] != "be" or len(words) == 1:
        return Pattern(words, 0)
    head = next(i for i, word in enumerate(words) if i > 0 and (word not in PREPOSITIONS or i == len(words) - 1))
    return Pattern(words, head if words[head] != "not" else head + 1)


def noun_pattern(text: str) -> Pattern:
    """ "air strike" is headed by its last word, "declaration of war" by the one before the preposition."""
    words = split_words(text)
    cut = next((i for i, word in enumerate(words) if i > 0 and word in PREPOSITIONS), len(words))
    return Pattern(words, cut - 1)


def read_excluded(path: Path) -> Iterator[Entry]:
    """Look-alikes, as entries with a reason and without a type."""
    for number, group in enumerate(load_toml(path)["exclude"], 1):
        if "reason" not in group or not (group.get("verbs") or group.get("nouns")):
            raise DataError(f"{path}: exclude {number}: a group needs `reason` and `verbs` or `nouns`")
        for part, texts, make in (
            ("verb", group.get("verbs", ()), verb_pattern),
            ("noun", group.get("nouns", ()), noun_pattern),
        ):
            for text in texts:
                yield Entry(
                    pattern=make(text),
                    part=part,
                    type="",
                    mode=None,
                    cameo="",
                    frame=Frame((), (), False),
                    reason=group["reason"],
                )


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


def _index(entries: Sequence[Entry], part: str) -> Index:
    """Entries by head lemma and key word, longest pattern first, look-alikes before entries of their length, then the more conditions."""
    index: dict[str, dict[str, list[Entry]]] = {}
    for entry in entries:
        if entry.part == part:
            keys = index.setdefault(entry.pattern.words[entry.pattern.head], {})
            keys.setdefault(entry.pattern.key, []).append(entry)
    return {
        lemma: {key: tuple(sorted(found, key=rank)) for key, found in keys.items()} for lemma, keys in index.items()
    }


def rank(entry: Entry) -> tuple[int, bool, int]:
    """The order in which entries of one word are tried."""
    return -len(entry.pattern.words), entry.reason is None, -len(entry.conditions)
