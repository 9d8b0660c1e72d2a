"""Entries of the lexicon: a pattern of words, what it stands for, its argument frame and its conditions; read from TOML and checked.

A pattern is a string of lemmas. The first word of a verb's pattern is the verb ("be critical": the predicate), the rest must stand among
its dependants; the head of a noun's pattern is its last word, or the one before a preposition ("declaration of war").
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from tacitus.errors import DataError
from tacitus.events.classes import NounClasses
from tacitus.events.frames import SLOTS, Frame, parse_frame
from tacitus.ontology import Ontology
from tacitus.resources import load_toml

PREPOSITIONS = frozenset({
    "of", "for", "on", "in", "at", "to", "with", "from", "by", "into", "between", "against", "over", "under",
    "near", "about", "upon", "toward", "towards", "outside", "off", "as",
})  # fmt: skip
KEYS = frozenset({
    "cameo", "mode", "verbs", "nouns", "objects", "frame", "noun_frame", "complement", "require", "content",
    "weak", "modes", "cameos",
})  # fmt: skip
QUESTIONS = frozenset({"plural subj", "light", "clause", "complement"})
"""What `require` may ask for besides slots: several subjects, a light verb, a clause complement, a known event in what is governed."""
COMPLEMENTS = ("request", "order", "promise", "plan", "threat", "threat_only", "refuse", "accuse")


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
        """Whether its words may stand in an infinitive ("agree to meet") or a gerund ("prevent from leaving")."""
        inner = self.words[1:-1]
        return not self.combined and ("to" in inner or ("from" in inner and self.words[-1].endswith("ing")))

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
    either a recipient or a light verb. `reason` is set for look-alikes that are no event. `own` entries are the user's; `refines` is the
    PLOVER type that the user's type is a kind of.
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
    own: bool = False
    refines: str | None = None

    @property
    def name(self) -> str:
        """How the entry is shown to a reader: "ASSAULT/aerial"."""
        return f"{self.type}/{self.mode}" if self.mode else self.type

    @property
    def base(self) -> str:
        """The type whose rules the event follows: the one its own refines, else its own."""
        return self.refines or self.type


class Source(Protocol):
    """A group of the lexicon's files, checked. Its entries are made when the word that heads them stands in a text: there are tens of
    thousands, and a text has few of them.
    """

    def heads(self) -> Iterator[tuple[str, str, str]]:
        """(part of speech, head lemma, string of the file) of every verb and noun it lists."""

    def entries(self, part: str, text: str) -> Iterator[Entry]:
        """The entries of one such string."""


def read_groups(path: Path, *, ontology: Ontology, classes: NounClasses) -> Iterator[Group]:
    """The groups of one type's file, checked. Raises DataError naming the file and the group that is wrong."""
    data = load_toml(path)
    for number, group in enumerate(data["entry"], 1):
        where = f"{path}: entry {number} ({', '.join(group.get('verbs', group.get('nouns', []))[:2])} ...)"
        check_group(group, where=where, classes=classes)
        yield make_group(group, data, ontology=ontology, where=where)


def check_group(group: Mapping[str, Any], *, where: str, classes: NounClasses) -> None:
    if "cameo" not in group or not (group.get("verbs") or group.get("nouns")):
        raise DataError(f"{where}: a group needs `cameo` and `verbs` or `nouns`")
    for key, value in group.items():
        if key not in KEYS and not is_condition(key):
            raise DataError(f"{where}: unknown key {key!r}")
        if is_condition(key):
            unknown = [name for name in value if not name.startswith("=") and not classes.knows(name)]
            if unknown:
                raise DataError(f"{where}: {key} names unknown classes {unknown}; a single lemma is written '=lemma'")
    if group.get("complement") not in (None, *COMPLEMENTS):
        raise DataError(f"{where}: unknown complement {group['complement']!r}; there are {', '.join(COMPLEMENTS)}")
    for key in ("modes", "cameos"):
        strangers = set(group.get(key, ())) - set(group.get("verbs", ())) - set(group.get("nouns", ()))
        if not group.get("objects") and strangers:
            raise DataError(f"{where}: {key} names {sorted(strangers)}, which the group does not list")


def is_condition(key: str) -> bool:
    """Whether a key of a group tells senses apart: a slot, alone or with `_not`, `_if`."""
    slot, _, suffix = key.partition("_")
    return (slot in {"object", "subject", "clause", "beyond"} or slot in PREPOSITIONS) and suffix in {
        "",
        "not",
        "if",
        "class",
    }


def make_group(
    group: Mapping[str, Any],
    data: Mapping[str, Any],
    *,
    ontology: Ontology,
    where: str,
    own: bool = False,
) -> Group:
    """What the entries of a group share. `data` has the type and the usual frames. Raises DataError naming `where`."""
    frames = {
        part: parse_frame(group.get(key, data[f"{part}_frame"]), where=where)
        for part, key in (("verb", "frame"), ("noun", "noun_frame"))
    }
    require = tuple(tuple(slot.strip() for slot in line.split("|")) for line in group.get("require", ()))
    content = tuple(slot.strip() for slot in group.get("content", "").split("|") if slot.strip())
    unknown = {slot for line in (*require, content) for slot in line} - SLOTS - QUESTIONS
    if unknown:
        raise DataError(f"{where}: `require` or `content` names unknown slots {sorted(unknown)}")
    for mode in {group.get("mode"), *group.get("modes", {}).values()} - {"none"}:
        ontology.check(data["type"], mode, where=where)
    for cameo in {group["cameo"], *group.get("cameos", {}).values()}:
        if cameo not in ontology.cameo and not (own and cameo == ""):
            raise DataError(f"{where}: unknown CAMEO code {cameo!r}")
    return Group(
        plain=group,
        type=data["type"],
        frames=frames,
        require=require,
        content=content,
        conditions={name: tuple(value) for name, value in group.items() if is_condition(name)},
        own=own,
        refines=ontology.types[data["type"]].refines,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A group of entries: as the file has it (`plain`), and what its entries share."""

    plain: Mapping[str, Any]
    type: str
    frames: Mapping[str, Frame]
    require: tuple[tuple[str, ...], ...]
    content: tuple[str, ...]
    conditions: Mapping[str, tuple[str, ...]]
    own: bool
    refines: str | None

    def heads(self) -> Iterator[tuple[str, str, str]]:
        return _heads(self.plain)

    def entries(self, part: str, text: str) -> Iterator[Entry]:
        """With a list of objects a verb has an entry for each, which `modes`, `cameos` and `weak` name."""
        objects = self.plain.get("objects", ()) if part == "verb" else ()
        pattern = PATTERNS[part](text)
        if not objects:
            yield self._entry(part, pattern, text)
        for noun in objects:
            yield self._entry(part, Pattern((*pattern.words, *split_words(noun)), pattern.head, True), noun)

    def _entry(self, part: str, pattern: Pattern, name: str) -> Entry:
        plain = self.plain
        mode = plain.get("modes", {}).get(name, plain.get("mode"))
        return Entry(
            pattern=pattern,
            part=part,
            type=self.type,
            mode=None if mode == "none" else mode,
            cameo=plain.get("cameos", {}).get(name, plain["cameo"]),
            frame=self.frames[part],
            complement=plain.get("complement"),
            require=self.require,
            content=self.content,
            conditions=self.conditions,
            weak=name in plain.get("weak", ()),
            own=self.own,
            refines=self.refines,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class LookAlikes:
    """A group of words that are no event: entries with a reason and without a type."""

    plain: Mapping[str, Any]
    own: bool

    def heads(self) -> Iterator[tuple[str, str, str]]:
        return _heads(self.plain)

    def entries(self, part: str, text: str) -> Iterator[Entry]:
        yield Entry(
            pattern=PATTERNS[part](text),
            part=part,
            type="",
            mode=None,
            cameo="",
            frame=Frame((), (), False),
            reason=self.plain["reason"],
            own=self.own,
        )


def _heads(plain: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    for part, make in PATTERNS.items():
        for text in plain.get(f"{part}s", ()):
            pattern = make(text)
            yield part, pattern.words[pattern.head], text


@cache
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
    """ "air strike" is headed by its last word, "declaration of war" by the one before the preposition, "sit-in" by its last part."""
    words = split_words(text)
    first = len(
        split_words(text.split(maxsplit=1)[0])
    )  # the parts of the first word, over whose hyphens nothing is cut
    cut = next((i for i, word in enumerate(words) if i >= first and word in PREPOSITIONS), len(words))
    return Pattern(words, cut - 1)


PATTERNS: Mapping[str, Callable[[str], Pattern]] = {"verb": verb_pattern, "noun": noun_pattern}


def read_excluded(path: Path) -> Iterator[LookAlikes]:
    """The groups of look-alikes of a file."""
    for number, group in enumerate(load_toml(path)["exclude"], 1):
        yield look_alikes(group, where=f"{path}: exclude {number}")


def look_alikes(group: Mapping[str, Any], *, where: str, own: bool = False) -> LookAlikes:
    """The look-alikes of one group. Raises DataError when it lacks a reason or words."""
    if "reason" not in group or not (group.get("verbs") or group.get("nouns")):
        raise DataError(f"{where}: a group needs `reason` and `verbs` or `nouns`")
    return LookAlikes(plain=group, own=own)


def rank(entry: Entry) -> tuple[int, bool, bool, int]:
    """The order in which entries of one word are tried: longer ones first, then the user's, look-alikes, and those with more conditions."""
    return -len(entry.pattern.words), not entry.own, entry.reason is None, -len(entry.conditions)
