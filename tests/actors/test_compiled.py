"""The fast form of the actor tables: the same facts as the readable files, and a clear error when it is not."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tacitus.actors import Knowledge
from tacitus.actors.compiled import COMMAND, INDEX, read_index, write_index
from tacitus.actors.index import Facts
from tacitus.actors.loading import Loader
from tacitus.errors import DataError
from tacitus.resources import data_path

FOLDER = data_path("actors")


@pytest.fixture(scope="module")
def tables() -> Facts:
    return Loader(FOLDER).load()


@pytest.fixture(scope="module")
def compiled() -> Facts:
    return read_index(FOLDER)


@pytest.mark.parametrize("part", ["blocks", "entities", "given_names", "pronoun_weights"])
def test_it_equals_the_readable_files(tables: Facts, compiled: Facts, part: str) -> None:
    assert dict(getattr(compiled, part)) == dict(getattr(tables, part))


def test_the_same_tables_give_the_same_bytes(tables: Facts, tmp_path: Path) -> None:
    shutil.copytree(FOLDER, tmp_path, dirs_exist_ok=True)
    assert write_index(tables, tmp_path).read_bytes() == (FOLDER / INDEX).read_bytes()


def add_row(folder: Path) -> None:
    with (folder / "cities.tsv").open("a", encoding="utf-8") as file:
        file.write("Newtown\tGBR\n")


def cut(folder: Path) -> None:
    path = folder / INDEX
    path.write_bytes(path.read_bytes()[:-1000].rsplit(b"\n", 1)[0])


def garble(folder: Path) -> None:
    (folder / INDEX).write_text("not JSON\n", encoding="utf-8")


def remove(folder: Path) -> None:
    (folder / INDEX).unlink()


@pytest.mark.parametrize("damage", [add_row, cut, garble, remove])
def test_an_unfit_file_names_the_command(tmp_path: Path, damage: Callable[[Path], None]) -> None:
    shutil.copytree(FOLDER, tmp_path, dirs_exist_ok=True)
    damage(tmp_path)
    with pytest.raises(DataError, match=COMMAND):
        read_index(tmp_path)


def test_other_line_ends_are_no_change(tmp_path: Path) -> None:
    shutil.copytree(FOLDER, tmp_path, dirs_exist_ok=True)
    path = tmp_path / "cities.tsv"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert "city/ukr-kharkiv" in read_index(tmp_path).entities


def test_loading_takes_far_less_than_reading_the_tables() -> None:
    """The bound is 150 ms on a quiet machine; a busy one may take twice that, the tables take ten times as long."""
    from time import process_time

    times = []
    for _ in range(3):
        start = process_time()
        Knowledge.load()
        times.append(process_time() - start)
    assert min(times) < 0.3
