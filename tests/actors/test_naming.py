"""Names that follow from names."""

from __future__ import annotations

import pytest

from tacitus.actors.naming import family_names, united_nations


@pytest.mark.parametrize(
    ("name", "country", "called"),
    [
        ("Petra Nováková", "CZE", ["Nováková"]),
        ("Mohammed V", "MAR", []),
        ("Pelé", "BRA", []),
        ("Otto Weiss Jr.", "USA", ["Weiss"]),
        ("Wei Lihua", "CHN", ["Wei"]),
        ("John Cheung", "HKG", ["Cheung"]),
        ("Jonathan Cheung", "HKG", ["Cheung"]),
        ("Bekele Tadesse", "ETH", ["Tadesse", "Bekele"]),
        ("Anna van der Meulen", "NLD", ["van der Meulen", "Meulen"]),
        ("Karim al-Dabbagh", "IRQ", ["al-Dabbagh", "Dabbagh"]),
    ],
)
def test_family_names(name: str, country: str, called: list[str]) -> None:
    assert family_names(name, country=country, given={"john"}) == called


def test_the_united_nations_are_shortened() -> None:
    names = ["UNMEX", "United Nations Mission in Exampleland"]
    assert list(united_nations(names)) == ["UN Mission in Exampleland", "U.N. Mission in Exampleland"]
