"""The knowledge base: who a name or a role noun stands for, at a date.

`Knowledge.load` opens the compiled tables (`compiled.py`); every name, demonym, capital and role noun is found by its folded words.
Nothing is guessed: a name that could be two entries valid at the date is nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tacitus.actors.index import WORD, Block, Facts, RoleSense, Sense, fold_words
from tacitus.actors.naming import PARTICLES
from tacitus.actors.tables import Entity, Term, fold
from tacitus.records import Span
from tacitus.resources import data_path

HIGHEST = frozenset(
    {"president", "prime minister", "chancellor", "supreme leader", "king", "emir", "sultan", "crown prince"}
)
ABBREVIATIONS = frozenset({"st", "mt", "dr", "gen", "col", "lt", "jr", "mr", "mrs", "ms", "sen", "rep", "gov", "no"})


@dataclass(frozen=True, slots=True)
class Hit:
    """Words of a text that the knowledge base knows: as names, as a role noun, or as both."""

    start: int
    end: int
    senses: tuple[Sense, ...] = ()
    roles: tuple[RoleSense, ...] = ()

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Coding:
    """What an actor is coded as. `country` None and no sectors: nothing is known."""

    country: str | None = None
    sectors: tuple[str, ...] = ()
    kind: str = "unknown"
    reference: str | None = None

    @property
    def code(self) -> str | None:
        """Country and primary sector joined; one of the two alone where the other is not known; None for neither."""
        return (self.country or "") + (self.sectors[0] if self.sectors else "") or None


class Knowledge:
    """The loaded knowledge base. Read-only; one for the process is enough."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self.entities = facts.entities
        """All entries by their reference."""
        self.pronoun_weights = facts.pronoun_weights
        """What each feature of a pronoun and an antecedent is worth."""

    @classmethod
    def load(cls, *, own: Sequence[Path] = ()) -> Knowledge:
        """The package's own, from its compiled file, with the files of the user laid over it; of two files the later counts.

        Raises DataError when the compiled file is missing or older than the tables, or names the fault of a user's file.
        """
        from tacitus.actors.compiled import read_index

        facts = package = read_index(data_path("actors"))
        for path in own:
            from tacitus.actors.overlay import lay_over
            from tacitus.actors.userfile import read_user_file

            facts = lay_over(facts, read_user_file(path, package=package))
        return cls(facts)

    @classmethod
    def read(cls, folder: Path) -> Knowledge:
        """Read and check the tables of a folder. Raises DataError naming file and line of a wrong row."""
        from tacitus.actors.loading import Loader

        return cls(Loader(folder).load())

    def find(self, text: str) -> Iterator[Hit]:
        """Names and role nouns in a text, longest first from the left; names and roles may overlap each other."""
        words = [(match.start(), match.end()) for match in WORD.finditer(text)]
        folded = [fold(text[start:end]) for start, end in words]
        names_until = roles_until = 0
        for position, word in enumerate(folded):
            if word not in self._facts.blocks:
                continue
            block = self._facts.blocks[word]
            for end in range(_reach(text, words, position, block.longest), position, -1):
                key = " ".join(folded[position:end])
                written = text[words[position][0] : words[end - 1][1]]
                senses = _senses(block, folded[position:end], written) if position >= names_until else ()
                roles = tuple(block.roles.get(key, ())) if position >= roles_until else ()
                if senses or roles:
                    yield Hit(words[position][0], words[end - 1][1], senses, roles)
                    names_until = end if senses else names_until
                    roles_until = end if roles else roles_until

    def is_adjective(self, word: str) -> bool:
        """Whether a word is the adjective of a country."""
        block = self._facts.blocks.get(fold(word))
        return block is not None and any(sense.form == "adjective" for sense in block.names.get(fold(word), ()))

    def gender_of(self, given_name: str) -> str:
        """ "m" or "f" for a given name that nearly always tells; "" for the rest."""
        return self._facts.given_names.get(fold(given_name), "")

    def roles_named(self, words: str) -> tuple[RoleSense, ...]:
        """The role nouns with exactly these words, in either number."""
        folded = fold_words(words)
        block = self._facts.blocks.get(folded[0]) if folded else None
        return tuple(block.roles.get(" ".join(folded), ())) if block else ()

    def resolve(self, name: str, *, on: str | None = None) -> Entity | None:
        """The one entry a name stands for at the ISO date `on`; None when there is none, or more than one."""
        senses = self.readings(name)
        return choose(senses, on) if senses else None

    def readings(self, name: str) -> tuple[Sense, ...]:
        """All that exactly this name may stand for, at any date."""
        whole = (hit for hit in self.find(name) if hit.senses and hit.start == 0 and hit.end >= len(name.rstrip(" .")))
        return next((hit.senses for hit in whole), ())

    def search(self, words: str) -> Iterator[Entity]:
        """The entries whose main name holds all these words."""
        wanted = set(fold_words(words))
        for entity in self.entities.values():
            if wanted and wanted.issubset(fold_words(entity.name)):
                yield entity

    def code(self, entity: Entity, *, on: str | None) -> Coding:
        """The coding of an entry at the ISO date `on`: a person out of office is ELI, one not yet in office has no sector."""
        terms = entity.in_force(on)
        if terms:
            sectors = tuple(dict.fromkeys(sector for term in terms for sector in term.sectors))
            return Coding(country=terms[0].country, sectors=sectors, kind=entity.kind, reference=entity.id)
        nearest = _nearest(entity.terms, on or "")
        if entity.type != "person":
            return Coding(country=nearest.country, sectors=nearest.sectors, kind=entity.kind, reference=entity.id)
        over = any(term.until and term.until + "-99" < (on or "") for term in entity.terms)
        return Coding(country=nearest.country, sectors=("ELI",) if over else (), kind=entity.kind, reference=entity.id)


def _senses(block: Block, words: Sequence[str], written: str) -> tuple[Sense, ...]:
    """The readings of some words as a name; for a person also without the middle initial that the text gives."""
    if not written[0].isupper() and (written.islower() or words[0] not in PARTICLES):
        return ()
    senses = block.names.get(" ".join(words), [])
    if not senses and len(words) == 3 and len(words[1]) == 1:
        shorter = block.names.get(f"{words[0]} {words[2]}", [])
        senses = [sense for sense in shorter if sense.entity.type == "person"]
    shouted = written.upper() == written
    return tuple(sense for sense in senses if shouted or not sense.capitals)


def choose(senses: Iterable[Sense], on: str | None) -> Entity | None:
    """The one entry meant at the date: those valid then before those that are not, whole names before surnames; None in doubt.

    A bare surname stands for somebody only at a date, when just one who bears it is in office, or just one leads a state.
    """
    entities = {sense.entity.id: sense.entity for sense in senses if sense.form != "surname"}
    if not entities:
        surnames = {sense.entity.id: sense.entity for sense in senses}
        in_office = [entity for entity in surnames.values() if on is not None and entity.in_force(on)]
        if len(in_office) > 1:
            in_office = [entity for entity in in_office if any(leads_state(term) for term in entity.in_force(on))]
        return in_office[0] if len(in_office) == 1 else None
    found = list(entities.values())
    valid = [entity for entity in found if _is_valid(entity, on)] or found
    return valid[0] if len(valid) == 1 else _first_state(valid)


def leads_state(term: Term) -> bool:
    """Whether the office is a state's first or second."""
    return not HIGHEST.isdisjoint(term.office.split(";"))


def _first_state(entities: Sequence[Entity]) -> Entity | None:
    """Of several entries the state, or its capital, when just one is: "Kuwait" the state before a city of that name."""
    for type_ in ("country", "capital", "seat"):
        states = [entity for entity in entities if entity.type == type_]
        if states:
            return states[0] if len(states) == 1 else None
    return None


def _is_valid(entity: Entity, on: str | None) -> bool:
    if entity.type == "person":
        return True  # people are named before and after their time in office
    return any(not term.until if on is None else term.covers(on) for term in entity.terms)


def _nearest(terms: Sequence[Term], day: str) -> Term:
    """The last term that began before the day, else the first of all."""
    begun = [term for term in terms if term.since <= day]
    return max(begun, key=lambda term: term.since) if begun else min(terms, key=lambda term: term.since)


def _reach(text: str, words: Sequence[tuple[int, int]], position: int, longest: int) -> int:
    """How far from a word a name may run: up to `longest` words, over blanks, hyphens and dots, but no other mark or line end."""
    end = position + 1
    while end < len(words) and end - position < longest:
        before, after = words[end - 1], words[end][0]
        gap = text[before[1] : after]
        if len(gap) > 3 or gap.strip(" .-'’&/") or (". " in gap and not _is_abbreviation(text[before[0] : before[1]])):
            break
        end += 1
    return end


def _is_abbreviation(word: str) -> bool:
    return len(word) == 1 or word.lower() in ABBREVIATIONS
