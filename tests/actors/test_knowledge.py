"""Who a name stands for, at a date."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tacitus.actors import Knowledge


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return Knowledge.load()


@pytest.mark.parametrize(
    ("name", "on", "reference", "code"),
    [
        ("the United States", None, "country/USA", "USA"),
        ("U.S.", None, "country/USA", "USA"),
        ("UK", None, "country/GBR", "GBR"),
        ("Burma", None, "country/MMR", "MMR"),
        ("Côte d'Ivoire", None, "country/CIV", "CIV"),
        ("Kosovo", None, "country/XKX", "XKXPRE"),
        ("Abkhazia", None, "country/ABK", "GEOPRE"),
        ("Soviet Union", "1962-10-22", "country/SUN", "SUN"),
        ("Russia", "1962-10-22", "country/SUN", "SUN"),
        ("Russia", "2022-03-01", "country/RUS", "RUS"),
        ("Yemen", None, "country/YEM", "YEM"),
        ("Kremlin", "1962-10-22", "seat/sun-kremlin", "SUNGOV"),
        ("Kremlin", "2022-03-01", "seat/rus-kremlin", "RUSGOV"),
        ("Moscow", "2022-03-01", "capital/RUS", "RUSGOV"),
        ("Taliban", "2019-05-01", "organization/taliban", "AFGREB"),
        ("Taliban", "2022-05-01", "organization/taliban", "AFGGOV"),
        ("North Atlantic Treaty Organization", None, "organization/nato", "IGOMIL"),
        ("Zetas Cartel", None, "organization/los-zetas", "MEXCRM"),
        ("Nikita Khrushchev", "1962-10-22", "person/nikita-khrushchev", "SUNGOV"),
        ("Nikita Khrushchev", "1966-01-01", "person/nikita-khrushchev", "SUNELI"),
        ("Volodymyr Zelenskiy", "2023-01-01", "person/volodymyr-zelenskyy", "UKRGOV"),
        ("Rodion Y. Malinovsky", "1962-10-22", "person/rodion-malinovsky", "SUNGOV"),
        ("Tass", "1962-10-22", "organization/tass", "SUNGOV"),
        ("Fidel Castro", "1957-01-01", "person/fidel-castro", "CUBREB"),
        ("Fidel Castro", "1962-10-22", "person/fidel-castro", "CUBGOV"),
        ("Nicolás Maduro", "2026-02-01", "person/nicolas-maduro", "VENELI"),
        ("UN Peacekeeping Force in Cyprus", "2020-01-01", "organization/unficyp", "UNOMIL"),
        ("U.N. Assistance Mission in Afghanistan", "2020-01-01", "organization/unama", "UNO"),
        ("Jens Stoltenberg", "2020-01-01", "person/jens-stoltenberg", "IGOMIL"),
    ],
)
def test_resolve(knowledge: Knowledge, name: str, on: str | None, reference: str, code: str) -> None:
    entity = knowledge.resolve(name.removeprefix("the "), on=on)
    assert entity is not None
    assert entity.id == reference
    assert knowledge.code(entity, on=on).code == code


@pytest.mark.parametrize("name", ["Xanadu", "Ali", "the who", "us", "turkey", "", "...", "Smith"])
def test_unknown_or_doubtful_names_are_nobody(knowledge: Knowledge, name: str) -> None:
    assert knowledge.resolve(name) is None


@pytest.mark.parametrize(
    ("words", "plural", "sectors"),
    [
        ("policemen", True, ("COP",)), ("gunman", False, ("UAF",)), ("defence ministers", True, ("GOV", "MIL")),
        ("villagers", True, ("CVL",)), ("heads of state", True, ("GOV",)), ("clergy", True, ("REL",)),
        ("court of appeals", False, ("JUD",)), ("secretaries of commerce", True, ("GOV",)), ("terrorists", True, ("UAF",)),
    ],
)  # fmt: skip
def test_role_nouns(knowledge: Knowledge, words: str, plural: bool, sectors: tuple[str, ...]) -> None:
    (sense,) = knowledge.roles_named(words)
    assert (sense.plural, sense.role.sectors) == (plural, sectors)


@pytest.mark.parametrize(
    ("surname", "on", "reference"),
    [
        ("Museveni", "2022-05-01", "person/yoweri-museveni"),
        ("Museveni", None, None),
        ("Mubarak", "2020-01-01", None),
        ("Smith", "1970-01-01", None),
        ("V", "2010-01-01", None),
        ("Xi", "2020-01-01", "person/xi-jinping"),
        ("Jinping", "2020-01-01", None),
        ("von der Leyen", "2022-01-01", "person/ursula-von-der-leyen"),
        ("al-Sisi", "2020-01-01", "person/abdel-fattah-el-sisi"),
        ("Assad", "2015-01-01", "person/bashar-al-assad"),
        ("Boric", "2025-01-01", "person/gabriel-boric"),
        ("Boric", "2026-05-01", None),
        ("Fiala", "2026-05-01", None),
    ],
)
def test_a_bare_surname_needs_a_date_in_office(
    knowledge: Knowledge, surname: str, on: str | None, reference: str | None
) -> None:
    entity = knowledge.resolve(surname, on=on)
    assert (entity.id if entity else None) == reference


def test_names_do_not_run_over_a_full_stop(knowledge: Knowledge) -> None:
    found = [hit for hit in knowledge.find("They flew to China. Daily flights go on.") if hit.senses]
    assert [hit.senses[0].entity.id for hit in found] == ["country/CHN"]


@settings(deadline=None)
@given(text=st.text(max_size=300))
def test_find_takes_any_text(knowledge: Knowledge, text: str) -> None:
    for hit in knowledge.find(text):
        assert 0 <= hit.start < hit.end <= len(text)
