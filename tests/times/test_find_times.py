"""Temporal expressions in text: found, normalised, resolved."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tacitus.records import TimeValue
from tacitus.times import find_times

from .factory import plain_parse

ANCHOR = date(2024, 5, 8)  # a Wednesday


def find(text: str, *, anchor: date | None = ANCHOR, upos: dict[str, str] | None = None) -> list[TimeValue]:
    return list(find_times(plain_parse(text, upos=upos), anchor=anchor))


@pytest.mark.parametrize(
    ("text", "words", "kind", "value"),
    [
        # explicit days
        ("The bridge fell on 8 May 2024.", "8 May 2024", "DATE", "2024-05-08"),
        ("The bridge fell on May 8, 2024.", "May 8, 2024", "DATE", "2024-05-08"),
        ("The bridge fell on the 8th of May, 2024.", "the 8th of May, 2024", "DATE", "2024-05-08"),
        ("Filed 2024-05-08 by the clerk.", "2024-05-08", "DATE", "2024-05-08"),
        ("Filed 05/23/2024 by the clerk.", "05/23/2024", "DATE", "2024-05-23"),
        ("Filed 23/05/2024 by the clerk.", "23/05/2024", "DATE", "2024-05-23"),
        ("Filed 05/06/2024 by the clerk.", "05/06/2024", "DATE", None),
        ("Sunday, March 3, was quiet in Lviv.", "Sunday, March 3", "DATE", "2024-03-03"),
        # months, years and longer
        ("The siege ended.\n\n2005: A new council sat down.", "2005", "DATE", "2005"),
        ("It came too late, 1998 reports say.", "1998", "DATE", "1998"),
        ("Prices rose in April.", "April", "DATE", "2024-04"),
        ("Prices rose in November.", "November", "DATE", "2023-11"),
        ("They signed in late March.", "late March", "DATE", "2024-03"),
        ("They signed in mid-May 2011.", "mid-May 2011", "DATE", "2011-05"),
        ("Talks broke down in June last year.", "June last year", "DATE", "2023-06"),
        ("The harbour froze in early 2020.", "early 2020", "DATE", "2020"),
        ("By the end of 1916 both were bankrupt.", "the end of 1916", "DATE", "1916"),
        ("He was minister in the late 1990s.", "the late 1990s", "DATE", "199"),
        ("Songs of the '60s filled the hall.", "the '60s", "DATE", "196"),
        ("A mosque of the 14th century burned.", "the 14th century", "DATE", "13"),
        ("Flour doubled in the winter of 1946.", "the winter of 1946", "DATE", "1946-WI"),
        ("Exports fell in the second quarter of 2023.", "the second quarter of 2023", "DATE", "2023-Q2"),
        ("Losses for Q3 2022 were small.", "Q3 2022", "DATE", "2022-Q3"),
        ("Shots were fired on Christmas Eve.", "Christmas Eve", "DATE", "2023-12-24"),
        ("He was freed at Easter 1998.", "Easter 1998", "DATE", "1998-04-12"),
        ("Rain fell in the last week of August 2019.", "the last week of August 2019", "DATE", "2019-W35"),
        # relative to the anchor
        ("Two drones came down today.", "today", "DATE", "2024-05-08"),
        ("Two drones came down yesterday.", "yesterday", "DATE", "2024-05-07"),
        ("He resigned the day before yesterday.", "the day before yesterday", "DATE", "2024-05-06"),
        ("The port closed last week.", "last week", "DATE", "2024-W18"),
        ("The port reopens next month.", "next month", "DATE", "2024-06"),
        ("The port closed earlier this year.", "earlier this year", "DATE", "2024"),
        ("They landed three days ago.", "three days ago", "DATE", "2024-05-05"),
        ("They landed two weeks ago.", "two weeks ago", "DATE", "2024-W17"),
        ("They landed five months ago.", "five months ago", "DATE", "2023-12"),
        ("He was sacked on Monday.", "Monday", "DATE", "2024-05-06"),
        ("He was sacked last Friday.", "last Friday", "DATE", "2024-05-03"),
        ("They vote next Tuesday.", "next Tuesday", "DATE", "2024-05-14"),
        ("They met over the weekend.", "the weekend", "DATE", "2024-W18-WE"),
        # times of day
        ("Sirens wailed at 10:35 p.m. Tuesday.", "10:35 p.m. Tuesday", "TIME", "2024-05-07T22:35"),
        ("Sirens wailed on Monday night.", "Monday night", "TIME", "2024-05-06TNI"),
        ("Sirens wailed this morning.", "this morning", "TIME", "2024-05-08TMO"),
        ("Sirens wailed at noon.", "noon", "TIME", "2024-05-08T12:00"),
        ("Sirens wailed on the night of April 18, 1986.", "the night of April 18, 1986", "TIME", "1986-04-18TNI"),
        # durations
        ("The siege lasted three days.", "three days", "DURATION", "P3D"),
        ("A ten-year war ended.", "ten-year", "DURATION", "P10Y"),
        ("They spoke for 5 1/2 hours.", "5 1/2 hours", "DURATION", "PT5H30M"),
        ("They spoke for a year and a half.", "a year and a half", "DURATION", "P1Y6M"),
        ("Repairs will take several weeks.", "several weeks", "DURATION", "PXW"),
        ("Fighting spread over the past three months.", "the past three months", "DURATION", "P3M"),
        # sets
        ("Trucks cross every day.", "every day", "SET", "P1D"),
        ("Trucks cross twice weekly.", "weekly", "SET", "P1W"),
        ("Trucks cross every two weeks.", "every two weeks", "SET", "P2W"),
        ("Trucks cross every Monday.", "every Monday", "SET", "XXXX-WXX-1"),
        # references
        ("The village is now empty.", "now", "DATE", "PRESENT_REF"),
        ("The village was recently rebuilt.", "recently", "DATE", "PAST_REF"),
        ("The council thinks of the future.", "the future", "DATE", "FUTURE_REF"),
    ],
)
def test_one_expression(text: str, words: str, kind: str, value: str | None) -> None:
    (found,) = find(text)
    assert (text[found.start : found.end], found.kind, found.value) == (words, kind, value)


@pytest.mark.parametrize(
    ("text", "upos"),
    [
        ("May the talks succeed.", {"May": "AUX"}),
        ("Farmers march on the capital.", None),
        ("It was a second defeat.", None),
        ("About 2000 soldiers crossed the river.", None),
        ("The column is 1,914 vehicles long.", None),
        ("A quarter of the seats went to women.", None),
        ("A 7-year-old girl was found.", None),
        ("The fall of the regime came without warning.", None),
        ("He sat in the sun.", None),
    ],
)
def test_no_expression(text: str, upos: dict[str, str] | None) -> None:
    assert find(text, upos=upos) == []


@pytest.mark.parametrize(
    ("text", "stretches"),
    [
        ("It fell on 8 May 2023.", [("2023-05-08", "2023-05-08")]),
        ("It fell in February 2024.", [("2024-02-01", "2024-02-29")]),
        ("It fell last week.", [("2024-04-29", "2024-05-05")]),
        ("It fell in the third quarter of 2023.", [("2023-07-01", "2023-09-30")]),
        ("It fell in the 1920s.", [("1920-01-01", "1929-12-31")]),
        ("It fell over the past three months.", [("2024-02-08", "2024-05-08")]),
        ("It lasted three days.", [(None, None)]),
        ("It is now quiet.", [(None, None)]),
    ],
)
def test_days_covered(text: str, stretches: list[tuple[str | None, str | None]]) -> None:
    assert [(found.from_, found.to) for found in find(text)] == stretches


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("On March 3, 2021 they met. The next day they parted.", ["2021-03-03", "2021-03-04"]),
        ("On March 3, 2021 they met. Two days later they parted.", ["2021-03-03", "2021-03-05"]),
        ("He won in 2016. The following year he lost.", ["2016", "2017"]),
        ("He won in 2016. That year it rained.", ["2016", "2016"]),
        ("Clashes on March 8-10, 2021 left nobody hurt.", ["2021-03-08", "2021-03-10"]),
        ("Clashes on 8-10 March 2021 left nobody hurt.", ["2021-03-08", "2021-03-10"]),
        ("It ran from 26 June to 4 August 1952.", ["1952-06-26", "1952-08-04"]),
        ("The line held through 1915-17.", ["1915", "1917"]),
    ],
)
def test_counted_from_what_was_named(text: str, values: list[str]) -> None:
    assert [found.value for found in find(text)] == values


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Two drones came down yesterday.", "XXXX-XX-XX"),
        ("He was sacked on Monday.", "XXXX-WXX-1"),
        ("The port closed last week.", "XXXX-WXX"),
        ("They signed on May 8.", "XXXX-05-08"),
        ("They signed in May.", "XXXX-05"),
    ],
)
def test_without_an_anchor_nothing_is_resolved(text: str, value: str) -> None:
    (found,) = find(text, anchor=None)
    assert (found.value, found.from_, found.to) == (value, None, None)


def test_a_yearless_date_takes_the_year_the_page_named() -> None:
    found = find("He took office on 3 March 2011. On 9 June he fell.", anchor=None)
    assert [time.value for time in found] == ["2011-03-03", "2011-06-09"]


PIECES = [
    "May",
    "8",
    "2024",
    "last",
    "next",
    "the",
    "week",
    "ago",
    "99999",
    "½",
    "T24:00",
    "Feb. 30",
    "\n\n",
    "’99",
    "0000",
    "day",
    "of",
    "century",
    "1st",
    "-",
]


@given(
    st.one_of(st.text(max_size=80), st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join)),
    st.sampled_from([None, ANCHOR, date.min, date.max]),
)
def test_any_text_gives_valid_spans(text: str, anchor: date | None) -> None:
    end = 0
    for found in find(text, anchor=anchor):
        assert end <= found.start < found.end <= len(text)
        assert (found.from_ is None) == (found.to is None)
        end = found.end
