"""Printed dates."""

from __future__ import annotations

import pytest

from tacitus.ingest.dates import find_date, is_date_line, parse_iso


@pytest.mark.parametrize(
    ("text", "date", "alone"),
    [
        ("Published 8 May 2024", "2024-05-08", True),
        ("May 8, 2024 10:32 AM EDT", "2024-05-08T10:32:00-04:00", True),
        ("Wednesday, 8 May 2024", "2024-05-08", True),
        ("Updated: May 8th, 2024, 9:05 p.m. ET", "2024-05-08", True),
        ("2024-05-08T14:32:00Z", "2024-05-08T14:32:00Z", True),
        ("2024-05-08 14:32:00 +0200", "2024-05-08T14:32:00+0200", True),
        ("18 NOV 2019", "2019-11-18", True),
        ("27/09/2018", "2018-09-27", True),
        ("9/27/2018", "2018-09-27", True),
        ("8.5.2024", "2024-05-08", True),
        ("5:45 AM PST 11/19/2019", "2019-11-19T05:45:00-08:00", True),
        ("May 8, 2024 · 5 min read", "2024-05-08", True),
        ("12:00 AM UTC, May 8, 2024", "2024-05-08T00:00:00+00:00", True),
        ("On May 8, 2024 the army entered the town", "2024-05-08", False),
        ("By Jane Roe May 8, 2024", "2024-05-08", False),
        ("05/08/2024", None, False),
        ("2019-02-31", None, False),
        ("May 2024", None, False),
        ("31 June 2020", None, False),
        ("Copyright 2024", None, False),
    ],
)
def test_find_date(text: str, date: str | None, alone: bool) -> None:
    assert find_date(text) == date
    assert is_date_line(text) is alone


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        (" 2024-05-08 ", "2024-05-08"),
        ("2024-05-08T10:00:00+02:00", "2024-05-08T10:00:00+02:00"),
        ("2024-13-01", None),
        ("2024", None),
        ("0001-01-01", None),
        ("2024-05-08 10:00", "2024-05-08T10:00"),
    ],
)
def test_parse_iso(text: str, iso: str | None) -> None:
    assert parse_iso(text) == iso
