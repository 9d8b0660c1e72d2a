"""HTML pages."""

from __future__ import annotations

import pytest

from tacitus.ingest.documents import article_from_html
from tacitus.ingest.pages import read_html
from tests.ingest import pages


def page(head: str = "", body: str = "") -> str:
    story = "".join(f"<p>{paragraph}</p>" for paragraph in pages.PARAGRAPHS)
    return (
        f"<html><head><title>{pages.TITLE}</title>{head}</head><body><h1>{pages.TITLE}</h1>{body}{story}</body></html>"
    )


def test_article_comes_out_of_its_page() -> None:
    article = article_from_html(pages.HTML, name="page")
    assert article.text == pages.BODY
    assert (article.title, article.publisher, article.byline) == (pages.TITLE, "Daily Courier", "Salome Akinde")
    assert (article.published, article.published_basis) == ("2024-05-14T09:30:00+02:00", "page")
    assert article.url == "https://courier.example/world/lubango"
    reasons = {item.text: item.reason for item in article.removed}
    assert reasons["Skip to content"] == "navigation"
    assert reasons["I do not believe a word of this!"] == "comments"
    assert reasons["Read more: Five things to know about the cobalt trade"] == "related"
    assert reasons["© 2024 Daily Courier. All rights reserved."] == "footer"
    assert "var menu" not in "".join(reasons)


@pytest.mark.parametrize(
    ("head", "body", "url", "published", "basis"),
    [
        (
            '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2024-05-14T08:00:00Z"}</script>',
            "",
            None,
            "2024-05-14T08:00:00Z",
            "page",
        ),
        (
            '<script type="application/ld+json">{"@graph": [{"@type": ["ReportageNewsArticle"], "datePublished": "2024-05-14"}]}</script>',
            "",
            None,
            "2024-05-14",
            "page",
        ),
        ('<meta name="date" content="14 May 2024">', "", None, "2024-05-14", "page"),
        ("", '<time class="published" datetime="2024-05-14">yesterday</time>', None, "2024-05-14", "page"),
        ("", "<p>May 14, 2024</p>", None, "2024-05-14", "page"),
        ("", "", "https://x.example/2024/05/14/town", "2024-05-14", "url"),
        ('<script type="application/ld+json">{broken</script>', "", None, None, None),
        (
            '<meta property="article:modified_time" content="2024-06-01">',
            "<p>© 2023 Daily Courier</p>",
            None,
            None,
            None,
        ),
    ],
)
def test_published_only_when_the_page_says_so(
    head: str, body: str, url: str | None, published: str | None, basis: str | None
) -> None:
    found = read_html(page(head, body), url=url)
    assert (found.published, found.published_basis) == (published, basis)


@pytest.mark.parametrize(
    "clutter",
    [
        "<p>Advertisement</p>",
        "<p>Read more: Town falls</p>",
        "<p>Sign up for our newsletter to get the news to your inbox</p>",
        "<p>Photo: Jo Lin/Getty Images</p>",
    ],
)
def test_clutter_between_paragraphs_is_taken_out(clutter: str) -> None:
    first, rest = pages.HTML.split(pages.PARAGRAPHS[1])
    assert read_html(f"{first.removesuffix('<p>')}{clutter}<p>{pages.PARAGRAPHS[1]}{rest}").text == pages.BODY


@pytest.mark.parametrize(
    "source", ["<", "<html>", "<p>", "<!-- -->", "<html><body></body></html>", "<br>" * 5000, "<div>" * 3000 + "deep"]
)
def test_hollow_markup_is_no_crash(source: str) -> None:
    assert read_html(source).title is None
