"""Who said what in a report: quotations are the page's own words, each statement once, the newest first."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from tacitus.analysis.statements import speakers
from tacitus.analysis.wording import Phrases
from tacitus.export.blocks import Bullets
from tacitus.export.lines import Labels
from tacitus.export.sections import speakers_section
from tacitus.text import one_line
from tests.factories import make_claim_row, make_party

PHRASES = Phrases.load()
MAYOR = make_party("Mayor Okafor", "NGAGOV", kind="person")
LABELS = Labels({"doc": "d1", "two": "d2"})


def lines_of(*claims):
    blocks = speakers_section(speakers(claims, phrases=PHRASES), LABELS)
    return [line for block in blocks if isinstance(block, Bullets) for line in block.lines]


def test_the_same_words_stand_once_with_all_places() -> None:
    again = make_claim_row("“we shall rebuild”", MAYOR, document="two", kind="direct", published=date(2024, 5, 9))
    (line,) = lines_of(make_claim_row("We shall rebuild.", MAYOR), again)
    assert [run.text for run in line if run.kind == "cite"] == ["d1 s1", "d2 s1"]


def test_the_newest_comes_first() -> None:
    old = make_claim_row("No.", MAYOR, published=date(2024, 5, 1))
    new = make_claim_row("Yes.", MAYOR, document="two", published=date(2024, 5, 9))
    assert ["".join(run.text for run in line if run.kind == "words") for line in lines_of(old, new)] == ["Yes.", "No."]


def test_an_interrupted_quotation_is_shown_piece_by_piece() -> None:
    claim = make_claim_row(MAYOR.name, MAYOR, content_texts=("“The road,”", "“is open.”"))
    (line,) = lines_of(claim)
    assert [run.text for run in line if run.kind == "words"] == ["The road", "is open."]


def test_a_question_is_told_as_one() -> None:
    (line,) = lines_of(make_claim_row("“Who opened the gate?”", MAYOR, stance="asks"))
    assert "(asks)" in "".join(run.text for run in line)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=60), min_size=1, max_size=3))
def test_what_stands_between_marks_is_the_page_s_own_text(pieces: list[str]) -> None:
    page = one_line(" he said ".join(pieces))
    for line in lines_of(make_claim_row("", MAYOR, content_texts=tuple(pieces))):
        for run in line:
            assert run.kind != "words" or run.text in page
