"""`show` and `explain`: nothing of the text is lost, every find is marked and described."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from tacitus.export import render_document, render_explanation
from tacitus.language.document import NamedEntity, Parse, Sentence, Token
from tacitus.records import Actor, EventDate, Failure, Mention, Place, Quantity, Removed, Span, TimeValue
from tests.factories import make_actor, make_claim, make_event, make_record, span_of

TEXT = "The navy of Peru said rebels shelled Iquitos on Monday."
NAVY = make_actor("a1", TEXT, "The navy of Peru", code="PERMIL", name="navy of Peru")
REBELS = make_actor("a2", TEXT, "rebels", code="PERREB")
RECORD = make_record(
    TEXT,
    title="Shelling in the north",
    published="2024-05-08",
    publisher="The Courier",
    actors=(NAVY, REBELS),
    claims=(make_claim("c1", TEXT, "rebels shelled Iquitos on Monday", speaker=NAVY, cue="said"),),
    events=(
        make_event(
            "e1",
            TEXT,
            "shelled",
            actors=[REBELS],
            mode="heavy-weapons",
            claim="c1",
            cameo="194",
            confidence=0.75,
            place=0,
            date=EventDate(from_="2024-05-06", to="2024-05-06", basis="text"),
            dead=Quantity(low=3, high=None, span=Span(0, 3)),
            because=("verb 'shell' in the lexicon: ASSAULT/heavy-weapons",),
        ),
    ),
    places=(Place(start=37, end=44, name="Iquitos", geonameid=3696183, country="PER", lat=-3.75, lon=-73.25),),
    times=(TimeValue(start=48, end=54, kind="DATE", value="2024-05-06", from_="2024-05-06", to="2024-05-06"),),
    removed=(Removed(text="Read more", reason="related-links"),),
    flags=("no-byline",),
)


def test_show_marks_and_describes() -> None:
    shown = render_document(RECORD)
    for expected in (
        "Shelling in the north\nThe Courier · 2024-05-08 · doc",
        "flags: no-byline",
        "1  [The navy of Peru]a1 said [rebels]a2 *shelled*e1 Iquitos on Monday.",
        "c1 indirect, a1 navy of Peru (PERMIL), cue “said”: rebels shelled Iquitos on Monday",
        "e1 ASSAULT/heavy-weapons: a2 rebels (PERREB)  told in c1 · 2024-05-06 (from the text) · at Iquitos, PER · dead 3 to ? · score -9",
        "Iquitos = GeoNames 3696183, PER (-3.75, -73.25)",
        "Monday = DATE 2024-05-06, 2024-05-06",
        "related-links: Read more",
    ):
        assert expected in shown, expected
    assert "\x1b" not in shown
    assert "\x1b[36m[\x1b[0mrebels" in render_document(RECORD, color=True)


def test_show_tells_a_failure() -> None:
    failed = make_record("", sentences=(), error=Failure(kind="binary", message="x.bin: not a text"))
    assert render_document(failed).endswith("error: binary: x.bin: not a text")


@given(st.lists(st.tuples(st.integers(0, 54), st.integers(1, 20)), max_size=6))
def test_marks_lose_nothing_of_the_text(spans: list[tuple[int, int]]) -> None:
    actors = tuple(
        Actor(id=f"a{n}", name="x", mentions=(Mention(start=start, end=min(start + length, len(TEXT)), kind="name"),))
        for n, (start, length) in enumerate(spans)
    )
    line = next(
        line for line in render_document(make_record(TEXT, actors=actors)).splitlines() if line.startswith("   1")
    )
    assert re.sub(r"\[|\]a\d", "", line).removeprefix("   1  ") == TEXT


def test_explain_shows_tree_evidence_and_rejections() -> None:
    text = "Rebels shelled Iquitos."
    rows = [
        ("Rebels", "rebel", "NOUN", 1, "nsubj"),
        ("shelled", "shell", "VERB", -1, "root"),
        ("Iquitos", "Iquitos", "PROPN", 1, "obj"),
    ]
    tokens = [
        Token(n, *span_of(text, word), word, lemma, upos, head, deprel, {"Tense": "Past"} if upos == "VERB" else {})
        for n, (word, lemma, upos, head, deprel) in enumerate(rows)
    ]
    parse = Parse(text, [Sentence(0, 0, len(text), tokens)], [NamedEntity(*span_of(text, "Iquitos"), "place", 0)])
    rebels = make_actor("a1", text, "Rebels")
    event = make_event("e1", text, "shelled", actors=[rebels], because=("verb 'shell'",))
    record = make_record(text, actors=(rebels,), events=(event,))
    shown = render_explanation(record, parse, [(span_of(text, "Iquitos"), "a place, no deed")])
    for expected in (
        "[Rebels]a1 *shelled*e1 Iquitos.",
        "2 shelled",
        "Tense=Past",
        "Iquitos: place",
        "because verb 'shell'",
        "“Iquitos”: a place, no deed",
    ):
        assert expected in shown, expected
    assert "Events\n  none" in render_explanation(make_record(text), parse, [])
