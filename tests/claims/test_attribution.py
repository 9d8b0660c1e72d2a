"""Every kind of attribution, on 200 sentences of our own that were written before the program read them (`scoring.py`).

Blind, before anything was mended: claims F1 .896, found with the right speaker .806. Floors lie some points below what is reached, since
every new language model parses some sentence otherwise.
"""

from __future__ import annotations

import pytest

from tacitus.claims import ClaimLexicon, find_claims
from tacitus.language import LanguageModel
from tacitus.records import Article, Claim
from tests.claims.scoring import Tally, read_gold, score

FLOORS = {
    "passive": 0.65,
    "quoted-as": 0.75,
    "statement": 0.9,
    "headline": 0.4,
    "document": 0.8,
    "belief": 0.85,
    "intention": 0.9,
    "nested": 0.55,
    "anonymous": 0.9,
    "zero": 0.7,
    "direct": 0.9,
    "mixed": 0.9,
    "according": 0.6,
}


@pytest.fixture(scope="module")
def tallies(model: LanguageModel) -> dict[str, Tally]:
    sentences, lexicon = read_gold(), ClaimLexicon.load()
    parses = dict(zip((s["text"] for s in sentences), model.parse([s["text"] for s in sentences]), strict=True))

    def code(text: str) -> tuple[Claim, ...]:
        return find_claims(Article(id="t", text=text), parses[text], (), lexicon=lexicon)

    return score(sentences, code)


def test_the_gold_is_whole(tallies: dict[str, Tally]) -> None:
    assert sum(tally.gold for tally in tallies.values()) == 196
    assert tallies.keys() == {*FLOORS, "plain"}


@pytest.mark.parametrize("kind", FLOORS)
def test_claims_are_found_with_their_speaker(tallies: dict[str, Tally], kind: str) -> None:
    assert tallies[kind].recall >= FLOORS[kind], tallies[kind]


def test_all_kinds_together(tallies: dict[str, Tally]) -> None:
    gold, coded = (sum(getattr(tally, name) for tally in tallies.values()) for name in ("gold", "coded"))
    found, right = (sum(getattr(tally, name) for tally in tallies.values()) for name in ("found", "speaker_right"))
    assert right / gold >= 0.83
    assert 2 * found / (gold + coded) >= 0.89


def test_plain_sentences_hold_few_claims(tallies: dict[str, Tally]) -> None:
    assert tallies["plain"].coded <= 4
