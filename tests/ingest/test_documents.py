"""JSON Lines documents: text as it stands, types checked, the input before the page."""

from __future__ import annotations

from typing import Any

import pytest

from tacitus.ingest import article_from_dict
from tests.ingest import pages

TEXT = "Troops crossed the river on Monday, and the town fell to them within an hour of the first shot."


def test_text_is_not_touched_and_unknown_fields_are_ignored() -> None:
    text = "  Soft\u00adhyphen,\u00a0blank\r\n\r\nShare on Facebook\n" + TEXT
    article = article_from_dict({"id": "1", "text": text, "gold": [1, 2], "html": "<p>other</p>"})
    assert article.text == text
    assert article.removed == ()
    assert article.error is None


def test_html_without_text_is_cleaned() -> None:
    article = article_from_dict({"id": "h", "html": pages.HTML, "url": "https://courier.example/x"})
    assert (article.id, article.text, article.title) == ("h", pages.BODY, pages.TITLE)
    assert (article.published, article.published_basis) == ("2024-05-14T09:30:00+02:00", "page")
    assert article.url == "https://courier.example/x"


@pytest.mark.parametrize(
    ("fields", "kind", "words"),
    [
        ({}, "json", "neither"),
        ({"text": None}, "json", "neither"),
        ({"text": 5}, "json", "`text` is a number"),
        ({"text": ["a"]}, "json", "`text` is a list"),
        ({"text": TEXT, "title": {}}, "json", "`title` is an object"),
        ({"text": TEXT, "id": True}, "json", "`id` is true or false"),
        ({"html": ""}, "empty", "no text"),
        ({"text": "\ud800"}, "encoding", "surrogate"),
    ],
)
def test_wrong_fields_are_errors(fields: dict[str, Any], kind: str, words: str) -> None:
    article = article_from_dict(fields, name="file:3")
    assert article.error is not None
    assert article.error.kind == kind
    assert article.error.message.startswith("file:3: ") and words in article.error.message
    assert article.id


@pytest.mark.parametrize(
    ("fields", "flags"),
    [
        ({"published": "2024-05-08"}, {"no-byline"}),
        ({}, {"undated", "no-byline"}),
        ({"published": "soon"}, {"undated", "no-byline", "unreadable-date"}),
        ({"text": ""}, {"undated", "no-byline", "no-text"}),
        (
            {"text": "Die Armee beschoss am Montag die Stadt, und viele Menschen flohen in die Berge."},
            {"undated", "no-byline", "not-english"},
        ),
        ({"language": "fr"}, {"undated", "no-byline", "not-english"}),
        ({"text": "Hutus flee Goma"}, {"undated", "no-byline"}),
    ],
)
def test_flags(fields: dict[str, Any], flags: set[str]) -> None:
    assert set(article_from_dict({"text": TEXT, **fields}).flags) == flags


@pytest.mark.parametrize(
    ("given", "published"),
    [
        ("2024-05-08", "2024-05-08"),
        ("2024-05-08T10:00:00Z", "2024-05-08T10:00:00Z"),
        ("May 8, 2024", "2024-05-08"),
        ("8 May 2024 14:05 GMT", "2024-05-08T14:05:00+00:00"),
        ("08/05/2024", None),
        ("20240508", None),
        ("", None),
    ],
)
def test_published(given: str, published: str | None) -> None:
    assert article_from_dict({"text": TEXT, "published": given}).published == published


def test_identifier() -> None:
    first, same, other = (article_from_dict({"text": text}).id for text in (TEXT, TEXT, TEXT + "!"))
    assert first == same != other
    assert article_from_dict({"id": 12, "text": TEXT}).id == "12"


def test_too_large() -> None:
    article = article_from_dict({"id": "big", "text": "word " * 4_000_001}, name="x")
    assert article.error is not None and article.error.kind == "too-large"
