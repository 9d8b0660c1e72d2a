"""Toponyms found and resolved."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tacitus.language.document import Parse
from tacitus.places import Gazetteer, find_places
from tacitus.places.entry import distance_km
from tacitus.records import Article, Place

from .factory import parse_of


def find(parse: Parse, gazetteer: Gazetteer, *, url: str | None = None) -> dict[str, Place]:
    places = find_places(Article(id="1", text=parse.text, url=url), parse, gazetteer=gazetteer)
    return {parse.text[place.start : place.end]: place for place in places}


@pytest.mark.parametrize(
    ("text", "names", "words", "country", "admin1"),
    [
        ("He was born in Paris, Texas.", "Paris|Texas", "Paris", "USA", "Texas"),
        ("Crowds marched in Paris.", "Paris", "Paris", "FRA", "Île-de-France"),
        ("Rebels entered Goma in eastern Congo.", "Goma|Congo", "Goma", "COD", "North Kivu"),
        ("A mill burned in Springfield, Ill.", "Springfield|Ill.", "Springfield", "USA", "Illinois"),
        ("Shells fell on Rafah in the Gaza Strip.", "Rafah|Gaza Strip", "Rafah", "PSE", "Gaza Strip"),
        ("Shells fell on Rafah.", "Rafah", "Rafah", "PSE", "Gaza Strip"),
        ("Iraqi troops left Mosul for Kirkuk.", "Mosul|Kirkuk", "Kirkuk", "IRQ", "Kirkuk Governorate"),
        ("Ships met in the Black Sea.", "Black Sea", "Black Sea", None, None),
    ],
)
def test_resolved(
    gazetteer: Gazetteer, text: str, names: str, words: str, country: str | None, admin1: str | None
) -> None:
    place = find(parse_of(text, place=names), gazetteer)[words]
    assert (place.country, place.admin1) == (country, admin1 if words != "Rafah" else place.admin1)
    assert place.lat is not None and place.score is not None and 0 < place.score <= 1


def test_rafah_lies_in_the_gaza_strip(gazetteer: Gazetteer) -> None:
    rafah = find(parse_of("Tanks stood at the edge of Rafah.", place="Rafah"), gazetteer)["Rafah"]
    assert rafah.lat is not None and rafah.lon is not None
    assert distance_km(rafah.lat, rafah.lon, 31.29, 34.25) < 10


def test_one_sense_per_page(gazetteer: Gazetteer) -> None:
    parse = parse_of(
        "A flood hit Cambridge, Ohio and later Cambridge was cut off from Zanesville", place="Cambridge|Ohio|Zanesville"
    )
    places = find_places(Article(id="1", text=parse.text), parse, gazetteer=gazetteer)
    assert {place.admin1 for place in places if place.name == "Cambridge"} == {"Ohio"}


def test_the_publisher_decides_between_equals(gazetteer: Gazetteer) -> None:
    parse = parse_of("A lorry overturned near Halifax", place="Halifax")
    assert find(parse, gazetteer, url="https://news.example.ca/1")["Halifax"].country == "CAN"
    assert find(parse, gazetteer, url="https://news.example.co.uk/1")["Halifax"].country == "GBR"


@pytest.mark.parametrize(
    ("text", "entities", "words"),
    [
        ("Nairobi was calm", {}, ["Nairobi"]),  # missed by the tagger
        ("Sudanese troops left", {}, ["Sudanese"]),  # an adjective of nationality stands for its country
        ("The Kenyans and the South African team met", {}, ["Kenyans", "South African"]),
        ("Chad Moroccan wrote it", {"person": "Chad Moroccan"}, []),
        ("Israel closed the road", {"organization": "Israel"}, ["Israel"]),
        ("Kisumu Police Department said so", {"organization": "Kisumu Police Department"}, ["Kisumu"]),
        ("She studied at the University of Nevada", {"organization": "University of Nevada"}, ["Nevada"]),
        ("Paris Whitfield wrote it", {"person": "Paris Whitfield"}, []),
        ("The Boston Globe wrote it", {"organization": "Boston Globe"}, []),
        ("They live in the North", {"place": "North"}, []),
        ("He lives in Qwxyzlopolis", {"place": "Qwxyzlopolis"}, ["Qwxyzlopolis"]),
    ],
)
def test_recognised(gazetteer: Gazetteer, text: str, entities: dict[str, str], words: list[str]) -> None:
    assert list(find(parse_of(text, **entities), gazetteer)) == words


def test_what_the_gazetteer_lacks_stays_unresolved(gazetteer: Gazetteer) -> None:
    place = find(parse_of("He lives in Qwxyzlopolis", place="Qwxyzlopolis"), gazetteer)["Qwxyzlopolis"]
    assert (place.lat, place.lon, place.geonameid, place.country, place.score) == (None, None, None, None, None)


PIECES = ["Paris", "the", "of", ",", "Texas", "U.S.", "'s", "Gaza", "in", "\u200f", "É", "\n\n"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(PIECES), max_size=10).map(" ".join) | st.text(max_size=60))
def test_any_text_gives_valid_spans(gazetteer: Gazetteer, text: str) -> None:
    end = 0
    for place in find_places(Article(id="1", text=text), parse_of(text, place="Texas"), gazetteer=gazetteer):
        assert end <= place.start < place.end <= len(text)
        end = place.end
