"""Stripped pages: the article stays, everything else goes into `removed` with a reason."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tacitus.errors import SourceError
from tacitus.ingest import REASONS
from tacitus.ingest.documents import article_from_text
from tacitus.ingest.normal import normalize
from tacitus.ingest.stripped import extract_stripped
from tests.ingest import pages


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


@pytest.mark.parametrize(
    "page", [pages.STRIPPED, pages.STRIPPED.replace("\n", "\n\n"), pages.NODES], ids=["blocks", "spaced", "nodes"]
)
def test_article_comes_out_of_its_page(page: str) -> None:
    article = article_from_text(page, name="page")
    assert article.text == pages.BODY
    assert article.title == pages.TITLE
    assert article.publisher == "Daily Courier"
    assert article.byline == "Salome Akinde, Associated Press"
    assert (article.published, article.published_basis) == ("2024-05-14", "page")
    assert article.flags == ()
    assert article.language == "en"


def test_one_line_page_keeps_the_article_words() -> None:
    article = article_from_text(pages.ONE_LINE, name="page")
    assert article.title == pages.TITLE
    body, ours = words(pages.BODY), words(article.text)
    assert len(set(ours) & set(body)) >= 0.97 * len(set(body))
    assert "Facebook" not in article.text and "Privacy" not in article.text
    assert abs(len(ours) - len(body)) <= 0.05 * len(body)


@pytest.mark.parametrize(
    "page", [pages.STRIPPED, pages.NODES, pages.ONE_LINE, pages.CLEAN], ids=["blocks", "nodes", "line", "clean"]
)
def test_nothing_is_lost(page: str) -> None:
    article = article_from_text(page, name="page")
    together = article.text + " ".join(item.text for item in article.removed)
    assert sorted(words(together)) == sorted(words(page))
    assert {item.reason for item in article.removed} <= set(REASONS)


@pytest.mark.parametrize(
    ("piece", "reason"),
    [
        ("Skip to content", "navigation"),
        ("Home » World » Africa", "breadcrumb"),
        ("By Salome Akinde, Associated Press", "byline"),
        ("Published 14 May 2024", "dateline"),
        ("Advertisement", "advertisement"),
        ("Share on Facebook", "share"),
        ("Related articles", "related"),
        ("Dozens killed as ferry sinks on lake", "related"),
        ("Leave a comment", "comments"),
        ("© 2024 Daily Courier. All rights reserved.", "footer"),
        (pages.TITLE, "title"),
    ],
)
def test_reason_of_what_was_taken_out(piece: str, reason: str) -> None:
    removed = {item.text: item.reason for item in article_from_text(pages.STRIPPED, name="page").removed}
    assert removed[piece] == reason


def test_clean_article_passes_untouched() -> None:
    article = article_from_text(pages.CLEAN, name="page")
    assert article.text == pages.BODY
    assert article.title == pages.TITLE
    assert [item.reason for item in article.removed] == ["title"]
    assert set(article.flags) == {"undated", "no-byline"}


@pytest.mark.parametrize(
    "text",
    [
        pages.BODY,
        "The army shelled the town.",
        "The army shelled the town.\n\nThe rebels fled to the hills.",
        "Rebels take Goma",
    ],
)
def test_text_without_furniture_is_kept_whole(text: str) -> None:
    article = article_from_text(text, name="page")
    assert article.text == text
    assert article.removed == ()


def test_wrapped_lines_become_paragraphs() -> None:
    wrapped = "\n\n".join(re.sub(r"(.{50,64}) ", r"\1\n", paragraph) for paragraph in pages.PARAGRAPHS)
    assert article_from_text(wrapped, name="page").text == pages.BODY


def test_menu_alone_has_no_text() -> None:
    article = article_from_text("\n".join((*pages.HEAD, *pages.TAIL)), name="page")
    assert "no-text" in article.flags
    assert article.text == ""


@pytest.mark.shared
def test_rafah_page_is_title_and_paragraphs_and_nothing_else(shared: Path) -> None:
    page = (shared / "samples" / "rafah-page.txt").read_text(encoding="utf-8")
    skip_link, breadcrumb, title, *paragraphs = [normalize(line).strip() for line in page.split("\n") if line.strip()]
    article = article_from_text(page, name="rafah-page.txt")
    assert article.title == title
    assert article.text.split("\n\n") == paragraphs
    assert [(item.text, item.reason) for item in article.removed] == [
        (skip_link, "navigation"),
        (breadcrumb, "breadcrumb"),
        (title, "title"),
    ]
    assert set(article.flags) == {"undated", "no-byline"}
    assert article.published is None


def test_page_of_absurd_length_is_an_error() -> None:
    with pytest.raises(SourceError, match="x: 1,200,000 characters"):
        article_from_text("word and " * 133_332 + "long enough!", name="x")


@pytest.mark.parametrize(
    ("head", "published"),
    [
        (
            "Home » World » Ferry sinks off Batangas; dozens feared drowned\n\nFerry sinks off Batangas; dozens feared drowned\n",
            None,
        ),
        ("Ferry sinks off Batangas; dozens feared drowned\n\nMarch 3, 2019 by Ana Souza\n", "2019-03-03"),
        (
            "Ferry sinks off Batangas; dozens feared drowned - Bay Post\nFerry sinks off Batangas; dozens feared drowned\nMarch 3, 2019\n",
            "2019-03-03",
        ),
    ],
)
def test_a_breadcrumb_is_no_publisher_and_a_date_under_the_headline_counts(head: str, published: str | None) -> None:
    body = (
        "BATANGAS — A ferry with 120 people on board sank in rough seas on Sunday, the coast guard said.\n\n"
        "Rescue boats had picked up 70 passengers by nightfall, and divers were searching the hull for others, a spokesman said.\n\n"
        "The vessel had been cleared to sail although a storm warning was in force, according to the harbour master.\n"
    )
    extract = extract_stripped(head + "\n" + body)
    assert (extract.published, extract.publisher) in ((published, None), (published, "Bay Post"))
    assert extract.text.startswith("BATANGAS")
