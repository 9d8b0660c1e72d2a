"""Figures in words: the conventions as a table, and any words at all as a property."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tacitus.events.casualties import CasualtyWords, read_quantity
from tacitus.events.quantities import find_figures
from tacitus.language.document import Token

WORDS = (
    "at least more than up to between and or from no fewer about nearly an estimated one two five twelve twenty twenty-five hundred "
    "thousand dozen dozens scores hundreds thousands tens of several a few couple half 12 1,200 10-15 3.5 million - plus % years people"
)


@cache
def all_words() -> CasualtyWords:
    return CasualtyWords.load()


@pytest.fixture(scope="module")
def words() -> CasualtyWords:
    return all_words()


def tokens(text: str) -> list[Token]:
    return [Token(i, i, i + 1, word, word, "X", -1, "root", {}) for i, word in enumerate(text.split())]


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("12", (12, 12)),
        ("1,200 people", (1200, 1200)),
        ("1,20,000", (120_000, 120_000)),
        ("twenty - five", (25, 25)),
        ("twenty-five", (25, 25)),
        ("one hundred and twelve", (112, 112)),
        ("two thousand three hundred", (2300, 2300)),
        ("1.5 million", (1_500_000, 1_500_000)),
        ("two dozen", (24, 24)),
        ("half a dozen", (6, 6)),
        ("a couple of dozen", (24, 24)),
        ("dozens", (24, None)),
        ("scores of people", (40, None)),
        ("hundreds", (200, None)),
        ("several hundred", (300, None)),
        ("a few dozen", (36, None)),
        ("tens of thousands", (20_000, None)),
        ("hundreds of thousands", (200_000, None)),
        ("at least 12", (12, None)),
        ("no fewer than 12", (12, None)),
        ("200 or more", (200, None)),
        ("more than 20", (21, None)),
        ("more than a dozen", (13, None)),
        ("more than hundreds", (200, None)),
        ("up to 50", (None, 50)),
        ("as many as 30", (None, 30)),
        ("no more than 20", (None, 20)),
        ("fewer than 20", (None, 19)),
        ("an estimated 300", (300, 300)),
        ("nearly 40", (40, 40)),
        ("a total of 45", (45, 45)),
        ("between 10 and 15", (10, 15)),
        ("10 to 15", (10, 15)),
        ("10-15", (10, 15)),
        ("from 5 to 9", (5, 9)),
        ("10 to 15 thousand", (10_000, 15_000)),
        ("at least 20 to 30", (20, None)),
        ("no one", (0, 0)),
        ("up to dozens", None),
        ("12 percent", None),
        ("12 - year - old", None),
        ("a soldier", None),
        ("15-10", None),
        ("", None),
    ],
)
def test_figures_are_read_by_convention(
    text: str, bounds: tuple[int | None, int | None] | None, words: CasualtyWords
) -> None:
    assert read_quantity(tokens(text), words=words) == bounds


@given(st.lists(st.one_of(st.sampled_from(WORDS.split()), st.text(max_size=6)), max_size=12))
def test_any_words_give_ordered_bounds(sequence: list[str]) -> None:
    numbers = all_words().numbers
    end = 0
    for figure in find_figures(sequence, numbers=numbers):
        assert end <= figure.start <= figure.number < figure.end <= len(sequence)
        end = figure.end
        assert (figure.low, figure.high) != (None, None)
        assert figure.low is None or figure.low >= 0
        assert figure.low is None or figure.high is None or figure.low <= figure.high


@given(st.integers(0, 10**9))
def test_digits_mean_themselves(value: int) -> None:
    numbers = all_words().numbers
    for written in (str(value), f"{value:,}"):
        (figure,) = find_figures([written], numbers=numbers)
        assert (figure.low, figure.high) == (value, value)
