"""Pages by their words: what they share and what it weighs."""

from __future__ import annotations

from datetime import date

import pytest

from tacitus.corpus.features import Weights
from tacitus.corpus.pages import Profile, WeighedPage, compare_pages, read_page
from tacitus.corpus.words import Background, Telling, hashed, read_words, stem

TELLING = Telling(0, {}, Background.load())
FERRY = "A ferry with 80 people aboard sank off Lamu on Sunday. Fishermen pulled survivors from the water near Manda island."
AGAIN = "Rescuers searched the sea near Manda island after the Lamu ferry sank; fishermen had saved dozens of the 80 aboard."
OTHER = "Parliament in Vilnius passed the budget after a night of debate. The finance minister, Ona Balsyte, thanked members."


def page(text: str, day: date | None = date(2031, 5, 8), title: str | None = None) -> WeighedPage:
    return WeighedPage.of(read_page(document=text[:9], title=title, text=text, published=day), TELLING)


def probability(one: WeighedPage, other: WeighedPage) -> float:
    return compare_pages(one, other, weights=Weights.load()).probability


@pytest.mark.parametrize(
    ("word", "term"),
    [
        ("attacks", "attack"),
        ("attacked", "attack"),
        ("Gaza's", "gaza"),
        ("press", "press"),
        ("need", "need"),
        ("1,200", "1"),
    ],
)
def test_stems(word: str, term: str) -> None:
    assert next(read_words(word)).term == stem(word.split(",")[0]) == term


def test_pages_on_one_happening_are_likelier_one_story_than_others() -> None:
    assert probability(page(FERRY), page(AGAIN)) > 0.5 > probability(page(FERRY), page(OTHER))


def test_the_same_words_count_less_far_apart_in_time_and_least_without_a_date() -> None:
    near, far, undated = (page(AGAIN, day) for day in (date(2031, 5, 9), date(2031, 8, 1), None))
    assert probability(page(FERRY), near) > probability(page(FERRY), far) > probability(page(FERRY), undated)


def test_comparing_is_symmetric_and_shows_the_words() -> None:
    there = compare_pages(page(FERRY), page(AGAIN), weights=Weights.load(), explain=True)
    back = compare_pages(page(AGAIN), page(FERRY), weights=Weights.load())
    assert there.probability == pytest.approx(back.probability)
    names = {feature.feature: feature.detail for feature in there.features}
    assert {"lamu", "manda"} <= set(names["same_names"].split(", "))


def test_a_profile_comes_back_from_the_store_whole() -> None:
    read = read_page(document="d", title="Ferry sinks", text=FERRY, published=None)
    back = Profile.unpacked("d", None, read.packed())
    assert (back.words, back.lead, back.names, back.numbers) == (read.words, read.lead, read.names, read.numbers)


def test_a_title_that_begins_the_text_counts_once() -> None:
    twice = read_page(document="d", title="A ferry", text=FERRY, published=None)
    assert twice.words == read_page(document="d", title=None, text=FERRY, published=None).words


@pytest.mark.parametrize("text", ["", "\x00\ud800", "…"])
def test_a_page_without_words_is_like_no_other(text: str) -> None:
    assert probability(page(text), page(text)) < 0.5


def test_what_every_page_has_tells_nothing() -> None:
    assert TELLING[hashed("the")] == pytest.approx(0, abs=0.01)
    assert TELLING[hashed("manda")] > TELLING[hashed("police")] > TELLING[hashed("and")]
