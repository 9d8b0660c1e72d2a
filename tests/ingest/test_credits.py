"""Bylines and the agencies of datelines."""

from __future__ import annotations

import pytest

from tacitus.ingest.credits import byline_of, dateline_agency


@pytest.mark.parametrize(
    ("text", "byline"),
    [
        ("By Jane Roe, Associated Press", "Jane Roe, Associated Press"),
        ("By JANE ROE", "JANE ROE"),
        ("by Nora Adeyemi and Luis Ortega", "Nora Adeyemi and Luis Ortega"),
        ("By Jane Roe May 8, 2024 10:32 AM EDT", "Jane Roe"),
        ("By Jane Roe | Updated: 8 May 2024", "Jane Roe"),
        ("By Marta Kovač | Daily Courier", "Marta Kovač | Daily Courier"),
        ("By Ahmed al-Masri in Aden", None),
        ("By The Associated Press", "The Associated Press"),
        ("Written by Ludwig van der Berg", "Ludwig van der Berg"),
        ("Associated Press", "Associated Press"),
        ("By Monday the army had withdrawn.", None),
        ("By night the city burned", None),
        ("By Friday", None),
        ("By", None),
        ("Jane Roe", None),
        ("8 May 2024 by Lakeside Herald", "Lakeside Herald"),
        ("March 3, 1999 - by Ana Souza", "Ana Souza"),
    ],
)
def test_byline_of(text: str, byline: str | None) -> None:
    assert byline_of(text) == byline


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        ("GOMA, Congo (AP) — Rebels entered", "Associated Press"),
        ("ADEN (Reuters) - A drone", "Reuters"),
        ("The army (ARC) - said", None),
        ("Rebels entered Goma (AP)", None),
    ],
)
def test_dateline_agency(text: str, agency: str | None) -> None:
    assert dateline_agency(text) == agency
