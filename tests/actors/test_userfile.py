"""Actors of the user's own: they count before the package's, and every fault is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from tacitus.actors import Knowledge
from tacitus.errors import DataError

OWN = """
[[organization]]
name = "Harbour Front"
aliases = ["HBF", "Frente del Puerto"]
kind = "group"
country = "AGO"
sectors = ["REB"]
from = "2021-03"

[[organization]]
name = "Hamas"
country = "PSE"
sectors = ["PTY"]

[[organization]]
name = "New Moscow Club"
aliases = ["Moscow"]
country = "RUS"
sectors = ["CVL"]

[[person]]
name = "Ana van der Exemplo"
gender = "f"
terms = [
  {country = "AGO", sectors = ["GOV"], office = "trade minister", from = 2019, to = "2023-05"},
  {country = "AGO", sectors = ["BUS"], from = 2023-06-01},
]

[[role]]
name = "harbour pilot"
sectors = ["LAB"]

[[role]]
name = "president"
sectors = ["BUS"]
"""


@pytest.fixture(scope="module")
def knowledge(tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    path = tmp_path_factory.mktemp("own") / "my.toml"
    path.write_text(OWN, encoding="utf-8")
    return Knowledge.load(own=[path])


@pytest.mark.parametrize(
    ("name", "on", "reference", "code"),
    [
        ("Harbour Front", "2022-01-01", "organization/harbour-front", "AGOREB"),
        ("Frente del Puerto", None, "organization/harbour-front", "AGOREB"),
        ("HBF", None, "organization/harbour-front", "AGOREB"),
        ("Ana van der Exemplo", "2020-01-01", "person/ana-van-der-exemplo", "AGOGOV"),
        ("Ana van der Exemplo", "2024-01-01", "person/ana-van-der-exemplo", "AGOBUS"),
        ("van der Exemplo", "2020-01-01", "person/ana-van-der-exemplo", "AGOGOV"),
        ("Hamas", "2022-01-01", "organization/hamas", "PSEPTY"),
        ("Islamic Resistance Movement", "2022-01-01", "organization/hamas", "PSEPTY"),
        ("Moscow", None, "organization/new-moscow-club", "RUSCVL"),
        ("Peru", None, "country/PER", "PER"),
    ],
)
def test_what_the_user_says_counts(knowledge: Knowledge, name: str, on: str | None, reference: str, code: str) -> None:
    entity = knowledge.resolve(name, on=on)
    assert entity is not None
    assert (entity.id, knowledge.code(entity, on=on).code) == (reference, code)


@pytest.mark.parametrize(
    ("noun", "sectors"), [("harbour pilots", ("LAB",)), ("president", ("BUS",)), ("prime minister", ("GOV",))]
)
def test_role_nouns(knowledge: Knowledge, noun: str, sectors: tuple[str, ...]) -> None:
    assert [sense.role.sectors for sense in knowledge.roles_named(noun)] == [sectors]


def test_every_entry_is_there_once(knowledge: Knowledge) -> None:
    references = list(knowledge.entities)
    assert len(references) == len(set(references)) == len(Knowledge.load().entities) + 3


def test_of_two_files_the_later_counts(tmp_path: Path) -> None:
    for number, sector in enumerate(("REB", "PTY")):
        text = f'[[organization]]\nname = "Harbour Front"\ncountry = "AGO"\nsectors = ["{sector}"]\n'
        (tmp_path / f"{number}.toml").write_text(text, encoding="utf-8")
    knowledge = Knowledge.load(own=[tmp_path / "0.toml", tmp_path / "1.toml"])
    assert knowledge.code(knowledge.entities["organization/harbour-front"], on=None).sectors == ("PTY",)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[[organisation]]\nname = 'X'", "unknown table 'organisation'"),
        ("[organization]\nname = 'X'", "two brackets"),
        ("organization = ['X']", "not a table"),
        ("[[organization]]\ncountry = 'AGO'", "organization 1 (without a name): needs a name"),
        ("[[organization]]\nname = '...'", "needs a name"),
        ("[[organization]]\nname = 'X'\nnation = 'AGO'", "unknown key 'nation'"),
        ("[[organization]]\nname = 'X'\ncountry = 'QQQ'", "organization 1 (X): unknown country 'QQQ'"),
        ("[[organization]]\nname = 'X'\nsectors = ['REBEL']", "unknown sector 'REBEL'"),
        ("[[organization]]\nname = 'X'\nsectors = [1]", "sectors cannot be [1]"),
        ("[[organization]]\nname = 'X'\nkind = 'thing'", "'thing' is not one of"),
        ("[[person]]\nname = 'X Y'\nfrom = 'May 2020'", "'May 2020' is no date"),
        ("[[person]]\nname = 'X Y'\nfrom = 2020\nto = 2019", "ends (2019) before it begins (2020)"),
        ("[[person]]\nname = 'X Y'\nterms = [{land = 'AGO'}]", "unknown key 'land'"),
        ("[[role]]\nname = 'pilot'\nkind = 'animal'", "role 1 (pilot): 'animal' is not one of"),
        ("[[person]\nname = 'X'", "not valid TOML"),
    ],
)
def test_a_fault_is_named(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "my.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError) as caught:
        Knowledge.load(own=[path])
    assert str(path) in str(caught.value)
    assert says in str(caught.value)
