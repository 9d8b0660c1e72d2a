"""`tacitus places`: look-ups and builds."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from tacitus.cli.places import places
from tacitus.errors import TacitusError

from ..places.dumps import dump_line, write_dump


def test_find_lists_the_places_of_a_name() -> None:
    result = CliRunner().invoke(places, ["find", "Goma"])
    assert result.exit_code == 0
    assert result.stdout.splitlines()[0].split("\t")[:4] == ["Goma", "P.PPL", "COD", "North Kivu"]


@pytest.mark.parametrize(
    ("name", "words"), [("Golan Heights", "claimed by SYR, ISR"), ("Sudanese", "SDN"), ("Juba River", "SOM")]
)
def test_find_tells_claimants_and_peoples(name: str, words: str) -> None:
    assert words in CliRunner().invoke(places, ["find", name]).stdout


def test_find_of_an_unknown_name() -> None:
    result = CliRunner().invoke(places, ["find", "Qwxyzlopolis"])
    assert (result.exit_code, result.stdout) == (1, "")


def test_built_and_found(tmp_path: Path) -> None:
    dump = write_dump(
        tmp_path / "dump.zip",
        dump_line(990001, "Wadi Probe", others="Probe Valley", feature="T.VAL"),
        dump_line(990002, "Probe"),
    )
    index = tmp_path / "my.sqlite"
    result = CliRunner().invoke(places, ["build", str(dump), "--output", str(index)])
    assert (result.exit_code, index.exists()) == (0, True), result.output
    assert "2 places, 3 names, of 2 lines" in result.stderr
    found = CliRunner().invoke(places, ["find", "Probe Valley", "--gazetteer", str(index)])
    assert found.stdout.split("\t")[0] == "Wadi Probe"


def test_a_file_that_is_no_dump(tmp_path: Path) -> None:
    path = write_dump(tmp_path / "dump.txt", "hello")
    result = CliRunner().invoke(places, ["build", str(path), "--output", str(tmp_path / "my.sqlite")])
    assert isinstance(result.exception, TacitusError) and "dump.txt:1" in str(result.exception)
