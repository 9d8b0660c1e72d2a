"""The list of documents and the page of one."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from tacitus.records import Actor, Mention, Record, Span
from tacitus.web.marking import paragraphs, surroundings
from tests.factories import make_record
from tests.web.conftest import TEXT, shelling


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ({}, {"Norland shells Port Ess", "Broken"}),
        ({"title": "port ESS"}, {"Norland shells Port Ess"}),
        ({"publisher": "The Courier"}, {"Norland shells Port Ess"}),
        ({"since": "2024-05-10"}, set()),
        ({"until": "2024-05-08"}, {"Norland shells Port Ess"}),
    ],
)
def test_the_list_is_filtered_by_its_address(client: TestClient, query: dict[str, str], shown: set[str]) -> None:
    html = client.get("/documents", params=query).text
    assert {title for title in ("Norland shells Port Ess", "Broken") if f">{title}<" in html} == shown


def test_a_document_that_could_not_be_coded_says_why(client: TestClient) -> None:
    assert "photo.jpg: not text" in client.get("/documents").text
    assert "photo.jpg: not text" in client.get("/document?id=bad").text


def test_the_text_is_shown_as_it_was(client: TestClient) -> None:
    html = client.get("/document?id=d1").text
    text = html.split('id="text">')[1].split("</div>")[0]
    lines = [unescape(re.sub("<[^>]+>", "", line)) for line in re.findall(r"<p dir=.auto.>(.*?)</p>", text, re.DOTALL)]
    assert lines == TEXT.split("\n")


def test_a_chosen_event_tells_who_did_what_and_why(client: TestClient) -> None:
    html = client.get("/document?id=d1&event=e1").text
    chosen = html.split('id="chosen"')[1].split("</section>")[0]
    for words in (
        "ASSAULT",
        "Norland",
        "Southmark",
        "“" and "shelled",
        "the page itself",
        "subject of the verb",
        "80 in 100",
        "Port Ess",
        "2024-05-06",
    ):
        assert words in chosen
    assert 'class="m actor doer"' in html and "sufferer" in html
    told = client.get("/document?id=d1&event=e2").text.split('id="chosen"')[1]
    assert "its minister" in told and "announced" in told


@pytest.mark.parametrize(
    ("query", "ticked"),
    [
        ("", {"actor", "event", "claim", "place", "time"}),
        ("&show=text&show=place&show=nonsense", {"place"}),
        ("&show=text", set()),
    ],
)
def test_the_address_says_which_marks_are_shown_at_first(client: TestClient, query: str, ticked: set[str]) -> None:
    html = client.get(f"/document?id=d1{query}").text
    assert set(re.findall(r'id="show-(\w+)" checked', html)) == ticked
    assert ("show=place" in html.split('id="text">')[1].split("</div>")[0]) is ("place" in query)


def test_the_confidence_is_told_factor_by_factor(client: TestClient) -> None:
    html = client.get("/document?id=d1&event=e1").text.split("How sure, and why")[1]
    rows = re.findall(r"<tr><td>(.*?)</td><td class=.number.>(.*?)</td>.*?<td class=.number.>(\d+)</td>", html)
    assert rows == [
        ("How often events are right, to begin with", "−1.50", "18"),
        ("How often ASSAULT is right, against other types", "+2.90", "80"),
        ("Smaller things together", "−0.01", "80"),
    ]
    assert "How sure, and why" not in client.get("/document?id=d1&event=e2").text


def test_what_was_removed_can_be_unfolded(client: TestClient) -> None:
    assert re.search(
        r"<summary>Taken out of the page: 1 part</summary>.*Subscribe now",
        client.get("/document?id=d1").text,
        re.DOTALL,
    )


SPANS = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=12)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=60), SPANS)
def test_no_letter_is_lost_or_moved_whatever_is_marked(text: str, spans: list[tuple[int, int]]) -> None:
    mentions = tuple(Mention(start=min(pair), end=max(pair), kind="name") for pair in spans)
    record = Record(id="d", text=text, actors=(Actor(id="a", name="A", mentions=mentions),))
    lines = ["".join(piece.text for piece in line) for line in paragraphs(record, chosen=None)]
    assert lines == [line for line in text.split("\n") if line.strip()]
    marked = {start for start, length, actor in _pieces(record) if actor for start in range(start, start + length)}
    covered = {n for m in mentions for n in range(m.start, min(m.end, len(text)))}
    breaks = {n for n, letter in enumerate(text) if letter == "\n"}
    blank = {n for s in _lines(text) if not s.of(text).strip() for n in range(s.start, s.end)}
    assert marked == covered - breaks - blank


def _lines(text: str) -> list[Span]:
    spans, start = [], 0
    for line in text.split("\n"):
        spans.append(Span(start, start + len(line)))
        start += len(line) + 1
    return spans


def _pieces(record: Record) -> list[tuple[int, int, bool]]:
    found, lines = [], [span for span in _lines(record.text) if span.of(record.text).strip()]
    for span, line in zip(lines, paragraphs(record, chosen=None), strict=True):
        position = span.start
        for piece in line:
            found.append((position, len(piece.text), "actor" in piece.classes))
            position += len(piece.text)
    return found


def test_the_chosen_event_and_its_parties_are_marked() -> None:
    record = shelling()
    pieces = [p for line in paragraphs(record, chosen=record.events[0]) for p in line]
    assert [p.text for p in pieces if "chosen" in p.classes] == ["shelled"]
    assert [p.text for p in pieces if "doer" in p.classes] == ["Norland"]


def test_what_stands_round_a_sentence_is_cut_between_words() -> None:
    text = "Before " * 60 + "The sentence." + " After" * 60
    start = text.index("The")
    before, after = surroundings(make_record(text), Span(start, start + 13))
    assert before.startswith("… Before") and before.endswith("Before ") and len(before) <= 300
    assert after.startswith(" After") and after.endswith("After …") and len(after) <= 202
    assert surroundings(make_record("The sentence."), Span(0, 13)) == ("", "")
