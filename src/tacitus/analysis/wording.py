"""From a coded event to an English clause. The words follow from type and mode and from the names in the text, and say no more."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tacitus.errors import DataError
from tacitus.ontology import Ontology, load_ontology
from tacitus.resources import data_path, load_toml
from tacitus.store import EventRow, PartyRow
from tacitus.text import one_line

FORMS = ("act", "alone", "suffer", "mutual", "noun", "toward")
MAX_QUOTED_WORDS = 24  # longer passages are cut with an ellipsis; the citation leads to the rest
DETERMINERS = re.compile(
    r"(a|an|the|this|that|these|those|some|any|its|his|her|their|our|my|your|one|two|\d\S*)\b", re.IGNORECASE
)
CLAUSE_END = re.compile(
    r"[;:—]|\s[–-]\s|\.(?=\s+[\"”’]?[A-Z]|[\"”’]?\s*$)|(?<=[\"”])\s|,(?=\s+(?:he|she|it|they|who|which|but|and|a spokesman)\b)"
)
INITIALS = re.compile(r"\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Maj|Gen|Col|Lt|Sen|Rep|Jr|Sr|St|Adm|Capt|Gov|No|[A-Z]\.[A-Z])$")


@dataclass(frozen=True)
class Phrases:
    """The wording of every type and mode (`own`: of the user's types), PLOVER's international parties, the names that take an article."""

    wording: Mapping[tuple[str, str | None], Mapping[str, str]]
    own: Mapping[str, str]
    international: Mapping[str, str]
    article_first: frozenset[str]
    article_last: frozenset[str]
    titles: re.Pattern[str]
    attribution: re.Pattern[str]
    pronouns: frozenset[str]

    @classmethod
    def load(cls, path: Path | None = None) -> Phrases:
        """Read and check the file, once. Raises DataError when a type of PLOVER has no wording, or a mode or form is unknown."""
        return _phrases(path or data_path("analysis", "phrases.toml"))

    @classmethod
    def read(cls, path: Path) -> Phrases:
        """The same, read anew."""
        table = load_toml(path)
        return cls(
            wording=_wording(table["type"], load_ontology(), path),
            own=_forms(table.get("own", {}), f"{path}: [own]"),
            international=table["international"],
            article_first=frozenset(table["article"]["first"]),
            article_last=frozenset(table["article"]["last"]),
            titles=re.compile(rf"(?:{'|'.join(map(re.escape, table['names']['titles']))})\b\.?\s+", re.IGNORECASE),
            attribution=re.compile(rf",\s[^,;:]{{0,60}}?\b(?:{'|'.join(table['quote']['attributing'])})\b"),
            pronouns=frozenset(table["names"]["pronouns"]),
        )

    def of(self, type_: str, mode: str | None) -> Mapping[str, str]:
        """The forms of a type in a mode; of the type where the mode has no wording of its own; a user's type is named by its code."""
        found = self.wording.get((type_, mode)) or self.wording.get((type_, None))
        if found is not None:
            return found
        code = f"{type_}/{mode}" if mode else type_
        return {form: text.replace("{type}", code) for form, text in self.own.items()}

    def clause(self, event: EventRow) -> str:
        """What happened, in the past tense: "the Soviet Union accused the United States". No full stop."""
        forms = self.of(event.type, event.mode)
        actors, recipients = self.names(event.actors), self.names(event.recipients)
        if actors and recipients:
            return f"{actors} {forms['act']} {recipients}"
        if actors and len(event.actors) > 1 and not event.recipients and _is_reciprocal(event.type):
            return f"{actors} {forms['mutual']}"
        if actors:
            return f"{actors} {forms['alone']}"
        if recipients:
            return f"{recipients} {forms['suffer']}"
        return f"somebody whom the text does not name {forms['alone']}"

    def noun(self, event: EventRow) -> str:
        """The event as a thing that need not have happened: "an attack by the rebels on the town"."""
        forms = self.of(event.type, event.mode)
        by = f" by {self.names(event.actors)}" if event.actors else ""
        toward = f" {forms['toward']} {self.names(event.recipients)}" if event.recipients else ""
        return forms["noun"] + by + toward

    def quote(self, event: EventRow) -> str | None:
        """The page's own words from the event's words to the end of their clause, without who says so; None when there are none.

        The words alone where the sentence has them twice, so that it cannot be told which of the two is meant.
        """
        trigger = event.trigger_text
        if not trigger.strip():
            return None
        starts = [found.start() for found in re.finditer(rf"(?<!\w){re.escape(trigger)}(?!\w)", event.sentence_text)]
        if len(starts) != 1:
            return one_line(trigger)
        start, end = starts[0], starts[0] + len(trigger)
        rest = event.sentence_text[end:]
        attribution = self.attribution.search(rest)
        tail = _until_clause_end(rest[: attribution.start()] if attribution else rest)
        return shorten(event.sentence_text[start : end + len(tail)])

    def names(self, parties: Sequence[PartyRow]) -> str:
        """The parties, each once: "Mali, Niger and Chad"."""
        names = list(dict.fromkeys(self.name(party) for party in parties))
        return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)

    def name(self, party: PartyRow) -> str:
        """The party's name with its article where the language wants one. A bare common noun is given as the text has it."""
        name = one_line(party.name)
        if not name[:1].isupper() and not DETERMINERS.match(name):
            words = one_line(party.text)
            name = words if words and words.lower() not in self.pronouns else name
        if name[:1].isupper() and DETERMINERS.match(name):
            return name[0].lower() + name[1:]
        if party.kind in ("person", "group") or not name[:1].isupper():
            return name
        return self.with_article(name)

    def with_article(self, name: str) -> str:
        """The name of a state or organization as running text has it: "the United Nations", "Chad"."""
        words = name.split()
        takes = bool(words) and (words[0] in self.article_first or words[-1] in self.article_last)
        return f"the {name}" if takes else name

    def bare(self, name: str) -> str:
        """The name without titles and article: "Premier Fidel Castro" is "Fidel Castro"."""
        while (match := self.titles.match(name)) and match.end() < len(name):
            name = name[match.end() :]
        return name

    def is_role(self, name: str) -> bool:
        """Whether it is no name but a role, which somebody else may have on the next page: "a spokesman", "the Premier"."""
        bare = self.bare(name)
        return not bare[:1].isupper() or self.titles.fullmatch(f"{bare} ") is not None


@cache
def _phrases(path: Path) -> Phrases:
    return Phrases.read(path)


def shorten(text: str, words: int = MAX_QUOTED_WORDS) -> str:
    """The text on one line, cut after so many words with an ellipsis."""
    parts = one_line(text).split(" ")
    return " ".join(parts) if len(parts) <= words else " ".join(parts[:words]).rstrip(",;:") + " …"


def _until_clause_end(rest: str) -> str:
    position = 0
    while match := CLAUSE_END.search(rest, position):
        if match.group() == "." and INITIALS.search(rest[: match.start()]):
            position = match.end()
            continue
        rest = rest[: match.start()]
        break
    return rest.rstrip(' ,"“”')


def _is_reciprocal(type_: str) -> bool:
    """Types whose parties, without a recipient, act on each other; several who mobilize do not."""
    return type_ in ("AGREE", "CONSULT", "COOPERATE", "ASSAULT")


def _wording(
    table: Mapping[str, Mapping[str, object]], ontology: Ontology, path: Path
) -> dict[tuple[str, str | None], dict[str, str]]:
    wording: dict[tuple[str, str | None], dict[str, str]] = {}
    for type_ in ontology.types:
        if type_ not in table:
            raise DataError(f"{path}: no wording for the event type {type_}")
        base = _forms(table[type_], f"{path}: [type.{type_}]")
        wording[type_, None] = base
        modes = table[type_].get("modes", {})
        if not isinstance(modes, Mapping):
            raise DataError(f"{path}: [type.{type_}] modes must be a table")
        for mode, forms in modes.items():
            ontology.check(type_, mode, where=str(path))
            if not set(forms) <= set(FORMS):
                raise DataError(f"{path}: [type.{type_}.modes.{mode}] has an unknown form")
            wording[type_, mode] = {**base, **forms}
    return wording


def _forms(table: Mapping[str, object], where: str) -> dict[str, str]:
    """The six forms of a wording. Raises DataError when one is missing or unknown."""
    base = {form: text for form, text in table.items() if isinstance(text, str)}
    if set(base) != set(FORMS):
        raise DataError(f"{where} must have exactly {', '.join(FORMS)}")
    return base
