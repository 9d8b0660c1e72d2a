"""Names of countries as the language model sees them: all alike."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest
from tools import build_neutral

from tacitus.language import LanguageModel
from tacitus.language.neutral import load_neutral, neutral
from tacitus.language.pieces import WordPieces
from tacitus.resources import model_path


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Russia shelled Ukraine .", "Kenya shelled Kenya ."),
        ("Iraqi troops met Syrians in Damascus .", "Kenyan troops met Kenyans in Nairobi ."),
        ("An Iraqi met an officer of a Russian ship .", "A Kenyan met an officer of a Kenyan ship ."),
        ("RUSSIA ATTACKS", "Kenya ATTACKS"),
        ("The US and the UK left .", "The Kenya and the Kenya left ."),
        ("TELL US MORE", "TELL US MORE"),  # the pronoun
        ("Michael Jordan met Chad Smith .", "Michael Jordan met Chad Smith ."),
        ("He likes turkey and china .", "He likes turkey and china ."),
    ],
)
def test_what_is_shown(text: str, shown: str) -> None:
    assert neutral(text.split(), load_neutral()) == shown.split()


def test_countries_have_the_same_pieces() -> None:
    pieces = WordPieces.load(model_path("language.vocab.txt"))
    assert pieces.encode(["Russia", "fell"]) == pieces.encode(["Ukraine", "fell"])
    assert pieces.encode(["Israelis"]) == pieces.encode(["Iranians"]) != pieces.encode(["Hamas"])


def test_the_table_is_built_from_the_countries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built = tmp_path / "neutral.tsv"
    monkeypatch.setattr(build_neutral, "TARGET", built)
    build_neutral.main()
    shipped = build_neutral.data_path("language", "neutral.tsv")
    assert built.read_text(encoding="utf-8") == shipped.read_text(encoding="utf-8"), "run python tools/build_neutral.py"


SLOTS = (
    "{a} attacked {b} on Monday.",
    "Troops from {a} shelled a village in {b}.",
    "{a}'s bombardment of {b} went on for days.",
    "{b} was accused by {a} of breaking the truce.",
)
COUNTRIES = ("Russia", "Ukraine", "Israel", "Iran", "Serbia", "Turkey", "Kyrgyzstan")


@pytest.mark.parametrize("slots", SLOTS)
def test_every_country_is_parsed_alike(model: LanguageModel, slots: str) -> None:
    texts = [slots.format(a=a, b=b) for a, b in permutations(COUNTRIES, 2)]
    shapes = {
        (
            tuple((token.upos, token.head, token.relation, str(token.feats)) for token in sentence.tokens),
            tuple((name.label, name.start == 0) for name in parse.entities),
        )
        for parse in model.parse(texts)
        for sentence in parse.sentences
    }
    assert len(shapes) == 1
