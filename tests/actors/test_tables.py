"""The actor tables: enough rows, and every wrong row named with file and line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tacitus.actors import Knowledge
from tacitus.errors import DataError
from tacitus.resources import data_path


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return Knowledge.load()


@pytest.mark.parametrize(("type_", "least"), [("country", 250), ("organization", 5000), ("person", 7000), ("seat", 40)])
def test_there_are_enough_rows(knowledge: Knowledge, type_: str, least: int) -> None:
    assert sum(entity.type == type_ for entity in knowledge.entities.values()) >= least


def test_there_are_enough_role_nouns() -> None:
    lines = data_path("actors", "roles.tsv").read_text(encoding="utf-8").splitlines()
    assert sum(bool(line) and not line.startswith("#") for line in lines) > 500


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
