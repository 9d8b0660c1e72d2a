"""The gazetteer: names and their spellings, tables that are right."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tacitus.places.entry import distance_km
from tacitus.places.gazetteer import COUNTRY_COLUMNS, PEOPLE_COLUMNS, SUPPLEMENT_COLUMNS, Gazetteer
from tacitus.places.names import is_latin, name_key
from tacitus.places.resolution import load_weights
from tacitus.resources import data_path, load_tsv


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Deir al-Balah", "Deir al Balah"),
        ("El-Obeid", "Al Obeid"),
        ("São Paulo", "Sao Paulo"),
        ("Łódź", "Lodz"),
        ("Saint Louis", "St. Louis"),
        ("Ma'rib", "Marib"),
        ("the Gaza Strip", "Gaza Strip"),
        ("U.S.", "US"),
        ("N.Y.", "NY"),
    ],
)
def test_spellings_of_one_name(name: str, other: str) -> None:
    assert name_key(name) == name_key(other)


@pytest.mark.parametrize(
    ("name", "latin"), [("Kharkiv", True), ("Харків", False), ("غزة", False), ("Hà Nội", True), ("lon 23", False)]
)
def test_latin_script(name: str, latin: bool) -> None:
    assert is_latin(name) is latin


@pytest.mark.parametrize(
    ("name", "country", "feature", "lat", "lon"),
    [
        ("Goma", "COD", "P.PPL", -1.67, 29.23),
        ("Kiev", "UKR", "P.PPLC", 50.45, 30.52),
        ("Rafah", "PSE", "P.PPL", 31.29, 34.25),
        ("Gaza Strip", "PSE", "L.RGN", 31.42, 34.36),
        ("West Bank", "PSE", "L.RGN", 31.95, 35.25),
        ("Zamzam", "SDN", "S.CMPRF", 13.49, 25.31),
        ("Stalingrad", "RUS", "P.PPL", 48.72, 44.5),
        ("Texas", "USA", "A.ADM1", 31.25, -99.25),
        ("North Kivu", "COD", "A.ADM1", -1.0, 29.0),
        ("Golan Heights", None, "T.UPLD", 33.0, 35.75),
        ("DR Congo", "COD", "A.PCLI", -2.5, 23.5),
        ("Gwinnett County", "USA", "A.ADM2", 33.95, -84.0),
        ("Gwinnett", "USA", "A.ADM2", 33.95, -84.0),
        ("Gwinnett Co.", "USA", "A.ADM2", 33.95, -84.0),
        ("Scarborough Shoal", None, "T.SHOL", 15.1, 117.8),
        ("Bakassi Peninsula", "CMR", "T.PEN", 4.7, 8.6),
    ],
)
def test_known_places(
    gazetteer: Gazetteer, name: str, country: str | None, feature: str, lat: float, lon: float
) -> None:
    near = [entry for entry in gazetteer.candidates(name) if distance_km(entry.lat, entry.lon, lat, lon) < 150]
    assert (country, feature) in {(entry.country, entry.feature) for entry in near}


def test_settlements_carry_division_and_population(gazetteer: Gazetteer) -> None:
    goma = next(entry for entry in gazetteer.candidates("Goma") if entry.country == "COD")
    assert (goma.admin1, goma.geonameid) == ("North Kivu", 216281)
    assert goma.population > 100_000


def test_unknown_names_have_no_candidates(gazetteer: Gazetteer) -> None:
    assert gazetteer.candidates("Qwxyzlopolis") == ()
    assert gazetteer.candidates("") == ()


@pytest.mark.parametrize(
    ("address", "country"),
    [
        ("https://www.example.co.uk/news/1", "GBR"),
        ("https://example.ng", "NGA"),
        ("https://example.com/a.de", None),
        ("https://example.tv/x", None),
    ],
)
def test_country_of_an_address(gazetteer: Gazetteer, address: str, country: str | None) -> None:
    assert gazetteer.country_of_domain(address) == country


def test_every_supplement_row_is_a_place_on_earth() -> None:
    rows = load_tsv(data_path("places", "supplement.tsv"), SUPPLEMENT_COLUMNS)
    countries = {row["iso3"] for row in load_tsv(data_path("places", "countries.tsv"), COUNTRY_COLUMNS)}
    assert len(rows) >= 1_200
    assert (
        sum("|" in row["country"] for row in rows) >= 80
    )  # disputed places and those across borders, with all claimants
    for row in rows:
        assert abs(float(row["lat"])) <= 90 and abs(float(row["lon"])) <= 180, row
        assert set(filter(None, row["country"].split("|"))) <= countries, row
        assert row["feature"][1] == "." and row["feature"][0] in "AHLPRSTV", row


def test_every_feature_has_a_weight() -> None:
    assert 0 < load_weights().cut < 1


def test_every_people_has_a_home(gazetteer: Gazetteer) -> None:
    for row in load_tsv(data_path("places", "peoples.tsv"), PEOPLE_COLUMNS):
        for word in row["words"].split("|"):
            assert len(gazetteer.homes(word)) >= len(row["places"].split("|")), word
    assert gazetteer.homes("France") == ()


@given(st.text(max_size=60))
def test_any_name_may_be_looked_up(gazetteer: Gazetteer, name: str) -> None:
    assert isinstance(gazetteer.candidates(name), tuple)
