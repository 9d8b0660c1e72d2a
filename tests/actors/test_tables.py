"""The actor tables: enough rows, and every wrong row named with file and line."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tacitus.actors import Entity, Knowledge
from tacitus.actors.tables import ROLE_COLUMNS, read_rows
from tacitus.errors import DataError
from tacitus.resources import data_path


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return Knowledge.load()


ARMED_OR_PARTY = {"REB", "UAF", "PRM", "PTY", "OPP", "CRM"}
INTERNATIONAL = {"IGO", "UNO", "EUR", "NGO"}
COUNTS: dict[str, tuple[int, Callable[[Entity], bool]]] = {
    "countries and territories": (250, lambda entity: entity.type == "country"),
    "seats and metonyms": (40, lambda entity: entity.type == "seat"),
    "office-holders with dates": (
        2500,
        lambda entity: entity.type == "person" and any(term.office and term.since for term in entity.terms),
    ),
    "armed groups and parties": (
        700,
        lambda entity: (
            entity.type == "organization"
            and any(not ARMED_OR_PARTY.isdisjoint(term.sectors) for term in entity.terms)
        ),
    ),
    "international and non-governmental bodies": (
        400,
        lambda entity: (
            entity.type == "organization" and any(term.country in INTERNATIONAL for term in entity.terms)
        ),
    ),
}  # fmt: skip


@pytest.mark.parametrize("subject", COUNTS)
def test_there_are_enough_rows(knowledge: Knowledge, subject: str) -> None:
    least, belongs = COUNTS[subject]
    assert sum(map(belongs, knowledge.entities.values())) >= least


def test_there_are_enough_role_nouns() -> None:
    assert len(list(read_rows(data_path("actors", "roles.tsv"), ROLE_COLUMNS))) >= 1200


@pytest.mark.parametrize(("type_", "least"), [("organization", 5000), ("person", 7000)])
def test_no_table_was_lost(knowledge: Knowledge, type_: str, least: int) -> None:
    assert sum(entity.type == type_ for entity in knowledge.entities.values()) >= least


@pytest.mark.parametrize(
    ("file", "row", "says"),
    [
        ("countries.tsv", "ISR\tIsrael again", "has a row already"),
        ("countries.tsv", "QQQ\tNowhere\t\t\tNowhereman", "singular:plural"),
        ("seats.tsv", "Blue Hall\t\tQQQ\tGOV", "unknown country 'QQQ'"),
        ("organizations.tsv", "Some Front\t\torganization\tAGO\tREBEL", "unknown sector 'REBEL'"),
        ("organizations.tsv", "Some Front\t\tthing\tAGO\tREB", "'thing' is not one of"),
        ("organizations.tsv", "Some Front\t\torganization\tAGO\tREB\t2001-13x", "is no date"),
        ("persons.tsv", "Ana Nobody\t\tf\tAGO\tGOV\tminister\t2005\t2001", "ends (2001) before it begins (2005)"),
        ("persons.tsv", "Ana Nobody\t\tx\tAGO\tGOV\tminister\t2005", "'x' is not one of"),
        ("roles.tsv", "wizard\t\tperson\t\t\tMAG", "unknown sector 'MAG'"),
        ("roles.tsv", "wizard\t\tanimal", "'animal' is not one of"),
        ("pronouns.toml", "height = 1.0", "height"),
    ],
)
def test_a_wrong_row_is_named(tmp_path: Path, file: str, row: str, says: str) -> None:
    folder = tmp_path / "actors"
    shutil.copytree(data_path("actors"), folder, ignore=shutil.ignore_patterns("*-world.tsv", "index.tsv"))
    path = folder / file
    lines = [*path.read_text(encoding="utf-8").splitlines(), row]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    with pytest.raises(DataError) as caught:
        Knowledge.read(folder)
    assert says in str(caught.value)
    assert f"{path}:{len(lines)}" in str(caught.value) or file.endswith(".toml")
