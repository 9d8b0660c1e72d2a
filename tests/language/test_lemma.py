"""Lemma scripts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tacitus.language.lemma import apply_script, lemma_script


@pytest.mark.parametrize(
    ("form", "lemma", "script"),
    [
        ("armies", "army", "lower|3|y"),
        ("ARMIES", "army", "lower|3|y"),
        ("said", "say", "lower|2|y"),
        ("was", "be", "lower|3|be"),
        ("ISRAEL", "Israel", "title|0|"),
        ("Kenya", "Kenya", "title|0|"),
        ("NATO", "NATO", "upper|0|"),
        ("McDonalds", "McDonald", "keep|1|"),
    ],
)
def test_script(form: str, lemma: str, script: str) -> None:
    assert lemma_script(form, lemma) == script
    assert apply_script(script, form) == lemma


def test_a_script_longer_than_the_form_gives_nothing() -> None:
    assert apply_script("lower|3|y", "as") is None
    assert apply_script("lower|2|", "as") is None


ENGLISH = st.text(st.sampled_from("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'-’é"), min_size=1)


@given(ENGLISH, ENGLISH)
def test_every_script_leads_back(form: str, lemma: str) -> None:
    assert apply_script(lemma_script(form, lemma), form) == lemma
