"""Turn TABARI and PETRARCH dictionaries into a user's actor file: CAMEO actor codes into PLOVER's countries and sectors.

A code is cut into threes: a country or international body first, then sectors. What PLOVER does not have is left out and reported.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from tacitus.actors.dictionaries import DatedCode, Dictionary, DictionaryActor, DictionaryAgent, LeftOut, complete
from tacitus.actors.index import fold_words
from tacitus.actors.knowledge import Knowledge
from tacitus.actors.tables import entity_id
from tacitus.ontology import SECTORS

COUNTRIES = {"ROM": "ROU", "TMP": "TLS", "ZAR": "COD", "KSV": "XKX"}
"""Codes that CAMEO kept after ISO had changed them, and its Kosovo."""
BODIES = {"IGO": "IGO", "NGO": "NGO", "NGM": "NGO", "IMG": "IMG", "MNC": "MNC"}
WITHIN = {"UNO": "UNO", "EEC": "EUR"}
"""Bodies that CAMEO writes behind IGO: IGOUNO, IGOEUREEC."""
OTHER_SECTORS = {
    "MED": "JRN", "HLH": "MED", "INS": "REB", "SEP": "REB", "ENV": "CVL", "HRI": "CVL", "SET": "CVL",
    **dict.fromkeys(["BUD", "CHR", "CTH", "DOX", "HIN", "JEW", "MOS", "PRO", "SHI", "SIK", "SUN"], "REL"),
}  # fmt: skip
"""Where CAMEO's sectors have other names than PLOVER's: MED is its media, HLH its health; faiths are religious actors."""
NO_SECTOR = frozenset(
    {"IGO", "NGO", "NGM", "IMG", "MNC", "INT", "EUR", "AFR", "ASA", "NMR", "SAM", "CAS", "MEA", "WST"}
)
"""Chunks behind the first that only repeat what kind of body it is, or its region."""
PLACES = ("country", "capital", "city")
SHORT = 4  # letters; a longer single word is a name in capitals, not an acronym


@dataclass(slots=True)
class Imported:
    """A user's file in the making, with the lines that could not be used."""

    organizations: list[dict[str, object]] = field(default_factory=list)
    persons: list[dict[str, object]] = field(default_factory=list)
    roles: list[dict[str, object]] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)

    def to_toml(self) -> str:
        """The file's content."""
        tables = (("organization", self.organizations), ("person", self.persons), ("role", self.roles))
        return "\n".join(toml_table(name, entry) for name, entries in tables for entry in entries)


def import_dictionaries(dictionaries: Iterable[Dictionary], *, knowledge: Knowledge) -> Imported:
    """Convert all; of actors or nouns of one name the first counts."""
    made = Imported()
    seen: set[str] = set()
    for dictionary in dictionaries:
        made.left_out += dictionary.left_out
        for actor in dictionary.actors:
            _add_actor(made, actor, seen, knowledge)
        for agent in dictionary.agents:
            _add_agent(made, agent, seen, knowledge)
    return made


def _add_actor(made: Imported, actor: DictionaryActor, seen: set[str], knowledge: Knowledge) -> None:
    names = list(dict.fromkeys(_cased(name, knowledge) for name in actor.names))
    known = knowledge.resolve(names[0])
    try:
        terms = [_term(code, knowledge) for code in complete(actor.codes)]
    except ValueError as err:
        made.left_out.append(LeftOut(actor.where, names[0], str(err)))
        return
    if known is not None and known.type in PLACES:
        made.left_out.append(LeftOut(actor.where, names[0], f"is the {known.type} {known.name} in the package"))
        return
    person = _is_person(names[0], terms, knowledge)
    key = entity_id("person" if person else "organization", names[0])
    if key in seen:
        made.left_out.append(LeftOut(actor.where, names[0], "has an entry already"))
        return
    seen.add(key)
    entry = {"name": names[0], "aliases": names[1:], **(terms[0] if len(terms) == 1 else {"terms": terms})}
    (made.persons if person else made.organizations).append(entry)


def _add_agent(made: Imported, agent: DictionaryAgent, seen: set[str], knowledge: Knowledge) -> None:
    noun = agent.noun.lower()
    if f"role/{noun}" in seen:
        made.left_out.append(LeftOut(agent.where, noun, "has an entry already"))
        return
    try:
        country, sectors = split_code(agent.code, knowledge=knowledge)
    except ValueError as err:
        made.left_out.append(LeftOut(agent.where, noun, str(err)))
        return
    seen.add(f"role/{noun}")
    same = knowledge.roles_named(noun) or knowledge.roles_named(noun.split()[-1])
    many = noun if agent.plural == "" else (agent.plural or "").lower()
    kind = same[0].role.kind if same else "person"
    made.roles.append({"name": noun, "plural": many, "kind": kind, "country": country, "sectors": sectors})


def split_code(code: str, *, knowledge: Knowledge) -> tuple[str, list[str]]:
    """Country ("" for none) and sectors of a CAMEO actor code. Raises ValueError for one that PLOVER cannot say."""
    chunks = [code[start : start + 3] for start in range(0, len(code), 3)]
    if not code or not code.isalpha() or len(chunks[-1]) < 3:
        raise ValueError(f"{code!r} is no CAMEO actor code")
    first = COUNTRIES.get(chunks[0], chunks[0])
    country = BODIES.get(first) or (first if f"country/{first}" in knowledge.entities else "")
    rest = chunks[1:] if country else chunks
    for body, code_of in WITHIN.items():
        if body in rest and (country == "IGO" or chunks[0] == body):
            country, rest = code_of, [chunk for chunk in rest if chunk not in (body, "EUR")]
    return country, list(dict.fromkeys(_sectors(rest, code)))


def _sectors(chunks: Sequence[str], code: str) -> Iterator[str]:
    for chunk in chunks:
        sector = OTHER_SECTORS.get(chunk, chunk)
        if sector in SECTORS:
            yield sector
        elif chunk not in NO_SECTOR:
            raise ValueError(f"{chunk!r} in the code {code} has no counterpart in PLOVER")


def _term(code: DatedCode, knowledge: Knowledge) -> dict[str, object]:
    country, sectors = split_code(code.code, knowledge=knowledge)
    term: dict[str, object] = {"country": country, "sectors": sectors}
    if code.since:
        term["from"] = code.since.isoformat()
    if code.until:
        term["to"] = code.until.isoformat()
    return term


def _is_person(name: str, terms: Sequence[dict[str, object]], knowledge: Knowledge) -> bool:
    """As the package knows the name; else by a given name or a former official's code."""
    known = knowledge.resolve(name)
    if known is not None:
        return known.type == "person"
    given = knowledge.gender_of(fold_words(name)[0]) if fold_words(name) else ""
    return bool(given) or any("ELI" in str(term["sectors"]) for term in terms)


def _cased(name: str, knowledge: Knowledge) -> str:
    """A name in ordinary letters; a short single word stays in capitals unless the package knows it as a name ("IRAN", "FARC")."""
    ordinary = " ".join(word.capitalize() for word in name.split())
    if len(name) <= SHORT and " " not in name and not any(not sense.capitals for sense in knowledge.readings(ordinary)):
        return name
    return ordinary


def toml_table(table: str, entry: dict[str, object]) -> str:
    """One [[table]] of a user's file; empty values are left out."""
    lines = [f"[[{table}]]", *(f"{key} = {_value(value)}" for key, value in entry.items() if value)]
    return "\n".join(lines) + "\n"


def _value(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {_value(item)}" for key, item in value.items() if item) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_value, value)) + "]"
    return json.dumps(value, ensure_ascii=False)
