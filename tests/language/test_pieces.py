"""Word shapes and word pieces."""

from __future__ import annotations

import pytest

from tacitus.language.pieces import MAX_PIECES, SHAPES, WordPieces, word_shape
from tacitus.resources import model_path


@pytest.mark.parametrize(
    ("form", "shape"),
    [
        ("army", "lower"),
        ("Army", "title"),
        ("NATO", "upper"),
        ("A", "letter"),
        ("iPhone", "mixed"),
        ("1,200", "digits"),
        ("M23", "alphanumeric"),
        ("—", "symbol"),
        ("U.S.", "upper"),
        ("n't", "lower"),
        ("日", "mixed"),
    ],
)
def test_word_shape(form: str, shape: str) -> None:
    assert SHAPES[word_shape(form)] == shape


@pytest.mark.parametrize("form", ["army", "Łódź", "\ud800", "\u0301", "", "x" * 100_000, "🕊️"])
def test_every_word_has_pieces_but_not_many(form: str) -> None:
    pieces = WordPieces.load(model_path("language.vocab.txt"))
    (ids,) = pieces.encode([form])
    assert 1 <= len(ids) <= MAX_PIECES
    assert pieces.encode([form]) == [ids]
