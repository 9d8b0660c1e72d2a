"""The fast form of the actor tables: one text file, `index.tsv`, written by `tools/build_actor_index.py` and read lazily.

    line 1                 JSON: format, digest of the tables, number of lines of each section, given names, weights
    first words, sorted    word TAB JSON [longest, {name: [[reference, form, capitals] …]}, {role noun: [[number of the role, plural] …]}]
    entries, sorted        reference TAB JSON [type, name, kind, gender, [[country, sectors, office, since, until] …]]
    roles                  number TAB JSON [name, kind, gender, country, sectors, carrier]

Reading it costs one split of the file into lines; a line is decoded when its word stands in a text. A file that was not made from the
tables beside it raises DataError with the command that makes it anew.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

from tacitus.actors.index import Block, Facts, RoleSense, Sense
from tacitus.actors.tables import Entity, Role, Term
from tacitus.errors import DataError

FORMAT = 1
INDEX = "index.tsv"
COMMAND = "python tools/build_actor_index.py"

T = TypeVar("T")


class Lazy(Mapping[str, T]):
    """Values made from their lines when first asked for."""

    def __init__(self, lines: dict[str, str], decode: Callable[[str, Any], T]) -> None:
        self._lines = lines
        self._decode = decode
        self._made: dict[str, T] = {}

    def __getitem__(self, key: str) -> T:
        made = self._made.get(key)
        if made is None:
            made = self._made[key] = self._decode(key, json.loads(self._lines[key]))
        return made

    def __contains__(self, key: object) -> bool:
        return key in self._lines

    def __iter__(self) -> Iterator[str]:
        return iter(self._lines)

    def __len__(self) -> int:
        return len(self._lines)


def read_index(folder: Path) -> Facts:
    """The facts of the compiled file in `folder`. Raises DataError when it is missing, damaged or older than the tables."""
    path = folder / INDEX
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
        head = json.loads(lines[0])
        sizes = [int(size) for size in head["sections"]]
        current = head["format"] == FORMAT and head["tables"] == tables_digest(folder) and len(lines) == sum(sizes) + 2
    except FileNotFoundError as err:
        raise DataError(f"{path}: no such file; make it with: {COMMAND}") from err
    except (ValueError, KeyError, TypeError) as err:
        raise DataError(f"{path}: damaged; make it anew with: {COMMAND}") from err
    if not current:
        raise DataError(f"{path}: not made from the tables beside it; make it anew with: {COMMAND}")
    words, entries, roles = _sections(lines, sizes)
    return _facts(head, words, entries, roles)


def _sections(lines: list[str], sizes: list[int]) -> Iterator[dict[str, str]]:
    start = 1
    for size in sizes:
        yield dict(line.split("\t", 1) for line in lines[start : start + size])
        start += size


def _facts(head: Mapping[str, Any], words: dict[str, str], entries: dict[str, str], roles: dict[str, str]) -> Facts:
    entities = Lazy(entries, _entity)
    role_nouns = Lazy(roles, _role)

    def block(_: str, plain: Any) -> Block:
        longest, names, nouns = plain
        return Block(
            longest,
            {name: [Sense(entities[id_], form, bool(capitals)) for id_, form, capitals in senses] for name, senses in names.items()},
            {name: [RoleSense(role_nouns[number], bool(plural)) for number, plural in found] for name, found in nouns.items()},
        )  # fmt: skip

    return Facts(
        blocks=Lazy(words, block),
        entities=entities,
        given_names=head["given_names"],
        pronoun_weights=head["pronoun_weights"],
    )


def _entity(id_: str, plain: Any) -> Entity:
    type_, name, kind, gender, terms = plain
    return Entity(id=id_, type=type_, name=name, kind=kind, gender=gender, terms=tuple(map(_term, terms)))


def _term(plain: Any) -> Term:
    country, sectors, office, since, until = plain
    return Term(country=country, sectors=tuple(sectors), office=office, since=since, until=until)


def _role(_: str, plain: Any) -> Role:
    name, kind, gender, country, sectors, carrier = plain
    return Role(name=name, kind=kind, gender=gender, country=country, sectors=tuple(sectors), carrier=carrier)


def write_index(facts: Facts, folder: Path) -> Path:
    """Write the compiled file of the tables in `folder`; the same facts give the same bytes."""
    numbers: dict[Role, str] = {}
    words = [_line(word, _plain_block(facts.blocks[word], numbers)) for word in sorted(facts.blocks)]
    entries = [_line(id_, _plain_entity(facts.entities[id_])) for id_ in sorted(facts.entities)]
    roles = [_line(number, _plain_role(role)) for role, number in numbers.items()]
    head = {
        "format": FORMAT,
        "tables": tables_digest(folder),
        "sections": [len(words), len(entries), len(roles)],
        "given_names": dict(facts.given_names),
        "pronoun_weights": dict(facts.pronoun_weights),
    }
    path = folder / INDEX
    path.write_text("\n".join([_json(head), *words, *entries, *roles]) + "\n", encoding="utf-8")
    return path


def _line(key: str, plain: object) -> str:
    return f"{key}\t{_json(plain)}"


def _json(plain: object) -> str:
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))


def _plain_block(block: Block, numbers: dict[Role, str]) -> list[object]:
    names = {
        name: [[sense.entity.id, sense.form, int(sense.capitals)] for sense in senses]
        for name, senses in block.names.items()
    }
    roles = {
        name: [[numbers.setdefault(sense.role, str(len(numbers))), int(sense.plural)] for sense in senses]
        for name, senses in block.roles.items()
    }
    return [block.longest, names, roles]


def _plain_entity(entity: Entity) -> list[object]:
    terms = [[term.country, term.sectors, term.office, term.since, term.until] for term in entity.terms]
    return [entity.type, entity.name, entity.kind, entity.gender, terms]


def _plain_role(role: Role) -> list[object]:
    return [role.name, role.kind, role.gender, role.country, role.sectors, role.carrier]


def tables_digest(folder: Path) -> str:
    """Changes with any table of the folder; line ends do not count, so a checkout with other line ends stays current."""
    digest = hashlib.blake2b(digest_size=16)
    for path in table_files(folder):
        digest.update(path.name.encode() + b"\0" + path.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return digest.hexdigest()


def table_files(folder: Path) -> Iterable[Path]:
    """The readable files of the folder, in order."""
    return sorted(path for path in folder.iterdir() if path.suffix in (".tsv", ".toml") and path.name != INDEX)
