"""Quotation marks: every style, nesting, what is unbalanced, and what only looks like a quotation."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tacitus.claims.quotes import find_quotes

ONE = [
    ('"We will rebuild," Mayor Okafor said.', '"We will rebuild,"'),
    ("“We will rebuild,” Mayor Okafor said.", "“We will rebuild,”"),
    ("'We will rebuild,' Mayor Okafor said.", "'We will rebuild,'"),
    ("‘We will rebuild,’ Mayor Okafor said.", "‘We will rebuild,’"),
    ("«Nous restons», said Mme Lefèvre.", "«Nous restons»"),
    ("« Nous restons », said Mme Lefèvre.", "« Nous restons »"),
    ("»Wir bleiben«, said Herr Brandt.", "»Wir bleiben«"),
    ("„Wir bleiben“, said Herr Brandt.", "„Wir bleiben“"),
    ("„Zostajemy”, said Pani Nowak.", "„Zostajemy”"),
    ("‚Wir bleiben‘, said Herr Brandt.", "‚Wir bleiben‘"),
    ("‹Restons›, said Mme Lefèvre.", "‹Restons›"),
    ("``We will rebuild,'' Mayor Okafor said.", "``We will rebuild,''"),
    ("''We will rebuild,'' Mayor Okafor said.", "''We will rebuild,''"),
    ("The miners' leader said: ''It's the miners' day.''", "''It's the miners' day.''"),
    ("「われわれは残る」 said Mr Sato.", "「われわれは残る」"),
    ("Okafor said:“We will rebuild.”", "“We will rebuild.”"),
    ("Okafor—“We will rebuild”—left.", "“We will rebuild”"),
    ("They called it a (“safe zone”).", "“safe zone”"),
    ('He said " we will rebuild " twice.', '" we will rebuild "'),
    ("“We will rebuild,“ Okafor said.", "“We will rebuild,“"),
    ("”We will rebuild,” Okafor said.", "”We will rebuild,”"),
    ('“We will rebuild," Okafor said.', '“We will rebuild,"'),
    ("The 'workers' rights' bill passed.", "'workers' rights'"),
]


@pytest.mark.parametrize(("text", "quote"), ONE)
def test_one_quote(text: str, quote: str) -> None:
    assert [q.span.of(text) for q in find_quotes(text)] == [quote]


NONE = [
    "It’s the miners’ union’s plan, isn’t it?",
    "It's the miners' union's plan, isn't it?",
    "Rock 'n' roll of the '90s.",
    "'Tis the season, said nobody.",
    "The plank was 6'2\" long.",
    'Both “” and "" are empty.',
    "A stray ” and a stray » here.",
    "D'Souza met O'Neill at Coeur d'Alene.",
]


@pytest.mark.parametrize("text", NONE)
def test_no_quote(text: str) -> None:
    assert not find_quotes(text)


def test_nesting() -> None:
    text = "“He told me, ‘They said “run” and we ran,’ and wept,” Amina Diallo said."
    assert [(q.depth, q.inner.of(text)) for q in find_quotes(text)] == [
        (0, "He told me, ‘They said “run” and we ran,’ and wept,"),
        (1, "They said “run” and we ran,"),
        (2, "run"),
    ]


def test_same_marks_nest_when_balanced() -> None:
    text = "“The sign read “Closed” all day,” he said."
    assert [q.span.of(text) for q in find_quotes(text)] == ["“The sign read “Closed” all day,”", "“Closed”"]


def test_missing_closing_mark_ends_before_the_next_quote() -> None:
    text = "“We leave tonight, he said. “It is over,” she said."
    quotes = find_quotes(text)
    assert [(q.span.of(text), q.closed) for q in quotes] == [
        ("“We leave tonight, he said.", False),
        ("“It is over,”", True),
    ]


def test_unclosed_quote_ends_with_its_paragraph() -> None:
    text = "He said: “We leave tonight.\n\nThe convoy left."
    (quote,) = find_quotes(text)
    assert (quote.span.of(text), quote.closed) == ("“We leave tonight.", False)


@pytest.mark.parametrize("marks", ["“”", '""', "«»"])
def test_reopened_quote_continues(marks: str) -> None:
    left, right = marks
    text = f"{left}One road is open.\n\n{left}The other is not,{right} he said.\n\n{left}Go.{right}"
    assert [q.continues for q in find_quotes(text)] == [False, True, False]


def test_unclosed_mark_without_paragraphs_does_not_swallow_the_article() -> None:
    assert not find_quotes('He said "' + "The road is open. " * 200)


def test_wrapped_line_is_no_paragraph() -> None:
    text = "“The road to the north is open and the road to the south will be\nopen tomorrow,” he said."
    assert len(find_quotes(text)) == 1


def test_questions_by_offset() -> None:
    text = "“One,” he said, “two ‘three’ four.”"
    quotes = find_quotes(text)
    assert quotes.outer_at(text.index("three")) == quotes.outer[1]
    assert quotes.outer_at(text.index("he said")) is None
    assert [q.span.of(text) for q in quotes.outer] == ["“One,”", "“two ‘three’ four.”"]


MARKS = "\"“”„‟‘’‚‛'`«»‹›「」『』＂"
hostile = st.text(alphabet=st.sampled_from(MARKS + "ab S.,:!?-—()\n\xa09'\"“”"), max_size=300)


@settings(max_examples=150, deadline=None)
@given(hostile)
def test_any_marks_give_valid_spans(text: str) -> None:
    quotes = find_quotes(text)
    for quote in quotes:
        assert 0 <= quote.start < quote.inner.start <= quote.inner.end <= quote.end <= len(text)
        assert quote.inner.of(text).strip()
    for before, after in zip(quotes.outer, quotes.outer[1:], strict=False):
        assert before.end <= after.start
    for quote in quotes:
        if quote.depth:
            assert any(other.depth == quote.depth - 1 and other.span.contains(quote.span) for other in quotes)


@pytest.mark.parametrize("unit", ["“", "”", '"', "'", "‘a", "’s ", "«", '" a', "“a ‘b ", "„x", "` ", "a' b "])
def test_time_is_linear(unit: str) -> None:
    """Sixteen times the text may take at most some forty times as long; quadratic would be 256 times."""

    def seconds(times: int) -> float:
        text, best = unit * times, float("inf")
        for _ in range(3):
            start = process_time()
            find_quotes(text)
            best = min(best, process_time() - start)
        return best

    assert seconds(16_000) < 40 * seconds(1_000) + 0.1
