"""Actors of the user's own, in TOML: the same facts as the package's tables, checked as strictly.

    [[organization]]                              [[person]]
    name = "Harbour Front"                        name = "Ana Exemplo"
    aliases = ["HF", "Frente del Puerto"]         gender = "f"
    kind = "group"                                terms = [
    country = "AGO"                                {country = "AGO", sectors = ["GOV"], office = "minister", from = "2019", to = "2023-05"},
    sectors = ["REB"]                               {country = "AGO", sectors = ["BUS"], from = "2023-06"},
    from = "2021-03"                              ]

    [[role]]
    name = "harbour pilot"
    kind = "person"
    sectors = ["LAB"]

`name` is the only key that must be there. `terms` stands for several times; without it the keys of a term stand beside the name. Dates are
2021, "2021-03" or 2021-03-15.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from tacitus.actors.building import Builder, Row, grouped
from tacitus.actors.index import Facts
from tacitus.actors.loading import read_common_surnames
from tacitus.actors.tables import check_dates
from tacitus.errors import DataError
from tacitus.resources import data_path, load_toml

TERM = ("country", "sectors", "office", "from", "to")
KEYS = {
    "organization": ("name", "aliases", "kind", "terms", *TERM),
    "person": ("name", "aliases", "gender", "terms", *TERM),
    "role": ("name", "plural", "kind", "gender", "country", "sectors", "carrier"),
}
DEFAULTS = {"organization": {"kind": "organization"}, "person": {}, "role": {"kind": "person"}}


def read_user_file(path: Path, *, package: Facts) -> Facts:
    """The facts of a user's file. Raises DataError that names the file and the entry of the first fault."""
    tables = load_toml(path)
    unknown = sorted(set(tables) - set(KEYS))
    if unknown:
        raise DataError(f"{path}: unknown table {unknown[0]!r}; there are {', '.join(f'[[{name}]]' for name in KEYS)}")
    builder = Builder(_countries(package))
    for rows in grouped(_rows(path, "organization", tables)):
        builder.add_organization(rows)
    common = read_common_surnames(data_path("actors")) | package.given_names.keys()
    for rows in grouped(_rows(path, "person", tables)):
        builder.add_person(rows, given_names=package.given_names, common=common)
    for where, row in _rows(path, "role", tables):
        builder.add_role(where, {**row, "role": row["name"]})
    return Facts(blocks=builder.blocks, entities=builder.entities, given_names={}, pronoun_weights={})


def _countries(package: Facts) -> dict[str, str]:
    codes = (id_ for id_ in package.entities if id_.startswith("country/"))
    return {id_.removeprefix("country/"): package.entities[id_].terms[0].country or "" for id_ in codes}


def _rows(path: Path, subject: str, tables: Mapping[str, Any]) -> Iterator[tuple[str, Row]]:
    """The rows of one kind of entry, one a term, with what names them in errors."""
    entries = tables.get(subject, [])
    if not isinstance(entries, list):
        raise DataError(f"{path}: write [[{subject}]] with two brackets, once for each entry")
    for number, entry in enumerate(entries, 1):
        name = entry.get("name", "without a name") if isinstance(entry, dict) else entry
        where = f"{path}: {subject} {number} ({name})"
        _check_keys(entry, KEYS[subject], where)
        common = {key: value for key, value in entry.items() if key != "terms"}
        for term in entry.get("terms", [{}]):
            _check_keys(term, TERM, where, named=False)
            row = _row({**DEFAULTS[subject], **common, **term}, KEYS[subject], where)
            check_dates(row, where)
            yield where, row


def _check_keys(entry: object, keys: tuple[str, ...], where: str, *, named: bool = True) -> None:
    if not isinstance(entry, dict):
        raise DataError(f"{where}: not a table of keys and values")
    unknown = sorted(set(entry) - set(keys))
    if unknown:
        raise DataError(f"{where}: unknown key {unknown[0]!r}; there are {', '.join(keys)}")
    if named and not (isinstance(entry.get("name"), str) and any(map(str.isalnum, entry["name"]))):
        raise DataError(f"{where}: needs a name")


def _row(entry: Mapping[str, Any], keys: tuple[str, ...], where: str) -> dict[str, str]:
    return {key: _cell(entry.get(key, ""), key, where) for key in keys if key != "terms"}


def _cell(value: object, key: str, where: str) -> str:
    """A value as a cell of a table."""
    match value:
        case bool():
            return "yes" if value else ""
        case str():
            return value.strip()
        case datetime():
            return value.date().isoformat()
        case date():
            return value.isoformat()
        case int():
            return str(value)
        case list() if all(isinstance(part, str) and ";" not in part for part in value):
            return ";".join(value)
    raise DataError(f"{where}: {key} cannot be {value!r}")
