"""Make entries of a user's ontology out of verb dictionaries of TABARI and PETRARCH.

CAMEO's codes become PLOVER's types by the crosswalk; modes are those the package gives to the same code. What a pattern says that an entry
cannot say is left out and told, with its line.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from tacitus.actors.dictionaries import LeftOut
from tacitus.actors.importing import toml_table
from tacitus.events.entries import PREPOSITIONS, Entry
from tacitus.events.frames import SLOTS
from tacitus.events.lexicon import EventLexicon
from tacitus.events.naming import names_of
from tacitus.events.verbs import VerbDictionary, VerbPattern

ARTICLES = frozenset({"a", "an", "the", "his", "her", "its", "their"})
NEGATION = frozenset({"not", "no", "never", "cannot", "without"})
MODE_SHARE = 0.6  # of the package's patterns of a code that agree on a mode
BOTH = ("subj <> with | obj", ("plural subj | with | obj",))
"""Frame and condition where % stands for both sides."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Group:
    """What entries have in common: code, frame and conditions. "" for what the type's own frame is to decide; no code: no event."""

    cameo: str
    frame: str = ""
    require: tuple[str, ...] = ()
    subject: tuple[str, ...] = ()


@dataclass(slots=True)
class ImportedVerbs:
    """A user's file in the making, with the lines that could not be used. `patterns` counts what can be used."""

    groups: dict[_Group, list[str]] = field(default_factory=lambda: defaultdict(list))
    left_out: list[LeftOut] = field(default_factory=list)
    known: int = 0
    lexicon: EventLexicon | None = None

    @property
    def patterns(self) -> int:
        return sum(map(len, self.groups.values()))


def import_verbs(dictionaries: Iterable[VerbDictionary], *, lexicon: EventLexicon) -> ImportedVerbs:
    """Convert all. `known` counts patterns that the package codes as the same type already."""
    made = ImportedVerbs(lexicon=lexicon)
    importer = _Importer(made, lexicon)
    for dictionary in dictionaries:
        made.left_out += dictionary.left_out
        for block in dictionary.blocks:
            for verb in block.verbs:
                words = verb.words.lower()
                if verb.code:
                    importer.add(words, _Group(cameo=verb.code), where=verb.where, text=verb.words)
                for pattern in block.patterns:
                    importer.add_pattern(words, pattern)
    made.left_out = list(dict.fromkeys(made.left_out))
    return made


def to_toml(made: ImportedVerbs) -> str:
    """The file's content: groups of verbs, then look-alikes."""
    assert made.lexicon is not None
    modes = _modes(made.lexicon)
    tables = []
    for group, verbs in sorted(made.groups.items(), key=lambda item: (item[0].cameo == "", item[0].cameo)):
        unique = sorted(dict.fromkeys(verbs))
        if not group.cameo:
            reason = "no event in the imported dictionary"
            tables.append(toml_table("exclude", {"reason": reason, "verbs": unique}))
            continue
        entry: dict[str, object] = {
            "type": made.lexicon.ontology.cameo[group.cameo].type,
            "cameo": group.cameo,
            "mode": modes.get(group.cameo, ""),
            "verbs": unique,
            "frame": group.frame,
            "require": list(group.require),
            "subject": list(group.subject),
        }
        tables.append(toml_table("entry", entry))
    return "\n".join(tables)


class _Importer:
    """Turns verbs and patterns into groups, one at a time."""

    def __init__(self, made: ImportedVerbs, lexicon: EventLexicon) -> None:
        self._made = made
        self._lexicon = lexicon
        self._entries = {
            (entry.pattern.words, entry.type)
            for keys in lexicon.verbs.values()
            for entries in keys.values()
            for entry in entries
        }
        self._vocabulary = {word for words, _ in self._entries for word in words} | lexicon.classes.nouns

    def add_pattern(self, verb: str, pattern: VerbPattern) -> None:
        try:
            words, group = self._read(pattern)
        except ValueError as err:
            self._refuse(pattern.where, pattern.text, str(err))
            return
        if group.subject and not group.cameo:
            self._refuse(pattern.where, pattern.text, "a look-alike cannot ask for a subject")
            return
        self.add(" ".join([verb, *words]), group, where=pattern.where, text=pattern.text)

    def add(self, words: str, group: _Group, *, where: str, text: str) -> None:
        """Put the words into the group of their code; a code that PLOVER has no type for is refused."""
        if group.cameo:
            first, _, second = group.cameo.partition(":")
            if second:
                self._refuse(where, text, f"only its first code {first} is kept; the event back ({second}) is not")
            code = self._code(first)
            if code is None:
                self._refuse(where, text, f"CAMEO {first} has no type in PLOVER")
                return
            group = _Group(cameo=code, frame=group.frame, require=group.require, subject=group.subject)
            if (tuple(words.split()), self._lexicon.ontology.cameo[code].type) in self._entries:
                self._made.known += 1
                return
        elif len(words.split()) < 2:
            return  # a bare verb without a code says nothing: only its patterns are events
        self._made.groups[group].append(words)

    def _code(self, code: str) -> str | None:
        return next((code[:n] for n in range(len(code), 1, -1) if code[:n] in self._lexicon.ontology.cameo), None)

    def _read(self, pattern: VerbPattern) -> tuple[list[str], _Group]:
        """The words besides the verb, and the group. Raises ValueError for what an entry cannot say."""
        at = pattern.items.index("*")
        before, after = list(pattern.items[:at]), list(pattern.items[at + 1 :])
        subject = self._subject([item for item in before if item not in "$+%"])
        words: list[str] = []
        places: dict[str, str] = {sign: "subj" for sign in before if sign in "$+%"}
        for number, item in enumerate(after):
            if item in "$+%":
                place = words[-1] if words and words[-1] in SLOTS and words[-1] in PREPOSITIONS else ""
                if place and number and after[number - 1].lower() == place:
                    words.pop()
                places[item] = place or "obj"
            elif item.lower() in NEGATION:
                raise ValueError(f"{item!r} is a matter of the event's status here")
            elif item.lower() not in ARTICLES:
                words.append(self._base(item.lower()))
        frame, require = _frame(places)
        return words, _Group(cameo=pattern.code, frame=frame, require=require, subject=subject)

    def _subject(self, words: Sequence[str]) -> tuple[str, ...]:
        """One noun before the verb is its subject; what more words there are cannot be told without their grammar."""
        kept = [self._base(word.lower()) for word in words if word.lower() not in ARTICLES]
        if not kept:
            return ()
        if len(kept) > 1 or kept[0] not in self._lexicon.classes.nouns:
            raise ValueError(f"words before the verb ({' '.join(words)}) that are no single known noun")
        return (f"={kept[0]}",)

    def _base(self, word: str) -> str:
        """The base form of a word: the one the package's lists have, else as it is written."""
        forms = names_of(word, word)
        if word in self._lexicon.classes.nouns:
            return word
        return next((form for form in forms[1:] if form in self._vocabulary), word)

    def _refuse(self, where: str, text: str, reason: str) -> None:
        self._made.left_out.append(LeftOut(where, text, reason))


def _frame(places: dict[str, str]) -> tuple[str, tuple[str, ...]]:
    """Frame and `require` from where the sides stand; "" leaves the frame to the type. Raises ValueError where it cannot be said."""
    if "%" in places:
        if places["%"] in ("subj", "obj"):
            return BOTH
        return f"{places['%']} <> with", (places["%"],)
    actor, recipient = places.get("$", "subj"), places.get("+")
    if recipient == "subj":
        if "$" not in places or actor == "subj":
            raise ValueError("who is acted upon stands before the verb, and who acts is not told")
        return ("", ()) if actor == "by" else (f"{actor} > subj", (actor,))
    if actor not in ("subj", "by"):
        return f"{actor} > {recipient or 'obj'}", (actor,)
    if recipient is None:
        return "", ()
    return f"subj > {recipient}", (recipient,)


def _modes(lexicon: EventLexicon) -> dict[str, str]:
    """The mode that most of the package's verbs of a CAMEO code have."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for entry in _all(lexicon):
        counts[entry.cameo][entry.mode or ""] += 1
    best = {code: count.most_common(1)[0] for code, count in counts.items()}
    return {code: mode for code, (mode, n) in best.items() if mode and n >= MODE_SHARE * counts[code].total()}


def _all(lexicon: EventLexicon) -> Iterator[Entry]:
    for keys in lexicon.verbs.values():
        for entries in keys.values():
            yield from (entry for entry in entries if entry.reason is None)
