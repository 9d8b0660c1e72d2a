"""The report in its three forms: complete, cited, and safe whatever the pages contain."""

from __future__ import annotations

import re
from datetime import date, timedelta
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tacitus.analysis import Situation, build_situation
from tacitus.errors import SettingsError
from tacitus.export import render_situation
from tacitus.store import Query
from tests.factories import make_claim_row, make_document_row, make_event_row, make_party

FORMATS = ("text", "markdown", "html")
VOID = {"meta", "rect", "line", "br", "circle", "path"}


class Page(HTMLParser):
    """Reads a page; fails on a tag that is not closed in order."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert tag in VOID or self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.text += data


def make_situation(name: str = "Norland", words: str = "We shall rebuild.") -> Situation:
    norland, chile = make_party(name, "NOR"), make_party("Chile", "CHL", actor="a2")
    events = [
        make_event_row(
            actors=[norland], recipients=[chile], dead_low=12, dead_high=None, place="Bergen", lat=60.4, lon=5.3
        ),
        make_event_row(actors=[norland], recipients=[chile], document="two", sentence=6),
        make_event_row(
            "AGREE",
            [chile],
            [norland],
            score=2.5,
            quad=1,
            day_from=date(2024, 5, 8) + timedelta(days=9),
            day_basis="published",
        ),
        make_event_row("THREATEN", [chile], [norland], score=-3.5, quad=3, claim="c1", speaker=norland),
        make_event_row("CONSULT", [chile], [norland], score=2.5, quad=1, status="future"),
    ]
    claims = [make_claim_row(words, norland), make_claim_row("the port was calm", chile, kind="indirect")]
    documents = [
        make_document_row("doc", title=words),
        make_document_row("two", publisher=None, flags=("no-byline",)),
        make_document_row("bad", error_kind="empty", error_message="bad.html: no text"),
    ]
    return build_situation(documents, events, claims, query=Query(actor="NOR", since=date(2024, 5, 1)))


def test_text_reads_as_a_report() -> None:
    report = render_situation(make_situation())
    for expected in (
        "Situation report: NOR, from 1 May 2024",
        "8 May 2024. Norland attacked Chile (Bergen): “shelled the town”. Dead: at least 12. Told in 2 pages, 1 publisher. [d1 s1] [d2 s7]",
        "Reported 17 May 2024. Chile made an offer or promise to Norland",
        "According to Norland, Chile threatened Norland",
        "- 8 May 2024. “We shall rebuild.” [d1 s1]",
        "- 8 May 2024. said: the port was calm [d1 s1]",
        "Talks by Chile with Norland",
        "1 page could not be coded: bad.html: no text (bad).",
        "1 page without an author's name (d2).",
    ):
        assert expected in " ".join(report.split()).replace("- - ", "- "), expected
    assert max(map(len, report.splitlines())) <= 140


@pytest.mark.parametrize("format", FORMATS)
def test_every_line_about_the_world_is_cited(format: str) -> None:
    report = re.sub(r"\n {2,}", " ", render_situation(make_situation(), format=format))
    facts = [line for line in report.splitlines() if "attacked Chile" in line]
    assert facts
    for fact in facts:
        assert re.search(r"d\d+ s\d+", fact), fact


def test_html_is_whole_self_contained_and_linked() -> None:
    page = Page(render_situation(make_situation(), format="html"))
    assert page.open == []
    ids = {attrs["id"] for _, attrs in page.tags if "id" in attrs}
    links = [attrs["href"] for tag, attrs in page.tags if tag == "a"]
    assert links
    assert {link.removeprefix("#") for link in links if link} <= ids
    assert not {tag for tag, _ in page.tags} & {"script", "link", "img", "iframe", "object"}
    assert "svg" in {tag for tag, _ in page.tags}


def test_html_asks_nothing_of_anybody() -> None:
    text = render_situation(make_situation(), format="html")
    page = Page(text)
    loading = [value for _, attrs in page.tags for name, value in attrs.items() if name in LOADING]
    assert [value for value in loading if not value.startswith("#")] == []
    (style,) = re.findall(r"<style>(.*?)</style>", text, re.DOTALL)
    assert not re.search(r"@import|url\(|src\(", style)
    assert not [name for _, attrs in page.tags for name in attrs if name == "style" or name.startswith("on")]
    assert "default-src 'none'" in text


LOADING = ("src", "srcset", "href", "xlink:href", "data", "action", "poster", "background", "ping")


def test_the_places_stand_on_a_map_with_a_table_beside_it() -> None:
    text = render_situation(make_situation(), format="html")
    assert '<svg class="map"' in text and text.count("<circle ") == 1
    assert "<td>Bergen</td>" in text.split('<svg class="map"')[1].split("</table>")[0]
    plain = render_situation(make_situation())
    assert "Bergen" in plain.split("Where")[1] and "<svg" not in plain


@settings(max_examples=25, deadline=None)
@given(st.text(min_size=1, max_size=40))
def test_hostile_words_stay_words(words: str) -> None:
    hostile = f"<script>alert(1)</script>\"'&|*_`[x](javascript:1)\x1b[31m{words}"
    situation = make_situation(name=f"N {hostile}", words=hostile)
    page = Page(render_situation(situation, format="html"))
    assert page.open == []
    assert "script" not in {tag for tag, _ in page.tags}
    assert "<script>alert(1)</script>" in page.text
    markdown = render_situation(situation, format="markdown")
    assert not re.search(r"(?<!\\)\]\(", markdown)
    assert "<script>" not in markdown.replace("\\<", "")
    assert "\x1b" not in render_situation(situation)


@pytest.mark.parametrize("format", FORMATS)
def test_an_empty_store_is_reported_as_such(format: str) -> None:
    report = render_situation(build_situation([], [], [], query=Query()), format=format)
    assert "no page that meets the request" in report


def test_an_unknown_form_is_refused() -> None:
    with pytest.raises(SettingsError, match="docx: no such form of report; there are text, markdown, html"):
        render_situation(make_situation(), format="docx")
